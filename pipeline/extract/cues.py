"""The patterns of roles.toml, compiled once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

WINDOW = 260  # characters before an agency that are looked at


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("pipeline.extract").joinpath("gazetteer", "roles.toml").read_text(encoding="utf-8"))


@cache
def before(role: str) -> re.Pattern[str]:
    """Matches at the end of what stands before an agency (folded, a window of it)."""
    patterns = "|".join(_table()[role]["before"])
    return re.compile(rf"(?<!\w)(?:{patterns})[\s,:(]*$")


@cache
def after(role: str) -> re.Pattern[str]:
    """Matches at the start of what stands behind an agency (folded)."""
    return re.compile(r"[\s):]*(?:" + "|".join(_table()[role]["after"]) + r")(?!\w)")


@cache
def lead_opening() -> re.Pattern[str]:
    """Matches the opening of an item whose agency, named above it, leads."""
    return re.compile(r"\W*(?:" + "|".join(_table()["lead"]["opening"]) + r")(?!\w)")


@cache
def subject() -> re.Pattern[str]:
    """Matches all that may stand between the start of a sentence and the agencies it is about."""
    return re.compile(r"\W*(?:" + "|".join(_table()["subject"]["lead_in"]) + r")\W*$")
