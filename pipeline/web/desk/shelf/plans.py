"""What the inbox says of a plan, and of a document that became none."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from pipeline.batch.journal import FILE, read_journal, result_of
from pipeline.corrections import Corrected, apply, corrections_file, read_corrections
from pipeline.errors import InvalidOutputError, KehoachError, NoJournalError, PlanVersionError
from pipeline.language.accents import bare
from pipeline.language.folding import fold
from pipeline.messages import Language
from pipeline.schema import Plan
from pipeline.web.page.questions import questions

State = Literal["doubtful", "new", "reviewed", "failed", "away"]
STATES: Final[tuple[State, ...]] = ("doubtful", "new", "reviewed", "failed", "away")
"""In their order in the inbox; what failed and was put away is "away"."""

_HEAD: Final = 200  # bytes in which an output says its version
_LOST: Final = 5  # how many doubts something lost weighs

Stamp = tuple[int, int]
"""Size and time of change of a file; nought where it is not there."""
Stamps = tuple[Stamp, Stamp]
"""Those of a plan's JSON and of its corrections."""
FailureKey = tuple[str, str, str]
"""What tells a failure: the name of its entry, its code, the SHA-256 of the document or else its stamp."""


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
    mark: str = ""
    """Of what failed without a digest the stamp of the file: another file of that name has another."""

    @property
    def weight(self) -> int:
        """How much is to be looked at."""
        return self.doubts + _LOST * self.lost

    @property
    def told_by(self) -> FailureKey:
        """Of what failed what tells this failure from another of the same document."""
        return self.name, self.error.code if self.error else "", self.sha256 or self.mark

    def says(self, language: Language) -> str:
        """Of what failed why, and what to do next."""
        return self.error.message(language) if self.error else ""


def stamp_of(file: Path) -> Stamp:
    """The stamp of a file."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def entry_of(name: str, file: Path) -> ShelvedPlan | None:
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
        return ShelvedPlan(name, "failed", file_name, error=error, key=_key(name, file_name), mark=_mark(file))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        reason = InvalidOutputError(file=file.name, reason=str(error).partition("\n")[0][:200])
        return ShelvedPlan(name, "failed", file_name, error=reason, key=_key(name, file_name), mark=_mark(file))


def _was_ours(file: Path, content: bytes) -> bool:
    """Whether a file that does not parse was an output: by how it begins, or by the text that is written beside it."""
    return b'"schema_version"' in content[:_HEAD] or file.with_suffix(".txt").is_file()


def _damaged(name: str, file: Path, reason: str) -> ShelvedPlan:
    error = InvalidOutputError(file=file.name, reason=reason.partition("\n")[0][:200])
    return ShelvedPlan(name, "failed", file.name, error=error, key=_key(name), mark=_mark(file))


def _mark(file: Path) -> str:
    """The stamp of a file and of the corrections beside it, as one word."""
    return "-".join(str(number) for stamp in map(stamp_of, (file, corrections_file(file))) for number in stamp)


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


def failures(folder: Path) -> Iterator[ShelvedPlan]:
    """What the runs of a folder could not read, as its journal has it."""
    try:
        with read_journal(folder) as results:
            for row in results.failed():
                if (one := failure(row, folder)) is not None:
                    yield one
    except NoJournalError:
        return
    except KehoachError as error:  # what else it could not read is not known then, and that is said
        yield ShelvedPlan(FILE, "failed", FILE, error=error, key=_key(FILE))


def failure(row: sqlite3.Row, folder: Path) -> ShelvedPlan | None:
    """What could not be read, of a row of the journal; None where it was read."""
    result = result_of(row, folder)
    if result.error is None:
        return None
    path = result.path
    shown = str(path.relative_to(folder.absolute()) if path.is_relative_to(folder.absolute()) else path)
    digest = row["sha256"]
    mark = "" if digest else _mark(path)
    return ShelvedPlan(shown, "failed", path.name, sha256=digest, error=result.error, key=_key(shown), mark=mark)


def _key(*parts: str | None) -> str:
    return plain(" ".join(part for part in parts if part))


def plain(text: str) -> str:
    """A text as a search compares it: without case and accents."""
    return bare(fold(text))
