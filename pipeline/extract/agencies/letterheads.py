"""The bodies of a letterhead: lines joined to names, names that one line holds parted, capitals written as names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.document import Passage
from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.full_names import full
from pipeline.extract.tokens import Syllable, spelled_out
from pipeline.knowledge.agencies import groups
from pipeline.knowledge.places import level_names
from pipeline.language.casing import in_capitals, with_capital
from pipeline.language.folding import fold
from pipeline.language.syllables import parted, rejoined
from pipeline.language.tones import modern

LONGEST_KIND = 6  # syllables
_BELOW_COMMITTEE = re.compile(r"(?:ban (?:chỉ đạo|chỉ huy|tổ chức|vận động)|hội đồng|tổ công tác|tổ giúp việc)\b")
_STANDING = "thường trực"  # of the council above it
_UNION = re.compile(r"(?:Hội|Đoàn|Liên đoàn|Công đoàn)\b")  # whose board stands below it: "BAN CHẤP HÀNH TỈNH SƠN LA"
_OF_PROVINCE = re.compile(r".*\b(?:tỉnh|thành phố) ", re.IGNORECASE)


def bodies_of(passages: Sequence[Passage], text: str) -> list[tuple[str, Passage]]:
    """The bodies of a letterhead from the top down; a name that runs over lines is one.

    Args:
        passages: the lines.
        text: of the document, which may write in small letters what the letterhead has in capitals.
    """
    joined: list[Passage] = []
    for passage in passages:
        if joined and (_goes_on(joined[-1], passage) or _unfinished(joined[-1])):
            joined[-1] = joined[-1] + passage
        else:
            joined.append(passage)
    whole = [(parted(rejoined(passage.text.strip(" *-/|")), _level_syllables()), passage) for passage in joined]
    found = [(placed(full(_as_written(one, text))), passage) for name, passage in whole for one in _parted(name)]
    unit = groups().get(fold(found[-1][0])) if len(found) > 1 else None
    if len(found) > 1 and (unit is not None and unit.unit or fold(found[-1][0]) == _STANDING):
        found[-1] = f"{found[-1][0]} {found[-2][0]}", found[-1][1]  # "Văn phòng" below the committee whose it is
    if len(found) > 1 and (board := _board().fullmatch(found[-1][0])) and _UNION.match(found[-2][0]):
        found[-1] = f"{board['board']} {found[-2][0]} {board['place']}", found[-1][1]
    return found


def placed(name: str) -> str:
    """A name that ends with a province, with that spelled as it is: "Ủy ban nhân dân tỉnh lâm đòng"."""
    found = _OF_PROVINCE.match(name)
    row = lexicon.province_by_letters(name[found.end() :]) if found else None
    return name if found is None or row is None else name[: found.end()] + row.name


def _parted(name: str) -> list[str]:
    """The bodies of a line in capitals where a ministry, committee or department stands before one of its own."""
    words = spelled_out(name)
    end = _superior(words) if in_capitals(name) else 0
    for at in range(end, len(words) if end else 0):
        if match(lexicon.heads(), words, at)[0] > at + 1 or _names_sector(words, at) or names_school(words, at):
            joint = words[at - 1].low == "-"  # "SỞ Y TẾ - SỞ GIÁO DỤC VÀ ĐÀO TẠO"
            return [name] if joint else [name[: words[at].start].strip(), name[words[at].start :]]
    return [name]


def _superior(words: Sequence[Syllable]) -> int:
    """Where the name of a ministry, department or people's committee ends at the earliest; 0 for other bodies."""
    if _names_sector(words, 0):
        return match(lexicon.sectors(), words, 1)[0]
    committee = [one.low for one in words[:4]] == fold("Ủy ban nhân dân").split()
    found = _levels().match(" ".join(one.word for one in words[3:7]), 4) if committee else None
    return 5 + len(found.group().split()) if found else 0


def _names_sector(words: Sequence[Syllable], at: int) -> bool:
    """Whether a ministry, a department or an office of a district begins at a word."""
    return words[at].low in ("bộ", "sở", "phòng") and match(lexicon.sectors(), words, at + 1)[1] is not None


def names_school(words: Sequence[Syllable], at: int = 0) -> bool:
    """Whether the name of a school that has a proper name begins at a word: "Trường Tiểu học Kim Đồng"."""
    short = [one.low for one in words[at + 1 : at + 2]] == ["mn"]
    return words[at].low == "trường" and (short or match(lexicon.school_levels(), words, at + 1)[1] is not None)


def _as_written(name: str, text: str) -> str:
    """A name in capitals as the text of the document writes it, where it does and no list says how; else the name."""
    known = match(lexicon.heads(), spelled_out(name), 0)[1] in ("complete", "sectored", "placed")
    if known or not in_capitals(name, share=0.6):
        return name
    words = r"\s+".join(map(re.escape, fold(name).split()))
    found = re.finditer(rf"(?<!\w){words}(?!\w)", fold(text))
    written = Counter(" ".join(text[one.start() : one.end()].split()) for one in found)
    common = next((one for one, _ in written.most_common() if not in_capitals(one, share=0.6)), None)
    return _levels().sub(lambda level: level.group().lower(), modern(with_capital(common))) if common else name


@cache
def _levels() -> re.Pattern[str]:
    """Words of levels before the name of a place, inside the name of a body."""
    levels = "|".join(level_names("province", "city", "district", "commune"))
    return re.compile(rf"(?<=\S )(?:{levels})(?!\w)", re.IGNORECASE)


def _goes_on(above: Passage, line: Passage) -> bool:
    """Whether a line of a letterhead goes on with the name above: it begins none, or inside a kind."""
    words, own = spelled_out((above + line).text), len(spelled_out(above.text))
    end, kind = match(lexicon.heads(), words, own)
    across = max((match(lexicon.heads(), words, at)[0] for at in range(max(own - LONGEST_KIND, 0), own)), default=own)
    cuts = kind is not None and own < across < end  # "BAN CHẤP HÀNH TRUNG ƯƠNG" / "ĐẢNG ĐOÀN …" is no "Trung ương Đảng"
    return across > own and not cuts or kind is None


def _unfinished(passage: Passage) -> bool:
    return fold(passage.text).rstrip().endswith((" và", ",", " -", " của"))


def with_place_of(name: str, parent: str) -> str:
    """A committee's name with the place of the people's committee above it, which tells it from those elsewhere."""
    above = _of_committee().match(parent)
    if above is None or not _BELOW_COMMITTEE.match(fold(name)) or fold(above["place"]) in fold(name):
        return name
    level = "" if fold(name).endswith(_level_words()) else f" {above['level']}"
    return f"{name}{level} {above['place']}"


@cache
def _level_words() -> tuple[str, ...]:
    return level_names("province", "city", "district", "commune")


@cache
def _level_syllables() -> frozenset[str]:
    """The first syllables of the levels that places have: "tỉnh", "thành", "phường"."""
    return frozenset(name.split()[0].lower() for name in _level_words())


@cache
def _of_committee() -> re.Pattern[str]:
    return re.compile(rf"Ủy ban nhân dân (?P<level>{'|'.join(_level_words())}) (?P<place>.+)")


@cache
def _board() -> re.Pattern[str]:
    """The board of a union at a place, without the union's name: "Ban Chấp hành tỉnh Sơn La"."""
    return re.compile(rf"(?P<board>Ban (?:Chấp hành|Thường vụ)) (?P<place>(?:{'|'.join(_level_words())}) .+)")
