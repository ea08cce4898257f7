"""Times in the columns of task tables: "6/2025", "Quý II/2025", "Tháng 3 – 5", "Hằng năm", "2025–2026".

A cell is a passage whose convention its column gives: what is to be completed in a month is due by its last day, and a
month or a day in digits is when the work must be done (`tests/gold/README.md`: "6/2025" is by its last day).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.document import FieldRole
from pipeline.extract.grammar import TokenizedText
from pipeline.extract.times.expression import TimeExpression, interval
from pipeline.extract.times.model import ParsedDeadline
from pipeline.extract.times.reading import begun, grammar, placed, unique, with_acts
from pipeline.extract.times.resolving import Convention, resolve
from pipeline.language.dates import YEAR_WORD
from pipeline.language.folding import fold
from pipeline.schema import DeadlineKind, RelativeTime

LONGEST = 300  # characters: what is longer is no time
FIND_IN_CELLS = ("cell", "time", "aside", "refused", "leftover")
_UNITS = {"tháng": "cell-of-months", "quý": "cell-of-quarters"}
_CONVENTIONS = {FieldRole.START: Convention.START, FieldRole.END: Convention.COMPLETION}
_SPANS = (DeadlineKind.IN, DeadlineKind.DURING)
_TIME_LABEL = re.compile(r"[-–+*\s]*(?:dự kiến )?(?:thời (?:gian|hạn|điểm)|tiến độ|hạn)(?: [^\W\d_]+){0,4}\s*")
# Of bounded reach: a bracket that is never closed would be read from every label in it to its end.
_IN_BRACKETS = re.compile(
    r"[(\[](?:[^()\[\]]{0,200}[;,]\s{0,9})?(?P<label>(?:thời (?:gian|hạn)|tiến độ)(?: [^\W\d_]+){0,3})\s{0,9}:\s{0,9}"
    r"(?P<time>[^;()\[\]]{1,300}?)[\s;.]{0,9}(?=[;)\]])"
)
_FIRST = re.compile(r"[^,;]*")
_COMPLETION = re.compile(r"hoàn thành|hoàn tất|\bhạn\b|kết thúc|\bxong\b")


def times_in(text: str, header: str, role: FieldRole, year: int | None, issued: date | None) -> list[ParsedDeadline]:
    """Read the times of a cell.

    Args:
        text: of the cell.
        header: of its column, which may name the unit ("Tháng"), the year, and whether work is completed by then.
        role: TIME, START or END.
        year: the plan's own.
        issued: when the plan was issued.

    Returns:
        Deadlines with offsets of the whole cell; none where a part of it was not understood: half a time is wrong.
    """
    if len(text) > LONGEST:
        return []
    name = fold(header)
    find = (*(found for word, found in _UNITS.items() if re.search(rf"\b{word}\b", name)), *FIND_IN_CELLS)
    tokens = TokenizedText(text)
    out: list[ParsedDeadline] = []
    for finding in grammar().read(tokens, find):
        if ".leftover." in finding.rule:
            return []
        if isinstance(finding.value, TimeExpression):
            dues = resolve(finding.value, _year_of(header) or year, issued, _convention(name, role))
            out += [placed(due, finding, text) for due in dues]
    if any(due.kind is None and due.relative is None and not due.no_such_day for due in out[1:]):
        return []
    out = _joined(out)
    return [replace(due, start=0, end=len(text)) for due in with_acts(text, unique(begun(text, out)))]


def _joined(dues: Sequence[ParsedDeadline]) -> list[ParsedDeadline]:
    """The times of a cell, those that follow on each other as one: "Quý IV/2026, 2027"; years stay apart."""
    out: list[ParsedDeadline] = []
    for due in dues:
        last = out[-1] if out else due
        ends, begins = last.kind in _SPANS and last.last, due.kind in _SPANS and due.first
        if not ends or not begins or begins - ends != timedelta(days=1) or len(last.edtf or "") == len(due.edtf or ""):
            out.append(due)
            continue
        assert last.first is not None and due.last is not None
        out[-1] = replace(last, kind=DeadlineKind.DURING, last=due.last, edtf=interval(last.first, due.last))
    return out


def in_brackets(
    text: str, said: Sequence[ParsedDeadline], year: int | None, issued: date | None
) -> list[ParsedDeadline]:
    """The times behind their labels in the brackets of a text that are times in a cell alone: "(Thời gian: Liên tục)".

    Args:
        text: of the passage.
        said: the times it says as a sentence.
        year: the plan's own.
        issued: when the plan was issued.
    """
    out = []
    for found in _IN_BRACKETS.finditer(fold(text)):
        start, end = found.span("time")
        if any(due.start < end and start < due.end for due in said):
            continue
        own = times_in(text[start:end], found["label"], FieldRole.TIME, year, issued)
        out += [replace(one, start=start, end=end) for one in own]
    return out


def _covers(whole: Sequence[ParsedDeadline], said: Sequence[ParsedDeadline]) -> bool:
    """Whether a line read as a cell says more than it does as a sentence: "01/4-30/6/2026", "Quý IV/2026, 2027"."""
    if any(due.kind is None for due in whole):
        return False
    if len(whole) > 1:
        known = {(due.kind, due.first, due.last, due.recurrence) for due in whole}
        return len(whole) > len(said) and all((due.kind, due.first, due.last, due.recurrence) in known for due in said)
    one, other = (whole[0], said[0]) if whole and len(said) == 1 else (None, None)
    if one is None or other is None or one.kind is not DeadlineKind.DURING or not one.first or not one.last:
        return False
    first, last = other.first or other.last, other.last
    within = first is not None and last is not None and one.first <= first and last <= one.last
    return within and (one.first, one.last) != (other.first, other.last)


def is_labelled(text: str, at: int) -> bool:
    """Whether the time at an offset stands behind its label in brackets."""
    return any(found.start("time") <= at < found.end("time") for found in _IN_BRACKETS.finditer(fold(text)))


def in_line(
    text: str, said: Sequence[ParsedDeadline], year: int | None, issued: date | None
) -> Sequence[ParsedDeadline]:
    """The times of a line about an activity: behind the label of a time the words of a cell are times too.

    Args:
        text: of the line: "Thời gian thực hiện: Thường xuyên, riêng năm 2026 xong trong quý II".
        said: what it says as a sentence.
        year: the plan's own.
        issued: when the plan was issued.
    """
    label, colon, rest = text.partition(":")
    if not colon or not _TIME_LABEL.fullmatch(fold(label)):
        return said
    begin, until = len(text) - len(rest.lstrip()), len(text.rstrip(" .;"))
    out = _beside(text, label, said, begin, year, issued)
    whole = times_in(text[begin:until], label, FieldRole.TIME, year, issued) if said else []
    return [replace(one, start=begin, end=until) for one in whole] if _covers(whole, out) else out


def _beside(
    text: str, label: str, said: Sequence[ParsedDeadline], start: int, year: int | None, issued: date | None
) -> Sequence[ParsedDeadline]:
    """What a line says as a sentence, with what its first words say as a cell."""
    rest = text[start:]
    words = rest if not said else _FIRST.match(rest).group()  # type: ignore[union-attr]
    end = start + len(words.rstrip(" .;"))
    if any(due.start < end for due in said):
        return said
    own = times_in(text[start:end], label, FieldRole.TIME, year, issued)
    own = [one for one in own if one.kind is not None or not said]
    return [*(replace(one, start=start, end=end) for one in own), *said]


def relative_time(text: str) -> RelativeTime | None:
    """The time reckoned from something that a text is; None for any other text."""
    dues = times_in(text, "", FieldRole.TIME, None, None)
    return dues[0].relative if len(dues) == 1 else None


def _convention(header: str, role: FieldRole) -> Convention:
    if role in _CONVENTIONS:
        return _CONVENTIONS[role]
    return Convention.COMPLETION if asks_completion(header) else Convention.CARRYING_OUT


def asks_completion(header: str) -> bool:
    """Tell whether a column's header says that the work is completed by the times below it."""
    return bool(_COMPLETION.search(fold(header)))


def _year_of(header: str) -> int | None:
    """The one year that a column's header names."""
    years = set(YEAR_WORD.findall(header))
    return int(years.pop()) if len(years) == 1 else None


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
