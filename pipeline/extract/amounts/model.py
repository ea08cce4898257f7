"""The types of figures in a text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from pipeline.extract.grammar import Refusal
from pipeline.schema import Comparison, Direction


class AmountKind(Enum):
    """What a figure is."""

    SHARE = "share"  # of a hundred, or of a thousand
    PART = "part"  # 4 of 9
    MEASURE = "measure"  # in a unit of money, weight, length
    COUNT = "count"  # of things: what they are stands behind it
    DURATION = "duration"
    TIMES = "times"  # twice as many
    OFTEN = "often"  # twice a month
    RANK = "rank"
    PURE = "pure"  # a figure alone


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with what is written at it.

    `value_max` is the upper end of a range, `of` is 9 in "4/9", `unit` as printed ("%", "tỷ đồng"; None where the noun
    behind it is counted), `per` what it is reckoned per. `in_words`: it is no figure in digits; `money`: its unit is
    one of money.
    """

    kind: AmountKind
    value: float | int
    value_max: float | int | None = None
    comparison: Comparison = Comparison.EQUAL
    unit: str | None = None
    of: float | int | None = None
    per: str | None = None
    in_words: bool = False
    money: bool = False


@dataclass(frozen=True, slots=True)
class ParsedTarget:
    """A figure to be reached: its offsets in the text, the amount, and what its clause says of it.

    `unit` and `per` are the amount's, or those the clause adds; `clause` are the offsets of the clause it stands in;
    `rule` is the id of the rule that read the figure.
    """

    start: int
    end: int
    amount: Amount
    unit: str | None
    per: str | None
    comparison: Comparison
    direction: Direction
    subject: str | None
    predicate: str | None
    clause: tuple[int, int]
    baseline: str | None
    due: str | None
    rule: str

    @property
    def says_how_often(self) -> bool:
        """Whether it is so many each day, week, month, quarter or year."""
        return self.per in ("day", "week", "month", "quarter", "year")

    def due_on(self, due: str | None) -> ParsedTarget:
        """The same with its due entry."""
        return replace(self, due=due)


@dataclass(frozen=True, slots=True)
class FigureReading:
    """The figures of a text, each either a target or refused."""

    targets: list[ParsedTarget] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CellAmount:
    """The figure that a cell holds; `of` is 9 in "4/9", `unit` the unit that the cell itself states."""

    value: float | int
    value_max: float | int | None
    comparison: Comparison
    of: int | None
    unit: str | None
    direction: Direction = Direction.REACH
    rule: str = ""


@dataclass(frozen=True, slots=True)
class StatedUnit:
    """The unit of a figure in a table: what it is reckoned `per` ("%/năm"), and what a share is `of` ("% GDP")."""

    unit: str
    per: str | None = None
    of: str | None = None
