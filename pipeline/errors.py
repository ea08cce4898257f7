"""Coded errors and warnings; the words for them stand in `messages.toml`, in English and Vietnamese.

An error stops one document, a warning stops nothing. Codes are stable: programs may rely on them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Literal

Language = Literal["en", "vi"]


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """The one catalogue of messages: key -> {"en": ..., "vi": ...}; keys that start with E or W are codes."""
    text = files("pipeline").joinpath("messages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(key: str, language: Language = "en", **params: object) -> str:
    """The message `key` in `language` with its parameters filled in."""
    return catalogue()[key][language].format(**params)


def translate(code: str, message: str, language: Language) -> str:
    """A message that was stored in English, in `language`: its parameters are read back out of its words.

    A message that is not the catalogue's English one (an older version's) comes back as it is.
    """
    if language == "en" or code not in catalogue():
        return message
    match = _pattern(code).fullmatch(message)
    return say(code, language, **match.groupdict()) if match else message


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """What the English message of `code` looks like with its parameters filled in."""
    pattern, seen = "", set[str]()
    for words, name, _, _ in Formatter().parse(catalogue()[code]["en"]):
        pattern += re.escape(words)
        if name is not None:
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.*?)"
            seen.add(name)
    return re.compile(pattern, re.DOTALL)


def general(code: str, language: Language = "en") -> str:
    """What the messages of a code say in common: its words with the parameters left open."""
    names = {name for _, name, _, _ in Formatter().parse(catalogue()[code][language]) if name}
    return say(code, language, **dict.fromkeys(names, "…"))


@dataclass(frozen=True)
class Notice:
    """A coded warning about one document. `params` fill the placeholders of the message."""

    code: str
    page: int | None = None
    params: tuple[tuple[str, str], ...] = ()

    def text(self, language: Language = "en") -> str:
        """The message, with what to do next."""
        return say(self.code, language, **dict(self.params))


def notice(code: str, page: int | None = None, **params: object) -> Notice:
    """Make a `Notice`; fails at once on a code the catalogue does not have."""
    if code not in catalogue():
        raise KeyError(code)
    return Notice(code, page, tuple((key, str(value)) for key, value in params.items()))


class KehoachError(Exception):
    """One document cannot be read: says the code, the file, the page where known, and what to do next."""

    def __init__(self, code: str, *, file: str, page: int | None = None, **params: object) -> None:
        self.notice = notice(code, page, **params)
        self.file = file
        super().__init__(code, file, page)

    @property
    def code(self) -> str:
        """The stable code, e.g. E102."""
        return self.notice.code

    def text(self, language: Language = "en") -> str:
        """File, page and message in one line."""
        page = self.notice.page
        where = self.file if page is None else say("place", language, file=self.file, page=page)
        return f"{self.code} {where}: {self.notice.text(language)}"

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[object, ...]:  # so that it crosses from a worker process
        return (_rebuild, (self.notice, self.file))


def _rebuild(what: Notice, file: str) -> KehoachError:
    return KehoachError(what.code, file=file, page=what.page, **dict(what.params))
