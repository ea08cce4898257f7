"""Finds agencies by how they are named: a kind from the gazetteer, its sector or proper name, its place.

No agency is listed by name but the central ones; "Trung tâm Văn hóa - Thể thao và Truyền thanh quận, huyện" is known by
its parts. Lists that share a head ("các Sở: Nội vụ, Tài chính") give one mention each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pipeline.extract import lexicon
from pipeline.extract.casing import from_capitals, match, matches
from pipeline.extract.tokens import Syllable

LEVELS = frozenset({"tỉnh", "huyện", "quận", "xã", "phường", "tp", "thôn", "bản", "khu vực", "vùng", "miền"})
LEVEL_PAIRS = frozenset({("thành", "phố"), ("thị", "xã"), ("thị", "trấn")})
DETERMINERS = (("các",), ("một", "số"), ("mọi",), ("từng",), ("những",), ("toàn", "thể"), ("tất", "cả", "các"))
# Kinds of institutions: without a place or a proper name they are a topic, not an agency (labelling rules).
INSTITUTIONS = frozenset(
    {"thư", "bảo", "báo", "nhà", "cung", "bưu", "trường", "bệnh", "trung", "hệ", "đài", "câu", "tạp", "thanh", "viện"}
)
# First syllables of kinds that are parts of another agency: "Văn phòng Ngân hàng Nhà nước Việt Nam".
_WITHIN = frozenset({"văn", "thanh", "chi", "cục", "phòng", "công", "ban"})
# Group nouns that take their qualifier from the group behind: "các Bộ, cơ quan và các địa phương liên quan".
_SHORT = frozenset({"bộ", "sở", "ban", "ngành", "quan", "vị", "cấp"})


class Grade(StrEnum):
    """How sure a mention names an agency."""

    PROPER = "proper"  # Sở Tài chính, Công an thành phố
    STRONG = "strong"  # các Sở, ngành liên quan
    WEAK = "weak"  # các cơ quan, đơn vị có liên quan
    BARE = "bare"  # Thư viện, Công an: a kind with nothing behind it


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency in a text: offsets, full name, and how sure it is one. `first` and `last` are syllable indices."""

    start: int
    end: int
    name: str
    grade: Grade
    institution: bool
    first: int
    last: int


def find(text: Sequence[Syllable]) -> list[Mention]:
    """All mentions in a text, in order, without overlaps."""
    out: list[Mention] = []
    at = 0
    while at < len(text):
        found = _mention(text, at)
        if found:
            out.extend(found)
            at = found[-1].last
        else:
            at += 1
    return out


@cache
def _beginnings() -> frozenset[str]:
    """Every syllable that a mention can begin with."""
    tries = (lexicon.heads(), lexicon.classes(), lexicon.positions())
    return frozenset(key for one in tries for key in one) | {words[0] for words in DETERMINERS}


def _mention(text: Sequence[Syllable], at: int) -> list[Mention]:
    if text[at].low not in _beginnings():
        return []
    if at and text[at - 1].end == text[at].start and text[at - 1].start == text[at].start:
        return []  # inside an abbreviation
    behind, _ = match(lexicon.positions(), text, at)
    if behind > at:
        found = _held_office(text, at, behind)
        if found:
            return found
    return _agency(text, at) or _group(text, at)


def _held_office(text: Sequence[Syllable], at: int, behind: int) -> list[Mention]:
    """An office-holder with the agency: "Giám đốc Sở Y tế", "Thủ trưởng các đơn vị"; alone only with a capital."""
    if behind < len(text):
        inner = _agency(text, behind) or _group(text, behind, held=True)
        if inner:
            first = inner[0]
            name = f"{_name(text, at, behind)} {first.name}"
            grade = first.grade if first.grade is not Grade.BARE else Grade.PROPER
            return [Mention(text[at].start, first.end, name, grade, False, at, first.last), *inner[1:]]
        kind = text[behind].low
        if kind in ("bộ", "sở", "tỉnh", "ngành", "ban", "đơn", "cục", "vụ") and (text[behind].capital or kind in ("tỉnh", "đơn")):
            last = behind + (2 if kind == "đơn" else 1)
            if last <= len(text):
                return [_made(text, at, last, _name(text, at, last), Grade.PROPER if text[at].capital else Grade.BARE)]
    if text[at].capital and behind - at >= 2 and text[at].low != "người":
        return [_made(text, at, behind, _name(text, at, behind), Grade.BARE)]
    return []


def _made(text: Sequence[Syllable], first: int, last: int, name: str, grade: Grade, institution: bool = False) -> Mention:
    return Mention(text[first].start, text[last - 1].end, name, grade, institution, first, last)


def _name(text: Sequence[Syllable], first: int, last: int) -> str:
    """The words joined as they are printed, abbreviations written out."""
    out = ""
    before: Syllable | None = None
    for one in text[first:last]:
        if before is None:
            glued = True
        elif before.start == one.start:  # parts of one abbreviation
            glued = one.low in ",."
        else:
            glued = before.end == one.start and not (before.low[-1].isalnum() and one.low[0].isalnum())
        out += one.word if glued else f" {one.word}"
        before = one
    return from_capitals(text[first:last]) if out.isupper() and last - first > 1 else out


def _agency(text: Sequence[Syllable], at: int) -> list[Mention]:
    """A kind from the gazetteer with what makes it a name; the longest kind that makes one, else the longest alone."""
    bare: list[Mention] = []
    for behind, kind in matches(lexicon.heads(), text, at):
        found = _named(text, at, behind, str(kind))
        if found and found[0].grade is not Grade.BARE:
            return found
        bare = bare or found
    return bare


def _named(text: Sequence[Syllable], at: int, behind: int, kind: str) -> list[Mention]:
    capital = text[at].capital
    institution = text[at].low in INSTITUTIONS
    if kind == "sectored":
        return _sectored(text, at, behind)
    if kind == "complete":
        if not capital and behind - at < 3:
            return []
        if text[behind - 1].low in ("bộ", "sở"):  # "Thanh tra Sở Y tế"
            behind = match(lexicon.sectors(), text, behind)[0]
        last = _belongs(text, _place(text, behind))
        return [_made(text, at, last, _name(text, at, last), Grade.PROPER)]
    if kind == "open" and capital and text[at].low in _WITHIN and (inner := _inner(text, behind)):
        return [_made(text, at, inner, _name(text, at, inner), Grade.PROPER)]
    last = _place(text, behind)
    if last == behind:
        last = _proper(text, behind, at) if capital else behind
        if last > behind:
            placed = _belongs(text, _place(text, last))
            return [_made(text, at, placed, _name(text, at, placed), Grade.PROPER, institution and placed == last)]
        if kind == "placed" and capital:
            return [_made(text, at, behind, _name(text, at, behind), Grade.BARE, institution)]
        return []
    if not capital and (kind == "open" or text[behind].low not in LEVELS | {"thành", "thị", "các", "cấp"}):
        return []
    last = _belongs(text, last)
    return [_made(text, at, last, _name(text, at, last), Grade.PROPER)]


def _inner(text: Sequence[Syllable], at: int) -> int:
    """The end of the agency that "Văn phòng" or "Thanh tra" at `at` is part of; 0 when none follows."""
    if at < len(text) and text[at].capital and match(lexicon.heads(), text, at)[1] in ("complete", "sectored", "placed"):
        found = _agency(text, at)
        if found and found[0].grade is Grade.PROPER:
            return found[0].last
    return 0


def _sectored(text: Sequence[Syllable], at: int, behind: int) -> list[Mention]:
    """"Sở Tài chính", "Bộ Y tế"; with further sectors behind commas one mention each."""
    last, sector = match(lexicon.sectors(), text, behind)
    if sector is None or not text[behind].capital:
        if not text[at].capital or behind >= len(text) or not text[behind].capital:
            return []
        last = _proper(text, behind, at)
        if last == behind:
            return []
    placed = _belongs(text, _place(text, last))
    out = [_made(text, at, placed, _name(text, at, placed), Grade.PROPER)]
    head = text[at].word[0].upper() + text[at].word[1:]
    index = placed
    while index + 1 < len(text) and text[index].low in (",", "và", ";"):
        start = index + 1
        last, sector = match(lexicon.sectors(), text, start)
        if sector is None or not text[start].capital or match(lexicon.heads(), text, start)[1] in ("complete", "placed"):
            break
        placed = _place(text, last)
        out.append(_made(text, start, placed, f"{head} {_name(text, start, placed)}", Grade.PROPER))
        index = placed
    return out


def _proper(text: Sequence[Syllable], at: int, head: int) -> int:
    """The end of a proper name that begins at `at`: capitals, and small letters up to a word that ends a name."""
    index = at
    if index >= len(text) or not (text[index].capital or text[index].low.isdigit()):
        return at
    while index < len(text):
        one = text[index]
        if one.capital or one.low.isdigit():
            if index > at and _starts_other(text, index):
                break
            index += 1
        elif one.low in ("-", "/") and index + 1 < len(text) and text[index + 1].capital and index > at:
            index += 2
        elif one.low == "," and 0 < index < len(text) - 1 and _pair(text, index):
            index += 2
        elif one.low in (",", "và") and (last := _coordinated(text, index)) > index:
            index = last
        elif one.low.isalpha() and match(lexicon.name_stops(), text, index)[1] is None and not _is_level(text, index):
            if one.low in ("các", "một"):
                break
            index += 1
        else:
            break
    return index


def _pair(text: Sequence[Syllable], comma: int) -> bool:
    """Whether the comma joins two halves of one name: "Khám, chữa bệnh"."""
    return (text[comma - 1].low, text[comma + 1].low) in lexicon.comma_pairs()


def _starts_other(text: Sequence[Syllable], at: int) -> bool:
    """Whether another agency begins at `at` in the middle of a run of capitals."""
    behind, kind = match(lexicon.heads(), text, at)
    if kind == "complete":
        return behind - at >= 2
    return kind == "sectored" and behind < len(text) and match(lexicon.sectors(), text, behind)[1] is not None


def _coordinated(text: Sequence[Syllable], at: int) -> int:
    """The end of ", Y và Z" or "và Z" inside one name; `at` when what follows is another agency or no name."""
    start = at + 1
    if start >= len(text) or not text[start].capital or match(lexicon.heads(), text, start)[1] is not None:
        return at
    if match(lexicon.positions(), text, start)[1] is not None:
        return at
    index = start
    while index < len(text) and text[index].capital:
        index += 1
    while index < len(text) and text[index].low.isalpha() and not text[index].capital and text[index].low != "và" and (
        match(lexicon.name_stops(), text, index)[1] is None and not _is_level(text, index)
    ) and text[index].low not in ("các", "một"):
        index += 1
    if text[at].low == "và":
        return index
    if index < len(text) and text[index].low in (",", "và"):
        last = _coordinated(text, index)
        return last if last > index else at
    return at


def _is_level(text: Sequence[Syllable], at: int) -> bool:
    if at >= len(text):
        return False
    if text[at].low in LEVELS:
        return True
    return at + 1 < len(text) and (text[at].low, text[at + 1].low) in LEVEL_PAIRS


def _level(text: Sequence[Syllable], at: int) -> int:
    """The end of one word of administrative level at `at`."""
    if at >= len(text):
        return at
    if at + 1 < len(text) and (text[at].low, text[at + 1].low) in LEVEL_PAIRS:
        return at + 2
    if text[at].low in LEVELS:
        end = at + 1
        if text[at].low == "tp" and end < len(text) and text[end].low == ".":
            end += 1
        return end
    return at


def _place(text: Sequence[Syllable], at: int) -> int:
    """The end of what says where an agency is: "tỉnh Vĩnh Long", "các huyện, thị xã, thành phố", "cấp xã", "Cần Thơ"."""
    if at >= len(text):
        return at
    low = text[at].low
    if at + 1 < len(text) and low in ("tỉnh", "thành", "huyện", "quận", "thị", "đảng") and text[at + 1].low == "ủy":
        return _capitals(text, at + 2)
    if low == "cấp":
        end = _levels(text, at + 1)
        return end if end > at + 1 else at
    if low == "các":
        end = _levels(text, at + 1)
        if end > at + 1:
            return _qualified(text, end, region=True)
        if at + 1 < len(text) and text[at + 1].low in ("cấp",):
            return at + 2
        if at + 2 < len(text) and (text[at + 1].low, text[at + 2].low) == ("địa", "phương"):
            return _qualified(text, at + 3)
        return at
    end = _levels(text, at)
    if end > at:
        return _qualified(text, _capitals(text, end), region=True)
    last, word = match(lexicon.qualifiers(), text, at)
    if word is not None and (text[at].capital or text[at].low in ("trung", "địa", "cơ", "các", "trong", "trực")):
        return last
    if text[at].capital:
        return _province(text, at)
    return at


def _levels(text: Sequence[Syllable], at: int) -> int:
    """The end of a list of levels: "huyện, thị xã, thành phố", "quận (huyện)", "tỉnh và thành phố"."""
    end = _level(text, at)
    if end == at:
        return at
    while end + 1 < len(text):
        if text[end].low in (",", "và", "-", "/"):
            after = _level(text, end + 1)
            if after == end + 1 or text[end + 1].capital and text[end + 1].low not in ("tỉnh", "thành"):
                break
            end = after
        elif text[end].low == "(" and _level(text, end + 1) > end + 1:
            after = _level(text, end + 1)
            if after < len(text) and text[after].low == ")":
                end = after + 1
            else:
                break
        else:
            break
    return end


def _capitals(text: Sequence[Syllable], at: int) -> int:
    """The end of a place name in capitals, at most four syllables; not the head of another agency."""
    index = at
    while index < len(text) and index - at < 4 and text[index].capital and text[index].low[0].isalpha():
        if index == at and match(lexicon.heads(), text, index)[1] is not None and _province(text, at) == at:
            break
        index += 1
    return index


def _province(text: Sequence[Syllable], at: int) -> int:
    """The end of a province's name at `at`."""
    for length in (4, 3, 2):
        if at + length <= len(text) and " ".join(one.low for one in text[at : at + length]) in lexicon.provinces():
            return at + length
    return at


def _region(text: Sequence[Syllable], at: int) -> int:
    """The end of a region's name: "Tây Nguyên", "Đồng bằng sông Cửu Long"."""
    end = _capitals(text, at)
    if end > at and end + 2 < len(text) and text[end].low in ("bằng", "hải") and text[end - 1].low in ("đồng", "duyên"):
        end += 1
        while end < len(text) and (text[end].low in ("sông", "và") or text[end].capital) and end - at < 8:
            end += 1
    return end


def _qualified(text: Sequence[Syllable], at: int, region: bool = False) -> int:
    """The end of the qualifiers behind a group or place: "có liên quan", "trực thuộc Trung ương", "vùng Tây Nguyên"."""
    index = at
    while index < len(text):
        last, word = match(lexicon.qualifiers(), text, index)
        if word is not None:
            index = last
            continue
        low = text[index].low
        inside = index + 1 if low == "trong" and index + 2 < len(text) else index
        low = text[inside].low
        if low in ("vùng", "khu", "miền") and inside + 1 < len(text):
            start = inside + (2 if low == "khu" and text[inside + 1].low == "vực" else 1)
            end = _region(text, start)
            if end > start:
                index = end
                continue
        low = text[index].low
        if region and low == "có" and index + 1 < len(text):
            end = index + 1
            while end < len(text) and text[end].low.isalpha() and end - index < 9 and (
                text[end].capital or match(lexicon.name_stops(), text, end)[1] is None
            ) and text[end].low not in ("trách", "nhiệm", "liên"):
                end += 1
            if end - index > 2 and (end == len(text) or text[end].low in ":,;."):
                index = end
                continue
        if low in (",", "và") and index + 1 < len(text) and index > at:
            last, word = match(lexicon.qualifiers(), text, index + 1)
            if word is not None and (text[index - 1].low in ("ương", "phương", "quan") and text[index + 1].low in ("địa", "trung")):
                index = last
                continue
        break
    return index


def _belongs(text: Sequence[Syllable], at: int) -> int:
    """The end of "thuộc Bộ Nội vụ", "trực thuộc Sở" behind a name."""
    index = at
    if index < len(text) and text[index].low == "trực" and index + 1 < len(text) and text[index + 1].low == "thuộc":
        index += 1
    if index + 1 >= len(text) or text[index].low != "thuộc":
        return at
    inner = _agency(text, index + 1)
    if inner and inner[0].grade is Grade.PROPER:
        return inner[0].last
    unit = text[index + 1].low
    if unit in ("bộ", "sở", "tỉnh", "ngành", "huyện", "trung", "cục", "vụ") or (unit == "tổng" and index + 2 < len(text)):
        end = index + (3 if unit in ("trung", "tổng") else 2)
        return _capitals(text, end) if unit in ("tỉnh", "huyện") else end
    return at


def _group(text: Sequence[Syllable], at: int, *, held: bool = False) -> list[Mention]:
    """Groups: "các sở, ban, ngành liên quan", "cơ quan thông tấn, báo chí"; also "các Sở: A, B và C".

    `held`: an office stands before ("Thủ trưởng cơ quan …"), so that no "các" is needed.
    """
    start = at
    for words in DETERMINERS:
        if tuple(one.low for one in text[at : at + len(words)]) == words:
            start = at + len(words)
            break
    determined = start > at or held
    end, grade, count, kinds = _nouns(text, start)
    if count == 0:
        return []
    if determined and end < len(text) and (count == 1 or text[end].low == ":"):
        shared = _shared_head(text, start, end, at)
        if shared:
            return shared
    last = _tail(text, end)
    if last == end and determined and text[end - 1].low not in ("sở", "bộ", "ban"):
        last = _tail(text, _proper(text, end, at))  # "các cơ quan Thi hành án dân sự"
    if last == end and end < len(text) and text[end].low == "và" and text[end - 1].low in _SHORT:  # "các Bộ, cơ quan và các địa phương liên quan"
        skip = end + 1 + (1 if end + 1 < len(text) and text[end + 1].low == "các" else 0)
        more, other, extra, _ = _nouns(text, skip)
        tail = _tail(text, more)
        if extra and tail > more and match(lexicon.heads(), text, skip)[1] != "placed":
            last = tail
            grade = Grade.STRONG if Grade.STRONG in (grade, other) else grade
            count += extra
    if not determined and last == end and count < 2 and match(lexicon.standalone(), text, start)[0] < end:
        return []
    whole = match(lexicon.standalone(), text, start)[0] >= end
    if not determined and count == 1 and text[last - 1].low not in ("quan", "năng") and not whole:
        return []
    if not determined and at and text[at - 1].low in ("cấp", "của"):
        return []
    if last < len(text) and (grade is Grade.WEAK or text[start].low == "cơ") and _goes_on(text, last):
        return []  # the name is longer than we can tell
    return [_made(text, at, last, _name(text, at, last), grade)]


def _goes_on(text: Sequence[Syllable], at: int) -> bool:
    """Whether a word follows that neither ends a name nor begins another agency: the group's name goes on."""
    low = text[at].low
    if low in ("thuộc", "của") or (low.isalpha() and low not in _beginnings() and match(lexicon.name_stops(), text, at)[1] is None):
        return True
    return False


def _nouns(text: Sequence[Syllable], at: int) -> tuple[int, Grade, int, list[str]]:
    """A list of group nouns: its end, grade and how many they are."""
    index, count, grade = at, 0, Grade.WEAK
    kinds: list[str] = []
    while index < len(text):
        end, kind = match(lexicon.classes(), text, index)
        if kind is None:
            break
        if count and text[index].capital and match(lexicon.heads(), text, index)[1] in ("complete", "placed") and _agency(text, index):
            if _agency(text, index)[0].grade is Grade.PROPER and text[index].low not in ("sở", "ban", "bộ", "tỉnh"):
                break
        if text[index].low in ("sở", "bộ") and end < len(text) and text[end].capital and match(lexicon.sectors(), text, end)[1]:
            break
        count += 1 + sum(one.low == "," for one in text[index:end])
        kinds.append(text[index].low)
        if kind == "strong":
            grade = Grade.STRONG
        index = end
        if index + 1 < len(text) and text[index].low in (",", "và", "-", "/", "hoặc"):
            after = index + 1
            if text[index].low in (",", "và") and text[after].low == "các":
                break
            if match(lexicon.classes(), text, after)[1] is None:
                break
            index = after
            continue
        break
    else:
        return index, grade, count, kinds
    if count and index < len(text) and match(lexicon.classes(), text, index)[1] is not None and text[index - 1].low in (",", "và", "-", "/", "hoặc"):
        index -= 1
    elif count and text[index - 1].low in (",", "và", "-", "/", "hoặc"):
        index -= 1
    return index, grade, count, kinds


def _tail(text: Sequence[Syllable], at: int) -> int:
    """What stands behind the nouns of a group and belongs to it."""
    index = at
    while True:
        last = _belongs(text, index)
        if last > index:
            index = last
            continue
        last = _qualified(text, index)
        placed = _place(text, last) if not (last < len(text) and text[last].low == "các") else last
        belongs = _belongs(text, placed)
        if belongs == placed and (inner := _within(text, belongs)):
            belongs = inner
        elif belongs == placed and belongs + 1 < len(text) and text[belongs].low == "của":
            owner = text[belongs + 1].low
            if owner in ("sở", "tỉnh", "bộ", "ngành", "huyện") and text[belongs + 1].capital:
                inner = _agency(text, belongs + 1)
                if inner and inner[0].grade is Grade.PROPER:
                    belongs = inner[0].last
                else:
                    belongs = match(lexicon.sectors(), text, belongs + 2)[0]
        if belongs == index:
            return index
        index = belongs


def _within(text: Sequence[Syllable], at: int) -> int:
    """The end of "tại trụ sở chính Ngân hàng Nhà nước Việt Nam", "của Bộ Tư pháp" behind a group; 0 when none."""
    if at + 1 >= len(text) or text[at].low not in ("tại", "của", "ở"):
        return 0
    start = at + 1
    if [one.low for one in text[start : start + 2]] == ["trụ", "sở"]:
        start += 3 if start + 2 < len(text) and text[start + 2].low == "chính" else 2
    return _inner(text, start)


def _shared_head(text: Sequence[Syllable], noun: int, end: int, at: int) -> list[Mention]:
    """"các Sở: Nội vụ, Tài chính", "các Vụ: Pháp chế, Tổ chức cán bộ", "các Bộ Nội vụ, Tài chính"."""
    kind = match(lexicon.heads(), text, noun)[1]
    if kind not in ("sectored", "open"):
        return []
    index = end + 1 if text[end].low == ":" else end
    if index >= len(text) or not text[index].capital or (kind == "open" and _place(text, index) > index):
        return []
    head = text[noun].word if kind == "sectored" else " ".join(one.word for one in text[noun:end])
    head = head[0].upper() + head[1:]
    out: list[Mention] = []
    while index < len(text) and text[index].capital and not (out and text[index].low == text[noun].low):
        last, sector = match(lexicon.sectors(), text, index)
        own = _agency(text, index)
        if own and own[0].grade is Grade.PROPER and (sector is None or own[0].last > last):
            out.extend(own)
            index = own[-1].last
        else:
            if kind == "open" or sector is None:
                last = _item(text, index)
            if last == index:
                break
            placed = _place(text, last)
            out.append(_made(text, index if out else at, placed, f"{head} {_name(text, index, placed)}", Grade.PROPER))
            index = placed
        if index + 1 < len(text) and text[index].low in (",", "và", ";") and text[index + 1].capital:
            index += 1
        else:
            break
    return out


def _item(text: Sequence[Syllable], at: int) -> int:
    """The end of one name in a list that shares a head: up to a comma, "và" or a word that ends a name."""
    index = at
    while index < len(text) and (text[index].low.isalpha() or text[index].low in "-," ):
        one = text[index]
        if one.low == ",":
            if not (0 < index < len(text) - 1 and _pair(text, index)):
                break
            index += 2
            continue
        if one.low == "và" or (not one.capital and match(lexicon.name_stops(), text, index)[1] is not None):
            break
        if not one.capital and _is_level(text, index):
            break
        index += 1
    return index
