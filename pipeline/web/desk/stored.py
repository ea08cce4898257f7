"""Asking the store for items; what it needs and lacks is said, not failed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.errors import KehoachError
from pipeline.extras import extras
from pipeline.web.desk.asking import Desk

if TYPE_CHECKING:
    from pipeline.store.query.results import Hit, Results


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
    with extras("kehoach serve"):
        from pipeline.store.database import open_store
        from pipeline.store.query.searching import search
        from pipeline.store.reading import digests

    with open_store(desk.settings.database, wait=desk.settings.database_wait) as store:
        results = search(words.strip() or None, database=store, limit=limit, offset=offset, **filters)
        with store.reading() as connection:
            return Found(results, digests(connection, {hit.plan for hit in results}))
