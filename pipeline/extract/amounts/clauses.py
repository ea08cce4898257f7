"""A sentence as the marks and figures in it, and the phrases that stand before and behind a figure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.extract.amounts.model import Amount, AmountKind
from pipeline.extract.grammar import Finding, TokenizedText
from pipeline.knowledge.passages import words_that

TokenSpan = tuple[int, int]  # the first token, and the one behind the last
LONGEST_UNIT = 6  # tokens
LONGEST_NOUN = 60  # tokens of what is counted, with all that says which
START_RULE = "amounts.clause.start"  # of a figure that a change starts from
YEAR_RULE = "amounts.refused.year"
MARKER_RULE = "amounts.refused.marker"


class ClausePart(NamedTuple):
    """What was found at some tokens: an amount, a rate, a refused figure, a time, or a word and its uses."""

    first: int
    last: int
    uses: frozenset[str]
    amount: Amount | None = None
    per: str | None = None
    rule: str = ""

    def does(self, *uses: str) -> bool:
        """Whether it has one of these uses."""
        return not self.uses.isdisjoint(uses)

    def heads(self) -> bool:
        """Whether what is measured begins with it, wherever it stands: "lượng" and "độ" end other words."""
        return self.does("head") and self.last - self.first > 1


def part_of(found: Finding) -> ClausePart:
    """A finding as a part."""
    if isinstance(found.value, Amount):
        return ClausePart(found.first, found.last, frozenset({"amount"}), found.value, rule=found.rule)
    if isinstance(found.value, frozenset):
        return ClausePart(found.first, found.last, found.value)
    if isinstance(found.value, str):
        return ClausePart(found.first, found.last, frozenset({"rate"}), per=found.value)
    uses = frozenset({"refused", "time"} if found.rule == YEAR_RULE else {"refused"})
    return ClausePart(found.first, found.last, uses, rule=found.rule)


@dataclass(frozen=True, slots=True)
class FollowingWords:
    """What stands behind a figure: the noun that is counted, what shall be true of it, what it is per, and a bound."""

    noun: TokenSpan | None
    predicate: TokenSpan | None
    last: int


# What no noun ends with.
_NOUN_TAIL = ("comma", "joins", "time", "opens", "before_verb", "among", "dash")
# What no noun begins with, where it stands right behind a figure.
_NO_NOUN = (
    *("reach", "level", "up", "down", "time", "adverb", "among", "compares", "holds", "before_verb", "ends", "trail"),
    "refused",
)


def _all_refused(parts: Sequence[ClausePart]) -> bool:
    return all(part.does("refused", "time") for part in parts)


@cache
def _resuming() -> frozenset[str]:
    return frozenset((*words_that("resumes"), *words_that("acts")))


class Sentence:
    """The tokens of a sentence and what was found at them."""

    def __init__(self, text: TokenizedText, span: TokenSpan, parts: Sequence[ClausePart], said: int = -1) -> None:
        """The sentence of a `text` at some tokens; `said` is the token behind those who act, where it begins with them.

        Of its `parts`, what was found in it in order, times are some.
        """
        self.text = text
        self.first, self.last = span
        self.said = max(self.first, said)
        self.parts = list(parts)
        self._index()

    def _index(self) -> None:
        self._at = {part.first: index for index, part in enumerate(self.parts)}
        self._firsts = [part.first for part in self.parts]

    def refuse(self, index: int, rule: str, end: int | None = None) -> None:
        """Make of the amount at an index a refused figure, which takes in what stands behind it up to a token."""
        uses = frozenset({"refused", "start"} if rule == START_RULE else {"refused"})
        part = self.parts[index]
        self.parts[index] = part._replace(uses=uses, amount=None, rule=rule, last=end or part.last)
        if end is not None:
            self.parts[index + 1 :] = [one for one in self.parts[index + 1 :] if one.first >= end]
            self._index()

    def offsets(self, span: TokenSpan) -> tuple[int, int]:
        """The offsets of some tokens in the text."""
        return self.text.starts[span[0]], self.text.ends[span[1] - 1]

    def at(self, token: int) -> ClausePart | None:
        """The part that begins at a token."""
        index = self._at.get(token)
        return None if index is None else self.parts[index]

    def words(self, span: TokenSpan) -> str:
        """The text of some tokens."""
        first, last = span
        return self.text.text[self.text.starts[first] : self.text.ends[last - 1]] if first < last else ""

    def between(self, first: int, last: int) -> list[ClausePart]:
        """The parts that begin between two tokens."""
        return self.parts[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    def is_row(self, first: int, last: int) -> bool:
        """Whether nothing but commas, "và", adverbs and times stands between two tokens."""
        uses = ("comma", "joins", "adverb", "time", "trail")
        while first < last and (part := self.at(first)) is not None and part.does(*uses):
            first = part.last
        return first == last

    def counts_next(self, figure: ClausePart) -> ClausePart | None:
        """The figure at the end of a row, whose noun all count: "năm 2026 có 40 và năm 2027 có 65 trường"."""
        before = self.ending(figure.first)
        if before is None or not before.does("verb", "holds", "reach", "repeated", "adverb", "comma", "joins"):
            return None
        here = figure
        while True:
            following = next((one for one in self.between(here.last, self.last) if one.amount is not None), None)
            if following is None or following.amount is None or not self.is_row(here.last, following.first):
                return None
            if following.amount.kind is AmountKind.COUNT and self.at(following.last) is None:
                return following
            if following.amount.kind not in (AmountKind.PURE, AmountKind.COUNT):
                return None
            here = following

    def segment(self, index: int) -> list[ClausePart]:
        """The parts between the last comma, colon, bracket or figure and the part at an index, the nearest first."""
        out: list[ClausePart] = []
        for part in reversed(self.parts[:index]):
            if part.does("comma", "colon", "opens", "closes", "amount"):
                break
            out.append(part)
        return out

    def governor(self, index: int) -> tuple[ClausePart | None, int]:
        """The verb that a figure stands behind: what changes or is reached, or a colon.

        Args:
            index: of the amount among the parts.

        Returns:
            The part, None where other words stand there; and the token where the words before it end.
        """
        token = self.parts[index].first
        for part in reversed(self.parts[:index]):
            if part.last != token:
                return None, token
            if part.does("up", "down", "level", "reach", "meet", "colon"):
                return part, part.first
            if (
                not part.does("adverb", "time")
                and part.rule != START_RULE
                and not self._each(part)
                and not (part.does("comma") and self._after_time(part))
            ):
                return None, token
            token = part.first
        return None, token

    def _each(self, part: ClausePart) -> bool:
        """Whether a rate stands by itself: "mỗi năm", not "/vạn dân"."""
        return part.does("rate") and self.text.lows[part.first] != "/"

    def _after_time(self, comma: ClausePart) -> bool:
        index = self._at[comma.first]
        return index > 0 and self.parts[index - 1].does("time") and self.parts[index - 1].last == comma.first

    def behind(self, index: int, limit: int) -> FollowingWords:
        """What stands behind the figure at an index, up to a token at most."""
        first = self.parts[index].last
        while (after := self.at(first)) is not None:
            if after.does("rate", "bound") or after.rule == MARKER_RULE:
                first = after.last
            elif (close := self._explains(after)) is not None:
                first = close.last
            elif after.does("closes") and self._all_of(index):
                first = after.last
            else:
                break
        limit = min(limit, first + LONGEST_NOUN)
        noun_end, bound = self._noun_end(first, limit)
        if noun_end == first:
            return FollowingWords(None, None, first)
        predicate = self._predicate(first, noun_end, bound, limit) or self._behind_bound(noun_end, limit)
        if predicate is not None:
            predicate = self._without_rate(predicate)
            noun = self.trimmed((first, predicate[0]), (), ("joins", "comma", "among", "dash", "bound"))
            return FollowingWords(noun, predicate, predicate[1])
        return FollowingWords((first, noun_end), None, noun_end)

    def _without_rate(self, span: TokenSpan) -> TokenSpan:
        """A predicate without what its figure is per, at its end: "3 xã đạt chuẩn/năm"."""
        rate = self.ending(span[1])
        return (span[0], rate.first) if rate is not None and rate.per is not None and rate.first > span[0] else span

    def _all_of(self, index: int) -> bool:
        """Whether a figure in brackets says how many all are: "toàn bộ (100%) xã"."""
        opens = self.ending(self.parts[index].first)
        before = self.ending(opens.first) if opens is not None and opens.does("opens") else None
        return before is not None and before.does("adverb", "amount", "refused")

    def _behind_bound(self, token: int, limit: int) -> TokenSpan | None:
        """What shall be true of a noun, behind the bound of its figure: "từ 98% dân số trở lên tham gia bảo hiểm"."""
        bound = self.at(token)
        verb = self.at(bound.last) if bound is not None and bound.does("bound") else None
        if verb is None or not verb.does("acts", "holds"):
            return None
        return verb.first, self._clause_end(verb.last, limit)

    def _explains(self, opens: ClausePart) -> ClausePart | None:
        """The end of a bracket behind a figure that holds no more than figures or a year: "100% (25/25) xã"."""
        close = self.closing(opens, opens.last + LONGEST_UNIT) if opens.does("opens") else None
        if close is None:
            return None
        inside = [part for part in self.between(opens.last, close.first) if not part.does("among")]
        covered = sum(part.last - part.first for part in inside)
        return close if inside and covered == close.first - opens.last and _all_refused(inside) else None

    def _noun_end(self, first: int, limit: int) -> TokenSpan:
        """Where the words behind a figure end, and where a predicate behind a bracket may end."""
        token = first
        while token < limit:
            part = self.at(token)
            if part is None:
                token += 1
            elif part.does("opens"):
                close = self.closing(part, limit)
                if close is None or token == first or any(one.does("time") for one in self.between(token, close.first)):
                    break
                token = close.last
            elif self._ends_noun(part, first, limit):
                break
            else:
                token = part.last
        end = self.trimmed((first, token), (), _NOUN_TAIL)[1]
        if end > first + 1 and self.text.lows[end - 1] == "cho":  # "12 lớp dạy bơi cho 480 học sinh"
            end -= 1
        return end, token

    def closing(self, opens: ClausePart, limit: int) -> ClausePart | None:
        """The bracket that closes one, before a token."""
        return next((one for one in self.between(opens.last, limit) if one.does("closes")), None)

    def ending(self, token: int) -> ClausePart | None:
        """The part that ends before a token."""
        index = bisect_left(self._firsts, token) - 1
        return self.parts[index] if index >= 0 and self.parts[index].last == token else None

    def _ends_noun(self, part: ClausePart, first: int, limit: int) -> bool:
        if part.does("amount", "closes", "colon", "ends", "level", "rate", "bound"):
            return True
        if part.does("comma", "joins"):
            after = self.at(part.last)
            if part.last >= limit or part.first == first or self.text.lows[part.last] == "mỗi":
                return True
            if part.does("comma") and any(one.amount is not None for one in self.between(part.last + 1, part.last + 3)):
                return True  # ", rải 120 m3": whatever is done there has its own figure
            if after is None:
                return part.does("comma") and self._resumes(part.last)
            listed = part.does("comma") and after.does("head") and self._changes(first)
            if listed and not any(one.amount for one in self.between(part.last, self.last)):
                return False  # "giảm 5% số vụ, số người chết"
            counted = self._counts(first) and part.does("comma") and after.does("verb", "acts", "holds")
            if counted or part.does("joins") and after.does("verb", "acts"):
                return True
            if part.does("comma") and after.does("verb") and self._changes(first) and after.last - after.first > 1:
                return self.text.lows[after.first : after.last] != ["tổ", "chức"]  # which is a body too
            goes_on = part.does("joins") and after.does("reach", "head")
            return after.does("amount", "lead", "time", "up", "down", "level", "ends", "head", "reach") and not goes_on
        if part.first == first:
            return part.does(*_NO_NOUN) and not part.does("head")
        if part.does("dash"):
            after = self.at(part.last)
            return (
                after is not None
                and after.does("verb", "lead", "amount", "up", "down", "among")
                and not self.text.is_glued(part.first)
            )
        return part.does("lead") and not part.does("joins", "before_verb")

    def _resumes(self, token: int) -> bool:
        """Whether the order goes on at a token, with the next thing to be done: ", trình …", ", báo cáo …"."""
        lows = self.text.lows
        return bool({lows[token], " ".join(lows[token : token + 2])} & _resuming())

    def _changes(self, token: int) -> bool:
        """Whether the figure before a token is that by which something changes: "giảm ít nhất 50% | tình trạng …"."""
        before = self.ending(token)
        verb = self.ending(before.first) if before is not None and before.amount is not None else None
        return verb is not None and verb.does("up", "down")

    def _counts(self, token: int) -> bool:
        """Whether the figure before a token counts things."""
        before = self.ending(token)
        return before is not None and before.amount is not None and before.amount.kind is AmountKind.COUNT

    def _predicate(self, first: int, noun_end: int, bound: int, limit: int) -> TokenSpan | None:
        """The words behind a noun that say what shall be true of it: from its verb on."""
        inside = self._outside_brackets(first + 1, bound)
        verb: ClausePart | None = None
        for index, part in enumerate(inside):
            if part.does("aside") or not part.does("holds"):
                continue
            if verb is None or self._is_main(inside, index):
                verb = part
        holding = next((one.first for one in inside if one.does("holds")), bound)
        act = next(
            (one for one in inside if one.does("acts") and one.first < holding and self._may_open(one, first)), None
        )
        if act is not None and (verb is None or self._acts_first(act, verb, first)):
            verb = act
        if verb is None:
            return None
        start = verb.first
        for part in reversed([one for one in inside if one.first < start]):
            if part.last == start and (part.does("before_verb") or (part.does("acts") and verb.does("holds"))):
                start = part.first
        return (start, self._clause_end(verb.last, limit)) if first < start < noun_end else None

    def _clause_end(self, token: int, limit: int) -> int:
        """Where the words behind a verb end: at the figure or aim that follows, or at a bracket that closes."""
        depth, end = 0, limit
        for part in self.between(token, limit):
            depth += part.does("opens") - part.does("closes")
            if part.does("cuts", "compares", "amount") or depth < 0 or self._explains(part):
                end = part.first
                break
        return self.trimmed((token, end), (), ("comma", "joins", "lead", "time", "among", "dash"))[1]

    def _outside_brackets(self, first: int, last: int) -> list[ClausePart]:
        out, depth = [], 0
        for part in self.between(first, last):
            depth += part.does("opens") - part.does("closes")
            if depth == 0 and not part.does("closes"):
                out.append(part)
        return out

    def _acts_first(self, act: ClausePart, verb: ClausePart, first: int) -> bool:
        """Whether a verb with its object stands before "được": "bố trí công chức theo vị trí việc làm được duyệt"."""
        between = self.text.lows[first : act.first]
        return verb.first - act.last >= 2 and not {"do", "mà", "đang", "đã", "để"} & set(between)

    def _is_main(self, inside: Sequence[ClausePart], index: int) -> bool:
        """Whether a second "được" is the verb of the clause: "nhiệm vụ được giao được theo dõi"."""
        part, before = inside[index], inside[index - 1]
        if self.text.lows[part.first : part.last] != ["được"]:
            return False
        joined = before.does("joins", "comma", "reach", "holds", "before_verb", "acts")
        return before.last != part.first or not joined

    def _may_open(self, verb: ClausePart, first: int) -> bool:
        """A verb right behind "người" says who: "người làm công tác thư viện"."""
        before = self.ending(verb.first)
        if before is not None and before.does("comma", "opens", "joins"):
            return False
        return verb.first > first + 1 or self.text.lows[first] not in ("người", "số", "các", "việc")

    def trimmed(self, span: TokenSpan, leading: Collection[str], trailing: Collection[str]) -> TokenSpan:
        """A stretch without the parts of some uses at its ends."""
        first, last = span
        while first < last and (part := self.at(first)) is not None and part.does(*leading):
            first = part.last
        while first < last:
            ending = self.ending(last)
            if ending is None or ending.first < first or ending.does("points", "stays") or not ending.does(*trailing):
                break
            last = ending.first
        return first, max(first, last)
