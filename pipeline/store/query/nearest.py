"""Words that are like those looked for, and find something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from sqlalchemy import Connection, bindparam, select, text

from pipeline.language.folding import fold
from pipeline.language.normal import nfc
from pipeline.store.query import index
from pipeline.store.query.words import bare_word, bare_words, exact_words, spans
from pipeline.store.tables import provisions

_ALIKE: Final = 0.7  # of the letters of two words
_LIKE: Final = 0.5  # where the words around it are the same
_LOOKED_AT: Final = 400  # items that have all the other words
_SYLLABLE: Final = 2  # letters a word needs to be taken for another


def nearest(connection: Connection, words: str) -> str | None:
    """Find words like others that no item has.

    A word that the store does not know is taken for the one that is written most like it, and begins like it; else one
    word is taken for what stands in its place where all the others stand.

    Args:
        connection: of a store.
        words: what was looked for.

    Returns:
        Words of an item, with their accents; None where nothing is near.
    """
    asked = bare_words(exact_words(words)).split()
    if not asked:
        return None
    known = [word if _knows(connection, word) else _spelt_like(connection, word) for word in asked]
    if None in known:
        return None
    meant = [word for word in known if word is not None]
    if meant != asked:
        return _as_written(connection, meant) or _in_place(connection, meant)
    return _in_place(connection, asked)


def _knows(connection: Connection, word: str) -> bool:
    return bool(_items(connection, [word], 1))


def _spelt_like(connection: Connection, word: str) -> str | None:
    """The word of the store that is most like one it does not have; of equals the commonest."""
    for letters in (2, 1, 0):  # the more of its beginning is sure, the less of the index is read
        found = _vocabulary(connection, word[:letters])
        near = [(_likeness(word, one), count, one) for one, count in found if abs(len(one) - len(word)) <= _SYLLABLE]
        best = max((one for one in near if one[0] >= _ALIKE), default=None)
        if best is not None:
            return best[2]
    return None


def _vocabulary(connection: Connection, start: str) -> list[tuple[str, int]]:
    """The words of items that begin so, with the number of items that have each."""
    if connection.dialect.name == "postgresql":
        query = "SELECT word, ndoc FROM ts_stat('SELECT words FROM provision_search') WHERE word LIKE :start"
        given = {"start": f"{start}%"}
    else:
        query = "SELECT term, doc FROM provision_words WHERE term >= :start AND term < :end AND col = 'words'"
        given = {"start": start, "end": f"{start}\uffff"}
    return [(word, count) for word, count in connection.execute(text(query), given) if word.isalnum()]


def _items(connection: Connection, words: Sequence[str], limit: int) -> list[str]:
    """The texts of items that have all words, the newest first."""
    asked = index.SearchWords(" ".join(words))
    query = select(provisions.c.text).order_by(provisions.c.id.desc()).limit(limit)
    if connection.dialect.name == "postgresql":
        query = query.join(text("provision_search"), text("provision_search.id = provisions.id"))
        query = query.where(index.postgresql_match(asked, "text", False))
    else:
        query = query.join(text("provision_search"), text("provision_search.rowid = provisions.id"))
        match = text("provision_search MATCH :match").bindparams(
            bindparam("match", index.sqlite_match(asked, "text", False, ()))
        )
        query = query.where(match)
    return list(connection.scalars(query))


def _as_written(connection: Connection, words: Sequence[str]) -> str | None:
    """Words as they most often stand together, with their accents; as they are where they stand apart."""
    texts = _items(connection, words, _LOOKED_AT)
    found = Counter(exact for one in texts for exact, bare in _windows(one, len(words)) if bare == list(words))
    if found:
        return found.most_common(1)[0][0]
    return " ".join(words) if texts else None


def _in_place(connection: Connection, words: Sequence[str]) -> str | None:
    """The words with one of them replaced by what stands there in items that have all the others."""
    if len(words) < 2:
        return None
    found: Counter[str] = Counter()
    likeness: dict[str, float] = {}
    for at, word in enumerate(words):
        others = [one for place, one in enumerate(words) if place != at]
        for one in _items(connection, others, _LOOKED_AT):
            for exact, bare in _windows(one, len(words)):
                if bare[at] != word and [*bare[:at], *bare[at + 1 :]] == others:
                    found[exact] += 1
                    likeness[exact] = _likeness(word, bare[at])
    near = [(likeness[exact], count, exact) for exact, count in found.items() if likeness[exact] >= _LIKE]
    return max(near)[2] if near else None


def _windows(written: str, count: int) -> Iterator[tuple[str, list[str]]]:
    """Every `count` words in a row as they are written, in lower case, and without accents."""
    written = nfc(written)
    words = [(fold(written[start:end]), bare_word(word)) for word, start, end in spans(written) if bare_word(word)]
    for at in range(len(words) - count + 1):
        some = words[at : at + count]
        yield " ".join(shown for shown, _ in some), [bare for _, bare in some]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
