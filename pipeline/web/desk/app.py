"""The desk as an ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.responses import Response
from starlette.types import ASGIApp

from pipeline import __version__
from pipeline.errors import NotServedError
from pipeline.settings import Settings
from pipeline.web.desk import api, inbox, review
from pipeline.web.desk.access import WriteKey, is_loopback
from pipeline.web.desk.arrivals import Arrivals, receiving
from pipeline.web.desk.arrivals.documents import FOLDER
from pipeline.web.desk.asking import Desk
from pipeline.web.desk.guard import Guard
from pipeline.web.desk.keeping import StoreKeeper
from pipeline.web.desk.overviews.routers import ROUTERS
from pipeline.web.desk.refusing import add_refusals, refused
from pipeline.web.desk.serving import zipped
from pipeline.web.desk.shelf import Shelf
from pipeline.web.desk.warming import warm
from pipeline.web.templates import asset

_CLOSING: Final = 5.0  # seconds for a question that the desk asked itself to end
_ASSETS: Final = {
    "plan.css": "text/css",
    "desk.css": "text/css",
    "overviews.css": "text/css",
    "plan.js": "text/javascript",
    "desk.js": "text/javascript",
    "arrivals.js": "text/javascript",
    "inbox.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


def make_app(
    outputs: Path,
    settings: Settings,
    host: str = "127.0.0.1",
    uploads: Path | None = None,
    key: WriteKey | None = None,
    read: Callable[[], None] | None = None,
) -> ASGIApp:
    """Make the desk.

    Args:
        outputs: the folder whose plans are shown; corrections are written beside them.
        settings: of the command; the store is theirs.
        host: the address that is listened on.
        uploads: the folder for documents that come; that in the outputs if None.
        key: what who writes has to know; if None nobody writes who is on another machine.
        read: called once, when all plans of the folder were read for the first time.
    """
    shelf, keeper = Shelf(outputs, read), StoreKeeper(outputs, settings)

    def came(plans: Iterable[Path]) -> None:
        shelf.forget()
        keeper.bring(plans, make=True)

    desk = Desk(
        shelf,
        settings,
        keeper,
        Arrivals(uploads or outputs / FOLDER, shelf, settings, came),
        key or WriteKey(needed=not is_loopback(host)),
    )

    @asynccontextmanager
    async def living(inner: FastAPI) -> AsyncIterator[None]:
        warming = asyncio.create_task(warm(inner, desk))
        desk.arrivals.resume()
        yield
        warming.cancel()
        await asyncio.wait([warming], timeout=_CLOSING)
        desk.arrivals.reader.close()
        desk.pictures.close()
        desk.keeper.close()
        desk.shelf.close()

    app = FastAPI(
        title="kehoach",
        version=__version__,
        description="Plans as kehoach read them, with the corrections of those who reviewed them. Read only.",
        lifespan=living,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page asks another host for its script
        redoc_url=None,
    )
    app.state.desk = desk
    add_refusals(app)
    for router in (api.router, inbox.router, review.router, receiving.router, *ROUTERS):
        app.include_router(router)

    @app.get("/assets/{name}", include_in_schema=False)
    def assets(name: str) -> Response:
        if name not in _ASSETS:
            raise NotServedError(file=name)
        return Response(asset(name), media_type=_ASSETS[name], headers={"Cache-Control": "no-cache"})

    return Guard(zipped(app), host, partial(refused, app))
