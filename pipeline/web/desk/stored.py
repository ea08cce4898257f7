"""Asking the store, for pages and the API; what it needs and lacks is said, not failed over."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pipeline.errors import KehoachError, StoreError
from pipeline.extras import extras
from pipeline.settings import Settings
from pipeline.web.desk.shelf import stamp_of

if TYPE_CHECKING:
    from pipeline.store.database import Connection, Store
    from pipeline.store.query.results import Hit, Results
    from pipeline.web.desk.asking import Desk

_PATIENCE: Final = 5.0  # seconds in which a search waits for what was corrected just now
_TRUSTED: Final = 5.0  # seconds in which a server's store is taken to be as it was looked at

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


@dataclass(frozen=True)
class _Looked:
    """A store, with the stamps of its file and the time when it was looked at last."""

    store: Store
    stamps: Hashable
    at: float

    def stands(self, stamps: Hashable) -> bool:
        """Whether it needs no look: its file is the same, or a server's was looked at just now."""
        return monotonic() - self.at < _TRUSTED if stamps is None else stamps == self.stamps


class OpenStore:
    """The store, opened once: what it learnt of statements is of use to the next who asks; threads may share it.

    No thread waits for the look of another: a server that does not answer would hold them up one after the other.
    """

    def __init__(self) -> None:
        """Open nothing yet."""
        self._looked: _Looked | None = None

    def get(self, settings: Settings) -> Store:
        """The store of settings; looked at anew where its file is another than before.

        Raises:
            StoreError: there is none, or it cannot be used.
        """
        from pipeline.store.database import check, connect

        looked = self._looked
        if looked is None:
            store = connect(settings.database, wait=settings.database_wait)
            self._looked = _Looked(store, _stamps(store), monotonic())
            return store
        stamps = _stamps(looked.store)
        if not looked.stands(stamps):
            try:
                check(looked.store)
            except StoreError:
                self._looked = None  # to be opened anew
                raise
            self._looked = _Looked(looked.store, stamps, monotonic())
        return looked.store


@contextmanager
def opened(desk: Desk) -> Iterator[Store]:
    """The store.

    Raises:
        StoreError: there is none, or it cannot be used.
        MissingPackageError: the packages of the store are not installed.
    """
    with extras("kehoach serve"):
        import pipeline.store.database  # noqa: F401

    desk.keeper.settle(_PATIENCE)
    yield desk.store.get(desk.settings)


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
    with opened(desk) as store:
        stamps = _stamps(store)
        if stamps is None:
            from pipeline.store.managing import state_of_plans

            with store.reading() as connection:
                return desk.kept.value((key, state_of_plans(connection)), lambda: make(connection))

        def made() -> _Value:
            with store.reading() as connection:
                return make(connection)

        return desk.kept.value((key, stamps), made)


def _stamps(store: Store) -> Hashable:
    """What is another as soon as an SQLite file changes; None of a server."""
    if store.dialect != "sqlite":
        return None
    stamps = map(stamp_of, (Path(store.name), Path(f"{store.name}-wal")))
    return tuple(one if one[0] else None for one in stamps)  # who reads makes an empty log, and takes it away again


def digests_of(connection: Connection, plans: Iterable[int]) -> Mapping[int, str]:
    """The digests of the documents that plans of the store were read from, by the store's numbers of these."""
    from pipeline.store.reading import digests

    return digests(connection, set(plans))


def names_of(desk: Desk, digests: Mapping[int, str]) -> dict[int, str]:
    """The names that the desk knows plans by, of `digests_of`; those it has not are left out."""
    known = desk.shelf.names() if digests else {}
    return {number: known[digest] for number, digest in digests.items() if digest in known}
