"""From a figure in its clause to a target: unit, direction, subject, predicate, and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.amounts.clauses import START_RULE, ClausePart, FollowingWords, Sentence, TokenSpan
from pipeline.extract.amounts.model import Amount, AmountKind, ParsedTarget
from pipeline.extract.amounts.rates import per_of
from pipeline.extract.amounts.subjects import changed, deed, phrase_before, topic
from pipeline.extract.amounts.units import unit_of
from pipeline.extract.times.model import ParsedDeadline
from pipeline.schema import Comparison, Direction

_COUNTERS = (["con"], ["lượt"], ["lượt", "người"], ["lượt", "khách"], ["cái"], ["chiếc"], ["người"], ["đồng", "chí"])
_SHARES = (AmountKind.SHARE, AmountKind.PART)
_OPPOSITE = {one: one for one in Comparison} | {
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.AT_LEAST,
}
_CUTS = ("comma", "joins", "colon", "amount", "closes")
NEAR = 4  # tokens between what is measured and a figure
LONGEST_START = 16  # tokens from "từ 31% năm 2025" to the figure behind it


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure in its sentence: its part, what stands behind it, its verb, and the words before that verb."""

    part: ClausePart
    amount: Amount
    behind: FollowingWords
    governor: ClausePart | None
    before: TokenSpan
    follows: bool

    def is_governed(self, *uses: str) -> bool:
        """Whether it has a verb of one of these uses."""
        return self.governor is not None and self.governor.does(*uses)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the clause of a figure says of it."""

    direction: Direction
    subject: str | None
    predicate: str | None = None


class TargetMaker:
    """Makes targets of the figures of one sentence."""

    def __init__(self, sentence: Sentence, deadlines: Sequence[ParsedDeadline]) -> None:
        """A maker of targets.

        Args:
            sentence: the sentence.
            deadlines: in it.
        """
        self._sentence = sentence
        self._text = sentence.text
        self._deadlines = deadlines

    def limit(self, following: int | None) -> int:
        """Where the words behind a figure end at the latest: before the subject of the figure behind it.

        Args:
            following: the index of that figure among the parts; None where there is none.
        """
        sentence = self._sentence
        if following is None:
            return sentence.last
        governor, before = sentence.governor(following)
        amount = sentence.parts[following].amount
        stops: list[int] = []
        if governor is None and amount is not None and amount.kind in (AmountKind.MEASURE, AmountKind.SHARE):
            near = sentence.between(before - NEAR, before)
            stops = (
                []
                if any(part.does("comma", "joins") for part in near)
                else [part.first for part in near if part.heads()]
            )
        elif governor is not None and not governor.does("meet", "colon"):
            stops = [part.first for part in sentence.between(sentence.first, before) if part.does("comma", "lead")]
        return stops[-1] if stops else sentence.parts[following].first

    def target(self, index: int, behind: FollowingWords, start: int, *, follows: bool) -> ParsedTarget:
        """The target of a figure.

        Args:
            index: of the amount among the parts of the sentence.
            behind: what stands behind it.
            start: where its words begin: behind the figure before it, or with the sentence.
            follows: whether a figure stands before it.
        """
        part = self._sentence.parts[index]
        amount = part.amount
        assert amount is not None
        governor, before = self._sentence.governor(index)
        place = _Place(part, amount, behind, governor, (start, before), follows)
        said = self._said(place)
        unit, end = self._unit(place)
        grows = amount.kind is AmountKind.SHARE and said.direction is Direction.INCREASE  # "tăng trưởng 8%"
        changes = grows or place.is_governed("up", "down")
        first, last = self._sentence.offsets((part.first, end))
        first += next((at for at, letter in enumerate(self._text.folded[first:last]) if letter.isdigit()), 0)
        return ParsedTarget(
            start=first,
            end=last,
            amount=amount,
            unit=unit,
            per=per_of(self._sentence, self._deadlines, part, behind, end, changes=changes),
            comparison=self._comparison(place, end),
            direction=said.direction,
            subject=said.subject,
            predicate=said.predicate,
            clause=self._sentence.offsets((self._clause_start(part), self._sentence.last)),
            baseline=self._baseline(place, end),
            due=None,
            rule=part.rule,
        )

    def _clause_start(self, figure: ClausePart) -> int:
        """Where the clause of a figure begins: with its aim behind a comma, else with the sentence."""
        aims = [part for part in self._sentence.between(self._sentence.first, figure.first) if part.does("cuts")]
        for part in reversed(aims):
            comma = self._sentence.ending(part.first)
            if comma is not None and comma.does("comma"):
                return part.first
        return self._sentence.first

    def _said(self, place: _Place) -> _Said:
        said = self._changed(place) or self._measured(place) or self._counted(place)
        grows = place.amount.kind is AmountKind.TIMES and said.direction is Direction.REACH
        return replace(said, direction=Direction.INCREASE) if grows else said

    def _changed(self, place: _Place) -> _Said | None:
        """What a figure changes, or what is brought to it; None where nothing changes."""
        if place.is_governed("up", "down"):
            direction = _direction(place.governor)
            phrase = self._phrase(place)
            if phrase is not None and (place.behind.noun is None or self._headed(phrase)):
                return _Said(direction, self._with_topic(phrase))
            return _Said(direction, self._noun(place), self._predicate(place))
        if not (place.governor is None or place.is_governed("level", "reach")):
            return None
        start = self._start(place)
        verb = self._sentence.ending(start.first) if start else None
        if verb is not None and verb.does("up", "down"):  # "tăng từ 31% lên 40%"
            phrase = phrase_before(self._sentence, place.before[0], verb.first, follows=place.follows)
            return _Said(_direction(verb), self._with_topic(phrase)) if phrase else None
        if place.governor is None and place.amount.kind is AmountKind.COUNT:
            return None
        found = changed(self._sentence, *place.before)
        if found is None:
            return None
        verb, span = found
        rises = place.governor is not None and not self._is_compared(place.part) and self._start(place) is None
        level = verb.does("brings") or rises
        return _Said(Direction.REACH if level else _direction(verb), self._sentence.words(span))

    def _measured(self, place: _Place) -> _Said | None:
        """What a figure measures, where it is named before it; None where it counts what stands behind it."""
        phrase = self._phrase(place)
        if phrase is None:
            return None
        direction = self._growth(place.before)
        if self._is_measured(place, phrase):
            predicate = self._predicate(place) if place.governor is None else None
            return _Said(direction, self._with_topic(phrase), predicate)
        noun = place.behind.noun
        if noun is None:
            return None
        bare = noun[1] - noun[0] <= 3 and self._text.lows[noun[0]] == "lượt"
        if bare and self._text.lows[place.part.first - 1 : place.part.first] == ["cho"]:
            return _Said(direction, self._action(place.before))
        return None

    def _counted(self, place: _Place) -> _Said:
        """What a figure counts: the noun behind it."""
        subject = self._in_brackets(place)
        if subject is None and place.amount.kind is AmountKind.RANK:
            subject = self._ranked(place.part.last)
        if subject is not None or place.behind.noun is None:
            return _Said(Direction.REACH, subject)
        noun = self._noun(place) or ""
        if len(noun.split()) > 3:
            noun = noun.removeprefix("lượt ")
        predicate = self._predicate(place) or self._each(place.before) or self._order(place.before)
        return _Said(self._growth(place.before), noun, predicate)

    def _noun(self, place: _Place) -> str | None:
        return self._sentence.words(place.behind.noun) if place.behind.noun else None

    def _predicate(self, place: _Place) -> str | None:
        return self._sentence.words(place.behind.predicate) if place.behind.predicate else None

    def _phrase(self, place: _Place) -> TokenSpan | None:
        phrase = phrase_before(self._sentence, *place.before, follows=place.follows)
        often = phrase is not None and place.amount.kind is AmountKind.OFTEN
        return deed(self._sentence, phrase) if phrase and often else phrase

    def _is_measured(self, place: _Place, phrase: TokenSpan) -> bool:
        """Whether what a figure measures is named before it, not behind it."""
        kind, noun = place.amount.kind, place.behind.noun
        headed = self._headed(phrase)
        if kind in (AmountKind.RANK, AmountKind.OFTEN):
            return True
        if place.is_governed("colon") and kind in _SHARES:
            return noun is None
        if place.is_governed("colon") and noun is not None and self._text.lows[noun[0] : noun[1]] in _COUNTERS:
            return True  # "kết nạp đảng viên mới: 35 đồng chí"
        if place.is_governed("meet"):
            return headed
        if noun is None:
            return True
        if kind is AmountKind.MEASURE:
            return headed or place.governor is not None
        if kind is AmountKind.COUNT:
            orders = any(part.does("verb") for part in self._sentence.between(*phrase))
            return headed and self._is_level(place, noun) or place.is_governed("reach") and not orders
        whole, verb = self._sentence.at(noun[0]), self._sentence.at(phrase[0])
        if verb is not None and verb.does("verb") and verb.last == phrase[1] == place.part.first:
            return False  # "dành 2% tổng chi"
        if whole is not None and whole.does("wholes") and (place.is_governed("reach") or phrase[1] == place.part.first):
            return True  # "chi cho khoa học đạt 2% GRDP"
        if headed and place.governor is None and phrase[1] == place.part.first:
            return place.amount.comparison is not Comparison.EQUAL  # "tỷ lệ nợ thuế không quá 8% tổng thu"
        words = self._sentence.words((place.governor.first, place.governor.last)) if place.governor else ""
        return place.governor is not None and (headed or words.lower() not in ("đạt", "đạt được", "là"))

    def _is_level(self, place: _Place, noun: TokenSpan) -> bool:
        """Whether a count behind what is measured is its level: it has a verb, a sign, or is per something."""
        if self._text.lows[noun[0] : noun[1]] in _COUNTERS:  # "tổng đàn gia súc 21.000 con"
            return True
        rate = self._sentence.at(noun[1])
        signed = place.amount.comparison is not Comparison.EQUAL
        return place.governor is not None or signed or (rate is not None and rate.per is not None)

    def _headed(self, phrase: TokenSpan) -> bool:
        opening = self._sentence.at(phrase[0])
        return opening is not None and opening.does("head", "growth")

    def _with_topic(self, phrase: TokenSpan) -> str:
        words = self._sentence.words(phrase)
        about = topic(self._sentence, phrase[0])
        return f"{self._sentence.words(about)}: {words}" if about else words

    def _in_brackets(self, place: _Place) -> str | None:
        """What a figure in brackets belongs to: "Tập huấn cho công chức (02 lớp)", "Xử lý nước thải (đạt 100%)"."""
        noun = self._sentence.at(place.behind.noun[0]) if place.behind.noun else None
        opens = self._sentence.ending(place.before[1])
        of_noun = noun.does("event") if noun is not None else place.behind.noun is None
        if not of_noun or opens is None or not opens.does("opens"):
            return None
        phrase = phrase_before(self._sentence, self._sentence.first, opens.first, follows=False)
        return self._sentence.words(phrase) if phrase else None

    def _ranked(self, token: int) -> str | None:
        """What a rank is in: "top 20 cả nước về dịch vụ công trực tuyến"."""
        if self._text.lows[token : token + 1] != ["về"]:
            return None
        end = self._stop(token + 1, "comma", "lead", "ends", "time", "closes")
        return self._sentence.words((token + 1, end)) or None

    def _action(self, before: TokenSpan) -> str:
        """What is done with those who are counted: "đào tạo về lý luận chính trị cho khoảng 5.500 lượt người"."""
        inside = self._sentence.between(*before)
        start = max([before[0], *(part.last for part in inside if part.does("colon", "cuts"))])
        lows = self._text.lows
        above_all = [part.first for part in inside if lows[part.first : part.last] == ["nhất", "là"]]
        end = next((token for token in above_all if token > start), before[1])
        leading = ("comma", "joins", "time", "lead", "closes")
        return self._sentence.words(self._sentence.trimmed((start, end), leading, ("comma", "joins")))

    def _each(self, before: TokenSpan) -> str | None:
        """Of whom each shall have what is counted: "mỗi công đoàn cơ sở có ít nhất 01 tờ báo"."""
        each = [part for part in self._sentence.between(*before) if part.does("each")]
        if not each or any(part.does("comma", "colon") for part in self._sentence.between(each[-1].last, before[1])):
            return None
        return self._sentence.words((each[-1].first, before[1]))

    def _order(self, before: TokenSpan) -> str | None:
        """The verb of the order, where it says what shall be done to what is counted: "số hóa 100% dịch vụ công"."""
        start = before[1]
        while (verb := self._sentence.ending(start)) is not None and verb.does("verb") and verb.first >= before[0]:
            start = verb.first
        return self._sentence.words((start, before[1])) or None

    def _growth(self, before: TokenSpan) -> Direction:
        """Whether something grows: "tăng trưởng đạt 8%" is a change, "tốc độ tăng trưởng đạt 8%" a level."""
        marks = [part for part in self._sentence.between(*before) if part.does("growth")]
        grows = marks and self._text.lows[marks[-1].first : marks[-1].last] == ["tăng", "trưởng"]
        return Direction.INCREASE if grows else Direction.REACH

    def _is_compared(self, part: ClausePart) -> bool:
        """Whether a change is told by how much, not to what: "lên thêm 5%", "lên 10% so với hiện nay"."""
        before = self._text.lows[max(0, part.first - 2) : part.first]
        return "thêm" in before or any(one.does("compares") for one in self._sentence.between(part.last, part.last + 6))

    def _unit(self, place: _Place) -> tuple[str | None, int]:
        """The unit, and the token behind it."""
        amount, noun, last = place.amount, place.behind.noun, place.part.last
        if noun is None:
            return amount.unit, last
        if amount.kind is AmountKind.COUNT and self._sentence.counts_next(place.part) is not None:
            return unit_of(self._sentence, noun), last
        if amount.kind is AmountKind.MEASURE:
            rate = self._sentence.at(noun[1])
            if rate is None or rate.per is None:
                return amount.unit, last
            return f"{amount.unit} {unit_of(self._sentence, noun)}", noun[1]
        if amount.unit is not None:
            return amount.unit, last
        unit = unit_of(self._sentence, noun)
        return unit, self._text.at(self._text.starts[noun[0]] + len(unit))

    def _comparison(self, place: _Place, end: int) -> Comparison:
        if place.amount.comparison not in (Comparison.EQUAL, Comparison.ABOUT):
            return _OPPOSITE[place.amount.comparison] if self._is_ruled_out(place.part) else place.amount.comparison
        for token in (place.part.last, end, place.behind.noun[1] if place.behind.noun else end):
            bound = self._sentence.at(token)
            if bound is not None and bound.per is not None:  # "từ 10%/năm trở lên"
                bound = self._sentence.at(bound.last)
            if bound is not None and bound.does("bound"):
                below = "xuống" in self._text.lows[bound.first : bound.last]
                return Comparison.AT_MOST if below else Comparison.AT_LEAST
        return place.amount.comparison

    def _is_ruled_out(self, figure: ClausePart) -> bool:
        """Whether the comparison of a figure shall not be: "không để quá 5%", "không còn xã dưới 15 điểm"."""
        first = next(
            (part.last for part in reversed(self._sentence.parts) if part.last <= figure.first and part.does(*_CUTS)),
            self._sentence.first,
        )
        words = self._text.lows[first : figure.first]
        near = words[-2:] in (["không", "có"], ["không", "được"], ["không", "để"])
        allowed = ("không", "để") in pairwise(words) or words[:2] in (["không", "còn"], ["không", "có"])
        return self._text.lows[figure.first] != "không" and (near or allowed)

    def _baseline(self, place: _Place, end: int) -> str | None:
        """What a figure is compared with: "so với năm 2020", or where the change starts: "từ 38,5%"."""
        start = self._start(place)
        if start is not None:
            return self._sentence.words((start.first, start.last))
        opens = self._sentence.at(end)
        close = self._sentence.closing(opens, self._sentence.last) if opens and opens.does("opens") else None
        if opens and close and any(part.does("past") for part in self._sentence.between(opens.last, opens.last + 2)):
            return self._sentence.words((opens.last, close.first))  # "đạt 99,8% (hiện nay 98,3%)"
        for part in self._sentence.between(end, self._sentence.last):
            if part.does("amount"):
                break
            if part.does("compares"):
                return self._sentence.words((part.first, self._stop(part.last, "comma", "lead", "closes", "ends")))
        return None

    def _start(self, place: _Place) -> ClausePart | None:
        """The figure that a change to this one starts from."""
        before = self._sentence.between(place.part.first - LONGEST_START, place.part.first)
        return next((part for part in reversed(before) if part.rule == START_RULE), None)

    def _stop(self, token: int, *uses: str) -> int:
        """The first part behind a token that does one of these, or the end of the sentence."""
        return next(
            (one.first for one in self._sentence.between(token, self._sentence.last) if one.does(*uses)),
            self._sentence.last,
        )


def _direction(verb: ClausePart | None) -> Direction:
    return Direction.INCREASE if verb is not None and verb.does("up") else Direction.DECREASE
