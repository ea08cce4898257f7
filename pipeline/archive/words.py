"""The words of a line with their boxes and readings, and the direction and skew of text on a page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan, degrees
from statistics import median

from pipeline.document import Box, Document, Line, Page, RestoredToken, Word

DIRECTIONS = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}  # where text runs on the page as displayed
SIDEWAYS = 2.0  # times taller than wide: so is a lone word only where it runs up or down
LETTERS = 4  # a lone word of fewer can be taller than wide where it stands upright
LONG = 100.0  # points: a shorter line does not tell the skew of its page
LIKELY_SKEW = (0.1, 12.0)  # degrees: less is no skew, more is decoration


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word without spaces, and its box on the page as displayed (points).

    `raw` is the text of the file, where it differs. `confidence` is the probability that the word is right, 0 to 1:
    that of restoration, else that of OCR, else None. `runner_up` is the next likely reading of the whole word.
    """

    text: str
    box: Box
    raw: str | None = None
    confidence: float | None = None
    runner_up: str | None = None


def require_pages(document: Document) -> None:
    """Raise ValueError for a document without pages: its words have no place."""
    if not document.has_pages:
        raise ValueError(f"{document.name} has no pages: its words have no place")


def placed_words(line: Line) -> tuple[PlacedWord, ...]:
    """The words of a line, in its order. One that restoration cut in two shares its box out by letters."""
    words = line.words
    if not words and line.box is not None and line.text:
        words = (Word(0, len(line.text), line.box),)
    ahead = _by_start(line.tokens)
    return tuple(one for word in words for one in _cut(line, word, ahead))


def line_directions(page: Page) -> dict[int, int]:
    """Tell which way each line of a page runs.

    A line runs from its first word to its last; a lone word runs as most words of its page that lie like it.

    Returns:
        For each line, by its index, the clockwise turn of its text in degrees: 0, 90 (reads downwards), 180 or 270
        (reads upwards).
    """
    clear: dict[int, int] = {}
    votes: Counter[int] = Counter()
    for at, line in enumerate(page.lines):
        if len(line.words) > 1:
            first, last = line.words[0].box, line.words[-1].box
            right = (last.x0 + last.x1 - first.x0 - first.x1) / 2
            down = (last.y0 + last.y1 - first.y0 - first.y1) / 2
            clear[at] = (0 if right >= 0 else 180) if abs(right) >= abs(down) else (90 if down > 0 else 270)
            votes[clear[at]] += len(line.words)
    usual = votes.most_common(1)[0][0] if votes else 0
    level = 180 if votes[180] > votes[0] else 0
    upwards = 90 if votes[90] > votes[270] else 270
    out: dict[int, int] = {}
    for at, line in enumerate(page.lines):
        box = line.words[0].box if line.words else line.box
        if at in clear or box is None:
            out[at] = clear.get(at, usual)
        elif len(line.text.strip()) < LETTERS:
            out[at] = usual
        else:
            out[at] = upwards if box.y1 - box.y0 > SIDEWAYS * (box.x1 - box.x0) else level
    return out


def turn_upright(box: Box, way: int) -> Box:
    """Turn a box into the frame in which text of a direction runs to the right and its letters stand up.

    Args:
        box: on the page as displayed, in points.
        way: the direction of the text in degrees, as `line_directions` gives it.
    """
    x0, y0, x1, y1 = box
    return {0: box, 90: Box(y0, -x1, y1, -x0), 180: Box(-x1, -y1, -x0, -y0), 270: Box(-y1, x0, -y0, x1)}[way]


def bounding_box(words: Sequence[PlacedWord]) -> Box:
    """The smallest box that holds all of some words, at least one."""
    x0, y0, x1, y1 = zip(*(word.box for word in words), strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def skew(lines: Sequence[Sequence[Box]]) -> float:
    """Measure the skew of lines: the median of the angles of their baselines.

    Args:
        lines: the boxes of each line's words, in the frame in which they are upright.

    Returns:
        Degrees by which lines fall to the right; 0 where that is no likely skew (`LIKELY_SKEW`).
    """
    angles = []
    for boxes in lines:
        along = [(box.x0 + box.x1) / 2 for box in boxes]
        if len(boxes) < 3 or max(along) - min(along) < LONG:
            continue
        low = [box.y1 for box in boxes]
        middle, mean = sum(along) / len(along), sum(low) / len(low)
        spread = sum((x - middle) ** 2 for x in along)
        angles.append(sum((x - middle) * (y - mean) for x, y in zip(along, low, strict=True)) / spread)
    angle = degrees(atan(median(angles))) if angles else 0.0
    return angle if LIKELY_SKEW[0] <= abs(angle) <= LIKELY_SKEW[1] else 0.0


def _by_start(tokens: Sequence[RestoredToken]) -> tuple[list[RestoredToken], list[int]]:
    ordered = sorted(tokens, key=lambda token: token.start)
    return ordered, [token.start for token in ordered]


def _cut(line: Line, word: Word, tokens: tuple[list[RestoredToken], list[int]]) -> Iterator[PlacedWord]:
    start, text = word.start, line.text[word.start : word.end]
    parts = text.split()
    way = 0 if word.box.x1 - word.box.x0 >= word.box.y1 - word.box.y0 else 1
    for part in parts:
        start = line.text.index(part, start)
        box = word.box
        if len(parts) > 1:  # along the longer side: a word with a space in it is long
            low, high = (start - word.start) / len(text), (start + len(part) - word.start) / len(text)
            wide, tall = box.x1 - box.x0, box.y1 - box.y0
            box = (
                Box(box.x0 + low * wide, box.y0, box.x0 + high * wide, box.y1)
                if way == 0
                else Box(box.x0, box.y0 + low * tall, box.x1, box.y0 + high * tall)
            )
        yield _told(line, start, start + len(part), box, word.confidence, tokens)
        start += len(part)


def _told(
    line: Line, start: int, end: int, box: Box, confidence: float | None, tokens: tuple[list[RestoredToken], list[int]]
) -> PlacedWord:
    ordered, starts = tokens
    first = max(0, bisect_right(starts, start) - 1)
    within = [token for token in ordered[first : bisect_left(starts, end)] if token.end > start]
    text, raw, other = line.text[start:end], _raw(line, start, end), None
    if within:
        confidence = min(1.0, *(token.probability for token in within))
        for token in within:
            if token.runner_up and start <= token.start and token.end <= end:
                other = line.text[start : token.start] + token.runner_up + line.text[token.end : end]
                break
    return PlacedWord(text, box, raw if raw != text else None, confidence, other if other != text else None)


def _raw(line: Line, start: int, end: int) -> str:
    """What the file held where `text[start:end]` stands; "" for what it does not hold."""
    if not line.origin:
        return line.raw[start:end]
    held = [at for at in line.origin[start:end] if at >= 0]
    return line.raw[min(held) : max(held) + 1].strip() if held else ""
