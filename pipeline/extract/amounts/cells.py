"""Figures in the columns of target tables: "≥ 90", "90-95", "Tối thiểu 50%", "1.200 lượt", "4/9"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.amounts.figures import comparison
from pipeline.language.folding import fold
from pipeline.language.numerals import CELL_NUMBER, from_digits
from pipeline.schema import Comparison

_CELL = re.compile(
    rf"(?P<before>[^\d]*?)(?P<low>{CELL_NUMBER})\s*(?P<percent>%)?"
    rf"\s*(?:(?:-|đến|tới|÷)\s*(?P<high>{CELL_NUMBER})|/\s*(?P<of>(?!(?:19|20)\d\d$)\d+))?\s*(?P<behind>%?[^\d]*(?:\bk?m[23])?)"
)
_SIGNS = {
    "≥": Comparison.AT_LEAST,
    ">=": Comparison.AT_LEAST,
    ">": Comparison.AT_LEAST,
    "≤": Comparison.AT_MOST,
    "<=": Comparison.AT_MOST,
    "<": Comparison.AT_MOST,
    "~": Comparison.ABOUT,
    "≈": Comparison.ABOUT,
}
_TAIL = re.compile(r"^\s*(?:trở lên|trở xuống|và hơn)\s*")


@dataclass(frozen=True, slots=True)
class CellFigure:
    """The figure of a cell; `of` is 9 in "4/9", `unit` the unit that the cell itself states."""

    value: float | int
    value_max: float | int | None
    comparison: Comparison
    of: int | None
    unit: str | None


def figure_in(text: str) -> CellFigure | None:
    """Read the one figure of a cell; None where it has none, or more than can be told apart."""
    folded = " ".join(fold(text).split()).strip(" .;")
    found = _CELL.fullmatch(folded)
    if found is None:
        return None
    before = found["before"].strip()
    behind = found["behind"].strip()
    compared = _SIGNS.get(before) or comparison(before + " ", " " + behind)
    if before and before not in _SIGNS and compared is Comparison.EQUAL and not re.fullmatch("khoảng|đạt|là", before):
        return None
    unit: str | None
    if found["percent"] or behind.startswith("%"):
        per = re.match(r"%?\s*(/\s*\w+)", behind)
        unit = f"%{per.group(1)}" if per else "%"
    else:
        unit = _TAIL.sub("", behind).strip(" .()") or None
    high = from_digits(found["high"]) if found["high"] else None
    return CellFigure(from_digits(found["low"]), high, compared, int(found["of"]) if found["of"] else None, unit)
