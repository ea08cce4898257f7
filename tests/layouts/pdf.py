"""A plan as a born-digital PDF: an embedded font, true rules, pages that lie as the table asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import fontpkg
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.layouts.model import Annex, Cell, Grid, Made, Row, Rules, Sides, Text, Turn, flat

LONG, SHORT = 841.89, 595.28  # points: A4
LEFT, RIGHT, TOP, BOTTOM = 71.0, 43.0, 57.0, 57.0  # Decree 30/2020/NĐ-CP, Annex I
SIZE, SMALL = 13.0, 11.0  # points: the type of the body, and of tables
LEADING = 1.32
PAD = 4.0
Fragment = tuple[int, int, Cell, list[str]]  # row and column in the piece of the page, the cell, its lines


def font_file(weight: int) -> Path:
    """Spectral (OFL), the one serif face with all Vietnamese letters that is small, static and packaged."""
    return Path(fontpkg.path("Spectral", weight=weight))


@cache
def _fonts() -> tuple[str, str]:
    for name, weight in (("regular", 400), ("bold", 700)):
        pdfmetrics.registerFont(TTFont(f"Spectral-{name}", str(font_file(weight))))
    return "Spectral-regular", "Spectral-bold"


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """The lines of a text that fit in a width; "\\n" begins a new one."""
    font, out = _fonts()[bold], []
    for part in text.split("\n"):
        line = ""
        for word in part.split():
            longer = f"{line} {word}".strip()
            if line and pdfmetrics.stringWidth(longer, font, size) > width:
                out.append(line)
                longer = word
            line = longer
        out.append(line)
    return out


class Paper:
    """Pages in the making; y counts down from the top. `grids` keeps what each page shows of each table."""

    def __init__(self, path: Path) -> None:
        self.canvas = Canvas(str(path), pagesize=(SHORT, LONG))
        self.turn, self.y, self.number = Turn.PORTRAIT, TOP, 1
        self.grids: list[tuple[int, tuple[tuple[str, ...], ...]]] = []

    @property
    def width(self) -> float:
        return SHORT if self.turn is Turn.PORTRAIT else LONG

    @property
    def height(self) -> float:
        return LONG if self.turn is Turn.PORTRAIT else SHORT

    @property
    def left(self) -> float:
        """How many points of height the page has left."""
        return self.height - BOTTOM - self.y

    def next_page(self, turn: Turn) -> None:
        self.canvas.showPage()
        self.turn, self.y = turn, TOP
        self.number += 1
        self.canvas.setPageSize((self.width, self.height))  # reportlab lays a page that it rotates on its side
        self.canvas.setPageRotation(90 if turn is Turn.ROTATED else 0)
        if turn is Turn.ROTATED:
            self.canvas.translate(SHORT, 0)
            self.canvas.rotate(90)
        self.print(self.width / 2, 38, str(self.number), SIZE, middle=True)

    def print(self, x: float, y: float, text: str, size: float, bold: bool = False, middle: bool = False) -> None:
        self.canvas.setFont(_fonts()[bold], size)
        (self.canvas.drawCentredString if middle else self.canvas.drawString)(x, self.height - y, text)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def paragraph(self, text: str, bold: bool = False, middle: bool = False, indent: float = 0.0) -> None:
        for number, line in enumerate(wrap(text, self.width - LEFT - RIGHT - indent, SIZE, bold)):
            if self.left < SIZE * LEADING:
                self.next_page(self.turn)
            self.y += SIZE * LEADING
            x = (self.width + LEFT - RIGHT) / 2 if middle else LEFT + (0 if number else indent)
            self.print(x, self.y, line, SIZE, bold, middle)
        self.y += 5

    def sides(self, block: Sides) -> None:
        if self.left < SIZE * LEADING * (max(len(block.left), len(block.right)) + 2):
            self.next_page(self.turn)
        self.y += 8
        for at, side in enumerate((block.left, block.right)):
            x = LEFT + (0.22, 0.73)[at] * (self.width - LEFT - RIGHT)
            for row, line in enumerate(side, start=1):
                if side[0] == "Nơi nhận:":
                    self.print(LEFT, self.y + row * SIZE * LEADING, line, SMALL)
                else:
                    self.print(x, self.y + row * SIZE * LEADING, line, SMALL, row < 3, middle=True)
        self.y += SIZE * LEADING * max(len(block.left), len(block.right)) + 20


class Typesetter:
    """Sets one table, row after row, over as many pages as it takes."""

    def __init__(self, paper: Paper, grid: Grid) -> None:
        self.paper, self.grid = paper, grid
        self.turn = grid.turn
        share = (paper.width - LEFT - RIGHT) / sum(grid.widths)
        self.edges = [LEFT + share * sum(grid.widths[:at]) for at in range(len(grid.widths) + 1)]
        self.shown: list[list[str]] = []

    def set(self) -> None:
        self._rows(self.grid.header)
        at = 0
        while at < len(self.grid.rows):
            size = _together(self.grid.rows, at)
            self._rows(self.grid.rows[at : at + size])
            at += size
        self._flush()

    def _lines(self, column: int, cell: Cell) -> list[str]:
        width = self.edges[column + cell.columns] - self.edges[column] - 2 * PAD
        return wrap(cell.text, width, SMALL, cell.bold)

    def _rows(self, rows: Sequence[Row]) -> None:
        """Rows that stay on one page where the table does not break."""
        found: list[Fragment] = [
            (at, column, cell, self._lines(column, cell))
            for at, row in enumerate(rows)
            for column, cell in enumerate(row)
            if cell is not None
        ]
        heights = _heights(found, len(rows))
        while sum(heights) > self.paper.left:
            parts = self._split(found, len(heights)) if self.grid.breaks else None
            if parts:
                first, count, found = parts
                self._print(first, _heights(first, count))
                heights = _heights(found, max(at + cell.rows for at, _, cell, _ in found))
            if not self.shown:
                raise ValueError("rows that stay together are taller than a page")
            self._flush()
            self.paper.next_page(self.turn)
            if self.grid.repeats:
                self._rows(self.grid.header)
        self._print(found, heights)

    def _split(self, found: Sequence[Fragment], rows: int) -> tuple[list[Fragment], int, list[Fragment]] | None:
        """What still fits on this page, how many rows that is, and what goes on over it; None where nothing fits.

        A merged cell says on this page what it says, and covers at least two rows of the next.
        """
        if rows == 1:
            lines = int((self.paper.left - 2 * PAD) / (SMALL * LEADING))
            first = [(at, column, cell, texts[:lines]) for at, column, cell, texts in found]
            return (
                (first, 1, [(at, column, cell, texts[lines:]) for at, column, cell, texts in found])
                if lines > 0
                else None
            )
        for count in range(rows - 1, 1 if found[0][2].bold else 0, -1):
            first, rest = [], []
            for at, column, cell, texts in found:
                over = at + cell.rows - count
                if at < count:
                    first.append((at, column, replace(cell, rows=min(cell.rows, count - at)), texts))
                if over > 0:
                    goes_on = at < count
                    rest.append(
                        (max(at - count, 0), column, replace(cell, rows=min(cell.rows, over)), [] if goes_on else texts)
                    )
            tied = all(cell.rows > 1 for at, _, cell, texts in rest if not texts)
            if tied and sum(_heights(first, count)) <= self.paper.left:
                return first, count, rest
        return None

    def _print(self, found: Sequence[Fragment], heights: Sequence[float]) -> None:
        tops = [self.paper.y + sum(heights[:at]) for at in range(len(heights) + 1)]
        shown = [[""] * len(self.grid.widths) for _ in heights]
        for at, column, cell, lines in found:
            box = (self.edges[column], tops[at], self.edges[column + cell.columns], tops[at + cell.rows])
            shown[at][column] = flat(" ".join(lines))
            centred = cell.bold or (self.grid.middle and len(lines) < 4)
            space = box[3] - box[1] - 2 * PAD - len(lines) * SMALL * LEADING
            y = box[1] + PAD + (space / 2 if centred else 0)
            for line in lines:
                y += SMALL * LEADING
                x = (box[0] + box[2]) / 2 if cell.bold else box[0] + PAD
                self.paper.print(x, y - 3.5, line, SMALL, cell.bold, middle=cell.bold)
            if self.grid.rules is not Rules.NONE:
                self.paper.rule(box[0], box[1], box[2], box[1])
                self.paper.rule(box[0], box[3], box[2], box[3])
            if self.grid.rules is Rules.ALL:
                self.paper.rule(box[0], box[1], box[0], box[3])
                self.paper.rule(box[2], box[1], box[2], box[3])
        self.shown += shown
        self.paper.y = tops[-1]

    def _flush(self) -> None:
        """Keeps what this page shows of the table."""
        if self.shown:
            self.paper.grids.append((self.paper.number, tuple(tuple(row) for row in self.shown)))
        self.shown = []


def _together(rows: Sequence[Row], at: int) -> int:
    """How many rows from here on are tied by merged cells; a section's row stays with the next."""
    end = at + 1
    here = at
    while here < end:
        row = rows[here]
        end = max([end, *(here + cell.rows for cell in row if cell)])
        if row[1] is None or (row[0] and row[0].bold):
            end = max(end, min(here + 2, len(rows)))
        here += 1
    return end - at


def _heights(found: Sequence[Fragment], count: int) -> list[float]:
    """The height of each row; the last of those that a merged cell covers grows for it."""
    out = [0.0] * count
    for at, _, cell, lines in sorted(found, key=lambda one: one[0] + one[2].rows):
        last = at + cell.rows - 1
        needed = len(lines) * SMALL * LEADING + 2 * PAD
        out[last] = max(out[last], needed - sum(out[at:last]))
    return out


def write(made: Made, path: Path) -> list[tuple[int, tuple[tuple[str, ...], ...]]]:
    """Writes the plan; gives what each page shows of a table: the page's number, and the cells row by row."""
    paper = Paper(path)
    for at, block in enumerate(made.blocks):
        if isinstance(block, Sides):
            paper.sides(block)
        elif isinstance(block, Annex):
            following = made.blocks[at + 1]
            paper.next_page(following.turn if isinstance(following, Grid) else Turn.PORTRAIT)
            for line in block.lines:
                paper.paragraph(line, bold=not line.startswith("("), middle=True)
        elif isinstance(block, Grid):
            Typesetter(paper, block).set()
            paper.y += 12
        elif isinstance(block, Text):
            heading = block.style in ("heading", "title")
            paper.paragraph(block.text, heading, block.style == "title", 0 if block.style == "title" else 28)
    paper.canvas.save()
    return paper.grids
