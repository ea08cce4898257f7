"""The inbox: plans by state, those to be looked at first; and the search over the items of all plans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.errors import EntryError, KehoachError, NotServedError, OutputAccessError, WrongTokenError
from pipeline.web.desk.asking import Asker, Asking, Fields, TheDesk, introduced, keep_reviewer, reviewer_named
from pipeline.web.desk.shelf import STATES, Shelf, ShelvedPlan, State, plain
from pipeline.web.desk.stored import Found, find
from pipeline.web.templates import render

router = APIRouter(include_in_schema=False)
_PAGE: Final = 50  # entries
AWAY: Final[State] = "away"
_OWN: Final = re.compile(r"/(?!/)[^\x00-\x20\\]*")  # browsers drop tabs, and take a backslash for a slash
FILTERS: Final = (
    "agency", "role", "sector", "level", "province", "due_from", "due_before", "issued_from", "issued_before", "kind",
    "document_type",
)  # fmt: skip
"""The filters of the store that the page of search has fields for."""


def answer(request: Request, asked: Asker, template: str, status: int = 200, **context: Any) -> Response:
    """A page, in the language of who asks."""
    made = render(template, asked.language, asked=asked, here=request.url, **context)
    response = HTMLResponse(made, status)
    asked.remember(response, request)
    return response


def matching(entries: Sequence[ShelvedPlan], words: str, province: str, year: str) -> Sequence[ShelvedPlan]:
    """Those whose names have all words, of a province and a year."""
    wanted = plain(words).split()
    if not (wanted or province or year):
        return entries
    return [
        one
        for one in entries
        if all(word in one.key for word in wanted)
        and (not province or one.province == province)
        and (not year or (one.issued or "").startswith(year))
    ]


@router.get("/")
def inbox(
    request: Request,
    asked: Asking,
    desk: TheDesk,
    state: str = "",
    q: str = "",
    province: str = "",
    year: str = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The plans."""
    every = desk.shelf.entries()
    found = matching(every, q, province, year)
    counts = Counter(one.state for one in found)
    shown = [one for one in found if (one.state == state if state else one.state != AWAY)]
    given = {"state": state, "q": q, "province": province, "year": year}

    def to(**changed: object) -> str:
        asks = {name: value for name, value in {**given, **changed}.items() if value}
        return f"/?{urlencode(asks)}" if asks else "/"

    return answer(
        request,
        asked,
        "inbox.html.j2",
        entries=shown[(page - 1) * _PAGE : page * _PAGE],
        total=len(found) - counts[AWAY],
        unread=desk.shelf.unread,
        shown=len(shown),
        page=page,
        pages=max(1, -(-len(shown) // _PAGE)),
        counts={one: counts[one] for one in STATES if one != AWAY or counts[one] or state == AWAY},
        provinces=desk.shelf.facets.provinces,
        years=desk.shelf.facets.years,
        doubts=desk.shelf.facets.doubts,
        folder=desk.shelf.folder.name,
        limit=desk.arrivals.limit,
        given=given,
        to=to,
    )


@router.post("/.failures")
def put_away(request: Request, asked: Asking, desk: TheDesk, fields: Fields) -> Response:
    """Put what could not be read away, or back; its document stays where it is."""
    back = own_path(fields.get("back", "/"))
    told = fields.get("name", ""), fields.get("code", ""), fields.get("sha256", "")
    if not any(one.error is not None and one.told_by == told for one in desk.shelf.entries()):
        raise NotServedError(file=told[0][:200])
    try:
        reviewer, wrong = introduced(desk, asked, fields), None
    except WrongTokenError as error:
        reviewer, wrong = "", error
    if not reviewer:
        return ask_reviewer(request, asked, back, "/.failures", fields, wrong)
    try:
        desk.shelf.put_away.put(told, fields.get("act") != "back", reviewer)
    except OSError as error:
        raise OutputAccessError(file=desk.shelf.folder.name, reason=error.strerror or str(error)) from error
    desk.shelf.forget()
    answered = RedirectResponse(back, 303)
    if not (asked.reviewer and asked.writes):
        keep_reviewer(answered, reviewer, desk.key.proof(asked.browser))
    return answered


@router.get("/search")
def search(
    request: Request, asked: Asking, desk: TheDesk, q: str = "", page: Annotated[int, Query(ge=1, le=1000)] = 1
) -> Response:
    """Items of all plans, by words and the filters of the store."""
    given = {name: value for name in FILTERS if (value := request.query_params.get(name, "").strip())}
    found = find(desk, q, given, _PAGE, (page - 1) * _PAGE) if q.strip() or given else Found()
    asks = {"q": q, **given}
    return answer(
        request,
        asked,
        "search.html.j2",
        found=found,
        late=desk.keeper.error,
        q=q,
        given=given,
        page=page,
        names=names_by_source(desk.shelf) if found.digests else {},
        marked=marked,
        to=lambda page: f"/search?{urlencode({**asks, 'page': page})}",
    )


def marked(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text cut where what was looked for begins and ends, and whether each piece is that."""
    pieces, at = [], 0
    for start, end in marks:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(piece, is_mark) for piece, is_mark in [*pieces, (text[at:], False)] if piece]


def names_by_source(shelf: Shelf) -> Mapping[str, str]:
    """The names of plans by the digest of the documents they were read from."""
    return shelf.names()


@router.get("/reviewer")
def who(request: Request, asked: Asking, back: str = "/") -> Response:
    """Ask who reviews."""
    return ask_reviewer(request, asked, own_path(back))


def ask_reviewer(
    request: Request,
    asked: Asker,
    back: str,
    action: str = "/reviewer",
    kept: Mapping[str, str] = MappingProxyType({}),
    error: KehoachError | None = None,
) -> Response:
    """The form that asks who reviews.

    Args:
        request: what was asked for.
        asked: by whom.
        back: where it leads afterwards.
        action: what it is sent to.
        kept: the fields of a form that waits for the answer, and goes there with it.
        error: what was wrong with the last answer.
    """
    fields = {name: value for name, value in kept.items() if name not in ("csrf", "reviewer", "key")} or {"back": back}
    return answer(
        request,
        asked,
        "reviewer.html.j2",
        422 if kept else 200,
        action=action,
        fields=fields,
        back=back,
        name=reviewer_named(kept.get("reviewer", "")) or asked.reviewer,
        waits=action != "/reviewer",
        error=error.message(asked.language) if error else "",
    )


@router.post("/reviewer")
def is_reviewer(request: Request, asked: Asking, desk: TheDesk, fields: Fields) -> Response:
    """Take the name of who reviews, and the token where one is needed."""
    if not reviewer_named(fields.get("reviewer", "")):
        raise EntryError(file="reviewer", field="name", typed="")
    back = own_path(fields.get("back", "/"))
    try:
        name = introduced(desk, asked, fields)
    except WrongTokenError as error:
        return ask_reviewer(request, asked, back, kept=fields, error=error)
    if not name:
        return ask_reviewer(request, asked, back, kept=fields)
    response = RedirectResponse(back, 303)
    keep_reviewer(response, name, desk.key.proof(asked.browser))
    return response


def own_path(path: str) -> str:
    """A path of the desk; its beginning where it leads elsewhere."""
    return path if _OWN.fullmatch(path) else "/"
