"""The rules of layout.toml and sections.toml, compiled once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.language.folding import fold
from pipeline.schema import SectionKind


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("pipeline.outline").joinpath(name).read_text(encoding="utf-8"))


def words(key: str) -> tuple[str, ...]:
    """A list of folded words of layout.toml, longest first."""
    return tuple(sorted((fold(word) for word in _table("layout.toml")[key]), key=len, reverse=True))


@cache
def pattern(key: str) -> re.Pattern[str]:
    """The patterns of layout.toml under `key` as one, for folded text."""
    return re.compile("|".join(f"(?:{one})" for one in _table("layout.toml")[key]))


@cache
def opening(key: str) -> re.Pattern[str]:
    """Matches folded text that begins with one of the words under `key` of layout.toml."""
    return re.compile("(?:" + "|".join(map(re.escape, words(key))) + r")(?!\w)")


@cache
def whole(key: str) -> re.Pattern[str]:
    """Matches folded text that is one of the words under `key` of layout.toml and nothing else."""
    return re.compile("(?:" + "|".join(map(re.escape, words(key))) + r")[\s.:,]*$")


@cache
def _kinds() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    return tuple(
        (SectionKind(entry["name"]), re.compile("|".join(entry["patterns"])))
        for entry in _table("sections.toml")["kind"]
    )


def kind_of(title: str) -> SectionKind | None:
    """What a section of this title is about; None when the title does not say."""
    folded = fold(title)
    for kind, rule in _kinds():
        if rule.search(folded):
            return kind
    return None


def capitals(text: str) -> bool:
    """Whether the text is in capital letters."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)
