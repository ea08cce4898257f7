"""Interpreting a table by its header: which rows are the header, the role of each column, the kind of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pipeline.document import FieldRole, Passage
from pipeline.knowledge import documents as known
from pipeline.language.dates import YEAR_WORD
from pipeline.language.folding import fold
from pipeline.outline.table_periods import counted_months, period_of
from pipeline.schema import SectionKind, TableKind

MAX_HEADER = 3  # levels
MAX_TITLES = 2  # rows of one cell above the header
SHORT = 6  # words: what stands below a header's cell and is no longer may be its lower level
DOING = frozenset({FieldRole.LEAD, FieldRole.RESPONSIBLE})
AGENCIES = DOING | {FieldRole.COOPERATING}
TIMES = frozenset({FieldRole.TIME, FieldRole.START, FieldRole.END})

_ORDINAL = re.compile(r"\(?(?:\d{1,2}|[a-zđ])\)?")


@dataclass(frozen=True, slots=True)
class TableSlot:
    """One row in one column: the text of the cell there, None where it is empty.

    `above` and `left`: the cell began in a row above or a column further left; `shaded`: it has a colour of its own;
    `bold`: all its lines are.
    """

    passage: Passage | None
    above: bool = False
    left: bool = False
    shaded: bool = False
    bold: bool = False

    @property
    def text(self) -> str:
        """Its text; "" for an empty cell."""
        return self.passage.text if self.passage else ""


Record = tuple[TableSlot, ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its header (levels joined by " / ") and the role of its cells."""

    header: str
    role: FieldRole
    goal: bool = False  # names what is measured
    weak: bool = False  # names projects or documents
    period: str | None = None  # the month, quarter or year that it stands for
    printed: Passage | None = None  # the lowest level of its header
    ticked: bool = False  # its header names an agency, its cells only mark that it does the work
    given: bool = False  # figures that are given to the places in the rows: its header says what they count


@dataclass(frozen=True, slots=True)
class TableHeader:
    """The header of a table: how many rows it takes at the top, and its columns.

    `measured`: the table says what is measured or counted; `hours`: its times are hours of a day; `blank`: nothing
    stands in its columns of figures.
    """

    rows: int
    columns: tuple[TableColumn, ...]
    measured: bool = False
    hours: bool = False
    blank: bool = False

    def has(self, *roles: FieldRole) -> bool:
        """Whether one of the columns has one of the roles."""
        return any(column.role in roles for column in self.columns)


@dataclass(frozen=True)
class _Rule:
    role: FieldRole
    pattern: re.Pattern[str]
    anywhere: bool
    only_targets: bool
    goal: bool
    weak: bool


_OTHER = _Rule(FieldRole.OTHER, re.compile("(?!)"), False, False, False, False)


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(FieldRole(one.name), pattern, one.anywhere, one.only_targets, one.measured, one.weak)
        for one, pattern in known.column_rules()
    )


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


@cache
def _same() -> frozenset[str]:
    return frozenset(map(fold, known.columns().same))


def is_same(text: str) -> bool:
    """Tell whether a cell means the one above it: "nt", "như trên", a ditto mark."""
    return fold(text).strip() in _same()


def is_empty(text: str) -> bool:
    """Tell whether a cell has no content: blanks, dots, dashes."""
    return bool(_any_of((known.columns().empty,)).match(text))


def is_caption(text: str) -> bool:
    """Tell whether a line above a table is its caption by its words."""
    return bool(_any_of(known.columns().captions).search(fold(text)))


def read_header(rows: Sequence[Record]) -> TableHeader | None:
    """Read the header at the top of a table; None where none of its words is known."""
    start = 0
    while start < min(MAX_TITLES, len(rows) - 1) and _is_one_cell(rows[start]):
        start += 1
    for first in dict.fromkeys((start, 0)):
        if first >= len(rows):
            continue
        deep = _depth(rows, first)
        columns, measured = _columns(rows[first : first + deep])
        if any(_is_number(slot.text) for row in rows[first : first + deep] for slot in row[:1]):
            continue  # a row that counts is none of the header
        known = [column for column in columns if column.role is not FieldRole.OTHER]
        named = {column.role for column in known}
        worded = FieldRole.WORK in named or (FieldRole.NUMBER in named and bool(named & (AGENCIES | TIMES)))
        counted = columns[0].role is FieldRole.NUMBER and all(column.header for column in columns)
        if (len(known) >= 2 and worded) or counted:
            last = first + deep
            if last < len(rows) and _counts_columns(rows[last]):
                last += 1
            return TableHeader(last, columns, measured)
    return None


class TableReason(StrEnum):
    """Why the rows of a table are read as they are, in the words that stand in the plan."""

    UNKNOWN_HEADER = "its header is not known"
    MONEY = "its title says that it is one of money"
    FORM = "it is a form to be filled in, or reports what was done"
    AGENDA = "its times are hours of a day"
    FIGURES = "its columns name what is measured and the figures to be reached"
    AGENCIES = "its columns name the work and who does it"
    TIMES = "its columns name the work and its time or result"
    NO_WORK = "its columns do not say who does what, or what is to be reached"


def kind_of(header: TableHeader | None, title: str, above: SectionKind | None = None) -> tuple[TableKind, TableReason]:
    """Tell what the rows of a table are.

    Args:
        header: of the table, None without one.
        title: its caption or the heading above it.
        above: the kind of section it stands in: it decides where the columns fit both tasks and targets.

    Returns:
        The kind and the reason; rows of the kind OTHER make no items.
    """
    if header is None:
        return TableKind.OTHER, TableReason.UNKNOWN_HEADER
    folded = fold(title)
    works = [column for column in header.columns if column.role is FieldRole.WORK]
    figures = header.has(FieldRole.FIGURE)
    if _any_of(known.columns().money_titles).search(folded) or _counts_money(header, folded):
        return TableKind.OTHER, TableReason.MONEY
    if _any_of(known.columns().form_titles).search(folded):
        return TableKind.OTHER, TableReason.FORM
    if header.hours:
        return TableKind.OTHER, TableReason.AGENDA
    if figures and header.blank and not header.has(*AGENCIES):
        return TableKind.OTHER, TableReason.FORM
    given = any(column.given for column in header.columns)
    if given and above is not SectionKind.OBJECTIVE and not _any_of(known.columns().given_titles).search(folded):
        return TableKind.OTHER, TableReason.NO_WORK
    if figures and works and not _serves(header, above):
        return TableKind.TARGET, TableReason.FIGURES
    if works and header.has(*AGENCIES):
        return TableKind.TASK, TableReason.AGENCIES
    if works and not works[0].weak and (header.has(*TIMES) or (header.has(FieldRole.RESULT) and not works[0].goal)):
        return TableKind.TASK, TableReason.TIMES
    return TableKind.OTHER, TableReason.NO_WORK


def _counts_money(header: TableHeader, title: str) -> bool:
    """Whether the figures of a table are sums of money: its caption says so, or prices and sums stand in it."""
    if any(_any_of(known.columns().prices).search(fold(column.header)) for column in header.columns):
        return True
    figures = header.has(FieldRole.FIGURE) and not header.has(FieldRole.UNIT)
    return figures and bool(_any_of(known.columns().money_units).search(title))


def _serves(header: TableHeader, above: SectionKind | None) -> bool:
    """Whether the figures only say what the work is for: "Nhiệm vụ | Mục tiêu | Cơ quan chủ trì"."""
    works = [column for column in header.columns if column.role is FieldRole.WORK]
    working = above is SectionKind.TASK or above is SectionKind.ORGANISATION
    if all(column.goal for column in works) or not (header.has(*AGENCIES) or (working and header.has(*TIMES))):
        return False
    if works[0].goal or working:
        return True  # "Mục tiêu | Nhiệm vụ | Chỉ tiêu | Cơ quan chủ trì"
    dated = any(YEAR_WORD.search(column.header) for column in header.columns if column.role is FieldRole.FIGURE)
    return header.has(*TIMES) or not (dated or header.has(FieldRole.UNIT, FieldRole.BASELINE))


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.]+|[IVX]+\.?", text.strip()))


def _is_one_cell(row: Record) -> bool:
    """Whether a row is one cell over all columns."""
    return len(row) > 1 and bool(row[0].text) and all(slot.left for slot in row[1:])


def _depth(rows: Sequence[Record], first: int) -> int:
    """How many levels the header has that begins in row `first`."""
    deep = 1
    while deep < MAX_HEADER and first + deep < len(rows):
        last, below = rows[first + deep - 1], rows[first + deep]
        own = [slot.text for slot in below if slot.text and not slot.above and not slot.left]
        parted = any(slot.above for slot in below) or any(slot.left for slot in last)
        blank = any(not slot.text for slot in last) and not parted
        again = sum(one.text == two.text != "" for one, two in zip(last, below, strict=True))  # what cannot be merged
        if own and (_are_periods(rows[first : first + deep + 1]) or _are_parts(last, below)):
            deep += 1
            continue
        if not own or not (parted or blank or again) or _counts_columns(below):
            break
        if any(len(text.split()) > SHORT or text.strip(" .").isdigit() and len(text) < 4 for text in own):
            break
        if sum(_says(text) for text in own) < len(own) / 2 or (blank and not all(_says(text) for text in own)):
            break
        deep += 1
    return deep


def _are_parts(last: Record, below: Record) -> bool:
    """Whether a row only parts the cells over several columns above it, while the others of the header run on."""
    width = len(last)
    grouped = [slot.left or (at + 1 < width and last[at + 1].left) for at, slot in enumerate(last)]
    own = [at for at, slot in enumerate(below) if not slot.above]
    short = all(len(below[at].text.split()) <= SHORT for at in own)
    return len(own) > 1 and short and len(own) < width and all(grouped[at] and not below[at].left for at in own)


def _are_periods(rows: Sequence[Record]) -> bool:
    """Whether the last of the header's rows names months, quarters or years under those above it."""
    own = [at for at, slot in enumerate(rows[-1]) if slot.text and not slot.above and not slot.left]
    periods = [at for at in own if period_of(_levels(rows, at))]
    return len(periods) > 1 and all(at in periods or rows[-2][at].text == rows[-1][at].text for at in own)


def _says(text: str) -> bool:
    """Whether words can stand in a header."""
    plain = known.plain_header(text)
    return any(rule.pattern.search(plain) for rule in _rules())


def _counts_columns(row: Record) -> bool:
    """Whether a row only counts the columns: (1) (2) (3), A B 1 2."""
    texts = [fold(slot.text).strip() for slot in row if slot.text and not slot.above]
    if len(texts) < 3 or not all(_ORDINAL.fullmatch(text) for text in texts):
        return False
    plain = [text.strip("()") for text in texts]
    letters = [text for text in plain if text.isalpha()]
    numbers = [int(text) for text in plain if text.isdigit()]
    return letters == list("abcdefgh"[: len(letters)]) and numbers == list(range(1, len(numbers) + 1))


def _columns(rows: Sequence[Record]) -> tuple[tuple[TableColumn, ...], bool]:
    """The columns by their headers, and whether they say what is measured."""
    paths = [_levels(rows, at) for at in range(len(rows[0]))]
    first = _with_agencies(paths, [_role(levels, targets=False) for levels in paths])
    measured = any(rule.goal for rule in first if rule) or any(
        rule is not None and rule.role is FieldRole.UNIT for rule in first
    )
    measured = measured and any(rule is not None and rule.role is FieldRole.WORK for rule in first)
    rules = _with_agencies(paths, [_role(levels, targets=True) for levels in paths]) if measured else first
    out = []
    works = 0
    months = counted_months(paths)
    named = sum(rule is not None and rule.role is FieldRole.WORK and not rule.weak for rule in first)
    for at, (levels, rule, plain) in enumerate(zip(paths, rules, first, strict=True)):
        figures = rule is not None and rule.role is FieldRole.FIGURE
        dated = bool(re.search(r"\d{4}", levels[-1] if levels else ""))
        only = plain is not None and plain.role is FieldRole.WORK and (not dated or named == (0 if plain.weak else 1))
        if figures and only and not works:
            rule = plain  # "Chỉ tiêu" names what is measured where no column before it does
        if rule is not None and rule.role is FieldRole.WORK:
            works += 1
        header = " / ".join(levels)
        period = months.get(at) or period_of(levels)
        if rule is None:
            rule = _OTHER
        printed = next((row[at].passage for row in reversed(rows) if row[at].passage), None)
        if period is not None and rule.role in (FieldRole.TIME, FieldRole.FIGURE, FieldRole.OTHER):
            out.append(TableColumn(header, FieldRole.PERIOD, period=period, printed=printed))
        else:
            out.append(TableColumn(header, rule.role, rule.goal, rule.weak, printed=printed))
    return tuple(out), measured


def _with_agencies(paths: Sequence[Sequence[str]], rules: Sequence[_Rule | None]) -> list[_Rule | None]:
    """The rules of the columns; "Đơn vị" alone is who does it where no column counts or measures anything."""
    if any(_any_of(known.columns().counted).search(fold(" / ".join(levels))) for levels in paths):
        return list(rules)
    named = [rule for rule in rules if rule is not None]
    if any(rule.goal or rule.role in AGENCIES for rule in named):
        return list(rules)
    if not any(rule.role is FieldRole.WORK and not rule.weak for rule in named):
        return list(rules)
    who = next(rule for rule in _rules() if rule.role is FieldRole.RESPONSIBLE)
    return [
        who if levels and known.plain_header(levels[-1]) == "đơn vị" else rule
        for levels, rule in zip(paths, rules, strict=True)
    ]


def _levels(rows: Sequence[Record], at: int) -> list[str]:
    """The header of a column from its upper level down; a group stands over each of its columns."""
    out: list[str] = []
    for number, row in enumerate(rows):
        column = at
        while column and row[column].left:
            column -= 1
        text = row[column].text
        if not text and number == 0 and len(rows) > 1 and column:  # a format that cannot merge leaves blanks
            text = next((row[other].text for other in range(column, -1, -1) if row[other].text), "")
        if text and (not out or out[-1] != text):
            out.append(text)
    return out


def _role(levels: Sequence[str], targets: bool) -> _Rule | None:
    rules = [rule for rule in _rules() if targets or not rule.only_targets]
    whole = fold(" / ".join(level[: known.LONGEST_HEADER] for level in levels))
    for rule in rules:
        if rule.anywhere and rule.pattern.search(whole):
            return rule
    for text in reversed([known.plain_header(level) for level in levels]):
        for rule in rules:
            if rule.pattern.search(text):
                return rule
    return None
