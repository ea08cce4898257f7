"""Abbreviations that a plan explains, "thủ tục hành chính (TTHC)", and writing them out for comparing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.language.abbreviations import EXPLAINED
from pipeline.language.folding import fold
from pipeline.schema import Plan

_EXPLAINED = re.compile(rf"(?P<words>(?:\w+\s+){{2,8}}){EXPLAINED}")


def explained(*plans: Plan) -> dict[str, str]:
    """Collect the abbreviations that plans explain, with what they stand for; ambiguous ones are left out."""
    found: dict[str, set[str]] = {}
    for plan in plans:
        for one in (*plan.objectives, *plan.tasks):
            for text in (*one.headings, one.text):
                for short, words in _explained(text):
                    found.setdefault(short, set()).add(words)
    return {short: min(words) for short, words in sorted(found.items()) if len(words) == 1}


def _explained(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations whose letters begin the words in front of them."""
    for match in _EXPLAINED.finditer(text):
        short = match["short"]
        words = match["words"].split()[-len(short) :]
        if len(words) == len(short) and all(
            word[0].upper() == letter for word, letter in zip(words, short, strict=True)
        ):
            yield short, fold(" ".join(words))


def write_out(text: str, words: Iterable[tuple[str, str]]) -> str:
    """Write out the abbreviations of a text; where the text explains one, the explanation is dropped.

    Args:
        text: any text.
        words: pairs of an abbreviation and what it stands for.
    """
    for short, full in words:
        text = re.sub(rf"\s*\({short}\)", "", text)
        text = re.sub(rf"\b{short}\b", full, text)
    return text
