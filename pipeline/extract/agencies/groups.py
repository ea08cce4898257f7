"""Recognising groups of agencies, "các sở, ban, ngành liên quan", and lists that share a head, "các Sở: A, B và C"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match, other_word
from pipeline.extract.agencies.endings import endings, stands_behind
from pipeline.extract.agencies.mention import Grade, Mention, made, name
from pipeline.extract.agencies.places import is_level, level_words, place, qualified, stands_alone
from pipeline.extract.agencies.proper_names import proper
from pipeline.extract.agencies.single import agency, belongs, inner, is_board, shared_head, under
from pipeline.extract.tokens import Syllable
from pipeline.knowledge.agencies import groups, names
from pipeline.knowledge.passages import words_that
from pipeline.language.folding import fold

MOST_NOUNS = 24  # in one list of group nouns
LONGEST_NARROWING = 4  # syllables between a group and the body it is of
LEAST_WHOLE = 4  # syllables of a kind that is an agency without a place: "Mặt trận Tổ quốc"
LEAST_KIND = 3  # syllables of a kind of body that says more than "đơn vị"


def group(text: Sequence[Syllable], at: int, *, after_office: bool = False) -> list[Mention]:
    """Recognise the group at a syllable, or the members of a list that shares a head ("các Sở: A, B và C").

    Args:
        text: syllables of a passage.
        at: the index of the first.
        after_office: an office stands before ("Thủ trưởng cơ quan …"), so that no "các" is needed.

    Returns:
        A mention of the group, or one for each member of the list; or nothing.
    """
    start = match(lexicon.determiners(), text, at)[0]
    determined = start > at or after_office
    alone, strong = _alone(text, start)
    end, grade, count = _nouns(text, start)
    determined = determined or _needs_no_determiner(text, at, start, end, count)
    if not determined and alone > start:  # "chính quyền địa phương", not what follows it
        end, grade, count = alone, Grade.STRONG if strong else Grade.WEAK, 1
    lows = [one.low for one in text[start:end]]
    if text[at].low == "mỗi" and (not text[at].capital or count == 1 and grade is Grade.WEAK):
        return []  # "mỗi đơn vị hành chính": what is counted
    if start == at and lows == ["tổ", "chức"]:
        return []  # the verb: "Giám đốc tổ chức thực hiện"
    if count == 1 and lows == ["cơ", "quan"] and not determined:
        return _many(text, at, end) or _of_sector(text, at, end)  # "cơ quan Công an các cấp"
    if count == 0:
        return _many(text, at, start) if start > at else []
    if determined and count == 1 and match(lexicon.heads(), text, start)[0] == end:
        colon = match(level_words(), text, end)[0]
        end = colon if colon < len(text) and text[colon].low == ":" else end  # "các Điện lực khu vực: A, B"
    if determined and end < len(text) and (shared := _members(text, at, start, end, count)):
        return shared
    end, last = _reach(text, start, end, count, determined)
    last = _leading(text, at, last)
    if last == end:
        last, other, extra = _second_nouns(text, end)
        grade = Grade.STRONG if extra and other is Grade.STRONG else grade
        count += extra
    loose = not determined and last == end and alone < end and text[end - 1].low != "năng"
    board = any(one.low in ("ban", "tổ", "hội", "đoàn") for one in text[end:last])
    members = lows == ["thành", "viên"] and not board  # of a family, who are no body
    if loose or _are_places(text, at, start, last) or members:
        return []
    whole = alone >= end
    if not determined and count == 1 and text[last - 1].low not in ("quan", "năng") and not whole:
        return []
    if not determined and at and (text[at - 1].low in ("cấp", "của") or text[at - 1].low[0].isdigit()):
        return []
    if [one.low for one in text[last + 1 : last + 3]] == ["cá", "nhân"]:
        return []  # "các tổ chức, cá nhân": those who are served
    if last < len(text) and (grade is Grade.WEAK or text[start].low == "cơ") and _goes_on(text, last):
        last = _narrowed(text, last)
        opens = text[at].capital and count > 1  # "Các cơ quan, đơn vị treo cờ"
        if last < len(text) and not opens and _goes_on(text, last):
            return []  # the name is longer than we can tell
    return [made(text, at, last, name(text, at, last), grade)]


def _leading(text: Sequence[Syllable], at: int, end: int) -> int:
    """The index behind what says which are meant, of partners: "phối hợp với các cơ quan chủ trì"; `end` without."""
    partners = at > 0 and text[at - 1].low in ("với", "của", "cho")
    return end + 2 if partners and [one.low for one in text[end : end + 2]] == ["chủ", "trì"] else end


def _are_places(text: Sequence[Syllable], at: int, start: int, end: int) -> bool:
    """Whether a group is one of places that do nothing: not "Các khu công nghiệp xử lý", nor a title."""
    if match(_places(), text, start)[1] is None:
        return False
    return not text[at].capital or end < len(text) and not stands_behind(text, end)


@cache
def _places() -> lexicon.Trie:
    """Nouns of places that are bodies only where "Các" opens a sentence: "khu công nghiệp"."""
    return lexicon.trie((noun, True) for noun, one in groups().items() if one.opening)


def _needs_no_determiner(text: Sequence[Syllable], at: int, start: int, end: int, count: int) -> bool:
    """Whether nouns of bodies stand for a group, or for one body that is asked, though no "các" stands before."""
    if [one.low for one in text[start:end]] == ["thành", "viên"] and is_board(text, end):
        return True
    if count > 1 and (_is_list(text, start) or _is_partner(text, at)):
        return True
    return _is_one_of(text, start, end) or _opens_order(text, at, end, count) or _is_asked(text, at)


def _members(text: Sequence[Syllable], at: int, start: int, end: int, count: int) -> list[Mention]:
    """The members of a list that shares the head between two syllables; nothing where no such list begins."""
    shared = shared_head(text, start, end, at) if count == 1 or text[end].low == ":" else []
    further = any(fold(one.name).split()[0] == text[start].low for one in shared[1:])
    if shared and not further and text[end].low != ":":  # "các Sở Y tế": one kind in many places
        one = shared[0]
        shared[0] = made(text, at, one.last, name(text, at, one.last), Grade.PROPER)
    return shared


def _alone(text: Sequence[Syllable], at: int) -> tuple[int, bool]:
    """The index behind a noun that needs no "các", `at` without one, and whether it names a kind of agency."""
    end, strong = match(lexicon.standalone(), text, at)
    end = _school_levels(text, end) if end > at and text[end - 1].low == "dục" else end  # "Cơ sở giáo dục tiểu học"
    placed = match(lexicon.placed(), text, at)[0]  # "chính quyền các xã", not "chính quyền số"
    return (placed, True) if placed > end and place(text, placed) > placed else (end, bool(strong))


def _reach(text: Sequence[Syllable], start: int, end: int, count: int, determined: bool) -> tuple[int, int]:
    """The end of the nouns of a group, and of what belongs to it behind them."""
    last = max(_tail(text, end), _owned(text, end) if determined else place(text, end))
    if last > end or not determined or text[end - 1].low in ("sở", "bộ"):
        return end, last
    if count == 1:
        end = max(end, match(lexicon.heads(), text, start)[0])  # "các ban quản lý rừng phòng hộ"
    name_of = text[end - 1].low != "ban"
    return end, _tail(text, inner(text, end) or proper(text, end, start)) if name_of else end


def _is_list(text: Sequence[Syllable], at: int) -> bool:
    """Whether a list of bodies that needs no "các" begins at a syllable: "sở, ban, ngành"."""
    two = [one.low for one in text[at + 1 : at + 3]]
    named = two[:1] == [","] and two[-1] in ("ban", "ngành", "cơ", "đoàn", "địa")
    return named and text[at].low in ("sở", "bộ", "phòng") and not (at and text[at - 1].low == "cấp")


def _is_one_of(text: Sequence[Syllable], at: int, end: int) -> bool:
    """Whether one body of a kind is told by whose it is: "cơ quan chuyên môn thuộc Bộ Tài chính"."""
    if end - at < LEAST_KIND or end + 1 >= len(text) or text[end].low != "thuộc" or (at and text[at - 1].low == "là"):
        return False
    return any(one.grade is Grade.PROPER for one in agency(text, end + 1))


def _opens_order(text: Sequence[Syllable], at: int, end: int, count: int) -> bool:
    """Whether a list of bodies that needs no "các" opens a sentence, before what they do: "Cơ quan, đơn vị phải"."""
    opens = text[at].capital and (at == 0 or text[at - 1].low in (".", ":", ";", "-", "–", "+"))
    return opens and count > 1 and match(_acting(), text, end)[0] > end


@cache
def _acting() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().acting)


def _is_asked(text: Sequence[Syllable], at: int) -> bool:
    """Whether a noun of bodies stands right behind a word that asks it, at the head of an order: "Đề nghị Công ty"."""
    if not at or text[at].low not in names().asked or match(_asks(), text, at - 2)[0] != at:
        return False
    return at == 2 or text[at - 3].low not in names().before_asking


@cache
def _asks() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in ("đề nghị", "yêu cầu"))


def _of_sector(text: Sequence[Syllable], at: int, end: int) -> list[Mention]:
    """The agencies of a sector, wherever they are: "cơ quan Lao động - Thương binh và Xã hội ở địa phương"."""
    last, sector = match(lexicon.sectors(), text, end)
    if sector is None or not text[end].capital:
        return []
    last = qualified(text, place(text, last))
    return [made(text, at, last, name(text, at, last), Grade.STRONG)]


def _narrowed(text: Sequence[Syllable], at: int) -> int:
    """The end of what tells a group from others and where it is: "(các cơ quan) đăng kiểm địa phương"; `at` without."""
    index = at
    while index < min(at + LONGEST_NARROWING, len(text)):
        if not text[index].low.isalpha() or text[index].capital or stands_behind(text, index):
            return at
        index += 1
        last = match(lexicon.qualifiers(), text, index)[0]
        if last > index:
            return qualified(text, last)
    return at


def _is_partner(text: Sequence[Syllable], at: int) -> bool:
    """Whether a noun of bodies stands right behind "phối hợp với", or "phối hợp chặt chẽ với"."""
    before = [one.low for one in text[max(0, at - 5) : at]]
    return text[at].low in names().short_nouns and before[-1:] == ["với"] and "phối" in before


def branch(text: Sequence[Syllable], at: int) -> list[Mention]:
    """Recognise a branch of the administration as a partner, or as it acts: "phối hợp với ngành giáo dục"."""
    last = match(lexicon.branches(), text, at + 1)[0]
    acts = text[at].capital and at == 0 and last < len(text) and text[at + 1].capital and _is_ordered(text, last)
    if text[at].low != "ngành" or last == at + 1 or not (acts or _is_partner(text, at)):
        return []
    last = place(text, last)  # "ngành y tế quận"
    return [made(text, at, last, name(text, at, last), Grade.STRONG)]


def _is_ordered(text: Sequence[Syllable], at: int) -> bool:
    """Whether a verb of orders begins at a syllable: "Ngành Du lịch phục hồi nhanh" does nothing."""
    return text[at].low not in ("có", "sẽ") and match(_orders(), text, at)[0] > at


@cache
def _orders() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in words_that("acts"))


def _many(text: Sequence[Syllable], at: int, start: int) -> list[Mention]:
    """An agency of which there are many: "các Ngân hàng Nhà nước chi nhánh tỉnh, thành phố"."""
    found = agency(text, start)
    if len(found) > 1 and all(one.grade is Grade.PROPER for one in found):  # "các Sở Nội vụ, Tài chính": each by itself
        return [replace(found[0], start=text[at].start, first=at), *found[1:]]
    if len(found) != 1 or found[0].grade not in (Grade.PROPER, Grade.BARE):
        return []
    grade = (
        Grade.STRONG if found[0].grade is Grade.BARE else Grade.PROPER
    )  # "các Đoàn đại biểu Quốc hội": all there are
    return [made(text, at, found[0].last, name(text, at, found[0].last), grade)]


def _owned(text: Sequence[Syllable], at: int) -> int:
    """The end of "thẩm tra của Quốc hội" behind a group: what it does, and whose it is; `at` where that is not said."""
    index = at
    while index < len(text) and index - at <= LONGEST_NARROWING and text[index].low not in ("của", "thuộc"):
        if text[index].capital or not text[index].low.isalpha() or endings().is_small(text[index].low):
            return at
        index += 1
    if index + 1 >= len(text) or index - at > LONGEST_NARROWING or text[index].low not in ("của", "thuộc"):
        return at
    last = _tail(text, index)
    return last if last > index else at


def _goes_on(text: Sequence[Syllable], at: int) -> bool:
    """Whether a word follows that neither ends a name nor begins another agency: the group's name goes on."""
    low = text[at].low
    if low in ("thuộc", "của"):
        return True
    if not low.isalpha() or text[at].capital or match(lexicon.determiners(), text, at)[1] is not None:
        return False
    behind = text[at + 1].low if at + 1 < len(text) else None
    if behind is not None and behind.isdigit():
        return False  # "Các cơ quan, đơn vị chọn 02 lớp"
    if f"{low} {behind}" in words_that("inside_name"):
        return True  # "các đơn vị xuất bản"
    return not (endings().follows(low, behind) or stands_behind(text, at))


def _second_nouns(text: Sequence[Syllable], end: int) -> tuple[int, Grade, int]:
    """The nouns behind "và" ("các Bộ, cơ quan và các địa phương liên quan"): end, grade, count; `end` and 0 without."""
    none = end, Grade.WEAK, 0
    if end >= len(text) or text[end].low != "và" or text[end - 1].low not in names().short_nouns:
        return none
    skip = end + 1 + (1 if end + 1 < len(text) and text[end + 1].low == "các" else 0)
    if is_level(text, skip):
        return none  # "các bộ, ngành và các tỉnh": two
    more, grade, count = _nouns(text, skip)
    tail = _tail(text, more)
    own = more < len(text) and text[more].low == "khác"  # "các sở, ban, ngành và các đơn vị khác có liên quan": two
    if not count or own or tail <= more or match(lexicon.heads(), text, skip)[1] == "placed":
        return none
    return tail, grade, count


def _nouns(text: Sequence[Syllable], at: int) -> tuple[int, Grade, int]:
    """A list of group nouns: its end, grade and how many they are."""
    index, end, count, grade = at, at, 0, Grade.WEAK
    of_levels = False
    while index < len(text) and count < MOST_NOUNS:
        behind, kind = match(lexicon.classes(), text, index)
        if kind is None or other_word(text, index) > behind:
            break
        behind = _before_agency(text, index, behind)
        if count and text[index].low == "công" and kind == "weak":
            break  # "các bệnh viện, công ty dược phẩm tỉnh": companies of a trade
        if grade is Grade.STRONG and match(lexicon.standalone(), text, index) == (behind, False):
            break  # "các sở, ban ngành, chủ đầu tư": who needs no "các" is one of his own
        if count and match(lexicon.positions(), text, index)[0] > behind:
            break  # "Văn phòng Bộ, Cục trưởng Cục …"
        if count and text[index].capital and (of_levels or _is_agency(text, index)):
            break
        named = behind < len(text) and text[behind].capital and match(lexicon.sectors(), text, behind)[1]
        if text[index].low in ("sở", "bộ") and named:
            break
        end = _school_levels(text, behind) if text[behind - 1].low in ("trường", "dục") else behind
        of_levels = end > behind  # "các trường Tiểu học, Trung tâm …": of another kind
        count += 1 + sum(one.low == "," for one in text[index:end])
        grade = Grade.STRONG if kind == "strong" else grade
        index = end + 1
        if index >= len(text) or text[end].low not in (",", "và", "-", "/", "hoặc"):
            break
        if text[end].low in (",", "và") and text[index].low == "các":
            break
    return end, grade, count


def _before_agency(text: Sequence[Syllable], at: int, end: int) -> int:
    """The end of nouns that are one entry, before the last where that begins a name: "Khoa, Phòng Đào tạo"."""
    comma = next((index for index in range(end - 1, at, -1) if text[index].low == ","), end)
    return comma if comma < end and text[comma + 1].capital and _is_agency(text, comma + 1) else end


def _is_agency(text: Sequence[Syllable], at: int) -> bool:
    """Whether the name of one agency stands at a syllable, not a noun of many."""
    behind, kind = match(lexicon.heads(), text, at)
    named = kind == "open" and behind < len(text) and text[behind].capital  # "các Khoa, Phòng Đào tạo"
    known = kind in ("complete", "placed") or named
    whole = (one.grade is Grade.PROPER or one.last - one.first >= LEAST_WHOLE for one in agency(text, at))
    return known and any(whole)  # "các ngành, Mặt trận Tổ quốc": one of its own


def _school_levels(text: Sequence[Syllable], at: int) -> int:
    """The index behind the levels of schools at a syllable: "(các trường) tiểu học, trung học cơ sở"."""
    end = match(lexicon.school_levels(), text, at)[0]
    while end > at and end < len(text) and text[end].low in (",", "và"):
        further = match(lexicon.school_levels(), text, end + 1)[0]
        if further == end + 1:
            break
        end = further
    return end


_BRANCHES = ("chuyên ngành", "nhà nước")  # behind them it is said of what: "các sở quản lý chuyên ngành về hạ tầng"


def _field(text: Sequence[Syllable], at: int) -> int:
    """The end of "về hạ tầng" behind such a group; `at` where nothing of the kind, or what it is told, stands there."""
    if at + 1 >= len(text) or text[at].low != "về" or text[at + 1].low in names().no_topics:
        return at
    index = at + 2
    while (
        index < len(text) and text[index].low.isalpha() and text[index].low != "và" and not stands_behind(text, index)
    ):
        index += 1
    return index


def _tail(text: Sequence[Syllable], at: int) -> int:
    """The end of what stands behind the nouns of a group and belongs to it."""
    index = at
    while True:
        last = belongs(text, index)
        if last > index:
            index = last
            continue
        last = qualified(text, index)
        if " ".join(one.low for one in text[last - 2 : last]) in _BRANCHES:
            last = _field(text, last)
        if last > index and text[last - 1].low == "ngành":  # "các đơn vị trong ngành Công Thương"
            last = match(lexicon.branches(), text, last)[0]
        if under(text, last) > last + 1 and stands_alone(text, under(text, last)):
            last = under(text, last)  # "các chi bộ trực thuộc", "các đơn vị thuộc và trực thuộc"
        placed = place(text, last) if not (last < len(text) and text[last].low == "các") else last
        owner_end = belongs(text, placed)
        if owner_end == placed and (seat := _within(text, owner_end)):
            owner_end = seat
        elif owner_end == placed and owner_end + 1 < len(text) and text[owner_end].low == "của":
            owner = text[owner_end + 1].low
            if owner in lexicon.bodies_behind("của") and text[owner_end + 1].capital:
                found = agency(text, owner_end + 1)
                if found and found[0].grade is Grade.PROPER:
                    owner_end = found[0].last
                else:
                    owner_end = match(lexicon.sectors(), text, owner_end + 2)[0]
            elif is_level(text, owner_end + 1):  # "các đơn vị sự nghiệp của phường, xã"
                owner_end = place(text, owner_end + 1)
        if owner_end == index:
            return index
        index = owner_end


def _within(text: Sequence[Syllable], at: int) -> int:
    """The end of "tại trụ sở chính Ngân hàng Nhà nước Việt Nam", "của Bộ Tư pháp" behind a group; 0 when none."""
    if at + 1 >= len(text) or text[at].low not in ("tại", "của", "ở"):
        return 0
    start = at + 1
    if [one.low for one in text[start : start + 2]] == ["trụ", "sở"]:
        start += 3 if start + 2 < len(text) and text[start + 2].low == "chính" else 2
    return inner(text, start)
