"""Leaves of the outline that are tasks or objectives, and what they take over from the headings above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.document import FieldRole, Node, Outline, Passage
from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.passages import task_words
from pipeline.language.folding import fold
from pipeline.schema import SectionKind

TASK_KINDS = frozenset({SectionKind.TASK, SectionKind.ORGANISATION, SectionKind.REPORTING, None})


@dataclass(frozen=True)
class Leaf:
    """A task or objective before anything is read from its text."""

    node: Node | None
    text: Passage
    objective: bool
    number: str | None
    ordinal: int | None
    above: tuple[Node, ...]  # headings from the top down
    shared: tuple[Passage, ...] = ()  # lines that hold for all items of a list, and the item's own
    topic: Passage | None = None  # a heading in the item's own line
    kind: SectionKind | None = None
    lines: tuple[Passage, ...] = ()  # its own lines that say by whom and when


@cache
def _rule(key: str) -> re.Pattern[str]:
    """The patterns of a list of `knowledge.passages.TaskWords` as one."""
    patterns: tuple[str, ...] = getattr(task_words(), key)
    return re.compile("|".join(f"(?:{one})" for one in patterns))


def leaves(plan: Outline) -> Iterator[Leaf]:
    """The leaves that are tasks or objectives, in reading order."""
    for part in plan.parts:
        annex = part is not plan.parts[0] and part.head.document_type is None
        for node in part.nodes:
            for leaf in _walk(node, (), ()):
                if not annex or leaf.kind is not None:  # an annex of lists and forms orders nothing
                    yield leaf
        for passage in part.closing:
            if _rule("report").search(fold(passage.text)):
                yield Leaf(None, passage, False, None, None, (), kind=SectionKind.REPORTING)


def _walk(node: Node, above: tuple[Node, ...], shared: tuple[Passage, ...]) -> Iterator[Leaf]:
    children = [child for child in node.children if child.style != "shared"]
    own = tuple(child.body for child in node.children if child.style == "shared" and child.body)
    shared = shared + own
    if children:
        if any(one.role is FieldRole.RESULT and one.passage is not None for one in node.fields):
            # A row with a product of its own is done for itself, though others stand under its number.
            yield from _walk(replace(node, children=()), above, shared)
        lead: tuple[Node, ...] = ()
        slipped = _slipped(children)
        for index, child in enumerate(children):
            if _is_lead_in(child, children[index + 1] if index + 1 < len(children) else None):
                lead = (child,)
                continue
            if index == slipped:
                lead = (children[index - 1],)
            elif child.children:
                lead = ()
            yield from _walk(child, (*above, node, *lead), shared)
        return
    leaf = _leaf(node, above, shared)
    if leaf is not None:
        yield replace(leaf, lines=own)


def _is_lead_in(child: Node, following: Node | None) -> bool:
    """A bullet that ends in a colon and has the next bullets under it, although they carry the same mark."""
    return bool(
        not child.children
        and not child.fields
        and child.body is None
        and child.title
        and child.title.text.rstrip().endswith(":")
        and following
        and following.style == child.style
        and child.ordinal is not None
    )


def _slipped(children: Sequence[Node]) -> int | None:
    """The one bullet among lead-ins of its own mark: it belongs to the one above it."""
    if any(one.fields for one in children):
        return None
    plain = [
        index
        for index, one in enumerate(children)
        if not (one.children and one.title and one.title.text.rstrip().endswith(":"))
    ]
    if len(plain) != 1 or plain[0] == 0 or len(children) < 3:
        return None
    child = children[plain[0]]
    alike = child.style == children[plain[0] - 1].style
    return plain[0] if alike and not child.children and child.ordinal is not None else None


def _leaf(node: Node, above: tuple[Node, ...], shared: tuple[Passage, ...]) -> Leaf | None:
    kind = node.kind
    if node.style in ("table", "section"):
        return None
    if node.fields and node.title is not None:
        return Leaf(
            node, node.title, kind is SectionKind.OBJECTIVE, node.number, node.ordinal, above, shared, None, kind
        )
    if kind not in TASK_KINDS and kind is not SectionKind.OBJECTIVE and kind is not SectionKind.FUNDING:
        return None
    text, heading = _order(node)
    if text is None or (heading is None and text.text.isupper()):  # a heading whose content is a table
        return None
    folded = fold(text.text)
    if _rule("formula").search(folded):
        return None
    if kind is None and heading is None and _rule("no_order").match(folded):
        return None
    if node.style in ("dieu", "paragraph") and not _orders(node, text.text, folded):
        return None
    if (kind is None and kind_of_money(folded)) or _rule("money_alone").match(folded):
        kind = SectionKind.FUNDING
    if kind is SectionKind.FUNDING and not _rule("funding_order").search(folded):
        return None
    topic, text = _topic(text, kind)
    chain = above + ((node,) if heading is not None else ())
    return Leaf(node, text, kind is SectionKind.OBJECTIVE, node.number, node.ordinal, chain, shared, topic, kind)


def _orders(node: Node, text: str, folded: str) -> bool:
    """Whether an article or a paragraph, which is none of the formulas, orders work; an article also by who acts."""
    if node.style == "dieu" and _rule("article_formula").search(folded):
        return False
    if _rule("article_order").search(folded):
        return True
    return node.style == "dieu" and any(one.start == 0 for one in find(spelled_out(text)))


def kind_of_money(folded: str) -> bool:
    """Tell whether a sentence without a section is about funding."""
    return bool(_rule("money").match(folded))


def _order(node: Node) -> tuple[Passage | None, Passage | None]:
    """The order of a leaf, and its heading where that stands on a line of its own."""
    if node.body is not None:
        return node.body, node.title
    return node.title, None


def _topic(text: Passage, kind: SectionKind | None) -> tuple[Passage | None, Passage]:
    """A kind of institution in front of a colon is a heading in the item's line: "Bảo tàng: Nâng cao …"."""
    match = _rule("topic").match(fold(text.text))
    if match and kind is not SectionKind.ORGANISATION and match.end() < len(text.text):
        return text.cut(0, match.end()), text.cut(match.end())
    return None, text
