"""A province's obligations on one page: its plans, what is due next, who has to do what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.web.desk.asking import Asking, TheDesk
from pipeline.web.desk.inbox import answer
from pipeline.web.desk.overviews.questions import MOST, PAGE, Question, file_of, page_of, provinces, question, shown
from pipeline.web.desk.stored import digests_of, kept, names_of, reading
from pipeline.web.recurrences import recurrence_words

if TYPE_CHECKING:
    from pipeline.store.database import Connection

router = APIRouter(include_in_schema=False)
_FILTERS: Final = ("agency", "province")
_ASKED: Final = (*_FILTERS, "q")
_NEXT: Final = 10  # deadlines that are shown
_AGENCIES: Final = 60
_COLUMNS: Final[Mapping[str, type]] = {
    "agency": str, "agency_key": str, "role": str, "text": str, "deadlines": str, "province": str, "plan_number": str,
    "attached_to": str, "ref": str, "page": int, "file_name": str,
}  # fmt: skip


@router.get("/provinces")
def province(request: Request, asked: Asking, desk: TheDesk) -> Response:
    """The provinces; of one that is named, what its plans order."""
    wanted, page = question(request, "/provinces", *_ASKED), page_of(request)

    def made(connection: Connection) -> dict[str, Any]:
        told = _told(connection, wanted, page) if "province" in wanted.given else {"lines": None, "digests": {}}
        return {"provinces": provinces(connection), **told}

    def ask() -> dict[str, Any]:
        found = kept(desk, (wanted.to(page=page), date.today()), made)
        return {**found, "names": names_of(desk, found["digests"])}

    values = shown(ask, {"provinces": [], "lines": None})
    language = asked.language
    return answer(
        request, asked, "provinces.html.j2", wanted=wanted, given=wanted.given, to=wanted.to, page=page,
        link=lambda path, **more: Question(path, wanted.given).to(**more),
        again=lambda rule: recurrence_words(rule, language), **values,
    )  # fmt: skip


def _told(connection: Connection, wanted: Question, page: int) -> dict[str, Any]:
    from pipeline.store.overview.duties import agency_counts, duties, duty_count
    from pipeline.store.overview.places import plan_lines
    from pipeline.store.query.agenda import agenda

    filters, words = wanted.filters(*_FILTERS), wanted.given.get("q")
    lines = plan_lines(connection, wanted.filters("province"))
    due = list(agenda(connection, date.today(), date.max, filters, words, _NEXT))
    found = duties(connection, filters, words, PAGE, (page - 1) * PAGE)
    total = duty_count(connection, filters, words)
    plans = {one.plan for one in lines} | {one.plan for one in due} | {one.plan for one in found}
    return {
        "lines": lines,
        "days": [(day, list(some)) for day, some in groupby(due, key=lambda one: one.due)],
        "agencies": agency_counts(connection, filters, words, _AGENCIES),
        "groups": [list(some) for _, some in groupby(found, key=lambda one: one.agency_key)],
        "total": total,
        "pages": max(1, -(-total // PAGE)),
        "digests": digests_of(connection, plans),
    }


@router.get("/provinces.{form}")
def province_file(request: Request, desk: TheDesk, form: Literal["csv", "xlsx"]) -> Response:
    """Who has to do what, as a file; of all provinces where none is named."""
    from pipeline.store.overview.duties import duties

    wanted = question(request, "/provinces", *_ASKED)
    with reading(desk) as connection:
        found = duties(connection, wanted.filters(*_FILTERS), wanted.given.get("q"), MOST)
    rows = [
        {name: getattr(one, name) for name in _COLUMNS} | {"deadlines": "; ".join(text for text, _ in one.deadlines)}
        for one in found
    ]
    return file_of(rows, _COLUMNS, "obligations", form)
