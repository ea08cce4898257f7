"""Orders that stand in paragraphs without marks under one number: one element for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from pipeline.document import Node, Passage
from pipeline.extract.agencies.mentions import find
from pipeline.extract.clauses.list_marks import list_marks, marks_behind
from pipeline.extract.items.actors import is_asked, names_actor, only_calls, only_names
from pipeline.extract.items.openings import acts, begins_order, rule
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.agencies import names
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence, sentences
from pipeline.schema import SectionKind

_AIM = re.compile(r"(?<!năm )(?<!tháng )(?<!ngày )(?<![\d.,/-])\d[\d.,]*(?: ?%| +[^\W\d_])")  # a figure of something
_FIGURE = re.compile(r"\([^()]*\d")  # in brackets behind a name: what that body gets or gives
HEADING = 250  # characters: a sentence that stands as the heading of paragraphs is no longer
_BRACKETED = ("bracket", "bracket_roman")
_OF_WORK = (SectionKind.TASK, SectionKind.ORGANISATION, SectionKind.REPORTING, None)
_OF_ITEMS = (*_OF_WORK[:3], SectionKind.OBJECTIVE)
WHO_DOES_WHAT = (SectionKind.ORGANISATION, SectionKind.REPORTING, SectionKind.FUNDING)


def names_alone(node: Node, behind: str = "behind_actor") -> bool:
    """Whether a bullet names bodies and, in brackets, for what; what else it says is of the list `behind`."""
    if node.title is None or node.children or node.body is not None:
        return False
    return only_names(node.title.text, behind)


def with_members(node: Node, children: Sequence[Node]) -> Node:
    """An order with the bodies it goes to, where nothing else stands below it: "Các cơ quan sau đây chủ trì …:"."""
    said = node.body or node.title
    if node.fields or said is None or not said.text.rstrip().endswith(":") or not all(map(names_alone, children)):
        return node
    if any(_FIGURE.search(child.title.text) for child in children if child.title is not None):
        return node
    for at, child in enumerate(children):
        assert child.title is not None
        name = child.title.cut(0, len(child.title.text.rstrip(" ;,.")))
        said = said.joined(name, "; " if at else " ")
    return replace(node, children=(), title=said) if node.body is None else replace(node, children=(), body=said)


def has_heading(node: Node) -> bool:
    """Whether an element's own sentence names nobody, and a paragraph that begins with who acts follows it."""
    return _may_head(node) and names_actor(node.paragraphs[1].text)


def is_titled(node: Node) -> bool:
    """Whether a leaf has a heading above its order, on a line of its own or as a sentence of its own."""
    return has_heading(node) or not node.children and node.title is not None and node.body is not None


def orders(node: Node, titled: bool) -> Iterator[Node]:
    """The elements that a leaf is: itself, or one for each of its paragraphs that orders something of its own.

    Paragraphs are orders of their own under a heading that says who acts, and where a section says who does what
    those that begin with who acts.

    Args:
        node: the leaf.
        titled: siblings have headings, so that its first sentence is its heading too where that names nobody.
    """
    if (parted := _counted(node) or _quoted(node) or _run_in(node) or _remedies(node) or _of_periods(node)) is not None:
        yield from parted
        return
    node = _without_call(node)
    paragraphs = node.paragraphs
    heading = node.title if node.body is not None else None
    if heading is None and _may_head(node) and (titled or _each_acts(paragraphs[0], paragraphs[1:])):
        heading, paragraphs = paragraphs[0], paragraphs[1:]
    if heading is None and node.body is None and not node.fields:
        yield from _asking(node)
        return
    if heading is None or not paragraphs or node.fields:
        yield node
        return
    whole = replace(node, title=heading, body=joined(paragraphs), paragraphs=())
    acting = _each_acts(heading, paragraphs) or not (_is_of_clauses(node) or ends_sentence(heading.text))
    groups = _of_deeds(node, heading) or list(_groups(paragraphs, heading, node.kind, acts=acting))
    if len(groups) == 1:
        yield whole
        return
    if len(groups[0]) > 1 and groups[0][0].text.rstrip().endswith(":"):  # it announces them all
        groups[0] = groups[0][1:]
    for index, group in enumerate(groups, 1):
        yield replace(whole, body=joined(group), ordinal=node.ordinal or index)


def _of_deeds(node: Node, heading: Passage) -> list[tuple[Passage, ...]]:
    """Paragraphs below a topic that each order something: whole sentences that begin with what is to be done.

    None where one tells something else; what only goes on with the order before it belongs to that.
    """
    one, said = node.paragraphs, heading.text.rstrip().removesuffix(":")
    told = ends_sentence(said) or rule("names_things").search(fold(heading.text))
    if told or node.title is not heading or node.kind not in (*_OF_ITEMS, None) or node.style == "dieu":
        return []
    starts = [at for at in range(len(one)) if not rule("goes_with").match(fold(one[at].text))]
    if len(starts) < 2 or starts[0] or not all(ends_sentence(said.text) for said in one):
        return []
    aims = node.kind is SectionKind.OBJECTIVE
    own = [begins_order(one[at].text) or (_aims if aims else names_actor)(one[at].text) for at in starts]
    if own.count(True) < 2 or not all(does or _obliges(one[at].text) for does, at in zip(own, starts, strict=True)):
        return []
    return [one[start:end] for start, end in pairwise([*starts, len(one)])]


def _aims(text: str) -> bool:
    """Whether a sentence below aims says how much is to be reached."""
    return bool(_AIM.search(fold(text)))


def _obliges(text: str) -> bool:
    """Whether a sentence says what must be, whoever does it: "Tại nơi đông người phải treo biển …"."""
    return bool(rule("obliges").search(fold(text)))


def _each_acts(heading: Passage, paragraphs: Sequence[Passage]) -> bool:
    """Whether several paragraphs each say who acts, below words that are no sentence."""
    said = all(names_actor(one.text) and ends_sentence(one.text) for one in paragraphs)
    return said and len(paragraphs) > 1 and not ends_sentence(heading.text)


def _without_call(node: Node) -> Node:
    """The last item of a document that annexes follow, without the paragraph that calls for carrying it all out."""
    one = node.paragraphs
    if len(one) < 2 or not one[-1].text.rstrip().endswith("./.") or not only_calls(one[-1].text):
        return node
    rest = joined(one[:-1])
    node = replace(node, paragraphs=one[:-1])
    return replace(node, title=rest) if node.body is None else replace(node, body=rest)


def _counted(node: Node) -> list[Node] | None:
    """A leaf that its own words count, without them: "Giai đoạn 2 (năm 2026): …", "Bước 1: …", "Một là, …"."""
    if node.title is None or node.style not in ("stage", "step", "named", "ordinal") or node.body is not None:
        return None
    match = rule("ordinal" if node.style == "ordinal" else "stage").match(fold(node.title.text))
    if match is None:
        return None
    heading = None if node.style == "ordinal" else node.title.cut(0, match.end())
    return [replace(node, title=heading, body=node.title.cut(match.end()), paragraphs=())]


def _quoted(node: Node) -> list[Node] | None:
    """The new order that an item puts in the place of another's: "Sửa đổi khoản 2 như sau: “2. Sở Y tế …”"."""
    whole = _whole(node)
    match = rule("amendment").match(fold(whole.text)) if whole is not None else None
    if whole is None or match is None or node.fields:
        return None
    end = len(whole.text.rstrip(' .;”"')) + 1  # with the full stop of the order
    order = whole.cut(match.end(), end if whole.text[end - 1 : end] in (".", ";") else end - 1)
    return [replace(node, title=whole.cut(0, match.end()), body=order, paragraphs=())]


def _run_in(node: Node) -> list[Node] | None:
    """The items that stand in one line: "2. Văn phòng: (1) Chủ trì …; (2) …", "1. Làm ngay: (i) Sở Y tế …; (ii) …".

    Before them stands who acts, or each begins with who acts, or with what is to be done behind a colon.
    """
    whole = _whole(node)
    if whole is not None and not node.fields and (parted := _going_on(node, whole)) is not None:
        return parted
    if whole is None or node.fields or (marks := list_marks(whole.text)) is None:
        return None
    lead = whole.text[: marks[0].start()].rstrip()
    ends = [one.start() for one in marks[1:]] + [len(whole.text)]
    said = [whole.text[one.end() : end] for one, end in zip(marks, ends, strict=True)]
    each = (not lead or lead.endswith((":", "."))) and all(names_actor(one) and not only_names(one) for one in said)
    if not each and not _heads(lead) and not (node.kind in _OF_WORK and _announces_deeds(lead, said)):
        return None
    own = own_order(lead)
    before = [replace(node, title=whole.cut(0, own), body=None, paragraphs=())] if own else []
    return before + [
        replace(
            node,
            number=".".join(filter(None, (node.number, one["label"]))) or None,
            ordinal=None if one["label"] else index,
            title=whole.cut(own, marks[0].start()) if lead else None,
            body=whole.cut(one.end(), end),
            paragraphs=(),
        )
        for index, (one, end) in enumerate(zip(marks, ends, strict=True), 1)
    ]


def _going_on(node: Node, whole: Passage) -> list[Node] | None:
    """An item and those behind it in its line that go on counting: "(i) Rà soát …; (ii) Tổ chức …"."""
    above, _, own = (node.number or "").rpartition(".")
    marks = marks_behind(own, whole.text) if node.style in _BRACKETED else []
    if not marks:
        return None
    labels = [own, *(one["label"] for one in marks)]
    starts, ends = [0, *(one.end() for one in marks)], [*(one.start() for one in marks), len(whole.text)]
    return [
        replace(
            node, number=".".join(filter(None, (above, label))), title=whole.cut(start, end), body=None, paragraphs=()
        )
        for label, start, end in zip(labels, starts, ends, strict=True)
    ]


def _of_periods(node: Node) -> list[Node] | None:
    """Aims of one period each in paragraphs of their own: "Đến năm 2035: …", "Giai đoạn 2036 - 2045: …"."""
    one = node.paragraphs
    starts = [at for at in range(len(one)) if rule("of_period").match(fold(one[at].text))]
    if node.kind is not SectionKind.OBJECTIVE or node.fields or len(starts) < 2:
        return None
    heading = node.title if node.body is not None else None
    if heading is None and starts[0] and not ends_sentence(one[0].text):
        heading, one, starts = one[0], one[1:], [at - 1 for at in starts]
    said = [joined(one[start:end]) for start, end in pairwise([*([0] if starts[0] else []), *starts, len(one)])]
    return [
        replace(
            node,
            title=heading or words,
            body=words if heading else None,
            paragraphs=(),
            ordinal=node.ordinal or index,
        )
        for index, words in enumerate(said, 1)
    ]


def _announces_deeds(lead: str, said: Sequence[str]) -> bool:
    """Whether the words before a list in a line announce what is to be done, and most of it, the first too, is that."""
    announces = lead.endswith(":") and not rule("names_things").search(fold(lead))
    return announces and said[0][:1].isupper() and acts(said[0]) and 2 * sum(map(acts, said)) > len(said)


def _heads(lead: str) -> bool:
    """Whether what stands before a list is the name of who acts: "2. Văn phòng:", "Giao Sở Y tế có trách nhiệm:"."""
    named = find(spelled_out(lead)) if lead.endswith(":") else []
    if not named or not rule("before_actor").match(fold(lead[: named[0].start])):
        return False
    return bool(rule("behind_actor").fullmatch(fold(lead[named[-1].end :]).strip(" :")))


def _remedies(node: Node) -> list[Node] | None:
    """The orders that stand among faults behind what says so: "Giải pháp khắc phục: Giao Sở Y tế …"."""
    if node.kind is not SectionKind.OTHER or node.fields:
        return None
    out: list[Node] = []
    for one in node.paragraphs or tuple(filter(None, (node.body or node.title,))):
        found = rule("remedy").search(fold(one.text))
        if found and (is_asked(one.text[found.end() :]) or names_actor(one.text[found.end() :])):
            title, body = one.cut(found.start("label"), found.end()), one.cut(found.end())
            kind = SectionKind.TASK
            out.append(
                replace(node, title=title, body=body, paragraphs=(), kind=kind, ordinal=node.ordinal or len(out) + 1)
            )
    return out or None


def _whole(node: Node) -> Passage | None:
    """All that a leaf says; None where a heading stands on a line of its own."""
    if node.title is None or node.body is None:
        return node.title or node.body
    lead_in = node.title.text.rstrip().endswith(":")
    return node.title + node.body if lead_in else None


def _may_head(node: Node) -> bool:
    one = node.paragraphs
    return node.body is None and len(one) > 1 and len(one[0].text) <= HEADING and not names_actor(one[0].text)


def _groups(
    paragraphs: tuple[Passage, ...], heading: Passage, kind: SectionKind | None, *, acts: bool
) -> Iterator[tuple[Passage, ...]]:
    """The paragraphs, those together that make one order; `acts`: those that begin with who acts are such anywhere."""
    by_heading = _is_of_people(heading.text) or names_actor(heading.text[_of_whom(heading.text) :])
    says_who = by_heading or kind in WHO_DOES_WHAT or acts and names_actor(paragraphs[0].text)
    if not says_who and not is_asked(paragraphs[0].text):
        yield paragraphs
        return
    start, labelled = 0, False
    for at in range(1, len(paragraphs)):
        text = paragraphs[at].text
        labelled = labelled or says_who and bool(rule("labelled").match(fold(text)))
        own = names_actor(text) if says_who else is_asked(text)
        own = own or labelled and not rule("goes_with").match(fold(text))  # "Về tuyên truyền: …", and what follows it
        own = own or by_heading and not rule("goes_with").match(fold(text))
        if own and ends_sentence(paragraphs[at - 1].text):
            yield paragraphs[start:at]
            start = at
    yield paragraphs[start:]


def _asking(node: Node) -> Iterator[Node]:
    """A leaf without a heading: behind who acts, or a bullet, a further paragraph that asks somebody is one of its own.

    So is one that begins with who acts; not among aims, and not in an article, whose clauses are of several paragraphs.
    Behind a bullet those are that all begin with what is to be done.
    """
    one = node.paragraphs
    own = is_asked if _is_of_clauses(node) else _begins_with_actor
    if node.ordinal is not None and node.kind in _OF_WORK and "Điều" not in (node.number or "") and _each_orders(one):
        own = begins_order
    starts = [
        at
        for at in range(1, len(one))
        if ends_sentence(one[at - 1].text) and (own(one[at].text) or is_asked(one[at].text))
    ]
    if not starts or not (node.ordinal is not None or names_actor(one[0].text)):
        yield node
        return
    for index, (start, end) in enumerate(pairwise([0, *starts, len(one)]), 1):
        yield replace(node, title=joined(one[start:end]), paragraphs=(), ordinal=node.ordinal or index)


def _each_orders(paragraphs: Sequence[Passage]) -> bool:
    """Whether several paragraphs each begin with what is to be done: bullets that lost their marks."""
    return len(paragraphs) > 1 and all(begins_order(one.text) and ends_sentence(one.text) for one in paragraphs)


def _is_of_clauses(node: Node) -> bool:
    """Whether the paragraphs of an element belong together, whoever acts in them: of an aim, of an article."""
    return node.kind is SectionKind.OBJECTIVE or (node.number or "").startswith("Điều")


def _begins_with_actor(text: str) -> bool:
    return names_actor(text) and not rule("goes_with").match(fold(text))


def own_order(text: str) -> int:
    """How far the words of an element with a list below it order something themselves; 0 for a title or a lead-in.

    They are several sentences of which one says who acts; a last one that announces the list is none of them.
    """
    folded = fold(text)
    spans = sentences(folded)
    stops = [end for _, end in spans if folded[end : end + 1] == "."]
    if not stops or not text.rstrip().endswith(":") and (len(stops) < 2 or not ends_sentence(text)):
        return 0
    acts = any(names_actor(text[start:end].strip()) for start, end in spans if end <= stops[-1])
    return stops[-1] + 1 if acts else 0


def _of_whom(text: str) -> int:
    """Where the name begins in a heading that says whose orders stand below it: "Đối với Ủy ban nhân dân các xã"."""
    found = rule("of_whom").match(fold(text))
    return found.end() if found else 0


def _is_of_people(text: str) -> bool:
    """Whether a heading says that people act who are no body: "Đối với đội ngũ giáo viên"."""
    start = _of_whom(text)
    return start > 0 and bool(_people().match(fold(text), start))


@cache
def _people() -> re.Pattern[str]:
    known = "|".join((*names().staff, *names().people))
    return re.compile(rf"(?:(?:các|toàn thể|đội ngũ) )*(?:{known})\b")


def joined(paragraphs: tuple[Passage, ...]) -> Passage:
    """Paragraphs as one, in their order."""
    whole = paragraphs[0]
    for one in paragraphs[1:]:
        whole = whole + one
    return whole
