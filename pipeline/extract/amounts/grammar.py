"""The grammar of figures: how they are written (rules/*.toml), and the words around them (knowledge)."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from importlib.resources import files

from pipeline.extract.amounts.model import Amount, AmountKind, CellAmount, StatedUnit
from pipeline.extract.grammar import Finding, Grammar, TokenizedText
from pipeline.knowledge.passages import figure_words
from pipeline.language.numerals import CELL_NUMBER, from_digits
from pipeline.schema import Comparison, Direction

Range = tuple[float | int, float | int | None]
_TIME_UNITS = {"năm": "year", "tháng": "month", "quý": "quarter", "tuần": "week", "ngày": "day"}
_YEARS = range(1900, 2100)
_AIMED = re.compile(r"\b(?:chỉ số|phấn đấu)\b")  # points there are no scale, but to be reached


@cache
def grammar() -> Grammar:
    """The grammar of figures and of the words around them."""
    uses: dict[str, set[str]] = defaultdict(set)
    words = figure_words()
    for one in fields(words):
        for phrase in getattr(words, one.name):
            uses[phrase].add(one.name)
    marks = {phrase: frozenset(does) for phrase, does in uses.items()}
    rules = files(__package__).joinpath("rules")
    sources: list[Mapping[str, object]] = [
        tomllib.loads(rules.joinpath(name).read_text(encoding="utf-8"))
        for name in ("refused.toml", "figures.toml", "cells.toml")
    ]
    sources.append({"words": {"MARK": marks}, "mark": {"word": {"match": "uses:MARK", "make": "mark"}}})
    return Grammar("amounts", sources, _MAKERS)


def findings(text: TokenizedText) -> list[Finding]:
    """The amounts, refused figures, rates and marks of a text, in their order."""
    scale = () if _AIMED.search(" ".join(text.lows)) else ("scale",)
    return grammar().read(text, ("refused", *scale, "amount", "rate", "mark", "other"))


def _mark(uses: frozenset[str]) -> frozenset[str]:
    return uses


def _figure(of: float | int) -> float | int:
    return of


def _one(low: float | int) -> Range:
    return low, None


def _two(low: float | int, high: float | int) -> Range | None:
    if low in _YEARS and high < low:
        return None  # "2026 - 100 ha": a year and its figure
    return (low, high) if high > low else (high, None)  # "từ 15% đến 10%": what it falls from, then what it falls to


def _rate(per: str) -> str:
    per = per.strip().removeprefix("/").strip()
    return _TIME_UNITS.get(per, per)


def _round() -> bool:
    """A power of ten that something is reckoned per."""
    return True


def _rate_time(unit: str) -> str | None:
    return unit if unit in _TIME_UNITS.values() or unit == "học kỳ" else None


def _compared(sign: Sequence[str] = (), behind: str | None = None) -> Comparison:
    signs = [behind] if behind else [one for one in sign if one != "~"] or list(sign)
    return Comparison(signs[0]) if signs else Comparison.EQUAL


def _share(number: Range, percent: str, sign: Sequence[str] = ()) -> Amount:
    return Amount(AmountKind.SHARE, number[0], number[1], _compared(sign), percent)


def _part(low: float | int, of: float | int, sign: Sequence[str] = ()) -> Amount | None:
    if low > of or of in _YEARS:
        return None
    return Amount(AmountKind.PART, low, None, _compared(_listed(sign)), None, of)


def _measure(
    number: Range,
    unit: str,
    sign: Sequence[str] = (),
    scale: Sequence[Mapping[str, object]] = (),
    *,
    money: bool = False,
) -> Amount:
    value, high = number
    if len(scale) > 1:
        value, high = _scaled(number, scale[0])
    printed = f"{scale[-1]['word']} {unit}" if scale else unit
    return Amount(AmountKind.MEASURE, value, high, _compared(sign), printed, money=money)


def _scaled(number: Range, scale: Mapping[str, object]) -> Range:
    times = scale["times"]
    assert isinstance(times, int)
    low, high = (None if one is None else round(one * times, 6) for one in number)
    assert low is not None
    return _whole(low), None if high is None else _whole(high)


def _whole(value: float | int) -> float | int:
    return int(value) if float(value).is_integer() else value


def _duration(number: Range, unit: str, sign: Sequence[str] = (), behind: str | None = None) -> Amount:
    printed = {one: word for word, one in _TIME_UNITS.items()}.get(unit, unit)
    return Amount(AmountKind.DURATION, number[0], number[1], _compared(sign, behind), printed)


def _count(number: Range, sign: Sequence[str] = (), scale: Mapping[str, object] | None = None) -> Amount:
    value, high = _scaled(number, scale) if scale else number
    return Amount(AmountKind.COUNT, value, high, _compared(sign))


def _count_words(low: int, sign: Sequence[str] = ()) -> Amount:
    return Amount(AmountKind.COUNT, low, None, _compared(_listed(sign)), in_words=True)


def _times(number: Range | float | int, sign: Sequence[str] = ()) -> Amount:
    value, high = number if isinstance(number, tuple) else (number, None)
    return Amount(AmountKind.TIMES, value, high, _compared(_listed(sign)), "lần")


def _often(number: Range, per: str, sign: Sequence[str] = ()) -> Amount:
    return Amount(AmountKind.OFTEN, number[0], number[1], _compared(_listed(sign)), "lần", None, per)


def _rank(number: Range, of: int | None = None, sign: Sequence[str] = ()) -> Amount:
    return Amount(AmountKind.RANK, number[0], number[1], Comparison.AT_MOST, "hạng", of)


def _pure(number: Range, of: int | None = None, sign: Sequence[str] = (), behind: str | None = None) -> Amount:
    return Amount(AmountKind.PURE, number[0], number[1], _compared(sign, behind), None, of)


def _cell_number(digits: str) -> float | int | None:
    """A number as cells print it; None where it could be read in two ways."""
    return from_digits(digits) if re.fullmatch(CELL_NUMBER, digits) else None


def _side(*, up: bool) -> Direction:
    return Direction.INCREASE if up else Direction.DECREASE


def _cell(
    low: float | int,
    high: float | int | None = None,
    of: int | None = None,
    sign: Sequence[str] | str = (),
    unit: str | None = None,
    behind: str | None = None,
    sided: Direction = Direction.REACH,
) -> CellAmount | None:
    if of in _YEARS or (of is not None and low > of):
        return None
    unit = unit.strip(" .()") if unit else None
    if unit and unit.startswith("%"):
        unit = "%" + unit[1:].strip().partition(" ")[0] if unit[1:].strip().startswith("/") else "%"
    return CellAmount(low, high, _compared(_listed(sign), behind), of, unit or None, sided)


def _unit(unit: str, per: str | None = None, of: str | None = None) -> StatedUnit:
    return StatedUnit(unit.strip(), _rate(per) if per else None, of.strip() if of else None)


def _cell_rank(low: float | int, of: int | None = None, sign: Sequence[str] | str = ()) -> CellAmount:
    return CellAmount(low, None, Comparison.AT_MOST, None, "hạng")


def _listed(sign: Sequence[str] | str) -> Sequence[str]:
    """A label that stands once in a pattern gives one value, not several."""
    return (sign,) if isinstance(sign, str) else sign


_MAKERS: dict[str, Callable[..., object]] = {
    "cell_number": _cell_number,
    "side": _side,
    "cell": _cell,
    "cell_rank": _cell_rank,
    "unit": _unit,
    "mark": _mark,
    "figure": _figure,
    "one": _one,
    "two": _two,
    "rate": _rate,
    "round": _round,
    "rate_time": _rate_time,
    "share": _share,
    "part": _part,
    "measure": _measure,
    "duration": _duration,
    "count": _count,
    "count_words": _count_words,
    "times": _times,
    "often": _often,
    "rank": _rank,
    "pure": _pure,
}
