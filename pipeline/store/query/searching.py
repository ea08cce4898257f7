"""Searching items by their words, with and without accents, and by filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, get_args, get_type_hints

from sqlalchemy import Connection, Select, select, text

from pipeline.language.normal import nfc
from pipeline.store.database import Store, open_store
from pipeline.store.query import index
from pipeline.store.query.filters import Filters, Narrowed, absent, is_known, narrow
from pipeline.store.query.snippets import Snippet, passage, weigh
from pipeline.store.query.words import bare_words, exact_words
from pipeline.store.tables import agencies, deadlines, evidence, plans, provisions, roles, targets

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

DEFAULT: Final = "outputs/plans.db"
"""Where the store is unless someone says otherwise."""

_QUOTES: Final = '"“”'
_CHUNK: Final = 10_000  # values in one IN list
_POOL: Final = 200  # items of one tier that are ranked; of more, those loaded last


@dataclass(frozen=True)
class AgencyHit:
    """An agency in its role, and its entry in the register."""

    name: str
    role: str
    agency: str
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
class Results(Sequence[Hit]):
    """The results of a search, best first."""

    hits: tuple[Hit, ...]
    more: bool
    """Whether there is more than was asked for."""
    accents_ignored: bool = False
    """Nothing has the words with the accents they were given; these have them without."""
    agency_unknown: bool = False
    """The register does not know the agency asked for; these have its name as it was given."""
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


def search(
    words: str | None = None, *, database: str | Store = DEFAULT, limit: int = 20, offset: int = 0, **filters: Any
) -> Results:
    """Find items of a store.

    Words are found as a phrase first, then all in one item, then in its headings too; given with accents they are found
    with these, else without, đ as d; in quotes as a phrase only.

    Args:
        words: what the items say; None to filter alone.
        database: a path or URL, or an open store.
        limit: the most items that are returned.
        offset: how many of the best are left out.
        filters: the fields of `Filters` by name.

    Raises:
        StoreError: the database cannot be read.
        WrongUsageError: a filter has a value that says nothing.
    """
    if isinstance(database, Store):
        with database.reading() as connection:
            return _search(connection, words, Filters(**filters), limit, offset)
    with open_store(database) as store, store.reading() as connection:
        return _search(connection, words, Filters(**filters), limit, offset)


def find(connection: Connection, words: str | None, filters: Filters, limit: int) -> tuple[list[int], bool]:
    """Find all items of a search, for exports.

    Args:
        connection: of a store.
        words: as in `search`.
        filters: the filters.
        limit: the most items that are returned.

    Returns:
        Ids in the order of loading, and whether accents had to be ignored.
    """
    ranked, ignored = _found(connection, words, narrow(filters, connection), limit)
    return sorted(number for number, _ in ranked[:limit]), ignored


def _asked(words: str | None) -> index.SearchWords | None:
    return index.SearchWords(nfc(words)) if words and words.strip() else None


def _ways(words: str, asked: index.SearchWords) -> list[tuple[str, bool]]:
    """The tiers of a search: how its words are found, and whether the index is asked for their accents."""
    stripped = words.strip()
    if len(stripped) > 1 and stripped[0] in _QUOTES and stripped[-1] in _QUOTES:
        return [("phrase", asked.accented)]
    return [("phrase", asked.accented), ("text", asked.accented), ("all", False)][len(asked.bare) == 1 :]


def _search(connection: Connection, words: str | None, filters: Filters, limit: int, offset: int) -> Results:
    narrowed = narrow(filters, connection)
    ranked, ignored = _found(connection, words, narrowed, offset + limit + 1)
    shown = ranked[offset : offset + limit]
    return Results(
        _hits(connection, shown),
        more=len(ranked) > offset + limit,
        accents_ignored=ignored,
        agency_unknown=filters.agency is not None and not is_known(filters.agency),
        absent={} if ranked else absent(filters, narrowed, connection),
    )


def _found(
    connection: Connection, words: str | None, narrowed: Narrowed, wanted: int
) -> tuple[list[tuple[int, Snippet | None]], bool]:
    """The items, best first, at least `wanted` where there are so many; and whether accents had to be ignored."""
    asked = _asked(words)
    if narrowed.nothing or (asked is not None and not asked.bare):
        return [], False
    if asked is None or words is None:
        return [(one, None) for one in _candidates(connection, narrowed, None, "", False, wanted)], False
    ways = _ways(words, asked)
    few = _few(connection, narrowed, asked, ways[-1][0])
    ranked = _ranked(connection, narrowed, asked, ways, wanted, few)
    if ranked or not asked.accented:
        return ranked, False
    plain = index.SearchWords(" ".join(asked.bare))
    ranked = _ranked(connection, narrowed, plain, [(way, False) for way, _ in ways], wanted, few)
    return ranked, bool(ranked)


def _few(connection: Connection, narrowed: Narrowed, asked: index.SearchWords, widest: str) -> list[int] | None:
    """All that the widest tier finds without accents, which holds what every other does; None where it is much.

    Where it is little, the index need not be asked again for each tier.
    """
    found = _candidates(connection, narrowed, asked, widest, False, _POOL + 1)
    return found if len(found) <= _POOL else None


def _ranked(
    connection: Connection,
    narrowed: Narrowed,
    asked: index.SearchWords,
    ways: list[tuple[str, bool]],
    wanted: int,
    few: list[int] | None,
) -> list[tuple[int, Snippet | None]]:
    """Items tier by tier; within one, those that say it oftenest in fewest words first, then the newest.

    Of a tier its newest are ranked and the others follow as they are, however many are wanted: pages fit together.
    """
    found: dict[int, Snippet | None] = {}
    for way, accents in ways:
        new = few
        if new is None:
            new = _candidates(connection, narrowed, asked, way, accents, len(found) + max(_POOL, wanted))
        new = [one for one in new if one not in found]
        behind = set(new[_POOL:])
        weighed = []
        for row in _texts(connection, new):
            weight, where = weigh(row.text, asked, way, accents or asked.accented)
            if _has(" ".join((row.text, *row.headings)), asked) if way == "all" else where is not None:
                rank = (1, 0.0, 0) if row.id in behind else (0, -weight, -(row.issued_on or date.min).toordinal())
                weighed.append((*rank, -row.id, where))
        found |= {-number: where for *_, number, where in sorted(weighed, key=lambda one: one[:4])}
        if len(found) >= wanted:
            break
    return list(found.items())


def _texts(connection: Connection, ids: Sequence[int]) -> Iterator[Any]:
    query = select(provisions.c.id, provisions.c.text, provisions.c.headings, plans.c.issued_on)
    query = query.join(plans, plans.c.id == provisions.c.plan)
    for start in range(0, len(ids), _CHUNK):
        yield from connection.execute(query.where(provisions.c.id.in_(ids[start : start + _CHUNK])))


def _has(text: str, asked: index.SearchWords) -> bool:
    """Whether all words stand in a text, with their accents where they were given with some."""
    exact = exact_words(text)
    return (
        set(asked.exact) <= set(exact.split()) if asked.accented else set(asked.bare) <= set(bare_words(exact).split())
    )


def _candidates(
    connection: Connection, narrowed: Narrowed, asked: index.SearchWords | None, way: str, accents: bool, limit: int
) -> list[int]:
    """The newest ids of items that meet the filters and have the words."""
    query: Select[Any] = select(provisions.c.id).join(plans, plans.c.id == provisions.c.plan)
    query = query.where(*narrowed.conditions)
    if connection.dialect.name == "postgresql":
        if asked:
            query = query.join(text("provision_search"), text("provision_search.id = provisions.id"))
            query = query.where(index.postgresql_match(asked, way, accents))
        return list(connection.scalars(query.order_by(provisions.c.id.desc()).limit(limit)))
    match = "" if narrowed.named and not asked else index.sqlite_match(asked, way, accents, narrowed.tags)
    if not match:
        return list(connection.scalars(query.order_by(provisions.c.id.desc()).limit(limit)))
    # The index leads, in its own order, so that looking stops at the first rows that are wanted.
    query = query.join(text("provision_search"), text("provision_search.rowid = provisions.id"))
    query = query.where(text("provision_search MATCH :match").bindparams(match=match))
    return list(connection.scalars(query.order_by(text("provision_search.rowid DESC")).limit(limit)))


def _hits(connection: Connection, ranked: list[tuple[int, Snippet | None]]) -> tuple[Hit, ...]:
    parts = (ranked[start : start + _CHUNK] for start in range(0, len(ranked), _CHUNK))
    return tuple(hit for part in parts for hit in _some_hits(connection, part))


def _some_hits(connection: Connection, ranked: list[tuple[int, Snippet | None]]) -> tuple[Hit, ...]:
    ids = [number for number, _ in ranked]
    base = (
        select(provisions, plans.c.plan_id, plans.c.number.label("plan_number"), plans.c.title.label("plan_title"))
        .add_columns(
            *(plans.c.attached_to, plans.c.province, plans.c.issuer, plans.c.issued_on, plans.c.file_name),
            *(plans.c.status, plans.c.is_current, evidence.c.page),
        )
        .join(plans, plans.c.id == provisions.c.plan)
        .join(evidence, evidence.c.id == provisions.c.evidence)
        .where(provisions.c.id.in_(ids))
    )
    rows = {row["id"]: row for row in connection.execute(base).mappings()}
    assigned: dict[int, list[AgencyHit]] = {}
    query = (
        select(roles.c.provision, roles.c.name, roles.c.role, agencies.c.name.label("agency"), agencies.c.key)
        .join(agencies, agencies.c.id == roles.c.agency)
        .where(roles.c.provision.in_(ids))
        .order_by(roles.c.id)
    )
    for one in connection.execute(query):
        assigned.setdefault(one.provision, []).append(AgencyHit(one.name, one.role, one.agency, one.key))
    due: dict[int, list[DeadlineHit]] = {}
    for row in connection.execute(select(deadlines).where(deadlines.c.provision.in_(ids)).order_by(deadlines.c.id)):
        due.setdefault(row.provision, []).append(
            DeadlineHit(row.text, row.kind, row.start_on, row.end_on, row.recurrence)
        )
    goals: dict[int, list[TargetHit]] = {}
    for row in connection.execute(select(targets).where(targets.c.provision.in_(ids)).order_by(targets.c.id)):
        goal = TargetHit(row.text, row.value, row.value_max, row.comparison, row.unit, row.subject, row.due)
        goals.setdefault(row.provision, []).append(goal)
    return tuple(
        Hit(
            provision=number,
            headings=tuple(rows[number]["headings"]),
            passage=where or passage(rows[number]["text"]),
            assigned=tuple(assigned.get(number, ())),
            deadlines=tuple(due.get(number, ())),
            targets=tuple(goals.get(number, ())),
            **{name: rows[number][name] for name in _PLAIN},
        )
        for number, where in ranked
    )


_PLAIN: Final = (
    *("ref", "kind", "number", "text", "page", "plan", "plan_id", "plan_number", "attached_to", "plan_title"),
    *("province", "issuer", "issued_on", "file_name", "status", "is_current"),
)
