"""The period that a plan is for, as its title states it."""

from __future__ import annotations

import re
from datetime import date

from pipeline.extract.grammar import TokenizedText
from pipeline.extract.times.names import in_name
from pipeline.extract.times.points import PlanYears
from pipeline.extract.times.reading import grammar
from pipeline.language.dates import NAMED_DATE
from pipeline.language.folding import fold

_OTHERS = re.compile(rf"số\s+(?=\S*[\d/])[\w/-]+|{NAMED_DATE}|ngày\s+[\d/]+")  # numbers and days of other documents


def period(title: str, issued_on: date | None) -> str | None:
    """Read the years a plan is for.

    Args:
        title: of the plan.
        issued_on: its date: what is "đến năm 2030" begins in its year.

    Returns:
        EDTF: "2023", "2021/2025", "2023/2030"; None for no years.
    """
    tokens = TokenizedText(title, [other.span() for other in _OTHERS.finditer(fold(title))])
    found, own, since = [], [], 0
    for one in grammar().read(tokens, ("plan-period",)):
        if isinstance(one.value, PlanYears):
            found.append(one.value)
            if not (one.value.last and (in_name(title[since:], one.start - since) or _quoted(title, one.start))):
                own.append(one.value)
            since = one.end
    found = own or found  # "Thực hiện Đề án … giai đoạn 2022 - 2025 năm 2023": the plan of one year of it
    if not found:
        return None
    last = next((one for one in found if one.first and one.last), found[-1])
    if last.first and last.last:
        return f"{last.first}/{last.last}" if last.first < last.last else None  # else a slip of the pen
    if last.last:
        until = next((one.last for one in found if one.last), last.last)
        if issued_on is None:
            return f"../{until}"
        return f"{issued_on.year}/{until}" if until > issued_on.year else str(until)
    return str(last.first)


def _quoted(title: str, at: int) -> bool:
    """Whether an offset lies in a quotation."""
    before = title[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
