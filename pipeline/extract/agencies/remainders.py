"""What a name goes on with although no name in the texts does: what follows it could not stand behind a name.

Two things tell. Behind a whole name stands a verb or a sign, so that a noun there belongs to the name ("Phòng Quản lý
tài sản công"), unless it is what the body is told or handed. And nobody who does one thing leads without a comma
between the two: what stands before "chủ trì" is a name to its end ("Phòng Thẩm định đầu tư chủ trì").
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match, other_word
from pipeline.extract.agencies.endings import JOINS, endings, stands_behind
from pipeline.extract.agencies.places import is_behind_province, is_level, level_words, place
from pipeline.extract.tokens import Syllable
from pipeline.knowledge.agencies import by_hand, names

LONGEST = 9  # syllables and signs


def with_remainder(text: Sequence[Syllable], at: int, kind: bool) -> int:
    """The index behind the rest of a name that seems to have ended before a syllable; `at` where it has.

    Args:
        text: syllables of a passage.
        at: the index behind what is known of the name.
        kind: that is only its kind.
    """
    if at >= len(text) or not text[at].low.isalpha() and text[at].low != "," or text[at - 1].low.isdigit():
        return at
    lead = _lead(text, at)
    if lead > at or kind or text[at].low == "," or text[at].capital:
        return lead
    return _things(text, at)


def _lead(text: Sequence[Syllable], at: int) -> int:
    """The index of the words of a lead right behind a stretch that no clause can be; `at` where there are none."""
    if text[at].low in by_hand().orders or _two(text, at) in by_hand().orders:
        return at  # "Sở Y tế chủ động chủ trì"
    if text[at].low == "," and (text[at + 1 : at + 2] and text[at + 1].low in names().actors or not _joined(text, at)):
        return at  # "Ban Quản lý, chủ dự án có trách nhiệm"
    index = at
    while index < len(text) and index - at <= LONGEST:
        seat = place(text, index) if is_level(text, index) else index  # "đường bộ ven biển tỉnh Hưng Yên chủ trì"
        if match(lexicon.leads(), text, seat)[1]:
            return index if text[index - 1].low.isalpha() and text[index - 1].low != "và" else at
        if not _inside(text, index) or match(lexicon.handed(), text, index)[1]:
            return at
        index += 1
    return at


def _things(text: Sequence[Syllable], at: int) -> int:
    """The index behind a noun that cannot stand behind a name, with what goes on with it."""
    one = text[at].low
    behind = text[at + 1].low if at + 1 < len(text) else ""
    if (
        one in names().times
        or one in JOINS
        or any(match(tree, text, at)[1] for tree in (lexicon.handed(), level_words()))
    ):
        return at
    if is_behind_province(text, at) or not endings().is_thing(one, behind):
        return at  # "Hiệp hội Du lịch Hà Giang thông tin lịch họp"
    index = at + 1
    while index < len(text) and index - at <= LONGEST and text[index].low.isalpha() and _inside(text, index):
        if stands_behind(text, index) and not endings().are_one(text[index - 1].low, text[index].low):
            break
        index += 1
    return index


def _inside(text: Sequence[Syllable], at: int) -> bool:
    """Whether a syllable or sign can stand within a name that nobody knows."""
    one = text[at]
    if not one.low.isalpha():
        return one.low in ",-–"
    if one.low in names().clauses or is_level(text, at):
        return False
    if other_word(text, at - 1) > at or endings().are_one(text[at - 1].low, one.low):
        return True  # "cán bộ", "đường bộ"
    other = max(at, other_word(text, at))
    trees = (lexicon.positions(), lexicon.classes(), *((lexicon.heads(),) if one.capital else ()))
    return not any(match(tree, text, at)[0] > other for tree in trees)


def _joined(text: Sequence[Syllable], at: int) -> bool:
    """Whether "và" stands behind a comma, so that both can join the parts of one name: "kiểm tra, giám sát và"."""
    return any(one.low == "và" for one in text[at : at + LONGEST])


def _two(text: Sequence[Syllable], at: int) -> str:
    return " ".join(one.low for one in text[at : at + 2])
