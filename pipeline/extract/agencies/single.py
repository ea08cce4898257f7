"""Recognising a single agency: a kind from the lists with the sector, proper name or place that completes its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match, matches, other_word
from pipeline.extract.agencies.endings import endings, stands_behind
from pipeline.extract.agencies.mention import Grade, Mention, made, name
from pipeline.extract.agencies.places import capitals, is_level, level_end, level_list, level_words, local_place, place
from pipeline.extract.agencies.proper_names import ROMAN, ends_behind, goes_on, pair, proper, tells_apart, topic
from pipeline.extract.tokens import Syllable
from pipeline.knowledge.agencies import kinds, names
from pipeline.knowledge.passages import figure_words, words_that
from pipeline.knowledge.places import ProvinceRow, levels
from pipeline.language.folding import fold


def agency(text: Sequence[Syllable], at: int) -> list[Mention]:
    """Recognise the agency whose name begins at a syllable.

    Args:
        text: syllables of a passage.
        at: the index of the first.

    Returns:
        The mention of the longest kind that makes a complete name, else of the longest kind alone; or nothing.
    """
    bare: list[Mention] = []
    other = other_word(text, at)
    for nth, (behind, kind) in enumerate(matches(lexicon.heads(), text, at)):
        if other > behind:
            break  # "Báo cáo" is no newspaper
        if nth and kind == "open" and behind < len(text) and not text[behind].capital:
            continue  # "Ủy ban nhân dân" is no "Ủy ban"
        if bare and behind < len(text) and text[behind].start == text[behind - 1].start:  # within "HĐND"
            return [replace(bare[0], grade=Grade.PROPER)]
        found = [_completed(text, one) for one in _named(text, at, behind, str(kind))]
        if found and found[0].grade is not Grade.BARE:
            return found
        bare = bare or found
    if not bare and at < len(text) and text[at].capital and is_board(text, at):  # "Ban chỉ đạo"
        return [_completed(text, made(text, at, at + 3, name(text, at, at + 3), Grade.PROPER))]
    return bare


def _completed(text: Sequence[Syllable], one: Mention) -> Mention:
    """A mention with what a board is for, and with the body that a unit is of where nothing but "của" is between."""
    last = one.last
    if is_board(text, one.first):
        of = last + 1 if last < len(text) and text[last].low == "của" else last
        last = place(text, of) if of > last and level_end(text, of) > of else last
        last = topic(text, last + _is_code(text, last))
    unit = text[last - 1].low.isdigit() or text[one.first].low in lexicon.units()
    if unit and one.grade is Grade.PROPER:
        last = max(last, inner(text, last + 1 if last < len(text) and text[last].low == "của" else last))
    return made(text, one.first, last, name(text, one.first, last), Grade.PROPER) if last > one.last else one


def _is_code(text: Sequence[Syllable], at: int) -> bool:
    """Whether a number, no year, names the decision that a board carries out: "Ban Chỉ đạo quốc gia 1237"."""
    number = text[at].low if at < len(text) else ""
    year = len(number) == 4 and number[:2] in ("19", "20")
    return number.isdigit() and len(number) > 2 and not year and ends_behind(text, at + 1, True)


def is_board(text: Sequence[Syllable], at: int) -> bool:
    """Tell whether a board begins at a syllable: one that is set up for a task."""
    return [one.low for one in text[at : at + 3]] in _BOARDS


_COMMITTEE = ["ủy", "ban"]
LONGEST_ENTRY = 14  # syllables of an entry of a list behind a colon
_BOARDS = (["ban", "chỉ", "đạo"], ["ủy", "ban", "quốc"], ["tổ", "công", "tác"])


def _named(text: Sequence[Syllable], at: int, behind: int, kind: str) -> list[Mention]:
    capital = text[at].capital
    institution = text[at].low in names().institutions
    if kind == "sectored":
        return _sectored(text, at, behind)
    if capital and (whole := _of_body(text, at, behind, kind)):
        return [made(text, at, whole, name(text, at, whole), Grade.PROPER)]
    if kind == "complete":
        if not capital and behind - at < 3:
            return []
        if text[behind - 1].low in ("bộ", "sở") and behind < len(text) and text[behind].capital:  # "Thanh tra Sở Y tế"
            behind = match(lexicon.sectors(), text, behind)[0]
        last = belongs(text, _seat(text, behind))
        return [made(text, at, last, name(text, at, last), Grade.PROPER)]
    if listed := _each_place(text, at, behind):
        return listed
    last = place(text, behind)
    if last == behind and kind == "local":
        return []
    if last == behind:
        sector = match(lexicon.sectors(), text, behind)[0]
        named = sector < len(text) and text[sector].capital  # "Tổng công ty xây dựng Trường Sơn"
        if sector > behind and stands_behind(text, behind) and not named:
            sector = behind  # "Hội Nông dân xây dựng kế hoạch"
        if capital:
            last = max(proper(text, behind, at), sector, _known(text, at))
        elif text[at].low == "phòng" and text[behind : behind + 1] and text[behind].capital and _opens_word(text, at):
            known = endings().opens(["phòng"], text[behind].low, None)
            last = proper(text, behind, at) if known else sector  # "phòng Nội vụ huyện"
        if last > behind:
            placed = _numbered(text, _zones(text, at, belongs(text, place(text, last))))
            topic = institution and placed == last
            small = not any(one.capital or one.low.isdigit() for one in text[behind:placed])  # "Trung tâm văn hóa"
            grade = Grade.BARE if topic and small else Grade.PROPER
            return [made(text, at, placed, name(text, at, placed), grade, topic)]
        if capital and (kind == "placed" or " ".join(one.low for one in text[at:behind]) in names().alone):
            return [made(text, at, behind, name(text, at, behind), Grade.BARE, institution)]
        return []
    if not capital and (kind == "open" or text[behind].low not in {*level_words(), "thành", "thị", "các", "cấp"}):
        return []
    last = _zones(text, at, belongs(text, last))
    last = _numbered(text, last + (capital and tells_apart(text, last)))
    return [made(text, at, last, name(text, at, last), Grade.PROPER)]


def _known(text: Sequence[Syllable], at: int) -> int:
    """The end of a name written down by hand, with what it is for in capitals: "… tu bổ di tích Cố đô Huế"."""
    end = match(lexicon.known_names(), text, at)[0]
    named = end > at and end < len(text) and text[end].capital and match(lexicon.heads(), text, end)[1] is None
    return proper(text, end, at) if named and place(text, end) == end else end


def _numbered(text: Sequence[Syllable], at: int) -> int:
    """The end of "số 2" behind the level that a name ends with: "Đội Thuế liên huyện số 2"."""
    two = [one.low for one in text[at : at + 2]]
    return at + 2 if two[:1] == ["số"] and two[-1].isdigit() and level_end(text, at - 1) == at else at


def _each_place(text: Sequence[Syllable], at: int, behind: int) -> list[Mention]:
    """The bodies of several places: "UBND các phường: Bình An, Hòa Lợi và xã Tân Lập" are three.

    Nothing where one place follows: "UBND xã Tân Lập, huyện Hải Hà".
    """
    head = name(text, at, behind)
    out: list[Mention] = []
    index, several, level, rank = _listed(text, behind), False, "", ""
    while index < len(text):
        noun = index + 1 if text[index].low == "các" else index
        first = level_end(text, noun)
        if first > noun:
            of = _rank(text, noun, first)
            if not of or (out and of != rank and text[index - 1].low != "và"):
                break
            several, level, rank = noun > index, name(text, noun, first), of
            first += 1 if several and first < len(text) and text[first].low == ":" else 0
        elif not several:
            break
        last = capitals(text, first)
        if last == first:
            break
        out.append(made(text, index if out else at, last, f"{head} {level} {name(text, first, last)}", Grade.PROPER))
        if last >= len(text) or text[last].low not in (",", ";", "và"):
            break
        index = last + 1
    return out if len(out) > 1 else []


def _listed(text: Sequence[Syllable], at: int) -> int:
    """The index behind "các xã, phường:" where each that follows has its own level; `at` where no such list does."""
    end = level_list(text, at + 1) if at < len(text) and text[at].low == "các" else at
    named = at < end < len(text) and text[end].low == ":" and level_end(text, end + 1) > end + 1
    return end + 1 if named else at


def _rank(text: Sequence[Syllable], at: int, end: int) -> str | None:
    """The level of administration that a word between two syllables names; a city under the centre is a province."""
    one = levels().words.get(" ".join(word.low for word in text[at:end] if word.low != "."))
    if one is None or one.level != "city":
        return one.level if one else None
    row = match(lexicon.provinces(), text, end)[1]
    return "province" if isinstance(row, ProvinceRow) and row.kind == "thành phố" else "district"


def _opens_word(text: Sequence[Syllable], at: int) -> bool:
    """Whether "phòng" is a word: in "phòng Nội vụ", not in "y tế dự phòng"."""
    return at == 0 or not endings().are_one(text[at - 1].low, text[at].low)


def _seat(text: Sequence[Syllable], at: int) -> int:
    """The end of the place behind a complete name, or of its branch there: "Kho bạc Nhà nước Bảo Lộc"."""
    branch = _branch(text, at)
    end = place(text, branch)
    if end == branch and branch < len(text) and text[branch].capital:
        end = capitals(text, branch) if branch > at else local_place(text, at)
    if branch == at:
        return end
    return end + (end > branch and end < len(text) and bool(ROMAN.fullmatch(text[end].word)))  # "… Lâm Đồng II"


def _branch(text: Sequence[Syllable], at: int) -> int:
    """The end of "- Chi nhánh" behind a bank's name."""
    index = at + 1 if at < len(text) and text[at].low == "-" else at
    return index + 2 if [one.low for one in text[index : index + 2]] == ["chi", "nhánh"] else at


def _zones(text: Sequence[Syllable], at: int, last: int) -> int:
    """The end of "Ban Quản lý Khu kinh tế A và các Khu công nghiệp B"."""
    if text[at].low != "ban" or [one.low for one in text[last : last + 3]] != ["và", "các", "khu"]:
        return last
    return place(text, proper(text, last + 2, at))


def inner(text: Sequence[Syllable], at: int) -> int:
    """The index behind the agency that "Văn phòng" or "Thanh tra" at a syllable is part of; 0 when none follows."""
    if at >= len(text) or not text[at].capital:
        return 0
    behind, kind = match(lexicon.heads(), text, at)
    whole = kind in ("complete", "sectored", "placed") or is_board(text, at)
    if whole or kind == "open" and (_is_party(text, at, behind) or [one.low for one in text[at:behind]] == _COMMITTEE):
        found = agency(text, at)
        if found and found[0].grade is Grade.PROPER:
            return found[0].last
    return 0


def _of_body(text: Sequence[Syllable], at: int, behind: int, kind: str) -> int:
    """The index behind the body that a kind of agency is part of, right behind it or where it is in; 0 without one."""
    if kind != "placed" and text[at].low in names().within and (whole := inner(text, behind)):
        return whole
    return _party_seat(text, at, behind)


def _party_seat(text: Sequence[Syllable], at: int, behind: int) -> int:
    """The index behind the body in which an organisation of the Party is: "Tổ đảng ở Sở Y tế"; 0 where none is said."""
    words = [one.low for one in text[behind : behind + 2]]
    link = 2 if words == ["cơ", "quan"] else int(words[:1] == ["ở"])
    if not link or not _is_party(text, at, behind):
        return 0
    seat = behind + link
    found = agency(text, seat) if seat < len(text) and text[seat].capital else []
    return found[0].last if len(found) == 1 and found[0].grade is Grade.PROPER else 0


def _is_party(text: Sequence[Syllable], at: int, end: int) -> bool:
    """Whether syllables are a kind of organisation of the Party."""
    return " ".join(one.low for one in text[at:end]) in _party()


@cache
def _party() -> frozenset[str]:
    """Kinds of organisations of the Party that are in other bodies: "đảng ủy", "tổ đảng", not "tỉnh ủy"."""
    inside = (one for one in kinds().kind if one.code == "party" and not one.seat)
    return frozenset(fold(word) for one in inside for word in one.words)


def _sectored(text: Sequence[Syllable], at: int, behind: int) -> list[Mention]:
    """A department or ministry ("Sở Tài chính"); with further sectors behind commas one mention each."""
    last, sector = match(lexicon.sectors(), text, behind)
    if sector is None or not text[behind].capital:
        if not text[at].capital or behind >= len(text) or not text[behind].capital:
            return []
        last = proper(text, behind, at)
        if last == behind or endings().are_linked(text[at].low, text[behind].low):  # "Bộ Luật hình sự"
            return []
    placed = belongs(text, place(text, last))
    out = [made(text, at, placed, name(text, at, placed), Grade.PROPER)]
    head = text[at].word[0].upper() + text[at].word[1:]
    index = placed
    while index + 1 < len(text) and text[index].low in (",", "và", ";"):
        start = index + 1
        last, sector = match(lexicon.sectors(), text, start)
        if (
            sector is None
            or not text[start].capital
            or match(lexicon.heads(), text, start)[1] in ("complete", "placed")
        ):
            break
        placed = place(text, last)
        out.append(made(text, start, placed, f"{head} {name(text, start, placed)}", Grade.PROPER))
        index = placed
    return out


def under(text: Sequence[Syllable], at: int) -> int:
    """The index behind "thuộc", "trực thuộc" or both of them at a syllable: "thuộc, trực thuộc"; `at` without them."""
    lows = [one.low for one in text[at : at + 4]]
    both = lows[:1] == ["thuộc"] and lows[1:2] in ([","], ["và"]) and lows[2:] == ["trực", "thuộc"]
    return at + (4 if both else 2 if lows[:2] == ["trực", "thuộc"] else lows[:1] == ["thuộc"])


def belongs(text: Sequence[Syllable], at: int) -> int:
    """The index behind "thuộc Bộ Nội vụ" or "thuộc và trực thuộc Sở" at a syllable, behind a name."""
    index = under(text, at) - 1
    if index < at or index + 1 >= len(text):
        return at
    found = agency(text, index + 1)
    if found and found[0].grade is Grade.PROPER:
        return found[0].last
    unit = text[index + 1].low
    named_alone = unit == "trung" or unit in lexicon.bodies_behind("thuộc")
    if named_alone or (unit == "tổng" and index + 2 < len(text)):
        end = index + (3 if unit in ("trung", "tổng") else 2)
        if end > len(text):  # cut off: "trực thuộc Trung"
            return at
        return capitals(text, end) if unit in ("tỉnh", "huyện") else end
    return at


def shared_head(text: Sequence[Syllable], noun: int, end: int, at: int) -> list[Mention]:
    """Agencies that share a head: "các Sở: Nội vụ, Tài chính", "các Vụ: Pháp chế, Tổ chức cán bộ"."""
    kind = match(lexicon.heads(), text, noun)[1]
    if kind not in ("sectored", "open"):
        return []
    index = end + 1 if text[end].low == ":" else end
    if index >= len(text) or not text[index].capital or (kind == "open" and place(text, index) > index):
        return []
    if text[end].low == ":" and _is_order(text, index):  # "Giám đốc bệnh viện: Phê duyệt kế hoạch"
        return []
    head = text[noun].word if kind == "sectored" else " ".join(one.word for one in text[noun:end])
    head = head[0].upper() + head[1:]
    out: list[Mention] = []
    while index < len(text) and text[index].capital and not (out and text[index].low == text[noun].low):
        last, sector = match(lexicon.sectors(), text, index)
        own = agency(text, index)
        if own and own[0].grade is Grade.PROPER and (sector is None or own[0].last > last):
            out.extend(own)
            index = own[-1].last
        else:
            if own and sector is None:
                break  # "các trường THPT, Trung tâm …": of another kind
            if kind == "open" and (sector is None or last < index + 2):
                last = _item(text, index)
            if last == index or match(lexicon.positions(), text, index)[1] is not None:
                break
            placed = place(text, last)
            out.append(made(text, index if out else at, placed, f"{head} {name(text, index, placed)}", Grade.PROPER))
            index = placed
        if index + 1 < len(text) and text[index].low in (",", "và", ";") and text[index + 1].capital:
            index += 1
        else:
            break
    return out


@cache
def _deeds() -> frozenset[str]:
    return frozenset((*words_that("acts"), *words_that("resumes"), *words_that("opens"), *figure_words().verb))


def _is_order(text: Sequence[Syllable], at: int) -> bool:
    """Whether what stands behind a colon says what is to be done: a verb of two syllables with more behind it."""
    verb = " ".join(one.low for one in text[at : at + 2])
    signs = range(at + 2, min(at + LONGEST_ENTRY, len(text) - 1))
    listed = any(
        text[one].low in (",", ";", "và") and text[one + 1].capital for one in signs
    )  # "Quản lý thuốc, Y tế …"
    return verb in _deeds() and at + 2 < len(text) and text[at + 2].low.isalpha() and not listed


def _item(text: Sequence[Syllable], at: int) -> int:
    """The end of one name in a list that shares a head: up to a comma, "và" or a word that ends a name."""
    index = at
    while index < len(text) and (text[index].low.isalpha() or text[index].low in "-,"):
        one = text[index]
        if one.low in (",", "và"):
            if not (at < index < len(text) - 1 and pair(text, index)):
                break
            index += 2
            continue
        if not one.capital and index > at and not goes_on(text, index, at):
            break
        if not one.capital and is_level(text, index):
            break
        index += 1
    return index
