"""What stands before the desk: only those it is meant for reach it, and a browser is told what its pages may do."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.errors import KehoachError, RequestRefusedError, RequestTooLargeError, TooManyRequestsError
from pipeline.web.desk.access import Pace

DOCUMENTS: Final = "/.documents"
"""Where documents are sent to, which have a limit of their own."""
LARGEST_KIB: Final = 256
"""The longest body of any other request, in KiB: a form."""
_WRITES: Final = 1200  # a minute, of one address: more than keys and a folder of documents make
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERY: Final = frozenset({"0.0.0.0", "::", ""})
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Of every answer: nothing inline, nothing from or to another host, in no other page's frame."""


class Guard:
    """Refuses requests for another host, from another page, or too large; puts `HEADERS` on every answer.

    A name that leads here by somebody else's name server (DNS rebinding) is another host's; an address of digits cannot
    lead so, and is taken where the desk listens on every address.
    """

    def __init__(self, app: ASGIApp, host: str, refuse: Callable[[Scope, KehoachError, int], ASGIApp]) -> None:
        """Stand before `app`, which listens on `host`; `refuse` makes the answer to what is refused."""
        self._app = app
        self._every = host in _EVERY
        own = {socket.gethostname().lower(), socket.getfqdn().lower()} if self._every else {host.lower().strip("[]")}
        self._names = _LOOPBACK | own
        self._refuse = refuse
        self._pace = Pace(_WRITES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if "cache-control" not in headers:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        headers = Headers(scope=scope)
        if not self._is_own(_name(headers.get("host", ""))):
            said = RequestRefusedError(file=headers.get("host", "")[:200] or "-", reason="Host")
            await self._refuse(scope, said, 421)(scope, receive, sending)
        elif scope["method"] not in _SAFE and not _from_here(scope, headers):
            said = RequestRefusedError(file=headers.get("origin", "")[:200] or "-", reason="Origin")
            await self._refuse(scope, said, 403)(scope, receive, sending)
        elif scope["method"] not in _SAFE and (hasty := self._hasty(scope)) is not None:
            await self._refuse(scope, hasty, 429)(scope, receive, sending)
        elif scope["path"] == DOCUMENTS:
            await self._app(scope, receive, sending)
        elif (body := await _body(headers, receive)) is None:
            too_large = RequestTooLargeError(file=str(scope["path"])[:200], limit=LARGEST_KIB)
            await self._refuse(scope, too_large, 413)(scope, receive, sending)
        else:
            await self._app(scope, _replayed(body, receive), sending)

    def _hasty(self, scope: Scope) -> TooManyRequestsError | None:
        """Why what writes comes too soon."""
        try:
            self._pace.step((scope.get("client") or ("-",))[0])
        except TooManyRequestsError as error:
            return error
        return None

    def _is_own(self, name: str) -> bool:
        if name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return self._every


def _name(host: str) -> str:
    """The name of a Host header without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0].lower() if ":" in host else host.lower()


def _from_here(scope: Scope, headers: Headers) -> bool:
    """Whether a page of the desk sent what changes something; a program that is no browser says nothing of that."""
    origin = headers.get("origin")
    if origin is not None:
        return origin == f"{scope['scheme']}://{headers.get('host', '')}"
    return headers.get("sec-fetch-site", "same-origin") == "same-origin"


async def _body(headers: Headers, receive: Receive) -> bytes | None:
    """The whole body; None where it is too large: no more than that is taken."""
    most = LARGEST_KIB << 10
    said = headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > most:
        return None
    body = b""
    if said == "0" and "transfer-encoding" not in headers:
        return body
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        body += bytes(message.get("body", b""))
        if len(body) > most:
            return None
        if not message.get("more_body"):
            return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
