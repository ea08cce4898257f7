"""The plans of a folder of outputs as the desk lists and opens them; nothing of a request becomes a path.

A thread of its own looks through the folder, and reads what is new or was changed: who asks waits a moment for it, and
gets what is known by then.
"""

from __future__ import annotations

import os
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition, Thread
from typing import Final

from pipeline.batch.journal import FILE
from pipeline.corrections import Corrected, apply, corrections_file, read_corrections
from pipeline.errors import NotServedError
from pipeline.evaluate import read_plan
from pipeline.schema import Plan
from pipeline.schema.correction import CORRECTIONS_SUFFIX
from pipeline.web.desk.shelf.kept import KeptEntries, Known
from pipeline.web.desk.shelf.plans import STATES, FailureKey, ShelvedPlan, Stamp, Stamps, entry_of, failures, stamp_of
from pipeline.web.desk.shelf.putting_away import PutAway
from pipeline.web.sources import source_file

_LOOK_SECONDS: Final = 1.0  # between two looks through the folder
_LOOK_SHARE: Final = 20  # so many times as long as a look took, where that is more
_PATIENCE: Final = 1.0  # seconds in which who asks waits for what changed
_SHOW_SECONDS: Final = 0.5  # after which what was read so far is shown
_ASKED_SECONDS: Final = 2.0  # after a question, in which others are likely
_OPEN: Final = 6  # plans that stay opened


@dataclass(frozen=True)
class OpenPlan:
    """A plan as it stands now: `corrected.plan` has its text; `machine` is what was read."""

    name: str
    file: Path
    machine: Plan
    corrected: Corrected
    stamps: tuple[Stamp, Stamp]

    @property
    def plan(self) -> Plan:
        """The corrected plan."""
        return self.corrected.plan

    @property
    def reviewed(self) -> bool:
        """Whether somebody said that it is done."""
        return self.corrected.reviewed


@dataclass(frozen=True)
class Facets:
    """The provinces and years of plans, with how many plans of each, and how many doubts nobody has looked at."""

    provinces: Sequence[tuple[str, int]] = ()
    years: Sequence[tuple[str, int]] = ()
    doubts: int = 0


class Shelf:
    """The plans of a folder; threads may share it."""

    def __init__(self, folder: Path, read: Callable[[], None] | None = None) -> None:
        """Keep the plans of `folder`, which is looked through when they are asked for.

        Args:
            folder: of the outputs.
            read: called once, when all that lay there was read for the first time.
        """
        self.folder = folder
        self.put_away = PutAway(folder)
        """What failed and is not to be seen to any more."""
        self.unread = 0
        """How many plans are not read yet since their files were found, or changed."""
        self.facets = Facets()
        self._when_read = read
        self._changed = Condition()
        self._thread: Thread | None = None
        self._look_at = self._asked_at = float("-inf")
        self._wanted = True  # something was written since the last look began
        self._files: Mapping[str, Stamps] | None = None  # None before the first look
        self._kept = KeptEntries(folder)
        self._known: dict[str, Known] = {}
        self._failed: tuple[tuple[Stamp, ...], list[ShelvedPlan]] = ((), [])
        self._entries: Sequence[ShelvedPlan] = ()
        self._names: Mapping[str, str] = {}
        self._open: OrderedDict[str, OpenPlan] = OrderedDict()
        self._sources: dict[str, tuple[Stamps, Path | None]] = {}

    def entries(self) -> Sequence[ShelvedPlan]:
        """All plans and failures that are known; those to be looked at first stand first."""
        self._look_again()
        return self._entries

    def listed(self) -> Sequence[ShelvedPlan]:
        """The same, as they were at the last look; looks where there was none."""
        return self._entries or self.entries()

    def names(self) -> Mapping[str, str]:
        """The names of plans by the digest of the documents they were read from."""
        self._look_again()
        return self._names

    def has(self, name: str) -> bool:
        """Whether there is a plan of a name."""
        if (known := self._known.get(name)) is None or known[1] is None:
            self._look_again()
            known = self._known.get(name)
        if known is None and name in (self._files or {}):  # not read yet
            return entry_of(name, self.folder / f"{name}.json") is not None
        return known is not None and known[1] is not None

    def forget(self) -> None:
        """Look through the folder again at the next question: something was written."""
        with self._changed:
            self._wanted = True

    def settle(self) -> None:
        """Wait until all that lies in the folder is read."""
        self._look_again(float("inf"))

    def close(self) -> None:
        """Read no more."""
        with self._changed:
            self._kept.closed = True

    def _look_again(self, patience: float | None = None) -> None:
        """Have the folder looked through, where that is long ago; wait a moment for what is found."""
        with self._changed:
            self._asked_at = now = time.monotonic()
            begins = self._thread is None and (self._wanted or now >= self._look_at)
            if begins:
                self._begin()
            if begins or self._wanted or self._files is None or patience is not None:
                until = now + (_PATIENCE if patience is None else patience)
                while self._thread is not None and (self._files is None or time.monotonic() < until):
                    self._changed.wait(60.0 if self._files is None else min(until - time.monotonic(), 60.0))
                    if self._thread is None and self._wanted:  # written while the last look was under way
                        self._begin()

    def _begin(self) -> None:
        self._wanted = False
        self._thread = Thread(target=self._work, name="shelf", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        begin = time.monotonic()
        took = 0.0
        try:
            found = {name: stamps for name, stamps in _json_files(self.folder)}
            first = self._files is None
            with self._changed:
                self._files = found
                self.unread = len(found) if first else self.unread
                self._changed.notify_all()
            if first:
                self._known = self._kept.read()
            took = time.monotonic() - begin
            self._read(found)
            if first and self._when_read is not None:
                self._when_read()
        finally:
            with self._changed:
                self._thread = None
                self._look_at = time.monotonic() + max(_LOOK_SECONDS, _LOOK_SHARE * took)
                self._changed.notify_all()

    def _read(self, found: Mapping[str, Stamps]) -> None:
        """Read what is new or was changed, and show it by and by."""
        gone = self._known.keys() - found.keys()
        for name in gone:
            del self._known[name]
        todo = [name for name, stamps in found.items() if name not in self._known or self._known[name][0] != stamps]
        if self._failures_changed() or gone or todo or not self._entries:
            self._show(len(todo))
        shown, made = time.monotonic(), dict[str, Known]()
        for at, name in enumerate(todo, 1):
            if self._kept.closed:
                return
            begin = time.monotonic()
            self._known[name] = made[name] = found[name], entry_of(name, self.folder / f"{name}.json")
            if begin - self._asked_at < _ASKED_SECONDS:  # as long as that took, others have the processor
                time.sleep(time.monotonic() - begin)
            if at == len(todo) or time.monotonic() - shown > _SHOW_SECONDS:
                self._show(len(todo) - at)
                self._kept.write(made, gone)
                shown, made, gone = time.monotonic(), {}, set()
        if gone:
            self._kept.write({}, gone)

    def _failures_changed(self) -> bool:
        """Look at what runs could not read; whether that is another than before."""
        journal = self.folder / FILE
        stamps = *map(stamp_of, (journal, journal.with_name(f"{FILE}-wal"))), self.put_away.stamp()
        if stamps == self._failed[0]:
            return False
        before, self._failed = self._failed, (stamps, list(failures(self.folder)))
        return stamps[2:] != before[0][2:] or _said(before[1]) != _said(self._failed[1])

    def _show(self, unread: int) -> None:
        every = [entry for _, entry in list(self._known.values()) if entry is not None]
        away = self.put_away.read()
        listed = [
            replace(one, state="away") if one.state == "failed" and one.told_by in away else one
            for one in [*every, *self._failed[1]]
        ]
        order = {state: at for at, state in enumerate(STATES)}
        self._entries = sorted(listed, key=lambda one: (order[one.state], -one.weight, one.name))
        self._names = {one.sha256: one.name for one in every if one.sha256}
        self.facets = Facets(
            sorted(Counter(one.province for one in every if one.province).items()),
            sorted(Counter(one.issued[:4] for one in every if one.issued).items()),
            sum(one.doubts for one in every if one.state == "doubtful"),
        )
        self.unread = unread

    def opened(self, name: str) -> OpenPlan:
        """Open a plan.

        Raises:
            NotServedError: there is none of that name.
            CorrectionsError: its corrections cannot be read.
            InvalidOutputError: it does not keep the contract.
        """
        file = self._file(name)
        stamps = stamp_of(file), stamp_of(corrections_file(file))
        with self._changed:
            known = self._open.get(name)
            if known is not None and known.stamps == stamps:
                self._open.move_to_end(name)
                return known
        machine = read_plan(file)
        made = OpenPlan(name, file, machine, apply(machine, read_corrections(file)), stamps)
        with self._changed:
            self._open[name] = made
            while len(self._open) > _OPEN:
                self._open.popitem(last=False)
        return made

    def _file(self, name: str) -> Path:
        """The file of a plan that the folder was found to hold: a name is looked up, never joined to a path."""
        if not self.has(name):
            raise NotServedError(file=name)
        return self.folder / f"{name}.json"

    def source(self, opened: OpenPlan) -> Path | None:
        """The file that a plan was read from; looked for once as long as neither it nor the plan changes."""
        known = self._sources.get(opened.name)
        if known and known[0] == (opened.stamps[0], stamp_of(known[1]) if known[1] else (0, 0)):
            return known[1]
        found = source_file(opened.file, opened.machine) if opened.machine.source.page_count else None
        self._sources[opened.name] = (opened.stamps[0], stamp_of(found) if found else (0, 0)), found
        return found


def _said(found: Sequence[ShelvedPlan]) -> list[tuple[FailureKey, str]]:
    return [(one.told_by, one.error.text() if one.error else "") for one in found]


def _json_files(folder: Path) -> Iterator[tuple[str, Stamps]]:
    """The names of JSON files without their ending, and the stamps of each and of the corrections beside it.

    No file is a FIFO or a device, whose opening may block, nor a link out of the folder.
    """
    top = os.path.realpath(folder)
    waiting = [(os.fspath(folder), "")]
    while waiting:
        place, above = waiting.pop()
        try:
            with os.scandir(place) as found:
                here = {one.name: one for one in found if not one.name.startswith(".")}
        except OSError:  # gone meanwhile, or not to be looked into
            continue
        for name, one in here.items():
            if name.endswith(".json") and _is_file_of(one, top):
                stem = name.removesuffix(".json")
                yield above + stem, (_stamp(one), _stamp(here.get(stem + CORRECTIONS_SUFFIX)))
            elif one.is_dir(follow_symlinks=False):
                waiting.append((one.path, f"{above}{name}/"))


def _is_file_of(entry: os.DirEntry[str], top: str) -> bool:
    """Whether an entry is a file, or a link to one, within the folder `top`."""
    try:
        if not entry.is_symlink():
            return entry.is_file()
        return entry.is_file() and os.path.realpath(entry.path).startswith(os.path.join(top, ""))  # noqa: PTH118
    except OSError:  # a link that leads to itself
        return False


def _stamp(entry: os.DirEntry[str] | None) -> Stamp:
    if entry is None:
        return 0, 0
    try:
        found = entry.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
