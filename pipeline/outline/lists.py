"""In which list an element stands: which of the open ones it closes, by its mark and its words.

A style of numbering that is not open opens a level below the element before it, unless it ranks above what is open (a
Roman numeral closes an Arabic one); a style that is open goes on with its list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.outline.elements import BULLET_RANK, OpenNode, is_note, is_title, names_agency
from pipeline.outline.numbering import Marker, read_marker
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.rules import is_period, kind_of, pattern


def close_for(stack: list[OpenNode], element: OpenNode) -> None:
    """Close the elements that a new one does not stand under.

    Args:
        stack: the open elements, outermost first.
        element: the new one.
    """
    marker = element.marker
    assert marker is not None
    level = element.level_mark
    if level is not None:
        bare = [at for at, one in enumerate(stack) if at and one.marker is None and (one.level_mark or 0) >= level]
        del stack[bare[0] if bare else len(stack) :]
    if marker.prefix:
        _close_for_path(stack, marker)
        return
    if marker.is_bullet and is_note(element):
        while _may_lose(stack[-1]):
            stack.pop()
        return
    if _begins_below_title(stack[-1], marker):
        return
    at = next((i for i in range(len(stack) - 1, 0, -1) if _beside(stack[i], element, marker)), None)
    if at is not None and (_counts_anew(stack, at, marker) or _is_headed(stack[at], element)):
        return
    at = _heading_beside(stack, at, element)
    if at is None and (top := stack[-1].marker) is not None and _acts_beside(stack[-1], element):
        element.marker = replace(marker, style=top.style)
        at = len(stack) - 1
    if at is not None:
        del stack[at:]
        return
    rank = BULLET_RANK if marker.is_bullet else marker.style.rank
    if not marker.is_bullet:
        below = _capitals_below(stack, marker)
        while len(stack) > 1 and stack[-1].rank > rank and not _opens_below(stack[-1], marker):
            if below and stack[-1].marker is not None and stack[-1].marker.style.name == "roman":
                break
            stack.pop()


def _begins_below_title(top: OpenNode, marker: Marker) -> bool:
    """Whether a list begins at 1 below a title without a number: "THÁNG 9", "Nhiệm vụ thường xuyên:"."""
    if top.marker is not None or top.children or top.heading is None or marker.value != 1:
        return False
    return is_period(top.heading.text) or kind_of(top.heading.text) is not None


def _may_lose(top: OpenNode) -> bool:
    """Whether an order would be lost under a note on it or on its list ("* Lưu ý: …"), which stands beside it."""
    if top.marker is None or top.children or top.lead_in:
        return top.marker is not None and top.marker.is_bullet and top.marker.style.count == "none"
    return top.marker.is_bullet or top.body is not None or not is_title(top)


def _capitals_below(stack: list[OpenNode], marker: Marker) -> bool:
    """Whether "A." stands below the Roman numeral that is open: no capital stood above one so far."""
    above = [child.marker for child in stack[0].children if child.marker is not None]
    return marker.style.name == "upper" and marker.value == 1 and not any(same_style(one, marker) for one in above)


def _opens_below(top: OpenNode, marker: Marker) -> bool:
    """Whether a list of a higher-ranking style may still open below `top`: at 1 after a colon, or after a stage."""
    if top.marker is None or marker.value != 1 or marker.style.name not in ("bracket", "letter", "decimal"):
        return False
    if top.marker.style.count == "step":
        return top.lead_in or is_title(top)
    return (
        top.lead_in or marker.style.name == "letter" and top.marker.style.name == "bracket"
    ) and not top.marker.is_bullet


def _close_for_path(stack: list[OpenNode], marker: Marker) -> None:
    """A multi-level number ("2.1") closes down to its parent ("2") or its sibling ("2.0")."""
    for i in range(len(stack) - 1, 0, -1):
        other = stack[i].marker
        if other is None:
            continue
        if other.style.name == marker.style.name and other.prefix == marker.prefix:
            del stack[i:]
            return
        if other.label == marker.prefix or (
            other.style.count not in ("none", "letter") and not other.prefix and str(other.value) == marker.prefix
        ):
            del stack[i + 1 :]
            return
    at = next((i for i in range(len(stack) - 1, 0, -1) if same_style(stack[i].marker, marker)), None)
    if at is not None:
        del stack[at:]
        return
    while len(stack) > 1 and stack[-1].rank > marker.style.rank:
        stack.pop()


def _beside(one: OpenNode, two: OpenNode, marker: Marker) -> bool:
    """Whether an element stands in the list of an open one: by its mark, or as "Bước 3" behind "- Bước 2"."""
    steps = [_step(element) for element in (one, two)]
    if steps[0] is not None and steps[1] is not None:
        alike = steps[1].style.name != "named" or _first_word(one) == _first_word(two)
        return alike and same_style(steps[0], steps[1])
    return same_style(one.marker, marker)


def _first_word(element: OpenNode) -> str | None:
    """What is counted: "Chỉ tiêu 1" stands below "Mục tiêu 1", not beside it."""
    return element.heading.text.split(" ", 1)[0] if element.heading is not None else None


def _counts_anew(stack: Sequence[OpenNode], at: int, marker: Marker) -> bool:
    """Whether a list begins at 1 below a title, though its style is open above: "II." over "A." over "I."."""
    top = stack[-1]
    title = top.marker is not None and not top.marker.is_bullet and top.body is None and is_title(top)
    first = marker.value == 1 and not marker.is_bullet and not top.of_table
    return first and title and not top.children and at < len(stack) - 1


def _is_headed(one: OpenNode, element: OpenNode) -> bool:
    """Whether a list begins at 1 below a heading in capitals that is counted alike: "2. NỘI DUNG", "1. Mua sách"."""
    marker = element.marker
    if marker is None or marker.is_bullet or marker.value != 1 or one.children or one.of_table:
        return False
    return _in_capitals(one) and not _in_capitals(element)


def _heading_beside(stack: Sequence[OpenNode], at: int | None, element: OpenNode) -> int | None:
    """Where the headings in capitals stand that one in capitals goes on with, though items below are counted alike."""
    marker = element.marker
    if at is None or marker is None or _in_capitals(stack[at]) or not _in_capitals(element):
        return at
    above = (i for i in range(at - 1, 0, -1) if same_style(stack[i].marker, marker) and _in_capitals(stack[i]))
    return next(above, at)


def _in_capitals(element: OpenNode) -> bool:
    return element.heading is not None and in_capitals(element.heading.text)


def _acts_beside(one: OpenNode, two: OpenNode) -> bool:
    """Whether two bullets of different marks are orders to one agency each, the first a whole sentence."""
    bullets = all(element.marker is not None and element.marker.style.count == "none" for element in (one, two))
    whole = one.heading is not None and ends_sentence(one.heading.text) and not one.lead_in
    return bullets and whole and names_agency(one) and names_agency(two)


def _step(element: OpenNode) -> Marker | None:
    """What counts an element in its own words: "Bước 2: …", with or without a mark before it."""
    read = read_marker(element.heading.text) if element.heading is not None else None
    return read if read is not None and read.style.count == "step" else None


def close_list(stack: list[OpenNode], marker: Marker) -> bool:
    """Close the open list that is counted as a marker is, with the titles without a number above it; False for none."""
    at = next((i for i in range(len(stack) - 1, 0, -1) if same_style(stack[i].marker, marker)), None)
    if at is None:
        return False
    del stack[at:]
    while stack[-1].marker is None and len(stack) > 1:
        stack.pop()
    return True


def same_style(one: Marker | None, two: Marker) -> bool:
    """Tell whether two elements are counted alike."""
    return one is not None and one.style.name == two.style.name


def is_behind_list(stack: Sequence[OpenNode], one: Paragraph) -> bool:
    """Tell whether a sentence stands behind an announced list of bullets without stops, not under the last of them."""
    top, above = stack[-1], stack[-2:-1]
    if top.marker is None or not ends_sentence(one.passage.text):
        return False
    if _shares_duty(top, one):
        return True
    if not top.marker.is_bullet:
        return False
    if top.body is not None or top.lead_in or not is_title(top) or not above or not above[0].lead_in:
        return False
    plain = all(
        same_style(other.marker, top.marker)
        and not (other.body or other.children or other.bold or len(other.paragraphs) > 1)
        for other in above[0].children
    )
    return plain and len(above[0].children) > 1


def _shares_duty(top: OpenNode, one: Paragraph) -> bool:
    """Whether a sentence says who shares in what the whole list orders: it is no part of the last of it."""
    last = top.body or top.heading
    of_list = top.marker is not None and (top.marker.is_bullet or top.marker.style.count == "letter")
    whole = last is not None and ends_sentence(last.text) and not top.children
    return of_list and whole and bool(pattern("shares_duty").match(fold(one.passage.text)))
