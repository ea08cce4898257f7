"""What became of each word of a role in the items of plans: a role, refused by which rule, or nothing. Never asserts.

The plans are those of outputs/, or of the folder that KEHOACH_BENCH_PLANS names.
"""

import os
import re
from collections import Counter, defaultdict
from pathlib import Path

from pipeline.extract.agencies.mentions import find
from pipeline.extract.citations import find_citations, masks
from pipeline.extract.clauses.reading import read_clauses
from pipeline.extract.tokens import spelled_out
from pipeline.language.folding import fold
from pipeline.schema import Plan

PLANS = Path(os.environ.get("KEHOACH_BENCH_PLANS", Path(__file__).parents[2] / "outputs"))
WORDS = (
    "chủ trì",
    "phối hợp",
    "giao",
    "báo cáo",
    "trình",
    "chỉ đạo",
    "đề nghị",
    "chịu trách nhiệm",
    "tham mưu",
)
NEAR = 50  # characters behind a word in which a name stands beside it


def became(at, end, read, mentions, masked):
    """What became of the word between two offsets."""
    if any(a <= at < b for a, b in masked):
        return "refused: citation"
    if any(one.start <= at < one.end for one in read.clauses):
        return "role"
    if by := [one.rule for one in read.refused if one.start <= at < one.end]:
        return f"refused: {by[0]}"
    beside = [one for one in mentions if end <= one.start < end + NEAR or at - 3 <= one.end <= at]
    if not beside:
        return "no name beside it"
    placed = {part.mention.start for part in read.roles} | {one.start for part in read.clauses for one in part.orders}
    return "its name has a role" if {one.start for one in beside} & placed else "nothing"


def bench_role_words():
    """Count what became of each word."""
    counts = defaultdict(Counter)
    for path in sorted(PLANS.rglob("*.json")):
        plan = Plan.model_validate_json(path.read_text(encoding="utf-8"))
        for text in {item.text for item in (*plan.objectives, *plan.tasks)}:
            mentions, masked = find(spelled_out(text)), masks(text, find_citations(text))
            read = read_clauses(text, mentions, masked)
            for word in WORDS:
                for found in re.finditer(rf"(?<!\w){word}(?!\w)", fold(text)):
                    counts[word][became(found.start(), found.end(), read, mentions, masked)] += 1
    for word in WORDS:
        print(f"\n{word}: {counts[word].total()}")
        for what, count in counts[word].most_common():
            print(f"  {count:5}  {what}")
