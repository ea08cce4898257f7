"""Patterns of the words around agencies that give them roles, as `knowledge.passages` lists them, compiled once."""

from __future__ import annotations

import re
from functools import cache

from pipeline.knowledge.passages import role_words, words_that

WINDOW = 260  # characters before an agency that are looked at


@cache
def before(role: str) -> re.Pattern[str]:
    """The pattern of a role at the end of the folded text before an agency."""
    patterns = "|".join(role_words()[role].before)
    return re.compile(rf"(?<!\w)(?:{patterns})[\s,:(]*$")


@cache
def after(role: str) -> re.Pattern[str]:
    """The pattern of a role at the start of the folded text behind an agency."""
    patterns = words_that("acts") if role == "acting" else role_words()[role].after
    return re.compile(r"[\s):]*(?:" + "|".join(patterns) + r")(?!\w)")


@cache
def lead_opening() -> re.Pattern[str]:
    """The pattern of the opening of an item whose agency, named above it, leads."""
    return re.compile(r"\W*(?:" + "|".join(role_words()["lead"].opening) + r")(?!\w)")


@cache
def subject() -> re.Pattern[str]:
    """The pattern of all that may stand between the start of a sentence and the agencies that are its subject."""
    return re.compile(r"\W*(?:" + "|".join(role_words()["subject"].lead_in) + r")\W*$")
