"""Writing results: whole under their final names, or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

SUFFIXES = ("searchable.pdf", "hocr", "alto.xml", "txt", "json")  # in the order in which they are put in place
_PART = re.compile(r"\.kehoach-(\d+)\.[a-z.]+\.part")


def write(out: Path, stem: str, files: Mapping[str, bytes]) -> None:
    """Write the output files of a document so that a kill at any moment leaves neither half a file nor a mixed pair.

    All are written beside their place first and then moved onto it. The old JSON goes first and the new one comes last,
    so that a JSON file never lies beside a text of another run.

    Args:
        out: an existing folder.
        stem: the name of the outputs without suffix.
        files: the bytes of each file by its suffix, which is one of `SUFFIXES`; "json" and "txt" always.

    Raises:
        OSError: a file cannot be written; what was there before may be gone, nothing half-written is left.
    """
    parts = {
        out / f".kehoach-{os.getpid()}.{suffix}.part": (out / f"{stem}.{suffix}", files[suffix])
        for suffix in SUFFIXES
        if suffix in files
    }
    try:
        (out / stem).parent.mkdir(parents=True, exist_ok=True)
        for part, (_, data) in parts.items():
            part.write_bytes(data)
        (out / f"{stem}.json").unlink(missing_ok=True)
        for part, (final, _) in parts.items():
            part.replace(final)
    except OSError:
        for part in parts:
            part.unlink(missing_ok=True)
        raise
    for final, _ in parts.values():
        with suppress(OSError):
            _stale(final).unlink(missing_ok=True)


def set_aside(out: Path, stem: str) -> tuple[tuple[Path, Path], ...]:
    """Rename older outputs of a name to `.stale`, so that nobody takes them for new ones.

    Returns:
        Pairs of the old name and the new name.
    """
    moved = []
    for old in (out / f"{stem}.{suffix}" for suffix in reversed(SUFFIXES)):
        if old.is_file():
            with suppress(OSError):
                old.replace(_stale(old))
                moved.append((old, _stale(old)))
    return tuple(moved)


def sweep(out: Path) -> None:
    """Remove temporary files that a run killed while writing left in a folder."""
    for part in out.iterdir():
        match = _PART.fullmatch(part.name)
        if match and not psutil.pid_exists(int(match.group(1))):
            part.unlink(missing_ok=True)


def _stale(path: Path) -> Path:
    return path.with_name(f"{path.name}.stale")
