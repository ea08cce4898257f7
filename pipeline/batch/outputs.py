"""The outputs that lie in a folder, and which documents they came from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic_core import from_json

from pipeline.errors import NotAFileError
from pipeline.files import check_regular
from pipeline.language.normal import nfc

SUFFIXES: Final = ("searchable.pdf", "hocr", "alto.xml", "txt", "json")
"""Of the files of one document, in the order in which they are put in place."""

STALE: Final = ".stale"
"""What is put behind the name of an older output of a document that failed."""

_LONGEST: Final = 255
"""Bytes in a name, on most file systems."""

_HEAD: Final = 1 << 13  # bytes in which a plan's JSON has named its source


@dataclass(frozen=True, slots=True)
class Origin:
    """The document that an output came from: the name of its file, and the SHA-256 of its bytes."""

    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Holder:
    """What holds the name of an output: the JSON there, or set aside; else any file that would be overwritten.

    `origin` is None where it does not say which document it came from.
    """

    path: Path
    origin: Origin | None


def stale_name(name: str) -> str:
    """The name under which an older output is set aside: with `STALE` behind it, cut where that would be too long."""
    encoded = os.fsencode(name)
    if len(encoded) + len(STALE) <= _LONGEST:
        return f"{name}{STALE}"
    mark = f"~{sha256(encoded).hexdigest()[:8]}"
    kept = encoded[: _LONGEST - len(STALE) - len(mark)].decode("utf-8", "ignore")
    return f"{kept}{mark}{STALE}"


def same_name(one: str) -> str:
    """A name, or a path, as file systems compare it that know no case and no normal forms."""
    return nfc(nfc(one).casefold())


def shown_name(path: Path) -> str:
    """The name of a file as its plan has it: bytes that are no UTF-8 are U+FFFD."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def holder(folder: Path, stem: str) -> Holder | None:
    """What holds the name `stem` in a folder; None where it is free."""
    start = os.path.join(folder, "")  # noqa: PTH118 - a Path keeps each name it ever had in memory
    above, _, last = stem.rpartition(os.sep)
    start += f"{above}{os.sep}" if above else ""
    plan = f"{last}.json"
    for name in (plan, stale_name(plan), *(f"{last}.{suffix}" for suffix in SUFFIXES)):
        if os.path.lexists(f"{start}{name}"):
            path = Path(f"{start}{name}")
            return Holder(path, origin(path))
    return None


def origin(path: Path) -> Origin | None:
    """Where a plan's JSON came from, by its first bytes; None where it does not say, or cannot be read."""
    try:
        check_regular(path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
        source = from_json(head.decode("utf-8", "ignore"), allow_partial=True)["source"]
        name, sha256 = source["file_name"], source["sha256"]
    except (OSError, NotAFileError, ValueError, LookupError, TypeError):
        return None
    return Origin(name, sha256) if isinstance(name, str) and isinstance(sha256, str) else None


def left_over(out: Path, sources: Iterable[Path]) -> Iterator[Path]:
    """Find the plans in a folder of outputs whose documents are not there any more.

    Args:
        out: the folder.
        sources: the paths of all files, as they lie below the folders that were given.

    Yields:
        Each JSON file, by its path, that names a document of which there is no file.
    """
    there = {same_name(str(path.parent / shown_name(path))) for path in sources}
    for where, folders, names in os.walk(out):
        folders[:] = sorted(name for name in folders if name[0] != ".")
        for path in (Path(where) / name for name in sorted(names) if name.endswith(".json") and name[0] != "."):
            came_from = origin(path)
            if came_from and same_name(str(path.parent.relative_to(out) / came_from.file_name)) not in there:
                yield path
