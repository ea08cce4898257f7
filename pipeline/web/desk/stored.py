"""Asking the store, for pages and the API; what it needs and lacks is said, not failed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import KehoachError
from pipeline.extras import extras
from pipeline.web.desk.asking import Desk

if TYPE_CHECKING:
    from pipeline.store.database import Connection, Store
    from pipeline.store.query.results import Hit, Results

_PATIENCE: Final = 5.0  # seconds in which a search waits for what was corrected just now


@dataclass(frozen=True)
class Found:
    """Items of the store, with the digest of the document of each plan by the store's number of it."""

    results: Results | None = None
    digests: Mapping[int, str] = field(default_factory=dict)
    error: KehoachError | None = None

    def sha256(self, hit: Hit) -> str:
        """The digest of the document of an item."""
        return self.digests.get(hit.plan, "")


def find(desk: Desk, words: str, filters: Mapping[str, Any], limit: int, offset: int) -> Found:
    """Search the store, for a page: what fails stands in the answer."""
    try:
        return found(desk, words, filters, limit, offset)
    except KehoachError as error:
        return Found(error=error)


def found(desk: Desk, words: str, filters: Mapping[str, Any], limit: int, offset: int) -> Found:
    """Search the store.

    Raises:
        StoreError: there is none, or it cannot be used.
        MissingPackageError: the packages of the store are not installed.
        WrongUsageError: a filter has a value that says nothing.
    """
    with opened(desk) as store:
        from pipeline.store.query.searching import search
        from pipeline.store.reading import digests

        results = search(words.strip() or None, database=store, limit=limit, offset=offset, **filters)
        with store.reading() as connection:
            return Found(results, digests(connection, {hit.plan for hit in results}))


@contextmanager
def opened(desk: Desk) -> Iterator[Store]:
    """The store.

    Raises:
        StoreError: there is none, or it cannot be used.
        MissingPackageError: the packages of the store are not installed.
    """
    with extras("kehoach serve"):
        from pipeline.store.database import open_store

    desk.keeper.settle(_PATIENCE)
    with open_store(desk.settings.database, wait=desk.settings.database_wait) as store:
        yield store


@contextmanager
def reading(desk: Desk) -> Iterator[Connection]:
    """The store, open for reading; raises as `opened` does."""
    with opened(desk) as store, store.reading() as connection:
        yield connection


def names_of(desk: Desk, connection: Connection, plans: Iterable[int]) -> dict[int, str]:
    """The names that the desk knows plans of the store by, by the store's numbers; those it has not are left out."""
    from pipeline.store.reading import digests

    known = {one.sha256: one.name for one in desk.shelf.entries() if one.sha256}
    return {number: known[digest] for number, digest in digests(connection, set(plans)).items() if digest in known}
