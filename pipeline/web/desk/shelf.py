"""The plans of a folder of outputs as the desk lists and opens them; nothing of a request becomes a path."""

from __future__ import annotations

import json
import os
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal

from pipeline.batch.journal import FILE, read_journal, result_of
from pipeline.corrections import Corrected, apply, corrections_file, read_corrections
from pipeline.errors import InvalidOutputError, KehoachError, NoJournalError, NotServedError, PlanVersionError
from pipeline.evaluate import read_plan
from pipeline.language.accents import bare
from pipeline.language.folding import fold
from pipeline.messages import Language
from pipeline.schema import Plan
from pipeline.web.page.questions import questions
from pipeline.web.sources import source_file

State = Literal["doubtful", "new", "reviewed", "failed"]
STATES: Final[tuple[State, ...]] = ("doubtful", "new", "reviewed", "failed")

_LOOK_SECONDS: Final = 1.0  # between two looks through the folder
_LOOK_SHARE: Final = 20  # so many times as long as a look took, where that is more
_OPEN: Final = 6  # plans that stay opened
_HEAD: Final = 200  # bytes in which an output says its version
_LOST: Final = 5  # how many doubts something lost weighs

Stamp = tuple[int, int]
"""Size and time of change of a file; nought where it is not there."""


@dataclass(frozen=True)
class ShelvedPlan:
    """A plan, or a document that became none, as the inbox lists it.

    `name` is that of its outputs below the folder, without ".json", with "/"; of what failed that of the document.
    `lost` counts what is missing, `doubts` the values that nobody has looked at.
    """

    name: str
    state: State
    file_name: str
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued: str | None = None
    province: str | None = None
    plan_id: str | None = None
    sha256: str | None = None
    pages: int | None = None
    tasks: int = 0
    objectives: int = 0
    doubts: int = 0
    lost: int = 0
    corrections: int = 0
    error: KehoachError | None = None
    key: str = ""
    """What a search looks through: without accents and case."""

    @property
    def weight(self) -> int:
        """How much is to be looked at."""
        return self.doubts + _LOST * self.lost

    def says(self, language: Language) -> str:
        """Of what failed why, and what to do next."""
        return self.error.message(language) if self.error else ""


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


class Shelf:
    """The plans of a folder; threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Keep the plans of `folder`, which is looked through when they are asked for."""
        self.folder = folder
        self._lock = Lock()
        self._look_at = float("-inf")
        self._entries: list[ShelvedPlan] = []
        self._names: dict[str, str] = {}
        self._known: dict[str, tuple[tuple[Stamp, Stamp], ShelvedPlan | None]] = {}
        self._failed: tuple[tuple[Stamp, Stamp], list[ShelvedPlan]] = (((0, 0), (0, 0)), [])
        self._open: OrderedDict[str, OpenPlan] = OrderedDict()
        self._sources: dict[str, tuple[tuple[Stamp, Stamp], Path | None]] = {}

    def entries(self) -> Sequence[ShelvedPlan]:
        """All plans and failures; those to be looked at first stand first."""
        self._look_again()
        return self._entries

    def names(self) -> Mapping[str, str]:
        """The names of plans by the digest of the documents they were read from."""
        self._look_again()
        return self._names

    def _look_again(self) -> None:
        """Look through the folder, where that is long ago: as measured by how long it takes."""
        with self._lock:
            begin = time.monotonic()
            if begin < self._look_at:
                return
            if self._look():
                every = [entry for _, entry in self._known.values() if entry is not None]
                order = {state: at for at, state in enumerate(STATES)}
                found = sorted(every + self._failed[1], key=lambda one: (order[one.state], -one.weight, one.name))
                self._names = {one.sha256: one.name for one in every if one.sha256}
                self._entries = found
            end = time.monotonic()
            self._look_at = end + max(_LOOK_SECONDS, _LOOK_SHARE * (end - begin))

    def _look(self) -> bool:
        """Look through the folder; whether anything changed."""
        seen = {}
        for name, file, is_corrected in _json_files(self.folder):
            stamps = stamp_of(file), stamp_of(corrections_file(file)) if is_corrected else (0, 0)
            known = self._known.get(name)
            seen[name] = known if known and known[0] == stamps else (stamps, _entry(name, file))
        changed = len(seen) != len(self._known) or any(self._known.get(name) is not one for name, one in seen.items())
        self._known = seen
        journal = self.folder / FILE
        stamps = (stamp_of(journal), stamp_of(journal.with_name(f"{FILE}-wal")))
        if stamps != self._failed[0]:
            self._failed = stamps, list(_failures(self.folder))
            changed = True
        return changed

    def opened(self, name: str) -> OpenPlan:
        """Open a plan.

        Raises:
            NotServedError: there is none of that name.
            CorrectionsError: its corrections cannot be read.
            InvalidOutputError: it does not keep the contract.
        """
        file = self._file(name)
        stamps = _stamps(file)
        with self._lock:
            known = self._open.get(name)
            if known is not None and known.stamps == stamps:
                self._open.move_to_end(name)
                return known
        machine = read_plan(file)
        made = OpenPlan(name, file, machine, apply(machine, read_corrections(file)), stamps)
        with self._lock:
            self._open[name] = made
            while len(self._open) > _OPEN:
                self._open.popitem(last=False)
        return made

    def has(self, name: str) -> bool:
        """Whether there is a plan of a name."""
        self.entries()
        return self._known.get(name, (None, None))[1] is not None

    def forget(self) -> None:
        """Look through the folder again at the next question: something was written."""
        self._look_at = float("-inf")

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


def _json_files(folder: Path) -> Iterator[tuple[str, Path, bool]]:
    """The names and paths of JSON files, and whether corrections lie beside each."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        there = set(files)
        for file in sorted(files):
            if file.endswith(".json") and not file.startswith("."):
                path = Path(place, file)
                name = path.relative_to(folder).as_posix().removesuffix(".json")
                yield name, path, corrections_file(path).name in there


def stamp_of(file: Path) -> Stamp:
    """The stamp of a file."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _stamps(file: Path) -> tuple[Stamp, Stamp]:
    return stamp_of(file), stamp_of(corrections_file(file))


def _entry(name: str, file: Path) -> ShelvedPlan | None:
    """What the inbox says of a file; None where it is no plan."""
    content = b""
    try:
        content = file.read_bytes()
        raw = json.loads(content)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        return _damaged(name, file, str(error)) if _was_ours(file, content) else None
    if not isinstance(raw, dict) or "schema_version" not in raw or not isinstance(raw.get("source"), dict):
        return None
    file_name = str(raw["source"].get("file_name") or file.name)
    try:
        version = str(raw["schema_version"])
        if not version.startswith("2."):
            raise PlanVersionError(file=file.name, found=version, known="2.0")
        corrections = read_corrections(file)
        if not corrections:
            return _of_plan(name, raw, file_name)
        corrected = apply(Plan.model_validate(raw), corrections)
        now = corrected.plan.model_dump(mode="json", by_alias=True)
        return _of_plan(name, now, file_name, corrected)
    except KehoachError as error:
        return ShelvedPlan(name, "failed", file_name, error=error, key=_key(name, file_name))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = InvalidOutputError(file=file.name, reason=str(error).partition("\n")[0][:200])
        return ShelvedPlan(name, "failed", file_name, error=reason, key=_key(name, file_name))


def _was_ours(file: Path, content: bytes) -> bool:
    """Whether a file that does not parse was an output: by how it begins, or by the text that is written beside it."""
    return b'"schema_version"' in content[:_HEAD] or file.with_suffix(".txt").is_file()


def _damaged(name: str, file: Path, reason: str) -> ShelvedPlan:
    error = InvalidOutputError(file=file.name, reason=reason.partition("\n")[0][:200])
    return ShelvedPlan(name, "failed", file.name, error=error, key=_key(name))


def _of_plan(name: str, raw: Mapping[str, Any], file_name: str, corrected: Corrected | None = None) -> ShelvedPlan:
    metadata = raw["metadata"]
    doubts = questions(raw, corrected.looked_at if corrected else ())
    reviewed = corrected is not None and corrected.reviewed
    lost = sum(one["severity"] == "lost" for one in raw["warnings"])
    number, title = metadata["number"] or metadata["attached_to"], metadata["title"]
    issuer = metadata["issuer"]["name"] if metadata["issuer"] else None
    province = metadata["province"]["name"] if metadata["province"] else None
    return ShelvedPlan(
        name=name,
        state="reviewed" if reviewed else "doubtful" if doubts or lost else "new",
        file_name=file_name,
        number=number,
        title=title,
        issuer=issuer,
        issued=metadata["issued"],
        province=province,
        plan_id=raw["plan_id"],
        sha256=raw["source"]["sha256"],
        pages=raw["source"]["page_count"],
        tasks=len(raw["tasks"]),
        objectives=len(raw["objectives"]),
        doubts=doubts,
        lost=lost,
        corrections=len(corrected.outcomes) if corrected else 0,
        key=_key(name, file_name, number, title, issuer, province),
    )


def _failures(folder: Path) -> Iterator[ShelvedPlan]:
    """What the runs of a folder could not read, as its journal has it."""
    try:
        with read_journal(folder) as results:
            for row in results.failed():
                result = result_of(row, folder)
                if result.error is not None:
                    path = result.path
                    shown = str(path.relative_to(folder.absolute()) if path.is_relative_to(folder.absolute()) else path)
                    yield ShelvedPlan(shown, "failed", result.path.name, error=result.error, key=_key(shown))
    except NoJournalError:
        return
    except KehoachError as error:  # what else it could not read is not known then, and that is said
        yield ShelvedPlan(FILE, "failed", FILE, error=error, key=_key(FILE))


def _key(*parts: str | None) -> str:
    return plain(" ".join(part for part in parts if part))


def plain(text: str) -> str:
    """A text as a search compares it: without case and accents."""
    return bare(fold(text))
