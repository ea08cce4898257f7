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
_SERIAL = r"\d+(?:\.\d{1,2}(?=/\d{4}/))?"  # "66.4/2025/NQ-CP" is one of a series
_NUMBER = rf"{_SERIAL}(?:[^\W\d_]{{2,5}}(?=/)|[a-z]?)(?:{_JOIN}?/{_JOIN}?\d{{4}})?[\s{_JOIN}]?[/-][\s{_JOIN}]?{_SYMBOL}"
_DATED = rf"(?P<number>{_NUMBER})(?:,?\s*(?P<date>{NAMED_DATE}))?"
_IN_NUMBERS = str.maketrans({" ": _JOIN, ".": "-", "–": "-"})
# A law by its name and its number: "Luật Thư viện số 46/2019/QH14 ngày 21/11/2019".
_NUMBERED_LAW = re.compile(
    r"(?<!\w)(?<!pháp )(?P<type>bộ luật|luật|pháp lệnh) (?P<name>(?:(?!nghị |thông tư|quyết định)[^;:.\d]){3,200}?) số "
    rf"(?P<number>\d+/\d{{4}}/(?:ubtv)?qh\d+)(?:,?\s*(?P<date>{NAMED_DATE}))?"
)
# Further documents of the type: "các Công văn số 12/SNV-CCHC ngày 5/1/2024, số 15/SNV-CCHC và 16/SNV-CCHC".
_FURTHER = re.compile(rf"\s*(?:(?:,|và)\s+(?:số\s*)?|;\s+số\s*){_DATED}")  # in folded text
_LISTED_BELOW = re.compile(rf"\s*;\s+số:?\s*{_DATED}")  # the same, behind the title of the one before
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
_DAY_BEHIND = re.compile(rf",?\s*(?P<date>{NAMED_DATE})")  # "Kế hoạch số 199/KH-BYT của Bộ Y tế ngày 05/02/2026"
_SHORT_NAME = re.compile(r"\s*\((?:sau đây |gọi |viết )[^()]{3,80}\)")  # between a document and its title
_TOGETHER = re.compile(r"(?:,|(?P<and>\s+và))\s+")
_OF_A_DAY = 5  # so near to each other are the numbers of what a body issues on a day
_MINISTER = "Bộ trưởng"  # whose office goes on behind a comma: "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"
_BODIES = ("ủy ban ", "hội đồng ")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns of folded text made of what is known of types of documents and their titles."""

    citation: re.Pattern[str]
    title_end: re.Pattern[str]  # the clause's end, or where the order goes on
    ground_end: re.Pattern[str]  # the same in a ground
    title: re.Pattern[str]
    type_symbols: Mapping[str, str]


@cache
def _patterns() -> _Patterns:
    words = citation_words()
    types = "|".join(sorted((name for name, one in document_types().items() if one.cited), key=len, reverse=True))
    citation = rf"(?P<type>{types})\s*(?P<by>của [^;.,]{{3,60}}? )?(?:số\s*[:.]?\s*)?{_DATED}"
    clause, order = r"[;.](?=\s|$)|\)\s", rf"\s(?=(?:{'|'.join(words.ordering)}))"
    resumed = rf", (?=(?:{'|'.join(words_that('resumes'))}))"
    return _Patterns(
        re.compile(citation),
        re.compile(f"{clause}|{resumed}|{order}"),
        re.compile(f"{clause}|{order}"),
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
    asked: tuple[Sequence[str], int] | None = None  # who brings the documents in, and where the last one ends
    for cited in sorted((*_patterns().citation.finditer(joined), *_NUMBERED_LAW.finditer(joined)), key=_start):
        kind = text[slice(*cited.span("type"))]
        found = [_citation(text, folded, cited, kind, cited.start(), reach)]
        while further := _FURTHER.match(joined, found[-1].head_end) or _LISTED_BELOW.match(joined, found[-1].end):
            one = _citation(text, folded, further, kind, further.start("number"), reach)
            if type_of(one.number) != type_of(found[-1].number):
                break
            found.append(one)
        asked = _asking(text, folded, cited.start(), asked)
        # Of all, where only the last has it behind it, or it stands before them.
        shared = found[-1].issuer or found[0].issuer or (_whose(asked[0], found[0].number) if asked else None)
        asked = (asked[0], found[-1].head_end) if asked else None
        out += [replace(one, issuer=one.issuer or shared) for one in _dated_together(found, folded, cited.start())]
        reach = max(reach, *(one.end for one in found))
    return out


def _start(found: re.Match[str]) -> int:
    return found.start()


def _dated_together(found: Sequence[Citation], folded: str, at: int) -> Sequence[Citation]:
    """Documents of one list, which share the day that only the last has: "các Quyết định số: 12/QĐ-BYT, 13/QĐ-BYT".

    Where one of them cannot be of that day, of another body or year or far from the last in its numbers, none is.
    """
    *others, last = found
    if last.issued_on is None or any(one.issued_on for one in others) or not folded[:at].endswith("các "):
        return found
    if not all(_may_be_of_one_day(one.number, last.number, last.issued_on) for one in others):
        return found
    return [replace(one, issued_on=last.issued_on) for one in found]


def _may_be_of_one_day(number: str, last: str, day: date) -> bool:
    """Whether a body may issue a document with a number on the day of another: "12/QĐ-BYT" and "13/QĐ-BYT"."""
    (serial, year, symbol), (other, _, of_last) = _parts(number), _parts(last)
    return symbol == of_last and year in (None, day.year) and abs(serial - other) <= _OF_A_DAY


def _parts(number: str) -> tuple[int, int | None, str]:
    """The serial, the year and the symbol of a number: 7, 2021 and "nđ-cp" of "07/2021/NĐ-CP"."""
    found = re.match(r"(?P<serial>\d+)[^\W\d_]*[/-](?:(?P<year>\d{4})/)?(?P<symbol>.*)", number)
    assert found is not None
    return int(found["serial"]), int(found["year"]) if found["year"] else None, fold(found["symbol"])


def _citation(text: str, folded: str, cited: re.Match[str], kind: str, start: int, reach: int) -> Citation:
    """The document that a pattern found, with its issuer and its title."""
    named = cited.re is _NUMBERED_LAW
    issuer, head_end = _issuer(text, folded, cited.end())
    day = cited["date"]
    if day is None and issuer and (dated := _DAY_BEHIND.match(folded, head_end)):
        day, head_end = dated["date"], dated.end()
    if issuer is None and not named and cited.re is _patterns().citation and cited["by"] and start == cited.start():
        issuer = _issuer(text, folded, cited.start("by"))[0]
    begin = short.end() if (short := _SHORT_NAME.match(folded, head_end)) else head_end
    end = head_end if named else _title_end(text, folded, begin)
    title = text[slice(*cited.span("name"))] if named else text[begin:end].strip(" ,;.") or None
    if title and not named and not (_patterns().title.match(fold(title)) and not _is_order(title)):
        title, end = None, head_end
    return Citation(
        start,
        head_end,
        end,
        kind,
        re.sub(r"\s+", "", text[slice(*cited.span("number"))]),
        read_date(day.replace(_JOIN, " ")) if day else None,
        issuer,
        title,
        start < reach,
    )


def _is_order(title: str) -> bool:
    """Whether what stands behind a document is the order that it leads to: "…, Sở Y tế ban hành kế hoạch như sau:"."""
    if not title.endswith(":") or not title[:1].isupper():
        return False
    found = find(spelled_out(title))
    return bool(found and found[0].start == 0)


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
    name, end = _named_at(text, of.end())
    if name is None:
        return None, at
    further = _TOGETHER.match(folded, end)
    if further and (further["and"] or name == _MINISTER):
        other, behind = _named_at(text, further.end())
        if other is not None and (name == _MINISTER or _patterns().title.match(folded[behind:].lstrip(" ,"))):
            return f"{name}, {other}", behind
    return name, end


def _named_at(text: str, at: int) -> tuple[str | None, int]:
    """The agency whose name begins at an offset, and where it ends; a small letter at its head is a slip."""
    piece = text[at : at + 160]
    if fold(piece).startswith(_BODIES):
        piece = piece[0].upper() + piece[1:]
    found = find(spelled_out(piece))
    return (found[0].name, at + found[0].end) if found and found[0].start == 0 else (None, at)


def _whose(names: Sequence[str], number: str) -> str:
    """Of the names of those who bring a document in, the one that its symbol states, else the first."""
    body = lexicon.issuer_of(re.split(r"[-/]", number)[-1])
    return next((one for one in names if body and body in one), names[0])


def _asking(
    text: str, folded: str, at: int, before: tuple[Sequence[str], int] | None
) -> tuple[Sequence[str], int] | None:
    """Who a document at an offset is of by what stands before it: "của Sở Y tế tại Tờ trình số 12/TTr-SYT".

    Further ones in the same list are of the same body: "… và Báo cáo số 13/BC-SYT".
    """
    if before is not None and _LISTED.fullmatch(folded, before[1], at):
        return before
    named = _ASKING.search(folded, max(0, at - 200), at)
    if named is None:
        return None
    found = find(spelled_out(text[slice(*named.span("who"))]))
    return ([one.name for one in found], at) if found and found[0].start == 0 else None


def _title_end(text: str, folded: str, at: int) -> int:
    """Where the title behind a citation ends: a quotation is taken whole."""
    index, limit = at, min(len(folded), at + LONGEST_TITLE)
    ends = _patterns().ground_end if _in_ground(folded, at) else _patterns().title_end
    while True:
        stop = ends.search(folded, index, limit)
        end = stop.start() if stop else limit
        if sibling := _sibling(text, folded, at, end):
            end = sibling
        for colon in re.finditer(r": (?=\w)", text[index:end]):  # printed for a semicolon
            if (other := _patterns().citation.match(folded, index + colon.end())) and other["date"]:
                end = index + colon.start()
                break
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


def _in_ground(folded: str, at: int) -> bool:
    """Whether an offset lies in a ground that ends with a semicolon, in which no order goes on behind a comma."""
    begin = folded.rfind(";", 0, at) + 1
    return folded.startswith("căn cứ ", begin + len(folded[begin:]) - len(folded[begin:].lstrip(" -–"))) and (
        ";" in folded[at:]
    )


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
