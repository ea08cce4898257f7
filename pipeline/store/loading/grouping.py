"""Which rows of one number, or of one title, are versions of one plan.

Rows that say the same are compared once: a number may have thousands of copies, and each commune its plan of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any, Final, TypeAlias

from sqlalchemy import RowMapping

from pipeline.store.loading.ranking import has_serial
from pipeline.store.query.words import key

TELLING: Final = 4
"""Words a title needs to tell plans apart."""

_ALIKE: Final = 0.5  # of the words of two titles that both have, where the issuer is the same
_NEARLY: Final = 0.9  # where one issuer is not known
_NEAR: Final = timedelta(days=366)  # between a draft and what came of it; plans of one title come every year

Version: TypeAlias = RowMapping | Mapping[str, Any]
Group: TypeAlias = list[Version]


@dataclass(eq=False)
class _Kind:
    """Rows that name the same issuer and have the same title."""

    agency: int | None
    issuer: frozenset[str]
    title: frozenset[str]
    rows: Group = field(default_factory=list)

    @property
    def one(self) -> bool:
        """Whether its rows are one plan."""
        return len(self.rows) == 1 or self.agency is not None


def plans_of(rows: Sequence[Version]) -> Iterator[Group]:
    """Divide rows of one number into plans.

    Where not each is the same as each (one that says little would link two that differ), only those of one issuer and
    title go together.
    """
    for kinds in _linked(_kinds(rows)):
        group = [row for kind in kinds for row in kind.rows]
        if all(kind.one for kind in kinds) and all(_same(one, other) for one, other in combinations(kinds, 2)):
            yield group
        else:
            yield from _by(group, lambda row: _exact(row) if all(_exact(row)) else row["id"])


def drafts(rows: Sequence[Version]) -> Iterator[tuple[int, Group]]:
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
            yield first_of(group), group


def first_of(group: Group) -> int:
    """The id of the row of a group that came first, which names its work."""
    return min(int(row["id"]) for row in group)


def _kinds(rows: Iterable[Version]) -> list[_Kind]:
    found: dict[tuple[Any, ...], _Kind] = {}
    for row in rows:
        sign = _exact(row)
        if sign not in found:
            found[sign] = _Kind(sign[0], frozenset(sign[1].split()), frozenset(sign[2].split()))
        found[sign].rows.append(row)
    return list(found.values())


def _linked(kinds: Sequence[_Kind]) -> Iterable[list[_Kind]]:
    """Kinds of which each is the same as another one of its group."""
    group = {kind: [kind] for kind in kinds}
    for one, other in _pairs(kinds):
        if group[one] is not group[other] and _same(one, other):
            group[one] += group[other]
            for kind in group[other]:
                group[kind] = group[one]
    return {id(some): some for some in group.values()}.values()


def _pairs(kinds: Sequence[_Kind]) -> Iterator[tuple[_Kind, _Kind]]:
    """Those that may be the same: of one agency, or one of an agency that is not known."""
    unknown = [kind for kind in kinds if kind.agency is None]
    known = [kind for kind in kinds if kind.agency is not None]
    for some in _by(known, lambda kind: kind.agency):
        yield from combinations(some, 2)
    yield from product(known, unknown)


def _same(one: _Kind, other: _Kind) -> bool:
    """Whether two kinds of one number are one plan: the numbers of a district are those of its province too."""
    known = None not in (one.agency, other.agency)
    if known and not _same_issuer(one, other):
        return False
    if not (one.title and other.title):
        return known
    likeness = len(one.title & other.title) / len(one.title | other.title)
    if known:
        return likeness >= _ALIKE
    one_known = one.agency is not None or other.agency is not None
    return one_known and likeness >= _NEARLY and min(len(one.title), len(other.title)) >= TELLING


def _same_issuer(one: _Kind, other: _Kind) -> bool:
    """The same agency, and no "Trường THPT số 1" and "số 2", which the register takes for one."""
    return one.agency == other.agency and (one.issuer <= other.issuer or other.issuer <= one.issuer)


def _exact(row: Version) -> tuple[Any, ...]:
    return row["issuer_agency"], key(row["issuer"] or ""), row["title_key"]


def _near(draft: Version, row: Version) -> bool:
    days = (draft["issued_on"], row["issued_on"])
    return None in days or abs(days[0] - days[1]) <= _NEAR


def _nearness(draft: Version, row: Version) -> tuple[Any, ...]:
    """How well `row` fits as what came of `draft`: by the days between them where both are known, then the newest."""
    day, drafted = row["issued_on"], draft["issued_on"]
    days = -abs((day - drafted).days) if day and drafted else 0
    return day is not None, days, day or date.min, row["sha256"]


def _runs(drafts: Group) -> Iterator[Group]:
    """Drafts of which each follows the one before within a year; those without a date are with the newest."""
    run: Group = []
    for draft in sorted(drafts, key=lambda row: row["issued_on"] or date.max):
        if run and not _near(run[-1], draft):
            yield run
            run = []
        run.append(draft)
    if run:
        yield run


def _by(some: Iterable[Any], sign: Callable[[Any], Any]) -> Iterable[list[Any]]:
    found = defaultdict(list)
    for one in some:
        found[sign(one)].append(one)
    return found.values()
