"""What a search finds: items with their plan and what they state, and plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, get_args, get_type_hints

from pipeline.store.query.snippets import Snippet

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


@dataclass(frozen=True)
class AgencyHit:
    """An agency in its role, and its entry in the register."""

    printed: str
    """The plan's own words."""
    name: str
    """The same in full."""
    role: str
    agency: str
    """The register's name: as the newest plan has it."""
    agency_key: str


@dataclass(frozen=True)
class DeadlineHit:
    """A time an item states."""

    text: str
    kind: str | None
    start: date | None
    end: date | None
    recurrence: str | None


@dataclass(frozen=True)
class TargetHit:
    """A figure an item states."""

    text: str
    value: float
    value_max: float | None
    comparison: str
    unit: str | None
    subject: str | None
    due: str | None


@dataclass(frozen=True)
class Hit:
    """An item that was found, with its plan and its place in it."""

    provision: int
    """Its id in the store."""
    ref: str
    """Its id in the plan."""
    kind: str
    number: str | None
    headings: tuple[str, ...]
    text: str
    passage: Snippet
    """The part of the text that was looked for."""
    page: int | None
    plan: int
    plan_id: str
    plan_number: str | None
    attached_to: str | None
    """The number of the decision the plan is issued with."""
    plan_title: str | None
    province: str | None
    issuer: str | None
    issued_on: date | None
    file_name: str
    status: str
    """Of the plan's versions this is the draft, signed or corrected."""
    is_current: bool
    """Whether that version is the one that counts."""
    assigned: tuple[AgencyHit, ...]
    deadlines: tuple[DeadlineHit, ...]
    targets: tuple[TargetHit, ...]


@dataclass(frozen=True)
class PlanHit:
    """A plan that was found by its names."""

    plan: int
    """Its id in the store."""
    plan_id: str
    number: str | None
    attached_to: str | None
    title: str | None
    issuer: str | None
    issued_on: date | None
    signer: str | None
    file_name: str
    status: str
    is_current: bool
    by: str
    """What of it has the words: number, title, issuer, signer or file; names where they are spread over these."""


@dataclass(frozen=True)
class Results(Sequence[Hit]):
    """The results of a search, best first."""

    hits: tuple[Hit, ...]
    more: bool
    """Whether there is more than was asked for."""
    accents_ignored: bool = False
    """Nothing has the words with the accents they were given; these have them without."""
    agency_unknown: bool = False
    """The register does not know the agency asked for; these have its name as it was given."""
    plans: tuple[PlanHit, ...] = ()
    """Plans that are named by the words: number, title, issuer, signer or file."""
    agency: str | None = None
    """The agency that the words are the name of, as the register has it."""
    nearest: str | None = None
    """Where nothing was found: words like these that find something."""
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Where nothing was found: the filters whose value nothing in the store has, each with the commonest there are."""

    def __getitem__(self, place: Any) -> Any:
        return self.hits[place]

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def rows(self, of: str = "items") -> list[dict[str, Any]]:
        """The results as plain rows.

        Args:
            of: "items" for a row for each item; "assigned", "deadlines" or "targets" for one for each of those of an
                item.
        """
        made = []
        for hit in self.hits:
            base = {one.name: getattr(hit, one.name) for one in fields(Hit) if one.name not in _NESTED}
            base |= {"headings": " / ".join(hit.headings), "passage": hit.passage.text}
            if of == "items":
                made.append(base)
            else:
                for part in getattr(hit, of):
                    own = {one.name: getattr(part, one.name) for one in fields(part)}
                    made.append(base | {f"{_NESTED[of][1]}_{name}": value for name, value in own.items()})
        return made

    def to_pandas(self, of: str = "items") -> pd.DataFrame:
        """The rows as a pandas frame (extra `export`)."""
        from pipeline.store.frames import rows_frame, to_pandas

        return to_pandas(rows_frame(self.rows(of), of, _columns(of)))

    def to_polars(self, of: str = "items") -> pl.DataFrame:
        """The rows as a polars frame (extra `export`)."""
        from pipeline.store.frames import rows_frame, to_polars

        return to_polars(rows_frame(self.rows(of), of, _columns(of)))


_NESTED: Final[dict[str, tuple[type, str]]] = {
    "assigned": (AgencyHit, "agency"),
    "deadlines": (DeadlineHit, "deadline"),
    "targets": (TargetHit, "target"),
}
"""Field of a hit that holds several things -> what they are, and how their columns begin."""


def _columns(of: str) -> dict[str, type]:
    """The columns of `Results.rows` and the types of their values, which are there or None."""
    base = {name: held for name, held in _types(Hit).items() if name not in _NESTED}
    base |= {"headings": str, "passage": str}
    if of == "items":
        return base
    part, prefix = _NESTED[of]
    return base | {f"{prefix}_{name}": held for name, held in _types(part).items()}


def _types(record: type) -> dict[str, Any]:
    """The fields of a dataclass with their types; of one that may be None, the other."""
    hints = get_type_hints(record)
    return {name: next((one for one in get_args(hint) if one is not NoneType), hint) for name, hint in hints.items()}
