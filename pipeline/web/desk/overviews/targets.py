"""Targets by province and year: how many there are, the figures of one unit drawn beside each other, and a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.errors import RequestFormError
from pipeline.messages import Language, say
from pipeline.web.charts import Dot, dots
from pipeline.web.desk.asking import Asking, TheDesk
from pipeline.web.desk.inbox import answer
from pipeline.web.desk.overviews.questions import (
    MOST,
    PAGE,
    Question,
    delivered,
    file_of,
    page_of,
    provinces,
    question,
    shown,
    tagged,
    year_of,
)
from pipeline.web.desk.stored import digests_of, kept, names_of, reading

if TYPE_CHECKING:
    from pipeline.store.database import Connection
    from pipeline.store.overview.goals import GoalEntry

router = APIRouter(include_in_schema=False)
_FILTERS: Final = ("agency", "province", "unit")
_ASKED: Final = (*_FILTERS, "q", "year")
_DRAWN: Final = 40  # rows of a drawing
_UNITS: Final = 30  # that are offered
_COLUMNS: Final[Mapping[str, type]] = {
    "province": str, "due": str, "subject": str, "predicate": str, "comparison": str, "value": float,
    "value_max": float, "unit": str, "of_total": float, "per": str, "direction": str, "text": str, "statement": str,
    "baseline": str, "plan_number": str, "attached_to": str, "plan_title": str, "issued_on": date, "ref": str,
    "page": int, "file_name": str,
}  # fmt: skip


def _asked(request: Request) -> tuple[Question, str | None]:
    """What is asked, and the year."""
    wanted = question(request, "/targets", *_ASKED)
    year = wanted.given.get("year")
    if year and year != "none":
        if not 4 == len(year) == sum(one.isdigit() and one.isascii() for one in year):
            raise RequestFormError(file="year", problem=year[:80])
        year_of(year)
    return wanted, year


@router.get("/targets")
def targets(request: Request, asked: Asking, desk: TheDesk) -> Response:
    """Targets."""
    (wanted, year), page = _asked(request), page_of(request)

    def ask() -> dict[str, Any]:
        key = (wanted.to(page=page), asked.language)
        found = kept(desk, key, lambda connection: _told(connection, wanted, year, page, asked.language))
        return {**found, "names": names_of(desk, found["digests"])}

    values = shown(ask, {"total": 0, "units": [], "provinces": [], "unit": None})
    return answer(
        request, asked, "targets.html.j2", wanted=wanted, given=wanted.given, to=wanted.to, page=page,
        figure=figure, **values,
    )  # fmt: skip


def _told(connection: Connection, wanted: Question, year: str | None, page: int, language: Language) -> dict[str, Any]:
    from pipeline.store.overview.goals import goal_counts, goals

    filters, words = wanted.filters(*_FILTERS), wanted.given.get("q")
    counted = goal_counts(connection, filters, words, year)
    counts, units = counted.by_place, counted.units
    unit = wanted.given.get("unit") or (units[0][0] if units else None)
    found = goals(connection, filters, words, year, PAGE, (page - 1) * PAGE)
    total = sum(counts.values())
    return {
        "entries": found,
        "total": total,
        "pages": max(1, -(-total // PAGE)),
        "places": sorted({place for place, _ in counts}, key=lambda one: (one is None, one or "")),
        "years": sorted({one for _, one in counts}, key=lambda one: (one is None, one or "")),
        "counts": counts,
        "units": units[:_UNITS],
        "unit": unit,
        "drawn": len(_dots(_of_unit(connection, wanted, year, unit), language)) if unit else 0,
        "digests": digests_of(connection, {one.plan for one in found}),
        "provinces": provinces(connection),
    }


@router.get("/targets.{form}")
def targets_file(
    request: Request, asked: Asking, desk: TheDesk, form: Literal["csv", "xlsx", "svg", "png"]
) -> Response:
    """The same as a file; drawn those of one unit, of the commonest where none is asked for."""
    from pipeline.store.overview.goals import goals

    wanted, year = _asked(request)
    filters, words = wanted.filters(*_FILTERS), wanted.given.get("q")
    if form == "svg" or form == "png":
        key = (wanted.to(".drawn"), asked.language)
        drawing = kept(desk, key, lambda connection: _drawing(connection, wanted, year, asked.language))
        body = desk.kept.value((drawing, form), lambda: dots(*drawing, form))  # the store is not held so long
        return tagged(request, delivered(body, "targets", form))
    with reading(desk) as connection:
        rows = [
            {name: getattr(one, name) for name in _COLUMNS} for one in goals(connection, filters, words, year, MOST)
        ]
    return file_of(rows, _COLUMNS, "targets", form)


def _drawing(
    connection: Connection, wanted: Question, year: str | None, language: Language
) -> tuple[tuple[Dot, ...], str]:
    """What `dots` draws."""
    from pipeline.store.overview.goals import goal_counts

    units = goal_counts(connection, wanted.filters(*_FILTERS), wanted.given.get("q"), year).units
    unit = wanted.given.get("unit") or (units[0][0] if units else "")
    return tuple(_dots(_of_unit(connection, wanted, year, unit), language)), unit


def _of_unit(connection: Connection, wanted: Question, year: str | None, unit: str) -> Sequence[GoalEntry]:
    from pipeline.store.overview.goals import goals

    filters = {**wanted.filters(*_FILTERS), "unit": unit}
    return goals(connection, filters, wanted.given.get("q"), year, 10 * _DRAWN) if unit else []


def _dots(found: Sequence[GoalEntry], language: Language) -> list[Dot]:
    """The figures of as many rows as a drawing has; a row is what is counted where, what is alike stands together."""
    unsaid = say("desk.targets.no_year", language)

    def place(one: GoalEntry) -> tuple[str, str, str]:
        return one.subject or one.statement, one.predicate or "", one.province or ""

    rows = dict.fromkeys(sorted(place(one) for one in found))
    kept = set(list(rows)[:_DRAWN])
    several = len({province for _, _, province in kept}) > 1
    made = [
        Dot(_named(place(one), several), one.value, one.year or unsaid, figure(one))
        for one in sorted(found, key=place)
        if place(one) in kept
    ]
    return list(dict.fromkeys(made))  # a plan may state a figure as an objective and as a task


def _named(place: tuple[str, str, str], several: bool) -> str:
    """What a row is called; with its province where there are several."""
    subject, predicate, province = place
    what = " ".join(f"{subject} {predicate}".split())
    return f"{province} · {what}" if province and several else what


def figure(one: GoalEntry) -> str:
    """A figure as a clerk writes it: "≥ 1.200,5 – 2.000"."""
    sign = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ "}.get(one.comparison, "")
    last = f" – {_number(one.value_max)}" if one.value_max is not None else ""
    of = f"/{_number(one.of_total)}" if one.of_total is not None else ""
    return f"{sign}{_number(one.value)}{last}{of}"


def _number(value: float) -> str:
    whole = f"{value:,.4f}".rstrip("0").rstrip(".")
    return whole.translate(str.maketrans(",.", ".,"))
