"""Values of cells as a Vietnamese Excel prints them (ECMA-376, Part 1, 18.8.30): dates by day, "1.200,5", "85%"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

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
    at = 1 if value < 0 else 2 if value == 0 else 0
    used = sections[at] if at < len(sections) else sections[0]
    hits = list(_LITERAL.finditer(used))
    masks = [hit[3] for hit in hits if hit[3]]
    bare = "".join(hit[4] or "" for hit in hits)
    unmasked = not masks and (not pattern or bare.strip("-.,() ") or re.search(r"\[[<>=]", used))
    if unmasked or len(masks) > 1 or "/" in bare:  # general, text, conditions; powers, digits in groups, fractions
        return _general(value, decimal)
    number = _digits(value, masks[0], bare.count("%")) if masks else ""
    text = "".join(hit[1] or hit[2] or (number if hit[3] else hit[4] or "") for hit in hits)
    return ("-" if value < 0 and len(sections) == 1 and re.search("[1-9]", number) else "") + text


def _digits(value: int | float, mask: str, percents: int) -> str:
    """The digits of a number without its sign: each comma behind the last place of its mask leaves out three."""
    whole_mask, _, places = mask.partition(".")
    scale = len(whole_mask) - len(whole_mask.rstrip(",")) + len(places) - len(places.rstrip(","))
    whole_mask, places = whole_mask.rstrip(","), places.rstrip(",")
    exact = Decimal(f"{value:.15g}" if isinstance(value, float) else value)  # Excel keeps 15 digits
    with localcontext(prec=400, rounding=ROUND_HALF_UP):
        written = f"{abs(exact).scaleb(2 * percents - 3 * scale):,.{len(places)}f}"
    whole, _, rest = written.partition(".")
    least = whole_mask.replace(",", "").count("0")
    whole = (whole if "," in whole_mask else whole.replace(",", "")).replace(",", ".").rjust(least, "0")
    whole = "" if whole == "0" and not least else whole
    kept = len(places.rstrip("#"))
    rest = rest[:kept] + rest[kept:].rstrip("0")
    return whole + ("," + rest if rest else "")


def _general(value: int | float, decimal: str) -> str:
    if isinstance(value, float) and not value.is_integer() and abs(value) < 1e10:
        return f"{value:.10g}".replace(".", decimal)
    return str(round(value))


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
