"""What makes an element of the outline an item: its section, its words, and the words that announce its list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.document import Node, Passage
from pipeline.extract.agencies.mentions import find
from pipeline.extract.items.actors import names_actor, passes_on
from pipeline.extract.items.openings import begins_order, behind_name, rule, without_names
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.agencies import begins_actor, posts
from pipeline.knowledge.documents import section_titles
from pipeline.language.folding import fold
from pipeline.language.sentences import sentences
from pipeline.schema import SectionKind

TASK_KINDS = frozenset({SectionKind.TASK, SectionKind.ORGANISATION, SectionKind.REPORTING, None})
FACTS = 3  # lines of a list that state a fact of a project: it is the description of one
NOUN = 4  # words of what did something and has no name: "phong trào đọc sách"
ITEM_KINDS = TASK_KINDS | {SectionKind.OBJECTIVE, SectionKind.FUNDING}
_GATHERED = ("gồm", "bao gồm", "cụ thể")  # words in front of a list, which order nothing


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


def leaf_of(node: Node, above: tuple[Node, ...], shared: tuple[Passage, ...]) -> Leaf | None:
    """The item that an element without others below it is; None where it is none.

    Args:
        node: the element.
        above: the headings it stands under, from the top down.
        shared: lines that hold for all items of its list.
    """
    kind = node.kind
    if node.style in ("table", "section"):
        return None
    if node.body is None and node.title is not None and not node.title.text:  # a number and no words
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
    if rule("formula").search(folded) or is_member(text.text):
        return None
    if kind in (None, SectionKind.TASK) and heading is None and _only_tells(text.text, above):
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
def titles() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """What titles of sections say, from the top: the pattern of each, and whether its items may order something."""
    return tuple((re.compile("|".join(one.patterns)), one.orders) for one in section_titles())


def _may_order(node: Node, above: tuple[Node, ...]) -> bool:
    """Whether a section that describes something may order something too: by the nearest title that says its kind."""
    if node.kind is SectionKind.REQUIREMENT and not any(one.kind in (SectionKind.TASK, None) for one in above):
        return False
    for one in reversed(above):
        title = fold(one.title.text) if one.title is not None else ""
        for pattern, orders_ in titles():
            if pattern.search(title):
                return orders_
    return False


def is_member(text: str) -> bool:
    """Whether an item only names a post, or a person in one, and what it is in a body, in this order or the other."""
    folded = fold(text)
    if seat := rule("seat").match(folded):
        named = f"{folded[seat.end() :]} "
        sits = named.startswith(_posts()) or begins_actor(named)
        rest = [word for word in without_names(text[seat.end() :]).split() if not word[:1].isupper()]
        return sits and bool(rule("sits").fullmatch(fold(" ".join(rest))))
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


def _only_tells(text: str, above: Sequence[Node]) -> bool:
    """Whether an item orders nothing: what was or is, or what a word means where others of its list say so too."""
    folded = fold(text)
    if rule("meaning").match(folded):
        said = [fold(one.title.text) for node in above[-2:] for one in node.children if one.title is not None]
        return sum(bool(rule("meaning").match(one)) for one in said) > 1
    if rule("no_order").match(folded) or rule("described").match(folded) or _tells_of_past(text):
        return True
    if (stated := rule("described_as").match(folded)) and not begins_order(text[stated.end() :].strip()):
        return True
    if _approves(above) or rule("fact_beside").match(folded) and _states_facts(above):
        return not (names_actor(text) or rule("told_to").search(folded))
    return bool(above) and any(allots(said, (text,)) for said in _announcing(above[-1:]))


def _approves(above: Sequence[Node]) -> bool:
    """Whether an article above an item passes a list of projects, or names them, and orders nothing."""
    if not any(one.style == "dieu" for one in above):
        return False
    for words in (fold(one).rstrip() for one in _announcing(above)):
        passed = bool(rule("approved_below").search(words))
        if passed or rule("named_below").search(words):
            parts = [one.strip() for one in words.split(",")[int(passed) :]]
            if not any(begins_order(one) for one in parts if not one.startswith(_GATHERED)):  # "Bổ sung, sửa chữa …"
                return True
    return False


def _states_facts(above: Sequence[Node]) -> bool:
    """Whether the list that an item stands in states what a project is called, whose, where and how large it is."""
    said = [one.title or one.body for one in above[-1].children] if above else []
    return sum(bool(one and rule("fact").match(fold(one.text))) for one in said) >= FACTS


def _announcing(above: Sequence[Node]) -> list[str]:
    """The last words of each element above an item, which announce what stands below it."""
    said = [one.paragraphs[-1:] or tuple(filter(None, (one.body or one.title,))) for one in above]
    return [words[0].text for words in said if words]


def allots(lead_in: str, below: Sequence[str]) -> bool:
    """Whether items below a lead-in that tells of money say how much each gets: "Vốn địa phương là 5 tỷ đồng"."""
    of_money = rule("of_money").search(fold(lead_in).rstrip())
    return bool(of_money) and all(rule("allotted").match(fold(one)) for one in below)


def _tells_of_past(text: str) -> bool:
    """Whether a sentence tells what somebody did in a period: no verb of an order stands between the two."""
    found = rule("past").match(fold(text))
    if found is None:
        return False
    *clauses, last = text[found.start("said") : found.end("said")].split(",")
    if any(_holds_deed(one) or begins_order(behind_name(one)) for one in clauses):
        return False
    rest = without_names(last)
    if rest != last:
        return bool(rule("told_of").fullmatch(fold(rest)))
    return not (_holds_deed(last) or rule("of_others").match(fold(last).strip())) and len(last.split()) <= NOUN


def _holds_deed(text: str) -> bool:
    """Whether words say what is done to what stands behind it: "đầu năm kiểm tra các xã"; a name holds no such."""
    words = text.split()
    return any(words[at].islower() and begins_order(" ".join(words[at:])) for at in range(len(words) - 2))
