"""The tokens that patterns match: runs of digits, syllables, signs one by one, and those placed between them."""

from __future__ import annotations

import re
from typing import NamedTuple

TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\s\0-\3]")  # the signs below are ours: in a text they are blanks
MASKED = "\0"  # what a masked token reads as: nothing that a pattern can name
START, NAMES, SUBJECT = "\1", "\2", "\3"  # where a sentence begins; a list of names; one that a sentence is about
PLACED = frozenset({START, NAMES, SUBJECT})


class PlacedToken(NamedTuple):
    """A token that stands for a stretch of a text, or for a place in it: offsets, what it reads as, and its value."""

    start: int
    end: int
    low: str
    value: object = None
