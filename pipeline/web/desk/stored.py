"""Asking the store, for pages and the API; what it needs and lacks is said, not failed over."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pipeline.errors import KehoachError
from pipeline.extras import extras
from pipeline.web.desk.asking import Desk
from pipeline.web.desk.shelf import stamp_of

if TYPE_CHECKING:
    from pipeline.store.database import Connection, Store
    from pipeline.store.query.results import Hit, Results

_PATIENCE: Final = 5.0  # seconds in which a search waits for what was corrected just now


_Value = TypeVar("_Value")


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


def kept(desk: Desk, key: Hashable, make: Callable[[Connection], _Value]) -> _Value:
    """What is made of the store, once as long as that does not change; raises as `opened` does, and what `make` does.

    Args:
        desk: whose store it is.
        key: what is asked for.
        make: makes it; the value is not to be changed by who gets it.
    """
    with opened(desk) as store, store.reading() as connection:
        return desk.kept.value((key, _state(store, connection)), lambda: make(connection))


def _state(store: Store, connection: Connection) -> Hashable:
    """What is another as soon as the store changes: stamps of an SQLite file, sums over the plans of a server."""
    if store.dialect == "sqlite":
        files = (Path(store.name), Path(f"{store.name}-wal"))
        stamps = map(stamp_of, files)
        return tuple(one if one[0] else None for one in stamps)  # who reads makes an empty log, and takes it away again
    from pipeline.store.managing import state_of_plans

    return state_of_plans(connection)


def digests_of(connection: Connection, plans: Iterable[int]) -> Mapping[int, str]:
    """The digests of the documents that plans of the store were read from, by the store's numbers of these."""
    from pipeline.store.reading import digests

    return digests(connection, set(plans))


def names_of(desk: Desk, digests: Mapping[int, str]) -> dict[int, str]:
    """The names that the desk knows plans by, of `digests_of`; those it has not are left out."""
    known = desk.shelf.names()
    return {number: known[digest] for number, digest in digests.items() if digest in known}
