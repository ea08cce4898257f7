"""Figures in the columns of target tables: "≥ 90", "90-95", "Tối thiểu 50%", "1.200 lượt", "4/9"."""

from __future__ import annotations

from pipeline.extract.amounts.grammar import grammar
from pipeline.extract.amounts.model import CellAmount, StatedUnit
from pipeline.extract.grammar import tokenized
from pipeline.schema import Direction

LONGEST = 200  # characters: a cell that holds more is a text


def figure_in(text: str) -> CellAmount | None:
    """Read the one figure of a cell; None where it has none, or more than can be told apart."""
    if len(text) > LONGEST:
        return None
    found = grammar().read(tokenized(text.strip(" ;")), ("cell",))
    value = found[0].value if found else None
    return value if isinstance(value, CellAmount) else None


def unit_in(text: str) -> StatedUnit:
    """Tell the unit from what the figure is reckoned per, or is a share of: "%/năm", "% GDP"."""
    found = grammar().read(tokenized(text := text.strip()), ("stated",)) if len(text) <= LONGEST else ()
    value = found[0].value if found else None
    if not isinstance(value, StatedUnit):
        return StatedUnit(text)
    of = text.rstrip(" .")[-len(value.of) :] if value.of else None  # as printed, not folded
    return StatedUnit(text[: len(value.unit)], value.per, of)


def turned_in(text: str) -> Direction:
    """Tell whether a row ends with the change that its figure says: "Số đơn đăng ký tăng trung bình"."""
    end = len(text.rstrip(" .:;"))
    for mark in reversed(grammar().read(tokenized(text), ("mark",))):
        uses = mark.value if mark.end == end and isinstance(mark.value, frozenset) else frozenset[str]()
        if "up" in uses or "down" in uses:
            return Direction.INCREASE if "up" in uses else Direction.DECREASE
        if "adverb" not in uses:
            break
        end = len(text[: mark.start].rstrip())
    return Direction.REACH
