"""Versions of one plan: which rows are the same plan, and which of them is current.

A plan that is wrongly taken for a version of another vanishes from searches, one that is wrongly kept apart is there
twice. So rows share a work only where nothing speaks against it and enough is known:

- rows of one number, of a province and year, where issuer and title say the same;
- a draft with the rows of its title, issuer, kind, province and period; of numbered ones with one alone.

Works depend on the rows alone, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select, update

from pipeline.errors import Notice, notice
from pipeline.store.loading import ranking
from pipeline.store.loading.ranking import has_serial
from pipeline.store.loading.rows import Row
from pipeline.store.query.words import key
from pipeline.store.tables import plans

STATUSES: Final = ("draft", "signed", "corrected")
"""What a plan can be said to be by hand."""

_ALIKE: Final = 0.5  # of the words of two titles that both have, where the issuer is the same
_NEARLY: Final = 0.9  # where one issuer is not known
_TELLING: Final = 4  # words a title needs to tell plans apart
_NEAR: Final = timedelta(days=366)  # between a draft and what came of it; plans of one title come every year
_COLUMNS: Final = [
    plans.c[name]
    for name in (
        *("id", "plan_id", "work", "status", "is_current", "chosen", "items", "cut_off", "number", "attached_to"),
        *("number_key", "title", "title_key", "issuer", "issuer_agency", "document_type", "province_code", "period"),
        *("issued_on", "file_name", "sha256"),
    )
]

_Plan: TypeAlias = Mapping[str, Any] | RowMapping
_Group: TypeAlias = list[RowMapping]


def status(plan: Row) -> str:
    """The status of a plan: corrections say so in the title, of others it is what was read."""
    return "corrected" if plan["title_key"].split()[:2] == ["dinh", "chinh"] else plan["read_status"]


def settle(connection: Connection, plan: _Plan) -> None:
    """Group the versions of a plan anew and mark the current one.

    Args:
        connection: in a transaction of the store.
        plan: a row of the store, or one that was removed.
    """
    named = plan["number_key"]
    rows = _rows(connection, plans.c.number_key == named) if named is not None else []
    works = _put(connection, ((_first(group), group) for group in _groups(rows)))
    for title, agency in {(row["title_key"], row["issuer_agency"]) for row in (plan, *rows)}:
        if agency is not None and _telling(title):
            alike = _rows(connection, plans.c.title_key == title, plans.c.issuer_agency == agency)
            works |= _put(connection, _drafts(alike))
    _choose(connection, works | {plan["work"]})


def alone(connection: Connection, loaded: Sequence[Row]) -> set[int]:
    """Find the plans just loaded that share number and title with no other: these need no settling.

    Args:
        connection: in a transaction of the store.
        loaded: rows of the plans, all in the store.
    """
    shared = {}
    for name in ("number_key", "title_key"):
        column = plans.c[name]
        wanted = {row[name] for row in loaded if row[name] is not None}
        query = select(column).where(column.in_(wanted)).group_by(column).having(func.count() > 1)
        shared[name] = set(connection.scalars(query))
    return {row["id"] for row in loaded if not any(row[name] in found for name, found in shared.items())}


def standing(connection: Connection, plan: int, replaced: bool) -> tuple[bool, tuple[Notice, ...]]:
    """Tell whether a plan just loaded is a further version of another. All plans of its batch must be settled.

    Args:
        connection: in a transaction of the store.
        plan: id of the plan.
        replaced: whether it replaced the plan of the same file.

    Returns:
        Whether it is a further version, and what is to be said about it.
    """
    work = select(plans.c.work).where(plans.c.id == plan).scalar_subquery()
    together = _rows(connection, plans.c.work == work)
    own = next(row for row in together if row["id"] == plan)
    others = [row for row in together if row["id"] != plan and (replaced or row["id"] < plan)]
    said = []
    if others:
        current = next(row["file_name"] for row in together if row["is_current"])
        first = min(others, key=lambda row: row["id"])
        said.append(notice("W702", number=_name(first), file=first["file_name"], current=current))
    if own["number_key"] is not None and (strangers := _rows(connection, *_of_its_number(own), limit=1)):
        said.append(notice("W701", number=_name(own), file=strangers[0]["file_name"]))
    if _telling(own["title_key"]) and (strangers := _rows(connection, *_of_its_title(own), limit=1)):
        said.append(notice("W703", file=strangers[0]["file_name"]))
    return bool(others), tuple(said)


def _of_its_number(own: RowMapping) -> Iterator[ColumnElement[bool]]:
    yield plans.c.number_key == own["number_key"]
    yield plans.c.work != own["work"]


def _of_its_title(own: RowMapping) -> Iterator[ColumnElement[bool]]:
    """Rows that would be versions of a draft, or drafts of it, if it were known who issued both."""
    yield plans.c.title_key == own["title_key"]
    yield plans.c.work != own["work"]
    if has_serial(own):
        first = func.substr(func.coalesce(plans.c.number, plans.c.attached_to, ""), 1, 1)
        yield first.not_in(list("0123456789"))
    if own["issuer_agency"] is not None:
        yield plans.c.issuer_agency.is_(None)
    for name in ("document_type", "province_code", "period"):
        if own[name] is not None:
            yield plans.c[name].is_(None) | (plans.c[name] == own[name])


def _rows(connection: Connection, *wanted: ColumnElement[bool], limit: int | None = None) -> Sequence[RowMapping]:
    return connection.execute(select(*_COLUMNS).where(*wanted).limit(limit)).mappings().all()


def _put(connection: Connection, groups: Iterable[tuple[int, _Group]]) -> set[int]:
    """Give rows the work of their group; the works that may have another version that counts."""
    touched = set()
    for work, group in groups:
        touched |= {work, *(row["work"] for row in group)}
        if moved := [row["id"] for row in group if row["work"] != work]:
            connection.execute(update(plans).where(plans.c.id.in_(moved)).values(work=work))
    return touched


def _choose(connection: Connection, works: Collection[int]) -> None:
    """Mark the version that counts of each work."""
    members = defaultdict(list)
    for row in _rows(connection, plans.c.work.in_(works)):
        members[row["work"]].append(row)
    for rows in members.values():
        best, _ = ranking.best(rows)
        for row in rows:
            if row["is_current"] != (row is best):
                connection.execute(update(plans).where(plans.c.id == row["id"]).values(is_current=row is best))


def _groups(rows: Sequence[RowMapping]) -> Iterator[_Group]:
    """Rows of one number as plans.

    Where not each is the same as each (one that says little would link two that differ), only those of one issuer and
    title go together.
    """
    for group in _linked(rows):
        if all(_same(one, other) for one, other in combinations(group, 2)):
            yield group
        else:
            yield from _by(group, lambda row: _exact(row) if all(_exact(row)) else row["id"])


def _linked(rows: Sequence[RowMapping]) -> list[_Group]:
    """Rows of which each is the same as another one of its group."""
    groups: list[_Group] = []
    for row in rows:
        near = [group for group in groups if any(_same(row, other) for other in group)]
        groups = [group for group in groups if group not in near] + [[row, *(other for one in near for other in one)]]
    return groups


def _same(one: RowMapping, other: RowMapping) -> bool:
    """Whether two rows of one number are one plan: the numbers of a district are those of its province too."""
    known = None not in (one["issuer_agency"], other["issuer_agency"])
    if known and not _same_issuer(one, other):
        return False
    titles = [set(row["title_key"].split()) for row in (one, other)]
    if not all(titles):
        return known
    likeness = len(titles[0] & titles[1]) / len(titles[0] | titles[1])
    if known:
        return likeness >= _ALIKE
    one_known = one["issuer_agency"] is not None or other["issuer_agency"] is not None
    return one_known and likeness >= _NEARLY and all(len(words) >= _TELLING for words in titles)


def _same_issuer(one: RowMapping, other: RowMapping) -> bool:
    """The same agency, and no "Trường THPT số 1" and "số 2", which the register takes for one."""
    first, second = (set(key(row["issuer"] or "").split()) for row in (one, other))
    return one["issuer_agency"] == other["issuer_agency"] and (first <= second or second <= first)


def _exact(row: RowMapping) -> tuple[Any, ...]:
    return row["issuer_agency"], key(row["issuer"] or ""), row["title_key"]


def _drafts(rows: Sequence[RowMapping]) -> Iterator[tuple[int, _Group]]:
    """The drafts among rows of one title and issuer, by work: that of the numbered row they belong to, or their own."""
    for alike in _by(rows, lambda row: (*_exact(row), row["document_type"], row["province_code"], row["period"])):
        numbered = [row for row in alike if has_serial(row)]
        alone = []
        for draft in (row for row in alike if not has_serial(row)):
            near = [row for row in numbered if _near(draft, row)]
            if near:
                yield max(near, key=lambda row: _nearness(draft, row))["work"], [draft]
            else:
                alone.append(draft)
        for group in _runs(alone):
            yield _first(group), group


def _near(draft: RowMapping, row: RowMapping) -> bool:
    days = (draft["issued_on"], row["issued_on"])
    return None in days or abs(days[0] - days[1]) <= _NEAR


def _nearness(draft: RowMapping, row: RowMapping) -> tuple[Any, ...]:
    """How well `row` fits as what came of `draft`: by the days between them where both are known, then the newest."""
    day, drafted = row["issued_on"], draft["issued_on"]
    days = -abs((day - drafted).days) if day and drafted else 0
    return day is not None, days, day or date.min, row["sha256"]


def _runs(drafts: _Group) -> Iterator[_Group]:
    """Drafts of which each follows the one before within a year; those without a date are with the newest."""
    run: _Group = []
    for draft in sorted(drafts, key=lambda row: row["issued_on"] or date.max):
        if run and not _near(run[-1], draft):
            yield run
            run = []
        run.append(draft)
    if run:
        yield run


def _by(rows: Sequence[RowMapping], sign: Callable[[RowMapping], Any]) -> Iterable[_Group]:
    found = defaultdict(list)
    for row in rows:
        found[sign(row)].append(row)
    return found.values()


def _first(group: _Group) -> int:
    return min(int(row["id"]) for row in group)


def _telling(title: str) -> bool:
    return len(title.split()) >= _TELLING


def _name(plan: RowMapping) -> str:
    named = plan["number"] or plan["attached_to"] if has_serial(plan) else plan["title"]
    return str(named or plan["plan_id"])
