"""Finding the agencies of a text by how they are named: a kind, its sector or proper name, its place.

No agency is listed by name but the central ones; "Trung tâm Văn hóa - Thể thao và Truyền thanh quận, huyện" is known by
its parts. Lists that share a head ("các Sở: Nội vụ, Tài chính") give one mention each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match, other_word
from pipeline.extract.agencies.endings import endings, stands_behind
from pipeline.extract.agencies.groups import branch, group
from pipeline.extract.agencies.lexicon import END
from pipeline.extract.agencies.mention import Grade, Mention, made, name
from pipeline.extract.agencies.people import further_people, people
from pipeline.extract.agencies.places import capitals, is_of_a_place, level_end, level_list, own_level, place
from pipeline.extract.agencies.proper_names import numbered, proper
from pipeline.extract.agencies.single import agency
from pipeline.extract.tokens import Syllable
from pipeline.knowledge.agencies import kinds, names, person_words, posts
from pipeline.language.folding import fold
from pipeline.register import is_numbered_unit, is_police_unit

LARGEST_UNIT = 1000  # the number of a unit is smaller: more is a count


def find(text: Sequence[Syllable], issuer: str | None = None, *, duties: bool = False) -> list[Mention]:
    """Find all mentions in a text, in order, without overlaps.

    Args:
        text: syllables of a passage.
        issuer: the ministry or department that writes: it calls itself "Bộ", "Sở" alone.
        duties: people who are no body are found too where they do their duty.
    """
    out: list[Mention] = []
    beginnings = lexicon.beginnings()
    at = 0
    while at < len(text):
        seconds = beginnings.get(text[at].low)
        if seconds is None or END not in seconds and (at + 1 == len(text) or text[at + 1].low not in seconds):
            found = []
        else:
            found = _mention(text, at, bool(out) and out[-1].last == at)
            found = found or (_issuer(text, at, issuer) if issuer else [])
        found = found or (people(text, at) if duties else [])
        if found:
            found[0] = _of_many(text, _of_the_centre(text, found[0], out[-1].last if out else 0))
            found[-1] = _with_owner(text, found[-1])
            found += _further_numbers(text, found[-1]) or _further_staff(text, found[-1])
            found = _each_of_places(text, found)
            found += _further_groups(text, found[-1]) or (further_people(text, found) if duties else [])
            out.extend(found)
            at = found[-1].last
        else:
            at += 1
    return _with_shared_level(text, list(_one_person(text, out)))


def _one_person(text: Sequence[Syllable], found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, the seat of one person and the post behind it as one: "đồng chí Ủy viên …, Giám đốc Sở Y tế"."""
    seat: Mention | None = None
    for one, following in zip_longest(found, found[1:]):
        whole = replace(one, start=seat.start, first=seat.first) if seat else one
        alone = seat is not None or _is_of_one_person(text, one.first)
        joined = following is not None and one.last + 1 == following.first and text[one.last].low == ","
        if alone and joined and "ủy viên" in fold(one.name) and match(lexicon.positions(), text, one.last + 1)[1]:
            seat = whole
            continue
        seat = None
        yield whole


def _is_of_one_person(text: Sequence[Syllable], at: int) -> bool:
    """Whether the title of one person stands before a syllable: "đồng chí", not "các đồng chí"."""
    begin = at - 2 if [one.low for one in text[max(at - 2, 0) : at]] == ["đồng", "chí"] else at - 1
    titled = begin == at - 2 or at > 0 and text[at - 1].low in ("ông", "bà")
    return titled and not (begin > 0 and text[begin - 1].low == "các")


def _with_shared_level(text: Sequence[Syllable], found: list[Mention]) -> list[Mention]:
    """The mentions, those of a list with the level at its end: "Thường trực HĐND, UBND, Ủy ban MTTQ xã"."""
    level = ""
    out: list[Mention] = []
    for one in reversed(found):
        joined = bool(out) and one.last + 1 == out[-1].first and text[one.last].low in (",", "và")
        if joined and level and is_of_a_place(text, one.first, one.last) and not lexicon.is_of("central", one.name):
            one = replace(one, name=f"{one.name} {level}", grade=Grade.PROPER)
        else:
            level = own_level(text, one.first, one.last)
        out.append(one)
    return out[::-1]


def _of_many(text: Sequence[Syllable], one: Mention) -> Mention:
    """The mention, of a post that several have where a title says so: "các đồng chí Phó Chủ tịch" are "các Phó …"."""
    before = text[max(one.first - 4, 0) : one.first]
    words = "".join(each.low for each in before)
    title = next((each for each in ("cácđồngchí", "cácđ/c") if words.endswith(each)), None)
    many = match(_shared_posts(), text, one.first)[1] is not None
    if title is None or not many:
        return one
    plural = next(each for each in reversed(before) if each.low == "các")
    return replace(one, name=f"{plural.word} {one.name}")


@cache
def _shared_posts() -> lexicon.Trie:
    """Posts that several have in one body, by their first word or two: "Phó Chủ tịch", "chuyên viên"."""
    return lexicon.trie(
        (one, True) for one in ("phó", "ủy viên", *(one for one in names().staff if one != "thành viên"))
    )


def _of_the_centre(text: Sequence[Syllable], one: Mention, free: int) -> Mention:
    """The mention, found behind index `free`, with "Trung ương" before it: an association's leading body is its own."""
    first = one.first - 2
    if first < free or text[one.first].low not in ("hội", "đoàn"):
        return one
    if not text[first].capital or [word.low for word in text[first : one.first]] != ["trung", "ương"]:
        return one
    return replace(one, start=text[first].start, first=first, name=f"{name(text, first, one.first)} {one.name}")


def _with_owner(text: Sequence[Syllable], one: Mention) -> Mention:
    """The mention with the agency above it that stands in brackets behind: "Vụ Pháp chế (Bộ Tư pháp) chủ trì".

    Not of one that something is told on: "đăng trên Cổng thông tin điện tử tỉnh (Văn phòng UBND tỉnh)" says by whom.

    Of a unit of the police, and of a numbered one, it may stand behind a comma: "Phòng Cảnh sát giao thông, Công an
    tỉnh" is one, and "Đội 2, Chi cục Thuỷ lợi" another.
    """
    if one.last >= len(text) or text[one.last].low not in "(,":
        return one
    owner = agency(text, one.last + 1)
    if text[one.last].low == ",":
        if owner and is_numbered_unit(one.name) and not is_numbered_unit(owner[0].name):
            owner = [_with_owner(text, owner[0])]
            return replace(one, end=owner[0].end, last=owner[0].last, name=f"{one.name}, {owner[0].name}")
        if not owner or not is_police_unit(one.name) or owner[0].grade is Grade.BARE:
            return one
        if not fold(owner[0].name).startswith(("công an", "bộ công an")):
            return one
        return replace(one, end=owner[0].end, last=owner[0].last, name=f"{one.name}, {owner[0].name}")
    if not owner or owner[-1].last >= len(text) or text[owner[-1].last].low != ")":
        return one
    if one.first and text[one.first - 1].low == "trên":
        return one
    behind = owner[-1].last + 1
    last = place(text, behind) if [word.low for word in text[behind : behind + 1]] == ["các"] else behind
    said = f"{one.name} {name(text, behind, last)}" if last > behind else one.name  # "(nay là Phòng Kinh tế) các xã"
    return replace(one, end=text[last - 1].end, last=last, name=said)


def _mention(text: Sequence[Syllable], at: int, behind_another: bool) -> list[Mention]:
    if at and text[at - 1].start == text[at].start:
        return []  # inside an abbreviation
    if at and (not text[at].capital or text[at - 1].capital) and other_word(text, at - 1) > at:
        return []  # "các văn bản liên quan"
    shouted = at and text[at].word.isupper() and text[at - 1].word.isupper()
    if shouted and endings().are_one(text[at - 1].low, text[at].low):
        return []  # "NHIỆM VỤ TÌM KIẾM"
    noun = match(lexicon.determiners(), text, at)[0]  # "các Tỉnh ủy viên"
    behind = match(lexicon.positions(), text, noun)[0]
    if noun > at and behind <= max(noun, match(lexicon.classes(), text, noun)[0]):
        behind = at
    verb = behind_another and not text[at].capital  # "Đảng ủy xã lãnh đạo Ủy ban nhân dân xã"
    if behind > at and not verb and other_word(text, at) <= behind:  # "Lãnh đạo, chỉ đạo các phòng"
        found = _held_office(text, at, behind)
        if found:
            return found
    one = agency(text, at)
    alone = match(lexicon.standalone(), text, at)[0]
    if one and alone <= match(lexicon.heads(), text, at)[0]:
        return one
    many = group(text, at) if text[at].low in lexicon.group_beginnings() else []
    if one and many and one[0].last > many[0].last:
        return one  # "Công đoàn ngành Giáo dục", but "Công đoàn ngành Trung ương và tương đương"
    return many or one or branch(text, at)


def _further_numbers(text: Sequence[Syllable], one: Mention) -> list[Mention]:
    """The units that have but their number behind one: "Quân khu 3, 4, 5"; numbers of a row rise, and count nothing."""
    at, number = one.last, text[one.last - 1].low
    out: list[Mention] = []
    while at + 1 < len(text) and text[at].low in (",", "và") and number.isdigit() and text[at + 1].low.isdigit():
        if not int(number) < int(text[at + 1].low) < LARGEST_UNIT:
            return []
        number = text[at + 1].low
        full = one.name[: len(one.name) - len(text[one.last - 1].word)] + number
        out.append(replace(one, start=text[at + 1].start, end=text[at + 1].end, name=full, first=at + 1, last=at + 2))
        at += 2
    counts = at < len(text) and text[at].low.isalpha() and not text[at].capital and not stands_behind(text, at)
    return [] if counts else out


_ELSEWHERE = frozenset({"thuộc", "cấp", "các", "toàn", "ngành", "hai", "liên"})


def _issuer(text: Sequence[Syllable], at: int, issuer: str) -> list[Mention]:
    """The issuer itself, named by its kind alone: "trình Bộ ban hành"; not "cán bộ", "Bộ luật"."""
    one = text[at]
    if not one.capital or one.low not in ("bộ", "sở") or not fold(issuer).startswith(f"{one.low} "):
        return []
    if at and (text[at - 1].low in _ELSEWHERE or text[at - 1].start == one.start):
        return []
    if [follow.low for follow in text[at + 1 : at + 3]] in ([",", "ngành"], [",", "ban"], [",", "cơ"]):
        return []  # "Bộ, ngành": those of others
    if at + 1 < len(text) and text[at + 1].low[0].isalnum() and not stands_behind(text, at + 1):
        return []
    return [made(text, at, at + 1, issuer, Grade.PROPER)]


def _held_office(text: Sequence[Syllable], at: int, behind: int) -> list[Mention]:
    """An office-holder with the agency: "Giám đốc Sở Y tế", "Thủ trưởng các đơn vị"; alone only with a capital."""
    if behind < len(text):
        unit = behind - (2 if text[behind - 1].low == "phòng" and text[behind - 2].low == "văn" else 1)
        found = agency(text, unit)  # "Trưởng Ban Tổ chức", "Chánh Văn phòng HĐND và UBND xã"
        if found and found[0].last > behind:
            return [replace(found[0], start=text[at].start, name=name(text, at, found[0].last), first=at), *found[1:]]
        if (last := match(lexicon.heads(), text, unit)[0]) > behind:  # "Phó Trưởng ban xây dựng Đảng"
            return [made(text, at, last, name(text, at, last), Grade.BARE)]
        verb = [one.word for one in text[behind : behind + 2]] == ["tổ", "chức"]  # "Trưởng thôn tổ chức Hội nghị"
        found = agency(text, behind) or ([] if verb else group(text, behind, after_office=True))
        if found:
            first = found[0]
            full = f"{name(text, at, behind)} {first.name}"
            grade = first.grade if first.grade is not Grade.BARE else Grade.PROPER
            rest = found[1:]
            shared = rest and match(lexicon.heads(), text, rest[0].first)[1] is None  # "Chủ tịch UBND các xã: A, B"
            if shared or match(lexicon.determiners(), text, behind)[0] > behind:  # "Cục trưởng các Cục: A, B"
                rest = [replace(one, name=f"{name(text, at, behind)} {one.name}") for one in rest]
            return [Mention(text[at].start, first.end, full, grade, False, at, first.last), *rest]
        if (last := _many_of_post(text, at, behind)) > behind:
            return [made(text, at, last, name(text, at, last), Grade.PROPER)]
        kind = text[behind].low
        if (kind == "đơn" or kind in lexicon.bodies_behind("post")) and (
            text[behind].capital or kind in ("tỉnh", "đơn")
        ):
            last = behind + (2 if kind == "đơn" else 1)
            if last <= len(text):
                return [made(text, at, last, name(text, at, last), Grade.PROPER if text[at].capital else Grade.BARE)]
    behind = _unit_of_post(text, behind)
    if match(_employed(), text, at)[0] == behind < len(text) and text[behind].low in names().of_staff:
        return []  # "Giáo viên chủ nhiệm giỏi cấp trường": an award
    if _is_staff(text, at, behind):
        return [made(text, at, behind, name(text, at, behind), Grade.STRONG)]
    if behind - at >= 2 and any(one.capital for one in text[at:behind]) and text[at].low not in ("người", "lực"):
        return [made(text, at, behind, name(text, at, behind), Grade.BARE)]
    return []


def _many_of_post(text: Sequence[Syllable], at: int, behind: int) -> int:
    """The end of those of whom there are many, each with the post: "Trưởng các điểm thi"; `behind` without such."""
    heads = text[at].capital and text[behind - 1].low == "trưởng"
    noun = end = match(lexicon.determiners(), text, behind)[0] if heads else behind
    while noun > behind and end < len(text) and text[end].low.isalpha() and not stands_behind(text, end):
        end += 1
    return end if end > noun else behind


@cache
def _led() -> frozenset[str]:
    """Last syllables of what somebody leads that has its name behind it in small letters: of villages, "khoa", "tổ"."""
    villages = (word for one in kinds().kind if one.code == "village" for word in one.words)
    return frozenset((*(fold(word).split()[-1] for word in villages), "khoa", "tổ", "nhóm"))


def _unit_of_post(text: Sequence[Syllable], behind: int) -> int:
    """The index behind the unit that a post leads, in small letters: "Trưởng khoa Dược", "Tổ trưởng tổ Toán - Tin"."""
    unit = behind if behind < len(text) and text[behind].low in _led() else behind - 1
    if text[unit].low not in _led() or unit + 1 >= len(text):
        return behind
    first = unit - 1 if text[unit].low == "phố" else unit
    if text[unit + 1].low.isdigit():
        return unit + 2 if numbered(text, unit + 1) else behind
    person = text[unit + 1].low in person_words().surnames and all(one.capital for one in text[unit + 1 : unit + 4])
    return max(behind, proper(text, unit + 1, first)) if text[unit + 1].capital and not person else behind


def _is_staff(text: Sequence[Syllable], at: int, behind: int) -> bool:
    """Whether people of a school are named by their work; in small letters only where they are partners, or told."""
    before = text[at - 1].low if at else ""
    return match(_employed(), text, at)[0] == behind and (text[at].capital or before in names().before_staff)


def _each_of_places(text: Sequence[Syllable], found: list[Mention]) -> list[Mention]:
    """The mentions, one for each place of a list behind a colon: "các xã: Hàm Thuận, Tân Lập và phường Bình An"."""
    one = found[-1]
    noun = match(lexicon.determiners(), text, one.first)[0]
    if len(found) > 1 or noun == one.first or one.last >= len(text) or text[one.last].low != ":":
        return found
    several = level_end(text, noun) != one.last  # "các xã, phường: …": then each must say which it is
    if level_list(text, noun) != one.last or several and level_end(text, one.last + 1) == one.last + 1:
        return found
    out: list[Mention] = []
    level, index = name(text, noun, level_end(text, noun)), one.last + 1
    while index < len(text):
        if (first := level_end(text, index)) > index:
            level = name(text, index, first)
        end = capitals(text, first)
        if end == first:
            break
        begin = index if out else one.first
        out.append(made(text, begin, end, f"{level} {name(text, first, end)}", Grade.PROPER))
        if end >= len(text) or text[end].low not in (",", ";", "và"):
            break
        index = end + 1
    return out if len(out) > 1 else found


def _further_groups(text: Sequence[Syllable], one: Mention) -> list[Mention]:
    """The groups with which a list goes on that begins with "các": "Các sở, ban, ngành tỉnh, đoàn thể tỉnh"."""
    out: list[Mention] = []
    if match(lexicon.determiners(), text, one.first)[0] > one.first:
        while further := _next_group(text, out[-1] if out else one):
            out.append(further)
    return out


def _next_group(text: Sequence[Syllable], one: Mention) -> Mention | None:
    """The group with which a list goes on right behind another."""
    at = one.last + 1
    many = one.grade in (Grade.STRONG, Grade.WEAK)
    if not many or at >= len(text) or text[one.last].low not in (",", "và") or text[at].capital:
        return None
    noun = match(lexicon.classes(), text, at)[0]
    found = group(text, at, after_office=True) if noun > at and other_word(text, at) <= noun else []
    if len(found) != 1 or found[0].first != at or found[0].last <= at + 1 or text[at].low == "cấp":
        return None
    last = found[0].last
    if last < len(text) and [each.low for each in text[last - 2 : last]] == ["tổ", "chức"] and text[last].low.isalpha():
        return None  # "các thôn, tổ dân phố, tổ chức phổ biến"
    ends = last == len(text) or text[last].low in (",", ";", ".", ":", "và", ")") or stands_behind(text, last)
    return found[0] if ends else None


def _further_staff(text: Sequence[Syllable], one: Mention) -> list[Mention]:
    """The people of a school that a list goes on with: "giáo viên chủ nhiệm, nhân viên y tế", "(NVYT, bảo vệ)"."""
    staff = match(_employed(), text, one.first)[0] > one.first
    out: list[Mention] = []
    while True:
        last = out[-1].last if out else one.last
        if last + 1 >= len(text) or text[last].low not in (",", "và"):
            break
        at = last + 1
        end = match(_employed(), text, at)[0]
        staff = staff or end > at
        if end == at and staff:
            end = match(_workers(), text, at)[0]
            if end < len(text) and text[end].low not in (",", ")", ";", "."):
                break
        if end == at:
            break
        out.append(made(text, at, end, name(text, at, end), Grade.STRONG))
    return out


@cache
def _employed() -> lexicon.Trie:
    """Posts of those who work for a school or an agency and lead nobody: "giáo viên chủ nhiệm"."""
    words = (*names().staff, "tổng phụ trách")
    return lexicon.trie((post, True) for post in posts() if fold(post).startswith(words))


@cache
def _workers() -> lexicon.Trie:
    """Those who work there too, by a word that means other things where no such list stands before: "bảo vệ"."""
    return lexicon.trie((one, True) for one in names().workers)
