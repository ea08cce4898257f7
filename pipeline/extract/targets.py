"""Targets: every figure to be reached, with its unit, direction, subject and when it is due (labelling rules)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.deadlines import Due
from pipeline.extract.roles import sentences
from pipeline.folding import fold
from pipeline.schema import Comparison, DeadlineKind, Direction

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
FIGURE = re.compile(
    rf"(?<![\w/.,])(?P<low>{_NUMBER})(?:\s?%)?\s?(?:(?:-|đến|tới)\s?(?P<high>{_NUMBER}))?"
    rf"(?:(?P<percent>\s?%)|/(?P<of>\d{{1,4}})(?=\s+[^\W\d_]))?(?!\d|/\d|[.,]\d)"
)


LONGEST_UNIT = 5  # syllables: "trung tâm phân phối thuốc"; what is longer has more than the counted noun in it


@dataclass(frozen=True, slots=True)
class Goal:
    """A target in a text: offsets of the figure and what it means; `due` is set from the sentence alone."""

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


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.extract").joinpath("gazetteer", "figures.toml").read_text(encoding="utf-8"))


@cache
def _before(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_words()[key])})\s*(?:khoảng\s*)?$")


@cache
def _at(key: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(_words()[key])})(?!\w)")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(_words()['subject_leads'])})*")


@cache
def _any(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_words()[key])})(?!\w)")


def number(text: str) -> float | int:
    """A Vietnamese figure: "29.000" is 29000, "2,5" is 2.5."""
    value = float(text.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value


def find_targets(
    text: str,
    dues: Sequence[Due],
    masked: Sequence[tuple[int, int]] = (),
    *,
    objective: bool,
    due_above: str | None = None,
) -> list[Goal]:
    """The targets of `text`; in an objective every percentage is one, elsewhere only behind words of a goal."""
    if not any(c.isdigit() for c in text):
        return []
    folded = fold(text)
    out: list[Goal] = []
    for start, end in sentences(folded):
        out += _of_sentence(text, folded, start, end, dues, masked, objective, due_above, out)
    return out


def _of_sentence(
    text: str,
    folded: str,
    start: int,
    end: int,
    dues: Sequence[Due],
    masked: Sequence[tuple[int, int]],
    objective: bool,
    due_above: str | None,
    earlier: Sequence[Goal],
) -> list[Goal]:
    found: list[Goal] = []
    for match in FIGURE.finditer(folded, start, end):
        if any(a <= match.start() < b for a, b in masked) or any(d.start <= match.start() < d.end for d in dues):
            continue
        goal = _read(text, folded, match, start, end, objective, found[-1].end if found else start)
        if goal is not None:
            if goal.comparison is Comparison.EQUAL and found and _goes_with(folded, found[-1], goal):
                goal = replace(goal, comparison=found[-1].comparison)
            due = _due(goal, dues, start, end, folded) or due_above
            found.append(replace(goal, due=due))
    if "tương ứng" in folded[start:end] and earlier and found:
        return _corresponding(found, earlier)
    return _same_change(_shared_subjects(found), earlier)


def _goes_with(folded: str, before: Goal, goal: Goal) -> bool:
    """Whether one "ít nhất" holds for both figures: "ít nhất 01 tờ báo và 01 ấn phẩm"."""
    between = folded[before.end : goal.start]
    return between.rstrip().endswith("và") and not re.search(r"[,;:]", between)


def _same_change(found: list[Goal], earlier: Sequence[Goal]) -> list[Goal]:
    """What changes was named in the sentence before: "Đến năm 2030, tăng bình quân 10 - 15% mỗi năm"."""
    out = []
    for goal in found:
        before = [old for old in earlier if old.direction is goal.direction and old.unit == goal.unit]
        if goal.subject is None and goal.direction is not Direction.REACH and before:
            goal = replace(goal, subject=before[-1].subject)
        out.append(goal)
    return out


def _corresponding(found: list[Goal], earlier: Sequence[Goal]) -> list[Goal]:
    """The subjects of the figures before, in order: "đạt 100%, 90%, 60% các chỉ tiêu tương ứng"."""
    base = [goal for goal in earlier if goal.unit == found[0].unit]
    if len(base) < len(found):
        return [replace(goal, subject=None) for goal in found]
    return [replace(goal, subject=old.subject) for goal, old in zip(found, base[-len(found) :], strict=True)]


def _shared_subjects(found: list[Goal]) -> list[Goal]:
    """The first figure has the subject of the next: "đạt 70% và đến năm 2030 đạt 100% bảo tàng"."""
    out = list(found)
    for index in range(len(out) - 2, -1, -1):
        if out[index].subject is None and out[index].unit == out[index + 1].unit:
            out[index] = replace(out[index], subject=out[index + 1].subject)
    return out


def _read(
    text: str, folded: str, match: re.Match[str], start: int, end: int, objective: bool, last: int
) -> Goal | None:
    """The target at a figure between the bounds of its sentence; `last` is the end of the figure before."""
    if _is_baseline(folded, match, start, end):
        return None
    percent = bool(match["percent"]) or "%" in match.group()
    behind = folded[match.end() : end]
    before = folded[start : match.start()]
    clause = _clause(folded, match, start, end)
    if _before("numbering").search(before):
        return None
    if not percent and re.match(r"\s*(?:\)|/|$|[.,;:])", behind) and not match["of"]:
        return None
    if not percent and re.fullmatch(r"(?:19|20)\d{2}", match["low"]):
        return None
    change = Direction.REACH
    near = before[-70:]
    # the last word of change before the figure, with no other figure between
    up, down = _last(_any("increase"), near), _last(_any("decrease"), near)
    if (
        max(up, down) >= 0
        and not re.search(r"\d", near[max(up, down) :])
        and not re.search(r"[,;]\s", near[max(up, down) :])
    ):
        change = Direction.INCREASE if up > down else Direction.DECREASE
    unit_end = match.end()
    unit: str | None = "%"
    noun: str | None = None
    if percent:
        if _any("not_goals").search(folded[clause[0] : match.start()][-60:]):
            return None
        if not objective and not _goal_like(folded[clause[0] : match.start()], before):
            return None
        noun_at = match.end() + len(_ahead("at_least_after", folded, match.end(), end))
        noun, _ = _noun(text, folded, noun_at, end)
    else:
        money = re.match(
            r"\s*(?:triệu|tỷ|tỉ|nghìn|ngàn|vạn)?\s*(?:đồng|usd|đô la|kwh|mw|tấn|ha|m2|m3|km)(?!\w)", behind
        )
        unit_text, unit_end = _noun(text, folded, match.end(), end)
        if money:
            unit_text, unit_end = money.group().strip(), match.end() + money.end()
        if not unit_text or _not_counted(fold(unit_text)):
            return None
        if not _counts(folded[clause[0] : match.start()], before, match):
            return None
        noun = re.sub(r"^(?:triệu|nghìn|vạn|tỷ)\s+(?!đồng)", "", unit_text) if not money else unit_text
        unit = noun if money else _counted(noun)
    per = _per(folded, unit_end, end)
    subject = noun
    if change is not Direction.REACH or (
        percent and (noun is None or re.search(r"(?:chiếm|đáp ứng)\s*(?:\w+\s+){0,2}$", before))
    ):
        own = _subject_before(
            text, folded, _after(folded, last) if change is not Direction.REACH else clause[0], match.start()
        )
        subject = own or noun
    elif not percent:
        own = (
            _subject_before(text, folded, clause[0], match.start())
            if re.search(r"\bkhoảng\s*$|cho\s*$", before)
            else None
        )
        subject = own or noun
    return Goal(
        match.start(),
        unit_end if not percent else match.end(),
        number(match["low"]),
        number(match["high"]) if match["high"] else None,
        _comparison(before, behind),
        unit,
        int(match["of"]) if match["of"] else None,
        per,
        change,
        subject,
        clause,
        _baseline(text, folded, match.end(), clause[1]),
        None,
    )


def _is_baseline(folded: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether a figure is what a change starts from: "tăng từ 36,6% lên 70%"."""
    return bool(
        re.search(r"(?:tăng|giảm|nâng)[^,;\d]{0,40}từ\s*$", folded[start : match.start()])
        and re.match(r"[^,;.\d]{0,60}(?:\(|(?<!\w)(?:lên|xuống|còn|đến|tới))", folded[match.end() : end])
    )


def _after(folded: str, at: int) -> int:
    """Where the words behind an earlier figure's clause begin."""
    match = re.compile(r"[^,;]*[,;]\s*").match(folded, at)
    return match.end() if match and at else at


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


def _ahead(key: str, folded: str, at: int, end: int) -> str:
    match = _at(key).match(folded, at, end)
    return match.group() if match else ""


def _goal_like(clause: str, before: str) -> bool:
    return (
        bool(_any("goals").search(clause))
        or not clause.strip(" -+")
        or bool(re.search(r"\d\s?%[^.;]*,\s*$", before))
        or bool(re.search(r"(?:và|,)\s*$", before))
    )


def _counts(clause: str, before: str, match: re.Match[str]) -> bool:
    if match["of"]:
        return True
    value = match["low"]
    if (
        len(value) == 1
        and not match["high"]
        and not re.search(r"(?:ít nhất|tối thiểu|trên|phấn đấu|đạt|có|thêm|từ|mới|mỗi \w+(?: \w+)?)\s*$", clause)
    ):
        return False
    return bool(_any("goals").search(clause))


def _not_counted(unit: str) -> bool:
    return bool(_at("not_counted").match(unit))


def _comparison(before: str, behind: str) -> Comparison:
    if _at("at_least_after").match(behind):
        return Comparison.AT_LEAST
    if _at("at_most_after").match(behind):
        return Comparison.AT_MOST
    if _before("at_most").search(before):
        return Comparison.AT_MOST
    if _before("at_least").search(before) and not before.rstrip().endswith("từ"):
        return Comparison.AT_LEAST
    if _before("about").search(before):
        return Comparison.ABOUT
    return Comparison.EQUAL


def _counted(noun: str) -> str:
    """The counted noun, of a long one the first two words; and the levels behind it ("thư viện quận, huyện")."""
    first, *rest = re.split(r"(?=, )", noun)
    words = first.split()
    unit = " ".join(words if len(words) <= LONGEST_UNIT else words[:4])
    if len(words) <= LONGEST_UNIT:
        for more in rest:
            if not re.fullmatch(r", (?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn)", fold(more)):
                break
            unit += more
    return unit


def _per(folded: str, at: int, end: int) -> str | None:
    match = re.match(str(_words()["per_after"]).lstrip("^"), folded[at:end])
    if match:
        per = match["per"].strip()
        return {"năm": "year", "tháng": "month", "quý": "quarter"}.get(per, per)
    if re.match(r"\s*(?:hằng|hàng) năm", folded[at:end]):
        return "year"
    return None


def _clause(folded: str, match: re.Match[str], start: int, end: int) -> tuple[int, int]:
    """The stretch between commas and semicolons that the figure stands in, grown back to a verb of goal."""
    left = max(folded.rfind(", ", start, match.start()), folded.rfind(": ", start, match.start()))
    while left >= start and not _any("goals").search(folded[left : match.start()]) and left > start:
        more = max(folded.rfind(", ", start, left), folded.rfind(": ", start, left))
        if more < start:
            left = -1
            break
        left = more
    right = folded.find(", ", match.end(), end)
    return (left + 2 if left >= start else start), (right if right >= 0 else end)


def _noun(text: str, folded: str, at: int, end: int) -> tuple[str | None, int]:
    """The noun behind a figure: up to a comma before another figure, a verb or a word of grammar."""
    while at < end and folded[at] == " ":
        at += 1
    index, last = at, at
    while index < end:
        word = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\([^)]{1,40}\)|\S").match(folded, index, end)
        if word is None:
            break
        token = word.group()
        if token == "/":
            break
        if token == "," or token == "-":
            following = folded[word.end() : end]
            if token == "," and (
                re.match(r"\s*(?:\d|phấn|đạt|trong đó|và|bảo|đến|có|tăng|giảm|góp|nhằm)", following)
                or _at("noun_stops").match(following)
            ):
                break
            if index == at:
                break
        elif (
            not token[0].isalpha()
            and token[0] != "("
            or _at("noun_stops").match(folded, index, end)
            and not (token == "và" and index > at and _joins(folded, word.end(), end))
        ):
            break
        else:
            last = word.end()
        index = word.end()
        while index < end and folded[index] == " ":
            index += 1
        if last - at > 140:
            break
    noun = text[at:last].strip(" ,-")
    return (noun or None), last


def _joins(folded: str, at: int, end: int) -> bool:
    """Whether "và" joins two halves of a counted noun rather than two figures or orders."""
    return not re.match(r"\s*(?:\d|đến|phấn|đạt|được|năm)", folded[at:end])


def _subject_before(text: str, folded: str, start: int, at: int) -> str | None:
    """What changes or is reached, named before the figure."""
    piece = folded[start:at]
    cut = re.search(r"(?:tăng|giảm|nâng|đạt|chiếm|còn|lên|cho khoảng|khoảng|cho)\b[^,;]*$", piece)
    piece = piece[: cut.start()] if cut else piece
    lead = _lead().match(piece)
    begin = lead.end() if lead else 0
    rest = piece[begin:]
    stop = _any("subject_stops").search(rest)
    if stop and stop.start() > 6:
        rest = rest[: stop.start()]
    comma = rest.find(", ")
    if comma > 12:
        rest = rest[:comma]
    rest = rest.rstrip(" ,:(-")
    return text[start + begin : start + begin + len(rest)].strip() or None


def _baseline(text: str, folded: str, at: int, end: int) -> str | None:
    match = re.search(r"so với\s+[^,;.]{3,80}", folded[at : end + 1])
    return text[at + match.start() : at + match.end()].strip() if match else None


def _due(goal: Goal, dues: Sequence[Due], start: int, end: int, folded: str) -> str | None:
    """When a figure is due: by the nearest time before it in its sentence, else the first behind it."""
    timed = [due for due in dues if start <= due.start < end and due.due and due.kind is not DeadlineKind.ONGOING]
    before = [due for due in timed if due.start < goal.start]
    if before:
        return before[-1].due
    if timed and not re.search(r"[,;]", folded[goal.end : timed[0].start]):
        return timed[0].due
    return timed[0].due if timed and len(timed) == 1 else None
