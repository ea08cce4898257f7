"""Leaves of the outline that are tasks or objectives, and what they take over from the headings above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.document import DocumentPart, FieldRole, Node, Outline, Passage
from pipeline.extract.items.actors import (
    asks_itself,
    is_asked,
    names_actor,
    only_calls,
    only_names,
    passes_on,
    told_behind,
)
from pipeline.extract.items.belonging import are_facts, lists_parts
from pipeline.extract.items.openings import acts, begins_order, rule
from pipeline.extract.items.orders import TASK_KINDS, Leaf, leaf_of, titles
from pipeline.extract.items.paragraphs import is_titled, joined, names_alone, orders, own_order, with_members
from pipeline.knowledge.documents import parts
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.schema import SectionKind

_SAID = re.compile(r"(?<=[.;:])\s+")  # between sentences, and behind a label: "Giải pháp: Giao Sở Y tế …"
ATTRIBUTES = 2  # lines of who and by when that an activity has at least
LINES = ("shared", "lent", "result", "aside")  # styles of an element's own lines, which are no items


def leaves(plan: Outline) -> Iterator[Leaf]:
    """The leaves that are tasks or objectives, in reading order."""
    kind = plan.parts[plan.main].head.document_type
    is_report = kind is not None and fold(kind.text) == "báo cáo"
    for part in plan.parts:
        if part.is_form and part is not plan.parts[0]:
            continue
        annex = part is not plan.parts[0] and part.head.document_type is None and not _is_regulation(part)
        opening = part.preamble[-1] if part.preamble and part.preamble[-1].text.rstrip().endswith(":") else None
        if kind is None and opening is not None and rule("opinions_below").search(fold(opening.text)):
            continue
        for node in _orders_of_letter(part.nodes):
            for leaf in _walk(node, (), ()):
                if annex and leaf.kind is None:  # an annex of lists and forms orders nothing
                    continue
                if is_report and leaf.kind is None and not _is_asked_in(leaf):  # it tells what has been done
                    continue
                yield replace(leaf, opening=opening if leaf.kind in (None, SectionKind.TASK) else None)
        for passage in map(_without_formula, part.closing):
            if _closes_with_order(passage.text, tells=is_report or kind is None):
                yield Leaf(None, passage, False, None, None, (), kind=SectionKind.REPORTING)


def _is_regulation(part: DocumentPart) -> bool:
    """Whether an annex is the regulation that a decision issues: it is made of articles."""
    return part.head.attached is not None and any(node.style in ("dieu", "chuong") for node in part.nodes)


def _orders_of_letter(nodes: Sequence[Node]) -> Iterator[Node]:
    """The elements; among paragraphs of which one asks somebody, each that begins with who acts is an order."""
    said = [
        node.body.text if node.style in ("paragraph", "passage") and node.body is not None else "" for node in nodes
    ]
    said = [text if not rule("courtesy").search(fold(text)) else "" for text in said]
    asking = any(map(is_asked, said))
    for node, text in zip(nodes, said, strict=True):
        if node.style == "passage":
            if passes_on(text):
                yield replace(node, style="order")
        else:
            yield replace(node, style="order") if asking and names_actor(text) else node


def _closes_with_order(text: str, tells: bool) -> bool:
    """Whether a closing paragraph asks for a report, or gives somebody an order that does not stand above already.

    Args:
        text: of the paragraph.
        tells: it is of a report or a letter, which reports and hands over itself.
    """
    folded = fold(text)
    if rule("hands_over").search(folded) or tells and rule("hands_itself").search(folded):
        return False
    if rule("will").search(folded) or rule("report").search(folded):
        return True
    asked = is_asked(text) or asks_itself(text) or any(re.match(one, folded) for one in parts().shares_duty)
    if not asked or rule("courtesy").search(folded):
        return False
    return not only_calls(text)


def _is_asked_in(leaf: Leaf) -> bool:
    """Whether what a report tells orders something all the same: a row that says who does it, or "Giao Sở Y tế …"."""
    return bool(leaf.node and leaf.node.fields) or any(map(is_asked, _SAID.split(leaf.text.text)))


def _without_formula(closing: Passage) -> Passage:
    """A closing paragraph without its first sentence where that only says what stands above: "Trên đây là …"."""
    first = rule("closing_formula").match(fold(closing.text))
    return closing.cut(first.end()) if first and first.end() < len(closing.text) else closing


def _walk(node: Node, above: tuple[Node, ...], shared: tuple[Passage, ...], titled: bool = False) -> Iterator[Leaf]:
    """The leaves at and below a node, and those of its lines that order something: "- Kinh phí: Giao Sở Tài chính …".

    Args:
        node: the node.
        above: the headings it stands under, from the top down.
        shared: lines that hold for all items of its list.
        titled: its siblings have sentences as headings of their paragraphs.
    """
    yield from _below(node, above, shared, titled)
    told = [line for line in node.children if node.kind in TASK_KINDS and _is_told(line)]
    for index, line in enumerate(told, 1):
        assert line.body is not None
        at = told_behind(line.body.text)
        label, order = line.body.cut(0, at), line.body.cut(at)
        yield Leaf(line, order, False, node.number, node.ordinal or index, (*above, node), shared, label, node.kind)


def _is_told(line: Node) -> bool:
    """Whether a line about an item orders something of its own."""
    return line.style == "aside" and line.body is not None and told_behind(line.body.text) > 0


def _below(node: Node, above: tuple[Node, ...], shared: tuple[Passage, ...], titled: bool) -> Iterator[Leaf]:
    """The leaves that a node and what stands below it are; the arguments are those of `_walk`."""
    children = [child for child in node.children if child.style not in LINES]
    own, lent, results = (
        tuple(child.body for child in node.children if child.style == style and child.body) for style in LINES[:3]
    )
    if who := _who_alone(node, children):  # the order is the element's, and they say who carries it out
        own += tuple(child.title for child in who if child.title is not None)
        children = [child for child in children if child not in who]
        node = node if children else replace(node, children=(), paragraphs=())
    shared = shared + own + lent
    if children and (lists_parts(node, children) or (node := with_members(node, children)).children == ()):
        node, children = replace(node, children=(), paragraphs=()), []
    asides = tuple(one.body for one in node.children if one.style == "aside" and one.body and not _is_told(one))
    if children and are_facts(node, children):
        for fact in (child.title for child in children if child.title is not None):
            done = rule("done_beside").search(fold(fact.text))  # "…: 5 tỷ đồng, giải ngân 95% trong năm 2026"
            own += (fact.cut(done.start()),) if done else ()
            asides += (fact.cut(0, done.start()) if done else fact,)
        node, children = replace(node, children=(), paragraphs=()), []
    if children:
        yield from _of_itself(node, above, shared, titled, (own, lent, results))
        node = _announcing(node) if _said_above(node) else node
        if members := _members(node, children):
            children = [child for child in children if child not in members]
            shared += tuple(child.title for child in members if child.title is not None)
        lead: tuple[Node, ...] = ()
        titled = sum(map(is_titled, children)) > 1
        timed = sum(map(_is_timed, children))
        agenda = timed > 1
        slipped = _slipped(children)
        for index, child in enumerate(children):
            if agenda and (_is_timed(child) or 2 * timed >= len(children)):
                continue
            if _is_lead_in(child, children[index + 1] if index + 1 < len(children) else None):
                lead = (child,)
                continue
            if index == slipped:
                lead = (children[index - 1],)
            elif child.children:
                lead = ()
            yield from _walk(child, (*above, node, *lead), shared, titled)
        return
    for one in orders(node, titled):
        leaf = leaf_of(one, above, shared)
        if leaf is not None:
            yield replace(leaf, lines=own, lent=lent, results=results, asides=asides, element=node)


def _of_itself(
    node: Node,
    above: tuple[Node, ...],
    shared: tuple[Passage, ...],
    titled: bool,
    lines: tuple[tuple[Passage, ...], ...],
) -> Iterator[Leaf]:
    """What an element with a list below it is itself: a row with a product, an aim with a figure, an own order."""
    if any(one.role is FieldRole.RESULT and one.passage is not None for one in node.fields):
        # A row with a product of its own is done for itself, though others stand under its number.
        yield from _walk(replace(node, children=()), above, shared)
    aim = leaf_of(replace(node, children=()), above, shared) if node.kind is SectionKind.OBJECTIVE else None
    if aim is not None and not node.fields and any(map(str.isdigit, aim.text.text)):
        yield replace(aim, element=node, holds=True)
    if said := _said_above(node):
        whole = joined(said)
        one = replace(node, children=(), paragraphs=said)
        one = replace(one, title=whole) if node.body is None else replace(one, body=whole)
        yield from _walk(one, above, shared, titled)
    elif _is_activity(node, lines[0]):
        leaf = leaf_of(replace(node, children=(), paragraphs=()), above, shared)
        if leaf is not None:
            yield replace(leaf, lines=lines[0], lent=lines[1], results=lines[2], element=node)


def _said_above(node: Node) -> tuple[Passage, ...]:
    """The paragraphs of an element with a list below it that order something themselves: whole sentences of who acts.

    One alone does where it is of several sentences, and no title; below who acts each that says what is to be done.
    """
    if node.fields or node.kind not in TASK_KINDS:
        return ()
    if node.body is None and len(node.paragraphs) < 2:
        end = own_order(node.title.text) if node.title is not None else 0
        return (node.title.cut(0, end),) if node.title is not None and end else ()
    own = node.title is not None and node.body is not None and only_names(node.title.text)
    said = [one for one in node.paragraphs if names_actor(one.text) or (begins_order if own else acts)(one.text)]
    if not own and not any(names_actor(one.text) for one in said):
        return ()
    return tuple(one for one in said if ends_sentence(one.text))


def _is_activity(node: Node, own: Sequence[Passage]) -> bool:
    """Whether an element with lines of who and by when is an order, though bullets say how; a title has more lines.

    Where one of the bullets orders something itself, it is the heading of their list.
    """
    said = node.title
    if node.fields or node.body is not None or said is None or node.kind not in TASK_KINDS or len(own) < ATTRIBUTES:
        return False
    below = [one.title.text for one in node.children if one.style not in LINES and one.title is not None]
    if any(names_actor(one) or begins_order(one) and not rule("how").match(fold(one)) for one in below):
        return False
    whole = ends_sentence(said.text) or len(own) > ATTRIBUTES
    return whole and (begins_order(said.text) or names_actor(said.text))


def _announcing(node: Node) -> Node:
    """An element of which the last words alone speak for its list, which they announce behind an order of its own."""
    if node.body is not None or node.title is None or not node.title.text.rstrip().endswith(":"):
        return node
    if len(node.paragraphs) > 1:
        return replace(node, title=node.paragraphs[-1])
    return replace(node, title=node.title.cut(own_order(node.title.text)))


def _who_alone(node: Node, children: Sequence[Node]) -> list[Node]:
    """The items below an order that only say who carries it out: "Mở 05 lớp", "- Sở Y tế chủ trì"."""
    text = node.title.text.rstrip() if node.title is not None else ""
    if node.body is not None or node.fields or node.kind not in TASK_KINDS or text.isupper() or text.endswith(":"):
        return []
    if not text or names_actor(text) or any(pattern.search(fold(text)) for pattern, _ in titles()):
        return []
    marked = [child for child in children if child.ordinal is not None]
    bullets = [child for child in marked if names_alone(child, "who_alone")]
    rest = [child for child in children if child not in bullets]
    if len(rest) == 1 and rest[0] in marked and names_alone(_without_time(rest[0]), "who_alone"):
        bullets, rest = [*bullets, *rest], []  # nothing but who and, once, by when
    if any(child.title is not None and names_actor(child.title.text) for child in rest):
        return []  # orders of their own, which others would not reach
    return [child for child in bullets if child.title is not None and not child.title.text.rstrip().endswith(":")]


def _without_time(node: Node) -> Node:
    """A bullet without the words at its end that say by when."""
    found = rule("by_when").search(fold(node.title.text)) if node.title is not None else None
    return replace(node, title=node.title.cut(0, found.start())) if node.title is not None and found else node


def _members(node: Node, children: Sequence[Node]) -> list[Node]:
    """The bodies that a heading gathers above its items: "Giao các sở gồm:", "- Sở Y tế (đối với thuốc);", "a) …"."""
    said = node.body or node.title
    text = said.text if said is not None else ""
    if node.fields or not rule("gathers").search(fold(text)):
        return []
    members = [child for child in children if child.ordinal is not None and names_alone(child)]
    return members if len(members) > 1 and len(members) < len(children) else []


def _is_timed(node: Node) -> bool:
    """Whether an element begins with a time of day: several such are entries of an agenda."""
    return node.title is not None and not node.fields and bool(rule("agenda").match(fold(node.title.text)))


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
