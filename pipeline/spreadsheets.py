"""Texts in spreadsheets: none is taken for a formula, which could do harm."""

from __future__ import annotations

import unicodedata
from typing import Final

# OWASP, "CSV Injection"; full-width and small forms count, as some programs take them for the signs.
_SIGNS: Final = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula: by its first sign, blanks and invisible signs skipped.

    Apostrophes at the front are skipped too, so that `restore` gives back what `defuse` was given.
    """
    bare = text.lstrip("'")
    if bare[:1].isalnum() or bare in _SIGNS:  # a sign alone, as in the column comparison, computes nothing
        return False
    return bare[:1] in {"\t", "\r", "\n"} or next((sign in _SIGNS for sign in bare if not _is_skipped(sign)), False)


def _is_skipped(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}


def defuse(text: str) -> str:
    """Put an apostrophe before a text where a spreadsheet may take it for a formula."""
    return f"'{text}" if is_formula(text) else text


def restore(cell: str) -> str:
    """Undo `defuse`."""
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell
