"""Where a line stands in a document, and how its words are compared with forms."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Spot(NamedTuple):
    """A line by its page and place in the page's lines."""

    page: int
    line: int


@cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Join patterns into one that any of them matches."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def folded_line(text: str) -> str:
    """Write a line in small letters, with single spaces."""
    return " ".join(text.split()).casefold()
