"""The columns of a table without upright rules: how far the text of each reaches, and pieces of rows among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from statistics import median

from pipeline.ingest.layout import ALIGNED, Span, part
from pipeline.ingest.words import TextRow
from pipeline.knowledge import documents
from pipeline.language.normal import nfc

APART = 0.8  # em: a wider gap parts two cells
NARROW, OUTSTANDING = 0.45, 1.4  # em and times the usual space: the same between columns that other rows show
CLOSE, WIDER = 0.15, 1.2  # the same in a row that shows several columns already
CENTRED = 1.0  # em by which the middle of what stands over columns may miss theirs


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the header of a column of row numbers, and of its cells."""
    known = documents.columns()
    return re.compile(known.number_header), re.compile(known.number)


def text_of(row: TextRow) -> str:
    """The text of a row."""
    return nfc(" ".join([token.text for token in row.tokens]))


def is_bold(row: TextRow) -> bool:
    """Tell whether most letters of a row are bold."""
    return sum(token.bold for token in row.tokens) > 0.5 * sum(token.letters for token in row.tokens)


def pieces_of(row: TextRow) -> list[TextRow]:
    """Split a row at gaps wider than spaces."""
    out = []
    start, reach = 0, row.tokens[0].x1
    for at, token in enumerate(row.tokens):
        if token.x0 - reach >= APART * row.size:
            out.append(part(row.tokens[start:at], row))
            start = at
        reach = max(reach, token.x1)
    return [*out, part(row.tokens[start:], row)]


def heads_numbers(row: TextRow) -> bool:
    """Tell whether the first piece of a row is the header of a column of row numbers."""
    if len(row.tokens[0].text) > 5:
        return False
    return bool(patterns()[0].fullmatch(text_of(pieces_of(row)[0]).casefold()))


def meet(one: Span, other: Span) -> bool:
    """Tell whether two intervals overlap."""
    return one[0] < other[1] and other[0] < one[1]


class UnruledColumns:
    """UnruledColumns from left to right; the first is that of the row numbers."""

    def __init__(self, spans: Sequence[Span] = ()) -> None:
        self.spans = list(spans)

    def add(self, piece: TextRow) -> None:
        """Begin a column where a piece stands."""
        self.spans.append((piece.x0, piece.x1))
        self.spans.sort()

    def touched(self, piece: TextRow) -> list[int]:
        """The columns that a piece reaches into."""
        return [at for at, span in enumerate(self.spans) if meet(span, (piece.x0, piece.x1))]

    def widen(self, at: int, piece: TextRow) -> None:
        """Widen a column to the extent of a piece."""
        x0, x1 = self.spans[at]
        self.spans[at] = min(x0, piece.x0), max(x1, piece.x1)

    def nearest(self, piece: TextRow) -> int:
        """The column nearest to a piece; not that of the numbers."""
        return min((max(x0 - piece.x1, piece.x0 - x1), at) for at, (x0, x1) in enumerate(self.spans) if at)[1]

    def are_apart(self, least: float) -> bool:
        """Tell whether free strips separate them, each no narrower than `least` points."""
        return all(b[0] - a[1] >= least for a, b in zip(self.spans, self.spans[1:], strict=False))

    def is_numbered(self, row: TextRow) -> bool:
        """Tell whether a row begins with a number below the numbers' header."""
        token = row.tokens[0]
        low, high = self.spans[0]
        inside = low - row.size <= (token.x0 + token.x1) / 2 <= high + row.size
        return inside and bool(patterns()[1].fullmatch(token.text))

    def is_central(self, row: TextRow) -> bool:
        """Tell whether a row is one piece in the middle of the table."""
        middle = (self.spans[0][0] + self.spans[-1][1]) / 2
        return len(pieces_of(row)) == 1 and abs((row.x0 + row.x1) / 2 - middle) <= CENTRED * row.size

    def parted(self, piece: TextRow, sure: bool = False) -> list[TextRow] | None:
        """Cut a piece that reaches into several columns between them; None where it runs through.

        Args:
            piece: of a row.
            sure: its row shows several columns already.
        """
        touched = self.touched(piece)
        out: list[TextRow] = []
        rest = piece
        for left, right in zip(touched, touched[1:], strict=False):
            gaps = [(b.x0 - a.x1, at) for at, (a, b) in enumerate(zip(rest.tokens, rest.tokens[1:], strict=False), 1)]
            usual = median([gap for gap, _ in gaps]) if len(gaps) > 1 else 0.0
            least, times = (CLOSE, WIDER) if sure else (NARROW, OUTSTANDING)
            low, high = self.spans[left][1] - ALIGNED, self.spans[right][0] + ALIGNED
            fit = [
                (gap, at)
                for gap, at in gaps
                if gap >= max(least * piece.size, times * usual)
                and rest.tokens[at].x0 >= low
                and rest.tokens[at - 1].x1 <= high
            ]
            if not fit:
                return None
            at = max(fit)[1]
            out.append(part(rest.tokens[:at], rest))
            rest = part(rest.tokens[at:], rest)
        out.append(rest)
        return out if all(len(self.touched(one)) <= 1 for one in out) else None
