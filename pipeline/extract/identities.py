"""What the ids of a plan are made of, in its outline; `pipeline.schema.identities` makes them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Node
from pipeline.extract.items.orders import Leaf
from pipeline.schema.identities import CLOSING, UNDER_NO_NUMBER, Identities


def item_identity(identities: Identities, leaf: Leaf) -> tuple[str, int | None]:
    """The id of a leaf, and its position among the items without a number of their own under its number, from 1."""
    base = leaf.number or (UNDER_NO_NUMBER if leaf.node is not None else CLOSING)
    printed_by = _numbered(leaf)
    return identities.item(
        base,
        leaf.text.text,
        numbered=leaf.ordinal is None and leaf.number is not None,
        holder=0 if printed_by is None else id(printed_by),
        title=_words(leaf, printed_by),
    )


def heading_title(text: str) -> str:
    """The words of a heading without the colon behind them."""
    return text.strip().rstrip(":").rstrip()


def _numbered(leaf: Leaf) -> Node | None:
    """The element that printed the number: the leaf itself, or the nearest numbered heading."""
    if leaf.node is None or leaf.ordinal is None:
        return leaf.node
    above: Sequence[Node] = leaf.above
    return next((node for node in reversed(above) if node.ordinal is None), None)


def _words(leaf: Leaf, printed_by: Node | None) -> str:
    if printed_by is None or printed_by is leaf.node:
        return leaf.text.text
    passage = printed_by.title or printed_by.body
    return heading_title(passage.text) if passage else ""
