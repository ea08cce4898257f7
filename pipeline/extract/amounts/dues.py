"""When a figure is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from pipeline.extract.amounts.clauses import YEAR_RULE, Sentence
from pipeline.extract.amounts.model import ParsedTarget
from pipeline.extract.times.model import ParsedDeadline
from pipeline.language.dates import YEAR_WORD
from pipeline.language.folding import fold
from pipeline.schema import DeadlineKind

_BRACKETED = re.compile(r"\((?:năm )?(20\d\d)\)")
_BEHIND = re.compile(
    r"\s*(?:trở (?:lên|xuống) )?(?:trong )?năm (20\d\d)\b(?!\s*(?:[-–/]|(?:,|và)\s*(?:năm\s*)?20\d\d))"
)  # "đạt 70% năm 2030"
_YEAR = re.compile(r"\bnăm (20\d\d)\b")
_COMPARED = re.compile(r"\b(?:bằng|so với) (?:khoảng |trên |dưới |hơn )?$")  # "năm nay bằng 95% năm 2025"
_TIMED = re.compile(r"\s*(?:trở (?:lên|xuống))?\s*(?:vào|trong)?\s*")  # between a figure and its own time
_STOP = re.compile(r"\.\s")
_ANOTHER = re.compile(r"\b(?:năm|quý|tháng) (?:tiếp theo|kế tiếp|sau)\b|\b(?:mỗi|hằng|hàng|từng) (?:năm|quý|tháng)\b")
_ANNOUNCES = re.compile(r"\W*(?:phấn đấu|mục tiêu)?\s*")  # before a time that all figures have
_LISTS = frozenset((",", "và"))  # between figures of one row
Time = tuple[int, int, str | None]  # offsets, and the due entry


def due_of(
    target: ParsedTarget,
    sentence: Sentence,
    deadlines: Sequence[ParsedDeadline],
    earlier: Sequence[ParsedTarget],
    above: str | None,
    until: int,
) -> str | None:
    """When a figure is due: by the time right behind it, else the nearest before it, else the first behind it.

    Args:
        target: the figure.
        sentence: it stands in.
        deadlines: of that sentence.
        earlier: the targets of the sentences before.
        above: the due entry of the headings.
        until: the offset behind what stands behind the figure: a time up to there is its own.
    """
    folded = sentence.text.folded
    if (year := _own_year(target, sentence)) is not None:
        return year
    timed = [(due.start, due.end, due.due) for due in deadlines if due.due and due.kind is not DeadlineKind.ONGOING]
    behind = [one for one in timed if one[0] >= target.end and not _of_another(folded[target.end :], one, target.end)]
    following = next((one for one in reversed(behind) if one[0] == behind[0][0]), None)  # "các năm 2026, 2027"
    if following and _TIMED.fullmatch(folded, until, max(until, following[0])):
        return following[2]
    years = [year for year in _years(sentence) if not any(start <= year[0] < end for start, end, _ in timed)]
    first = next((part.first for part in sentence.parts if part.does("amount")), sentence.last)
    years = [year for year in years if year[0] < sentence.text.starts[first] or folded[year[0] - 1] != "("]
    before = [time for time in (*timed, *years) if time[0] < target.start]
    if before:
        return max(reversed(before), key=itemgetter(0, 1))[2]
    if following and (len(behind) == 1 or not any(sign in folded[target.end : following[0]] for sign in ",;")):
        return following[2]
    if earlier and sentence.text.lows[sentence.first : sentence.first + 2] == ["trong", "đó"]:
        return earlier[-1].due
    return above


def announced(text: str, deadlines: Sequence[ParsedDeadline], start: int, end: int) -> str | None:
    """The due entry of a time that the text opens with, before a colon: "Đến năm 2030: có 5 xã; 90% số hộ …".

    Args:
        text: of the passage.
        deadlines: in it, in their order.
        start: of the part for which it is asked: a full stop before it ends what is announced.
        end: of that part; where it says a time of its own, it is not that before the colon.
    """
    first = deadlines[0] if deadlines else None
    if first is None or first.due is None or not _ANNOUNCES.fullmatch(fold(text[: first.start])):
        return None
    if not text[first.end :].lstrip().startswith(":") or _STOP.search(text, first.end, start):
        return None
    own = any(start <= due.start < end for due in deadlines[1:]) or _ANOTHER.search(fold(text[start:end]))
    return None if own else first.due


def in_turn(
    dues: Sequence[str | None], sentence: Sentence, deadlines: Sequence[ParsedDeadline]
) -> Sequence[str | None]:
    """The times before a row in their order, or as they were found: "các năm 2026, 2027 mua tương ứng 05, 07 xe".

    Times of one row behind as many figures are theirs in turn too, where nothing stands between these that could be
    another's: "đạt 50%, 70% vào các năm 2026, 2027"; not "hộ nghèo còn 3%, hộ cận nghèo còn 4% trong các năm …".
    """
    row = [due.due for due in deadlines if due.start == deadlines[-1].start]
    figures = [part for part in sentence.parts if part.amount is not None]
    alike = len({(part.amount.kind, part.amount.unit) for part in figures if part.amount and part.amount.unit}) == 1
    lows = sentence.text.lows
    bare = all(_LISTS.issuperset(lows[one.last : other.first]) for one, other in pairwise(figures))
    in_row = alike and bare and len(row) == len(dues) == len(figures) > 1 and None not in row
    if in_row and sentence.text.ends[figures[-1].last - 1] <= deadlines[-1].start:
        return row
    repeated = next((part.first for part in sentence.parts if part.does("repeated")), None)
    if repeated is None or len(dues) < 2:
        return dues
    before = [due.due for due in deadlines if due.start < sentence.text.starts[repeated]]
    return before if len(before) == len(dues) else dues


def _of_another(behind: str, time: Time, at: int) -> bool:
    """Whether a time behind a figure is that of another: "100% (năm 2026 đạt 70%)", "3%, riêng năm 2026 giảm 5%"."""
    between, after = behind[: time[0] - at], behind[time[1] - at :]
    in_bracket = "(" in between and ")" not in between
    return (in_bracket and not after.lstrip().startswith(")")) or "riêng" in between.split()


def _own_year(target: ParsedTarget, sentence: Sentence) -> str | None:
    """The year in brackets behind a figure, before the next, or right behind it: "48% (2026), 52% năm 2028"."""
    token = sentence.text.at(target.end)
    end = next((part.first for part in sentence.parts if part.first >= token and part.does("amount")), sentence.last)
    found = _BRACKETED.search(sentence.text.folded, target.end, sentence.text.ends[end - 1])
    if found is None and (found := _BEHIND.match(sentence.text.folded, target.end, sentence.text.ends[end - 1])):
        before = sentence.text.folded[sentence.text.starts[sentence.first] : target.start]
        later = any(year > found[1] for year in _YEAR.findall(before))
        found = None if later or _COMPARED.search(before) else found
    return found[1] if found else None


def _years(sentence: Sentence) -> list[Time]:
    """Years that are no times of the sentence itself: "chỉ số hài lòng năm 2026"; not "so với năm 2020"."""
    out: list[Time] = []
    before = None
    for part in sentence.parts:
        compared = before is not None and before.last == part.first and before.does("compares")
        if part.rule == YEAR_RULE and not compared:
            start, end = sentence.offsets((part.first, part.last))
            out.append((start, end, YEAR_WORD.findall(sentence.text.folded[start:end])[-1]))
        before = part
    return out
