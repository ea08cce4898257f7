"""What became of each word of a role or of a time and each figure in the items of plans. Counts, never asserts.

Each became a value or a doubt, was refused and by which rule, or fell through: nothing says why it is none. The plans
are those of outputs/, or of the folder that KEHOACH_BENCH_PLANS names. KEHOACH_BENCH_SHOW=10 prints ten of each, drawn
by chance and always the same, with the words around them.
"""

import os
import random
import re
from collections import defaultdict
from pathlib import Path

from pipeline.extract.grammar import TokenizedText
from pipeline.extract.passages import Context, read_passage
from pipeline.extract.plan import year_of
from pipeline.extract.times.reading import FIND, grammar
from pipeline.language.folding import fold
from pipeline.schema import Plan

PLANS = Path(os.environ.get("KEHOACH_BENCH_PLANS", Path(__file__).parents[2] / "outputs"))
SHOWN = int(os.environ.get("KEHOACH_BENCH_SHOW", "0"))
NEAR = 50  # characters behind a word of a role in which a name stands beside it
AROUND = 70  # characters shown on either side
ROLES = r"chủ trì|phối hợp|giao|báo cáo|trình|chỉ đạo|đề nghị|chịu trách nhiệm|tham mưu"
TIMES = {
    "day": r"\d{1,2}[/-]\d{1,2}[/-](?:20)?\d\d|ngày \d{1,2}(?:[/-]\d{1,2}| tháng \d{1,2})",
    "month": r"tháng \d{1,2}(?! tháng)",
    "quarter": r"quý (?:[1-4]|iv|i{1,3})",
    "year": r"năm (?:19|20)\d\d|(?:giai đoạn|nhiệm kỳ|năm học) (?:19|20)\d\d",
    "part": r"(?:đầu|giữa|cuối|hết) (?:năm|quý|tháng|tuần)",
    "again": r"(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần|ngày)|định kỳ|thường xuyên",
    "bound": r"chậm nhất|trong vòng|thời hạn|trước (?=ngày|tháng|quý|\d)",
    "length": r"\d{1,3}\)? (?:ngày|tuần|tháng|giờ)(?! \d)",
}
FIGURE = r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?(?![\w/-])"


def bench_inventory():
    """Count what became of each."""
    found = defaultdict(lambda: defaultdict(list))
    for path in sorted(PLANS.rglob("*.json")):
        plan = Plan.model_validate_json(path.read_text(encoding="utf-8"))
        context = Context(year_of(plan.metadata), plan.metadata.issued_on)
        items = {item.text: item for item in (*plan.tasks, *plan.objectives)}
        for text, item in items.items():
            read = read_passage(text, Context(context.year, context.issued, item in plan.objectives))
            for name, at, end, outcome in outcomes(read, [doubt.params.get("text", "") for doubt in item.doubts]):
                found[name][outcome].append(f"{path.stem}: {text[max(0, at - AROUND) : end + AROUND]}")
    for name, by_outcome in found.items():
        print(f"\n{name}: {sum(map(len, by_outcome.values()))}")
        for outcome, places in sorted(by_outcome.items(), key=lambda one: -len(one[1])):
            print(f"  {len(places):5}  {outcome}")
            for place in random.Random(0).sample(places, min(SHOWN, len(places))):
                print(f"           {' '.join(place.split())}")


def outcomes(read, doubts):
    """Each word and figure of a passage: what it is, its offsets, and what became of it."""
    folded = fold(read.text)
    for word in re.finditer(rf"(?<!\w)(?:{ROLES})(?!\w)", folded):
        yield f"role: {word.group()}", *word.span(), of_role(read, *word.span())
    dues = [(one.start, one.end) for one in read.times.deadlines]
    said = grammar().read(TokenizedText(read.text, read.masks), FIND)  # also what is said twice, or goes with another
    said = [(one.start, one.end) for one in said if one.value is not None]
    targets = [(one.start, one.end) for one in read.figures.targets]
    times = set()
    for name, pattern in TIMES.items():
        for word in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", folded):
            times.update(range(*word.span()))
            yield f"time: {name}", *word.span(), of_value(read, word, {"value": dues}, read.times.refused, doubts, said)
    for figure in re.finditer(FIGURE, folded):
        name = "figure of a time" if figure.start() in times else "figure"
        refused = (*read.figures.refused, *read.times.refused)
        yield name, *figure.span(), of_value(read, figure, {"value": targets, "time": dues}, refused, doubts)


def of_value(read, word, values, refused, doubts, said=()):
    """What became of a word of a time, or of a figure."""
    at, end = word.span()
    for outcome, places in values.items():
        if any(start < end and at < last for start, last in places):
            return outcome
    if any(start <= at < last for start, last in read.masks):
        return "refused: citation"
    for one in refused:
        if one.start < end and at < one.end:
            return f"refused: {one.rule}"
    if any(start < end and at < last for start, last in said):
        return "value: with another"
    return "doubt" if any(word.group() in fold(text) for text in doubts) else "nothing"


def of_role(read, at, end):
    """What became of a word of a role."""
    if any(start <= at < last for start, last in read.masks):
        return "refused: citation"
    if any(one.start <= at < one.end for one in read.clauses.clauses):
        return "role"
    if by := [one.rule for one in read.clauses.refused if one.start <= at < one.end]:
        return f"refused: {by[0]}"
    beside = [one for one in read.mentions if end <= one.start < end + NEAR or at - 3 <= one.end <= at]
    if not beside:
        return "no name beside it"
    placed = {part.mention.start for part in read.clauses.roles}
    placed |= {one.start for part in read.clauses.clauses for one in part.orders}
    return "its name has a role" if {one.start for one in beside} & placed else "nothing"
