"""What the figures of one sentence, and of the sentences before it, have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.amounts.clauses import Sentence
from pipeline.extract.amounts.model import AmountKind, ParsedTarget
from pipeline.language.folding import fold
from pipeline.schema import Comparison, Direction

_AT_LEAST = ("ít nhất", "tối thiểu")  # one of them holds for a row of figures; "trên" does not
_LIST = re.compile(r",\s*(?:và\s+)?|;\s*|\s+và\s+")
ROW = 12  # tokens between two figures that share one "ít nhất"


def together(found: Sequence[ParsedTarget], sentence: Sentence, earlier: Sequence[ParsedTarget]) -> list[ParsedTarget]:
    """The figures of a sentence, each with what it shares with its neighbours: a sign, a subject, a predicate.

    Args:
        found: the targets of the sentence.
        sentence: the sentence.
        earlier: the targets of the sentences before.
    """
    out = list(found)
    signed = False
    for index in range(1, len(out)):
        old, one = out[index - 1], out[index]
        signed = signed or sentence.text.folded[: old.start].rstrip().endswith(_AT_LEAST)
        signed = signed and old.amount.kind is one.amount.kind and _is_row(old, one, sentence)
        out[index] = _after(old, one, sentence, signed=signed)
    for index in range(len(out) - 2, -1, -1):
        out[index] = _before(out[index], out[index + 1], sentence)
    told = _respectively(out, sentence) if out else []
    if told == out and earlier and out and any(part.does("repeated") for part in sentence.parts):
        return _corresponding(out, earlier)
    out = told
    if earlier and out and _goes_on(sentence):
        out = [_milestone(one, earlier) for one in out]
    return [_same_change(one, earlier) for one in out]


def _is_row(old: ParsedTarget, one: ParsedTarget, sentence: Sentence) -> bool:
    """Whether a figure follows another with "và" or a comma right before it: "ít nhất 01 tờ báo và 01 ấn phẩm"."""
    between = sentence.text.folded[old.end : one.start].strip()
    return between.endswith(("và", ",")) and len(between.split()) <= ROW


def _after(old: ParsedTarget, one: ParsedTarget, sentence: Sentence, *, signed: bool) -> ParsedTarget:
    """A figure with what it has from the one before it: its sign, its verb, what it is of."""
    if signed and one.comparison is Comparison.EQUAL:
        one = replace(one, comparison=old.comparison)
    if _is_row(old, one, sentence) and old.direction is not Direction.REACH and _is_share_alone(old, one, sentence):
        said = one.subject if one.predicate is None else f"{one.subject} {one.predicate}"
        one = replace(one, direction=old.direction, subject=said, predicate=None)
    changes = one.direction is not Direction.REACH or one.amount.kind is AmountKind.RANK
    if one.subject is None and (
        one.unit == old.unit or changes or "trong đó" in sentence.text.folded[old.end : one.start]
    ):
        alike = one.unit == old.unit and one.direction is Direction.REACH
        direction = old.direction if alike else one.direction
        one = replace(one, subject=old.subject, direction=direction)
    return one


def _is_share_alone(old: ParsedTarget, one: ParsedTarget, sentence: Sentence) -> bool:
    """Whether a figure has no verb but that of the one before: "Giảm 5% số vụ, 7% số người chết"."""
    counted = old.amount.kind in (AmountKind.SHARE, AmountKind.COUNT)
    shares = counted and old.amount.kind is one.amount.kind and one.direction is Direction.REACH
    noun = sentence.text.folded[one.start :].lstrip("0123456789,.% -")
    return shares and old.predicate is None and one.subject is not None and noun.startswith(fold(one.subject))


def _before(one: ParsedTarget, following: ParsedTarget, sentence: Sentence) -> ParsedTarget:
    """A figure with what it has from the one behind it: "đạt 70% và đến năm 2030 đạt 100% bảo tàng có …"."""
    if one.unit != following.unit:
        return one
    if one.baseline is None and following.baseline and following.direction is one.direction is not Direction.REACH:
        between = sentence.text.folded[one.end : following.start]
        one = replace(one, baseline=following.baseline if ";" not in between else None)
    if one.subject is None:
        return replace(one, subject=following.subject, predicate=following.predicate)
    between = sentence.text.folded[one.end : following.start].strip().removesuffix("có").rstrip()
    if one.predicate is None and following.predicate and between.endswith((",", "và", "khoảng")):
        return replace(one, predicate=following.predicate)
    return one


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence goes on with what the one before it measures: "…; trong đó năm 2026 đạt 85%"."""
    before = sentence.text.folded[: sentence.text.starts[sentence.first]].rstrip()
    return before.endswith(";") or sentence.text.lows[sentence.first : sentence.first + 2] == ["trong", "đó"]


def _milestone(one: ParsedTarget, earlier: Sequence[ParsedTarget]) -> ParsedTarget:
    """A figure that names nothing: it is of what the last figure before it in the same unit is of."""
    old = next((each for each in reversed(earlier) if each.unit == one.unit and each.subject), None)
    if one.subject is not None or old is None:
        return one
    return replace(one, subject=old.subject, predicate=one.predicate or old.predicate)


def _respectively(found: Sequence[ParsedTarget], sentence: Sentence) -> list[ParsedTarget]:
    """Figures that share a list, each with its part of it: "tỷ lệ hộ nghèo, hộ cận nghèo lần lượt đạt 2%, 3%"."""
    subjects = {one.subject for one in found if one is found[0] or one.subject != one.unit}
    pieces = [piece.strip() for piece in _LIST.split(found[0].subject or "")] if len(subjects) == 1 else []
    if len(found) < 2 or len(pieces) != len(found) or not all(pieces):
        return list(found)
    if not any(part.does("repeated") for part in sentence.parts):
        return list(found)
    return [replace(one, subject=_whole(pieces[0], piece)) for one, piece in zip(found, pieces, strict=True)]


def _whole(first: str, piece: str) -> str:
    """A piece of a list with what it shares with the first: "hộ cận nghèo" of "tỷ lệ hộ nghèo, hộ cận nghèo"."""
    words = first.split()
    at = next((place for place, word in enumerate(words) if place and word == piece.split()[0]), 0)
    return piece if piece == first else " ".join([*words[:at], piece])


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
