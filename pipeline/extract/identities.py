"""Ids of sections, tables and items: of one space, without blanks, the same whatever stands before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from pipeline.document import AssembledTable, Node
from pipeline.extract.tasks import Leaf

UNDER_NO_NUMBER = "muc"
CLOSING = "ket"
DIGITS = (
    6  # hexadecimal, of a text's hash: among 1,000 items under one number two collide once in 30 plans, and get "~2"
)


class Identities:
    """Gives out the ids of one plan.

    A section is "section-" and its printed number, an item its printed number; what has no number of its own, or the
    number of one before, gets some digits of the hash of its words. So an id changes with the words or the number of
    what it names, not with what stands before it.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()
        self._holders: dict[str, int] = {}
        self._bullets: Counter[str] = Counter()

    def section(self, node: Node, title: str, parent: str | None) -> str:
        """The id of a heading.

        Args:
            node: the heading.
            title: its words.
            parent: the id of the section above, None at the top.
        """
        if node.number and node.ordinal is None:
            base = f"section-{_joined(node.number)}"
            return self._new(base if base not in self._given else f"{base}~{_digest(title)}")
        return self._new(f"{parent or 'section'}-{_digest(title)}")

    def table(self, table: AssembledTable) -> str:
        """The id of a table, by its caption, header and first row."""
        first = table.rows[0] if table.rows else ()
        return self._new("table-" + _digest(*([table.title or ""]), *table.header, *first))

    def item(self, leaf: Leaf) -> tuple[str, int | None]:
        """The id of a leaf, and its position among the items without a number of their own under its number, from 1."""
        base = _joined(leaf.number) if leaf.number else UNDER_NO_NUMBER if leaf.node is not None else CLOSING
        holder = _holder(leaf)
        if self._holders.setdefault(base, holder) != holder:  # another element printed the same number
            base = f"{base}~{_digest(_printed(leaf))}"
        if leaf.ordinal is None and leaf.number is not None:
            return self._new(base), None
        self._bullets[base] += 1
        return self._new(f"{base}-{_digest(leaf.text.text)}"), self._bullets[base]

    def _new(self, name: str) -> str:
        self._given[name] += 1
        if self._given[name] == 1:
            return name
        return self._new(f"{name}~{self._given[name]}")


def _joined(number: str) -> str:
    return "_".join(number.split())


def _digest(*words: str) -> str:
    whole = "\0".join(" ".join(one.split()) for one in words)
    return sha256(whole.encode()).hexdigest()[:DIGITS]


def _numbered(leaf: Leaf) -> Node | None:
    """The element that printed the number: the leaf itself, or the nearest numbered heading."""
    if leaf.node is None or leaf.ordinal is None:
        return leaf.node
    above: Sequence[Node] = leaf.above
    return next((node for node in reversed(above) if node.ordinal is None), None)


def _holder(leaf: Leaf) -> int:
    node = _numbered(leaf)
    return 0 if node is None else id(node)


def _printed(leaf: Leaf) -> str:
    """The words of the element that printed the number."""
    node = _numbered(leaf)
    if node is None or node is leaf.node:
        return leaf.text.text
    return node.title.text if node.title else node.body.text if node.body else ""
