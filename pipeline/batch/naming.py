"""The names of the outputs of a batch: one input has one, whatever else is in the batch."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pipeline.batch.collect import SourceFile
from pipeline.batch.outputs import STALE, SUFFIXES, Holder, holder, same_name, shown_name
from pipeline.errors import (
    DocumentError,
    KehoachError,
    OutputOfAnotherError,
    OutputTakenError,
    OverwritesInputError,
    UnknownOutputError,
)
from pipeline.files import sha256_of

_Spellings: TypeAlias = dict[str, list[str]]
"""The names in a folder, by what they are on a file system that knows no case and no normal forms."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, the path that a person knows it by, and the stem of its outputs.

    `index` is its place in the batch; `error` is set where it cannot have a name; `own` says that what holds the name
    came from this very document, byte for byte.
    """

    index: int
    path: Path
    shown: Path
    stem: str
    error: KehoachError | None = None
    own: bool = False


def assign(
    files: Sequence[SourceFile],
    out: Path,
    replace: bool = False,
    digest: Callable[[Path], str | None] = sha256_of,
) -> list[Job]:
    """Give each file the name of its outputs.

    It is the file's path below the folder that was given, without its ending: 2023/kh.pdf becomes 2023/kh.json. The
    ending stays (2023/kh.pdf.json) where the file's own folder has another file of that name (kh.docx), or the name is
    that of an output of a file with another ending. A file keeps the name that it has in `out` already.

    Upper and lower case count as the same here, and so do the normal forms of Unicode, because they are on some file
    systems. No name is given twice: OutputTakenError for the later file. A name that another document holds is an
    OutputOfAnotherError, one that is held by what is no plan an UnknownOutputError, and outputs that would overwrite a
    file of the batch are an OverwritesInputError.

    Args:
        files: as `collect` finds them.
        out: the results folder.
        replace: outputs of other documents may be overwritten.
        digest: gives the SHA-256 of a file; None where it cannot be read, which reading it says later.
    """
    names = _Names(out, digest)
    wishes = [names.wish(index, file) for index, file in enumerate(files)]
    sources = _real_paths(file.path for file in files)
    source_names = {source.rpartition(os.sep)[2] for source in sources}
    takers: dict[str, Path] = {}
    jobs: list[Job] = []
    for wish in sorted(wishes, key=lambda wish: wish.rank):
        file = files[wish.index]
        path, shown = file.path, file.shown
        stem = wish.stems[0]
        if (first := takers.get(same_name(stem))) and same_name(first.name) != same_name(path.name):
            stem = wish.stems[-1]  # no use for one of the very same name: alone it would not get that either
        error = file.error
        if error is not None:
            pass
        elif taker := takers.get(same_name(stem)):
            error = OutputTakenError(file=str(shown), other=taker, output=out / f"{stem}.json")
        elif overwritten := _overwritten(f"{out}/{stem}", sources, source_names):
            error = OverwritesInputError(file=str(shown), output=overwritten)
        elif wish.held and not wish.own and not replace:
            error = held_by_another(shown, wish.held)
        takers.setdefault(same_name(stem), shown)
        jobs.append(Job(wish.index, path, shown, stem, error, wish.own))
    return sorted(jobs, key=lambda job: job.index)


def _real_paths(paths: Iterable[Path]) -> set[str]:
    """Where files lie in truth; folders are looked at once, which of ten thousand files saves a second."""
    folders: dict[str, str] = {}
    found = set()
    for path in paths:
        folder, name = os.path.split(path)  # noqa: PTH206 - a Path keeps its parts
        if os.path.islink(path) or name in ("", ".", ".."):  # noqa: PTH114
            found.add(os.path.realpath(path))
        else:
            if folder not in folders:
                folders[folder] = os.path.realpath(folder)
            found.add(os.path.join(folders[folder], name))  # noqa: PTH118
    return found


def _overwritten(start: str, sources: Set[str], names: Set[str]) -> Path | None:
    """The first output that is a file to be read, or leads to one."""
    for suffix in SUFFIXES:
        output = f"{start}.{suffix}"
        linked = os.path.islink(output)  # noqa: PTH114 - of a Path it fails where the name is too long for the system
        if (linked or output.rpartition("/")[2] in names) and os.path.realpath(output) in sources:
            return Path(output)
    return None


def held_by_another(path: Path, held: Holder) -> DocumentError:
    """Say that the outputs of the file at `path` cannot be written, because the name is held."""
    if held.origin is None:
        return UnknownOutputError(file=str(path), output=held.path)
    return OutputOfAnotherError(
        file=str(path), output=held.path, other=held.origin.file_name, sha256=held.origin.sha256[:12]
    )


@dataclass(frozen=True, slots=True)
class _Wish:
    """The stems a file may get, the best first; `held` is what holds the one that it can get alone."""

    index: int
    stems: tuple[str, ...]
    rank: int = 3
    held: Holder | None = None
    own: bool = False


@dataclass
class _Names:
    """The folders of outputs and of sources, each looked at once."""

    out: Path
    digest: Callable[[Path], str | None]
    _outputs: dict[Path, tuple[_Spellings, _Spellings]] = field(default_factory=dict)
    _sources: dict[Path, Counter[str]] = field(default_factory=dict)

    def wish(self, index: int, file: SourceFile) -> _Wish:
        """What a file would be named: as before, else without its ending, else with it."""
        bare, whole = (self._as_written(stem) for stem in (str(file.below.with_suffix("")), str(file.below)))
        shared = self._shared(file)
        holders = {stem: self._holder(stem) for stem in ((whole, bare) if shared else (bare, whole))}
        name = same_name(shown_name(file.path))
        known = {
            stem: held
            for stem, held in holders.items()
            if held and held.origin and same_name(held.origin.file_name) == name
        }
        if known:
            sha256 = self.digest(file.path)
            for stem, held in known.items():
                if held.origin and held.origin.sha256 == sha256:  # of two with one content, whose first wish it is
                    return _Wish(index, (stem,), 0 if stem == next(iter(holders)) else 1, own=True)
            stem, held = next(iter(known.items()))
            return _Wish(index, (stem,), 2, held)
        if bare != whole and holders[bare] is None and not shared:
            return _Wish(index, (bare, whole) if holders[whole] is None else (bare,))
        return _Wish(index, (whole,), held=holders[whole])

    def _holder(self, stem: str) -> Holder | None:
        path = self.out / stem
        return holder(path.parent, path.name)

    def _as_written(self, stem: str) -> str:
        """A stem as the folders and outputs that lie there spell it, in another case or normal form."""
        *folders, last = Path(stem).parts
        places = [Path()]
        for name in folders:
            places = [where / one for where in places for one in self._spelt(where, 0, name)]
        found = [where / one for where in places for one in self._spelt(where, 1, last)]
        spelt = [str(one) for one in found or (where / last for where in places)]
        return stem if stem in spelt or not spelt else spelt[0]

    def _spelt(self, where: Path, kind: int, name: str) -> list[str]:
        if where not in self._outputs:
            self._outputs[where] = _listing(self.out / where)
        return self._outputs[where][kind].get(same_name(name), [])

    def _shared(self, file: SourceFile) -> bool:
        """Whether the file's own folder has another file that could be named so."""
        folder = file.path.parent
        if folder not in self._sources:
            self._sources[folder] = Counter(name for entry in _files(folder) for name in _could_be(entry))
        stem = same_name(file.path.stem)
        return self._sources[folder][stem] > (stem in _could_be(file.path.name))


def _could_be(name: str) -> set[str]:
    """What outputs of a file could be named: without its ending, or with it."""
    return {same_name(Path(name).stem), same_name(name)}


def _files(folder: Path) -> Iterator[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):  # a link to itself
                if entry.name[0] != "." and entry.is_file():
                    yield entry.name


def _listing(folder: Path) -> tuple[_Spellings, _Spellings]:
    """The folders in a folder of outputs, and the stems of the plans there, those that are set aside too."""
    folders: _Spellings = {}
    stems: _Spellings = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for name, is_folder in sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries):
            if is_folder:
                folders.setdefault(same_name(name), []).append(name)
            elif (plan := name.removesuffix(STALE)).endswith(".json"):
                stems.setdefault(same_name(plan.removesuffix(".json")), []).append(plan.removesuffix(".json"))
    return folders, stems
