"""The overviews for programs: deadlines, targets, agencies, pairs and two plans side by side, as JSON, CSV and ICS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from pipeline.compare.model import PlanComparison
from pipeline.web.desk.api import RESPONSES, ApiModel, Cursor, Limit, as_json, cursor_of, read_cursor
from pipeline.web.desk.asking import Asking, TheDesk
from pipeline.web.desk.overviews.deadlines import calendar_of
from pipeline.web.desk.overviews.questions import MOST, Question, file_of, tagged, year_of
from pipeline.web.desk.overviews.versions import compared
from pipeline.web.desk.stored import digests_of, names_of, reading

router = APIRouter(prefix="/api", tags=["overviews"], responses=RESPONSES)
_CSV: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
_ICS: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}}


class ItemPlace(ApiModel):
    """Where an item stands."""

    name: str | None
    """The plan's name in the other addresses of the API; null where the folder of the desk has it not."""
    plan_id: str
    plan_number: str | None
    attached_to: str | None
    """The decision the plan is issued with."""
    province: str | None
    """As of the plan's date."""
    file_name: str
    ref: str
    """The item's id in the plan."""
    page: int | None
    """From 1; null where the document has no pages."""


class DueItem(ItemPlace):
    """A deadline on one of its days."""

    due: date
    """The last day."""
    start: date | None
    deadline: str
    """In the plan's words."""
    recurrence: str | None
    """RFC 5545 RRULE body."""
    open_ended: bool
    """It recurs without a stated end; followed for ten years."""
    text: str
    """Of the item."""
    agencies: list[str]
    """Who leads, is responsible or is told to do it, in the plan's words."""
    registered: list[str]
    """The same as the register names them."""
    plan_title: str | None


class StatedTarget(ItemPlace):
    """A figure to be reached."""

    text: str
    """As printed."""
    value: float
    value_max: float | None
    """The upper end of a range."""
    comparison: Literal["=", ">=", "<=", "~"]
    unit: str | None
    of_total: float | None
    """9 in "4/9"."""
    per: str | None
    direction: Literal["reach", "increase", "decrease"]
    subject: str | None
    """What is counted or measured."""
    predicate: str | None
    """What shall be true of it."""
    statement: str
    """The clause the figure stands in."""
    baseline: str | None
    due: str | None
    """Year or ISO date."""
    plan_title: str | None
    issued_on: date | None


class CountedAgency(ApiModel):
    """An agency of the register, and in how many items it has each role."""

    key: str
    name: str
    kind: str
    level: str | None
    sector: str | None
    province_code: str | None
    """ISO 3166-2:VN, as of the plans' dates."""
    successor: str | None
    """Key of the agency that took its place."""
    lead: int
    responsible: int
    directed: int
    cooperating: int
    reports_to: int


class CountedPair(ApiModel):
    """Two agencies, and in how many items the one leads or is responsible and the other cooperates."""

    doer: str
    doer_key: str
    partner: str
    partner_key: str
    items: int
    plans: int


class DuePage(ApiModel):
    """Some deadlines."""

    items: list[DueItem]
    next: str | None
    """The `cursor` of those that follow; null behind the last."""


class TargetPage(ApiModel):
    """Some targets."""

    items: list[StatedTarget]
    next: str | None
    """The `cursor` of those that follow; null behind the last."""


class AgencyPage(ApiModel):
    """Some agencies."""

    items: list[CountedAgency]
    next: str | None
    """The `cursor` of those that follow; null behind the last."""


class PairPage(ApiModel):
    """The pairs with most items."""

    items: list[CountedPair]


_Made = TypeVar("_Made")


def _wanted(
    q: Annotated[str | None, Query(max_length=1000, description="Words, with or without accents.")] = None,
    agency: Annotated[str | None, Query(max_length=200, description="An agency by name or abbreviation.")] = None,
    role: Annotated[str | None, Query(max_length=80, description="What the agency, or any, has to do.")] = None,
    province: Annotated[str | None, Query(max_length=200, description="Of the plan, by name or code.")] = None,
    sector: Annotated[str | None, Query(max_length=200, description="Of the agency.")] = None,
    plan: Annotated[str | None, Query(max_length=200, description="A plan by number, slug or file name.")] = None,
) -> Question:
    """What is asked of every overview."""
    given = dict(q=q, agency=agency, role=role, province=province, sector=sector, plan=plan)
    return Question("", {name: value for name, value in given.items() if value is not None})


Wanted = Annotated[Question, Depends(_wanted)]
_FILTERS: Final = ("agency", "role", "province", "sector", "plan")


def _days(
    from_: Annotated[date | None, Query(alias="from", description="The first day.")] = None,
    to: Annotated[date | None, Query(description="The last day.")] = None,
) -> tuple[date, date]:
    return from_ or date.min, to or date.max


Days = Annotated[tuple[date, date], Depends(_days)]
DueYear = Annotated[str | None, Query(pattern=r"^([0-9]{4}|none)$", description='The year due; "none": not stated.')]
TargetUnit = Annotated[str | None, Query(max_length=80, description='The unit of the target: "%", "bản sách".')]


def _part(found: list[_Made], limit: int, offset: int) -> tuple[list[_Made], str | None]:
    """The entries of an answer, of one more than that; and the cursor of those that follow."""
    return found[:limit], cursor_of(offset + limit) if len(found) > limit else None


def _rows(found: Iterable[Any], names: Mapping[int, str]) -> list[dict[str, Any]]:
    return [{**asdict(one), "name": names.get(one.plan)} for one in found]


@router.get("/deadlines", response_model=DuePage)
def deadlines(
    request: Request, desk: TheDesk, wanted: Wanted, days: Days, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """What falls due by the plans that count now, in order of days; recurring deadlines on each of their days."""
    from pipeline.store.query.agenda import agenda

    offset = read_cursor(cursor, int) or 0
    with reading(desk) as connection:
        found = list(agenda(connection, *days, wanted.filters(*_FILTERS), wanted.given.get("q"), limit + 1, offset))
        some, more = _part(found, limit, offset)
        rows = _rows(some, names_of(desk, digests_of(connection, {one.plan for one in some})))
    return as_json(request, DuePage(items=[DueItem.model_validate(row) for row in rows], next=more))


@router.get("/deadlines.csv", responses=_CSV, response_class=Response)
def deadlines_csv(request: Request, desk: TheDesk, wanted: Wanted, days: Days) -> Response:
    """The same as CSV, at most 100,000 of them."""
    from pipeline.store.query.agenda import agenda

    with reading(desk) as connection:
        found = list(agenda(connection, *days, wanted.filters(*_FILTERS), wanted.given.get("q"), MOST))
        rows = _rows(found, names_of(desk, digests_of(connection, {one.plan for one in found})))
    return _csv(request, rows, DueItem, "deadlines")


@router.get("/deadlines.ics", responses=_ICS, response_class=Response)
def deadlines_ics(request: Request, asked: Asking, desk: TheDesk, wanted: Wanted) -> Response:
    """Deadlines as a calendar to subscribe to (RFC 5545): recurring ones are rules."""
    return calendar_of(request, desk, asked.language, wanted)


@router.get("/targets", response_model=TargetPage)
def targets(
    request: Request,
    desk: TheDesk,
    wanted: Wanted,
    unit: TargetUnit = None,
    year: DueYear = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Figures that the plans that count now are to reach, by province, year and what is counted."""
    from pipeline.store.overview.goals import goals

    offset = read_cursor(cursor, int) or 0
    with reading(desk) as connection:
        filters = {**wanted.filters(*_FILTERS), "unit": unit}
        found = goals(connection, filters, wanted.given.get("q"), _year(year), limit + 1, offset)
        some, more = _part(found, limit, offset)
        rows = _rows(some, names_of(desk, digests_of(connection, {one.plan for one in some})))
    return as_json(request, TargetPage(items=[StatedTarget.model_validate(row) for row in rows], next=more))


@router.get("/targets.csv", responses=_CSV, response_class=Response)
def targets_csv(
    request: Request, desk: TheDesk, wanted: Wanted, unit: TargetUnit = None, year: DueYear = None
) -> Response:
    """The same as CSV, at most 100,000 of them."""
    from pipeline.store.overview.goals import goals

    with reading(desk) as connection:
        filters = {**wanted.filters(*_FILTERS), "unit": unit}
        found = goals(connection, filters, wanted.given.get("q"), _year(year), MOST)
        rows = _rows(found, names_of(desk, digests_of(connection, {one.plan for one in found})))
    return _csv(request, rows, StatedTarget, "targets")


def _year(year: str | None) -> str | None:
    if year and year != "none":
        year_of(year)
    return year


@router.get("/agencies", response_model=AgencyPage)
def agencies(request: Request, desk: TheDesk, wanted: Wanted, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Agencies with the number of items in each of their roles, those that have most to do first."""
    from pipeline.store.overview.duties import agency_counts

    offset = read_cursor(cursor, int) or 0
    with reading(desk) as connection:
        filters, words = wanted.filters(*_FILTERS), wanted.given.get("q")
        some, more = _part(agency_counts(connection, filters, words, limit + 1, offset), limit, offset)
    return as_json(request, AgencyPage(items=[CountedAgency.model_validate(asdict(one)) for one in some], next=more))


@router.get("/pairs", response_model=PairPage)
def pairs(request: Request, desk: TheDesk, wanted: Wanted, limit: Limit = 50) -> Response:
    """Who works with whom, the pairs with most items first."""
    from pipeline.store.overview.partners import pairs as pairs_of

    with reading(desk) as connection:
        found = pairs_of(connection, wanted.filters(*_FILTERS), wanted.given.get("q"), limit)
    return as_json(request, PairPage(items=[CountedPair.model_validate(asdict(one)) for one in found]))


@router.get("/comparison", response_model=PlanComparison)
def comparison(
    request: Request,
    desk: TheDesk,
    a: Annotated[str, Query(max_length=1000, description="The name of a plan.")],
    b: Annotated[str, Query(max_length=1000, description="The name of another.")],
) -> Response:
    """Two plans side by side, as `kehoach compare --json` prints them."""
    return as_json(request, compared(desk, a, b))


def _csv(request: Request, rows: list[dict[str, Any]], model: type[BaseModel], name: str) -> Response:
    """Rows as CSV with the columns of a model; lists in one cell."""
    types = {column: _type(field.annotation) for column, field in model.model_fields.items()}
    flat = [
        {one: "; ".join(row[one]) if isinstance(row[one], tuple | list) else row[one] for one in types} for row in rows
    ]
    return tagged(request, file_of(flat, types, name, "csv"))


def _type(annotation: Any) -> type:
    """The type of a column's cells."""
    return next(
        (one for one in (bool, int, float, date) if one is annotation or one in getattr(annotation, "__args__", ())),
        str,
    )
