"""How far the reading of a document has come: said where pages are read, heard by who waits for the document.

It changes nothing that is read, and nobody need listen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

Heard = Callable[[int, int], None]
"""Is told how many pages of a document were read, and how many it has."""

_HEARD: Final[ContextVar[Heard | None]] = ContextVar("heard", default=None)


@contextmanager
def heard_by(heard: Heard) -> Iterator[None]:
    """Have what is read meanwhile, in this thread, tell how far it has come."""
    before = _HEARD.set(heard)
    try:
        yield
    finally:
        _HEARD.reset(before)


def pages_read(count: int, of: int) -> None:
    """Tell who listens that so many pages were read, of so many."""
    if (heard := _HEARD.get()) is not None:
        heard(count, of)
