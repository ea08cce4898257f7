"""Filters of a search, and the conditions on rows that they mean."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, func, select

from pipeline.errors import EmptyValueError, NoSuchDayError, UnknownProvinceError, UnknownValueError
from pipeline.messages import say
from pipeline.register import RegisteredAgency, find_province, identify, titles
from pipeline.schema import Role
from pipeline.store.query.index import tag
from pipeline.store.query.plan_names import bearing
from pipeline.store.query.words import key
from pipeline.store.tables import agencies, deadlines, occurrences, plans, provisions, roles, targets

FilterType = Literal["task", "objective", "target", "deadline"]

_LOOKED_AT: Final = 20_000  # rows, of which the commonest values are named
_SHOWN: Final = 12  # values that are named where nothing has the one asked for
_MANY: Final = 400  # agencies of one search that are worth a tag each
_YEARS: Final = 8  # years of one search that are worth a tag each; more leave little out
_MONTHS: Final = 12  # months of one search that are worth a tag each


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What items are filtered by; None is no filter. Items must match all filters."""

    agency: str | None = None
    """An agency by name or abbreviation; without a place those of all provinces: "Sở VHTTDL"."""
    role: Role | str | None = None
    """What that agency (or any) has to do with it: lead, responsible, cooperating, directed, reports_to."""
    agency_kind: str | None = None
    """A kind of the register, by code or name: department or Sở, committee …"""
    sector: str | None = None
    """A sector of the register, by code or name: culture or Văn hóa, finance …"""
    level: str | None = None
    """central, province, district or commune: the level of the agency."""
    province: str | None = None
    """The plan's province as of its date, by name or code."""
    current_province: str | None = None
    """The plan's province since 1 July 2025: Bắc Ninh has Bắc Giang's plans too."""
    due_from: date | None = None
    """Something falls due on that day or later; days may be given as texts too."""
    due_before: date | None = None
    """Something falls due before that day."""
    issued_from: date | None = None
    """The plan is of that day or later."""
    issued_before: date | None = None
    """The plan is of before that day."""
    kind: FilterType | str | None = None
    """task or objective; target or deadline: items that state one."""
    unit: str | None = None
    """It states a target in that unit: "%", "thư viện"."""
    document_type: str | None = None
    """The plan's kind: "Kế hoạch"."""
    plan: str | None = None
    """A plan by its number (55/KH-UBND) or that of its decision, slug or file name, in any case."""
    versions: Literal["current", "all"] | str = "current"
    """all: drafts and earlier versions too."""


@dataclass(frozen=True)
class Narrowed:
    """Filters as conditions on rows, and as tags of the full-text index.

    Of each group of tags one must be present wherever the conditions hold.
    """

    conditions: tuple[ColumnElement[bool], ...]
    tags: tuple[tuple[str, ...], ...]
    nothing: bool = False
    """The store has nothing of the kind, e.g. no agency of that name."""
    named: tuple[int, ...] | None = None
    """The plans that bear the name asked for, where these are few: tags are not needed to find their items."""


def checked(filters: Filters) -> Filters:
    """Check filters, and put codes for names and days for texts.

    Raises:
        EmptyValueError: a filter is given without a value.
        UnknownValueError: no item can have such a value.
        UnknownProvinceError: there is no such province.
        NoSuchDayError: there is no such day.
    """
    made: dict[str, Any] = {}
    for one in fields(Filters):
        value = getattr(filters, one.name)
        if value is None:
            continue
        if isinstance(value, str) and not value.strip():
            raise EmptyValueError(file=f"--{one.name.replace('_', '-')}")
        if one.name in _CODES or one.name in _CHOICES:
            made[one.name] = _code(one.name, value)
        elif one.name.endswith(("_from", "_before")):
            made[one.name] = day(one.name, value)
        elif one.name in ("province", "current_province") and find_province(value) is None:
            raise UnknownProvinceError(file=str(value))
    return replace(filters, **made)


def _unknown(name: str, value: Any, known: Iterable[str]) -> UnknownValueError:
    return UnknownValueError(file=str(value), name=name.replace("_", "-"), known=", ".join(known))


def _code(name: str, value: str) -> str:
    """A code by itself, by what it is called in either language, or by how that begins or ends: culture, "Văn hóa"."""
    known = _called(name)
    if value in known:
        return str(value)
    wanted = key(str(value))
    names = {(code, key(said)) for code, called in known.items() for said in (code, *called)}
    for found in (
        {code for code, said in names if said == wanted},
        {code for code, said in names if said.startswith(f"{wanted} ")},
        {code for code, said in names if said.endswith(f" {wanted}")},
    ):
        if len(found) == 1:
            return found.pop()
    raise _unknown(name, value, known)


def _called(name: str) -> dict[str, tuple[str, str]]:
    """The codes that a filter knows, with what they are called in Vietnamese and in English."""
    if name in _CODES:
        return {code: (title.vi, title.en) for code, title in titles()[_CODES[name]].items()}
    return {code: (say(words, "vi"), say(words, "en")) for code, words in _CHOICES[name].items()}


def day(name: str, value: Any) -> date:
    """Read a day, given as a date or as text such as 2025-11-30 or 30/11/2025.

    Args:
        name: of the filter, for the message.
        value: the day.

    Raises:
        NoSuchDayError: there is no such day.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in ("%Y-%m-%d", "%d/%m/%Y"):  # those the message names; a document may write others
        with suppress(ValueError):
            return datetime.strptime(str(value).strip(), form).date()
    raise NoSuchDayError(file=f"--{name.replace('_', '-')} {value}")


def is_known(agency: str) -> bool:
    """Tell whether the register knows an agency; one it does not know is found by its name alone."""
    return identify(agency).kind != "other"


def absent(filters: Filters, narrowed: Narrowed, connection: Connection) -> dict[str, tuple[str, ...]]:
    """Find the filters whose value nothing in the store has.

    Args:
        filters: checked filters.
        narrowed: their conditions.
        connection: of the store.

    Returns:
        For each such filter the most frequent values that would find something.
    """
    found: dict[str, tuple[str, ...]] = {}
    if narrowed.named == ():
        found["plan"] = ()
    if filters.document_type is not None and not _types(filters.document_type, connection):
        found["document_type"] = tuple(_commonest(plans.c.document_type, connection)[:_SHOWN])
    if filters.unit is not None:
        of_unit = select(targets.c.id).where(targets.c.unit_key == key(filters.unit)).limit(1)
        if connection.scalar(of_unit) is None:
            found["unit"] = tuple(_commonest(targets.c.unit, connection)[:_SHOWN])
    return found


def _commonest(column: Column[Any], connection: Connection) -> list[str]:
    """The values of a column, the commonest first, by the rows loaded last."""
    table = column.table
    last = select(column).where(column.is_not(None)).order_by(table.c.id.desc()).limit(_LOOKED_AT).subquery()
    counted = connection.execute(select(last.c[0], func.count()).group_by(last.c[0])).all()
    return [value for value, _ in sorted(counted, key=lambda row: (-row[1], row[0]))]


def narrow(filters: Filters, connection: Connection) -> Narrowed:
    """Make the conditions and tags of filters.

    Args:
        filters: what is filtered by.
        connection: of the store, which some filters need to look up.

    Raises:
        WrongUsageError: as of `checked`.
    """
    filters = checked(filters)
    found = [part(filters, connection) for part in _PARTS]
    named = next((part for part in found if part.named is not None), None)
    return Narrowed(
        tuple(one for part in found for one in part.conditions),
        named.tags if named else tuple(one for part in found for one in part.tags),
        any(part.nothing for part in found),
        named.named if named else None,
    )


def _plan(filters: Filters, connection: Connection) -> Narrowed:
    conditions: list[ColumnElement[bool]] = []
    tags: list[tuple[str, ...]] = []
    if filters.versions == "current":
        conditions.append(plans.c.is_current)
    if filters.issued_from:
        conditions.append(plans.c.issued_on >= filters.issued_from)
    if filters.issued_before:
        conditions.append(plans.c.issued_on < filters.issued_before)
    tags += _years(filters, connection)
    if filters.document_type:
        conditions.append(plans.c.document_type.in_(_types(filters.document_type, connection)))
        tags.append((tag("type", key(filters.document_type)),))
    for name, kind, column in (
        ("province", "province", plans.c.province_code),
        ("current_province", "now", plans.c.current_province_code),
    ):
        value = getattr(filters, name)
        place = find_province(value) if value else None
        if place:
            code = place.code if name == "province" else place.current_code
            conditions.append(column == code)
            tags.append((tag(kind, code),))
    if filters.plan is None:
        return Narrowed(tuple(conditions), tuple(tags))
    ids = bearing(connection, filters.plan)
    conditions.append(plans.c.id.in_(ids))
    if len(ids) > _MANY:
        return Narrowed(tuple(conditions), tuple(tags))
    tag_of_any = tuple(tag("plan", str(one)) for one in ids)
    return Narrowed(tuple(conditions), (tag_of_any,), nothing=not ids, named=tuple(ids))


def _types(asked: str, connection: Connection) -> list[str]:
    """Kinds of documents that are the same but for case and accents."""
    known = connection.scalars(select(plans.c.document_type).distinct()).all()
    return [one for one in known if one and key(one) == key(asked)]


def _years(filters: Filters, connection: Connection) -> list[tuple[str, ...]]:
    if not (filters.issued_from or filters.issued_before):
        return []
    first, last = _bounds(plans.c.issued_on, connection)
    if first is None:
        return []
    low = max(first, filters.issued_from or first).year
    high = min(last, filters.issued_before or last).year
    years = tuple(f"year:{year}" for year in range(low, high + 1))
    return [years or ("year:none",)] if len(years) <= _YEARS else []


def _bounds(column: Column[Any], connection: Connection) -> tuple[Any, Any]:
    """The least and the greatest value of an indexed column: asked at once, SQLite would read the whole index."""
    return connection.scalar(select(func.min(column))), connection.scalar(select(func.max(column)))


def _agency(filters: Filters, connection: Connection) -> Narrowed:
    """One agency, in its role, is like all that is asked of agencies."""
    asked: list[ColumnElement[bool]] = []
    tags: list[tuple[str, ...]] = []
    role = f"{filters.role}/" if filters.role else ""
    level = filters.level
    if filters.agency:
        entry = identify(filters.agency)
        asked += agency_is(filters.agency)
        if entry.kind != "other" and any(
            mine and theirs and mine != theirs
            for mine, theirs in ((entry.kind, filters.agency_kind), (entry.sector, filters.sector))
        ):
            return Narrowed((), (), nothing=True)  # no agency is of two kinds
        if entry.kind != "other" and not entry.place:
            tags.append((f"{role}{_kind_or_body(entry)}",))
            level = level or (entry.level if entry.collective else None)
        if not tags:
            ids = connection.scalars(select(agencies.c.id).where(*asked).limit(_MANY + 1)).all()
            if not ids:
                return Narrowed((), (), nothing=True)
            tags += [tuple(f"{role}agency:{one}" for one in ids)] if len(ids) <= _MANY else []
    for name, kind, column in (
        ("agency_kind", "agencykind", agencies.c.kind),
        ("sector", "sector", agencies.c.sector),
        ("level", "level", agencies.c.level),
    ):
        value = getattr(filters, name)
        if value:
            asked.append(column == value)
            tags.append((f"{role}{kind}:{value}",))
    if level:
        joint = [some for some in tags if some[0].startswith(_LEVELLED, len(role))]
        tags = [some for some in tags if some not in joint]
        tags += [(f"{one}.{level}",) for some in joint for one in some] or [(f"{role}level:{level}",)]
    if filters.role:
        asked.append(roles.c.role == str(filters.role))
        tags += [] if tags else [(f"role:{filters.role}",)]
    if not asked:
        return Narrowed((), ())
    within = select(roles.c.id).join(agencies, agencies.c.id == roles.c.agency)
    return Narrowed((_exists(within.where(roles.c.provision == provisions.c.id, *asked)),), tuple(tags))


def agency_is(name: str) -> list[ColumnElement[bool]]:
    """Make the conditions on a row of the register that a name means; without a place its like in all provinces."""
    entry = identify(name)
    if entry.place:
        return [agencies.c.key == entry.key]
    if entry.kind == "other":
        return [agencies.c.name_key.contains(key(name), autoescape=True)]
    whole = entry.body == entry.kind  # "Sở", "báo": all of the kind
    found = [agencies.c.kind == entry.kind if whole else agencies.c.body == entry.body]
    if entry.level and entry.collective:  # a single agency without a place is that one, whatever its level
        found.append(agencies.c.level == entry.level)
    return found


def _kind_or_body(entry: RegisteredAgency) -> str:
    return f"agencykind:{entry.kind}" if entry.body == entry.kind else f"body:{entry.body}"


def _due(filters: Filters, connection: Connection) -> Narrowed:
    if not (filters.due_from or filters.due_before):
        return Narrowed((), ())
    first, last = _bounds(occurrences.c.due_on, connection)
    if first is None or filters.due_before == date.min:
        return Narrowed((), (), nothing=True)
    low = max(first, filters.due_from or first)
    high = min(last, filters.due_before - timedelta(days=1)) if filters.due_before else last
    if low > high:
        return Narrowed((), (), nothing=True)
    within = occurrences.c.due_on.between(low, high)
    condition = _exists(select(occurrences.c.deadline).where(occurrences.c.provision == provisions.c.id, within))
    return Narrowed((condition,), (due_tags(low, high),))


def due_tags(low: date, high: date) -> tuple[str, ...]:
    """The tags of which an item has one that falls due in a span of days.

    Months by month, more of them by year, else all that has a day: many tags take longer than they spare.
    """
    months = range(low.year * 12 + low.month - 1, high.year * 12 + high.month)
    if len(months) <= _MONTHS:
        return tuple(f"due:{month // 12}-{month % 12 + 1:02}" for month in months)
    years = range(low.year, high.year + 1)
    return tuple(f"due:{year}" for year in years) if len(years) <= _YEARS else ("has:due",)


def _item(filters: Filters, connection: Connection) -> Narrowed:
    conditions: list[ColumnElement[bool]] = []
    tags: list[tuple[str, ...]] = []
    if filters.kind in {"task", "objective"}:
        conditions.append(provisions.c.kind == filters.kind)
        tags.append((f"kind:{filters.kind}",))
    elif filters.kind:
        table = targets if filters.kind == "target" else deadlines
        conditions.append(_exists(select(table.c.id).where(table.c.provision == provisions.c.id)))
        tags.append((f"has:{filters.kind}",))
    if filters.unit:
        unit = key(filters.unit)
        within = and_(targets.c.provision == provisions.c.id, targets.c.unit_key == unit)
        conditions.append(_exists(select(targets.c.id).where(within)))
        tags.append((tag("unit", unit),))
    return Narrowed(tuple(conditions), tuple(tags))


def _exists(query: Select[Any]) -> ColumnElement[bool]:
    return query.correlate(provisions).exists()


_LEVELLED: Final = ("agencykind:", "body:", "sector:")  # tags that are there with the level behind them too
_PARTS: Final = (_plan, _agency, _due, _item)
_CHOICES: Final = {
    "role": {str(one): f"role.{one}" for one in Role},
    "kind": {one: f"kind.{one}" for one in ("task", "objective", "target", "deadline")},
    "versions": {one: f"versions.{one}" for one in ("current", "all")},
}
"""Filter -> its values, and what these are called in the catalogue of messages."""
_CODES: Final = {"agency_kind": "kind", "sector": "sector", "level": "level"}
"""Filter -> what of the register its value is a code of."""

NAMES: Final = tuple(one.name for one in fields(Filters))
"""What can be asked, by name."""
