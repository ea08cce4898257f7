"""Ids of plans, sections, tables and items: of one space in a plan, without blanks, the same whatever stands before."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from hashlib import sha256

UNDER_NO_NUMBER = "muc"
CLOSING = "ket"
DIGITS = 6  # hexadecimal, of a text's hash: among 1,000 under one number two collide once in 30 plans, and get "~2"
_D = str.maketrans("đĐ", "dD")


class Identities:
    """Gives out the ids of one plan: of its sections first, then of its tables, then of its items in reading order.

    A section is "section-" and its printed number, an item its printed number; what has no number of its own, or the
    number of one before, gets some digits of the hash of its words. So an id changes with the words or the number of
    what it names, not with what stands before it.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()
        self._holders: dict[str, Hashable] = {}
        self._bullets: Counter[str] = Counter()

    def section(self, number: str | None, title: str, parent: str | None) -> str:
        """The id of a heading.

        Args:
            number: its printed number, None where it has none of its own.
            title: its words.
            parent: the id of the section above, None at the top.
        """
        if number:
            base = f"section-{_joined(number)}"
            return self._new(base if base not in self._given else f"{base}~{_digest(title)}")
        return self._new(f"{parent or 'section'}-{_digest(title)}")

    def table(self, title: str | None, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """The id of a table, by its caption, header and first row."""
        first = rows[0] if rows else ()
        return self._new("table-" + _digest(title or "", *header, *first))

    def item(self, base: str, text: str, *, numbered: bool, holder: Hashable, title: str) -> tuple[str, int | None]:
        """The id of an item, and its position among the items without a number of their own under its number, from 1.

        Args:
            base: the printed number, its own or that of the nearest heading; `UNDER_NO_NUMBER` or `CLOSING`.
            text: its words.
            numbered: whether the number is its own.
            holder: tells the elements apart that printed the same number.
            title: the words of the element that printed the number.
        """
        base = _joined(base)
        if self._holders.setdefault(base, holder) != holder:
            base = f"{base}~{_digest(title)}"
        if numbered:
            return self._new(base), None
        self._bullets[base] += 1
        return self._new(f"{base}-{_digest(text)}"), self._bullets[base]

    def _new(self, name: str) -> str:
        self._given[name] += 1
        if self._given[name] == 1:
            return name
        return self._new(f"{name}~{self._given[name]}")


def slug(text: str) -> str:
    """Letters a to z, digits and hyphens: "Sở Tài chính" -> "so-tai-chinh"."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in apart if not unicodedata.combining(char)).translate(_D)
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")


def unnamed_plan(sha256_of_file: str) -> str:
    """The id of a plan whose number, year or issuer is not known, by its file's hash."""
    return f"sha256/{sha256_of_file[:16]}"


def _joined(number: str) -> str:
    return "_".join(number.split())


def _digest(*words: str) -> str:
    whole = "\0".join(" ".join(one.split()) for one in words)
    return sha256(whole.encode()).hexdigest()[:DIGITS]
