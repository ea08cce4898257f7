"""Deadlines as a month's sheet and as a year's timeline: "what must the Department of Finance report in November"."""

from __future__ import annotations

from calendar import MONDAY, Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline import __version__
from pipeline.extras import extras
from pipeline.messages import Language, say
from pipeline.web.charts import TimelineRow, timeline
from pipeline.web.desk.asking import Asking, Desk, TheDesk
from pipeline.web.desk.inbox import answer
from pipeline.web.desk.overviews.questions import (
    MOST,
    PAGE,
    Question,
    delivered,
    file_of,
    month_of,
    page_of,
    provinces,
    question,
    shown,
    tagged,
    year_of,
)
from pipeline.web.desk.stored import digests_of, kept, names_of, reading
from pipeline.web.recurrences import recurrence_words

if TYPE_CHECKING:
    from pipeline.store.database import Connection
    from pipeline.store.query.agenda import AgendaEntry

router = APIRouter(include_in_schema=False)
_FILTERS: Final = ("agency", "role", "province")
_DRAWN: Final = 40  # rows of a timeline
_LOOKED_AT: Final = 10 * _DRAWN  # entries, for the rows
_COLUMNS: Final[Mapping[str, type]] = {
    "due": date, "start": date, "deadline": str, "recurrence": str, "text": str, "agencies": str, "registered": str,
    "province": str, "plan_number": str, "attached_to": str, "plan_title": str, "ref": str, "page": int,
    "file_name": str,
}  # fmt: skip

_NOTHING: Final[Mapping[str, Any]] = {"span": None, "provinces": []}
"""What a page shows beside its form where the store cannot be asked."""


@dataclass(frozen=True)
class DaySpan:
    """The days that are asked for."""

    first: date
    last: date


def _month(asked: Question, connection: Connection, today: date) -> DaySpan:
    """The month that is asked for; else the next in which something is due, else the last."""
    from pipeline.store.query.agenda import nearest_due

    if "month" in asked.given:
        return DaySpan(*month_of(asked.given["month"]))
    near = nearest_due(connection, today.replace(day=1)) or today
    return DaySpan(*month_of(f"{near:%Y-%m}"))


def _year(asked: Question, connection: Connection, today: date) -> DaySpan:
    from pipeline.store.query.agenda import nearest_due

    if "year" in asked.given:
        return DaySpan(*year_of(asked.given["year"]))
    return DaySpan(*year_of(str((nearest_due(connection, today.replace(month=1, day=1)) or today).year)))


def _entries(
    connection: Connection, asked: Question, days: Mapping[date, int], limit: int, offset: int = 0
) -> list[AgendaEntry]:
    from pipeline.store.overview.parts import part_of
    from pipeline.store.query.agenda import agenda

    some, before = part_of(sorted(days.items()), limit, offset)
    if not some:
        return []
    filters = asked.filters(*_FILTERS)
    return list(agenda(connection, some[0], some[-1], filters, asked.given.get("q"), limit, before))


def _days(connection: Connection, asked: Question, span: DaySpan) -> dict[date, int]:
    from pipeline.store.query.agenda import due_days

    return due_days(connection, span.first, span.last, asked.filters(*_FILTERS), asked.given.get("q"))


@router.get("/deadlines")
def sheet(request: Request, asked: Asking, desk: TheDesk) -> Response:
    """What falls due in a month: its days with how much is due on each, and a list."""
    wanted, page = question(request, "/deadlines", *_FILTERS, "q", "month"), page_of(request)

    def made(connection: Connection) -> dict[str, Any]:
        span = _month(wanted, connection, date.today())
        days = _days(connection, wanted, span)
        return {
            "span": span,
            "weeks": _weeks(span, days),
            **_listed(connection, wanted, days, page),
            "before": f"{span.first - timedelta(days=1):%Y-%m}",
            "after": f"{span.last + timedelta(days=1):%Y-%m}",
        }

    def ask() -> dict[str, Any]:
        found = kept(desk, (wanted.to(page=page), date.today()), made)
        return {**found, "names": names_of(desk, found["digests"])}

    return _answered(request, asked, "deadlines.html.j2", wanted, page, shown(ask, _NOTHING))


@router.get("/timeline")
def year(request: Request, asked: Asking, desk: TheDesk) -> Response:
    """What falls due in a year: a drawing, how much in each month, and a list."""
    wanted, page = question(request, "/timeline", *_FILTERS, "q", "year"), page_of(request)

    def made(connection: Connection) -> dict[str, Any]:
        span = _year(wanted, connection, date.today())
        days = _days(connection, wanted, span)
        counts = {f"{span.first.year}-{month:02}": 0 for month in range(1, 13)}
        for day, count in days.items():
            counts[f"{day:%Y-%m}"] += count
        first = _entries(connection, wanted, days, _LOOKED_AT)
        return {
            "span": span,
            "months": counts,
            "drawn": min(_DRAWN, len({one.deadline_id for one in first})),
            **_listed(connection, wanted, days, page, first),
        }

    def ask() -> dict[str, Any]:
        found = kept(desk, (wanted.to(page=page), date.today()), made)
        return {**found, "names": names_of(desk, found["digests"])}

    return _answered(request, asked, "timeline.html.j2", wanted, page, shown(ask, _NOTHING))


def _listed(
    connection: Connection, asked: Question, days: Mapping[date, int], page: int, first: Sequence[AgendaEntry] = ()
) -> dict[str, Any]:
    """A page of the list; `first`: those it begins with, where they are known."""
    total, before = sum(days.values()), (page - 1) * PAGE
    found = first[before : before + PAGE]
    if len(found) < min(PAGE, total - before):
        found = _entries(connection, asked, days, PAGE, before)
    return {
        "days": [(day, list(some)) for day, some in groupby(found, key=lambda one: one.due)],
        "total": total,
        "pages": max(1, -(-total // PAGE)),
        "digests": digests_of(connection, {one.plan for one in found}),
        "provinces": provinces(connection),
    }


def _answered(
    request: Request, asked: Asking, template: str, wanted: Question, page: int, values: Mapping[str, Any]
) -> Response:
    language = asked.language
    return answer(
        request, asked, template, wanted=wanted, given=wanted.given, to=wanted.to, page=page,
        year=Question("/timeline", wanted.given).to(month=""),
        feed=Question("/deadlines.ics", wanted.given).to(month="", year=""),
        month_link=lambda month: Question("/deadlines", wanted.given).to(year="", month=month),
        again=lambda rule: recurrence_words(rule, language), **values,
    )  # fmt: skip


def _weeks(span: DaySpan, days: Mapping[date, int]) -> list[list[tuple[date, int | None]]]:
    """The month's weeks from Monday; None for days of other months."""
    weeks = Calendar(MONDAY).monthdatescalendar(span.first.year, span.first.month)
    return [[(day, days.get(day, 0) if span.first <= day <= span.last else None) for day in week] for week in weeks]


@router.get("/deadlines.ics")
def feed(request: Request, asked: Asking, desk: TheDesk) -> Response:
    """All deadlines as a calendar to subscribe to."""
    return calendar_of(request, desk, asked.language, question(request, "/deadlines", *_FILTERS, "q"))


def calendar_of(request: Request, desk: Desk, language: Language, wanted: Question) -> Response:
    """The deadlines that are asked for as iCalendar, recurring ones as rules; not sent again to who has them."""
    from pipeline.export.calendar import calendar, entries, events
    from pipeline.store.overview.timetable import plans_with_times

    named = [wanted.given[name] for name in ("agency", "province", "q") if name in wanted.given]
    name = " – ".join([say("desk.deadlines", language), *named])

    def made(connection: Connection) -> bytes:
        plans = plans_with_times(connection, wanted.given.get("q"), wanted.filters(*_FILTERS))
        with extras("ICS"):
            return calendar((event for plan in plans for event in events(entries(plan))), __version__, name)

    written = kept(desk, ("ics", wanted.to(), name), made)
    return tagged(request, delivered(written, name, "ics"))


@router.get("/deadlines.{form}")
def sheet_file(request: Request, desk: TheDesk, form: Literal["csv", "xlsx"]) -> Response:
    """The same as a file."""
    wanted = question(request, "/deadlines", *_FILTERS, "q", "month")
    with reading(desk) as connection:
        span = _month(wanted, connection, date.today())
        rows = [_row(one) for one in _entries(connection, wanted, _days(connection, wanted, span), MOST)]
    return file_of(rows, _COLUMNS, f"deadlines {span.first:%Y-%m}", form)


@router.get("/timeline.{form}")
def year_file(request: Request, asked: Asking, desk: TheDesk, form: Literal["csv", "xlsx", "svg", "png"]) -> Response:
    """The same as a file, or drawn."""
    wanted = question(request, "/timeline", *_FILTERS, "q", "year")
    if form == "svg" or form == "png":
        key = (wanted.to(".drawn"), date.today(), asked.language)
        drawing = kept(desk, key, lambda connection: _drawing(connection, wanted, asked.language))
        body = desk.kept.value((drawing, form), lambda: timeline(*drawing, form))  # the store is not held so long
        return tagged(request, delivered(body, "timeline", form))
    with reading(desk) as connection:
        span = _year(wanted, connection, date.today())
        found = _entries(connection, wanted, _days(connection, wanted, span), MOST)
    return file_of([_row(one) for one in found], _COLUMNS, f"timeline {span.first.year}", form)


def _row(entry: AgendaEntry) -> dict[str, Any]:
    row = {name: getattr(entry, name) for name in _COLUMNS}
    return row | {"agencies": "; ".join(entry.agencies), "registered": "; ".join(entry.registered)}


def _drawing(
    connection: Connection, wanted: Question, language: Language
) -> tuple[tuple[TimelineRow, ...], date, date, str, str]:
    """What `timeline` draws."""
    span = _year(wanted, connection, date.today())
    by_deadline: dict[int, list[AgendaEntry]] = {}
    for one in _entries(connection, wanted, _days(connection, wanted, span), _LOOKED_AT):
        by_deadline.setdefault(one.deadline_id, []).append(one)
    rows = tuple(
        TimelineRow(
            f"{some[0].plan_number or some[0].attached_to or some[0].file_name} · {some[0].text}",
            tuple((one.start or one.due, one.due) for one in some),
            some[0].recurrence is not None,
        )
        for some in list(by_deadline.values())[:_DRAWN]
    )
    once, again = say("desk.timeline.once", language), say("desk.timeline.again", language)
    return rows, span.first, span.last, once, again
