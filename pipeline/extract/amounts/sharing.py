"""What the figures of one sentence, and of the sentences before it, have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.amounts.clauses import Sentence
from pipeline.extract.amounts.model import ParsedTarget
from pipeline.schema import Comparison, Direction

_AT_LEAST = ("ít nhất", "tối thiểu")  # one of them holds for a row of figures; "trên" does not
ROW = 12  # tokens between two figures that share one "ít nhất"


def together(found: Sequence[ParsedTarget], sentence: Sentence, earlier: Sequence[ParsedTarget]) -> list[ParsedTarget]:
    """The figures of a sentence, each with what it shares with its neighbours: a sign, a subject, a predicate.

    Args:
        found: the targets of the sentence.
        sentence: the sentence.
        earlier: the targets of the sentences before.
    """
    out = list(found)
    for index in range(1, len(out)):
        out[index] = _after(out[index - 1], out[index], sentence)
    for index in range(len(out) - 2, -1, -1):
        out[index] = _before(out[index], out[index + 1], sentence)
    if earlier and out and any(part.does("repeated") for part in sentence.parts):
        return _corresponding(out, earlier)
    return [_same_change(one, earlier) for one in out]


def _after(old: ParsedTarget, one: ParsedTarget, sentence: Sentence) -> ParsedTarget:
    """A figure with what it has from the one before it: "ít nhất 01 tờ báo và 01 ấn phẩm"."""
    folded = sentence.text.folded
    between = folded[old.end : one.start].strip()
    in_row = between.endswith(("và", ",")) and len(between.split()) <= ROW
    if in_row and one.comparison is Comparison.EQUAL and folded[: old.start].rstrip().endswith(_AT_LEAST):
        one = replace(one, comparison=old.comparison)
    if one.subject is None and one.unit == old.unit:
        direction = old.direction if one.direction is Direction.REACH else one.direction
        one = replace(one, subject=old.subject, direction=direction)
    return one


def _before(one: ParsedTarget, following: ParsedTarget, sentence: Sentence) -> ParsedTarget:
    """A figure with what it has from the one behind it: "đạt 70% và đến năm 2030 đạt 100% bảo tàng có …"."""
    if one.unit != following.unit:
        return one
    if one.subject is None:
        return replace(one, subject=following.subject, predicate=following.predicate)
    between = sentence.text.folded[one.end : following.start].strip().removesuffix("có").rstrip()
    if one.predicate is None and following.predicate and between.endswith((",", "và", "khoảng")):
        return replace(one, predicate=following.predicate)
    return one


def _same_change(one: ParsedTarget, earlier: Sequence[ParsedTarget]) -> ParsedTarget:
    """What changes was named in the sentence before: "Đến năm 2030, tăng bình quân 10 - 15% mỗi năm"."""
    if one.subject is not None or one.direction is Direction.REACH:
        return one
    old = [each for each in earlier if each.direction is one.direction and each.unit == one.unit]
    return replace(one, subject=old[-1].subject) if old else one


def _corresponding(found: Sequence[ParsedTarget], earlier: Sequence[ParsedTarget]) -> list[ParsedTarget]:
    """The subjects of the figures before, in order: "đạt 100%, 90%, 60% các chỉ tiêu tương ứng"."""
    base = [one for one in earlier if one.unit == found[0].unit]
    if len(base) < len(found):
        return [replace(target, subject=None, predicate=None) for target in found]
    rows = zip(found, base[-len(found) :], strict=True)
    return [replace(target, subject=old.subject, predicate=old.predicate) for target, old in rows]
