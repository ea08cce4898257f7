"""Who asks the desk, in which language, and whether a form is one of its own."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Final
from urllib.parse import parse_qsl, quote, unquote

from fastapi import Depends, Request, Response

from pipeline.errors import RequestFormError, RequestRefusedError, WrongTokenError
from pipeline.messages import LANGUAGES, Language
from pipeline.settings import Settings
from pipeline.web.desk.access import WriteKey
from pipeline.web.desk.arrivals import Arrivals
from pipeline.web.desk.keeping import StoreKeeper
from pipeline.web.desk.overviews.kept import KeptAnswers
from pipeline.web.desk.shelf import Shelf
from pipeline.web.desk.stored import OpenStore
from pipeline.web.drawing import Pictures

_BROWSER, _REVIEWER, _LANGUAGE = "kehoach_browser", "kehoach_reviewer", "kehoach_language"
_PROOF: Final = "kehoach_key"
_YEAR: Final = 365 * 24 * 3600
_LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class Desk:
    """What all requests share."""

    shelf: Shelf
    settings: Settings
    keeper: StoreKeeper
    arrivals: Arrivals
    key: WriteKey
    pictures: Pictures = field(default_factory=Pictures)
    kept: KeptAnswers = field(default_factory=KeptAnswers)
    store: OpenStore = field(default_factory=OpenStore)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))


def desk_of(request: Request) -> Desk:
    """What all requests share."""
    desk: Desk = request.app.state.desk
    return desk


@dataclass(frozen=True)
class Asker:
    """A browser: the language it reads, the name of who reviews there ("" before it was asked), its forms' token."""

    language: Language
    reviewer: str
    browser: str
    token: str
    new: bool
    """Whether the browser has not been here before."""
    writes: bool = True
    """Whether it may correct plans and bring documents in."""

    def remember(self, response: Response, request: Request) -> None:
        """Have the browser keep what tells it apart, and the language that was chosen."""
        if self.new:
            _keep(response, _BROWSER, self.browser)
        if request.query_params.get("lang") in LANGUAGES:
            _keep(response, _LANGUAGE, self.language)


def asker(request: Request) -> Asker:
    """Who asks."""
    desk, cookies = desk_of(request), request.cookies
    known = cookies.get(_BROWSER, "")
    browser = known if len(known) == 43 and known.isascii() else secrets.token_urlsafe(32)
    token = hmac.new(desk.secret, browser.encode(), sha256).hexdigest()
    name = reviewer_named(unquote(cookies.get(_REVIEWER, "")))
    writes = desk.key.allows(browser, cookies.get(_PROOF, ""))
    return Asker(language_of(request), name, browser, token, browser != known, writes)


def language_of(request: Request) -> Language:
    """The language of an answer: as chosen, as `--lang` says, as the browser asks for, as the locale says."""
    settings = desk_of(request).settings
    accepted = request.headers.get("accept-language", "").split(",")
    said = [
        request.query_params.get("lang"), request.cookies.get(_LANGUAGE), settings.lang,
        *(part.partition(";")[0].strip().partition("-")[0].lower() for part in accepted),
    ]  # fmt: skip
    return next((one for asked in said for one in LANGUAGES if asked == one), settings.language())


def reviewer_named(typed: str) -> str:
    """A name as it stands with corrections."""
    return " ".join(typed.split())[:_LONGEST_NAME].strip()


def keep_reviewer(response: Response, name: str, proof: str) -> None:
    """Have the browser keep the name of who reviews, and that it has given the token."""
    _keep(response, _REVIEWER, quote(reviewer_named(name)))
    if proof:
        _keep(response, _PROOF, proof)


def introduced(desk: Desk, asked: Asker, fields: Mapping[str, str]) -> str:
    """The name of who may write: as the browser has kept it, or as it came with a form; "" where it is to be asked.

    Raises:
        WrongTokenError: what came is not the token.
        ReadOnlyDeskError: nobody may write.
        TooManyRequestsError: the token was guessed at too often.
    """
    typed = fields.get("key", "")
    if not asked.writes and not desk.key.opens(typed):
        if typed:
            raise WrongTokenError(file="--token-file")
        return ""
    return reviewer_named(fields.get("reviewer", "")) or asked.reviewer


def _keep(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="lax", path="/")


async def form(request: Request, asked: Annotated[Asker, Depends(asker)]) -> Mapping[str, str]:
    """The fields of a form that a page of the desk gave to this browser.

    Raises:
        RequestRefusedError: it is none of these.
        RequestFormError: it is no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise RequestRefusedError(file=kind[:80] or "-", reason="Content-Type")
    try:
        text = (await request.body()).decode()
        fields = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict"))
    except ValueError as error:
        raise RequestFormError(file=str(request.url.path), problem=str(error)) from error
    if not hmac.compare_digest(fields.get("csrf", "").encode(), asked.token.encode()):
        raise RequestRefusedError(file=str(request.url.path), reason="CSRF")
    return fields


Asking = Annotated[Asker, Depends(asker)]
Fields = Annotated[Mapping[str, str], Depends(form)]
TheDesk = Annotated[Desk, Depends(desk_of)]
