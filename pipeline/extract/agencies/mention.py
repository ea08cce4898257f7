"""Mentions of agencies in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.extract.agencies.casing import from_capitals
from pipeline.extract.agencies.lexicon import full_name
from pipeline.extract.tokens import Syllable

_HALF_SPACED = re.compile(r"(?<=\w) [-–](?=\w)|(?<=\w)[-–] (?=\w)")  # "Kế hoạch -Tài chính"


class Grade(StrEnum):
    """How certainly a mention names an agency."""

    PROPER = "proper"  # Sở Tài chính, Công an thành phố
    STRONG = "strong"  # các Sở, ngành liên quan
    WEAK = "weak"  # các cơ quan, đơn vị có liên quan
    UNKNOWN = "unknown"  # tổ xung kích Đồng Tâm: only that it leads says that it is a body
    BARE = "bare"  # Thư viện, Công an: a kind with nothing behind it


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency in a text: offsets, full name, and how certain it is. `first` and `last` are indices of syllables.

    `institution`: its kind is that of a public institution (a library, a school), not of an authority.
    """

    start: int
    end: int
    name: str
    grade: Grade
    institution: bool
    first: int
    last: int


def name(text: Sequence[Syllable], first: int, last: int) -> str:
    """Write a name as it is printed, abbreviations written out.

    Args:
        text: syllables of a passage.
        first: the index of the first of the name.
        last: the index behind its last.
    """
    out = ""
    before: Syllable | None = None
    for one in text[first:last]:
        if before is None:
            glued = True
        elif before.start == one.start:  # parts of one abbreviation
            glued = one.low in ",."
        else:
            code = before.word.isupper() and one.low.isdigit() or before.low.isdigit() and one.word.isupper()
            # "Cục C06", "Đội Quản lý thị trường 12B"
            glued = before.end == one.start and (code or not (before.low[-1].isalnum() and one.low[0].isalnum()))
        out += one.word if glued else f" {one.word}"
        before = one
    out = _HALF_SPACED.sub(" - ", out)
    return from_capitals(text[first:last]) if out.isupper() and last - first > 1 else out


def made(
    text: Sequence[Syllable], first: int, last: int, name: str, grade: Grade, institution: bool = False
) -> Mention:
    """Make a mention.

    Args:
        text: syllables of a passage.
        first: the index of the first of the mention.
        last: the index behind its last.
        name: of the agency, as it is printed.
        grade: how certain it is.
        institution: its kind is that of a public institution.
    """
    return Mention(text[first].start, text[last - 1].end, full_name(name), grade, institution, first, last)
