"""How a text begins: the patterns of what may open an order, the words of what is to be done, and whom it names."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.agencies import continuations
from pipeline.knowledge.passages import figure_words, task_words, words_that
from pipeline.language.folding import fold

_WORD = re.compile(r"[^\W\d_]+")


@cache
def rule(key: str) -> re.Pattern[str]:
    """The patterns of a list of `knowledge.passages.TaskWords` as one."""
    patterns: tuple[str, ...] = getattr(task_words(), key)
    return re.compile("|".join(f"(?:{one})" for one in patterns))


def acts(text: str) -> bool:
    """Tell whether a text begins with what is to be done."""
    return fold(text).replace(",", " ", 1).startswith(_verbs())


@cache
def _verbs() -> tuple[str, ...]:
    known = {*words_that("acts"), *words_that("opens"), *figure_words().verb, *figure_words().completes}
    return tuple(f"{verb} " for verb in known)


def begins_order(text: str) -> bool:
    """Tell whether a text begins with what is to be done, known or by how often its first two syllables say a deed."""
    folded = fold(text)
    folded = folded[match.end() :] if (match := rule("each_time").match(folded)) else folded
    if acts(folded):
        return True
    words = _WORD.findall(folded[:30])[:2]
    if len(words) < 2 or rule("no_deed").match(folded):
        return False
    return continuations().says_deed(*words)


def without_names(text: str) -> str:
    """Words less the bodies that they name."""
    for one in reversed(find(spelled_out(text))):
        text = text[: one.start] + text[one.end :]
    return text


def behind_name(text: str) -> str:
    """What stands behind the first body that words name; nothing where they name none."""
    found = find(spelled_out(text))
    return text[found[0].end :].strip() if found else ""
