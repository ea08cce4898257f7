"""Citations of documents: "Quyết định số 1520/QĐ-TTg ngày 09/12/2022 của Thủ tướng Chính phủ phê duyệt …"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.documents import citation_words, document_types, parts
from pipeline.knowledge.passages import words_that
from pipeline.language.dates import NAMED_DATE, read_date
from pipeline.language.folding import fold

# A number as it stands where a line ends, or a hand or a reader set blanks: "26 /2013/TT-BTTTT", "02/2010/QĐ - TTg",
# "136/2001/QĐ.TTg". A part of its symbol behind a blank has two capitals, so that no word of the sentence is one.
_PRINTED = re.compile(
    r"\d+[a-zA-ZĐ]{0,5}(?: ?/ ?\d{4})? ?[/–-] ?(?:[^\W\d_][^\W_]*)"
    r"(?:(?: ?[/–-] ?|\.)(?=[A-ZĐ]{2}|TTg)[^\W_]+|[&/–-][^\W_]+)*"
)
_JOIN = "\0"  # stands for a blank in a number while documents are looked for
_SYMBOL = rf"[^\W\d_][^\W_]*(?:{_JOIN}?[&/-]{_JOIN}?[^\W_]+)*"
_NUMBER = rf"\d+(?:[^\W\d_]{{2,5}}(?=/)|[a-z]?)(?:{_JOIN}?/{_JOIN}?\d{{4}})?[\s{_JOIN}]?[/-][\s{_JOIN}]?{_SYMBOL}"
_DATED = rf"(?P<number>{_NUMBER})(?:,?\s*(?P<date>{NAMED_DATE}))?"
_IN_NUMBERS = str.maketrans({" ": _JOIN, ".": "-", "–": "-"})
# A law by its name and its number: "Luật Thư viện số 46/2019/QH14 ngày 21/11/2019".
_NUMBERED_LAW = re.compile(
    r"(?<!\w)(?<!pháp )(?P<type>bộ luật|luật|pháp lệnh) (?P<name>(?:(?!nghị |thông tư|quyết định)[^;:.\d]){3,200}?) số "
    rf"(?P<number>\d+/\d{{4}}/(?:ubtv)?qh\d+)(?:,?\s*(?P<date>{NAMED_DATE}))?"
)
# Further documents of the type: "các Công văn số 12/SNV-CCHC ngày 5/1/2024, số 15/SNV-CCHC và 16/SNV-CCHC".
_FURTHER = re.compile(rf"\s*(?:(?:,|và)\s+(?:số\s*)?|;\s+số\s*){_DATED}")  # in folded text
# A law is cited by its name, and the date it was passed: "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001; Luật
# Tài nguyên, môi trường biển và hải đảo ngày 25/6/2015;". A name without a date ends at the first comma.
_LAW_TYPE = r"(?:Căn cứ|Thực hiện|;)\s+(?P<type>Bộ luật|Luật|Pháp lệnh)\s+(?!số\b)"
LAW = re.compile(
    _LAW_TYPE + r"(?:(?P<dated>(?:(?!, (?:Bộ luật|Luật|Pháp lệnh)\b)[^;.\d]){3,180}?)\s*,?\s*"
    rf"(?=ngày \d{{1,2}}(?:/| tháng))(?P<day>{NAMED_DATE})"  # "24 /7/ 1993" is not read here
    r"|(?P<name>[^;.,\d]{3,140}?)\s*(?:năm \d{4}|(?=[;.,])|$))"
)
_QUOTED = re.compile(r"“[^”]{0,400}”|(?<![^\s(\[])\"[^\"]{0,400}\"")
LONGEST_TITLE = 800  # characters
_ASKING = re.compile(
    r"\bcủa (?P<who>(?:(?!\bcủa |\btại )[^;.]){3,120}) tại (?:các )?$"
)  # in folded text, up to a document
_LISTED = re.compile(r"\s*(?:,|và|, và)?\s*(?:các )?")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns of folded text made of what is known of types of documents and their titles."""

    citation: re.Pattern[str]
    title_end: re.Pattern[str]  # the clause's end, or where the order goes on
    title: re.Pattern[str]
    type_symbols: Mapping[str, str]


@cache
def _patterns() -> _Patterns:
    words = citation_words()
    types = "|".join(sorted((name for name, one in document_types().items() if one.cited), key=len, reverse=True))
    citation = rf"(?P<type>{types})\s*(?:của [^;.,]{{3,60}}? )?(?:số\s*[:.]?\s*)?{_DATED}"
    end = rf"[;.](?=\s|$)|\)\s|, (?=(?:{'|'.join(words_that('resumes'))}))|\s(?=(?:{'|'.join(words.ordering)}))"
    return _Patterns(
        re.compile(citation),
        re.compile(end),
        re.compile("|".join(words.title_openings)),
        {symbol: name for name, one in document_types().items() for symbol in one.symbols},
    )


def type_of(number: str) -> str | None:
    """The type of document that a number states, "quyết định" for "12/QĐ-UBND"; None for "12/UBND-TH", a letter's."""
    symbol = re.match(r"[^/-]*[/-](?:\d{4}/)?(?P<first>[^\W\d_]+)", fold(number))
    return _patterns().type_symbols.get(symbol["first"]) if symbol else None


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document.

    `head_end` is the offset behind number, date and issuer, `end` that behind its title. `nested`: it is cited inside
    the title of another.
    """

    start: int
    head_end: int
    end: int
    document_type: str
    number: str
    issued_on: date | None
    issuer: str | None
    title: str | None
    nested: bool


def find_citations(text: str) -> list[Citation]:
    """Find the citations of a text, in order."""
    folded = fold(text)
    if "/" not in folded and "-" not in folded:
        return []
    joined = _joined(text, folded)
    out: list[Citation] = []
    reach = 0  # where the last title so far ends
    asked: tuple[str, int] | None = None  # who brings the documents in, and where the last one ends
    for cited in sorted((*_patterns().citation.finditer(joined), *_NUMBERED_LAW.finditer(joined)), key=_start):
        kind = text[slice(*cited.span("type"))]
        found = [_citation(text, folded, cited, kind, cited.start(), reach)]
        while further := _FURTHER.match(joined, found[-1].head_end):
            one = _citation(text, folded, further, kind, further.start("number"), reach)
            if type_of(one.number) != type_of(found[-1].number):
                break
            found.append(one)
        asked = _asking(text, folded, cited.start(), asked)
        shared = found[-1].issuer or (asked[0] if asked else None)  # of all, where only the last has it behind it
        asked = (asked[0], found[-1].head_end) if asked else None
        out += [replace(one, issuer=one.issuer or shared) for one in found]
        reach = max(reach, *(one.end for one in found))
    return out


def _start(found: re.Match[str]) -> int:
    return found.start()


def _citation(text: str, folded: str, cited: re.Match[str], kind: str, start: int, reach: int) -> Citation:
    """The document that a pattern found, with its issuer and its title."""
    named = cited.re is _NUMBERED_LAW
    issuer, head_end = _issuer(text, folded, cited.end())
    end = head_end if named else _title_end(text, folded, head_end)
    title = text[slice(*cited.span("name"))] if named else text[head_end:end].strip(" ,;.") or None
    if title and not named and not _patterns().title.match(fold(title)):
        title, end = None, head_end
    return Citation(
        start,
        head_end,
        end,
        kind,
        re.sub(r"\s+", "", text[slice(*cited.span("number"))]),
        read_date(cited["date"].replace(_JOIN, " ")) if cited["date"] else None,
        issuer,
        title,
        start < reach,
    )


def _joined(text: str, folded: str) -> str:
    """The folded text with numbers in one form, character by character: no blanks in them, no stops."""
    out, at = [], 0
    for printed in _PRINTED.finditer(text):
        out += [folded[at : printed.start()], printed.group().translate(_IN_NUMBERS).lower()]
        at = printed.end()
    return "".join([*out, folded[at:]])


def _issuer(text: str, folded: str, at: int) -> tuple[str | None, int]:
    """The agency behind "của", and where it ends."""
    of = re.compile(r"\)?,?\s*của\s+").match(folded, at)
    if not of:
        return None, at
    piece = text[of.end() : of.end() + 160]
    found = find(spelled_out(piece))
    if found and found[0].start == 0:
        return found[0].name, of.end() + found[0].end
    return None, at


def _asking(text: str, folded: str, at: int, before: tuple[str, int] | None) -> tuple[str, int] | None:
    """Who a document at an offset is of by what stands before it: "của Sở Y tế tại Tờ trình số 12/TTr-SYT".

    Further ones in the same list are of the same body: "… và Báo cáo số 13/BC-SYT".
    """
    if before is not None and _LISTED.fullmatch(folded, before[1], at):
        return before
    named = _ASKING.search(folded, max(0, at - 200), at)
    if named is None:
        return None
    found = find(spelled_out(text[slice(*named.span("who"))]))
    return (found[0].name, at) if found and found[0].start == 0 else None


def _title_end(text: str, folded: str, at: int) -> int:
    """Where the title behind a citation ends: a quotation is taken whole."""
    index, limit = at, min(len(folded), at + LONGEST_TITLE)
    while True:
        stop = _patterns().title_end.search(folded, index, limit)
        end = stop.start() if stop else limit
        if sibling := _sibling(text, folded, at, end):
            end = sibling
        for comma in re.finditer(r", (?=\w)", text[index:end]):  # the order's own agency
            ahead = spelled_out(text[index + comma.end() : index + comma.end() + 40])
            if (
                _opens_ground(text, folded, index + comma.end())
                or _patterns().citation.match(folded, index + comma.end())
                or ahead[0].capital
                and match(lexicon.heads(), ahead, 0)[1] in ("complete", "sectored", "placed")
            ):
                end = index + comma.start()
                break
        quote = folded.find('"', index, end)
        if quote < 0:
            return end
        close = folded.find('"', quote + 1)
        if close < 0:
            return end
        index = close + 1


def _opens_ground(text: str, folded: str, at: int) -> bool:
    """Whether the next ground begins behind a comma, a semicolon that a reader took for one: "…, Theo đề nghị của"."""
    return text[at].isupper() and folded.startswith(tuple(f"{one} " for one in parts().basis if " " in one), at)


def _sibling(text: str, folded: str, at: int, end: int) -> int | None:
    """Where a title ends because the next document is cited beside it: "… và Quyết định số 2 ngày …".

    Behind a document or a law that the title itself names, the next one is named by the title too.
    """
    citation = _patterns().citation
    for joined in re.finditer(r"\svà ", folded[at:end]):
        start = at + joined.start()
        following = citation.match(folded, start + joined.end() - joined.start())
        if following and following["date"]:
            named = citation.search(folded, at, start) or re.search(r"\b(?:Bộ luật|Luật|Pháp lệnh)\b", text[at:start])
            return None if named else start
    return None


def masks(text: str, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """The stretches that name other documents or are quotations: roles and deadlines in them are not the plan's.

    Args:
        text: of a passage.
        citations: in it.

    Returns:
        Offsets (start, end).
    """
    out = [(one.start, one.end) for one in citations]
    if "“" in text or '"' in text:
        out += [quoted.span() for quoted in _QUOTED.finditer(text)]
    return out
