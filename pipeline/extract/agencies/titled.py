"""Recognising titles that are somebody: a group and nothing else, or a post with a field of work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.endings import endings, stands_behind
from pipeline.extract.agencies.mention import Grade, Mention, made, name
from pipeline.extract.agencies.single import agency
from pipeline.extract.tokens import Syllable
from pipeline.knowledge.passages import words_that

LONGEST_TITLE = 16  # syllables
LONGEST_POST = 24  # syllables of a title that is somebody with a field of work


def titled_group(text: Sequence[Syllable]) -> Mention | None:
    """Recognise a title that is one group and nothing else, however long: "Các cơ sở đào tạo về an toàn thông tin:".

    Only where a title tells who does what: in running text such a name could not be told from what follows it.
    """
    end = len(text)
    while end and not text[end - 1].low[0].isalnum():
        end -= 1
    noun = match(lexicon.determiners(), text, 0)[0]
    behind, kind = match(lexicon.classes(), text, noun)
    end = next((at for at in range(behind, end) if match(lexicon.leads(), text, at)[0] == end), end)
    if noun == 0 or kind is None or end > LONGEST_TITLE or any(one.low in ":;." for one in text[:end]):
        return None
    if any(
        text[at].low not in words_that("inside_name")
        and stands_behind(text, at)
        and not endings().are_linked(text[at - 1].low, text[at].low)
        for at in range(behind, end)
    ):
        return None  # a verb: the title says what they do
    return made(text, 0, end, name(text, 0, end), Grade.STRONG if kind == "strong" else Grade.WEAK)


def titled_post(text: Sequence[Syllable]) -> Mention | None:
    """Recognise a title that begins with somebody and a field of work: "Chuyên viên phụ trách văn hóa".

    The field ends before what he does with others ("… chỉ đạo Trạm Y tế"), and before another body.
    """
    noun = match(lexicon.determiners(), text, 0)[0]
    behind = match(lexicon.staff(), text, noun)[0]
    field = match(lexicon.in_charge(), text, behind)[0]
    if behind == noun or field == behind:
        return None
    end = next((at for at in range(field, len(text)) if _ends_field(text, at, field)), len(text))
    if end < len(text) and text[end].low == "được":
        return None  # the title says what is done for them
    while end and (text[end - 1].low == "và" or not text[end - 1].low[0].isalnum()):
        end -= 1
    if end > LONGEST_POST or any(one.low in ":;." for one in text[:end]):
        return None
    return made(text, 0, end, name(text, 0, end), Grade.STRONG)


@cache
def _role_words() -> lexicon.Trie:
    """What somebody with a field of work does with others: "chỉ đạo"."""
    return lexicon.trie((one, True) for one in words_that("gives_role"))


def _ends_field(text: Sequence[Syllable], at: int, field: int) -> bool:
    """Whether a field of work that begins at `field` ends before a syllable."""
    if text[at].low == "được":
        return True
    behind = match(_role_words(), text, at)[0]
    if behind > at:  # "công tác tham mưu", "phụ trách hướng dẫn": that is the field
        first = at == field or text[at - 1].low in ("tác", "vực", "việc", ",")
        return not first or behind < len(text) and text[behind].low == "với"
    if at == field or text[at - 1].low not in (",", "và"):
        return False
    if text[at].capital and match(lexicon.positions(), text, at)[0] > at:
        return True
    found = agency(text, at)
    return any(one.grade in (Grade.PROPER, Grade.STRONG) for one in found)
