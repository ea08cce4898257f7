"""The words of a page as operators of a PDF that put them, invisible, in their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan, cos, degrees, radians, sin, tan

from pipeline.archive.glyphless import ADVANCE, ASCENT, EM, coded
from pipeline.archive.words import DIRECTIONS, PlacedWord, line_directions, placed_words, skew, turn_upright
from pipeline.document import Box, Page

SPACE = 0.12  # of the height of a word: a narrower gap is no space to pdftotext
FALL = 5.0  # points: readers take a line that falls by more for two, or mix it with the next
SMALL = 0.1  # points: no box is smaller
TextMatrix = tuple[float, float, float, float]


@dataclass(frozen=True)
class PageTransform:
    """From the page as displayed (points, y downwards) back to user space of the PDF.

    `x` = a (X - c) + d (Y - f), `y` = b (X - c) + e (Y - f): the way from user space of pages cropped and turned by
    /Rotate is a rotation by quarters with a shift, so its inverse is its transpose. UserUnit enlarges user space as a
    whole and changes nothing here. `width` and `height` are those of the displayed page in user space.
    """

    width: float
    height: float
    a: int
    b: int
    c: float
    d: int
    e: int
    f: float
    scale: float = 1.0  # of user space to the document's points: 1, but for a document in physical points

    @classmethod
    def of(cls, visible: Box, rotation: int, width: float | None) -> PageTransform:
        """Make the transform of a page.

        Args:
            visible: what is shown of the page, in user space: left, bottom, right and top in points.
            rotation: degrees by which the page is turned clockwise for display: 0, 90, 180 or 270.
            width: points; the page's width as displayed in the document, None where it is that of the PDF.
        """
        left, bottom, right, top = visible
        wide, high = right - left, top - bottom
        a, b, c, d, e, f = {
            90: (0, 1, -bottom, 1, 0, -left),
            180: (-1, 0, right, 0, 1, -bottom),
            270: (0, -1, top, -1, 0, right),
        }.get(rotation, (1, 0, -left, 0, -1, top))
        shown = (high, wide) if rotation in (90, 270) else (wide, high)
        return cls(*shown, int(a), int(b), float(c), int(d), int(e), float(f), shown[0] / width if width else 1.0)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Map a point of the displayed page (points from its top left) to user space."""
        right, down = x * self.scale - self.c, y * self.scale - self.f
        return self.a * right + self.d * down, self.b * right + self.e * down

    def vector(self, x: float, y: float) -> tuple[float, float]:
        """Map a direction on the displayed page to user space."""
        return self.a * x + self.d * y, self.b * x + self.e * y


def text_layer(page: Page, transform: PageTransform, font: str) -> tuple[bytes, set[int]]:
    """Write the operators that put a page's words in their places, in text rendering mode 3 (invisible).

    Args:
        page: a page of the document.
        transform: from that page as displayed to user space of the PDF.
        font: the name of the glyphless font among the page's resources, with its slash.

    Returns:
        The operators and the code points they show; b"" and none where the page has no words.
    """
    ways = line_directions(page)
    lines = [(ways[at], placed_words(line)) for at, line in enumerate(page.lines)]
    lines = [(way, words) for way, words in lines if words]
    if not lines:
        return b"", set()
    angle = {
        way: skew([[turn_upright(word.box, way) for word in words] for other, words in lines if other == way])
        for way in {way for way, _ in lines}
    }
    out = [b"q BT 3 Tr"]
    for way, words in lines:
        out.extend(_line(way, angle[way], words, transform, font))
    out.append(b"ET Q\n")
    text = "".join(word.text for _, words in lines for word in words) + " "
    codes = coded(text)
    return b"\n".join(out), {high << 8 | low for high, low in zip(codes[::2], codes[1::2], strict=True)}


def _line(way: int, angle: float, words: Sequence[PlacedWord], transform: PageTransform, font: str) -> Iterator[bytes]:
    """The words of a line, a space behind each but the last: the first placed, the others moved on from it."""
    boxes, angle = _levelled([turn_upright(word.box, way) for word in words], angle)
    sine, cosine = sin(radians(angle)), cos(radians(angle))
    start = (0.0, 0.0)
    at, size = (0.0, 0.0), ""
    for number, (word, box) in enumerate(zip(words, boxes, strict=True)):
        high = max(box.y1 - box.y0, SMALL)
        following = boxes[number + 1].x0 if number + 1 < len(boxes) else None
        end = box.x1
        if following is not None and following > box.x0:  # boxes may touch; readers want to see the space
            end = min(end, max(following - SPACE * high, (box.x0 + min(end, following)) / 2))
        half = (box.x1 - box.x0) / 2  # the middle of a crooked word's baseline is that of its box
        x, y = box.x0 + half - half * cosine, box.y0 + high * ASCENT / EM - half * sine
        if f"{high * transform.scale:.1f}" != size:
            size = f"{high * transform.scale:.1f}"
            yield f"{font} {size} Tf".encode()
        if not number:
            start = (x, y)
            place = transform.point(*_displayed(x, y, way))
            yield f"{_numbers(*_matrix(way, angle, transform), digits=5)} {_numbers(*place)} Tm".encode()
        else:
            right, down = (x - start[0]) * transform.scale, (y - start[1]) * transform.scale
            here = round(right * cosine + down * sine, 1), round(right * sine - down * cosine, 1)
            yield f"{_numbers(here[0] - at[0], here[1] - at[1])} Td".encode()
            at = here
        yield _shown(word.text, max(end - box.x0, SMALL) / high, following is not None).encode()


def _levelled(boxes: Sequence[Box], angle: float) -> tuple[list[Box], float]:
    """The boxes of a crooked line turned about its middle until it falls by no more than `FALL`, and its angle then."""
    slope = tan(radians(angle))
    fall = abs(slope) * (boxes[-1].x1 - boxes[0].x0)
    if fall <= FALL:
        return list(boxes), angle
    middle, less = (boxes[0].x0 + boxes[-1].x1) / 2, slope * (1 - FALL / fall)
    shifts = [less * ((box.x0 + box.x1) / 2 - middle) for box in boxes]
    level = [Box(x0, y0 - down, x1, y1 - down) for (x0, y0, x1, y1), down in zip(boxes, shifts, strict=True)]
    return level, degrees(atan(slope - less))


def _shown(text: str, width: float, space: bool) -> str:
    """A text shown `width` em wide, and a space where one follows: the next word has a place of its own."""
    codes = coded(text)
    scale = 100 * width / (len(codes) // 2 * ADVANCE / EM)
    return f"{_numbers(max(scale, 0.1))} Tz <{(codes + coded(' ') if space else codes).hex().upper()}> Tj"


def _matrix(way: int, angle: float, transform: PageTransform) -> TextMatrix:
    """Where text runs and where its letters point, in user space, for text of a direction that falls by `angle`."""
    right, down = DIRECTIONS[way]
    cosine, sine = cos(radians(angle)), sin(radians(angle))
    along = right * cosine - down * sine, down * cosine + right * sine
    return *transform.vector(*along), *transform.vector(along[1], -along[0])


def _displayed(x: float, y: float, way: int) -> tuple[float, float]:
    """A point of the upright frame on the page as displayed: the way back from `turn_upright`."""
    return {0: (x, y), 90: (-y, x), 180: (-x, -y), 270: (y, -x)}[way]


def _numbers(*values: float, digits: int = 1) -> str:
    texts = (f"{value:.{digits}f}".rstrip("0").rstrip(".") for value in values)
    return " ".join("0" if text == "-0" else text for text in texts)
