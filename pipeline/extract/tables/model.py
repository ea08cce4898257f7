"""What the cells of a row say, as values."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.document import Passage
from pipeline.extract.agencies.cells import CellAgency
from pipeline.extract.amounts.model import CellAmount
from pipeline.extract.tables.persons import NamedPerson
from pipeline.extract.times.model import ParsedDeadline
from pipeline.schema import Role

SHOWN = 200  # characters of a cell in a warning


@dataclass(frozen=True, slots=True)
class RowFigure:
    """A figure to be reached: the cell it stands in, its value, unit, what it is reckoned per, due date and baseline.

    `of` says what the figure is of beyond the row: the column's header where several columns hold such figures, or the
    words of the cell or its unit that are no unit ("≥ 5 cấp tỉnh", "% GDP").
    """

    passage: Passage
    figure: CellAmount
    unit: str | None
    due: str | None
    baseline: str | None
    of: str | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class CellDoubt:
    """What is doubtful about a cell: the code of its message, the words in question and where they stand."""

    code: str
    text: str
    passage: Passage
    start: int
    end: int


@dataclass
class RowReading:
    """All that the cells of one row say; `doubts` are the cells that a reader should look at."""

    agencies: list[tuple[CellAgency, Passage]] = field(default_factory=list)
    persons: list[tuple[NamedPerson, Passage]] = field(default_factory=list)
    times: list[tuple[ParsedDeadline, Passage]] = field(default_factory=list)
    figures: list[RowFigure] = field(default_factory=list)
    result: str | None = None
    results: list[Passage] = field(default_factory=list)
    due: str | None = None  # by when its one time says that its figures are to be reached
    statements: list[Passage] = field(default_factory=list)  # cells of figures that are sentences
    doubts: list[CellDoubt] = field(default_factory=list)

    @property
    def names_who_acts(self) -> bool:
        """Whether the cells say who does the work, not only who helps or is told of it."""
        roles = [one.role for one, _ in self.agencies] + [one.role for one, _ in self.persons]
        return any(role in (Role.LEAD, Role.RESPONSIBLE) for role in roles)

    def doubt(self, code: str, passage: Passage, start: int = 0, end: int | None = None) -> None:
        """Say that a cell, or the words from `start` to `end` of it, should be looked at."""
        end = len(passage.text) if end is None else end
        self.doubts.append(CellDoubt(code, passage.text[start:end][:SHOWN], passage, start, end))
