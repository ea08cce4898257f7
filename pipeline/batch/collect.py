"""Which files are read, and under which name the result of each is written."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import KehoachError


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read and the stem of its outputs; `error` when no name is left for it."""

    index: int
    path: Path
    stem: str
    error: KehoachError | None = None


def collect(paths: Iterable[Path], out: Path) -> list[Path]:
    """The files that `paths` name, each once, in the order of their paths.

    A folder stands for the regular files in it and below it. Left out there: hidden files and folders, links
    to folders, and the results folder `out`, so that a run never reads what an earlier one wrote. A path that
    is given by name is always taken: if it cannot be read, the error says so.
    """
    found: dict[Path, Path] = {}
    results = out.resolve()
    for path in paths:
        for file in _below(path, results) if path.is_dir() else [path]:
            found.setdefault(Path(os.path.abspath(file)), file)  # noqa: PTH100 - resolve() would follow links
    return sorted(found.values(), key=lambda file: file.parts)


def _below(folder: Path, results: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        here = Path(where)
        folders[:] = [name for name in folders if name[0] != "." and (here / name).resolve() != results]
        for name in names:
            file = here / name
            # A dangling link is kept: that it cannot be opened is worth an error.
            if name[0] != "." and (file.is_file() or (file.is_symlink() and not file.exists())):
                yield file


def assign(paths: Sequence[Path], out: Path) -> list[Job]:
    """Give each file the name of its outputs.

    `<stem>` where no other file of the batch has that stem, else the whole file name (a.pdf and a.docx become
    a.pdf.json and a.docx.json). A name taken even so (2023/a.pdf and 2024/a.pdf) is error E114 for the later
    file, and outputs that would overwrite a file of the batch are error E113. Upper and lower case count as
    the same, because they are on some file systems.
    """
    shared = Counter(_key(path.stem) for path in paths)
    sources = {path.resolve() for path in paths}
    takers: dict[str, Path] = {}
    jobs = []
    # Files that keep their stem come first: "a.pdf.txt" has a right to the name a.pdf.
    for index in sorted(range(len(paths)), key=lambda i: shared[_key(paths[i].stem)] > 1):
        path = paths[index]
        stem = path.stem if shared[_key(path.stem)] == 1 else path.name
        taker = takers.setdefault(_key(stem), path)
        outputs = [out / f"{stem}.json", out / f"{stem}.txt"]
        error = None
        if taker is not path:
            error = KehoachError("E114", file=str(path), other=taker, output=outputs[0])
        elif overwritten := [output for output in outputs if output.resolve() in sources]:
            error = KehoachError("E113", file=str(path), output=overwritten[0])
        jobs.append(Job(index, path, stem, error))
    return sorted(jobs, key=lambda job: job.index)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
