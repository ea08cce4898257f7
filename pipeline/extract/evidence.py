"""Evidence: the place of a stretch of a passage in the document's text and on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipeline.document import DOUBTFUL, Box, Document, Line, Page, Passage, TextOrigin
from pipeline.schema import Evidence


def in_unit(box: Box, page: Page) -> list[float]:
    """A box in the unit of its page: pixels of an image that does not say how large it is, else points."""
    unit = page.pixels or 1.0
    return [round(value * unit, 1) for value in box]


class Locator:
    """Knows the place of each line of a document; made once for a document."""

    def __init__(self, document: Document) -> None:
        """Index the lines of `document`."""
        self.text = document.text
        self.has_pages = document.has_pages
        self._starts: list[int] = []
        self._lines: list[tuple[Page, Line]] = []
        self._scanned: list[bool] = []  # for each line, whether its page was read from a picture or restored
        self._doubtful: list[tuple[int, int]] = []  # restored words that may be others: their offsets, in order
        offset = 0
        for page, line in document.lines():
            self._starts.append(offset)
            self._lines.append((page, line))
            self._scanned.append(page.text_origin in (TextOrigin.OCR, TextOrigin.RESTORED_LAYER))
            self._doubtful += [
                (token.start + offset, token.end + offset)
                for token in line.tokens
                if token.probability < DOUBTFUL and token.is_doubtful
            ]
            offset += len(line.text) + 1

    def evidence(self, passage: Passage, start: int = 0, end: int | None = None, rule: str | None = None) -> Evidence:
        """Make the evidence for `passage.text[start:end]`, up to its end where `end` is None; `rule` made the value."""
        first, last = passage.locate(start, len(passage.text) if end is None else end)
        return self.between(first, last, rule)

    def is_doubtful(self, evidence: Evidence) -> bool:
        """Whether a restored word in the stretch may be another one."""
        index = bisect_left(self._doubtful, (evidence.end, 0)) - 1
        return index >= 0 and self._doubtful[index][1] > evidence.start

    def is_scan(self, evidence: Evidence) -> bool:
        """Whether the stretch was read from a picture, or restored."""
        return self._scanned[max(0, bisect_right(self._starts, evidence.start) - 1)]

    def between(self, first: int, last: int, rule: str | None = None) -> Evidence:
        """The evidence for a stretch of the document's text, given by its offsets."""
        index = max(0, bisect_right(self._starts, first) - 1)
        page = self._lines[index][0].number
        boxes: list[list[float]] = []
        while index < len(self._lines) and self._starts[index] < last:
            line, offset = self._lines[index][1], self._starts[index]
            if line.furniture is None and (box := _covered(line, first - offset, last - offset)) is not None:
                boxes.append(in_unit(box, self._lines[index][0]))
            index += 1
        return Evidence(
            page=page if self.has_pages else None,
            start=first,
            end=last,
            quote=self.text[first:last],
            boxes=boxes,
            rule=rule,
        )


def _covered(line: Line, start: int, end: int) -> Box | None:
    """The box of the words of a line between two offsets."""
    if line.box is None:
        return None
    if start <= 0 and end >= len(line.text) or not line.words:
        return line.box
    boxes = [word.box for word in line.words if word.start < end and word.end > start]
    if not boxes:
        return None
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))
