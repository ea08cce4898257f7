"""The numbered tree: which element stands under which, and the printed path of each; levels are inferred (lists.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest

from pipeline.document import Node, Passage
from pipeline.knowledge.agencies import begins_actor, begins_agency
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.outline.bodies import names_body, names_who, with_names
from pipeline.outline.elements import (
    OpenNode,
    goes_on,
    is_order,
    is_title,
    line_kind,
    names_agency,
    orders_slogans,
    says_who,
    settle,
)
from pipeline.outline.lists import close_for, close_list, is_behind_list, same_style
from pipeline.outline.numbering import Marker
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.rules import SHORT, is_period, kind_of, pattern, renames, says_deed, says_when
from pipeline.schema import SectionKind

BARE_TITLE = "title"  # the style of an unnumbered heading
# A paragraph in brackets as a whole: "(Đơn vị thực hiện: Sở Y tế; xong trước 30/6)".
_BRACKETED = re.compile(r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])[\s.;]*")

ReadTable = Callable[[int, str | None, SectionKind | None], Node]


def build(
    paragraphs: Sequence[Paragraph], table: ReadTable, number: str | None = None, kind: SectionKind | None = None
) -> tuple[tuple[Node, ...], tuple[Passage, ...]]:
    """Build the tree of the paragraphs of a body.

    Args:
        paragraphs: of the body.
        table: makes the node of a table by its index, the number of the heading it stands under and the kind of that.
        number: of the annex, for tables under no heading.
        kind: of what its own title says the body is about, for elements whose titles do not say.

    Returns:
        The nodes at the top, and the passages before the first of them.
    """
    root = OpenNode(None, None, False, None, among_aims=kind is SectionKind.OBJECTIVE)
    stack = [root]
    loose: list[Passage] = []
    named = with_names(paragraphs)
    for at, (one, below) in enumerate(zip_longest(named, named[1:])):
        if one.sheet is not None:
            _holder(stack).sheets.append(one.sheet)
            continue
        if one.marker is None:
            if not (root.children or one.first.heading_level is not None or is_period(one.passage.text)):
                loose.append(one.passage)
            elif _parts_list(one, stack[-1], below):
                _close_for_title(stack, one, named[at + 1 :])
                _open_title(stack, one)
            else:
                heads = below is not None and below.sheet is not None and names_body(one)
                if not _begins_title(stack, one, named[at + 1 :], heads=heads):
                    _attach(stack, one, who=names_who(one, below))
            continue
        element = OpenNode(one.marker, one.passage if one.passage.text else None, one.heading, one.first.heading_level)
        close_for(stack, element)
        element.among_aims = stack[-1].holds_aims
        stack[-1].children.append(element)
        stack.append(element)
    for child in root.children:
        settle(child)
        child.shared += child.behind
    nodes = tuple(freeze(child, None, kind, index, table) for index, child in ordered(root.children))
    return nodes + tuple(table(sheet, number, None) for sheet in root.sheets), tuple(loose)


def _holder(stack: list[OpenNode]) -> OpenNode:
    """The heading that a table stands under: items that are sentences of their own are done where it begins."""
    while len(stack) > 1 and not _may_hold(stack[-1]):
        stack.pop()
    return stack[-1]


def _may_hold(element: OpenNode) -> bool:
    if element.marker is not None and element.marker.is_bullet:
        return False
    return element.lead_in or (element.body is None and is_title(element))


def _attach(stack: list[OpenNode], one: Paragraph, *, who: bool) -> None:
    """An unmarked paragraph: the order under a heading, a further paragraph of an item, or a shared line.

    Args:
        stack: the open elements, outermost first.
        one: the paragraph.
        who: it is the name of a body at the end of an order.
    """
    top = stack[-1]
    aside = bool(_BRACKETED.fullmatch(one.passage.text)) and is_order(top) and not top.children and is_title(top)
    if top.body is None and top.heading is not None and (aside or goes_on(top.heading, one.passage)):
        top.heading = top.heading + one.passage
        return
    order = _order_below_table(one.passage) if top.sheets else None
    if order is not None or top.marker is None and top.sheets:
        top.children.append(OpenNode(None, order or one.passage, False, None, among_aims=top.holds_aims))
        return
    who = who and not names_agency(top)
    if top.marker is not None and is_order(top) and not top.children and (who or says_when(one.passage.text)):
        (top.shared if who else top.timed).append(one.passage)
        return
    line = line_kind(one.passage, top.holds_aims)
    if line and len(stack) > 2 and (top.own_line or not is_title(top) or is_order(top)):
        if _is_bare(top):  # behind the last of the parts of an activity, of which none has a number
            top = stack[-2]
        if line == "shared_lines":
            (top.behind if top is stack[-1] and not top.own_line else top.shared).append(one.passage)
        else:
            (top.results if line == "result_lines" else top.asides).append(one.passage)
        return
    if top.body is None and top.heading is not None and not is_title(top) and not top.paragraphs:
        top.paragraphs.append(top.heading)
    top.paragraphs.append(one.passage)
    if top.body is None and is_title(top):
        top.body, top.own_line = one.passage, True
    elif top.body is not None:
        top.body = top.body + one.passage
    elif top.heading is not None:
        top.heading = top.heading + one.passage
    else:
        top.body = one.passage


def _begins_title(stack: list[OpenNode], one: Paragraph, below: Sequence[Paragraph], *, heads: bool) -> bool:
    """Take a paragraph that is a title, a line of one, or stands beside what is open; `heads`: it heads a table."""
    if _goes_on_title(stack[-1], one):
        assert stack[-1].heading is not None
        stack[-1].heading += one.passage
        return True
    level, numbered = one.first.heading_level, any(open_.marker is not None for open_ in stack)
    if level is not None and _is_heading(one) and numbered:
        while len(stack) > 1 and (stack[-1].level_mark or level) >= level:
            stack.pop()
        _open_title(stack, one)
        return True
    period = _is_period_title(one, stack)
    if period or (heads or _is_bare_title(one, stack)) and numbered:
        marker = below[0].marker if below else None
        if marker is None or marker.value != 1 or not close_list(stack, marker):
            _close_for_title(stack, one)
        while period and stack[-1].marker is not None and not _may_hold(stack[-1]):
            stack.pop()  # the last order of the time before
        _open_title(stack, one)
        return True
    if is_behind_list(stack, one):
        stack.pop()
        beside = OpenNode(None, one.passage, False, None, among_aims=stack[-1].holds_aims)
        stack[-1].children.append(beside)
        return True
    return False


def _open_title(stack: list[OpenNode], one: Paragraph) -> None:
    """Open an element for a title that has no number."""
    element = OpenNode(None, one.passage, one.heading, one.first.heading_level, among_aims=stack[-1].holds_aims)
    stack[-1].children.append(element)
    stack.append(element)


def _close_for_title(stack: list[OpenNode], title: Paragraph, below: Sequence[Paragraph] = ()) -> None:
    """Close what a title without a number does not stand under: bullets, such titles, and whole orders.

    Args:
        stack: the open elements, outermost first.
        title: the title; what ends in a colon belongs to the order above it, "Nội dung báo cáo:".
        below: what follows it; a title in capitals stands beside the list that goes on there, or above all else.
    """
    capitals = bool(below) and in_capitals(title.passage.text)
    marker = next((one.marker for one in below if one.marker is not None), None)
    if capitals and marker is not None and not marker.is_bullet and close_list(stack, marker):
        return
    while len(stack) > 1:
        top = stack[-1].marker
        whole = not title.passage.text.rstrip().endswith(":") and _is_whole(stack[-1])
        if not (top is None or top.is_bullet or (not top.names_part if capitals else whole)):
            return
        stack.pop()


def _parts_list(one: Paragraph, top: OpenNode, below: Paragraph | None) -> bool:
    """Whether an unmarked paragraph behind a whole item begins something else, not the rest of that item.

    It is a title in capitals, or it announces the bullets below it, which are marked as the one above it is.
    """
    text = one.passage.text.rstrip()
    said = top.body or top.heading
    if top.marker is None or said is None or not said.text.rstrip().endswith((".", ";", ".”", '."')):
        return False
    if in_capitals(text):
        return not ends_sentence(text) and TITLE[0] <= len(text.split()) <= TITLE[1]
    marker = below.marker if below is not None else None
    bullets = marker is not None and marker.is_bullet and same_style(top.marker, marker)
    return bullets and text.endswith(":") and text[:1].isupper()


def _goes_on_title(top: OpenNode, one: Paragraph) -> bool:
    """Whether a title in capitals, which has no number, goes on in a further line."""
    plain = top.marker is None and top.heading is not None and top.body is None and not (top.children or top.sheets)
    return plain and top.heading is not None and all(map(in_capitals, (top.heading.text, one.passage.text)))


def _is_whole(element: OpenNode) -> bool:
    """Whether a numbered item is a sentence of its own with nothing below it: a title behind it is not its own."""
    if element.heading is None or element.children or element.lead_in or element.bold or element.level_mark is not None:
        return False
    return element.body is None and ends_sentence(element.heading.text) and kind_of(element.heading.text) is None


def _order_below_table(said: Passage) -> Passage | None:
    """An order below a table, less the label of a note: "Ghi chú: Sở Y tế gửi danh sách trước ngày 15/3"."""
    label = pattern("notes").match(fold(said.text))
    order = said.cut(label.end()) if label else said
    return order if ends_sentence(order.text) and begins_actor(order.text) and says_deed(order.text) else None


def _is_bare_title(one: Paragraph, stack: Sequence[OpenNode]) -> bool:
    """An unnumbered line that is only a title: of a known kind, "Mục tiêu:", behind such, "Học phí:", or "Sở Y tế:"."""
    text = one.passage.text.rstrip()
    words = len(text.split())
    if kind_of(text) is None:
        said = begins_agency(text) and stack[-1].marker is not None and stack[-1].marker.is_bullet
        if not (text.endswith(":") and words <= LABEL and (said or any(map(_is_bare, stack[1:])))):
            return False
    if not text[0].isupper():
        return False
    if text.endswith(":"):
        return words <= 10
    alone = ":" not in text and not ends_sentence(text) and _is_over(stack[-1])
    return words <= SHORT and (one.first.italic or one.first.bold or alone)


def _is_period_title(one: Paragraph, stack: Sequence[OpenNode]) -> bool:
    """Whether a line that is only a time is the title of what is done then, not that of the order above it.

    It begins its section, or another such title does; and no label asks for it.
    """
    top = stack[-1]
    asked = top.heading is not None and top.lead_in and line_kind(top.heading) is not None
    if asked or not is_period(one.passage.text):
        return False
    if any(open_.marker is None and open_.heading and is_period(open_.heading.text) for open_ in stack):
        return True
    return top.marker is None or _may_hold(top) and not is_order(top)


def _is_over(element: OpenNode) -> bool:
    """Whether the last words of an element end a sentence: a title without a number may stand behind it."""
    said = element.paragraphs[-1] if element.paragraphs else element.body or element.heading
    return said is not None and ends_sentence(said.text)


TITLE = (2, 30)  # words that a title in capitals has
LONGEST_HEADING = 25  # words of a heading of the format that has no number


def _is_heading(one: Paragraph) -> bool:
    """Whether an unmarked paragraph that the format of the file makes a heading is one, no sentence and no line."""
    text = one.passage.text.rstrip()
    if line_kind(one.passage) is not None or " trước ngày " in fold(text):
        return False
    if kind_of(text) is None and says_who(text) and says_deed(text):
        return False
    short = len(text.split()) <= LONGEST_HEADING and (text.endswith("?") or not ends_sentence(text))
    return short and text[:1].isupper()


def _is_bare(element: OpenNode) -> bool:
    return element.marker is None


def ordered(children: Sequence[OpenNode]) -> list[tuple[int, OpenNode]]:
    """Children, each with the number of bullets up to and including it."""
    out, count = [], 0
    for child in children:
        if child.marker is not None and child.marker.is_bullet:
            count += 1
        out.append((count, child))
    return out


def _path(parent: str | None, marker: Marker) -> str | None:
    """The printed path: the parent's, then what is printed, less what the parent printed already."""
    label = marker.label
    if not label:
        return parent
    if marker.prefix and parent is not None:
        if parent == marker.prefix or parent.endswith("." + marker.prefix):
            return f"{parent}.{label[len(marker.prefix) :].lstrip('.')}"
        return f"{parent}.{label}"
    return label if parent is None else f"{parent}.{label}"


def freeze(
    element: OpenNode, parent: str | None, above: SectionKind | None, ordinal: int, table: ReadTable | None = None
) -> Node:
    """Make a node of an element and all that stands under it.

    Args:
        element: the element.
        parent: the number of the element above.
        above: the kind of the section above.
        ordinal: its position among unnumbered siblings.
        table: makes the nodes of tables, as of `build`.
    """
    marker = element.marker
    if marker is None:
        assert element.heading is not None
        kind = kind_of(element.heading.text) or above
        children = tuple(freeze(child, parent, kind, index, table) for index, child in ordered(element.children))
        children += _tables(element, parent, kind, table)
        paragraphs = tuple(element.paragraphs)
        return Node(BARE_TITLE, parent, 0, element.heading, element.body, kind, children, paragraphs=paragraphs)
    if marker.is_bullet:
        beside = element.beside.marker if element.beside else None
        number = parent if beside is None else _path(parent, beside)
    else:
        number = _path(parent, marker)
    kind = above
    if (
        element.heading is not None
        and not element.of_table
        and (element.children or element.own_line or is_title(element) or marker.style.rank < 4)
    ):
        own = kind_of(element.heading.text) if not orders_slogans(element) else None
        if own is not None and _may_rename(element, own, above):
            kind = own
    shared = tuple(Node("shared", number, None, None, passage, kind) for passage in (*element.shared, *element.timed))
    shared += tuple(Node("lent", number, None, None, passage, kind) for passage in element.lent)
    shared += tuple(Node("result", number, None, None, passage, kind) for passage in element.results)
    shared += tuple(Node("aside", number, None, None, passage, kind) for passage in element.asides)
    items = [(index, child) for index, child in ordered(element.children) if child not in element.lines]
    children = tuple(freeze(child, number, kind, index, table) for index, child in items)
    children += _tables(element, number, kind, table)
    return Node(
        style=marker.style.name,
        number=number,
        ordinal=ordinal if marker.is_bullet else None,
        title=element.heading,
        body=element.body,
        kind=kind,
        children=children + shared,
        fields=element.fields,
        paragraphs=tuple(element.paragraphs),
    )


def _tables(
    element: OpenNode, number: str | None, kind: SectionKind | None, table: ReadTable | None
) -> tuple[Node, ...]:
    return tuple(table(sheet, number, kind) for sheet in element.sheets) if table else ()


_AIMS_AND_WORK = (SectionKind.TASK, SectionKind.OBJECTIVE, SectionKind.PURPOSE, SectionKind.REQUIREMENT)
_ITEMS = (*_AIMS_AND_WORK[:2], SectionKind.ORGANISATION, SectionKind.REPORTING, SectionKind.FUNDING)
LABEL = 6  # words: a title that says what stands below and nothing else is no longer


def _may_rename(element: OpenNode, own: SectionKind, above: SectionKind | None) -> bool:
    """Whether the title of an element says what stands below it, in a section that is of the kind `above`.

    A title deep inside a section of a known kind seldom changes what the section is about; where aims and tasks stand
    together ("a) Mục tiêu", "b) Nhiệm vụ") the nearest title that names one of them decides, and one of money always.
    """
    marker = element.marker
    assert marker is not None and element.heading is not None
    if above not in (None, SectionKind.OTHER) and not renames(element.heading.text):
        return False
    holds = bool(element.children) or element.own_line
    if above in (SectionKind.OTHER, SectionKind.PURPOSE) and not holds:
        return own not in _ITEMS  # what stands among what is described is described too
    if above in (None, SectionKind.OTHER, SectionKind.PURPOSE):
        return True
    title = element.heading.text.partition(":")[0]
    label = holds and len(title.split()) <= LABEL
    if above is SectionKind.ORGANISATION:
        return label and own is SectionKind.FUNDING
    if not marker.is_bullet and marker.style.count != "letter":
        return True
    return label and own in _AIMS_AND_WORK and not any(char.isdigit() for char in title)
