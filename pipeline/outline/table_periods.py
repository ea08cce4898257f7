"""Columns that stand for a month, a quarter, a year or an agency, and cells that say something by standing in one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.document import FieldRole
from pipeline.knowledge import documents as known
from pipeline.language.folding import fold

CENTURY = "20"
MONTHS = 6  # columns that count on are months where there are so many
LAST_MONTH = 12
_YEAR_OR_MONTHS = re.compile(r"\b(?:năm|tháng|thời gian|tiến độ|lộ trình|20\d\d)\b")


@cache
def _headers() -> tuple[tuple[re.Pattern[str], str, re.Pattern[str]], ...]:
    return tuple((re.compile(one.pattern), one.words, re.compile(one.under)) for one in known.columns().periods)


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(known.columns().mark)


@cache
def _part_marks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in known.columns().part_marks.items())


@cache
def _group_row() -> re.Pattern[str]:
    return re.compile("|".join(known.columns().group_rows))


def period_of(levels: Sequence[str]) -> str | None:
    """The time that a column stands for, as a sentence would say it.

    Args:
        levels: its header from the upper level down: ["Năm 2026", "T3"].

    Returns:
        "tháng 3"; None for a column that stands for no time. The year is given where the lowest level states it.
    """
    if not levels:
        return None
    lowest = " ".join(fold(levels[-1]).split()).strip(" .:()*")
    above = fold(" / ".join(levels[:-1]))
    for pattern, words, under in _headers():
        found = pattern.fullmatch(lowest)
        if found is None or not under.search(above):
            continue
        if not words:
            return lowest
        year = (found["year"] or "").strip(" /.-")
        return words.format(of=found["of"]) + (f"/{CENTURY * (len(year) == 2)}{year}" if year else "")
    return None


def is_mark(text: str) -> bool:
    """Tell whether a cell only marks the time of its column: a cross, a tick, a bar, an arrow."""
    return bool(_mark().match(fold(text).strip()))


def part_marked(text: str) -> FieldRole | None:
    """The part in the work that a cell gives the agency of its column: "CT" is the lead; None where it says none."""
    folded = " ".join(fold(text).split()).strip(" .()")
    return next((FieldRole(name) for name, rule in _part_marks() if rule.fullmatch(folded)), None)


def names_time(text: str) -> bool:
    """Tell whether a row over the columns says a time and nothing else: "Giai đoạn 2026 - 2030"."""
    return bool(_group_row().match(" ".join(fold(text).split()).strip(" .:")))


def counted_months(paths: Sequence[Sequence[str]]) -> dict[int, str]:
    """The months of columns that only count under one header: "Năm 2026" over 1, 2, … 12.

    Args:
        paths: the headers of all columns, each from the upper level down.

    Returns:
        The time of each such column by its index: {3: "tháng 1", …}.
    """
    out: dict[int, str] = {}
    run: list[int] = []
    for at, levels in enumerate([*paths, ()]):
        lowest = levels[-1].strip(" .()T") if len(levels) > 1 else ""
        goes_on = bool(run) and lowest.isdecimal() and levels[:-1] == paths[run[0]][:-1]
        if not goes_on or int(lowest) != int(paths[run[-1]][-1].strip(" .()T")) + 1:
            out |= {one: f"tháng {paths[one][-1].strip(' .()T')}" for one in run if len(run) >= MONTHS}
            run = []
        named = len(levels) > 1 and _YEAR_OR_MONTHS.search(fold(" ".join(levels[:-1])))
        if named and lowest.isdecimal() and (run or 1 <= int(lowest) <= LAST_MONTH):
            run.append(at)
    return {at: period for at, period in out.items() if int(period.split()[-1]) <= LAST_MONTH}
