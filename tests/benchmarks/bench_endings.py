"""How many of the orders that open the items of plans are taken into a name that stands before them. Never asserts.

The plans are those of outputs/, or of the folder that KEHOACH_BENCH_PLANS names.
"""

import os
import re
from collections import defaultdict
from pathlib import Path

from pipeline.extract.agencies.endings import endings
from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from pipeline.language.folding import fold
from pipeline.schema import Plan

PLANS = Path(os.environ.get("KEHOACH_BENCH_PLANS", Path(__file__).parents[2] / "outputs"))
NAMES = (
    "Phòng Kinh tế",
    "Trung tâm Y tế khu vực Sông Hậu",
    "Chi cục Chăn nuôi và Thú y",
    "Công ty Cổ phần Môi trường đô thị Tân An",
    "Hội Nông dân",
    "Khoa Dược",
    "Trường Tiểu học Kim Đồng",
)
OPENING = re.compile(r"[A-ZĐ][^\W\d_A-ZĐ]*(?: [^\W\d_A-ZĐ]+){3,6}")


def openings():
    """The first words of items that name nobody at their beginning, one for each first pair of syllables."""
    out = {}
    for path in sorted(PLANS.rglob("*.json")):
        for item in Plan.model_validate_json(path.read_text(encoding="utf-8")).tasks:
            found = OPENING.match(item.text)
            named = find(spelled_out(item.text[:60]))
            words = found.group() if found else ""
            first = tuple(fold(words).split()[:2])
            if words and not endings().is_noun(*first) and not (named and named[0].start == 0):
                out.setdefault(first, words[0].lower() + words[1:])
    return out


def bench_endings():
    """Count and print what is swallowed."""
    swallowed, tried = defaultdict(list), 0
    for words in openings().values():
        for name in NAMES:
            tried += 1
            found = find(spelled_out(f"{name} {words} của đơn vị."))
            if not found or found[0].name != name:
                swallowed[words].append(found[0].name if found else "nothing")
    for words, names in sorted(swallowed.items()):
        print(f"{words}: {', '.join(names)}")
    print(f"{sum(map(len, swallowed.values()))} of {tried} ends of names are told wrongly")
