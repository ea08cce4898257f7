"""The rows of a table as nodes of the numbered tree: sections and items, with the fields of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.document import FieldRole, Node, Passage, RowField
from pipeline.knowledge import documents as known
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.outline.elements import OpenNode
from pipeline.outline.lists import close_for
from pipeline.outline.numbering import Marker, Style, read_marker, styles
from pipeline.outline.table_columns import AGENCIES, DOING, TIMES, Record, TableColumn, TableSlot, is_empty, is_same
from pipeline.outline.table_periods import names_time, part_marked
from pipeline.outline.tree import freeze, ordered
from pipeline.schema import SectionKind

VALUES = (
    AGENCIES | TIMES | {FieldRole.RESULT, FieldRole.FIGURE, FieldRole.BASELINE, FieldRole.REPORTS_TO, FieldRole.MONITOR}
)
TABLE = "table"  # the style of the node that stands for a table
_NEVER = re.compile("(?!)")
_UNNUMBERED = Style("row", 1000, _NEVER, "none")
_SECTION = Style("section", 5, _NEVER, "section")  # ranks with Roman numerals
LONGEST_NUMBER = 12  # characters
_KEY = re.compile(r"(?P<sign>(?:O|KR|KPI|MT|CT) ?(?P<count>\d{1,2})(?:\.\d{1,2})*)\s*[.:)]\s+")  # "KR1. Điểm hài lòng"
_TOTAL = re.compile(
    r"toàn [^\W\d_]+(?: (?:phố|bàn))?|"
    r"(?:tổng|(?:tổng )?cộng|tổng số)(?: (?:chung|cả|toàn|các|mục|phần|i+|[a-d])\b[^.;]{0,40})?\s*(?:[:(][^.;]{0,40})?"
)


def is_sum(text: str) -> bool:
    """Tell whether a cell or a header names a line of sums: "Tổng cộng", "Toàn tỉnh"."""
    return bool(_TOTAL.fullmatch(fold(text)))


class RowDoubt(NamedTuple):
    """What is doubtful about a row: the code of the message, and what the row says."""

    code: str
    text: str


@dataclass(frozen=True)
class _TableRow:
    """A row: its sign, what is to be done, its cells; `section` when it may open the rows below it."""

    marker: Marker
    work: Passage
    fields: tuple[RowField, ...]
    section: bool
    bulleted: bool = False


def table_node(
    rows: Sequence[Record], columns: Sequence[TableColumn], kind: SectionKind, parent: str | None
) -> tuple[Node, list[RowDoubt]]:
    """Make a node of a table, its rows below it in their tree.

    Args:
        rows: below the header.
        columns: of the table.
        kind: the kind of section its items belong to.
        parent: the number of the heading it stands under.

    Returns:
        The node, and the rows that name no work.
    """
    root = OpenNode(None, None, False, None)
    stack = [root]
    items, doubts = _items(rows, columns, kind is SectionKind.TASK)
    leaves: set[OpenNode] = set()
    titles: set[OpenNode] = set()
    for at, item in enumerate(items):
        element = OpenNode(item.marker, item.work, False, None, of_table=True, fields=item.fields)
        if kind is SectionKind.TASK and item.marker.style is _UNNUMBERED:
            (titles if _opens(items, at) else leaves).add(element)
        if item.marker.is_bullet:
            closed = leaves | titles if element in titles else leaves
            beside = None
            while len(stack) > 1 and (_has_values(stack[-1].fields) or stack[-1] in closed):
                last = stack.pop()
                beside = last if last.marker is not None and not last.marker.is_bullet else last.beside or beside
            element.beside = beside
        else:
            close_for(stack, element)
        stack[-1].children.append(element)
        stack.append(element)
    children = tuple(freeze(child, parent, kind, index) for index, child in ordered(root.children))
    return Node(TABLE, parent, None, None, None, kind, tuple(_inherited(child, ()) for child in children)), doubts


def _opens(items: Sequence[_TableRow], at: int) -> bool:
    """Whether a row without a number or a value opens those below it.

    It does where it says so, and in a table whose first row is such a title and whose rows have no numbers: there the
    last of those that stand below each other. Any other is work of which nothing more is said.
    """
    item = items[at]
    if not item.section or item.bulleted:
        return False
    if item.work.text.rstrip().endswith(":"):
        return True
    if any(one.marker.style is not _UNNUMBERED for one in items) or not items[0].section or at + 1 == len(items):
        return False
    return not items[at + 1].section


def _has_values(fields: Sequence[RowField]) -> bool:
    return any(one.passage is not None and one.role in VALUES for one in fields)


def _inherited(node: Node, above: tuple[RowField, ...]) -> Node:
    """The node and those below it, empty times and agencies filled from the row they stand under.

    A row that only names partners has them of its own, and who does the work from above.
    """
    fields = node.fields
    if above and fields:
        said = {one.role for one in fields if one.passage is not None}
        for roles in (TIMES, DOING if FieldRole.COOPERATING in said else AGENCIES):
            if not said & roles:
                fields += tuple(one for one in above if one.role in roles)
    own = tuple(one for one in fields if one.passage is not None)
    children = tuple(_inherited(child, own) for child in node.children)
    return replace(node, children=children, fields=fields)


def _items(
    rows: Sequence[Record], columns: Sequence[TableColumn], tasks: bool
) -> tuple[list[_TableRow], list[RowDoubt]]:
    number = next((at for at, one in enumerate(columns) if one.role is FieldRole.NUMBER), None)
    group, work, detail = _group_and_work(rows, columns, tasks)
    out: list[_TableRow] = []
    doubts: list[RowDoubt] = []
    above: list[Passage | None] = [None] * len(columns)
    grouped: Passage | None = None
    signs = _signs_elsewhere(rows, work) if number is None else {}
    plain = any(row[work].text and not row[work].bold for row in rows)
    for at_row, row in enumerate(rows):
        values = [_value(slot, before) for slot, before in zip(row, above, strict=True)]
        for at, column in enumerate(columns):
            if (column.period is not None or column.ticked) and row[at].left:
                values[at] = values[at - 1]  # a bar over several months, a mark over several agencies
        above = [new if new is not None else old for new, old in zip(values, above, strict=True)]
        spread = max((slot.passage for slot in row if slot.passage), key=lambda one: len(one.text), default=None)
        alone = _is_section(row, number)
        if group is not None and values[group] is not None and values[group] is not grouped and not alone:
            grouped = values[group]
            title = values[group]
            assert title is not None
            marker = read_marker(title.text)
            out.append(_TableRow(marker or _section(), title.cut(marker.end) if marker else title, (), True))
        label = values[number] if number is not None else None
        if at_row in signs:
            label, values[signs[at_row]] = values[signs[at_row]], None
        what = spread if alone else values[work]
        if what is None and detail is not None:
            what = values[detail]
        if what is None and group is not None and not row[group].above:
            what = values[group]  # a group without parts is done itself
        if what is None:
            own = (slot.text for at, slot in enumerate(row) if at != number and not slot.above and not slot.left)
            said = " | ".join(text for text in own if not is_empty(text))
            goes_on = label is None and bool(out) and not out[-1].section and _says_who_or_when(values, columns)
            what = above[work] if goes_on else None  # in formats that cannot merge, a blank means the cell above
            doubts += [RowDoubt("W310" if what is None else "W317", said)] if said else []
        elif detail is not None and not alone and (more := values[detail]) is not None and more.text != what.text:
            what = what.joined(more, " " if what.text[-1] in ".:;," else ": ")
        if what is None or (spread is not None and alone and not any(char.isalpha() for char in what.text)):
            continue
        fields = tuple(
            _field(column, None if alone else values[at], row[at].shaded and not row[work].shaded)
            for at, column in enumerate(columns)
            if at not in (number, work, group, detail)
        )
        if not _has_values(fields) and names_time(what.text):
            fields = (RowField(FieldRole.TIME, "", what),)
            alone = True
        who_and_when = any(one.passage is not None and one.role in AGENCIES | TIMES for one in fields)
        if is_sum(what.text) and (label is None or alone) and not who_and_when:
            continue
        section = alone or not _has_values(fields)
        marker, text = _sign(label if label is not what else None, what, section)
        restarts = label is None and number is not None and _counts_anew(rows[at_row + 1 : at_row + 2], number)
        stands_over = any(below[work].text and not below[work].bold for below in rows[at_row + 1 : at_row + 2])
        titled = alone or restarts or in_capitals(text.text) or (row[work].bold and plain and stands_over)
        if section and titled and marker.style is _UNNUMBERED:
            marker = _section()
        out.append(_TableRow(marker, text, fields, section, text is not what and marker.style is _UNNUMBERED))
    return out, doubts


def _says_who_or_when(values: Sequence[Passage | None], columns: Sequence[TableColumn]) -> bool:
    said = [value.text for value in values if value]
    if len(said) == 1 and re.match(known.columns().part_of_day, fold(said[0])):
        return False
    return any(value and one.role in AGENCIES | TIMES for value, one in zip(values, columns, strict=True))


def _field(column: TableColumn, value: Passage | None, shaded: bool) -> RowField:
    """A cell of a row; one that is empty and coloured marks the month, quarter or year of its column.

    A mark in the column of an agency stands for its name, "CT" or "PH" there for its part in the work too.
    """
    if column.ticked and value is not None:
        return RowField(part_marked(value.text) or column.role, column.header, column.printed)
    coloured = value is None and shaded and column.period is not None and column.role is FieldRole.TIME
    printed = column.printed if coloured else value
    return RowField(column.role, column.header, printed, column.period, coloured, column.given)


def _group_and_work(
    rows: Sequence[Record], columns: Sequence[TableColumn], tasks: bool
) -> tuple[int | None, int, int | None]:
    """The column that stands over several rows of work, that of the work, and that of what it consists in.

    The first is None where none does, the last where there is none: "Hoạt động | Nội dung".
    """
    works = [at for at, one in enumerate(columns) if one.role is FieldRole.WORK]
    group = next((at for at in works[:-1] if any(row[at].above for row in rows)), None)
    if group is None and tasks and len(works) > 1 and columns[works[0]].goal and not columns[works[1]].goal:
        group = works[0]  # "Mục tiêu | Nhiệm vụ": what the work is for stands over it
    if group is None and len(works) > 1 and _goes_on(rows, works[0], works[1]):
        group = works[0]
    rest = [at for at in works if at != group]
    done = [at for at in rest if not re.search(known.columns().problem_headers, fold(columns[at].header))]
    work = (done or rest)[0]  # "Vấn đề | Giải pháp": the solution is what is to be done
    behind = columns[work + 1] if tasks and work + 1 in done else None
    consists = behind is not None and not (behind.weak or behind.goal or columns[work].goal)
    return group, work, work + 1 if consists else None


def _goes_on(rows: Sequence[Record], group: int, work: int) -> bool:
    """Whether blanks in a column stand below what holds for them too: every row has work, not each a group."""
    said = [(not is_empty(row[group].text), not is_empty(row[work].text)) for row in rows if not _is_section(row, None)]
    return bool(said) and said[0][0] and all(has for _, has in said) and not all(has for has, _ in said)


def _counts_anew(rows: Sequence[Record], number: int) -> bool:
    """Whether the next row is the first of a list: what stands above it without a number is its heading."""
    return any(not row[number].above and row[number].text.strip(" .)/:(") in ("1", "01", "a") for row in rows)


def _value(slot: TableSlot, before: Passage | None) -> Passage | None:
    """What a cell says: a ditto mark means the cell above where there is one, blanks and dashes nothing."""
    if slot.passage is None or slot.left:
        return None
    if is_same(slot.text):
        return before or slot.passage
    return None if is_empty(slot.text) else slot.passage


def _is_section(row: Record, number: int | None) -> bool:
    """Whether a row is one text over the columns: a wide cell, a text in the column of numbers, one repeated."""
    own = {at: slot.text for at, slot in enumerate(row) if slot.passage is not None and not slot.above}
    if len(own) == 1:
        [(at, text)] = own.items()
        wide = sum(slot.left for slot in row) >= max(1, len(row) - 2)
        return wide or (at == number and len(text) > LONGEST_NUMBER)
    label = own.pop(number, "") if number is not None and len(own.get(number, "")) <= LONGEST_NUMBER else ""
    texts = set(own.values())
    return len(texts) == 1 and len(own) > 1 and len(own) + bool(label) >= len(row) - (number is not None and not label)


def _signs_elsewhere(rows: Sequence[Record], work: int) -> dict[int, int]:
    """Rows that open those below them, of a table without a column of numbers: "II | GIAI ĐOẠN 2", and in which column.

    The sign stands in the first column, of times say; where other rows have but a number there too, it is no sign.
    """
    told = {at: row[0].text.strip(" .)/:(") for at, row in enumerate(rows) if row[0].passage and not row[0].above}
    bare = {at for at, text in told.items() if _is_sign(text)}
    alone = {
        at for at in bare if all(is_empty(slot.text) for here, slot in enumerate(rows[at]) if here not in (0, work))
    }
    return dict.fromkeys(alone, 0) if work and bare == alone and len(told) > len(bare) else {}


def _is_sign(text: str) -> bool:
    marker = read_marker(f"{text}. x") if 0 < len(text) <= LONGEST_NUMBER else None
    return marker is not None and marker.end == len(text) + 2


def _section() -> Marker:
    return Marker(_SECTION, "", 0, "", 0)


def _decimal() -> Style:
    return next(one for one in styles() if one.name == "decimal")


def _sign(label: Passage | None, work: Passage, section: bool) -> tuple[Marker, Passage]:
    """The sign of a row, from its number cell or else from the start of its text; and the text without it."""
    if label is not None:
        printed = " ".join(label.text.split()).strip(" .)/:")
        for tail in (". x", ") x", " x"):
            marker = read_marker(printed + tail)
            if marker is not None and marker.end == len(printed) + len(tail) - 1:
                return marker, work
        if any(char.isalnum() for char in printed) and len(printed) <= LONGEST_NUMBER:
            digits = re.search(r"\d+", printed)
            return Marker(_decimal(), printed, int(digits.group()) if digits else 0, "", 0), work
    if label is None and (found := _KEY.match(work.text)):
        return Marker(_decimal(), found["sign"], int(found["count"]), "", 0), work.cut(found.end())
    marker = read_marker(work.text)
    if marker is not None and not marker.is_bullet and (label is None or section):
        return marker, work.cut(marker.end)
    if marker is not None and marker.is_bullet and marker.end < len(work.text):
        work = work.cut(marker.end)
    return Marker(_UNNUMBERED, "", 0, "", 0), work
