"""What is refused, in words: a page for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from pipeline.errors import (
    ChartNotDrawnError,
    ChartsBusyError,
    DocumentError,
    EntryError,
    KehoachError,
    MissingPackageError,
    NoStoreError,
    NotServedError,
    OutputAccessError,
    PageNotDrawnError,
    ReadOnlyDeskError,
    RequestFormError,
    RequestRefusedError,
    StoreError,
    TooLargeError,
    TooManyRequestsError,
    ValueChangedError,
    WrongTokenError,
    WrongUsageError,
)
from pipeline.web.desk.asking import language_of
from pipeline.web.desk.guard import DOCUMENTS
from pipeline.web.templates import render

_STATUS: Final[dict[type[KehoachError], int]] = {
    NotServedError: 404,
    PageNotDrawnError: 404,
    ChartNotDrawnError: 501,
    ChartsBusyError: 503,
    NoStoreError: 404,
    RequestRefusedError: 403,
    ReadOnlyDeskError: 403,
    WrongTokenError: 403,
    TooManyRequestsError: 429,
    ValueChangedError: 409,
    TooLargeError: 413,
    OutputAccessError: 500,
    DocumentError: 422,
    EntryError: 422,
    RequestFormError: 422,
    WrongUsageError: 422,
    MissingPackageError: 501,
    StoreError: 503,
}


def status_of(error: KehoachError) -> int:
    """The status of an answer that says an error."""
    return next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 500)


def refusal(request: Request, error: KehoachError, status: int) -> Response:
    """The answer that says an error, as who asks reads it."""
    language = language_of(request)
    waits = isinstance(error, TooManyRequestsError | ChartsBusyError)
    wait = {"Retry-After": error.params["seconds"]} if waits else None
    if request.url.path.startswith(("/api/", DOCUMENTS)):
        return JSONResponse(
            {
                "type": f"urn:kehoach:error:{error.code}",
                "title": error.what(language),
                "status": status,
                "detail": error.message(language),
                "instance": request.url.path,
                "code": error.code,
                "about": error.file,
            },
            status,
            wait,
            media_type="application/problem+json",
        )
    context: dict[str, Any] = {"error": error, "said": error.message(language), "status": status}
    return HTMLResponse(render("problem.html.j2", language, here=None, **context), status, wait)


def refused(app: FastAPI, scope: Scope, error: KehoachError, status: int) -> ASGIApp:
    """The same, before a request has reached the desk."""
    return refusal(Request({**scope, "app": app}), error, status)


def add_refusals(app: FastAPI) -> None:
    """Have an application say its errors so."""

    @app.exception_handler(KehoachError)
    def coded(request: Request, error: KehoachError) -> Response:
        return refusal(request, error, status_of(error))

    @app.exception_handler(HTTPException)
    def of_http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return refusal(request, NotServedError(file=request.url.path[:200]), 404)
        return refusal(request, RequestRefusedError(file=request.method, reason=str(error.detail)), error.status_code)

    @app.exception_handler(RequestValidationError)
    def of_form(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        return refusal(request, RequestFormError(file=request.url.path[:200], problem=problem), 422)
