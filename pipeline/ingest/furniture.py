"""Detecting page furniture: page numbers, running heads, publishers' imprints, digital signatures.

Furniture is known by its place (the margin above or below the body), by repetition over the pages (digits do not
count), and, for signatures and imprints, by its form. A line keeps its text; only `Line.furniture` is set. A line in a
table, or at a height where another page has body text, is never furniture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil
from statistics import median

from pipeline.document import Box, Furniture, Line, Page
from pipeline.ingest.text.page_numbers import Spot, any_of, folded_line, numbers_in_text
from pipeline.knowledge.documents import page_furniture
from pipeline.language.dates import NUMERIC_DATE

TOP, BOTTOM = 0.13, 0.87  # of the page height: furniture stands above or below
FRONT_MATTER = 100  # lines: what programs know of a text is no longer
NUMBER_ZONE = 0.10
SHARE = 0.4  # of the pages: heads of left and right pages differ, first pages have none
DRIFT = 8.0  # points by which a repeated line may move
INSET = 0.2  # of the width of a page: a number that begins so far within its line is no part of a sentence
SHEET = 0.6  # of the width of a page: no sheet that was joined to another is lower
SMALL = 0.86  # of the body's type: a signature's appearance is smaller

TRACES = 3  # lines of one form on a page: fewer may be the document's own
_ITEM = re.compile(r"[-+•*]|\(?(?:\d{1,2}|[a-zđ])[.)]")
_DIGITS = re.compile(r"\d+")
_BESIDE = " 0|-–—"  # what may stand between a running head and the number of its page
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,40}:(?:\s|$)")  # a heading of Vietnamese words is none
_VALUE = re.compile(r"- |\s+\S")


def is_signature(text: str) -> bool:
    """Tell whether a text printed by an annotation is the appearance of a digital signature."""
    lines = [folded_line(line) for line in re.split(r"[\r\n]+", text)]
    anchors = any_of(page_furniture().signature.anchors)
    return any(anchors.search(line) for line in lines) or bool(_TIME.search(" ".join(lines)))


_TIME = re.compile(rf"{NUMERIC_DATE} \d{{1,2}}:\d{{2}}:\d{{2}}")
_MOMENT = re.compile(r"\d{1,2}:\d{2}:\d{2}")


def set_aside(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Mark the furniture of pages."""
    marks: dict[Spot, Furniture] = {}
    if pages and pages[0].height is not None:
        _signatures(pages, marks)
        _traces(pages, marks)
        _repeated(pages, marks)
        _numbers(pages, marks)
    else:
        _front_matter(pages, marks)
        _signatures_in_text(pages, marks)
        numbers_in_text(pages, marks)
    if not marks:
        return tuple(pages)
    out = []
    for at, page in enumerate(pages):
        lines = tuple(
            replace(line, furniture=marks[Spot(at, number)]) if Spot(at, number) in marks else line
            for number, line in enumerate(page.lines)
        )
        out.append(replace(page, lines=lines))
    return tuple(out)


def _free(
    pages: Sequence[Page], marks: dict[Spot, Furniture], displayed: bool = False
) -> Iterable[tuple[Spot, Line, Box, float]]:
    """The lines with a place that may still be furniture: their box on the page as it is read, and its height.

    `displayed`: on the page as it is displayed instead.
    """
    for at, page in enumerate(pages):
        for number, line in enumerate(page.lines):
            spot = Spot(at, number)
            if line.box and page.height and line.table is None and line.furniture is None and spot not in marks:
                yield spot, line, *((line.box, page.height) if displayed else _as_read(line.box, page))


def _as_read(box: Box, page: Page) -> tuple[Box, float]:
    """A box on a page that is turned so that its text stands upright, and the height of that page."""
    x0, y0, x1, y1 = box
    wide, high = page.width or 0.0, page.height or 0.0
    if page.rotation == 90:
        return Box(y0, wide - x1, y1, wide - x0), wide
    if page.rotation == 270:
        return Box(high - y1, x0, high - y0, x1), wide
    return (Box(wide - x1, high - y1, wide - x0, high - y0) if page.rotation == 180 else box), high


def _signatures(pages: Sequence[Page], marks: dict[Spot, Furniture]) -> None:
    """Digital signatures drawn into the page: an anchor by its form, and the lines around it in the same type."""
    anchors, companions = any_of(page_furniture().signature.anchors), any_of(page_furniture().signature.companions)
    for at, page in enumerate(pages):
        found = [n for n, line in enumerate(page.lines) if line.box and anchors.search(folded_line(line.text))]
        if not found:
            continue
        body = median(line.box.y1 - line.box.y0 for line in page.lines if line.box)
        while found:
            number = found.pop()
            spot = Spot(at, number)
            if spot in marks or page.lines[number].table is not None:
                continue
            marks[spot] = Furniture.DIGITAL_SIGNATURE
            box = page.lines[number].box
            assert box is not None
            for other, line in enumerate(page.lines):
                if line.box is None:
                    continue
                if not _touches(box, line.box):
                    if _below_lost(box, line.box) and companions.search(folded_line(line.text)):
                        found.append(other)
                    continue
                small = line.box.y1 - line.box.y0 < SMALL * body
                read = bool(line.words) and line.words[0].confidence is not None  # its size is an estimate
                alike = abs((line.box.y1 - line.box.y0) - (box.y1 - box.y0)) < (0.35 if read else 0.1) * (
                    box.y1 - box.y0
                )
                if (small and alike) or companions.search(folded_line(line.text)):
                    found.append(other)


def _touches(box: Box, other: Box) -> bool:
    """Whether a line stands right above or below another one."""
    height = box.y1 - box.y0
    gap = max(other.y0 - box.y1, box.y0 - other.y1)
    return gap < 0.7 * height and other.x0 < box.x1 and box.x0 < other.x1


def _below_lost(box: Box, other: Box) -> bool:
    """Whether a line stands flush with another one, a line that nobody could read between them."""
    height = box.y1 - box.y0
    return max(other.y0 - box.y1, box.y0 - other.y1) < 1.3 * height and abs(box.x0 - other.x0) < 0.5 * height


def _traces(pages: Sequence[Page], marks: dict[Spot, Furniture]) -> None:
    """Lines of an office system that say who printed a page and when: of one form, several on a page or one on each."""
    form = any_of(page_furniture().trace.forms)
    groups: dict[str, list[Spot]] = defaultdict(list)
    for spot, line, _, _ in _free(pages, marks):
        folded = folded_line(line.text)
        if form.search(folded) and not _ITEM.match(folded):
            groups[_DIGITS.sub("0", folded)].append(spot)
    for spots in groups.values():
        if len(spots) >= TRACES or len({spot.page for spot in spots}) > 1:
            marks.update(dict.fromkeys(spots, Furniture.WATERMARK))


def _repeated(pages: Sequence[Page], marks: dict[Spot, Furniture]) -> None:
    """Running heads and imprints: the same line in the margin of many pages, or a form that only they have."""
    imprints, heads = any_of(page_furniture().publisher.imprints), any_of(page_furniture().running_head.forms)
    contacts = any_of(page_furniture().publisher.contacts)
    groups: dict[tuple[bool, str], list[tuple[Spot, Box]]] = defaultdict(list)
    heights: dict[Spot, Box] = {}
    for spot, line, box, height in _free(pages, marks):
        heights[spot] = box
        if box.y1 <= TOP * height or box.y0 >= BOTTOM * height:
            folded = folded_line(line.text)
            if imprints.search(folded):
                marks[spot] = Furniture.PUBLISHER
            elif heads.search(folded):
                marks[spot] = Furniture.RUNNING_HEAD
            else:
                key = _DIGITS.sub("0", folded).strip(_BESIDE)  # left pages have their number on the other side
                groups[box.y1 <= TOP * height, key].append((spot, box))
    needed = max(2, ceil(SHARE * len(pages)))
    candidates: dict[Spot, tuple[bool, str]] = {}
    for (above, key), members in groups.items():
        if len({spot.page for spot, _ in members}) < needed or not any(char.isalpha() for char in key):
            continue
        middle = median(box.y0 for _, box in members)
        candidates.update({spot: (above, key) for spot, box in members if abs(box.y0 - middle) <= DRIFT})
    body = [(spot, box) for spot, box in heights.items() if spot not in candidates and spot not in marks]
    body = [(spot, box) for spot, box in body if not is_page_number(pages[spot.page].lines[spot.line].text)]
    first: dict[int, float] = {}
    last: dict[int, float] = {}
    for spot, box in body:
        first[spot.page] = min(first.get(spot.page, box.y0), box.y0)
        last[spot.page] = max(last.get(spot.page, box.y1), box.y1)
    highest, lowest = min(first.values(), default=0.0), max(last.values(), default=0.0)
    for page in pages:
        for line in page.lines:
            if line.table is not None and line.box:
                box, _ = _as_read(line.box, page)
                highest, lowest = min(highest, box.y0), max(lowest, box.y1)
    for spot, (above, key) in candidates.items():
        box, line = heights[spot], pages[spot.page].lines[spot.line]
        if (above and box.y1 > highest + 2) or (not above and box.y0 < lowest - 2):
            continue
        if line.column is not None and len(pages) < 3:
            continue
        marks[spot] = Furniture.PUBLISHER if contacts.search(key) else Furniture.RUNNING_HEAD


def is_page_number(text: str) -> bool:
    """Tell whether a line has the form of a page number."""
    return len(text) < 16 and bool(any_of(page_furniture().page_number.forms).match(folded_line(text)))


def _numbers(pages: Sequence[Page], marks: dict[Spot, Furniture]) -> None:
    """Page numbers: alone in the margin, and counting as the pages do."""
    form = any_of(page_furniture().page_number.forms)
    found: dict[Spot, int] = {}
    for displayed in (False, True):  # on a page whose table is turned the number may be, or stand upright
        edges: dict[int, tuple[float, float]] = {}
        for spot, _, box, _ in _free(pages, marks, displayed):
            top, bottom = edges.get(spot.page, (box.y0, box.y1))
            edges[spot.page] = min(top, box.y0), max(bottom, box.y1)
        for spot, line, box, height in _free(pages, marks, displayed):
            hit = form.match(folded_line(line.text)) if len(line.text) < 16 else None
            outermost = box.y0 <= edges[spot.page][0] + 2 or box.y1 >= edges[spot.page][1] - 2
            if hit and outermost and (box.y1 <= NUMBER_ZONE * height or box.y0 >= (1 - NUMBER_ZONE) * height):
                found[spot] = int(hit["number"])
    _between_lines(pages, marks)
    shifts: dict[int, int] = defaultdict(int)
    for spot, number in found.items():
        shifts[number - pages[spot.page].number] += 1
    for spot, number in found.items():
        shift = number - pages[spot.page].number
        if shift == 0 or shifts[shift] >= 2:
            marks[spot] = Furniture.PAGE_NUMBER


def _between_lines(pages: Sequence[Page], marks: dict[Spot, Furniture]) -> None:
    """Page numbers within a page, as where several were joined to one: in the middle of a sentence, or counting up."""
    form = any_of(page_furniture().page_number.forms)
    last: tuple[Spot, int, float] | None = None
    for spot, line, box, _ in _free(pages, marks):
        hit = form.match(folded_line(line.text)) if len(line.text) < 16 else None
        if not hit:
            continue
        value, wide = int(hit["number"]), pages[spot.page].width or 0
        joined = (pages[spot.page].height or 0) >= 2 * SHEET * wide  # of sheets; on one it may be a figure of the text
        if joined and _parts_sentence(pages[spot.page].lines, spot.line, INSET * wide):
            marks[spot] = Furniture.PAGE_NUMBER
        if last and last[0].page == spot.page and value == last[1] + 1 and box.y0 - last[2] >= SHEET * wide:
            marks.update({last[0]: Furniture.PAGE_NUMBER, spot: Furniture.PAGE_NUMBER})
        last = spot, value, box.y0


def _parts_sentence(lines: Sequence[Line], at: int, inset: float) -> bool:
    """Whether a line stands in the middle of a sentence, and further right than a line of it would begin."""
    if not 0 < at < len(lines) - 1:
        return False
    before, line, after = lines[at - 1 : at + 2]
    if not before.box or not line.box or line.box.x0 - before.box.x0 < inset:
        return False
    return before.text[-1:].isalnum() and after.text[:1].islower()


def _front_matter(pages: Sequence[Page], marks: dict[Spot, Furniture]) -> None:
    """What programs know of a text, above it between two lines of dashes: "title: …", "lang: vi", lists of those."""
    lines = [line.raw.rstrip() for line in pages[0].lines[:FRONT_MATTER]] if pages else []
    first = next((at for at, text in enumerate(lines) if text), len(lines))
    last = next((at for at in range(first + 1, len(lines)) if lines[at] in ("---", "...")), None)
    if last is None or lines[first] != "---":
        return
    between = [text for text in lines[first + 1 : last] if text]
    if any(_KEY.match(text) for text in between) and all(_KEY.match(text) or _VALUE.match(text) for text in between):
        marks.update({Spot(0, at): Furniture.PUBLISHER for at in range(first, last + 1)})


def _signatures_in_text(pages: Sequence[Page], marks: dict[Spot, Furniture]) -> None:
    """The lines of a digital signature that were copied with the text around them, two and more with its moment."""
    anchors, companions = any_of(page_furniture().signature.anchors), any_of(page_furniture().signature.companions)
    for at, page in enumerate(pages):
        block: list[int] = []
        for number, line in enumerate((*page.lines, Line("", ""))):
            folded = folded_line(line.text)
            if line.table is None and (anchors.search(folded) or companions.search(folded)):
                block.append(number)
                continue
            said = [folded_line(page.lines[one].text) for one in block]
            if len(block) > 1 and any(map(anchors.search, said)) and any(map(_MOMENT.search, said)):
                marks.update({Spot(at, one): Furniture.DIGITAL_SIGNATURE for one in block})
            block = []
