"""Places in the names of agencies: levels, provinces, regions, and the qualifiers behind a name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.endings import endings, stands_behind
from pipeline.extract.tokens import Syllable
from pipeline.knowledge.agencies import names
from pipeline.knowledge.places import LevelWord, levels


@cache
def level_words() -> lexicon.Trie:
    """Words that the name of a place follows: "tỉnh", "thị xã"."""
    return lexicon.trie((word, one) for word, one in levels().words.items() if one.in_text)


@cache
def _numbered() -> frozenset[str]:
    """The last syllables of words of level behind which a number is the name of a place: "quận"."""
    return frozenset(word.split()[-1] for word, one in levels().words.items() if one.numbered)


def is_behind_province(text: Sequence[Syllable], at: int) -> bool:
    """Tell whether the name of a province of two syllables stands right before a syllable, in capitals."""
    return at > 1 and text[at - 1].capital and match(lexicon.provinces(), text, at - 2)[0] == at


def is_level(text: Sequence[Syllable], at: int) -> bool:
    """Tell whether a word of administrative level stands at a syllable: "tỉnh", "thị xã"."""
    return level_end(text, at) > at


def level_end(text: Sequence[Syllable], at: int) -> int:
    """The index behind the word of administrative level at a syllable; the same where none stands: "xã hội"."""
    if at >= len(text) or text[at].low not in level_words():
        return at
    end, level = match(level_words(), text, at)
    if not isinstance(level, LevelWord):
        return at
    follows = text[end] if end < len(text) else None
    if [one.low for one in text[end : end + 2]] in (["ủy"], ["ủy", ","], ["ủy", "và"], ["ủy", ";"]):
        return at  # "các huyện ủy, thành ủy"
    if level.named and not (follows and (follows.capital or follows.low.isdigit())):
        return at
    if at and not text[at].capital and text[at - 1].low != "cấp" and endings().are_one(text[at - 1].low, text[at].low):
        return at  # "nông thôn Bắc Bộ"
    if follows and text[at].low == "tp" and follows.low == ".":
        return end + 1
    one_word = follows and end == at + 1 and not follows.capital and endings().are_one(text[at].low, follows.low)
    if one_word and follows and follows.low == "ủy":
        one_word = _is_committee(text, end)
    return at if one_word else end


def _is_committee(text: Sequence[Syllable], at: int) -> bool:
    """Whether a syllable is the "ủy" of "tỉnh ủy", not that of "ủy quyền"."""
    behind = text[at + 1].low if at + 1 < len(text) else ""
    return text[at].low == "ủy" and not (behind.isalpha() and stands_behind(text, at))


def place(text: Sequence[Syllable], at: int) -> int:
    """The index behind the place at a syllable: "tỉnh Vĩnh Long", "các huyện, thị xã, thành phố", "cấp xã"."""
    if at >= len(text):
        return at
    low = text[at].low
    if match(lexicon.heads(), text, at)[0] == at + 2 and _is_committee(text, at + 1):  # the Party's committee there
        return max(capitals(text, at + 2), place(text, at + 2) if is_level(text, at + 2) else at)
    if [one.low for one in text[at : at + 2]] == ["khu", "vực"] and stands_alone(text, at + 2):
        return at + 2  # "Trung tâm Y tế khu vực"
    if low == "địa" and [one.low for one in text[at + 1 : at + 3]] == ["bàn", "cấp"]:
        return place(text, at + 2)
    if low == "cấp":
        return _levels_behind(text, at)
    if low == "các":
        last, word = match(lexicon.qualifiers(), text, at)
        if word is not None:
            return qualified(text, last)  # "Công an các đơn vị, địa phương", "… các đơn vị có liên quan"
        end = level_list(text, at + 1)
        if end > at + 1:
            end = qualified(text, _named_levels(text, end), region=True)
            return place(text, end) if text[end - 1].low == "bàn" else end  # "các thôn trên địa bàn xã"
        if at + 1 < len(text) and text[at + 1].low in ("cấp",):
            return at + 2
        if at + 2 < len(text) and (text[at + 1].low, text[at + 2].low) == ("địa", "phương"):
            return qualified(text, at + 3)
        return at
    end = level_list(text, at)
    if end > at:
        return qualified(text, _named_levels(text, end), region=True)
    last, word = match(lexicon.qualifiers(), text, at)
    if text[at].capital and low in ("quốc", "nghiệp", "chuyên", "chức"):  # "Đại học Quốc gia thành phố Hồ Chí Minh"
        return at
    school = [one.low for one in text[at:last]] == ["nhà", "trường"]  # "Ban Giám hiệu nhà trường", not "nhà nước"
    if word is not None and (text[at].capital or school or low in names().places):
        return _province(text, last) if text[at].capital else last  # "Bệnh viện Trung ương Huế"
    return _province(text, at)


def _levels_behind(text: Sequence[Syllable], at: int) -> int:
    """The end of "cấp tỉnh, cấp xã" at a syllable; the same where no level is named."""
    end = level_list(text, at + 1)
    if end == at + 1:
        return at
    further = end + 1 if [one.low for one in text[end : end + 2]] in ([",", "cấp"], ["và", "cấp"]) else end
    return max(end, _levels_behind(text, further)) if further > end else end


def is_of_a_place(text: Sequence[Syllable], at: int, end: int) -> bool:
    """Tell whether syllables are a kind of agency that every place has one of, with no place: "UBND", "Đảng ủy"."""
    behind, kind = match(lexicon.heads(), text, at)
    last = [one.low for one in text[max(end - 2, 0) : end]]
    known = behind == end and kind in ("placed", "complete") and last[-1] in names().of_places
    return known and (last[-1] != "ủy" or last[0] == "đảng")  # not "Tỉnh ủy", nor "Ban Quản lý các khu công nghiệp"


def own_level(text: Sequence[Syllable], at: int, end: int) -> str:
    """The words of level, without a name, that end a name between two syllables: "xã", "quận - huyện"; "" for none."""
    start = _level_before(text, end)
    while start > at + 1 and text[start - 1].low in ("-", ",") and _level_before(text, start - 1) < start - 1:
        start = _level_before(text, start - 1)
    alone = at < start < end and text[start - 1].low.isalpha()
    if not alone or text[start - 1].low in ("các", "cấp", "và") or level_end(text, start - 1) > start - 1:
        return ""
    return " ".join(one.word for one in text[start:end]).replace(" ,", ",")


def _level_before(text: Sequence[Syllable], end: int) -> int:
    """Where the word of level begins that ends before a syllable; the same where none does."""
    return next((start for start in (end - 2, end - 1) if start >= 0 and level_end(text, start) == end), end)


def stands_alone(text: Sequence[Syllable], at: int) -> bool:
    """Tell whether nothing says which region is meant: the end follows, a sign, or a word that stands behind names."""
    if at >= len(text) or not text[at].low[0].isalnum():
        return True
    return stands_behind(text, at) and match(lexicon.qualifiers(), text, at)[0] == at


def _named_levels(text: Sequence[Syllable], at: int) -> int:
    """The end of place names behind levels: "(các huyện, thị xã) Đức Phổ và thành phố Quảng Ngãi"."""
    end = capitals(text, at)
    if end > at and text[at - 1].low in ("vực", "miền") and end + 1 < len(text) and text[end].low == "-":
        last = capitals(text, end + 1)
        end = last if last > end + 1 else end  # "khu vực Nam Bộ - Tây Nguyên"
    while end > at and end + 1 < len(text) and text[end].low in (",", "và"):
        more = capitals(text, level_end(text, end + 1)) if level_end(text, end + 1) > end + 1 else end
        if more <= end + 2:
            break
        end = more
    return end


def level_list(text: Sequence[Syllable], at: int) -> int:
    """The end of a list of levels: "huyện, thị xã, thành phố", "quận (huyện)", "tỉnh và thành phố"."""
    end = level_end(text, at)
    if end == at:
        return at
    while end + 1 < len(text):
        if text[end].low in (",", "và", "-", "/"):
            after = max(level_end(text, end + 1), _short_level(text, end + 1))
            if text[end + 1].capital and match(lexicon.heads(), text, end + 1)[0] > after:
                break  # "thành phố, Tỉnh đoàn"
            if after == end + 1 or text[end + 1].capital and text[end + 1].low not in ("tỉnh", "thành"):
                break
            end = after
        elif text[end].low == "(" and level_end(text, end + 1) > end + 1:
            after = level_end(text, end + 1)
            if after < len(text) and text[after].low == ")":
                end = after + 1
            else:
                break
        else:
            break
    return end


def _short_level(text: Sequence[Syllable], at: int) -> int:
    """The index behind a word of level of which half is written: "huyện, thành, thị"; `at` where none is."""
    if text[at].low not in ("thành", "thị"):
        return at
    follows = text[at + 1] if at + 1 < len(text) else None
    if follows is None or follows.low == "và" or not follows.low[0].isalnum():
        return at + 1
    return at + 1 if stands_behind(text, at + 1) and not endings().are_linked(text[at].low, follows.low) else at


def capitals(text: Sequence[Syllable], at: int) -> int:
    """The index behind a place name in capitals, of at most four syllables; the head of another agency is none."""
    if 0 < at < len(text) and text[at].low.isdigit() and text[at - 1].low in _numbered():
        return max(at + 1, local_place(text, at))  # "phường 1 Bảo Lộc"
    index = max(_province(text, at), local_place(text, at))
    while index < len(text) and index - at < 4 and text[index].capital and text[index].low[0].isalpha():
        if index == at and match(lexicon.heads(), text, index)[1] is not None:
            break
        index += 1
    if at < index < len(text) and text[index].low.isdigit():
        known = text[index - 1].low in _numbered() or match(lexicon.local_places(), text, at)[0] == index + 1
        return index + 1 if known else index  # "khu vực Quận 12", "xã Bảo Lâm 1"
    return index


def local_place(text: Sequence[Syllable], at: int) -> int:
    """The end of the name of a district or commune at a syllable, `at` where none stands: "Xuân Hương - Đà Lạt"."""
    end = match(lexicon.local_places(), text, at)[0] if at < len(text) else at
    return end if all(one.capital or not one.low.isalpha() for one in text[at:end]) else at


def _province(text: Sequence[Syllable], at: int) -> int:
    """The end of a province's name at `at`."""
    return match(lexicon.provinces(), text, at)[0] if at < len(text) and text[at].capital else at


def qualified(text: Sequence[Syllable], at: int, region: bool = False) -> int:
    """The index behind the qualifiers of a group or place: "có liên quan", "trực thuộc Trung ương".

    Args:
        text: syllables of a passage.
        at: the index behind the group or place.
        region: regions are qualifiers too: "vùng Tây Nguyên".
    """
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
            while (
                end < len(text)
                and text[end].low.isalpha()
                and end - index < 9
                and (text[end].capital or not stands_behind(text, end))
                and text[end].low not in ("trách", "nhiệm", "liên")
            ):
                end += 1
            if end - index > 2 and (end == len(text) or text[end].low in ":,;."):
                index = end
                continue
        if low in (",", "và") and index + 1 < len(text) and index > at:
            last, word = match(lexicon.qualifiers(), text, index + 1)
            if word is not None and (
                text[index - 1].low in ("ương", "phương", "quan") and text[index + 1].low in ("địa", "trung")
            ):
                index = last
                continue
        break
    return index


def _region(text: Sequence[Syllable], at: int) -> int:
    """The end of a region's name: "Tây Nguyên", "Đồng bằng sông Cửu Long"."""
    end = capitals(text, at)
    if end > at and end + 2 < len(text) and text[end].low in ("bằng", "hải") and text[end - 1].low in ("đồng", "duyên"):
        end += 1
        while end < len(text) and (text[end].low in ("sông", "và") or text[end].capital) and end - at < 8:
            end += 1
    return end
