"""What the first who ask would wait for, done before anybody does: the desk asks itself."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from starlette.types import ASGIApp

from pipeline.web.templates import compile_templates

_PLACE: Final = f"province={quote('Hà Nội')}"  # so that little is asked for, however much there is
ASKED: Final = (
    ("/search", f"q={quote('Hà Nội')}&{_PLACE}"), ("/provinces", _PLACE), ("/partners", _PLACE), ("/targets", _PLACE),
    ("/targets", f"q={quote('Hà Nội')}&{_PLACE}"), ("/deadlines", f"month=2025-12&{_PLACE}"),
    ("/deadlines.ics", f"agency={quote('Sở Nội vụ')}&{_PLACE}"), ("/timeline", f"year=2025&{_PLACE}"),
    ("/timeline.svg", f"year=2025&{_PLACE}"), ("/versions", ""),
)  # fmt: skip
"""Path and query of each."""


async def warm(app: ASGIApp) -> None:
    """Have templates compiled, packages imported and the store's statements made; what fails, fails for who asks."""
    compile_templates()
    for path, query in ASKED:
        await _ask(app, path, query)


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

    await app(scope, receive, send)
