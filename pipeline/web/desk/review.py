"""Reviewing a plan: its document beside what was found, and what a reviewer does to a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from pipeline.corrections import append
from pipeline.errors import EntryError, KehoachError, OutputAccessError, RequestFormError, WrongTokenError
from pipeline.messages import say
from pipeline.schema import Comparison, DeadlineKind, Role
from pipeline.web.desk.api import picture
from pipeline.web.desk.asking import Asker, Asking, Desk, Fields, TheDesk, introduced, keep_reviewer
from pipeline.web.desk.editing import Meant, Pen, asked_by, meant, several
from pipeline.web.desk.entries import in_words, read_time, suggestions
from pipeline.web.desk.history import History, brief
from pipeline.web.desk.inbox import answer, ask_reviewer
from pipeline.web.desk.shelf import OpenPlan
from pipeline.web.page.findings import figure, shown, token_of
from pipeline.web.page.rendering import Sheet, plan_context

router = APIRouter(include_in_schema=False)  # no plan has a name with a part that begins with a dot
_ACTS: Final = ("accept", "reject", "edit", "undo", "done")
_CHOICES: Final = {
    "role": [one.value for one in Role],
    "due": [one.value for one in DeadlineKind],
    "comparison": [one.value for one in Comparison],
    "comparison_names": [one.name.lower() for one in Comparison],
}


def address(name: str) -> str:
    """The path of a plan's page."""
    return f"/plans/{quote(name)}"


@router.get("/plans/{name:path}/.pages/{page}.webp")
def page_image(request: Request, desk: TheDesk, name: str, page: Annotated[int, Path(ge=1, le=1_000_000)]) -> Response:
    """A page as a picture."""
    return picture(request, desk, desk.shelf.opened(name), page)


@router.get("/plans/{name:path}/.agencies")
def agencies(desk: TheDesk, name: str, q: str = "") -> Response:
    """Names of agencies that go on as was typed."""
    return JSONResponse(suggestions(q[:200], desk.shelf.opened(name).plan))


@router.get("/plans/{name:path}/.time")
def time(asked: Asking, desk: TheDesk, name: str, text: str = "") -> Response:
    """How a time that was typed is read."""
    try:
        return JSONResponse({"read": in_words(read_time(text[:300], desk.shelf.opened(name).plan), asked.language)})
    except EntryError:
        return JSONResponse({"read": ""})


@router.get("/plans/{name:path}/.edit")
def edit(
    request: Request, asked: Asking, desk: TheDesk, name: str, path: str, token: str = "", doubt: str = ""
) -> Response:
    """The form in which a value is changed, or one is added."""
    opened = desk.shelf.opened(name)
    one = meant(opened, path, token)
    asks = asked_by(one)
    if asks is not one:  # the form is about what is missing, and the doubt goes with it
        doubt, token = token, token_of(asks.value) if asks.name == "item" else ""
    return _form(request, asked, opened, asks, token, {"doubt": doubt})


@router.post("/plans/{name:path}/.corrections")
def correct(request: Request, asked: Asking, desk: TheDesk, fields: Fields, name: str) -> Response:
    """Write down what a reviewer does to a value, and go on with the plan."""
    opened = desk.shelf.opened(name)
    back = address(name)
    try:
        reviewer, wrong = introduced(desk, asked, fields), None
    except WrongTokenError as error:
        reviewer, wrong = "", error
    if not reviewer:
        return ask_reviewer(request, asked, back, f"{back}/.corrections", fields, wrong)
    answered = _done(request, asked, desk, opened, reviewer, fields)
    if not (asked.reviewer and asked.writes):
        keep_reviewer(answered, reviewer, desk.key.proof(asked.browser))
    return answered


def _done(
    request: Request, asked: Asker, desk: Desk, opened: OpenPlan, reviewer: str, fields: Mapping[str, str]
) -> Response:
    """The answer to what a reviewer did, once it is written down."""
    back = address(opened.name)
    act, path, token = (fields.get(one, "") for one in ("act", "path", "token"))
    if act not in _ACTS:
        raise RequestFormError(file=back, problem="act")
    pen = Pen(opened, reviewer, fields.get("why", ""))
    if act in ("undo", "done"):
        made = pen.take_back(fields.get("at", "")) if act == "undo" else pen.done()
    else:
        one = meant(opened, path, token)
        try:
            if act == "accept":
                made = pen.accept_all([one, *several(opened, fields.get("also", ""))])
            else:
                made = pen.fill(one, fields) if act == "edit" else pen.reject(one)
        except EntryError as error:
            return _form(request, asked, opened, one, token, fields, error)
    if made:
        try:
            append(opened.file, made)
        except OSError as error:
            raise OutputAccessError(file=opened.file.name, reason=error.strerror or str(error)) from error
        desk.shelf.forget()
        desk.keeper.bring([opened.file])
    return RedirectResponse(back, 303)


@router.get("/plans/{name:path}")
def review(request: Request, asked: Asking, desk: TheDesk, name: str) -> Response:
    """A plan beside its document."""
    opened = desk.shelf.opened(name)
    plan = opened.plan
    history = History(opened.corrected, asked.language)
    sheets, why = _sheets(desk, opened, asked)
    context = plan_context(
        plan, opened.machine.text, sheets, shown(plan, asked.language, history.made, opened.corrected.looked_at), why
    )
    return answer(
        request,
        asked,
        "review.html.j2",
        **context,
        alive=True,
        name=name,
        address=address(name),
        history=history,
        reviewed=opened.reviewed,
        after=_next(desk, name),
    )


def _sheets(desk: Desk, opened: OpenPlan, asked: Asker) -> tuple[list[Sheet], str]:
    """The pages that can be shown, and why there are none where some were expected."""
    plan = opened.machine
    if not plan.source.page_count:
        return [], ""
    if desk.shelf.source(opened) is None:
        return [], say("desk.no_source", asked.language, source=plan.source.file_name)
    at, kept = address(opened.name), plan.source.sha256[:12]
    return [
        Sheet(one.page, one.width, one.height, f"{at}/.pages/{one.page}.webp?{kept}")
        for one in plan.source.pages
        if one.width and one.height
    ], ""


def _next(desk: Desk, name: str) -> str:
    """The page of the next plan that wants to be looked at, in the order of the inbox; the inbox behind the last."""
    waiting = [one.name for one in desk.shelf.listed() if one.state in ("doubtful", "new")]
    behind = waiting[waiting.index(name) + 1 :] if name in waiting else waiting
    left = [one for one in [*behind, *waiting] if one != name]
    return address(left[0]) if left else "/"


def _form(
    request: Request,
    asked: Asker,
    opened: OpenPlan,
    one: Meant,
    token: str,
    typed: Any,
    error: KehoachError | None = None,
) -> Response:
    return answer(
        request,
        asked,
        "edit.html.j2",
        status=422 if error else 200,
        address=address(opened.name),
        one=one,
        token=token,
        doubt=_doubt_of(one, typed.get("doubt", "") or (token if one.name == "doubts" else ""), asked),
        item_token=token_of(one.item["text"]) if one.item else "",
        values=_values(one) | {name: value for name, value in typed.items() if name not in ("csrf", "reviewer", "key")},
        choices=_CHOICES,
        error=error.message(asked.language) if error else "",
        plan=opened.plan,
    )


def _doubt_of(one: Meant, token: str, asked: Asker) -> tuple[str, str, str] | None:
    """The doubt of an item that a form was opened for: its token, the path of its list and its words."""
    path = one.path if one.name in ("item", "doubts") else one.path.rpartition("/")[0]
    for doubt in one.item["doubts"] if one.item and token else ():
        if token_of(doubt) == token:
            words = brief("doubts", doubt, asked.language)
            return token, path.removesuffix("/doubts"), words
    return None


def _values(one: Meant) -> dict[str, str]:
    """What stands in the fields of a form."""
    if one.name == "item" and one.item is not None:
        return {"text": one.item["text"], "kind": one.path.partition("/")[0].removesuffix("s")}
    if not isinstance(one.value, dict):
        value = one.value if one.value is not None else ""
        if one.name == "issued" and value:
            value = "/".join(reversed(str(value).split("-")))
        return {"value": str(value)}
    if one.name in ("issuer", "parent_issuer", "signer"):
        return {"value": one.value["name"], "position": one.value.get("position") or ""}
    values = {
        name: figure(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value or "")
        for name, value in one.value.items()
        if not isinstance(value, dict | list)
    }
    return values | {"kind": ""} if one.name == "deadlines" else values  # what is typed anew is read anew
