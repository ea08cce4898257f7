"""What a document that comes is called on this machine: as its sender called it, as far as every system allows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Final

from pipeline.errors import UnsupportedFormatError

_MOST_PARTS: Final = 8  # folders and the name
_MOST_BYTES: Final = 150  # of a part, in UTF-8; file systems take 255, and outputs are named after it
_OURS: Final = frozenset({".json", ".jsonl", ".part", ".toml", ".db"})  # among them settings, which would be obeyed
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)
_UNNAMED: Final = "document"


def own_name(sent: str) -> PurePosixPath:
    """The path below the folder of documents of what was sent under a path of any system.

    Raises:
        UnsupportedFormatError: it is named as outputs, corrections, settings and stores are.
    """
    parts = [_part(one) for one in re.split(r"[/\\]", unicodedata.normalize("NFC", sent))]
    kept = [one for one in parts if one][-_MOST_PARTS:] or [_UNNAMED]
    path = PurePosixPath(*kept)
    if path.suffix.casefold() in _OURS:
        raise UnsupportedFormatError(file=path.name, found=path.suffix.casefold().removeprefix(".").upper())
    return path


def free_name(path: PurePosixPath, taken: Callable[[PurePosixPath], bool]) -> PurePosixPath:
    """A path that is not taken: itself, or with "-2", "-3" and so on behind its stem."""
    found, number = path, 1
    while taken(found):
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def _part(text: str) -> str:
    shown = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else sign for sign in text
    )
    name = " ".join(_FORBIDDEN.sub("_", shown).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > 10:
        stem, dot, ending = name, "", ""
    while len(stem.encode()) > _MOST_BYTES:
        stem = stem[:-1]
    name = f"{stem.rstrip()}{dot}{ending}"
    return f"_{name}" if _RESERVED.match(name) else name
