"""Cells of one column for two things: "Sản phẩm, thời hạn hoàn thành", "Đơn vị thực hiện, thời gian"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import groupby

from pipeline.document import FieldRole, Passage, RowField
from pipeline.extract.times.cells import times_in
from pipeline.knowledge.agencies import begins_agency
from pipeline.knowledge.documents import column_role, columns
from pipeline.language.folding import fold

TIMES = (FieldRole.TIME, FieldRole.START, FieldRole.END)
BESIDE = (FieldRole.RESULT, FieldRole.LEAD, FieldRole.RESPONSIBLE, FieldRole.COOPERATING)
SIGNS = " \t\n-–+*•.,;:()"  # around what a part of a cell says
_LEVEL = " / "  # between the levels of a header
_AND = re.compile(r"\s*(?:[,;/(&]|\bvà\b|\s[-–]\s)\s*")
_ENDS = re.compile(r"[;,()]\s*|\.\s+|\s[-–]\s")


def parted(one: RowField, year: int | None, issued: date | None) -> Sequence[RowField]:
    """The cell, or its parts where its column is one for times and for something else.

    Args:
        one: a cell of a row.
        year: the plan's own, for times without one.
        issued: when the plan was issued.

    Returns:
        The parts in their order, those that are times and nothing else in a column of times; the cell itself where its
        column says one thing, or none of its parts is a time (then an agency is no time either).
    """
    roles = _roles(one)
    if one.passage is None or roles is None:
        return [one]
    time, beside = roles
    cell = one.passage
    said = [(a, b, _is_time(cell.text[a:b], one.header, time, year, issued)) for a, b in _parts(cell)]
    if not any(timed for _, _, timed in said):
        return [replace(one, role=beside) if beside is not FieldRole.RESULT and begins_agency(cell.text) else one]
    out = []
    for timed, run in groupby(said, key=lambda part: part[2]):
        stretch = list(run)
        role = time if timed else beside
        out.append(replace(one, role=role, passage=cell.cut(stretch[0][0], stretch[-1][1])))
    return out


def unparted(one: RowField, year: int | None, issued: date | None) -> bool:
    """Whether a cell of such a column has a figure and no part that is a time: its time may stand among its words."""
    return (
        one.passage is not None
        and _roles(one) is not None
        and any(map(str.isdigit, one.passage.text))
        and all(part is one for part in parted(one, year, issued))
    )


def _roles(one: RowField) -> tuple[FieldRole, FieldRole] | None:
    """The role of its times and that of what stands beside them; None for a column that says one thing."""
    if one.role not in (*TIMES, *BESIDE) or one.period is not None:
        return None
    words = [part.strip(" )") for part in _AND.split(one.header.rsplit(_LEVEL, 1)[-1])]
    named = [FieldRole(role) for role in map(column_role, words) if role]
    time = next((role for role in named if role in TIMES), None)
    beside = next((role for role in named if role in BESIDE), None)
    return (time, beside) if time and beside else None


def _parts(cell: Passage) -> Iterator[tuple[int, int]]:
    """The stretches of a cell between signs and line breaks, without these; a number alone goes on with the last."""
    text = cell.text
    breaks = {(piece.at, piece.at) for piece in cell.pieces if piece.at}
    cuts = sorted({*breaks, *(found.span() for found in _ENDS.finditer(text))})
    at = 0
    last: tuple[int, int] | None = None
    for begin, end in [*cuts, (len(text), len(text))]:
        own = text[at:begin]
        first, after = at + len(own) - len(own.lstrip(SIGNS)), at + len(own.rstrip(SIGNS))
        at = max(at, end)
        if first >= after:
            continue
        if last is not None and not any(map(str.isalpha, text[first:after])) and "/" not in text[first:after]:
            last = last[0], after  # "Tháng 6, 9": both are months
            continue
        if last is not None:
            yield last
        last = first, after
    if last is not None:
        yield last


@cache
def _begins_time() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in columns().times))


def _is_time(text: str, header: str, role: FieldRole, year: int | None, issued: date | None) -> bool:
    if not _begins_time().match(" ".join(fold(text).split())):
        return False  # "Báo cáo quý III" is a product
    said = times_in(text, header, role, year, issued)
    return bool(said) and all(due.kind is not None or due.relative is not None for due in said)
