"""Times of headings and lead-ins: which of them hold for the items below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.document import Node, Passage
from pipeline.extract.times.cells import is_labelled
from pipeline.extract.times.model import ParsedDeadline
from pipeline.extract.times.names import in_name
from pipeline.language.folding import fold
from pipeline.schema import DeadlineKind

_NO_MORE = re.compile(
    r"(?:giai đoạn \w+|ngày (?:thứ )?\w+(?=\s*[:(,-])|thứ \w+|chủ nhật|tuần (?:thứ )?\w+|trong|cả|[\s():.,;-])*"
)
# One year alone, at the end of a few words.
_OF_YEAR = re.compile(
    r"(?:[^\W\d]+ ){0,5}(?<!đến )(?<!đén )(?<!từ )(?<!trước )(?<!sau )(?<!với )năm (?P<year>20\d\d)\)?[\s.:]*"
)
# The lead-in of an article that issues a document: its years are of that document's name.
_ISSUES = re.compile(r"\W*(?:phê duyệt|ban hành|thông qua)\b[^:]*\bnội dung\b[^:]*:\s*")
_AT_LAST = re.compile(r"\btrong $")


def of_year(text: str) -> ParsedDeadline | None:
    """The year that a heading says its items are of: "III. NHIỆM VỤ NĂM 2027"; what states no year there is in it."""
    found = _OF_YEAR.fullmatch(fold(text).strip())
    if found is None:
        return None
    year, start = int(found["year"]), fold(text).rindex("năm " + found["year"])
    if start and not text[:start].isupper() or in_name(text, start):
        return None  # "Xây dựng dự toán năm 2027" is a task of the year before
    days = date(year, 1, 1), date(year, 12, 31)
    return ParsedDeadline(start, start + 8, DeadlineKind.IN, *days, str(year), rule="times.heading-of-year")


def years_of(above: Sequence[Node]) -> Iterator[tuple[ParsedDeadline, Passage]]:
    """The years that headings say their items are of, the nearest first."""
    for node in reversed(above):
        if node.title is not None and (due := of_year(node.title.text)):
            yield due, node.title


def lends(text: str, due: ParsedDeadline) -> bool:
    """Whether a heading's time holds for the items below: "Mục tiêu đến năm 2030:"; not the year of a plan's name."""
    if due.kind in (DeadlineKind.BY, DeadlineKind.DURING):
        return not _ISSUES.fullmatch(fold(text))
    before, behind = fold(text[: due.start]), fold(text[due.end :])
    if is_labelled(text, due.start):
        return due.kind is not None  # "(Chủ trì: Sở Y tế; thời gian: quý II/2026)"
    if _NO_MORE.fullmatch(before) and _NO_MORE.fullmatch(behind):
        return due.kind is not None  # "NĂM 2026", "Giai đoạn 2 (năm 2026):"
    if due.kind is DeadlineKind.IN and not before.strip() and behind.lstrip().startswith(":"):
        return True  # "Tháng 9: Chủ đề “Chào năm học mới”"
    if due.kind is not DeadlineKind.IN or due.start <= len("Trong cả ") and not behind.rstrip().endswith(":"):
        return False
    return due.start <= len("Trong cả ") or bool(_AT_LAST.search(before) and _NO_MORE.fullmatch(behind))
