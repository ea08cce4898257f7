"""Listening on an address, until the desk is ended."""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.errors import AddressError

_AT_ONCE = 200  # requests; more are told to come again
_TURN = 0.0005  # seconds that a thread works on while another waits: who reads a row of the store waits a turn for each


def listen(host: str, port: int) -> socket.socket:
    """Take an address.

    Raises:
        AddressError: it cannot be had.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        taken = socket.socket(family)
        if os.name == "posix":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(place)
        taken.listen(128)
    except OSError as error:
        raise AddressError(file=f"{host}:{port}", reason=error.strerror or str(error)) from error
    return taken


def zipped(app: ASGIApp) -> ASGIApp:
    """Have what programs ask for, and the assets, sent in gzip to who takes it.

    Pages are not: what they say of a request beside the token of their forms would tell the token by their length
    (BREACH).
    """
    zipping = GZipMiddleware(app, minimum_size=1000)

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        small = scope["type"] == "http" and path.startswith(("/api/", "/assets/")) and not path.endswith(".webp")
        await (zipping if small else app)(scope, receive, send)

    return choose


def keep() -> None:
    """Have all that lives now live on: looking through it for what may go held everybody up, 0.1 s at a time."""
    gc.collect()
    gc.freeze()


def answer(app: ASGIApp, taken: socket.socket, ready: Callable[[str], None]) -> None:
    """Answer what comes to a socket, until a signal ends it.

    Args:
        app: what answers.
        taken: the socket, as `listen` gives it.
        ready: told the address first.
    """
    sys.setswitchinterval(_TURN)
    host, port = taken.getsockname()[:2]
    ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, limit_concurrency=_AT_ONCE, proxy_headers=False
    )
    uvicorn.Server(config).run([taken])
