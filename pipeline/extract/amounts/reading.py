"""The figures of a passage: every one is a target, or is refused by a rule that is told (`tests/gold/README.md`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest

from pipeline.extract.amounts.clauses import ClausePart, Sentence, TokenSpan, part_of
from pipeline.extract.amounts.dues import announced, due_of, in_turn
from pipeline.extract.amounts.grammar import findings
from pipeline.extract.amounts.model import FigureReading, ParsedTarget
from pipeline.extract.amounts.rates import with_counts
from pipeline.extract.amounts.refusing import REPORT_RULE, settle, why_refused
from pipeline.extract.amounts.sharing import together
from pipeline.extract.amounts.targets import TargetMaker
from pipeline.extract.grammar import Finding, Refusal, TokenizedText, tokenized
from pipeline.extract.times.model import ParsedDeadline
from pipeline.knowledge.places import districts, former_districts, provinces
from pipeline.language.folding import fold
from pipeline.language.numerals import NUMBER_WORDS
from pipeline.language.sentences import sentences

LONGEST_SENTENCE = 600  # tokens: what says how a figure is meant stands no farther from it
EARLIER = 40  # figures of the sentences before that those of a sentence may answer to
_DIGIT = re.compile(r"[\d²³¹]")
_WORDS = NUMBER_WORDS | {"nửa", "gấp"}


def read_figures(
    text: str,
    deadlines: Sequence[ParsedDeadline],
    masked: Sequence[TokenSpan] = (),
    *,
    objective: bool,
    due_above: str | None = None,
    report: bool = False,
    over: Sequence[tuple[int, int]] = (),
    actors: Sequence[tuple[int, int]] = (),
) -> FigureReading:
    """Read the figures of a text.

    Args:
        text: of a passage.
        deadlines: in it.
        masked: stretches without targets, as `citations.masks` gives them.
        objective: the passage is an objective: its figures need no word of order or aim.
        due_above: the due entry of the headings, for targets without one of their own.
        report: the passage tells what has been done, whatever its verbs say.
        over: times that were over when the plan was issued: a figure in brackets behind one is what was reached.
        actors: where the text names those who act.
    """
    out = FigureReading()
    if not _has_figure(text):
        return out
    times = sorted(deadlines, key=_start)
    starts = [due.start for due in times]
    told = [place for place in over if text[: place[0]].endswith("(")]
    for sentence in _sentences(tokenized(text, tuple(masked)), times, told, dict(actors)):
        start, end = sentence.offsets((sentence.first, sentence.last))
        own = times[bisect_left(starts, start) : bisect_left(starts, end)]
        read = _read(TargetMaker(sentence, own), sentence, objective, report)
        last = out.targets[-1:]
        above = announced(text, times, start, end) or due_above
        dues = [due_of(one, sentence, own, last, above, until) for one, until in read]
        found = [one.due_on(due) for (one, _), due in zip(read, in_turn(dues, sentence, own), strict=True)]
        out.targets.extend(together(found, sentence, out.targets[-EARLIER:]))
        out.refused.extend(_refused(sentence))
    return out


def _has_figure(text: str) -> bool:
    return bool(_DIGIT.search(text)) or not _WORDS.isdisjoint(fold(text).split())


def _read(maker: TargetMaker, sentence: Sentence, objective: bool, report: bool) -> list[tuple[ParsedTarget, int]]:
    """The targets of a sentence, and the offset behind what each counts; its other figures are marked as refused."""
    settle(sentence, objective=objective)
    found: list[tuple[ParsedTarget, int]] = []
    indices = [index for index, part in enumerate(sentence.parts) if part.does("amount")]
    start = sentence.first
    for index, following in zip_longest(indices, indices[1:]):
        shared = sentence.counts_next(sentence.parts[index])
        last = index if shared is None else sentence.parts.index(shared)
        behind = sentence.behind(last, maker.limit(following if last == index else None))
        rule = REPORT_RULE if report else why_refused(sentence, index, behind, objective, bool(found))
        if rule is not None:
            sentence.refuse(index, rule)
            continue
        target = maker.target(index, behind, start, follows=bool(found))
        noun = behind.noun[1] if behind.noun and shared is None else sentence.parts[index].last
        found.append((target, max(target.end, sentence.text.ends[noun - 1])))
        start = sentence.parts[index].last
    return found


def _refused(sentence: Sentence) -> list[Refusal]:
    refused = [part for part in sentence.parts if part.does("refused")]
    return [Refusal(*sentence.offsets((part.first, part.last)), part.rule) for part in refused]


def _sentences(
    text: TokenizedText,
    deadlines: Sequence[ParsedDeadline],
    over: Sequence[tuple[int, int]],
    actors: Mapping[int, int],
) -> list[Sentence]:
    """The sentences of a text that hold a figure, with what was found in each."""
    past = [(text.at(start), text.at(end)) for start, end in over]
    found = [part_of(one) for one in findings(text) if not _in_proper_name(text, one)]
    again = {(text.at(due.start), text.at(due.end)): due.recurrence for due in deadlines if due.recurrence}
    found, counted = with_counts(text, found, again)
    places = [(text.at(due.start), text.at(due.end)) for due in deadlines]
    times = _apart([*(place for place in places if place not in counted), *past])
    parts = _outside(found, times)
    uses = {place: frozenset({"time", "past"}) for place in past}
    said = (ClausePart(*place, uses.get(place, frozenset({"time"}))) for place in times)
    parts = _announcing(sorted([*parts, *said], key=_first))
    out, index = [], 0
    for first, last in _spans(text):
        inside = []
        while index < len(parts) and parts[index].first < last:
            if parts[index].first >= first:
                inside.append(parts[index])
            index += 1
        if any(part.does("amount", "refused") for part in inside):
            out.append(Sentence(text, (first, last), inside, _behind_actors(text, first, actors)))
    return out


def _in_proper_name(text: TokenizedText, found: Finding) -> bool:
    """Whether a word around figures is the end of a place's name: "tỉnh Cao Bằng: 446 tấn gạo"."""
    if found.last - found.first > 1 or not isinstance(found.value, frozenset) or not found.first:
        return False
    name = " ".join(text.lows[found.first - 1 : found.last])
    return text.text[text.starts[found.first]].isupper() and name in _places()


@cache
def _places() -> frozenset[str]:
    """Provinces and districts, of now and before."""
    names = [one.name for one in provinces()] + [one.name for one in districts()]
    return frozenset(fold(name) for name in (*names, *(one.name for one in former_districts())))


def _behind_actors(text: TokenizedText, first: int, actors: Mapping[int, int]) -> int:
    """The token behind those who act, where a sentence begins with them: "Sở A, Sở B gieo sạ 45 ha"."""
    at = first
    while at < len(text.starts) and (end := actors.get(text.starts[at])) is not None:
        first = text.at(end)
        at = first + 1
    return first


def _spans(text: TokenizedText) -> Iterator[TokenSpan]:
    """The tokens of each sentence; what is longer than a sentence can be is cut."""
    for start, end in sentences(text.folded):
        first, last = text.at(start), text.at(end)
        for begin in range(first, last, LONGEST_SENTENCE):
            yield begin, min(last, begin + LONGEST_SENTENCE)


def _start(due: ParsedDeadline) -> int:
    return due.start


def _first(part: ClausePart) -> int:
    return part.first


def _announcing(parts: list[ClausePart]) -> list[ClausePart]:
    """The parts, a dash between a time and its figure as the colon that it stands for: "tháng 4 - 500 cây"."""
    out = list(parts)
    for index, (before, dash, behind) in enumerate(zip(parts, parts[1:], parts[2:], strict=False), 1):
        beside = before.last == dash.first and dash.last == behind.first
        if dash.does("dash") and beside and before.does("time") and behind.does("amount"):
            out[index] = dash._replace(uses=frozenset({"colon"}))
    return out


def _outside(parts: Sequence[ClausePart], times: Sequence[TokenSpan]) -> list[ClausePart]:
    """The parts that do not stand in a time, or reach into one."""
    out, index = [], 0
    for part in parts:
        while index < len(times) and times[index][1] <= part.first:
            index += 1
        if index == len(times) or not (times[index][0] <= part.first or times[index][0] < part.last < times[index][1]):
            out.append(part)
    return out


def _apart(times: Sequence[TokenSpan]) -> list[TokenSpan]:
    """The times that do not lie within another, in order."""
    out: list[TokenSpan] = []
    for first, last in sorted(times):
        if first < last and (not out or first >= out[-1][1]):
            out.append((first, last))
    return out


def show(text: str, *, objective: bool = True) -> str:
    """The targets of a text as the examples of rules show them, joined by "; "."""
    return "; ".join(shown(one) for one in read_figures(text, (), objective=objective).targets)


def shown(target: ParsedTarget) -> str:
    """A target in one line: ">= 90 % per year | subject | predicate | due"."""
    amount = target.amount
    words = [target.direction.value, target.comparison.value, f"{amount.value:.15g}"]
    if amount.value_max is not None:
        words += ["-", f"{amount.value_max:.15g}"]
    if amount.of is not None:
        words += ["of", f"{amount.of:.15g}"]
    words += [target.unit or "", "per" if target.per else "", target.per or ""]
    figure = " ".join(word for word in words if word and word not in ("reach", "="))
    return " | ".join(one for one in (figure, target.subject, target.predicate, target.due) if one)
