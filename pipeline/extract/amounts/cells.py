"""Figures in the columns of target tables: "≥ 90", "90-95", "Tối thiểu 50%", "1.200 lượt", "4/9"."""

from __future__ import annotations

from pipeline.extract.amounts.grammar import grammar
from pipeline.extract.amounts.model import CellAmount
from pipeline.extract.grammar import tokenized

LONGEST = 200  # characters: a cell that holds more is a text


def figure_in(text: str) -> CellAmount | None:
    """Read the one figure of a cell; None where it has none, or more than can be told apart."""
    if len(text) > LONGEST:
        return None
    found = grammar().read(tokenized(text.strip(" ;")), ("cell",))
    value = found[0].value if found else None
    return value if isinstance(value, CellAmount) else None
