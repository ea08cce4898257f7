"""Leaves of the outline that are tasks or objectives, and what they take over from the headings above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.document import DocumentPart, FieldRole, Node, Outline, Passage
from pipeline.extract.agencies.mentions import find
from pipeline.extract.paragraphs import (
    acts,
    asks_itself,
    is_asked,
    is_titled,
    joined,
    names_actor,
    names_alone,
    only_calls,
    orders,
    own_order,
    passes_on,
    rule,
    with_members,
)
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.agencies import posts
from pipeline.knowledge.documents import section_titles
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence, sentences
from pipeline.schema import SectionKind

TASK_KINDS = frozenset({SectionKind.TASK, SectionKind.ORGANISATION, SectionKind.REPORTING, None})
_SAID = re.compile(r"(?<=[.;:])\s+")  # between sentences, and behind a label: "Giải pháp: Giao Sở Y tế …"
LINES = ("shared", "lent", "result", "aside")  # styles of an element's own lines, which are no items
ITEM_KINDS = TASK_KINDS | {SectionKind.OBJECTIVE, SectionKind.FUNDING}


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
    lent: tuple[Passage, ...] = ()  # lines of the last item of its list, which may hold for it
    results: tuple[Passage, ...] = ()  # its own lines that say what comes out
    asides: tuple[Passage, ...] = ()  # its own lines that say where, with whom, how
    element: Node | None = None  # of the outline, of which the item is all or a part
    holds: bool = False  # other aims stand below it: it is one where it states a figure of its own
    opening: Passage | None = None  # the paragraph before all items, where it announces them

    @property
    def result(self) -> str | None:
        """What its lines say comes out of it, less their labels ("Sản phẩm: …"); None where no line says."""
        said = [passage.text.partition(":")[2].strip() for passage in self.results]
        return "; ".join(filter(None, said)) or None


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
    if not (is_asked(text) or asks_itself(text)) or rule("courtesy").search(folded):
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
    """The leaves at and below a node; `titled`: its siblings have sentences as headings of their paragraphs."""
    children = [child for child in node.children if child.style not in LINES]
    own, lent, results, asides = (
        tuple(child.body for child in node.children if child.style == style and child.body) for style in LINES
    )
    if who := _who_alone(node, children):  # the order is the element's, and they say who carries it out
        own += tuple(child.title for child in who if child.title is not None)
        children = [child for child in children if child not in who]
        node = node if children else replace(node, children=(), paragraphs=())
    shared = shared + own + lent
    if children and (_lists_parts(node, children) or (node := with_members(node, children)).children == ()):
        node, children = replace(node, children=(), paragraphs=()), []
    if children:
        if any(one.role is FieldRole.RESULT and one.passage is not None for one in node.fields):
            # A row with a product of its own is done for itself, though others stand under its number.
            yield from _walk(replace(node, children=()), above, shared)
        aim = _leaf(replace(node, children=()), above, shared) if node.kind is SectionKind.OBJECTIVE else None
        if aim is not None and not node.fields and any(map(str.isdigit, aim.text.text)):
            yield replace(aim, element=node, holds=True)
        said = _said_above(node)
        if said:  # an order of its own above its list
            whole = joined(said)
            one = replace(node, children=(), paragraphs=said)
            one = replace(one, title=whole) if node.body is None else replace(one, body=whole)
            yield from _walk(one, above, shared, titled)
        node = _announcing(node) if said else node
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
        leaf = _leaf(one, above, shared)
        if leaf is not None:
            yield replace(leaf, lines=own, lent=lent, results=results, asides=asides, element=node)


def _said_above(node: Node) -> tuple[Passage, ...]:
    """The paragraphs of an element with a list below it that order something themselves: whole sentences of who acts.

    One alone does where it is of several sentences, and no title.
    """
    if node.fields or node.kind not in TASK_KINDS:
        return ()
    if node.body is None and len(node.paragraphs) < 2:
        end = own_order(node.title.text) if node.title is not None else 0
        return (node.title.cut(0, end),) if node.title is not None and end else ()
    return tuple(one for one in node.paragraphs if names_actor(one.text) and ends_sentence(one.text))


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
    if not text or names_actor(text) or any(pattern.search(fold(text)) for pattern, _ in _titles()):
        return []
    bullets = [child for child in children if child.ordinal is not None and names_alone(child, "who_alone")]
    return [child for child in bullets if child.title is not None and not child.title.text.rstrip().endswith(":")]


def _members(node: Node, children: Sequence[Node]) -> list[Node]:
    """The bodies that a heading gathers above its items: "Giao các sở gồm:", "- Sở Y tế (đối với thuốc);", "a) …"."""
    said = node.body or node.title
    text = said.text if said is not None else ""
    if node.fields or not rule("gathers").search(fold(text)):
        return []
    members = [child for child in children if child.ordinal is not None and names_alone(child)]
    return members if len(members) > 1 and len(members) < len(children) else []


def _lists_parts(node: Node, children: Sequence[Node]) -> bool:
    """Whether an order has below it only what belongs to its object: "Lập hồ sơ, bao gồm:", "- Đơn đề nghị;"."""
    text = fold(node.title.text) if node.title is not None else ""
    if node.body is not None or node.fields or not (rule("parts").search(text) and acts(text)):
        return False
    said = [child.title.text for child in children if child.title is not None and not child.children]
    return len(said) == len(children) and not any(acts(one) or names_actor(one) for one in said)


def _only_tells(folded: str, above: Sequence[Node]) -> bool:
    """Whether an item orders nothing: what was or is, or what a word means where others of its list say so too."""
    if rule("meaning").match(folded):
        said = [fold(one.title.text) for node in above[-2:] for one in node.children if one.title is not None]
        return sum(bool(rule("meaning").match(one)) for one in said) > 1
    return bool(rule("no_order").match(folded) or rule("described").match(folded))


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


def _leaf(node: Node, above: tuple[Node, ...], shared: tuple[Passage, ...]) -> Leaf | None:
    kind = node.kind
    if node.style in ("table", "section"):
        return None
    if node.fields and node.title is not None:
        return Leaf(
            node, node.title, kind is SectionKind.OBJECTIVE, node.number, node.ordinal, above, shared, None, kind
        )
    text, heading = _order(node)
    if text is None or (heading is None and text.text.isupper()):  # a heading whose content is a table
        return None
    kind = _announced_kind(above) or kind
    if kind not in ITEM_KINDS:
        if not (_may_order(node, above) and names_actor(text.text)):
            return None
        kind = SectionKind.TASK
    folded = fold(text.text)
    if rule("formula").search(folded) or is_member(folded):
        return None
    if kind in (None, SectionKind.TASK) and heading is None and _only_tells(folded, above):
        return None
    if node.style in ("dieu", "paragraph") and not _orders(node, text.text, folded):
        return None
    if (kind is None and kind_of_money(folded)) or rule("money_alone").match(folded):
        kind = SectionKind.FUNDING
    if kind is SectionKind.FUNDING and not rule("funding_order").search(folded):
        return None
    reason = rule("reason").match(folded) if kind is not SectionKind.ORGANISATION else None
    if reason and not names_actor(text.text[reason.end() :]):  # "Yêu cầu: Sở Y tế …" asks somebody
        return None
    if kind in (SectionKind.TASK, None) and rule("aim").match(folded):
        kind = SectionKind.OBJECTIVE
    topic, text = _topic(text, kind)
    chain = above + ((node,) if heading is not None else ())
    return Leaf(node, text, kind is SectionKind.OBJECTIVE, node.number, node.ordinal, chain, shared, topic, kind)


def _announced_kind(above: Sequence[Node]) -> SectionKind | None:
    """What the lead-in right above says its list is, whatever the title says; None where it does not say.

    "1. Yêu cầu chung", "Ủy ban nhân dân tỉnh yêu cầu các sở:"; "… phấn đấu đạt các chỉ tiêu sau:".
    """
    said = above[-1].paragraphs[-1:] or (above[-1].body or above[-1].title,) if above else ()
    text = said[0].text.rstrip() if said and said[0] is not None else ""
    if not text.endswith(":") or above[-1].fields:
        return None
    folded = fold(text)
    if rule("aims_below").search(folded):
        return SectionKind.OBJECTIVE
    if rule("reasons_below").match(folded):
        return SectionKind.OTHER
    if above[-1].kind in TASK_KINDS:
        return None
    last = sentences(folded)[-1][0]
    described = above[-1].kind in (SectionKind.PURPOSE, SectionKind.REQUIREMENT)  # how all is to be done is no task
    orders_ = not described and rule("must").search(folded, last) and names_actor(text[last:].strip())
    return SectionKind.TASK if orders_ or passes_on(text[last:]) else None


@cache
def _titles() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """What titles of sections say, from the top: the pattern of each, and whether its items may order something."""
    return tuple((re.compile("|".join(one.patterns)), one.orders) for one in section_titles())


def _may_order(node: Node, above: tuple[Node, ...]) -> bool:
    """Whether a section that describes something may order something too: by the nearest title that says its kind."""
    if node.kind is SectionKind.REQUIREMENT and not any(one.kind in (SectionKind.TASK, None) for one in above):
        return False
    for one in reversed(above):
        title = fold(one.title.text) if one.title is not None else ""
        for pattern, orders_ in _titles():
            if pattern.search(title):
                return orders_
    return False


def is_member(folded: str) -> bool:
    """Whether an item only names a post, or a person in one, and what it is in a body."""
    return folded.startswith(_posts()) and bool(rule("member").match(folded))


@cache
def _posts() -> tuple[str, ...]:
    return tuple(fold(name) + " " for name in posts())


def _orders(node: Node, text: str, folded: str) -> bool:
    """Whether an article or a paragraph, which is none of the formulas, orders work; an article also by who acts."""
    if node.style == "dieu" and rule("article_formula").search(folded):
        return False
    if rule("article_order").search(folded):
        return True
    return node.style == "dieu" and any(one.start == 0 for one in find(spelled_out(text)))


def kind_of_money(folded: str) -> bool:
    """Tell whether a sentence without a section is about funding."""
    return bool(rule("money").match(folded))


def _order(node: Node) -> tuple[Passage | None, Passage | None]:
    """The order of a leaf, and its heading where that stands on a line of its own."""
    if node.body is not None:
        return node.body, node.title
    return node.title, None


def _topic(text: Passage, kind: SectionKind | None) -> tuple[Passage | None, Passage]:
    """A kind of institution in front of a colon is a heading in the item's line: "Bảo tàng: Nâng cao …"."""
    match = rule("topic").match(fold(text.text))
    if match and kind is not SectionKind.ORGANISATION and match.end() < len(text.text):
        return text.cut(0, match.end()), text.cut(match.end())
    return None, text
