"""Times in the columns of task tables: "6/2025", "Quý II/2025", "Tháng 3 – 5", "Hằng năm", "2025–2026".

The text of a time column is a time without the words that make it one in a sentence, so those are put before it. A
month or a day alone is when the work must be done (`tests/gold/README.md`: "6/2025" is by its last day).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.document import FieldRole
from pipeline.extract.times.deadlines import find_deadlines
from pipeline.extract.times.model import ParsedDeadline
from pipeline.extract.times.points import interval
from pipeline.knowledge.passages import cell_words
from pipeline.language.dates import YEAR, YEAR_WORD
from pipeline.language.folding import fold
from pipeline.language.numerals import from_numeral
from pipeline.schema import DeadlineKind

_YEAR = re.compile(rf"(?:trong |cả )?(?:năm )?(?P<year>{YEAR})")
_NUMERIC_MONTH = re.compile(rf"\d{{1,2}}\s?[/-]\s?{YEAR}")
_OWN_YEAR = re.compile(r"(?:trong|cả) năm")
_YEARLY = re.compile(r"(?:hằng|hàng) năm\b")
_GLUED = re.compile(r"(?<=\d)(?=(?:đến|tới|hết|năm|tháng|quý)\b)")
_SHORT = re.compile(rf"(?<!\w)[Tt]\.? ?(?=\d{{1,2}} ?[/-] ?{YEAR}(?!\d))")  # "T6/2025"
_MONTHS = re.compile(rf"(?<![\w/])(?<!háng )(?:0?[1-9]|1[0-2]) ?[-–] ?(?:0?[1-9]|1[0-2]) ?/ ?{YEAR}")  # "3-5/2025"
_OF = r"(?:[ivx]+|\d{1,2})"
_LISTED = re.compile(  # "tháng 3, 6, 9/2025", "quý I và quý III hằng năm"
    rf"(?P<unit>tháng|quý) (?P<of>{_OF}(?:(?:,| và|, và) (?:(?P=unit) )?{_OF})+)"
    r"(?P<tail>(?: ?/ ?| năm )\d{4}| h[ằà]ng năm)?"
)
_YEARS_LONG = re.compile(rf"trong (?:vòng )?\d{{1,2}} năm (?={YEAR})", re.IGNORECASE)
_ONWARD = re.compile(r"(?:từ )?(?P<since>.+?) trở đi")
# A number that counts something is the number of no month, quarter or day: "6 tháng", "1 lần/năm", "5 năm".
_COUNTED = re.compile(r"(?<![\w/.-])\d{1,2} ?(?:năm(?! (?:19|20)\d)|tháng|quý|tuần|ngày|lần|giờ|buổi|kỳ|đợt|h\b|%)")
# What makes a time: where such a word is left over, a part of what the cell says was not read.
_TIMELY = re.compile(
    r"(?<!\w)(?:tuần|tháng|quý|năm|thường xuyên|liên tục|hằng|hàng|định kỳ|đột xuất|trở đi|trở lại|sau)(?!\w)"
)
_LEADS = ("", "Thời gian: ", "Thời gian: ngày ", "Thời gian: tháng ", "Thời gian: quý ")
MOST = 12  # times in a cell
LONGEST = 300  # characters: what is longer is no time
_BETWEEN = (re.compile(r"[;,]"), re.compile(r"[;,]| và "))


@cache
def _ongoing() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in cell_words().ongoing))


def times_in(text: str, header: str, role: FieldRole, year: int | None, issued: date | None) -> list[ParsedDeadline]:
    """Read the times of a cell.

    Args:
        text: of the cell.
        header: of its column, which may name the unit ("Tháng").
        role: TIME, START or END.
        year: the plan's own.
        issued: when the plan was issued.

    Returns:
        Deadlines with offsets of the whole cell; none where it cannot be put into dates.
    """
    folded = " ".join(fold(text).split()).strip(" .")
    if len(folded) > LONGEST:
        return []
    whole = (0, len(text))
    year = _year_of(header) or year
    if found := _ongoing().match(folded):
        at = len(text) - len(text.lstrip()) + found.end()
        return _with_rest(whole, text[at:], header, role, year, issued)
    if found := _YEAR.fullmatch(folded):
        return [_whole_year(whole, int(found["year"]))]
    if year is not None and _OWN_YEAR.fullmatch(folded):
        return [replace(_whole_year(whole, year), assumed_year=True)]
    spaced = _GLUED.sub(" ", " ".join(text.split()))
    if _YEARLY.search(folded):  # "15/3; 15/9 hằng năm": each of them every year
        spaced = spaced.replace(";", ",")
    spaced = _MONTHS.sub(lambda found: f"tháng {found.group()}", _SHORT.sub("tháng ", spaced))
    spaced = _YEARS_LONG.sub("", spaced)
    if found := _ONWARD.fullmatch(fold(spaced).strip(" .")):
        spaced = f"từ {spaced[found.start('since') : found.end('since')]}"
    elif found := _LISTED.fullmatch(fold(spaced).strip(" .")):
        listed = [times_in(one, header, role, year, issued) for one in _list(found)]
        return (
            [replace(due, start=0, end=len(text)) for deadlines in listed for due in deadlines] if all(listed) else []
        )
    unit = next((word for word in ("tháng", "quý", "ngày", "năm") if re.search(rf"\b{word}\b", fold(header))), None)
    leads = (*_LEADS, f"Thời gian: {unit} ") if unit and folded[:1].isdigit() | (unit == "quý") else _LEADS
    for lead in leads[:2] if _COUNTED.search(fold(spaced)) else leads:
        deadlines = find_deadlines(lead + spaced, year, (), issued) or find_deadlines(lead + spaced, year, (), None)
        if deadlines and _is_whole(lead + spaced, deadlines, len(lead)):
            return [replace(_settled(due, spaced, role), start=0, end=len(text)) for due in deadlines]
    for between_parts in _BETWEEN:
        parts = [part for part in between_parts.split(spaced) if part.strip()]
        if 1 < len(parts) <= MOST:
            each_part = [times_in(part, header, role, year, issued) for part in parts]
            if all(each_part):
                return [replace(due, start=0, end=len(text)) for deadlines in each_part for due in deadlines]
    return []


def _with_rest(
    place: tuple[int, int], rest: str, header: str, role: FieldRole, year: int | None, issued: date | None
) -> list[ParsedDeadline]:
    """A time that is all the time, and what more the cell says: "Thường xuyên; báo cáo trước 15/12"."""
    ongoing = ParsedDeadline(*place, DeadlineKind.ONGOING)
    rest = rest.strip(" .,;:-–()")
    folded = fold(rest)
    if not rest or _YEAR.fullmatch(folded) or _OWN_YEAR.fullmatch(folded):
        return [ongoing]
    more = times_in(rest, header, role, year, issued)
    if not more:
        return [] if _TIMELY.search(folded) or re.search(r"\d", folded) else [ongoing]
    more = [replace(due, start=place[0], end=place[1]) for due in more]
    return more if all(due.kind is DeadlineKind.ONGOING for due in more) else [ongoing, *more]


def _whole_year(place: tuple[int, int], year: int) -> ParsedDeadline:
    return ParsedDeadline(*place, DeadlineKind.IN, date(year, 1, 1), date(year, 12, 31), f"{year:04d}")


def _year_of(header: str) -> int | None:
    """The one year that a column's header names."""
    years = set(YEAR_WORD.findall(header))
    return int(years.pop()) if len(years) == 1 else None


def _list(found: re.Match[str]) -> list[str]:
    """Months or quarters in a row as one time, others each by itself."""
    unit, tail = found["unit"], re.sub(r" ?/ ?", " năm ", found["tail"] or "")
    words = re.findall(rf"\b{_OF}\b", found["of"].replace(unit, ""))
    numbers = [from_numeral(word) or 0 for word in words]
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return [f"{unit} {numbers[0]} - {numbers[-1]}{tail}"]
    return [f"{unit} {number}{tail}" for number in numbers]


def _is_whole(text: str, deadlines: list[ParsedDeadline], begin: int) -> bool:
    """Whether all that the cell says of time stands in one of the times read: half a time is a wrong one."""
    said = [*re.finditer(r"\d+", text), *_TIMELY.finditer(fold(text), begin)]
    return all(any(due.start <= found.start() < due.end for due in deadlines) for found in said)


def _settled(due: ParsedDeadline, text: str, role: FieldRole) -> ParsedDeadline:
    """A month or a day in which nothing more is said is the last by which the work is to be done."""
    if (
        role is FieldRole.START
        or due.kind is not DeadlineKind.IN
        or due.first is None
        or due.last is None
        or due.open_ended
    ):
        return due
    days = (due.last - due.first).days
    numeric = _NUMERIC_MONTH.fullmatch(fold(text).strip(" ."))
    if days == 0 or (days < 31 and (numeric or role is FieldRole.END)):
        return replace(due, kind=DeadlineKind.BY, first=None, edtf=f"../{due.last.isoformat()}")
    return due


def between(start: ParsedDeadline | None, end: ParsedDeadline | None) -> ParsedDeadline | None:
    """The time from the column of the start to that of the end; its offsets are those of the end's cell."""
    since = start if start is not None and start.first is not None else None
    if end is None:
        return _opened(since) if since else None
    if since is None or end.kind is DeadlineKind.RECURRING:
        return end
    if end.last is None:
        return _opened(since)
    assert since.first is not None
    if since.first > end.last:
        return end
    return replace(end, kind=DeadlineKind.DURING, first=since.first, edtf=interval(since.first, end.last))


def _opened(start: ParsedDeadline) -> ParsedDeadline:
    """A start without an end: from then on; quarters and halves cannot stand in an EDTF interval."""
    assert start.first is not None
    plain = start.edtf is not None and len(start.edtf) in (4, 10) or start.edtf == f"{start.first:%Y-%m}"
    since = start.edtf if plain else start.first.isoformat()
    return replace(start, kind=DeadlineKind.ONGOING, last=None, edtf=f"{since}/..")
