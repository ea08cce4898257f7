"""Times that come again, in the words of a clerk."""

from __future__ import annotations

import re
from typing import Final

from pipeline.messages import Language, say

_EVERY: Final = {
    ("DAILY", "1"): "day",
    ("WEEKLY", "1"): "week",
    ("MONTHLY", "1"): "month",
    ("MONTHLY", "3"): "quarter",
    ("MONTHLY", "6"): "half",
    ("YEARLY", "1"): "year",
}
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def recurrence_words(rule: str, language: Language) -> str:
    """Say a recurrence rule: "hằng năm, ngày 30/11"; a rule that has no such words as it stands.

    Args:
        rule: the body of an RRULE (RFC 5545), as a deadline has it.
        language: of the words.
    """
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    every = _EVERY.get((parts.pop("FREQ", ""), parts.pop("INTERVAL", "1")))
    month, day, weekday = parts.pop("BYMONTH", ""), parts.pop("BYMONTHDAY", ""), parts.pop("BYDAY", "")
    if every is None or parts or not re.fullmatch(r"\d*", month) or not re.fullmatch(r"(?:\d+(?:,\d+)*)?", day):
        return rule
    said = say(f"page.again.{every}", language)
    if weekday:
        if weekday not in _DAYS or month or day:
            return rule
        return f"{said}, {say(f'page.again.{weekday.lower()}', language)}"
    if day:
        days = day.replace(",", ", ")
        return f"{said}, {say('page.again.on', language, day=f'{days}/{month}' if month else days)}"
    return f"{said}, {say('page.again.in', language, month=month)}" if month else said
