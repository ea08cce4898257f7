"""Searching items by their words, with and without accents, and by filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select, text

from pipeline.language.normal import nfc
from pipeline.register import identify
from pipeline.settings import STORE
from pipeline.store.database import Store, open_store
from pipeline.store.query import index
from pipeline.store.query.filters import Filters, Narrowed, absent, is_known, narrow
from pipeline.store.query.hits import read_hits
from pipeline.store.query.nearest import nearest
from pipeline.store.query.plan_search import named_plans
from pipeline.store.query.results import Results
from pipeline.store.query.snippets import Snippet, weigh
from pipeline.store.query.words import bare_words, exact_words
from pipeline.store.tables import plans, provisions

_QUOTES: Final = '"“”'
_CHUNK: Final = 10_000  # values in one IN list
_POOL: Final = 200  # items of one tier that are ranked; of more, those loaded last


def search(
    words: str | None = None, *, database: str | Store = STORE, limit: int = 20, offset: int = 0, **filters: Any
) -> Results:
    """Find items of a store.

    Words are found as a phrase first, then all in one item, then in its headings too; given with accents they are found
    with these, else without, đ as d; in quotes as a phrase only.

    Args:
        words: what the items say; None to filter alone.
        database: a path or URL, or an open store.
        limit: the most items that are returned.
        offset: how many of the best are left out.
        filters: the fields of `Filters` by name.

    Raises:
        StoreError: the database cannot be read.
        WrongUsageError: a filter has a value that says nothing.
    """
    if isinstance(database, Store):
        with database.reading() as connection:
            return _search(connection, words, Filters(**filters), limit, offset)
    with open_store(database) as store, store.reading() as connection:
        return _search(connection, words, Filters(**filters), limit, offset)


def find(connection: Connection, words: str | None, filters: Filters, limit: int) -> tuple[list[int], bool]:
    """Find all items of a search, for exports.

    Args:
        connection: of a store.
        words: as in `search`.
        filters: the filters.
        limit: the most items that are returned.

    Returns:
        Ids in the order of loading, and whether accents had to be ignored.
    """
    ranked, ignored = _found(connection, words, narrow(filters, connection), limit)
    return sorted(number for number, _ in ranked[:limit]), ignored


def having(
    connection: Connection, words: str, narrowed: Narrowed, item: ColumnElement[Any] = provisions.c.id
) -> ColumnElement[bool] | None:
    """Make the condition that an item has all words, which the index tells without ranking what it finds.

    Args:
        connection: of a store.
        words: as in `search`; what has them in its headings alone is left out.
        narrowed: the filters, whose tags make the index quicker.
        item: the column of the item's id.

    Returns:
        The condition; None where nothing has the words.
    """
    asked = _asked(words)
    if asked is None or not asked.bare:
        return None
    (way, accents), *_ = _ways(words, asked)[-2:]
    way = "text" if way == "all" else way
    ways = [(asked, accents), (index.SearchWords(" ".join(asked.bare)), False)]
    for one, exact in ways if accents else ways[1:]:
        if _candidates(connection, narrowed, one, way, exact, 1):
            if connection.dialect.name == "postgresql":
                inner = select(text("id")).select_from(text("provision_search"))
                return item.in_(inner.where(index.postgresql_match(one, way, exact)))
            return _matching(index.sqlite_match(one, way, exact, narrowed.tags), item)
    return None


def tagged(connection: Connection, narrowed: Narrowed, item: ColumnElement[Any]) -> ColumnElement[bool] | None:
    """Make the condition that an item has all tags of filters, where the index knows tags: SQLite's."""
    if connection.dialect.name != "sqlite" or not narrowed.tags:
        return None
    return _matching(index.sqlite_match(None, "", False, narrowed.tags), item)


def _matching(match: str, item: ColumnElement[Any]) -> ColumnElement[bool]:
    inner = select(text("rowid")).select_from(text("provision_search"))
    return item.in_(inner.where(text("provision_search MATCH :words").bindparams(words=match)))


def _asked(words: str | None) -> index.SearchWords | None:
    return index.SearchWords(nfc(words)) if words and words.strip() else None


def _ways(words: str, asked: index.SearchWords) -> list[tuple[str, bool]]:
    """The tiers of a search: how its words are found, and whether the index is asked for their accents."""
    stripped = words.strip()
    if len(stripped) > 1 and stripped[0] in _QUOTES and stripped[-1] in _QUOTES:
        return [("phrase", asked.accented)]
    return [("phrase", asked.accented), ("text", asked.accented), ("all", False)][len(asked.bare) == 1 :]


def _search(connection: Connection, words: str | None, filters: Filters, limit: int, offset: int) -> Results:
    narrowed = narrow(filters, connection)
    ranked, ignored = _found(connection, words, narrowed, offset + limit + 1)
    shown = ranked[offset : offset + limit]
    named = named_plans(connection, words, narrowed, limit) if words and not offset else ()
    return Results(
        read_hits(connection, shown),
        more=len(ranked) > offset + limit,
        accents_ignored=ignored,
        agency_unknown=filters.agency is not None and not is_known(filters.agency),
        plans=named,
        agency=_agency(words) if words and filters.agency is None else None,
        nearest=nearest(connection, words) if words and not ranked and not named else None,
        absent={} if ranked else absent(filters, narrowed, connection),
    )


def _agency(words: str) -> str | None:
    """The agency that words are the name of, as the register has it."""
    entry = identify(words.strip().strip(_QUOTES))
    told = entry.kind != "other" and (entry.place is not None or entry.body != entry.kind)  # "thư viện" alone is a word
    return entry.name if told else None


def _found(
    connection: Connection, words: str | None, narrowed: Narrowed, wanted: int
) -> tuple[list[tuple[int, Snippet | None]], bool]:
    """The items, best first, at least `wanted` where there are so many; and whether accents had to be ignored."""
    asked = _asked(words)
    if narrowed.nothing or (asked is not None and not asked.bare):
        return [], False
    if asked is None or words is None:
        return [(one, None) for one in _candidates(connection, narrowed, None, "", False, wanted)], False
    ways = _ways(words, asked)
    few = _few(connection, narrowed, asked, ways[-1][0])
    ranked = _ranked(connection, narrowed, asked, ways, wanted, few)
    if ranked or not asked.accented:
        return ranked, False
    plain = index.SearchWords(" ".join(asked.bare))
    ranked = _ranked(connection, narrowed, plain, [(way, False) for way, _ in ways], wanted, few)
    return ranked, bool(ranked)


def _few(connection: Connection, narrowed: Narrowed, asked: index.SearchWords, widest: str) -> list[int] | None:
    """All that the widest tier finds without accents, which holds what every other does; None where it is much.

    Where it is little, the index need not be asked again for each tier.
    """
    found = _candidates(connection, narrowed, asked, widest, False, _POOL + 1)
    return found if len(found) <= _POOL else None


def _ranked(
    connection: Connection,
    narrowed: Narrowed,
    asked: index.SearchWords,
    ways: list[tuple[str, bool]],
    wanted: int,
    few: list[int] | None,
) -> list[tuple[int, Snippet | None]]:
    """Items tier by tier; within one, those that say it oftenest in fewest words first, then the newest.

    Of a tier its newest are ranked and the others follow as they are, however many are wanted: pages fit together.
    """
    found: dict[int, Snippet | None] = {}
    for way, accents in ways:
        new = few
        if new is None:
            new = _candidates(connection, narrowed, asked, way, accents, len(found) + max(_POOL, wanted))
        new = [one for one in new if one not in found]
        behind = set(new[_POOL:])
        weighed = []
        for row in _texts(connection, new):
            weight, where = weigh(row.text, asked, way, accents or asked.accented)
            if _has(" ".join((row.text, *row.headings)), asked) if way == "all" else where is not None:
                rank = (1, 0.0, 0) if row.id in behind else (0, -weight, -(row.issued_on or date.min).toordinal())
                weighed.append((*rank, -row.id, where))
        found |= {-number: where for *_, number, where in sorted(weighed, key=lambda one: one[:4])}
        if len(found) >= wanted:
            break
    return list(found.items())


def _texts(connection: Connection, ids: Sequence[int]) -> Iterator[Any]:
    query = select(provisions.c.id, provisions.c.text, provisions.c.headings, plans.c.issued_on)
    query = query.join(plans, plans.c.id == provisions.c.plan)
    for start in range(0, len(ids), _CHUNK):
        yield from connection.execute(query.where(provisions.c.id.in_(ids[start : start + _CHUNK]))).all()


def _has(text: str, asked: index.SearchWords) -> bool:
    """Whether all words stand in a text, with their accents where they were given with some."""
    exact = exact_words(text)
    return (
        set(asked.exact) <= set(exact.split()) if asked.accented else set(asked.bare) <= set(bare_words(exact).split())
    )


def _candidates(
    connection: Connection, narrowed: Narrowed, asked: index.SearchWords | None, way: str, accents: bool, limit: int
) -> list[int]:
    """The newest ids of items that meet the filters and have the words."""
    query: Select[Any] = select(provisions.c.id).join(plans, plans.c.id == provisions.c.plan)
    query = query.where(*narrowed.conditions)
    if connection.dialect.name == "postgresql":
        if asked:
            query = query.join(text("provision_search"), text("provision_search.id = provisions.id"))
            query = query.where(index.postgresql_match(asked, way, accents))
        return list(connection.scalars(query.order_by(provisions.c.id.desc()).limit(limit)).all())
    match = "" if narrowed.named and not asked else index.sqlite_match(asked, way, accents, narrowed.tags)
    if not match:
        return list(connection.scalars(query.order_by(provisions.c.id.desc()).limit(limit)).all())
    # The index leads, in its own order, so that looking stops at the first rows that are wanted.
    query = query.join(text("provision_search"), text("provision_search.rowid = provisions.id"))
    query = query.where(text("provision_search MATCH :match").bindparams(match=match))
    return list(connection.scalars(query.order_by(text("provision_search.rowid DESC")).limit(limit)).all())
