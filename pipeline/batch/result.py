"""What comes back for one file: from the worker, and from the batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import KehoachError
from pipeline.schema import Plan, PlanWarning
from pipeline.schema.rendering import plan_json
from pipeline.settings import Settings

Read = Callable[[Path, Settings], Plan]
"""Makes a plan of a file, or raises `KehoachError`."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found in a plan; `pages` is None where the format has none; `agencies` are different ones."""

    pages: int | None
    tasks: int
    agencies: int
    deadlines: int
    targets: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that was read: its files as bytes by suffix, "txt" and "json" among them, and what to say about it."""

    files: dict[str, bytes]
    figures: Figures
    warnings: tuple[PlanWarning, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that was not read: why, and for a fault of ours or a crash what the program left behind."""

    error: KehoachError
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: `figures` when it was written, `error` when it was not.

    `stale` are the older outputs that were set aside because of the error, each with its new name.
    """

    index: int
    path: Path
    seconds: float
    figures: Figures | None = None
    warnings: tuple[PlanWarning, ...] = ()
    error: KehoachError | None = None
    detail: str = ""
    stale: tuple[tuple[Path, Path], ...] = ()


def reading(plan: Plan) -> Reading:
    """What the worker hands back for a plan; the text ends with a line feed, which moves no offset."""
    text = plan.text if plan.text.endswith("\n") else plan.text + "\n"
    files = {**plan.files, "txt": text.encode(), "json": plan_json(plan).encode()}
    return Reading(files, _figures(plan), tuple(plan.warnings))


def _figures(plan: Plan) -> Figures:
    provisions = [*plan.objectives, *plan.tasks]
    return Figures(
        pages=plan.source.page_count,
        tasks=len(plan.tasks),
        agencies=len({agency.agency_id for provision in provisions for agency in provision.agencies}),
        deadlines=sum(len(provision.deadlines) for provision in provisions),
        targets=sum(len(provision.targets) for provision in provisions),
    )
