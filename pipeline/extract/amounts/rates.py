"""What a figure is reckoned per: said behind it, behind its noun, before it, or by the time that it counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.extract.amounts.clauses import ClausePart, FollowingWords, Sentence, TokenSpan
from pipeline.extract.amounts.model import AmountKind
from pipeline.extract.times.model import ParsedDeadline
from pipeline.schema import Comparison

NEAR = 4  # tokens between what it is per and a figure
FAR = 10  # tokens between "mỗi tháng" and its figure
_OFTEN = {
    "FREQ=YEARLY": "year",
    "FREQ=MONTHLY": "month",
    "FREQ=MONTHLY;INTERVAL=3": "quarter",
    "FREQ=WEEKLY": "week",
    "FREQ=DAILY": "day",
}


def with_counts(parts: Sequence[ClausePart], again: Mapping[TokenSpan, str]) -> tuple[list[ClausePart], set[TokenSpan]]:
    """The parts, those that say how many times something is done each day or week as such; and the times they are in.

    "01 lần/tuần" says no more than its time does.

    Args:
        parts: of a text, in their order.
        again: the recurrences of the times that come again, by where they stand.
    """
    out, counted = list(parts), set()
    for (first, last), recurrence in again.items():
        for index in range(bisect_left(parts, first, key=_first), bisect_left(parts, last, key=_first)):
            amount = parts[index].amount
            if amount is None or amount.kind not in (AmountKind.OFTEN, AmountKind.TIMES):
                continue
            if amount.value > 1 or amount.comparison is not Comparison.EQUAL:
                per = amount.per or _OFTEN.get(recurrence.partition(";BY")[0])
                out[index] = parts[index]._replace(amount=replace(amount, kind=AmountKind.OFTEN, per=per))
                counted.add((first, last))
    return out, counted


def _first(part: ClausePart) -> int:
    return part.first


def per_of(
    sentence: Sentence,
    deadlines: Sequence[ParsedDeadline],
    figure: ClausePart,
    behind: FollowingWords,
    end: int,
    *,
    changes: bool,
) -> str | None:
    """What a figure is reckoned per: "mỗi tháng ít nhất 02 số", "3 buổi/tuần", "mỗi năm số vụ giảm 5%".

    Args:
        sentence: the sentence.
        deadlines: in it.
        figure: the part.
        behind: what stands behind it.
        end: the token behind its unit.
        changes: whether something rises or falls by it.
    """
    assert figure.amount is not None
    if figure.amount.per is not None:
        return figure.amount.per
    before = _before(sentence, figure) or (_opening(sentence, figure) if changes else None)
    if before is not None and sentence.text.lows[before.first] != "/":
        return before.per
    noun, predicate = behind.noun, behind.predicate
    for token in (end, noun[1] if noun else end, predicate[1] if predicate else end):
        for part in sentence.between(token, token + NEAR):
            if part.per is not None:
                return part.per
            if not part.does("bound"):
                break
    if before is not None and figure.first - before.last <= NEAR:  # "số con cai sữa/nái/năm trên 25 con"
        return before.per
    if figure.amount.kind not in (AmountKind.COUNT, AmountKind.MEASURE) and not changes:
        return None
    again = [due for due in deadlines if due.recurrence and due.start < sentence.text.starts[figure.first]]
    return _OFTEN.get(again[-1].recurrence or "") if again else None


def _before(sentence: Sentence, figure: ClausePart) -> ClausePart | None:
    for part in reversed(sentence.between(figure.first - FAR, figure.first)):
        if part.per is not None:
            near = sentence.between(part.first - NEAR, part.first)
            return None if near and near[-1].amount is not None else part  # that of "2.000 cây/ha" is its own
        if part.does("amount", "comma"):
            break
    return None


def _opening(sentence: Sentence, figure: ClausePart) -> ClausePart | None:
    """The rate that opens a sentence, however far before what changes: "Mỗi năm, số vụ … giảm 5%"."""
    for part in sentence.between(sentence.first, figure.first):
        if part.per is not None:
            inside = sentence.between(part.last, figure.first)
            return None if any(one.does("amount") for one in inside) else part
        if not part.does("lead", "time"):
            return None
    return None
