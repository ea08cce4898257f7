"""Whether a time belongs to the name of a programme, plan or law that stands before it, or to what is held on it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.knowledge.documents import document_types
from pipeline.knowledge.passages import time_words, words_that
from pipeline.language.folding import fold
from pipeline.language.sentences import sentences

REACH = 400  # characters before a time that are looked at
_BESIDE = 6  # characters: "Kế hoạch năm 2025" is the plan of that year, not one that is called so
_LONG = 40  # characters: a period is no longer
_PERIOD = re.compile(r"giai đoạn \d{4}\s*[-–]\s*\d{4}(?!\s*:)")
_ALWAYS = ("luật", "nghị quyết", "nhiệm kỳ")  # … but of these the year is part of the name


@cache
def _instrument() -> re.Pattern[str]:
    names = [name for name, one in document_types().items() if one.named]
    about = "".join(rf"(?<!{words} )" for words in time_words().not_named_behind)
    named = "|".join([*names, *time_words().named, *time_words().named_small])
    return re.compile(rf"(?<!\w){about}(?!{time_words().not_named})(?:{named})(?!\w)")


@cache
def _always_named() -> frozenset[str]:
    """Types of documents whose names may begin in small letters."""
    return frozenset(name for name, one in document_types().items() if one.named == "always")


@cache
def _small() -> re.Pattern[str]:
    return re.compile("|".join(time_words().named_small))


@cache
def _own() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words_that('dates_order'))})\b")


_NUMBER = re.compile(r"\d[^\s)]*[/-][^\W\d][^\s)]*\s*$")  # of a document: "227/PC-VPUBND"


def dates_document(text: str, at: int) -> bool:
    """Tell whether the number of a document stands right before the day that begins at `at`: it is that document's."""
    return bool(_NUMBER.search(text[max(0, at - REACH) : at]))


def in_name(text: str, at: int) -> bool:
    """Tell whether the time that begins at `at` is part of a name before it in the sentence."""
    begin = max(0, at - REACH)
    before = fold(text[begin:at])
    if re.search(r"(?<!\w)(?:trong|vào|ngay)\s+(?:cả\s+)?$", before[-20:]):
        return False
    for start, end in sentences(before):
        if end >= len(before):
            begin, before = begin + start, before[start:]
            break
    for match in reversed(list(_instrument().finditer(before))):
        small = match.group() in _always_named() or _small().fullmatch(match.group())
        if not text[begin + match.start()].isupper() and not small:
            continue
        between = before[match.end() :]
        period = _PERIOD.match(fold(text[at : at + _LONG]))  # "Đề án 06 giai đoạn 2022-2025" is one of those years
        if len(between) < _BESIDE and match.group() not in _ALWAYS and not period:
            return False
        return not (
            _own().search(between)
            or ";" in between
            or re.match(r"\s*(?:của (?:tỉnh|thành phố)\s)?(?:này|trên)", between)
        )
    return False


_CLAUSE = re.compile(r"[.;:,)](?=\s|$)")


@cache
def _words(kind: str) -> re.Pattern[str]:
    patterns: tuple[str, ...] = getattr(time_words(), kind)
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


def of_event(text: str, at: int) -> bool:
    """Tell whether what is held or done on a day stands before `at` in the clause, and no feast nor what is counted."""
    clause = _CLAUSE.split(fold(text[max(0, at - REACH) : at]))[-1]
    return bool(_words("dated").search(clause)) and not _words("undated").search(clause)
