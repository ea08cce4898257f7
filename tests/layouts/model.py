"""A plan with tables as it is printed, and what it means: the values the writers and the tests share.

`rows` of a grid hold a `Cell` where one begins and None where one from above or from the left runs on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Rules(Enum):
    """Which rules a table is printed with."""

    ALL = "all"
    HORIZONTAL = "horizontal"
    NONE = "none"


class Turn(Enum):
    """How the page of a table lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"  # a wide page
    ROTATED = "rotated"  # a tall page that the reader turns (/Rotate 90)


@dataclass(frozen=True)
class Cell:
    """What is printed in a cell, "\\n" between its lines, and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1
    bold: bool = False


Row = tuple[Cell | None, ...]


@dataclass(frozen=True)
class Grid:
    """A table: header and rows, and the share of the width of each column."""

    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    rules: Rules = Rules.ALL
    turn: Turn = Turn.PORTRAIT
    repeats: bool = False  # the header stands again on every page
    breaks: bool = False  # a row may go on over the page
    middle: bool = False  # short cells stand in the middle of their row

    def __post_init__(self) -> None:
        assert all(len(row) == len(self.widths) for row in (*self.header, *self.rows))

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """What the cells say, row by row; "" where a cell runs on."""
        return tuple(tuple(flat(cell.text) if cell else "" for cell in row) for row in (*self.header, *self.rows))


@dataclass(frozen=True)
class Text:
    """A paragraph; `style` is body, heading, title or item."""

    text: str
    style: str = "body"


@dataclass(frozen=True)
class Sides:
    """Two columns side by side: the head, or the signature block."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """The lines that open an annex on a new page."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """An item of a list, from level 0; `note` stands at its foot."""

    level: int
    text: str
    note: str = ""


@dataclass(frozen=True)
class Boxed:
    """Lines in a text box."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Framed:
    """Blocks in a table of one cell, which only draws a frame around them."""

    blocks: tuple[Text | Listed | Grid, ...]


Block = Text | Sides | Annex | Grid | Listed | Boxed | Framed


@dataclass(frozen=True)
class Time:
    """A time as printed and what it means; `printed` is None where it stands in two cells."""

    printed: str | None
    kind: str | None
    start: date | None = None
    end: date | None = None
    edtf: str | None = None
    recurrence: str | None = None


@dataclass(frozen=True)
class Figure:
    """A figure to be reached."""

    value: float
    value_max: float | None
    comparison: str
    unit: str | None
    baseline: str | None
    due: str


@dataclass(frozen=True)
class Item:
    """A task or an objective that a row means; `headings` stand above it, agencies are (full name, role)."""

    number: str | None
    text: str
    headings: tuple[str, ...] = ()
    result: str | None = None
    agencies: tuple[tuple[str, str], ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Made:
    """A plan as it is to be printed, and what it means; `body` are the items outside of tables.

    `numbers` are those of the levels of its lists, with "{}" for the counter; `automatic`: Word counts them.
    """

    name: str
    blocks: tuple[Block, ...]
    tasks: tuple[Item, ...] = ()
    objectives: tuple[Item, ...] = ()
    body: tuple[str, ...] = field(default=())
    numbers: tuple[str, ...] = ()
    automatic: bool = False

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))


def flat(text: str) -> str:
    """A text with its line breaks joined."""
    return " ".join(text.split())


def covering(rows: Sequence[Row]) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with the row and the column it begins in."""
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                yield at, column, cell
