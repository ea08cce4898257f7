"""Elements of the tree while it is being built: what they are, and the lines that say by whom and when.

A line about an item, "Thời gian: …", "- Đơn vị chủ trì: …", is no item: it belongs to the one above it or to its list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.document import Passage, RowField
from pipeline.knowledge.agencies import begins_actor, begins_agency
from pipeline.knowledge.passages import words_that
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.outline.numbering import Marker
from pipeline.outline.rules import begins_deed, goes_on_with_deed, goes_over, kind_of, pattern, says_deed
from pipeline.schema import SectionKind

BULLET_RANK = 1000
LONGEST_NAMES = 300  # characters of an element that only names bodies
LABEL = 3  # words: what stands before a colon is a label, and behind it there is more
NAMED = 6  # words: a bullet that says more than these behind its label does more than name something
_SHORT = 60  # characters: what is longer and ends no sentence may be broken in its middle


@dataclass(eq=False)
class OpenNode:
    """An element whose children are still being read."""

    marker: Marker | None
    heading: Passage | None
    bold: bool
    level_mark: int | None
    body: Passage | None = None
    own_line: bool = False  # the body stands on a line of its own under the heading
    children: list[OpenNode] = field(default_factory=list)
    paragraphs: list[Passage] = field(default_factory=list)  # without marks, in its heading or its body
    results: list[Passage] = field(default_factory=list)  # lines that say what comes out of it
    asides: list[Passage] = field(default_factory=list)  # lines that say where, with whom, for whom
    shared: list[Passage] = field(default_factory=list)
    timed: list[Passage] = field(default_factory=list)  # lines that say by when, and of nothing but this
    behind: list[Passage] = field(default_factory=list)  # lines that are shared by its list or are its own
    lent: list[Passage] = field(default_factory=list)  # … of the last item of its list, where no other has any
    of_table: bool = False  # a row: what it is about is what its table is about
    fields: tuple[RowField, ...] = ()
    beside: OpenNode | None = None  # the numbered row whose number a row without one takes
    sheets: list[int] = field(default_factory=list)  # tables that stand below it
    lines: list[OpenNode] = field(default_factory=list)  # children that are shared lines
    among_aims: bool = False  # it stands under what is to be reached

    @property
    def rank(self) -> int:
        """Its level: lower numbers are higher."""
        if self.marker is None:
            return 10_000 if self.level_mark is None else 0  # a heading of the format holds what stands below it
        return BULLET_RANK if self.marker.is_bullet else self.marker.style.rank

    @property
    def holds_aims(self) -> bool:
        """Whether what stands below it is to be reached, by the nearest title that says what its items are."""
        kind = kind_of(self.heading.text) if self.heading is not None else None
        return self.among_aims if kind is None else kind is SectionKind.OBJECTIVE

    @property
    def lead_in(self) -> bool:
        """Whether its last words announce what follows."""
        text = self.body.text if self.body else self.heading.text if self.heading else ""
        return text.rstrip().endswith(":")


def goes_on(before: Passage, passage: Passage) -> bool:
    """Whether a paragraph was broken in the middle of a sentence that goes on in the next one."""
    text = before.text.rstrip()
    broken = len(text) > _SHORT or goes_over(text, passage.text) or begins_agency(text) and says_deed(text)
    return passage.text[:1].islower() and not ends_sentence(text) and not text.endswith((":", ")")) and broken


def is_title(element: OpenNode) -> bool:
    """Whether an element's own words are a title rather than a sentence of their own."""
    if element.heading is None:
        return True
    if element.level_mark is not None or element.bold:
        return True
    text = element.heading.text
    return not ends_sentence(text) and len(text) < 250


def is_order(element: OpenNode) -> bool:
    """Whether the words of an item, title or sentence, say what is to be done, not what a section is about."""
    return (
        element.heading is not None
        and element.body is None
        and not element.lead_in
        and not in_capitals(element.heading.text)
        and (kind_of(element.heading.text) is None or _labelled(element.heading.text))
    )


def _labelled(text: str) -> bool:
    """Whether a title of a section is only the label of an order in its line: "Nội dung: Tổ chức 05 lớp …"."""
    label, colon, order = text.partition(":")
    return bool(colon) and len(label.split()) <= LABEL and len(order.split()) > LABEL


def is_note(element: OpenNode) -> bool:
    """Whether an element only remarks on those before it: "* Lưu ý: …"."""
    return element.heading is not None and bool(pattern("notes").match(fold(element.heading.text)))


def names_agency(element: OpenNode) -> bool:
    """Whether an element begins with words that begin the name of an agency."""
    return element.heading is not None and begins_agency(element.heading.text)


def orders_slogans(element: OpenNode) -> bool:
    """Whether an item under a title of slogans says who has to do something, so that they are not all slogans."""
    if element.heading is None or "khẩu hiệu" not in fold(element.heading.text):
        return False
    said = (child.heading.text.strip() for child in element.children if child.heading is not None)
    return any(text[:1].isalpha() and not text.endswith("!") and is_told(text) for text in said)


def is_told(text: str) -> bool:
    """Whether a sentence says by when, or begins with who acts and says what or how much: "Sở Y tế in 10 tờ"."""
    folded = f" {fold(text)} "
    if " trước ngày " in folded:
        return True
    acts = any(map(str.isdigit, text)) or any(f"{verb} " in folded for verb in _told())
    return acts and begins_agency(text) and " là " not in folded


@cache
def _told() -> tuple[str, ...]:
    return tuple(f" {verb}" for use in ("acts", "opens") for verb in words_that(use) if " " in verb)


_LINES = ("shared_lines", "result_lines", "aside_lines")


def line_kind(passage: Passage, among_aims: bool = False) -> str | None:
    """Which of the lines that belong to the items before it a line is: by its list in `knowledge`; None for none.

    Args:
        passage: the line.
        among_aims: it stands under what is to be reached: how much of something is an aim there, "Số lượng …: 20".
    """
    folded = fold(passage.text)
    label = pattern("shared_labels").match(folded)
    names = passage.text[label.end() :] if label is not None else ""
    if begins_actor(names) and not any(char.isdigit() for char in names) and not says_deed(names):
        return "shared_lines"
    found = next((kind for kind in _LINES if pattern(kind).match(folded)), None)
    if found == "shared_lines" and _orders_behind_label(passage.text):
        return None
    return None if among_aims and found == "aside_lines" and any(map(str.isdigit, folded)) else found


def _orders_behind_label(text: str) -> bool:
    """Whether the label of who acts or helps has an order behind it: "Phối hợp: Kiểm tra 5 xã", "Sở Y tế mở 3 lớp"."""
    label, colon, said = text.partition(":")
    asked = fold(label) + colon
    if not (pattern("asks_who_helps").match(asked) or pattern("asks_who_acts").match(asked)):
        return False
    said = said.strip()
    if begins_agency(said):
        roles = any(f" {one}" in fold(said) for one in words_that("opens"))  # "Sở Y tế chủ trì, phối hợp với 12 xã"
        return any(map(str.isdigit, said)) and not roles and goes_on_with_deed(said)
    return begins_deed(said)


def settle(element: OpenNode) -> None:
    """See whose the lines are that say by whom and when: an item's own, or those of all items of its list.

    A line behind one item holds for the whole list, unless that is the first, or a numbered one that is not the last;
    where several have one it is their own. Among the numbered items of a section one that names who acts is an item.
    An item in a list ("- Đơn vị chủ trì: …") is such a line where it stands among others or below an order; where half
    of the list are such lines, so are the others with a label that only name something ("- Khách mời: Nhà văn").
    """
    for child in element.children:
        settle(child)
    _share_opening(element)
    element.children = [beside for child in element.children for beside in _lifted(child)]
    lines = [child for child in element.children if _is_line(child)]
    if any(child not in lines and _is_lettered(child) for child in element.children):  # "a) Xong …", "b) Sở Y tế …"
        lines = [child for child in lines if not _is_lettered(child) or _line_kind(child) != "time_lines"]
    if not is_order(element):
        lines = [child for child in lines if not _orders(child) or not _items_behind(child, element, lines)]
        times = [child for child in element.children if _line_kind(child) == "time_lines"]
        if len(times) < len(element.children):
            lines = [child for child in lines if child not in times or child is element.children[-1]]
    if 2 * len(lines) >= len(element.children) and is_order(element):
        lines = [child for child in element.children if child in lines or _is_labelled(child)]
    rest = [child for child in element.children if child not in lines]
    if lines and len(rest) == 1 and is_order(element) and (said := _content(rest[0])) is not None:
        assert element.heading is not None
        element.heading, lines = element.heading.joined(said, ": "), list(element.children)
    timed = element.lead_in and all(_line_kind(line) == "time_lines" for line in lines)  # "- Bồi dưỡng:", "+ Xong …"
    if lines and element.marker is not None and (len(lines) < len(element.children) or is_order(element) or timed):
        of_list = element.marker.is_bullet and len(lines) == len(element.children)
        for line, words in (one for child in lines for one in _said(child)):
            if line == "result_lines":
                element.results.append(words)
            elif line == "aside_lines":
                element.asides.append(words)
            elif line == "time_lines":
                element.timed.append(words)
            else:
                (element.behind if of_list else element.shared).append(words)
        element.lines = lines
    having = [child for child in element.children if child.behind]
    counted = any(child.marker is not None and not child.marker.is_bullet for child in having)
    of_all = len(having) == 1 and having != element.children[:1] and (not counted or having == element.children[-1:])
    others = [child for child in element.children if child not in having and child not in element.lines]
    of_all = of_all and not any(child.shared or counted and _is_told_whole(child) for child in others)
    for child in having:
        if not of_all and child.marker is not None:
            child.shared += child.behind
        elif element.marker is None or element.marker.is_bullet:
            element.behind += child.behind
        else:
            element.shared += child.behind
    _lend([child for child in element.children if child not in element.lines])


def _share_opening(element: OpenNode) -> None:
    """Share with the items of a title what stands between them where it only says by whom and when."""
    lines = [line_kind(one) == "shared_lines" for one in element.paragraphs]
    told = element.heading is not None and kind_of(element.heading.text) is SectionKind.OTHER
    if element.own_line and element.children and lines and all(lines) and not told:
        element.shared += element.paragraphs
        element.body, element.own_line, element.paragraphs = None, False, []


def _is_told_whole(element: OpenNode) -> bool:
    """Whether a numbered item has items of its own, or says who does it: what stands behind another is not its."""
    below = any(child not in element.lines for child in element.children)
    return below or element.heading is not None and says_who(element.heading.text)


def _lifted(element: OpenNode) -> list[OpenNode]:
    """A bullet that ends as one of a list does, and the only one below it: another mark stands before it by a slip."""
    ends = element.heading is not None and element.body is None and element.heading.text.rstrip().endswith(";")
    if not ends or len(element.children) != 1 or element.marker is None or not element.marker.is_bullet:
        return [element]
    (only,) = element.children
    if only.marker is None or not only.marker.is_bullet or only.children or _is_line(only):
        return [element]
    said = only.heading.text if only.heading is not None else ""
    if any(map(str.isdigit, said)) and len(said.split()) <= NAMED + 1:  # "+ Hoàn thành trước ngày 30/6/2026."
        return [element]
    element.children = []
    return [element, only]


def _lend(items: Sequence[OpenNode]) -> None:
    """Lines behind the last of numbered items, where no other has any, may hold for those before it too.

    Of 82 documents of 2011 to 2026 three have such lists, five, and there they do: the heading's activity is done so.
    """
    if not items or not items[-1].shared or any(one.shared or one.behind for one in items[:-1]):
        return
    for item in items[:-1]:
        numbered = item.marker is not None and not item.marker.is_bullet
        bare = all(child in item.lines for child in item.children)
        if numbered and bare and item.heading is not None and not says_who(item.heading.text):
            item.lent = items[-1].shared


def says_who(text: str) -> bool:
    """Tell whether an item says itself who does it."""
    folded = fold(text)
    return "chủ trì" in folded or begins_agency(text) and not f" {folded}".startswith(_verbs())


def _content(element: OpenNode) -> Passage | None:
    """What an element says that tells of what the activity above it consists: "- Nội dung: thi ghép cành"."""
    bullet = element.marker is not None and element.marker.is_bullet
    if element.heading is None or not bullet or element.children or element.body is not None:
        return None
    label = pattern("content_lines").match(fold(element.heading.text))
    return element.heading.cut(label.end()) if label and label.end() < len(element.heading.text) else None


def _is_labelled(element: OpenNode) -> bool:
    """Whether a bullet only names something of the activity above it behind a short label: no figure, time or order."""
    if element.heading is None or element.marker is None or not element.marker.is_bullet or element.children:
        return False
    label, colon, said = element.heading.text.partition(":")
    if not colon or len(label.split()) > LABEL + 1 or kind_of(label) is SectionKind.OBJECTIVE:
        return False
    if any(char.isdigit() for char in said) or len(said.split()) > NAMED:
        return False
    if begins_agency(label) or begins_actor(said) or fold(said).startswith(_verbs()):
        return False
    return not pattern("content_lines").match(fold(element.heading.text))


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(f" {verb} " for verb in words_that("acts"))


def _is_line(element: OpenNode) -> bool:
    """Whether an element is no item but says by whom, when or where those of its list, or the one above, are done."""
    marker = element.marker
    if marker is None or element.heading is None or any(map(_orders_body, element.children)):
        return False
    if _is_list_of_bodies(element):
        return True
    if not (marker.is_bullet or marker.prefix or marker.style.count in ("letter", "arabic")):
        return False
    return _line_kind(element) is not None


def _orders_body(element: OpenNode) -> bool:
    """Whether a bullet says what a body does: below "Các đơn vị phối hợp:" such are orders, "- Sở Y tế mở lớp"."""
    said = element.heading.text if element.heading is not None else ""
    return says_who(said) and begins_agency(said) and says_deed(said)


def _line_kind(element: OpenNode) -> str | None:
    """Which of the lines about an item an element is; a list of times alone ("+ Xong trước 30/6") is of its item's."""
    if element.heading is None:  # a number whose words a scan lost
        return None
    kind = line_kind(element.heading, element.among_aims)
    marker = element.marker
    below = marker is not None and (marker.is_bullet or _is_lettered(element))
    if kind is None and below and element.body is None and not element.children:
        return "time_lines" if pattern("time_lines").match(fold(element.heading.text)) else None
    return kind


def _is_lettered(element: OpenNode) -> bool:
    return element.marker is not None and element.marker.style.count == "letter"


def _orders(element: OpenNode) -> bool:
    """Whether a numbered line names who acts behind its label: "2. Thực hiện: Sở Y tế …"."""
    if element.heading is None or element.marker is None or element.marker.is_bullet:
        return False
    return begins_agency(element.heading.text.partition(":")[2])


def _items_behind(line: OpenNode, element: OpenNode, lines: list[OpenNode]) -> bool:
    children = element.children
    return any(child not in lines for child in children[children.index(line) :])


def _is_list_of_bodies(element: OpenNode) -> bool:
    """Whether a title says in which role the bodies below it, one an element and without orders, work: "Phối hợp"."""
    if element.heading is None or not pattern("shared_titles").match(fold(element.heading.text)):
        return False
    if element.body is not None and not (_is_short(element.body) and begins_agency(element.body.text)):
        return False
    return all(_is_list_of_bodies(one) or _is_line(one) or _is_name(one) for one in element.children)


def _is_name(element: OpenNode) -> bool:
    return element.heading is not None and _is_short(element.heading) and not element.children and element.body is None


def _is_short(names: Passage) -> bool:
    """Whether words are no more than the names of bodies may be."""
    return 0 < len(names.text) < LONGEST_NAMES and ":" not in names.text


def _said(element: OpenNode) -> Iterator[tuple[str, Passage]]:
    """What a line says, with what stands under it ("Đơn vị phối hợp:", "+ Sở Y tế"), and its kind."""
    assert element.heading is not None
    if _is_list_of_bodies(element):
        between = " " if element.heading.text.endswith(":") else ": "
        if element.body is not None:
            yield "shared_lines", element.heading.joined(element.body, between)
        for child in element.children:
            if _is_line(child):
                yield from _said(child)
            elif child.heading is not None:
                yield "shared_lines", element.heading.joined(child.heading, between)
        return
    whole = element.heading if element.body is None else element.heading + element.body
    below: list[tuple[str, Passage]] = []
    for child in element.children:
        if _is_line(child):
            below += _said(child)
        elif child.heading is not None:
            whole = whole + child.heading
    line = _line_kind(element)
    if line is not None:
        yield line, whole
    yield from below
