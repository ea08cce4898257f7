"""Values of cells as a Vietnamese Excel prints them (ECMA-376, Part 1, 18.8.30): dates by day, "1.200,5", "85%"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_SECTION = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([#0?][#0?,.]*)|(.)')
_DATE_PART = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|([yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(AM/PM|A/P)|([^"\\\[])')
_LOCAL_DATES = {"mm-dd-yy": "dd/mm/yyyy", "m/d/yy": "dd/mm/yyyy"}  # built in: each system prints its own short date
HIDDEN = ";;;"
"""The format of cells that print nothing."""


def printed(value: object, pattern: str, decimal: str = ",") -> str:
    """What a cell prints.

    Args:
        value: of the cell.
        pattern: its number format.
        decimal: the decimal sign where the format is the general one.
    """
    if value is None or pattern == HIDDEN:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime, date, time)):
        return _date(value, _LOCAL_DATES.get(pattern, pattern))
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:g} giờ".replace(".", ",")
    return _number(value, pattern, decimal) if isinstance(value, (int, float)) else str(value)


def _number(value: int | float, pattern: str, decimal: str) -> str:
    sections = _SECTION.split(pattern)
    used = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    mask = next((hit[3] for hit in _LITERAL.finditer(used) if hit[3]), None)
    if mask is None or "/" in used or re.search("0E[+-]", used):  # general, text, fractions and powers
        return _general(value, decimal)
    amount = abs(value) if used is not sections[0] or value < 0 else value
    places = len(mask.partition(".")[2].rstrip(","))
    written = f"{amount * (100 if '%' in used else 1):,.{places}f}"
    whole, _, rest = written.partition(".")
    least = mask.partition(".")[0].replace(",", "").count("0")
    whole = (whole if "," in mask else whole.replace(",", "")).replace(",", ".").rjust(least, "0")
    optional = len(mask.partition(".")[2]) - len(mask.partition(".")[2].rstrip("#"))
    rest = rest[: len(rest) - optional] + rest[len(rest) - optional :].rstrip("0") if optional else rest
    number = whole + ("," + rest if rest else "")
    text = "".join(hit[1] or hit[2] or (number if hit[3] == mask else hit[4] or "") for hit in _LITERAL.finditer(used))
    return ("-" if value < 0 and used is sections[0] else "") + text


def _general(value: int | float, decimal: str) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.10g}".replace(".", decimal)
    return str(int(value))


def _date(value: datetime | date | time, pattern: str) -> str:
    out, after_hours = "", False
    month_alone = not re.search("[dD]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", pattern))
    for hit in _DATE_PART.finditer(_SECTION.split(pattern)[0]):
        literal, escaped, part, half, sign = hit.groups()
        if part is None:
            out += literal or escaped or sign or (f"{value:%p}" if half and type(value) is not date else "")
            continue
        kind = part[0].lower()
        minutes = kind == "m" and (after_hours or re.match(r"[^a-zA-Z]*s", pattern[hit.end() :]) is not None)
        out += _part(value, "n" if minutes else kind, len(part), month_alone)
        after_hours = kind == "h"
    return out.strip(" ,") or str(value)


def _part(value: datetime | date | time, kind: str, long: int, month_alone: bool) -> str:
    if kind in "hns":
        if not isinstance(value, (datetime, time)):
            return ""
        number = {"h": value.hour, "n": value.minute, "s": value.second}[kind]
    elif isinstance(value, time):
        return ""
    elif kind == "y":
        return f"{value.year}" if long > 2 or month_alone else f"{value.year % 100:02}"
    elif kind == "d" and long > 2:  # the day of the week, which the day of the month says
        return ""
    else:
        number = value.day if kind == "d" else value.month
    return f"{number:02}" if long > 1 else str(number)
