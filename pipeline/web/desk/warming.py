"""What the first who ask would wait for, done before anybody does: the desk asks itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from pipeline.errors import KehoachError
from pipeline.web.desk.asking import Desk
from pipeline.web.desk.stored import opened
from pipeline.web.templates import compile_templates

_PATIENCE: Final = 20.0  # seconds for a question; who has waited so long asks no more
_PLACE: Final = f"province={quote('Hà Nội')}"  # so that little is asked for, however much there is
ASKED: Final = (
    ("/search", f"q={quote('Hà Nội')}&{_PLACE}"), ("/provinces", _PLACE), ("/partners", _PLACE), ("/targets", _PLACE),
    ("/targets", f"q={quote('Hà Nội')}&{_PLACE}"), ("/deadlines", f"month=2025-12&{_PLACE}"),
    ("/deadlines.ics", f"agency={quote('Sở Nội vụ')}&{_PLACE}"), ("/timeline", f"year=2025&{_PLACE}"),
    ("/timeline.svg", f"year=2025&{_PLACE}"), ("/versions", ""),
)  # fmt: skip
"""Path and query of each."""


async def warm(app: ASGIApp, desk: Desk) -> None:
    """Have templates compiled, packages imported and the store's statements made; what fails, fails for who asks.

    Nothing is asked where there is no store, nor any more behind a question that was not answered in time.
    """
    await run_in_threadpool(compile_templates)
    with suppress(TimeoutError):
        if not await asyncio.wait_for(run_in_threadpool(_has_store, desk), _PATIENCE):
            return
        for path, query in ASKED:
            await asyncio.wait_for(_ask(app, path, query), _PATIENCE)


def _has_store(desk: Desk) -> bool:
    try:
        with opened(desk):
            return True
    except KehoachError:
        return False


async def _ask(app: ASGIApp, path: str, query: str) -> None:
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(b"host", b"localhost")], "client": None, "server": ("localhost", 80),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: Any) -> None:
        pass

    with suppress(Exception):  # it was answered with an error, and is raised once more to be written to a log
        await app(scope, receive, send)
