"""The files of a batch."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import KehoachError, LinkedOutsideError


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, and what names its outputs: its path below the folder that was given, or its name alone.

    `within` is the path to show of a document that was unpacked from an archive or a mail; `error` says why the file
    cannot be read, where that is known already.
    """

    path: Path
    below: Path
    within: Path | None = None
    error: KehoachError | None = None

    @property
    def contained_in(self) -> str | None:
        """The place within the archive or mail that it was unpacked from: "mail.eml", "a.zip/2026"."""
        return str(self.below.parent) if self.within else None

    @property
    def shown(self) -> Path:
        """The path as a person knows it."""
        return self.within or self.path


def collect(paths: Iterable[Path], out: Path, follow: bool = False) -> list[SourceFile]:
    """List the files that paths name, each once, in the order of their paths.

    A folder stands for the files in it and below it. Left out there: hidden files and folders, links to folders, and
    the results folder, so that a run never reads what an earlier one wrote. A path that is given by name is always
    taken; so are a folder that cannot be listed and what is no regular file: reading it then says why. A file that is
    in more than one of the folders is named from the outermost.

    Args:
        paths: files and folders.
        out: the results folder.
        follow: whether a file is read that a link within a folder leads to, out of the folder; else it says so.
    """
    found: dict[str, SourceFile] = {}
    results = os.path.realpath(out)
    for path in paths:
        for file in _below(path, results, follow) if path.is_dir() else [SourceFile(path, Path(path.name))]:
            known = found.setdefault(os.path.abspath(file.path), file)  # noqa: PTH100 - resolve() would follow links
            if len(file.below.parts) > len(known.below.parts):
                found[os.path.abspath(file.path)] = file  # noqa: PTH100
    return sorted(found.values(), key=lambda file: str(file.path).split(os.sep))  # noqa: PTH206 - a Path keeps its parts


def _below(folder: Path, results: str, follow: bool) -> Iterator[SourceFile]:
    closed: list[OSError] = []
    top = os.path.realpath(folder)
    for where, folders, names in os.walk(folder, onerror=closed.append):
        here = Path(where)
        folders[:] = [name for name in folders if name[0] != "." and os.path.realpath(here / name) != results]
        for file in (here / name for name in names if name[0] != "."):
            error = None if follow else _leads_out(file, top)
            yield SourceFile(file, file.relative_to(folder), error=error)
    for file in (Path(error.filename) for error in closed):
        yield SourceFile(file, Path(file.name))


def _leads_out(file: Path, top: str) -> KehoachError | None:
    """Why a file is not read that is a link out of a folder; one to what is not there says so when it is read."""
    if not os.path.islink(file):  # noqa: PTH114 - a Path costs more than the call
        return None
    target = os.path.realpath(file)
    if target.startswith(os.path.join(top, "")) or not os.path.exists(target):  # noqa: PTH110, PTH118
        return None
    return LinkedOutsideError(file=str(file), target=target)
