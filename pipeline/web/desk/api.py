"""The API: plans, what was corrected in them, pages and items, for programs; nothing here changes anything."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from pipeline.archive.page_images import MEDIA_TYPE
from pipeline.errors import NotServedError, RequestFormError
from pipeline.schema import Plan
from pipeline.schema.correction import Correction
from pipeline.schema.rendering import plan_json
from pipeline.web.desk.asking import Asking, Desk, TheDesk
from pipeline.web.desk.overviews.questions import tagged
from pipeline.web.desk.shelf import OpenPlan, ShelvedPlan, State
from pipeline.web.desk.stored import found

MOST: Final = 200
"""The most entries of one answer."""


class ApiModel(BaseModel):
    """The base of what the API answers beside plans."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class PlanSummary(ApiModel):
    """A plan, or a document that became none, as it is listed."""

    name: str
    """What the other addresses of the API name it by; of what failed the path of the document."""
    state: State
    file_name: str
    """Of the document."""
    sha256: str | None
    """Of the document's content."""
    plan_id: str | None
    number: str | None
    title: str | None
    issuer: str | None
    issued: str | None
    """EDTF."""
    province: str | None
    pages: int | None
    tasks: int
    objectives: int
    doubts: int
    """Values that nobody has looked at, and somebody should."""
    lost: int
    """Warnings that something printed is missing."""
    corrections: int
    error: str | None
    """Of what failed the code; docs/messages.md tells each."""
    message: str | None
    """Of what failed why, and what to do next."""


class PlanPage(ApiModel):
    """Some plans."""

    total: int
    items: list[PlanSummary]
    next: str | None
    """The `cursor` of the plans that follow; null behind the last."""


class FoundAgency(ApiModel):
    """An agency in its role in an item."""

    printed: str
    """The plan's own words."""
    name: str
    """The same in full."""
    role: Literal["lead", "responsible", "cooperating", "directed", "reports_to"]
    agency: str
    """The register's name: as the newest plan has it."""
    agency_key: str


class FoundDeadline(ApiModel):
    """A time that an item states."""

    text: str
    kind: str | None
    start: date | None
    end: date | None
    recurrence: str | None
    """RFC 5545 RRULE body."""


class FoundTarget(ApiModel):
    """A figure that an item states."""

    text: str
    value: float
    value_max: float | None
    comparison: str
    unit: str | None
    subject: str | None
    due: str | None
    """Year or ISO date."""


class FoundPassage(ApiModel):
    """The part of an item's text that was looked for."""

    text: str
    marks: list[tuple[int, int]]
    """Where in it the words stand: first character, and the one behind the last."""


class FoundProvision(ApiModel):
    """An item that was found, with its plan and its place in it."""

    provision: int
    """Its number in the store, which changes when its plan is loaded anew."""
    ref: str
    """Its id in the plan."""
    kind: Literal["task", "objective"]
    number: str | None
    headings: list[str]
    text: str
    passage: FoundPassage
    page: int | None
    plan: int
    """The plan's number in the store."""
    plan_id: str
    plan_number: str | None
    attached_to: str | None
    plan_title: str | None
    province: str | None
    issuer: str | None
    issued_on: date | None
    file_name: str
    status: str
    is_current: bool
    assigned: list[FoundAgency]
    deadlines: list[FoundDeadline]
    targets: list[FoundTarget]


class ProvisionPage(ApiModel):
    """Some items of plans, as `kehoach search --json` prints them."""

    items: list[FoundProvision]
    next: str | None
    """The `cursor` of the items that follow; null behind the last."""


class CorrectionState(ApiModel):
    """A correction, and what became of it."""

    correction: Correction
    outcome: Literal["applied", "agreed", "conflict"]


class Problem(BaseModel):
    """Why a request failed (RFC 9457); `code` is one of docs/messages.md."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    about: str


_PROBLEM: Final[dict[str, Any]] = {
    "description": "It failed, and why.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "The asker has it already: nothing has changed since the answer of that `ETag`."},
    "4XX": {**_PROBLEM, "model": Problem},
    "5XX": {**_PROBLEM, "model": Problem},
}
"""What any address of the API may answer beside what is asked for."""
router = APIRouter(prefix="/api", tags=["plans"], responses=RESPONSES)
Limit = Annotated[int, Query(ge=1, le=MOST, description="The most entries of the answer.")]
Cursor = Annotated[str | None, Query(max_length=2000, description="Where the answer begins: `next` of another.")]
PlanName = Annotated[str, Path(description='The name of a plan, with "/" where its outputs lie in folders.')]


def cursor_of(value: object) -> str:
    """Make the cursor that says where the next entries begin."""
    return urlsafe_b64encode(json.dumps(value, ensure_ascii=False).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, kind: type[str] | type[int]) -> Any:
    """The value of a cursor; None where none is given."""
    if cursor is None:
        return None
    try:
        value = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        value = None
    if type(value) is not kind or value == "" or (isinstance(value, int) and not 0 <= value <= 10_000_000):
        raise RequestFormError(file="cursor", problem=cursor[:80])
    return value


def answered(request: Request, body: bytes, media_type: str, **headers: str) -> Response:
    """An answer with its tag; without the body where the asker has it already."""
    return tagged(request, Response(body, media_type=media_type, headers=headers))


def as_json(request: Request, value: BaseModel) -> Response:
    """A value as JSON, as `answered` has it."""
    return answered(request, value.model_dump_json().encode(), "application/json")


@router.get("/plans", response_model=PlanPage)
def plans(
    request: Request,
    asked: Asking,
    desk: TheDesk,
    state: State | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """The plans of the folder, by name."""
    every = sorted((one for one in desk.shelf.entries() if state in (None, one.state)), key=_place)
    since = read_cursor(cursor, str)
    left = [one for one in every if since is None or _place(one) > since]
    shown = left[:limit]

    def summary(one: ShelvedPlan) -> PlanSummary:
        told = {name: getattr(one, name) for name in PlanSummary.model_fields if name not in ("error", "message")}
        code, said = (one.error.code, one.says(asked.language)) if one.error else (None, None)
        return PlanSummary(**told, error=code, message=said)

    more = cursor_of(_place(shown[-1])) if len(left) > limit else None
    return as_json(request, PlanPage(total=len(every), items=[summary(one) for one in shown], next=more))


def _place(entry: ShelvedPlan) -> str:
    """Where an entry stands: a plan and what failed may have one name."""
    return f"{entry.name}\0{int(entry.error is not None)}"


@router.get(
    "/plans/{name:path}/text",
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    response_class=Response,
)
def text(request: Request, desk: TheDesk, name: PlanName) -> Response:
    """The restored text that the offsets of a plan point into."""
    if desk.shelf.has(f"{name}/text"):
        return plan(request, desk, f"{name}/text")
    return answered(request, desk.shelf.opened(name).machine.text.encode(), "text/plain; charset=utf-8")


@router.get("/plans/{name:path}/corrections", response_model=list[CorrectionState])
def corrections(request: Request, desk: TheDesk, name: PlanName) -> Response:
    """What people corrected in a plan, in order, and what became of each."""
    if desk.shelf.has(f"{name}/corrections"):
        return plan(request, desk, f"{name}/corrections")
    made = [
        {"correction": json.loads(one.model_dump_json()), "outcome": outcome.value}
        for one, outcome in desk.shelf.opened(name).corrected.outcomes
    ]
    return answered(request, json.dumps(made, ensure_ascii=False).encode(), "application/json")


@router.get(
    "/plans/{name:path}/pages/{page}.webp",
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}},
    response_class=Response,
)
def page_image(
    request: Request, desk: TheDesk, name: PlanName, page: Annotated[int, Path(ge=1, le=1_000_000)]
) -> Response:
    """A page of the document as a picture."""
    return picture(request, desk, desk.shelf.opened(name), page)


@router.get(
    "/plans/{name:path}", response_model=Plan, responses={200: {"description": "The plan, as the contract says."}}
)
def plan(
    request: Request,
    desk: TheDesk,
    name: PlanName,
    raw: Annotated[bool, Query(description="As the machine read it, without what people corrected.")] = False,
) -> Response:
    """A plan with its corrections."""
    opened = desk.shelf.opened(name)
    return answered(request, plan_json(opened.machine if raw else opened.plan).encode(), "application/json")


@router.get("/provisions", response_model=ProvisionPage, tags=["search"])
def provisions(
    request: Request,
    desk: TheDesk,
    q: Annotated[str, Query(max_length=1000, description="Words, with or without accents.")] = "",
    agency: str | None = None,
    role: str | None = None,
    agency_kind: str | None = None,
    sector: str | None = None,
    level: str | None = None,
    province: str | None = None,
    current_province: str | None = None,
    due_from: str | None = None,
    due_before: str | None = None,
    issued_from: str | None = None,
    issued_before: str | None = None,
    kind: str | None = None,
    unit: str | None = None,
    document_type: str | None = None,
    plan: str | None = None,
    versions: str | None = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Items of the plans in the store, by words and filters as `kehoach search` has them."""
    given = dict(
        agency=agency, role=role, agency_kind=agency_kind, sector=sector, level=level, province=province,
        current_province=current_province, due_from=due_from, due_before=due_before, issued_from=issued_from,
        issued_before=issued_before, kind=kind, unit=unit, document_type=document_type, plan=plan, versions=versions,
    )  # fmt: skip
    offset = read_cursor(cursor, int) or 0
    answer = found(desk, q, {name: value for name, value in given.items() if value is not None}, limit, offset)
    assert answer.results is not None
    items = [FoundProvision.model_validate(asdict(hit)) for hit in answer.results]
    return as_json(request, ProvisionPage(items=items, next=cursor_of(offset + limit) if answer.results.more else None))


def picture(request: Request, desk: Desk, opened: OpenPlan, page: int) -> Response:
    """The picture of a page of a plan's document.

    Raises:
        NotServedError: the document is not there, or has no such page.
        PageNotDrawnError: it cannot be drawn.
    """
    source = desk.shelf.source(opened)
    if source is None or not any(one.page == page for one in opened.machine.source.pages):
        raise NotServedError(file=f"{opened.name}, {page}")
    return answered(request, desk.pictures.picture(source, opened.machine.source.sha256, page), MEDIA_TYPE)
