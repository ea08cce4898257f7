"""Short names of bodies that a document defines in words: "Ban Chỉ đạo về dữ liệu tỉnh (sau đây gọi tắt là Ban Chỉ đạo)"."""

from __future__ import annotations

import re

from pipeline.extract.agencies.mention import Mention
from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from pipeline.language.abbreviations import CALLED
from pipeline.language.folding import fold

LONGEST = 220  # characters before the bracket in which the full name stands
SAME = 2  # syllables with which both names begin, where one is not the other's beginning
_DEFINED = re.compile(rf"\({CALLED} là:? [“\"]?(?P<short>[^\W\d_][^()“”\"]{{2,60}}?)[”\"]?\)")
_ENDS = re.compile(r"[.;:()]\s")


def short_names(text: str) -> dict[str, str]:
    """Find the short names, folded, each with the full name; none that stands for two bodies.

    Args:
        text: of the document.
    """
    out: dict[str, str] = {}
    twice: set[str] = set()
    flat = " ".join(text.split()) if "gọi" in text or "viết" in text else ""
    for found in _DEFINED.finditer(flat):
        short = found["short"].strip()
        named = find(spelled_out(short))
        if len(named) != 1 or named[0].start or named[0].end != len(short):
            continue
        full = _full(flat[max(found.start() - LONGEST, 0) : found.start()].rstrip(), short)
        if full is not None and fold(full) != fold(short):
            twice |= {fold(short)} if out.setdefault(fold(short), full) != full else set()
    return {short: full for short, full in out.items() if short not in twice}


def _full(before: str, short: str) -> str | None:
    """The full name right before a bracket: the body that ends there, or words that begin as the short name does."""
    stops = list(_ENDS.finditer(before))
    before = before[stops[-1].end() :] if stops else before
    last: Mention | None = next(reversed(find(spelled_out(before))), None)
    words = fold(short).split()
    if last is not None and last.end == len(before) and set(words) <= set(re.findall(r"\w+", fold(last.name))):
        return last.name
    folded = f" {fold(before)} "
    for begin in (" ".join(words), " ".join(words[: SAME + 1])):
        at = folded.rfind(f" {begin} ")
        if at >= 0 and len(begin.split()) > SAME:
            return before[at:]
    return None
