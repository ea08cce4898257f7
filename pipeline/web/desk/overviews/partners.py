"""Who works with whom: pairs of agencies with the items that they share."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.web.desk.asking import Asking, TheDesk
from pipeline.web.desk.inbox import answer
from pipeline.web.desk.overviews.questions import MOST, PAGE, Question, file_of, provinces, question, shown
from pipeline.web.desk.stored import digests_of, kept, names_of, reading

if TYPE_CHECKING:
    from pipeline.store.database import Connection

router = APIRouter(include_in_schema=False)
_FILTERS: Final = ("agency", "province")
_ASKED: Final = (*_FILTERS, "q", "doer", "partner")
_COLUMNS: Final[Mapping[str, type]] = {
    "doer": str, "doer_key": str, "partner": str, "partner_key": str, "items": int, "plans": int,
}  # fmt: skip


@router.get("/partners")
def partners(request: Request, asked: Asking, desk: TheDesk) -> Response:
    """Pairs of agencies; the items of one of them where both are named."""
    wanted = question(request, "/partners", *_ASKED)

    def ask() -> dict[str, Any]:
        found = kept(desk, wanted.to(), lambda connection: _told(connection, wanted))
        names: Mapping[str, str] = found["called"]
        return {**found, "called": lambda key: names.get(key, key), "names": names_of(desk, found["digests"])}

    values = shown(ask, {"provinces": [], "items": []})
    return answer(request, asked, "partners.html.j2", wanted=wanted, given=wanted.given, to=wanted.to, **values)


def _told(connection: Connection, wanted: Question) -> dict[str, Any]:
    from pipeline.store.overview.partners import pairs, shared_items

    filters, words = wanted.filters(*_FILTERS), wanted.given.get("q")
    doer, partner = wanted.given.get("doer"), wanted.given.get("partner")
    found = pairs(connection, filters, words, PAGE + 1)
    items = shared_items(connection, filters, doer, partner, words, PAGE) if doer and partner else []
    return {
        "groups": [list(some) for _, some in groupby(_together(found[:PAGE]), key=lambda one: one.doer_key)],
        "more": len(found) > PAGE,
        "items": items,
        "called": {one.doer_key: one.doer for one in found} | {one.partner_key: one.partner for one in found},
        "digests": digests_of(connection, {one.plan for one in items}),
        "provinces": provinces(connection),
    }


def _together(found: list[Any]) -> list[Any]:
    """The pairs of each doer together: those with most items first."""
    most: dict[str, int] = {}
    for one in found:
        most[one.doer_key] = most.get(one.doer_key, 0) + one.items
    return sorted(found, key=lambda one: (-most[one.doer_key], one.doer, one.doer_key, -one.items, one.partner))


@router.get("/partners.{form}")
def partners_file(request: Request, desk: TheDesk, form: Literal["csv", "xlsx"]) -> Response:
    """All pairs as a file."""
    from pipeline.store.overview.partners import pairs

    wanted = question(request, "/partners", *_ASKED)
    with reading(desk) as connection:
        found = pairs(connection, wanted.filters(*_FILTERS), wanted.given.get("q"), MOST)
    return file_of([{name: getattr(one, name) for name in _COLUMNS} for one in found], _COLUMNS, "partners", form)
