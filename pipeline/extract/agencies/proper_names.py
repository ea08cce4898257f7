"""Proper names: where a run of capitalised words, with the small words inside it, ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.endings import JOINS, NUMBER, PLACE, endings, stands_behind
from pipeline.extract.agencies.places import capitals, is_behind_province, is_level
from pipeline.extract.agencies.remainders import with_remainder
from pipeline.extract.tokens import Syllable
from pipeline.knowledge.agencies import names


def proper(text: Sequence[Syllable], at: int, head: int) -> int:
    """The index behind a proper name: capitalised words, and small words as far as names go on with them.

    Args:
        text: syllables of a passage.
        at: the index of its first syllable.
        head: the index of the kind before it.
    """
    if " ".join(one.low for one in text[head:at]) in names().called:
        return _called(text, at, head)
    index = at
    if at < len(text) and _opens(text, at, head):
        while index < len(text) and (last := _further(text, index, at, head)) > index:
            index = last
        if at and text[at - 1].low == "quán" and [one.low for one in text[index : index + 1]] == ["tại"]:
            end = capitals(text, index + 1)
            index = end if end > index + 1 else index  # "Đại sứ quán Ấn Độ tại Việt Nam"
    elif at >= len(text) or endings().are_one(text[head].low, text[at].low):
        return at
    return with_remainder(text, index, index == at) if text[head].capital else index


def _called(text: Sequence[Syllable], at: int, head: int) -> int:
    """The index behind a name all in capitals, or a number that counts nothing; `at` without: "Nhóm trẻ 25 - 36 tháng".

    One syllable behind two says of what sort, and is no name: "Khu phố Pháp cần được bảo tồn".
    """
    first = at + 1 if [one.low for one in text[at : at + 1]] == ["số"] else at
    if first < len(text) and text[first].low[0].isdigit():
        span = first + 2 < len(text) and text[first + 1].low in JOINS and text[first + 2].low.isdigit()
        behind = first + 3 if span else first + 1
        return at if behind < len(text) and text[behind].low in ("%", "tháng", "tuổi") else _lettered(text, first + 1)
    end = at
    while end < len(text) and text[end].capital and text[end].low.isalpha():
        end += 1
    if end - at == 1 and at - head == _SORTED and not ROMAN.fullmatch(text[at].word):
        return at
    return end + 1 if end > at and numbered(text, end) and ends_behind(text, end + 1, True) else end


def _lettered(text: Sequence[Syllable], at: int) -> int:
    """The index behind the letter of a number: "Thôn 4A"."""
    return at + 1 if at < len(text) and text[at].capital and text[at].start == text[at - 1].end else at


_SORTED = 2  # syllables of a kind


def topic(text: Sequence[Syllable], at: int) -> int:
    """The index behind what a board is for: "Ban Chỉ đạo Trung ương về phòng, chống thiên tai"; `at` where it is told.

    Args:
        text: syllables of a passage.
        at: the index behind the name.
    """
    if at + 1 >= len(text) or text[at].low != "về" or text[at + 1].low in names().no_topics:
        return at
    index = at + 1
    while index < len(text):
        if text[index].low in JOINS and index + 1 < len(text) and pair(text, index):
            index += 2
        elif (
            not text[index].low.isalpha()
            or text[index].low in JOINS
            or index > at + 2
            and match(lexicon.determiners(), text, index)[1] is not None
            or is_level(text, index)
            or index > at + 2
            and stands_behind(text, index)
            and not goes_on(text, index, at)
        ):
            break
        else:
            index += 1
    return index


def _opens(text: Sequence[Syllable], at: int, head: int) -> bool:
    """Whether a proper name begins at a syllable: with a capital or a number, or as names of the kind do in texts."""
    if text[at].low.isdigit() and [one.low for one in text[at + 1 : at + 2]] == ["%"]:
        return False  # "Thanh tra 100% các cơ sở"
    if text[at].low == "số" and [one.low.isdigit() for one in text[at + 1 : at + 2]] == [True]:
        return text[head].capital  # "Trại tạm giam số 1"
    if text[at].low.isdigit() or text[at - 1].low in _FORMS and _trade(text, at) > at:
        return True
    if text[at].capital:  # "TỔ CHỨC THỰC HIỆN" is no "Tổ"
        return not _shouted(text, at, head) or at - head > 1 or not endings().are_one(text[head].low, text[at].low)
    capital = text[head].capital or head and text[head - 1].low == "các"
    if not (capital and text[at].low.isalpha()) or stands_behind(text, at):
        return False
    behind = text[at + 1].low if at + 1 < len(text) else None
    return endings().opens([_word(one) for one in text[head:at]], text[at].low, behind) and goes_on(text, at, head)


def _further(text: Sequence[Syllable], index: int, at: int, head: int) -> int:
    """The index behind what a name goes on with; `index` where it has ended."""
    one = text[index]
    if one.low == "do" and not one.capital and not endings().are_one(text[index - 1].low, "do"):
        return index  # "Tổ Công tác do Sở Nội vụ làm Tổ trưởng"
    if one.capital and one.low[0].isalpha() and not (_shouted(text, index, head) and stands_behind(text, index, True)):
        if index > at and _starts_other(text, index):
            return index
        return max(index + 1, match(lexicon.heads(), text, index)[0])
    if one.low in JOINS:
        return _joined(text, index, at)
    if one.low.isdigit():
        arms = not text[head + 1].capital and text[head + 1].low in (
            "đoàn",
            "đội",
        )  # "Tiểu đoàn Thiết giáp 74 diễn tập"
        return index + 1 if index == at or arms or numbered(text, index) else index
    if one.low == "số" and index + 1 < len(text) and text[index + 1].low.isdigit():
        return index + 2 if ends_behind(text, index + 2) else index  # "Ban Quản lý dự án số 2"
    if text[index - 1].low in _FORMS and (named := _trade(text, index)) > index:
        return named
    if _counts(text, index):
        return index
    if one.low.isalpha() and not is_level(text, index) and (index == at or goes_on(text, index, head)):
        return index + 1
    if (index == at + 1 or text[index - 2].low in JOINS) and text[index - 1].capital and _second(text, index, head):
        return index + 1
    return _before_dash(text, index)


def _counts(text: Sequence[Syllable], at: int) -> bool:
    """Whether a small word, or two, are what is done to a number of things: "Đoàn Đội treo 04 băng rôn"."""
    end = at
    while end < min(at + 2, len(text)) and text[end].low.isalpha() and not text[end].capital:
        end += 1
    if end - at == 2 and not endings().are_linked(text[at].low, text[at + 1].low) or end == at or end + 1 >= len(text):
        return False
    number, noun = text[end].low, text[end + 1].low
    if not (number.isdigit() and noun.isalpha()) or endings().is_numbered(text[end - 1].low):
        return False
    return number.startswith("0") or len(number) >= A_COUNT or not ends_behind(text, end + 1, True)


A_COUNT = 3  # digits of a number that names no unit of several
ROMAN = re.compile("[IVX]{1,4}")
_FORMS = frozenset({"phần", "tnhh", "cp", "mtv"})  # the ends of legal forms: no company is called by that alone


def _trade(text: Sequence[Syllable], at: int) -> int:
    """The index of the name behind the trade of a company, `at` without one: "Công ty Cổ phần chè Văn Hưng"."""
    behind = at
    while behind < min(at + 5, len(text)) and text[behind].low.isalpha() and not text[behind].capital:
        behind += 1
    named = behind < len(text) and text[behind].capital and not _begins(text, behind)
    return behind if named and not any(one.low in ("do", "của", "tại") for one in text[at:behind]) else at


def _before_dash(text: Sequence[Syllable], index: int) -> int:
    """The index of a dash behind one word more, behind which a name goes on: "Hồi sức tích cực - Chống độc"."""
    dash = index + 2
    if dash + 1 >= len(text) or text[dash].low != "-" or not text[dash + 1].capital or _begins(text, dash + 1):
        return index
    inside = all(one.low.isalpha() and not endings().is_small(one.low) for one in text[index:dash])
    return dash if inside and endings().are_one(text[index].low, text[index + 1].low) else index


def _second(text: Sequence[Syllable], at: int, head: int) -> bool:
    """Whether a syllable ends the first word of a name, which most often has two: "Hội Làm vườn", not "Khoa Dược"."""
    if (
        not text[at].low.isalpha()
        or is_level(text, at)
        or stands_behind(text, at)
        or ROMAN.fullmatch(text[at - 1].word)
    ):
        return False
    return not endings().is_whole([_word(one) for one in text[head:at]])


def _shouted(text: Sequence[Syllable], index: int, head: int) -> bool:
    """Whether a word and the kind before it are all in capitals, so that they say nothing."""
    return all(len(one.word) > 1 and one.word.isupper() for one in (text[head], text[index]))


def numbered(text: Sequence[Syllable], at: int) -> bool:
    """Tell whether a number is a name's: "Quân khu 7", "Thuế cơ sở 5", not "Phòng Kinh tế 02 lần".

    Args:
        text: syllables of a passage.
        at: the index of what may be the number; the name stands before it.
    """
    if at >= len(text) or not text[at].low.isdigit():
        return False
    if text[at].start == text[at - 1].end:
        return True  # "Phòng PC06"
    year = len(text[at].low) == 4 and text[at].low[:2] in ("19", "20")
    if year or at + 1 < len(text) and text[at + 1].low in ("%", "/"):
        return False
    if not text[at].low.startswith("0"):  # "Trường THPT Bình Minh 2", "Tiểu đoàn Thiết giáp 74 diễn tập"
        return text[at - 1].capital or ends_behind(text, at + 1, True)
    return endings().is_numbered(text[at - 1].low)


def tells_apart(text: Sequence[Syllable], at: int) -> bool:
    """Tell whether a number stands behind a place to tell offices there apart: "MobiFone Gia Lai 2 lắp trạm"."""
    return text[at - 1].capital and at < len(text) and text[at].low in "123456789" and ends_behind(text, at + 1, True)


def ends_behind(text: Sequence[Syllable], at: int, number: bool = False) -> bool:
    """Tell whether a name can end before a syllable: a sign, a capital, a place, or a word that stands behind names.

    Behind a `number` what is counted stands as well, and a verb is any word that is no noun.
    """
    if at == len(text):
        return True
    one = text[at]
    if not one.low[0].isalnum() or one.capital:
        return one.low not in ("/", "%")
    if not number:
        return is_level(text, at) or stands_behind(text, at)
    behind = text[at + 1].low if at + 1 < len(text) else None
    return one.low.isalpha() and not is_level(text, at) and not endings().is_noun(one.low, behind)


def goes_on(text: Sequence[Syllable], at: int, head: int) -> bool:
    """Tell whether a name goes on with a syllable.

    Args:
        text: syllables of a passage.
        at: the index of the syllable; the name stands before it.
        head: the index of the first syllable of the name.
    """
    if text[at - 1].low.isdigit() or at - 1 > head and ROMAN.fullmatch(text[at - 1].word):
        return False  # "Khu Quản lý đường bộ II sửa cầu"
    linked = endings().are_linked if text[at - 1].capital else endings().are_one
    one_word = at - 1 > head and linked(text[at - 1].low, text[at].low)
    behind = text[at + 1].low if at + 1 < len(text) and text[at + 1].low not in JOINS else ""
    if is_behind_province(text, at) and endings().has_followed(text[at].low, behind):
        return False  # "Trung tâm Xúc tiến thương mại Hà Giang thông tin"
    if behind and at + 2 < len(text) and match(lexicon.handed(), text, at + 2)[1] and stands_behind(text, at):
        seen = endings().knows(_word(text[at - 1]), text[at].low)  # in "Hội đồng thẩm định", not "Kế hoạch thẩm định"
        return seen and endings().has_within(text[at].low, behind, text[at + 2].low)  # "xây dựng phương án"
    if one_word and not endings().has_followed(text[at].low, behind):
        return True  # "Cà phê", "Sản xuất"
    before, last = _word(text[at - 2]) if at - 2 >= head else "^", _word(text[at - 1])
    if at - 2 > head and not endings().knows(before, last):
        if stands_behind(text, at) and not endings().knows(last, text[at].low):
            return False  # "Chi nhánh Miền Trung dự trữ"
        if text[at - 1].capital and text[at - 2].capital:
            before, last = "^" if text[at - 2].low in _FORMS else PLACE, PLACE  # "CP Luyện kim" is no place
    small = bool(behind) and behind.isalpha() and not text[at + 1].capital and not is_level(text, at + 1)
    return endings().goes_on(before, last, text[at].low, behind if small else None)


def _word(one: Syllable) -> str:
    return NUMBER if one.low[0].isdigit() else one.low


def _joined(text: Sequence[Syllable], at: int, first: int) -> int:
    """The index behind a sign or "và" and the word that it joins to a name; `at` where it joins none."""
    if not first < at < len(text) - 1:
        return at
    if text[at].low == "/" and _begins(text, at + 1):
        return at
    if text[at].low == "-" and text[at - 1].low.isdigit() and numbered(text, at + 1):
        return at + 2  # "Tổ 4 - 5"
    if text[at].low in "-–" and text[at + 1].low in names().times and text[at + 1].capital:
        return at  # "… - Phòng Y tế - Quý II/2026"
    behind, post = match(lexicon.positions(), text, at + 1)
    field = " ".join(one.low for one in text[at + 1 : behind]) in names().fields  # "Tổ Văn thư - Kế toán"
    office = not field and (text[at + 1].low == "phó" or post is not None)  # "… - Phó Trưởng ban"
    if text[at].low in "-–/&" and text[at + 1].capital and not office:
        return at + 2
    if pair(text, at) and not office:
        return at + 2
    hyphened = text[at].low == "," and endings().joins(text[at - 1].low, "-", text[at + 1].low)
    if hyphened and (field or not _begins(text, at + 1)):
        return at + 2  # "Phòng Kế hoạch, Tài chính", for "Kế hoạch - Tài chính"
    return _coordinated(text, at, first) if text[at].low in (",", "và") else at


def pair(text: Sequence[Syllable], sign: int) -> bool:
    """Tell whether a sign or "và" joins two halves of one name: "Khám, chữa bệnh"."""
    before, behind = text[sign - 1].low, text[sign + 1].low
    if match(lexicon.determiners(), text, sign + 1)[1] is not None:
        return False
    return (before, behind) in lexicon.comma_pairs() or endings().joins(before, text[sign].low, behind)


def _begins(text: Sequence[Syllable], at: int) -> bool:
    """Whether an agency or an office can begin at a syllable with a capital."""
    if not text[at].capital:
        return False
    return any(match(tree, text, at)[1] is not None for tree in (lexicon.heads(), lexicon.positions()))


def _starts_other(text: Sequence[Syllable], at: int) -> bool:
    """Whether another agency begins at `at` in the middle of a run of capitals."""
    behind, kind = match(lexicon.heads(), text, at)
    if kind == "complete":
        return behind - at >= 2
    return kind == "sectored" and behind < len(text) and match(lexicon.sectors(), text, behind)[1] is not None


def _coordinated(text: Sequence[Syllable], at: int, head: int) -> int:
    """The end of ", Y và Z" or "và Z" inside one name; `at` when what follows is another agency or no name."""
    first = at
    while at + 1 < len(text) and text[at + 1].capital and not _begins(text, at + 1):
        index = at + 1
        while index < len(text) and text[index].capital:
            index += 1
        while (
            index < len(text) and text[index].low.isalpha() and not text[index].capital and text[index].low != "và"
        ) and not (is_level(text, index) or not goes_on(text, index, head)):
            index += 1
        if text[at].low == "và":
            return index
        if index >= len(text) or text[index].low not in (",", "và"):
            break
        at = index
    return first
