"""Documents as a page of the desk sends them, one a request, and what it asks about them meanwhile."""

from __future__ import annotations

import hmac
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import contextmanager_in_threadpool, run_in_threadpool
from fastapi.responses import JSONResponse, Response
from starlette.requests import ClientDisconnect

from pipeline.errors import RequestRefusedError, WrongTokenError
from pipeline.messages import Language, say
from pipeline.web.desk.arrivals.documents import Came, too_large
from pipeline.web.desk.asking import Asking, TheDesk
from pipeline.web.desk.guard import DOCUMENTS

_TOKEN: Final = "x-kehoach-form"  # a header that no other site's page can send
router = APIRouter(include_in_schema=False)


@router.post(DOCUMENTS)
async def receive(
    request: Request, asked: Asking, desk: TheDesk, name: Annotated[str, Query(max_length=4000)]
) -> Response:
    """Take a document in: the body is the file."""
    if not hmac.compare_digest(request.headers.get(_TOKEN, "").encode(), asked.token.encode()):
        raise RequestRefusedError(file=DOCUMENTS, reason="CSRF")
    if not asked.writes and not desk.key.opens(""):
        raise WrongTokenError(file="--token-file")
    arrivals = desk.arrivals
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > arrivals.limit << 20:
        raise too_large(name[-200:], arrivals.limit)
    async with contextmanager_in_threadpool(arrivals.receiving(name)) as receipt:
        try:
            async for data in request.stream():
                receipt.take(data)
        except ClientDisconnect:  # sent by half: nothing of it stays
            return Response(status_code=400)
        came = await run_in_threadpool(arrivals.keep, receipt)
    return JSONResponse(_told(came, asked.language), 200 if came.fate == "double" else 201)


@router.get(DOCUMENTS)
def told(asked: Asking, desk: TheDesk) -> Response:
    """What became of the documents that came last."""
    reader = desk.arrivals.reader
    problem = reader.problem
    if reader.busy_elsewhere:
        problem = say("desk.arrivals.elsewhere", asked.language)
    found = [_told(one, asked.language) for one in desk.arrivals.told()]
    read, failed, waiting = reader.counts()
    said = say("desk.arrivals.progress", asked.language, read=read, failed=failed, waiting=waiting)
    in_hand = [f"{one['name']}: {one['said']}." for one in found if one["fate"] == "reading"]
    progress = " ".join([said, *in_hand]) if read or failed or waiting else ""
    return JSONResponse({"items": found, "waiting": waiting, "problem": problem, "progress": progress})


def _told(came: Came, language: Language) -> dict[str, object]:
    said: dict[str, object] = {"name": came.name, "fate": came.fate}
    if came.plan is not None:
        said["plan"] = came.plan
    if came.failure is not None:
        said["failure"] = dict(zip(("name", "code", "sha256"), came.failure.told_by, strict=True))
    if came.error is not None:
        why = f"{came.error.message(language)} ({came.error.code})"
        words = say(f"desk.arrivals.{came.fate}_failed", language, why=why)
    elif far := came.pages or came.documents:
        name = "pages" if came.pages else "documents"
        words = say(f"desk.arrivals.reading_{name}", language, **far._asdict())
        said |= {"done": far.read, "of": far.all}
    else:
        words = say(f"desk.arrivals.{came.fate}", language)
    return said | {"said": words}
