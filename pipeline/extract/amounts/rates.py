"""What a figure is reckoned per: said behind it, behind its noun, before it, or by the time that it counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.extract.amounts.clauses import ClausePart, FollowingWords, Sentence, TokenSpan
from pipeline.extract.amounts.model import AmountKind
from pipeline.extract.grammar import TokenizedText
from pipeline.extract.times.model import ParsedDeadline
from pipeline.schema import Comparison, DeadlineKind

NEAR = 4  # tokens between what it is per and a figure
FAR = 10  # tokens between "mỗi tháng" and its figure
_DATED = (DeadlineKind.BY, DeadlineKind.IN)
_NEW_ORDER = ("lead", "cuts", "meet", "completes")  # behind a comma another order begins with them
_OFTEN = {
    "FREQ=YEARLY": "year",
    "FREQ=MONTHLY": "month",
    "FREQ=MONTHLY;INTERVAL=3": "quarter",
    "FREQ=WEEKLY": "week",
    "FREQ=DAILY": "day",
}


def with_counts(
    text: TokenizedText, parts: Sequence[ClausePart], again: Mapping[TokenSpan, str]
) -> tuple[list[ClausePart], set[TokenSpan]]:
    """The parts, those that say how many times something is done each day or week as such; and the times they are in.

    "01 lần/tuần" says no more than its time does.

    Args:
        text: that they stand in.
        parts: of it, in their order.
        again: the recurrences of the times that come again, by where they stand.
    """
    out, counted = list(parts), set()
    for (first, last), recurrence in again.items():
        begin = bisect_left(parts, first, key=_first)
        begin -= begin > 0 and parts[begin - 1].last > first  # "ít nhất | 02 lần mỗi ngày"
        for index in range(begin, bisect_left(parts, last, key=_first)):
            amount, end = parts[index].amount, parts[index].last
            times = text.lows[end : end + 1] == ["lần"]  # "ít nhất 02 lần" is a count of things by itself
            kinds = (AmountKind.OFTEN, AmountKind.TIMES, *((AmountKind.COUNT,) if times else ()))
            if amount is None or amount.kind not in kinds:
                continue
            if amount.value > 1 or amount.comparison is not Comparison.EQUAL:
                per = amount.per or _OFTEN.get(recurrence.partition(";BY")[0])
                often = replace(amount, kind=AmountKind.OFTEN, unit="lần", per=per)
                out[index] = parts[index]._replace(amount=often, last=end + times)
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
    before = _before(sentence, figure) or (_opening(sentence, deadlines, figure) if changes else None)
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
    if not again or _of_another(sentence, deadlines, sentence.text.at(again[-1].end), figure):
        return None
    return _OFTEN.get(again[-1].recurrence or "")


def _of_another(sentence: Sentence, deadlines: Sequence[ParsedDeadline], since: int, figure: ClausePart) -> bool:
    """Whether what comes again is done in a clause before that of a figure: "Hằng năm rà soát, phấn đấu trồng 500 ha".

    Args:
        sentence: the sentence.
        deadlines: in it.
        since: the token behind what says how often.
        figure: the part.
    """
    assert figure.amount is not None
    begin, end = sentence.text.ends[since - 1], sentence.text.starts[figure.first]
    if any(due.kind in _DATED and begin <= due.start < end for due in deadlines):
        return True  # "Hằng năm rà soát, đến năm 2030 trồng 500 ha"
    uses = _NEW_ORDER if figure.amount.kind is AmountKind.COUNT else (*_NEW_ORDER, "verb", "up", "down")
    for part in sentence.between(since, figure.first):
        if part.does("amount"):
            return False  # "hằng năm hộ nghèo giảm 1%, hộ cận nghèo giảm 2%"
        after = sentence.at(part.last)
        if part.does("comma") and part.first > since and after is not None and after.does(*uses):
            return True
    return False


def _before(sentence: Sentence, figure: ClausePart) -> ClausePart | None:
    for part in reversed(sentence.between(figure.first - FAR, figure.first)):
        if part.per is not None:
            near = sentence.between(part.first - NEAR, part.first)
            return None if near and near[-1].amount is not None else part  # that of "2.000 cây/ha" is its own
        if part.does("amount", "comma"):
            break
    return None


def _opening(sentence: Sentence, deadlines: Sequence[ParsedDeadline], figure: ClausePart) -> ClausePart | None:
    """The rate that opens a sentence, however far before what changes: "Mỗi năm, số vụ … giảm 5%"."""
    for part in sentence.between(sentence.first, figure.first):
        if part.per is not None:
            inside = sentence.between(part.last, figure.first)
            other = any(one.does("amount") for one in inside) or _of_another(sentence, deadlines, part.last, figure)
            return None if other else part
        if not part.does("lead", "time"):
            return None
    return None
