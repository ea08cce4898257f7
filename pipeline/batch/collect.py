"""The files of a batch, and the names of their outputs."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.writing import SUFFIXES
from pipeline.errors import DocumentError, OutputTakenError, OverwritesInputError
from pipeline.language.normal import nfc


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read and the stem of its outputs.

    `index` is its place in the batch; `error` is set where no name is left for it.
    """

    index: int
    path: Path
    stem: str
    error: DocumentError | None = None


def collect(paths: Iterable[Path], out: Path) -> list[Path]:
    """List the files that paths name, each once, in the order of their paths.

    A folder stands for the regular files in it and below it. Left out there: hidden files and folders, links to
    folders, and the results folder, so that a run never reads what an earlier one wrote. A path that is given by name
    is always taken, and so is a folder that cannot be listed: reading it then says why.

    Args:
        paths: files and folders.
        out: the results folder.
    """
    found: dict[Path, Path] = {}
    results = out.resolve()
    for path in paths:
        for file in _below(path, results) if path.is_dir() else [path]:
            found.setdefault(Path(os.path.abspath(file)), file)  # noqa: PTH100 - resolve() would follow links
    return sorted(found.values(), key=lambda file: file.parts)


def _below(folder: Path, results: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=closed.append):
        here = Path(where)
        folders[:] = [name for name in folders if name[0] != "." and (here / name).resolve() != results]
        for name in names:
            file = here / name
            # A dangling link is kept: that it cannot be opened is worth an error.
            if name[0] != "." and (file.is_file() or (file.is_symlink() and not file.exists())):
                yield file
    yield from (Path(error.filename) for error in closed)


def assign(paths: Sequence[Path], out: Path) -> list[Job]:
    """Give each file the name of its outputs.

    `<stem>` where no other file of the batch has that stem; else the whole file name (a.pdf and a.docx become
    a.pdf.json and a.docx.json); where that too is another's, the path from the folder that all files are in
    (2023/a.pdf becomes 2023/a.json). A name taken even so is OutputTakenError for the later file, and outputs that
    would overwrite a file of the batch are OverwritesInputError. Upper and lower case count as the same, because they
    are on some file systems.
    """
    names = [(path.stem, path.name, *below) for path, below in zip(paths, _below_common(paths), strict=True)]
    shared = [Counter(_key(name) for name in level) for level in zip(*names, strict=True)]
    sources = {path.resolve() for path in paths}
    takers: dict[str, tuple[Path, str]] = {}
    jobs = []

    def rank(index: int) -> int:
        """Which of its names a file gets: the first that is its own."""
        own = (i for i, name in enumerate(names[index]) if shared[i][_key(name)] == 1)
        return next(own, len(shared) - 1)

    # Files that keep their stem come first: "a.pdf.txt" has a right to the name a.pdf.
    for index in sorted(range(len(paths)), key=rank):
        path, stem = paths[index], names[index][rank(index)]
        taker, taken = takers.setdefault(_key(stem), (path, stem))
        outputs = [out / f"{stem}.{suffix}" for suffix in SUFFIXES]
        error: DocumentError | None = None
        if taker is not path:
            error = OutputTakenError(file=str(path), other=taker, output=out / f"{taken}.json")
        elif overwritten := [output for output in outputs if output.resolve() in sources]:
            error = OverwritesInputError(file=str(path), output=overwritten[0])
        jobs.append(Job(index, path, stem, error))
    return sorted(jobs, key=lambda job: job.index)


def _below_common(paths: Sequence[Path]) -> list[tuple[str, str]]:
    """The path of each file below the folder that all are in, without and with its suffix."""
    if not paths:
        return []
    full = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - resolve() would follow links
    top = os.path.commonpath([path.parent for path in full])
    below = [path.relative_to(top) for path in full]
    return [(str(path.with_suffix("")), str(path)) for path in below]


def _key(name: str) -> str:
    return nfc(name).casefold()
