"""Reading the times of a passage: what its rules find, put into dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pipeline.extract.grammar import Finding, Grammar, Refusal, TokenizedText, tokenized
from pipeline.extract.times.acts import acts
from pipeline.extract.times.expression import TimeBound, TimeExpression
from pipeline.extract.times.makers import MAKERS
from pipeline.extract.times.model import ParsedDeadline
from pipeline.extract.times.names import dates_document, in_name, of_event
from pipeline.extract.times.resolving import Convention, resolve
from pipeline.language.folding import fold
from pipeline.schema import DeadlineKind, RelativeTime

FIND = ("time", "refused", "describing")
BEFORE_ISSUE = "times.before-issue"
BRACKETED = "times.time.on-day-in-brackets"
_NEAR = 12  # tokens between "hằng năm" and its day
_BEFORE = 3  # how many "hằng năm" before a day it may go with
_SENTENCE = 300  # tokens between the "hằng năm" that opens a sentence and its day
_CLAUSE = 15  # tokens between "hoàn thành" and the time it holds for
_STOPS = frozenset({".", ";"})
_CLAUSE_ENDS = frozenset({".", ";", ","})
_BESIDE = re.compile(r"[\s,;(–-]*(?:(?:thực hiện|áp dụng|bắt đầu|kể|tính|định kỳ)\s*)?")


@cache
def grammar() -> Grammar:
    """The rules of times."""
    return Grammar.load("pipeline.extract.times", MAKERS)


@dataclass(frozen=True, slots=True)
class TimeReading:
    """The times of a text, in order: deadlines, and words of time that make none."""

    deadlines: Sequence[ParsedDeadline] = ()
    refused: Sequence[Refusal] = ()


def read_times(
    text: str, year: int | None, masked: Sequence[tuple[int, int]] = (), issued: date | None = None
) -> TimeReading:
    """Read the times of a text.

    Args:
        text: of a passage.
        year: the plan's own, for "tháng 3" without a year; None when unknown.
        masked: stretches in which nothing falls due, as `citations.masks` gives them.
        issued: the date of the plan: what ended before is a date of something else, but in front of a colon.
    """
    tokens = tokenized(text, tuple(masked))
    out: list[ParsedDeadline] = []
    expressions, refused = _expressions(tokens)
    since = 0
    for finding, expression in _recurring(tokens, expressions):
        convention = Convention.COMPLETION if _is_completed(tokens, finding, since) else Convention.TEXT
        since = finding.last
        for one in resolve(expression, year, issued, convention):
            if issued is None or one.last is None or one.last >= issued or _is_label(text, finding, expression):
                out.append(placed(one, finding, text))
            else:
                refused.append(Refusal(finding.start, finding.end, BEFORE_ISSUE))
    out = begun(text, out)
    others = [(one.start, one.end) for one in out]
    others += [(one.start, one.end) for one in refused if one.rule == BEFORE_ISSUE]
    return TimeReading(with_acts(text, unique(out), others), refused)


def _is_label(text: str, finding: Finding, expression: TimeExpression) -> bool:
    """Whether a time stands in front of what is done in it, so that it is of a schedule: "Tháng 8 năm 2013: …"."""
    alone = not text[: finding.start].strip() and text[finding.end :].lstrip()[:1] == ":"
    return alone and not any(span.last.is_year for span in expression.spans)


def with_acts(
    text: str, deadlines: Sequence[ParsedDeadline], others: Sequence[tuple[int, int]] = ()
) -> list[ParsedDeadline]:
    """Deadlines of a text with the act that each belongs to, where it states several; `others` are times as well."""
    found = acts(text, [(due.start, due.end) for due in deadlines], others)
    return [replace(due, act=act) for due, act in zip(deadlines, found, strict=True)]


def _expressions(tokens: TokenizedText) -> tuple[list[tuple[Finding, TimeExpression]], list[Refusal]]:
    """The expressions of time in a text, and what is refused: by rules, and in names of programmes and plans."""
    found, refused = [], []
    for one in grammar().read(tokens, FIND):
        if not isinstance(one.value, TimeExpression):
            refused.append(Refusal(one.start, one.end, one.rule))
        elif owner := _named(tokens.text, one.start, one.value, one.rule):
            refused.append(Refusal(one.start, one.end, owner))
        else:
            found.append((one, one.value))
    return found, refused


def _named(text: str, at: int, value: TimeExpression, rule: str) -> str | None:
    """Why a time is none of the order: it is the day of a document, or belongs to the name of a programme or plan."""
    first = value.spans[0] if value.spans else None
    if rule == BRACKETED and (_may_be_parts(value) or not of_event(text, at)):
        return "times.bracket-of-nothing-held"
    if value.bound is TimeBound.IN and first and first.is_single and first.last.is_day and dates_document(text, at):
        return "times.day-of-document"
    days = any(span.first.is_day and not span.is_single for span in value.spans)  # names have years alone
    beside = first is not None and first.last.months() and text.rfind("(", 0, at) > text.rfind(")", 0, at)
    return "times.in-name" if value.weak and not days and not beside and in_name(text, at) else None


def _may_be_parts(value: TimeExpression) -> bool:
    """Whether days can be so many of so many as well: "(7/12)"."""
    return all((span.last.day or 0) <= (span.last.month or 0) for span in value.spans)


def placed(one: ParsedDeadline, finding: Finding, text: str) -> ParsedDeadline:
    """A deadline where it was found; what it is reckoned from as it is printed there."""
    relative = one.relative and _as_printed(one.relative, text[finding.start : finding.end])
    return replace(one, start=finding.start, end=finding.end, rule=finding.rule, relative=relative)


def _as_printed(relative: RelativeTime, printed: str) -> RelativeTime:
    at = fold(printed).rfind(relative.from_)
    origin = printed[at : at + len(relative.from_)] if at >= 0 else relative.from_
    return relative.model_copy(update={"from_": origin.strip(" ,;.()")})


def begun(text: str, deadlines: Sequence[ParsedDeadline]) -> list[ParsedDeadline]:
    """Deadlines of a text, what comes again with its beginning beside it as one: "Hằng quý, từ năm 2026"."""
    out: list[ParsedDeadline] = []
    for due in deadlines:
        last = out[-1] if out else due
        again, since = (due, last) if due.kind is DeadlineKind.RECURRING else (last, due)
        gap = text[last.end : due.start]
        kinds = (again.kind, since.kind) == (DeadlineKind.RECURRING, DeadlineKind.ONGOING)
        if not kinds or since.first is None or not _BESIDE.fullmatch(fold(gap)):
            out.append(due)
            continue
        closed = "(" in gap and text[due.end : due.end + 1] == ")"
        out[-1] = replace(again, start=last.start, end=due.end + closed, first=since.first)
    return out


def unique(deadlines: Sequence[ParsedDeadline]) -> list[ParsedDeadline]:
    """The deadlines without those that say the same as one before."""
    out: dict[object, ParsedDeadline] = {}
    for due in deadlines:
        key = (due.kind, due.first, due.last, due.recurrence, due.start if due.kind is None else None)
        out.setdefault(key, due)
    return list(out.values())


# How often and on which day, where words stand between the two.


def _recurring(
    tokens: TokenizedText, found: Sequence[tuple[Finding, TimeExpression]]
) -> list[tuple[Finding, TimeExpression]]:
    """Give days without a year to the "hằng năm" that they stand beside, or that opens their sentence."""
    often = [one for one in found if _is_bare(one[1])]
    if not often:
        return list(found)
    out, used = [], set()
    for finding, value in found:
        owner = _owner(tokens, finding, value, often)
        if owner is None:
            out.append((finding, value))
            continue
        used.add(id(owner[0]))
        again = replace(
            owner[1],
            spans=value.spans,
            further=owner[1].further if any(span.last.month is None for span in value.spans) else (),
            completes=value.bound in (TimeBound.BY, TimeBound.BEFORE),
            weak=False,
        )
        out.append((finding, again))
    return [one for one in out if id(one[0]) not in used]


def _is_bare(value: TimeExpression) -> bool:
    """Whether it says how often alone, and may go with a day; what is done each day has none."""
    every = value.every
    bare = every is not None and not every.weekdays and every.frequency != "DAILY"
    return bare and value.bound is TimeBound.AGAIN and not value.spans


def _owner(
    tokens: TokenizedText,
    finding: Finding,
    value: TimeExpression,
    often: Sequence[tuple[Finding, TimeExpression]],
) -> tuple[Finding, TimeExpression] | None:
    """What says how often for a day: the nearest that it can go with."""
    if value.bound not in (TimeBound.BY, TimeBound.BEFORE, TimeBound.IN) or any(
        span.year is not None for span in value.spans
    ):
        return None
    at = bisect_left(often, finding.first, key=lambda one: one[0].first)
    near = often[max(0, at - _BEFORE) : at + 1]
    going = [one for one in near if _goes_with(tokens, finding, value, *one)]
    return min(going, key=lambda one: _apart(finding, one[0]), default=None)


def _apart(one: Finding, other: Finding) -> int:
    return max(one.first - other.last, other.first - one.last)


def _goes_with(
    tokens: TokenizedText, finding: Finding, value: TimeExpression, often: Finding, how: TimeExpression
) -> bool:
    if _apart(finding, often) > _SENTENCE:
        return False
    between = tokens.lows[min(finding.last, often.last) : max(finding.first, often.first)]
    if _apart(finding, often) <= _NEAR and not _STOPS.intersection(between):
        return True
    labels = tokens.lows[often.last : often.last + 1] == [":"]  # "Báo cáo 6 tháng: các đơn vị gửi trước ngày 05/7"
    opens = often.first == 0 or tokens.lows[often.first - 1] in _STOPS or labels
    yearly = how.every is not None and how.every.frequency == "YEARLY" and how.every.interval == 1
    days = all(span.last.is_day for span in value.spans)
    return opens and (yearly or labels) and days and finding.first >= often.last and "." not in between


def _is_completed(tokens: TokenizedText, finding: Finding, since: int) -> bool:
    """Whether "hoàn thành" stands before a time in its clause, behind the time before it, which ends at a token."""
    lows = tokens.lows
    for index in range(finding.first - 1, max(since - 1, finding.first - _CLAUSE), -1):
        if lows[index] == "hoàn" and lows[index + 1 : index + 2] == ["thành"] or lows[index] == "xong":
            return True
        joined = lows[index] == "," and lows[max(0, index - 2) : index] == ["hoàn", "thành"]  # "hoàn thành, báo cáo …"
        if lows[index] in _CLAUSE_ENDS and not joined:
            return False
    return False
