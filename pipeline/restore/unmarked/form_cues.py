"""What the form of a document says of words that lost their marks: numbers of documents, rows that count, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.language.accents import remove_accents
from pipeline.restore.pieces import LatticeNode
from pipeline.restore.proper_names import Hint
from pipeline.restore.readings import LineCondition

CERTAIN, LIKELY = 8.0, 2.5  # what speaks (log) for "số" before a document's number, and where a row begins
CUSTOM = 4.0  # for the spelling of "hằng năm" that was usual when a document was issued
HANG_SINCE = 2016  # year from which "hằng năm" is commoner than "hàng năm" (central texts by year)
_ISSUED = re.compile(r"\bng[aà]y\W.{0,12}\bth[aá]ng\W.{0,8}\bn[aă]m (20\d\d)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*[:.]?[\s.…_]*\d*[\s.…_]*/\s*[A-ZĐ]{2}|\s*:?\s*[.…_]{2,}\s*[/-]")
_PERIODS = frozenset(("nam", "thang", "quy", "tuan", "ngay"))
_AGENCY = frozenset(("ban", "nganh", "quan", "tai", "huu", "thich", "dia", "truong"))  # "sở, ban, ngành", "sở tại"
_NUMBERED_LEVELS = {"phuong": "phường"}  # what a number counts: "Phường 2"
_BEHIND_QUA = frozenset(("hon", "do", "kiem", "ra", "theo", "thuc", "tong", "giam", "nghien", "xem"))  # "Qua đó, …"


def year_of_issue(lines: Sequence[str]) -> int | None:
    """The year of the first date among lines; None where there is none."""
    found = next(filter(None, map(_ISSUED.search, lines)), None)
    return int(found.group(1)) if found else None


def cues(places: Sequence[LatticeNode], lines: Sequence[str], year: int | None) -> Iterator[Hint]:
    """Find words of lines without marks that the form of the document tells.

    Args:
        places: the pieces of a passage.
        lines: the lines they stand in.
        year: when the document was issued.

    Yields:
        Places, each with the syllable that it may be and what speaks for it.
    """
    for at, place in enumerate(places):
        if place.kind is not LineCondition.STRIPPED:
            continue
        bare = remove_accents(place.text.lower())
        after = places[at + 1] if at + 1 < len(places) and places[at + 1].piece.kind == "word" else None
        line = lines[place.line]
        if bare == "so":
            if _NUMBERED.match(line[place.piece.end :]):
                yield at, "số", CERTAIN
            elif _begins(place, line) and _counts(place, after):
                yield at, "số", LIKELY
        elif bare in _NUMBERED_LEVELS and _is_numbered(places, at):
            yield at, _NUMBERED_LEVELS[bare], LIKELY
        elif bare == "qua" and after and _begins(place, line) and remove_accents(after.text.lower()) in _BEHIND_QUA:
            yield at, "qua", CERTAIN
        elif bare == "hang" and year and after and remove_accents(after.text.lower()) in _PERIODS:
            yield at, "hằng" if year >= HANG_SINCE else "hàng", CUSTOM


def _begins(place: LatticeNode, line: str) -> bool:
    """Whether a word begins a sentence or a line."""
    return place.form == 1 or not line[: place.piece.start].strip()


def _is_numbered(places: Sequence[LatticeNode], at: int) -> bool:
    """Whether a word stands right before a number of one or two digits."""
    behind = places[at + 1] if at + 1 < len(places) else None
    return (
        behind is not None
        and behind.line == places[at].line
        and behind.piece.kind == "number"
        and behind.piece.start == places[at].piece.end + 1
        and len(behind.text) < 3
    )


def _counts(place: LatticeNode, after: LatticeNode | None) -> bool:
    """Whether a capital word at the beginning of a row goes on in small letters, as a department's name does not."""
    return (
        place.text.istitle()
        and after is not None
        and after.text.islower()
        and after.piece.spaced
        and after.line == place.line
        and remove_accents(after.text.lower()) not in _AGENCY
    )
