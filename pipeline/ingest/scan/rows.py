"""Rows of tokens from OCR, so that a scanned page is laid out as any other page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.document import Box
from pipeline.ingest.scan.page import Scan, ScanLine, ScanWord
from pipeline.ingest.words import PageToken, TextRow, TurnedRows

SAME_BASELINE = 0.3  # em: lines side by side that differ by no more stand on one
SLIVER = (0.22, 0.48)  # em, and times the usual width of a letter of its line: no letter but these is narrower
NARROW = frozenset("iIíìịĩỉÍÌlL1|jJtfr")
TYPE_SIZES = (0.6, 1.8)  # times the usual size of a page: the reader errs where a line has few letters


def rows_of(scan: Scan) -> list[tuple[int, TurnedRows]]:
    """The rows of a page with the region of each set: the number of a table's cell, or -1.

    Of two pages in one picture the left one comes first.
    """
    frame = TurnedRows(scan.turn, scan.width, scan.height, (), scan.skew)
    usual = median(line.size for line in scan.lines) if scan.lines else 0.0
    lines = [kept for line in scan.lines if (kept := _without_slivers(line)).words]
    by_region: dict[tuple[int, bool], list[TextRow]] = {}
    for line in lines:
        for right, words in enumerate(_halves(line, scan.gutter)):
            if words:
                by_region.setdefault((line.cell, bool(right)), []).append(_row(line._replace(words=words), usual))
    out = []
    for region, right in sorted(by_region):
        rows = _side_by_side(sorted(by_region[region, right], key=lambda row: (row.baseline, row.x0)))
        out.append((region, replace(frame, rows=tuple(rows))))
    return out


def _without_slivers(line: ScanLine) -> ScanLine:
    """A line without specks that were read as a letter or digit, too narrow to be it: "ngày 21 2 tháng 4"."""
    wide = [(word.x1 - word.x0) / len(word.text) for word in line.words if len(word.text) > 2]
    if not wide:
        return line
    least = min(SLIVER[0] * line.size, SLIVER[1] * median(wide))
    kept = [word for word in line.words if word.raised or not _is_letter(word.text) or word.x1 - word.x0 >= least]
    return line if len(kept) == len(line.words) else line._replace(words=tuple(kept))


def _is_letter(text: str) -> bool:
    """Whether a word is one letter or digit that takes room."""
    return len(text) == 1 and text.isalnum() and text not in NARROW


def _halves(line: ScanLine, gutter: float | None) -> tuple[tuple[ScanWord, ...], tuple[ScanWord, ...]]:
    """The words of a line left and right of the fold of a double page."""
    if gutter is None:
        return line.words, ()
    left = tuple(word for word in line.words if (word.x0 + word.x1) / 2 < gutter)
    return left, tuple(word for word in line.words if (word.x0 + word.x1) / 2 >= gutter)


def shown(scan: Scan) -> list[list[Box]]:
    """The cells of each table on the page as it is displayed, in points."""
    frame = TurnedRows(scan.turn, scan.width, scan.height, (), scan.skew)
    return [[frame.box(cell) for cell in cells] for cells in scan.tables]


def shown_rules(scan: Scan) -> list[Box]:
    """The level rules outside tables on the page as it is displayed, in points."""
    frame = TurnedRows(scan.turn, scan.width, scan.height, (), scan.skew)
    return [frame.box(rule) for rule in scan.rules]


def _row(line: ScanLine, usual: float) -> TextRow:
    size = min(max(line.size, TYPE_SIZES[0] * usual), TYPE_SIZES[1] * usual)
    tokens = [
        PageToken(word.text, word.x0, word.x1, word.baseline, size, len(word.text), 0, 0, word.confidence, word.raised)
        for word in sorted(line.words, key=lambda word: word.x0)
    ]
    return TextRow(tuple(tokens), round(median(token.baseline for token in tokens), 4), size)


def _side_by_side(rows: Sequence[TextRow]) -> list[TextRow]:
    """Rows that the reader took apart though they stand on one baseline, as one."""
    out: list[TextRow] = []
    for row in rows:
        for at in range(len(out) - 1, max(-1, len(out) - 4), -1):
            other = out[at]
            if _are_apart(row, other) and abs(row.baseline - other.baseline) <= SAME_BASELINE * max(
                row.size, other.size
            ):
                tokens = sorted((*other.tokens, *row.tokens), key=lambda token: token.x0)
                longer = other if len(other.tokens) >= len(row.tokens) else row
                out[at] = TextRow(tuple(tokens), longer.baseline, longer.size)
                break
        else:
            out.append(row)
    return sorted(out, key=lambda row: row.baseline)


def _are_apart(row: TextRow, other: TextRow) -> bool:
    """Whether no word of two rows stands over one of the other: each may hold what is between those of the other."""
    tokens = sorted((*row.tokens, *other.tokens), key=lambda token: token.x0)
    return all(b.x0 >= a.x1 - 1 for a, b in zip(tokens, tokens[1:], strict=False))
