"""Times in the columns of task tables: "6/2025", "Quý II/2025", "Tháng 3 – 5", "Hằng năm", "2025–2026".

What stands in a time column is a time without the words that make it one in a sentence, so those are put before it. A
month or a day alone is when the work must be done (labelling rules: "6/2025" is by its last day).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.document import FieldRole
from pipeline.extract.cells import words
from pipeline.extract.deadlines import Due, find_deadlines
from pipeline.extract.times import interval
from pipeline.folding import fold
from pipeline.schema import DeadlineKind

_YEAR = re.compile(r"(?:trong |cả )?(?:năm )?(?P<year>(?:19|20)\d{2})")
_NUMERIC_MONTH = re.compile(r"\d{1,2}\s?[/-]\s?(?:19|20)\d{2}")
_GLUED = re.compile(r"(?<=\d)(?=(?:đến|tới|hết|năm|tháng|quý)\b)")
_LEADS = ("", "Thời gian: ", "Thời gian: ngày ", "Thời gian: tháng ", "Thời gian: quý ")
_PARTS = re.compile(r"[^;,]+")


@cache
def _ongoing() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in words()["ongoing"]))


def times_in(text: str, header: str, role: FieldRole, year: int | None, issued: date | None) -> list[Due]:
    """The times a cell states, their offsets those of the whole cell; none where it cannot be put into dates.

    Args:
        text: what the cell says.
        header: that of its column, which may name the unit ("Tháng").
        role: TIME, START or END.
        year: the plan's own.
        issued: when the plan was.
    """
    folded = " ".join(fold(text).split()).strip(" .")
    whole = (0, len(text))
    if _ongoing().search(folded):
        return [Due(*whole, DeadlineKind.ONGOING)]
    if found := _YEAR.fullmatch(folded):
        own = int(found["year"])
        days = date(own, 1, 1), date(own, 12, 31)
        return [Due(*whole, DeadlineKind.IN, *days, f"{own:04d}")]
    spaced = _GLUED.sub(" ", " ".join(text.split()))
    unit = next((word for word in ("tháng", "quý", "ngày", "năm") if re.search(rf"\b{word}\b", fold(header))), None)
    leads = (*_LEADS, f"Thời gian: {unit} ") if unit and folded[:1].isdigit() | (unit == "quý") else _LEADS
    for lead in leads:
        dues = find_deadlines(lead + spaced, year, (), issued) or find_deadlines(lead + spaced, year, (), None)
        if dues and _is_whole(lead + spaced, dues):
            return [replace(_settled(due, spaced, role), start=0, end=len(text)) for due in dues]
    parts = [part for part in _PARTS.findall(spaced) if part.strip()]
    if len(parts) > 1:
        each = [times_in(part.strip(), header, role, year, issued) for part in parts]
        if all(each):
            return [replace(due, start=0, end=len(text)) for dues in each for due in dues]
    return []


def _is_whole(text: str, dues: list[Due]) -> bool:
    """Whether every figure of the cell stands in one of the times read: half a time is a wrong one."""
    return all(any(due.start <= found.start() < due.end for due in dues) for found in re.finditer(r"\d+", text))


def _settled(due: Due, text: str, role: FieldRole) -> Due:
    """A month or a day in which nothing more is said is the last by which the work is to be done."""
    if (
        role is FieldRole.START
        or due.kind is not DeadlineKind.IN
        or due.first is None
        or due.last is None
        or due.open_ended
    ):
        return due
    days = (due.last - due.first).days
    numeric = _NUMERIC_MONTH.fullmatch(fold(text).strip(" ."))
    if days == 0 or (days < 31 and (numeric or role is FieldRole.END)):
        return replace(due, kind=DeadlineKind.BY, first=None, edtf=f"../{due.last.isoformat()}")
    return due


def between(start: Due | None, end: Due | None) -> Due | None:
    """The time from the column of the start to that of the end; its offsets are those of the end's cell."""
    if end is None:
        return None if start is None or start.first is None else _opened(start)
    if start is None or start.first is None or end.last is None or start.first > end.last:
        return end
    return replace(end, kind=DeadlineKind.DURING, first=start.first, edtf=interval(start.first, end.last))


def _opened(start: Due) -> Due:
    """A start without an end: from then on; quarters and halves cannot stand in an EDTF interval."""
    assert start.first is not None
    plain = start.edtf is not None and len(start.edtf) in (4, 10) or start.edtf == f"{start.first:%Y-%m}"
    since = start.edtf if plain else start.first.isoformat()
    return replace(start, kind=DeadlineKind.ONGOING, last=None, edtf=f"{since}/..")
