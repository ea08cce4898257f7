"""Values of times in one line, as the examples of the rules write them."""

from __future__ import annotations

from datetime import date

from pipeline.extract.times.expression import Every, Point, TimeExpression, TimeSpan
from pipeline.extract.times.model import show as show_deadline
from pipeline.extract.times.points import PlanYears
from pipeline.extract.times.resolving import resolve, rule_of

YEAR, ISSUED = 2026, date(2026, 1, 15)  # of the plan that the examples stand in


def show(value: object) -> str:
    """A value of the grammar: expressions as the deadlines that they set in a plan of 15 January 2026."""
    match value:
        case TimeExpression():
            return "; ".join(show_deadline(one) for one in resolve(value, YEAR, ISSUED))
        case Point():
            return _point(value)
        case TimeSpan(first, last):
            return show(last) if value.is_single else f"{show(first)} to {show(last)}"
        case PlanYears(first, last):
            return f"{first or '..'}/{last}" if last else str(first)
        case Every():
            return rule_of(value)
        case tuple():
            return ", ".join(show(one) for one in value if not isinstance(one, bool))
        case None:
            return "nothing"
    return str(value)


def _point(point: Point) -> str:
    if point.lunar:
        day = f"{point.day}/{point.month}" if point.day else f"{point.month}"
        return f"lunar {point.year} {day}" if point.year else f"lunar {day}"
    if point.month is None:
        return f"day {point.day}"
    shown = point.edtf(YEAR)
    return f"{point.part} {shown}" if point.part else shown
