"""Targets: every figure to be reached, with its unit, direction, subject and due date (`tests/gold/README.md`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.amounts.figures import (
    FIGURE,
    baseline,
    comparison,
    per,
    per_before,
    words_anywhere,
    words_at,
    words_before,
)
from pipeline.extract.amounts.nouns import noun_behind, subject_before, unit_behind
from pipeline.extract.times.model import ParsedDeadline
from pipeline.language.dates import YEAR
from pipeline.language.folding import fold
from pipeline.language.numerals import from_digits
from pipeline.language.sentences import sentences
from pipeline.schema import Comparison, DeadlineKind, Direction

REACH = 600  # characters: what says how a figure is meant stands no farther from it


_STARTS_FROM = re.compile(r"(?<!\w)từ\s+\d[\d.,]*(?:\s?%)?\s+(?=(?:xuống|lên|còn|đến|tới)\b)")
_TIMES_BEFORE = re.compile(r"(?:\s[x×]|\*)\s*$")
_TIMES_BEHIND = re.compile(r"[^,;.:\d]{0,40}(?:\s[x×]|\*)\s*\d")


@dataclass(frozen=True, slots=True)
class ParsedTarget:
    """A target in a text: the figure's offsets and its meaning; `due` is set from the sentence alone.

    `of` is 9 in "4/9"; `clause` are the offsets of the clause it stands in.
    """

    start: int
    end: int
    value: float | int
    value_max: float | int | None
    comparison: Comparison
    unit: str | None
    of: int | None
    per: str | None
    direction: Direction
    subject: str | None
    clause: tuple[int, int]
    baseline: str | None
    due: str | None


def find_targets(
    text: str,
    deadlines: Sequence[ParsedDeadline],
    masked: Sequence[tuple[int, int]] = (),
    *,
    objective: bool,
    due_above: str | None = None,
) -> list[ParsedTarget]:
    """Find the targets of a text.

    Args:
        text: of a passage.
        deadlines: in it.
        masked: stretches without targets, as `citations.masks` gives them.
        objective: the passage is an objective: every percentage is a target; elsewhere only behind words of a goal.
        due_above: the due entry of the headings, for targets without one of their own.
    """
    if not any(c.isdigit() for c in text):
        return []
    folded = fold(text)
    out: list[ParsedTarget] = []
    for start, end in sentences(folded):
        out += _of_sentence(text, folded, start, end, deadlines, masked, objective, due_above, out)
    return out


def _of_sentence(
    text: str,
    folded: str,
    start: int,
    end: int,
    deadlines: Sequence[ParsedDeadline],
    masked: Sequence[tuple[int, int]],
    objective: bool,
    due_above: str | None,
    earlier: Sequence[ParsedTarget],
) -> list[ParsedTarget]:
    found: list[ParsedTarget] = []
    for match in FIGURE.finditer(folded, start, end):
        if any(a <= match.start() < b for a, b in masked) or any(d.start <= match.start() < d.end for d in deadlines):
            continue
        target = _read(text, folded, match, start, end, objective, found[-1].end if found else start)
        if target is not None:
            if target.comparison is Comparison.EQUAL and found and _goes_with(folded, found[-1], target):
                target = replace(target, comparison=found[-1].comparison)
            due = _due(target, deadlines, start, end, folded) or due_above
            found.append(replace(target, due=due))
    if "tương ứng" in folded[start:end] and earlier and found:
        return _corresponding(found, earlier)
    return _same_change(_shared_subjects(found), earlier)


def _goes_with(folded: str, before: ParsedTarget, target: ParsedTarget) -> bool:
    """Whether one "ít nhất" holds for both figures: "ít nhất 01 tờ báo và 01 ấn phẩm"."""
    between = folded[before.end : target.start]
    return between.rstrip().endswith("và") and not re.search(r"[,;:]", between)


def _same_change(found: list[ParsedTarget], earlier: Sequence[ParsedTarget]) -> list[ParsedTarget]:
    """What changes was named in the sentence before: "Đến năm 2030, tăng bình quân 10 - 15% mỗi năm"."""
    out = []
    for target in found:
        before = [old for old in earlier if old.direction is target.direction and old.unit == target.unit]
        if target.subject is None and target.direction is not Direction.REACH and before:
            target = replace(target, subject=before[-1].subject)
        out.append(target)
    return out


def _corresponding(found: list[ParsedTarget], earlier: Sequence[ParsedTarget]) -> list[ParsedTarget]:
    """The subjects of the figures before, in order: "đạt 100%, 90%, 60% các chỉ tiêu tương ứng"."""
    base = [target for target in earlier if target.unit == found[0].unit]
    if len(base) < len(found):
        return [replace(target, subject=None) for target in found]
    return [replace(target, subject=old.subject) for target, old in zip(found, base[-len(found) :], strict=True)]


def _shared_subjects(found: list[ParsedTarget]) -> list[ParsedTarget]:
    """The first figure has the subject of the next: "đạt 70% và đến năm 2030 đạt 100% bảo tàng"."""
    out = list(found)
    for index in range(len(out) - 2, -1, -1):
        if out[index].subject is None and out[index].unit == out[index + 1].unit:
            out[index] = replace(out[index], subject=out[index + 1].subject)
    return out


def _read(
    text: str, folded: str, match: re.Match[str], start: int, end: int, objective: bool, last: int
) -> ParsedTarget | None:
    """The target at a figure between the bounds of its sentence; `last` is the end of the figure before."""
    start, end = max(start, match.start() - REACH), min(end, match.end() + REACH)
    before, behind = folded[start : match.start()], folded[match.end() : end]
    if _is_baseline(folded, match, start, end) or words_before("numbering").search(before):
        return None
    if _TIMES_BEFORE.search(before) or _TIMES_BEHIND.match(behind):
        return None  # a reckoning: "30 đại biểu x 63 tỉnh"
    clause = _clause(folded, match, start, end)
    percent = "%" in match.group()
    counts = _percentage_counts if percent else _number_counts
    if not counts(match, folded[clause[0] : match.start()], before, behind, objective):
        return None
    if percent:
        unit, (noun, _) = "%", noun_behind(text, folded, _behind_bound(folded, match.end(), end), end)
        unit_end = match.start() + len(match.group().rstrip())
    else:
        measured = unit_behind(text, folded, match.end(), end)
        if measured is None:
            return None
        unit, noun, unit_end = measured
    change = _change(before[-70:])
    value, high = from_digits(match["low"]), from_digits(match["high"]) if match["high"] else None
    if high is not None and percent and not match["percent"]:  # "80% đến 2025": a year
        high, unit_end = None, match.start() + match.group().index("%") + 1
    if high is not None and high < value:  # "giảm từ 15% đến 10%": what it falls from, then what it falls to
        value, high = high, None
    return ParsedTarget(
        start=match.start(),
        end=unit_end,
        value=value,
        value_max=high,
        comparison=comparison(before, behind, folded[unit_end:end]),
        unit=unit,
        of=int(match["of"]) if match["of"] else None,
        per=per(folded, _behind_bound(folded, unit_end, end), end) or per_before(before),
        direction=change,
        subject=_own_subject(text, folded, match, clause, change, percent, noun, before, last) or noun,
        clause=clause,
        baseline=baseline(text, folded, match.end(), clause[1]),
        due=None,
    )


def _percentage_counts(match: re.Match[str], clause: str, before: str, behind: str, objective: bool) -> bool:
    """Whether a percentage is to be reached; `clause` is what stands before it there."""
    return not words_anywhere("not_goals").search(clause[-60:]) and (objective or _goal_like(clause, before))


def _number_counts(match: re.Match[str], clause: str, before: str, behind: str, objective: bool) -> bool:
    """Whether a plain number counts something that is to be reached; `clause` is what stands before it there."""
    if not match["of"] and re.match(r"\s*(?:\)|/|$|[.,;:])", behind):
        return False
    return not re.fullmatch(YEAR, match["low"]) and _counts(clause, match, objective)


def _behind_bound(folded: str, at: int, end: int) -> int:
    """Where it goes on behind "80% trở lên", "1.800 đảng viên trở lên"."""
    bound = words_at("at_least_after").match(folded, at, end)
    return bound.end() if bound else at


def _change(before: str) -> Direction:
    """The last word of change before a figure, with no other figure (but that it starts from) or clause between."""
    before = _STARTS_FROM.sub("", before)
    up, down = (
        max((m.start() for m in words_anywhere(key).finditer(before)), default=-1) for key in ("increase", "decrease")
    )
    if max(up, down) < 0 or re.search(r"\d|[,;]\s", before[max(up, down) :]):
        return Direction.REACH
    return Direction.INCREASE if up > down else Direction.DECREASE


def _own_subject(
    text: str,
    folded: str,
    match: re.Match[str],
    clause: tuple[int, int],
    change: Direction,
    percent: bool,
    noun: str | None,
    before: str,
    last: int,
) -> str | None:
    """The subject named before a figure that changes, or that has its noun in front."""
    if change is not Direction.REACH:
        return subject_before(text, folded, _after(folded, last, match.start()), match.start())
    if percent:
        in_front = noun is None or re.search(r"(?:chiếm|đáp ứng)\s*(?:\w+\s+){0,2}$", before)
    else:
        in_front = re.search(r"\bkhoảng\s*$|cho\s*$", before) or words_before("measured").search(before)
    return subject_before(text, folded, clause[0], match.start()) if in_front else None


def _is_baseline(folded: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether a figure is what a change starts from: "tăng từ 36,6% lên 70%"."""
    return bool(
        re.search(r"(?:tăng|giảm|nâng)[^,;\d]{0,40}từ\s*$", folded[start : match.start()])
        and re.match(r"[^,;.\d]{0,60}(?:\(|(?<!\w)(?<!trở )(?:lên|xuống|còn|đến|tới))", folded[match.end() : end])
    )


def _after(folded: str, at: int, end: int) -> int:
    """Where the words behind an earlier figure's clause begin, before `end`."""
    match = re.compile(r"[^,;]*[,;]\s*").match(folded, at, end)
    return match.end() if match and at else at


def _goal_like(clause: str, before: str) -> bool:
    """Whether a percentage behind `clause` is a target although it stands in no objective."""
    return (
        bool(words_anywhere("goals").search(clause))
        or not clause.strip(" -+")
        or before.rstrip().endswith((",", " và"))
    )


def _counts(clause: str, match: re.Match[str], objective: bool) -> bool:
    """Whether a number behind `clause` counts a target: it has a word of target, and is no "một" of a case."""
    if match["of"] or objective and (words_anywhere("rates").search(clause) or words_before("measured").search(clause)):
        return True
    value = match["low"]
    if len(value) == 1 and not match["high"] and not words_before("small_goals").search(clause):
        return value > "1" and bool(words_before("goals").search(clause))
    return bool(words_anywhere("goals").search(clause))


def _clause(folded: str, match: re.Match[str], start: int, end: int) -> tuple[int, int]:
    """The stretch between commas and semicolons that the figure stands in, grown back to a verb of target."""
    target = max((one.start() for one in words_anywhere("goals").finditer(folded, start, match.start())), default=start)
    left = max(folded.rfind(", ", start, target), folded.rfind(": ", start, target))
    right = folded.find(", ", match.end(), end)
    return (left + 2 if left >= start else start), (right if right >= 0 else end)


def _due(target: ParsedTarget, deadlines: Sequence[ParsedDeadline], start: int, end: int, folded: str) -> str | None:
    """When a figure is due: by the nearest time before it in its sentence, else the first behind it."""
    timed = [due for due in deadlines if start <= due.start < end and due.due and due.kind is not DeadlineKind.ONGOING]
    before = [due for due in timed if due.start < target.start]
    if before:
        return before[-1].due
    if timed and not re.search(r"[,;]", folded[target.end : timed[0].start]):
        return timed[0].due
    return timed[0].due if timed and len(timed) == 1 else None
