"""What a result depends on beside its document: the code and the data of each room, and what they stand on."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

from pipeline.files import sha256_of
from pipeline.ingest.scan.scanner import LANGUAGE
from pipeline.ingest.scan.tesseract.data import trained_data
from pipeline.settings import Settings

_PACKAGE: Final = Path(__file__).parents[2]
_ABOVE: Final = {"batch", "cli", "compare", "evaluate", "explaining", "export", "store", "training"}
"""Rooms that no result goes through."""
_BUILT: Final = {".c", ".pyc", ".pyd", ".pyi", ".so"}  # from what lies beside them
_PROGRAMS: Final = ("tesseract", "soffice")
_LIMITS: Final = (
    "max_pages",
    "max_characters",
    "max_file_mb",
    "document_seconds",
    "document_memory_mb",
    "page_seconds",
)
_ORIENTATION: Final = "osd"  # the trained data that tell how a page lies
_COPIES: Final = ("searchable_pdf", "hocr", "alto")


@cache
def stages() -> str:
    """The digest of each room of the package that a document goes through, of the libraries and of the programs.

    A room's is over the bytes of its files, so that a change of the code counts before its version does.

    Returns:
        A JSON object; two that are equal make the same bytes of the same document with the same settings.
    """
    rooms: dict[str, hashlib._Hash] = {}
    for file in sorted(_PACKAGE.rglob("*")):
        parts = file.relative_to(_PACKAGE).parts
        room = parts[0].removesuffix(".py")
        if room in _ABOVE or file.suffix in _BUILT or "__pycache__" in parts or not file.is_file():
            continue
        digest = rooms.setdefault(room, hashlib.sha256())
        digest.update("/".join(parts).encode() + b"\0")
        with file.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    found = {room: digest.hexdigest()[:12] for room, digest in rooms.items()}
    return json.dumps(found | {"libraries": _digest(_libraries()), "programs": _digest(_programs())})


def changed(before: str, now: str) -> set[str]:
    """The rooms whose digest is another one in two values of `stages`."""
    old, new = json.loads(before), json.loads(now)
    return {room for room in old.keys() | new.keys() if old.get(room) != new.get(room)}


def limits(settings: Settings) -> str:
    """The digest of the settings that decide whether a document or a page is read at all."""
    return _digest(f"{name}={getattr(settings, name)}" for name in _LIMITS)


def copies(settings: Settings) -> frozenset[str]:
    """The copies that are wanted beside the plan."""
    return frozenset(name for name in _COPIES if getattr(settings, name))


def _libraries() -> Iterator[str]:
    try:
        required = requires("kehoach") or []
    except PackageNotFoundError:
        return
    for name in sorted({one.partition(";")[0].partition("[")[0].partition(">")[0].strip() for one in required}):
        try:
            yield f"{name}={version(name)}"
        except PackageNotFoundError:
            continue


def _programs() -> Iterator[str]:
    for name in _PROGRAMS:
        if place := shutil.which(name):
            found = Path(place).stat()
            yield f"{name}={place}:{found.st_size}:{found.st_mtime_ns}"
    for language in (LANGUAGE, _ORIENTATION):
        if data := trained_data(language):
            yield f"{data.name}={sha256_of(data)}"


def _digest(parts: Iterator[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
