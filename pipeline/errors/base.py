"""Coded errors and warnings; their words stand in `pipeline.messages`.

An error stops one document or one command, a warning stops nothing. Codes are stable: programs may rely on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from pipeline.messages import Language, catalogue, say, severity, visible


@dataclass(frozen=True)
class Notice:
    """A coded warning about one document. `params` fill the placeholders of the message."""

    code: str
    page: int | None = None
    params: tuple[tuple[str, str], ...] = ()

    def text(self, language: Language = "en") -> str:
        """The message, with what to do next."""
        return say(self.code, language, **dict(self.params))

    @property
    def severity(self) -> str:
        """How much it matters: "lost", "doubtful" or "note"."""
        return severity(self.code)


def notice(code: str, page: int | None = None, **params: object) -> Notice:
    """Make a `Notice`; fails at once on a code the catalogue does not have."""
    if code not in catalogue():
        raise KeyError(code)
    return Notice(code, page, tuple((key, str(value)) for key, value in params.items()))


class KehoachError(Exception):
    """What kehoach says when it cannot do what it was asked to: one subclass for each kind of failure.

    Catch a subclass, or a family of them such as `StoreError`; never compare codes. What people see is `text`.

    Args:
        file: the file, or the option or address, that is at fault.
        page: the page where known, from 1.
        params: what fills the placeholders of the message.
    """

    code: ClassVar[str]
    """The stable code, e.g. E105, under which the catalogue holds the words. Families have none."""

    def __init__(self, *, file: str, page: int | None = None, **params: object) -> None:
        self.file = file
        self.page = page
        self.params = {name: str(value) for name, value in params.items()}
        super().__init__(self.code, file, page)

    def message(self, language: Language = "en") -> str:
        """What happened and what to do next."""
        return say(self.code, language, **self.params)

    def what(self, language: Language = "en") -> str:
        """What happened alone, to stand within another message."""
        return catalogue()[self.code].words[language].what.format(**self.params)

    def text(self, language: Language = "en") -> str:
        """Code, file, page and message in one line."""
        where = visible(self.file) if self.page is None else say("place", language, file=self.file, page=self.page)
        return f"{self.code} {where}: {self.message(language)}"

    def renamed(self, file: str) -> KehoachError:
        """The same failure under another name of the file, e.g. with its folder."""
        return type(self)(file=file, page=self.page, **self.params)

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[object, ...]:  # so that it crosses from a worker process
        return (_rebuild, (type(self), self.file, self.page, self.params))


def _rebuild(kind: type[KehoachError], file: str, page: int | None, params: dict[str, str]) -> KehoachError:
    return kind(file=file, page=page, **params)


def coded(code: str, file: str, page: int | None, params: dict[str, str]) -> KehoachError:
    """The failure of a code, as it was written down; KeyError where this program has none of that code."""
    return _rebuild(_kinds()[code], file, page, params)


@cache
def _kinds() -> dict[str, type[KehoachError]]:
    def below(kind: type[KehoachError]) -> Iterator[type[KehoachError]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    return {one.code: one for one in below(KehoachError) if hasattr(one, "code")}


class DocumentError(KehoachError):
    """A document was not read, or what was read was not written."""


class LimitError(DocumentError):
    """A document needs more than the settings allow."""


class WrongUsageError(KehoachError):
    """The command, an option or a setting was given wrongly; the command ends with exit code 2."""


class StoreError(KehoachError):
    """The store of plans, or its database, cannot be used."""
