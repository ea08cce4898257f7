"""The full-text index: what is written for each item, and the queries to both databases.

Items are found by their words; with SQLite also by tags, one for each value a filter can ask for, so that a rare
combination of common filters is found without looking at every item. Tags only narrow the search down: every hit is
checked against the rows themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, TextClause, text

from pipeline.register import RegisteredAgency
from pipeline.store.loading import bulk
from pipeline.store.loading.rows import Row
from pipeline.store.query.words import bare_words, exact_words, key

_LAST_POSITION: Final = 16_383  # of a word in a tsvector
_GAP: Final = 100  # positions between an item's text and its headings, so that no phrase spans both


def insert(connection: Connection, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
    """Index items.

    Args:
        connection: in a transaction of the store.
        rows: for each item its id, words, words with accents, words of its headings, and tags.
    """
    if connection.dialect.name == "postgresql":
        bulk.insert(connection, "provision_search", ("id", "words", "exact"), map(_vectors, rows))
    else:
        bulk.insert(connection, "provision_search", ("rowid", "words", "exact", "heads", "tags"), rows)


def _vectors(row: tuple[int, str, str, str, str]) -> tuple[int, str, str]:
    number, words, exact, heads, _ = row
    return number, f"{_vector(words, 'A')} {_vector(heads, 'B', words.count(' ') + _GAP)}", _vector(exact, "A")


def _vector(words: str, weight: str, first: int = 0) -> str:
    """Words as a tsvector with their positions: 'thu':1A 'vien':2A."""
    places = enumerate(words.split(), first + 1)
    return " ".join(f"'{word}':{min(at, _LAST_POSITION)}{weight}" for at, word in places)


def indexed(
    rows: Mapping[str, list[Row]],
    words: Sequence[tuple[str, str, str]],
    agencies: Mapping[int, RegisteredAgency],
    plan: Row,
) -> Iterator[tuple[int, str, str, str, str]]:
    """Make the rows of the index, as `insert` takes them, for one plan.

    Args:
        rows: the rows of the plan by table, with the ids of the store.
        words: for each item its words, words with accents, and words of its headings.
        agencies: entries of the register by the id of the agency's row.
        plan: the row of the plan.
    """
    below: dict[int, list[str]] = {}
    for row in rows["roles"]:
        below.setdefault(row["provision"], []).extend(_agency_tags(row, agencies[row["agency"]]))
    for row in rows["targets"]:
        below.setdefault(row["provision"], []).append("has:target")
        if row["unit_key"]:
            below[row["provision"]].append(tag("unit", row["unit_key"]))
    for row in rows["deadlines"]:
        below.setdefault(row["provision"], []).append("has:deadline")
    for row in rows["occurrences"]:
        below[row["provision"]] += ["has:due", f"due:{row['due_on'][:4]}", f"due:{row['due_on'][:7]}"]
    common = [tag("province", plan["province_code"]), tag("now", plan["current_province_code"])]
    common.append(tag("type", key(plan["document_type"] or "")))
    common.append(tag("plan", str(plan["id"])))
    if plan["issued_on"]:
        common.append(f"year:{plan['issued_on'][:4]}")
    for row, (bare, exact, heads) in zip(rows["provisions"], words, strict=True):
        tags = dict.fromkeys([f"kind:{row['kind']}", *common, *below.get(row["id"], ())])
        yield row["id"], bare, exact, heads, " ".join(filter(None, tags))


def _agency_tags(row: Row, entry: RegisteredAgency) -> list[str]:
    found = [f"agencykind:{entry.kind}", f"body:{entry.body}"]
    if entry.sector:
        found.append(f"sector:{entry.sector}")
    if entry.level:  # of the same agency, not of another in the item
        found += [*(f"{one}.{entry.level}" for one in found), f"level:{entry.level}"]
    found.append(f"agency:{row['agency']}")
    return [f"role:{row['role']}", *found, *(f"{row['role']}/{one}" for one in found)]


def tag(kind: str, value: str | None) -> str:
    """Make a tag: lower case, blanks as underscores; "" for None."""
    return f"{kind}:{value.lower().replace(' ', '_')}" if value else ""


class SearchWords:
    """The words someone looks for: whether as a phrase, and whether they carry accents."""

    def __init__(self, asked: str) -> None:
        self.exact = exact_words(asked).split()
        self.bare = bare_words(" ".join(self.exact)).split()
        self.accented = self.exact != self.bare


def sqlite_match(words: SearchWords | None, way: str, accents: bool, tags: Sequence[Sequence[str]]) -> str:
    """Write an FTS5 query. Every part is quoted, so nothing in it is taken for syntax.

    Args:
        words: what is looked for; None for anything.
        way: "phrase", "text" (all words) or "all" (all words, headings too).
        accents: whether accents count.
        tags: groups of tags, of each of which one must be present.
    """
    parts = [f"tags : ({' OR '.join(map(_quoted, some))})" for some in tags]
    if words:
        column, found = ("exact", words.exact) if accents else ("words", words.bare)
        if way == "phrase":
            parts.append(f"{column} : {_quoted(' '.join(found))}")
        else:
            columns = column if way == "text" else "{words heads}" if not accents else "{exact}"
            parts.append(" AND ".join(f"{columns} : {_quoted(word)}" for word in dict.fromkeys(found)))
    return " AND ".join(f"({part})" for part in parts)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def postgresql_match(words: SearchWords, way: str, accents: bool) -> ColumnElement[bool] | TextClause:
    """Make the condition on `provision_search` that means the same as `sqlite_match`, without tags.

    Args:
        words: what is looked for.
        way: "phrase", "text" (all words) or "all" (all words, headings too).
        accents: whether accents count.
    """
    column, found = ("exact", words.exact) if accents else ("words", words.bare)
    weight = "" if accents or way == "all" else ":A"
    joint = " <-> " if way == "phrase" else " & "
    query = joint.join(f"'{word}'{weight}" for word in found)
    return text(f"provision_search.{column} @@ CAST(:words AS tsquery)").bindparams(words=query)


def remove(connection: Connection, provisions: Sequence[int]) -> int:
    """Remove items from the index.

    Returns:
        How many rows of no item are left: SQLite's index keeps their words, which find nothing.
    """
    if connection.dialect.name == "sqlite":
        return len(provisions)
    connection.execute(text("DELETE FROM provision_search WHERE id = ANY(:ids)"), {"ids": list(provisions)})
    return 0
