"""Recognising somebody who is no body: people who do their duty, and titles that are a group or a post with its field.

"Học sinh chấp hành nội quy", "Cán bộ, giáo viên, nhân viên ký cam kết": people act only where they open a sentence, or
stand behind its time, and a verb of duty follows; not where they are taught, counted or described.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.endings import endings, stands_behind
from pipeline.extract.agencies.groups import group
from pipeline.extract.agencies.mention import Grade, Mention, made, name
from pipeline.extract.agencies.places import capitals, level_end, level_words
from pipeline.extract.agencies.proper_names import proper
from pipeline.extract.agencies.single import agency
from pipeline.extract.tokens import Syllable
from pipeline.knowledge.agencies import groups, names, posts
from pipeline.knowledge.passages import words_that
from pipeline.language.folding import fold

LONGEST_NARROWING = 8  # syllables that say which people: "Giáo viên phụ trách lớp bán trú"
LONGEST_LABEL = 6  # syllables up to the colon behind which they stand
LONGEST_TIME = 14  # syllables before the comma behind which they act
LONGEST_CLAUSE = 40  # syllables of what they do, in which it is looked whether they are counted
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
    if noun == 0 and behind < end and text[behind].low == "/":
        noun, kind = 1, match(lexicon.classes(), text, behind + 1)[1]  # "Trường/Viện đào tạo" needs no "các"
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
    if behind == noun or (field := match(lexicon.in_charge(), text, behind)[0]) == behind:
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


def people(text: Sequence[Syllable], at: int) -> list[Mention]:
    """Recognise the people at a syllable who do their duty there; nothing where they do not.

    Args:
        text: syllables of a passage.
        at: the index of the first.
    """
    if text[at].low not in _first_syllables():
        return []
    if _labelled(text, at):
        return _named(text, at)
    if not _opens(text, at):
        return []
    if at and text[at - 1].low == "," and [one.low for one in text[at : at + 2]] == ["nhà", "trường"]:
        return [made(text, at, at + 2, name(text, at, at + 2), Grade.PROPER)] if _does(text, at + 2) else []
    shouted = text[at].word.isupper() and len(text[at].word) > 1  # a title
    return [] if shouted else _localities(text, at) or _acting(text, at)


def _localities(text: Sequence[Syllable], at: int) -> list[Mention]:
    """The localities at a syllable, where a verb of duty follows their names: "Xã Tân Lập, phường Bình An mở lớp"."""
    out: list[Mention] = []
    while at < len(text):
        level = level_end(text, at)
        end = capitals(text, level) if level > at else at
        if end == level or level_end(text, level) > level:
            break
        out.append(made(text, at, end, name(text, at, end), Grade.PROPER))
        at = end + 1
        if at < len(text) and text[end].low not in (",", "và"):
            return out if _does(text, end) and not _counted(text, end) else []
    return []


def further_people(text: Sequence[Syllable], found: Sequence[Mention]) -> list[Mention]:
    """Recognise the people with whom a list at the head of a sentence ends: "Giáo viên chủ nhiệm và học sinh …"."""
    villages: list[Mention] = []
    last = found[-1]
    while _goes_on(text, last) and fold(last.name).split()[0] == text[last.last + 1].low:
        village = _village(text, last.last + 1)
        if village is None:
            break
        villages.append(village)
        last = village
    if not _goes_on(text, last):
        return villages
    at, first = last.last + 1, found[0].first
    if _labelled(text, first) or first and text[first - 1].low == "(":
        return villages + _named(text, at)
    return villages if not _opens(text, first) else villages + _acting(text, at)


def _goes_on(text: Sequence[Syllable], last: Mention) -> bool:
    """Whether a list goes on behind one of it, in small letters."""
    at = last.last + 1
    return at < len(text) and not text[at].word[0].isupper() and text[at - 1].low in (",", "và")


def _village(text: Sequence[Syllable], at: int) -> Mention | None:
    """The next of a list of villages, in small letters: "Thôn Đoài, thôn Đông"."""
    end = proper(text, at + 1, at) if text[at].low in names().called else at + 1
    return made(text, at, end, name(text, at, end), Grade.PROPER) if end > at + 1 else None


def _labelled(text: Sequence[Syllable], at: int) -> bool:
    """Whether a label right before a syllable says that those do it who stand there: "Người thực hiện: Giáo viên"."""
    before = range(max(0, at - LONGEST_LABEL), at - 1) if at and text[at - 1].low == ":" else ()
    return any(match(_labels(), text, index)[1] for index in before)


@cache
def _labels() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().labels)


def _named(text: Sequence[Syllable], at: int) -> list[Mention]:
    """The people at a syllable, where a list of names ends with them: "(giáo viên chủ nhiệm, học sinh)"."""
    listed = list(_list(text, at))
    if not listed:
        return []
    end = listed[-1]
    said = end < len(text) and (text[end].capital or text[end].low.isdigit() or match(_narrowing(), text, end)[0] > end)
    while said and end < len(text) and end - listed[-1] < LONGEST_NARROWING and text[end].low.isalnum():
        end += 1
    if end < len(text) and text[end].low not in (".", ";", ")"):
        return []
    return [replace(one, grade=Grade.STRONG) for one in _apart(text, at, [*listed[:-1], end])]


def _acting(text: Sequence[Syllable], at: int) -> list[Mention]:
    """The people at a syllable, where a verb of duty follows."""
    listed = list(_list(text, at))
    end = _which(text, listed[-1]) if listed else at
    if not listed or not _does(text, end) or _counted(text, end):
        return []
    alone = len(listed) == 1 and end == listed[0] and match(_posts_alone(), text, at)[0] != end
    if alone and (
        text[at].low == "thành" or text[end - 1].low == "lớp" and end == at + 1 or match(_jobs(), text, end)[1]
    ):
        return []  # "Thành viên tham gia tổ hợp", "Nhân viên hỗ trợ an toàn", "Lớp huy động 30 học viên"
    return list(_apart(text, at, [*listed[:-1], end]))


@cache
def _jobs() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().jobs)


def titled_people(text: Sequence[Syllable]) -> list[Mention]:
    """Recognise a title that is nothing but people: "Giáo viên và học sinh", "Toàn thể đảng viên trong chi bộ"."""
    at = next((nth for nth, one in enumerate(text) if one.low[0].isalpha()), 0)
    end = len(text)
    while end and not text[end - 1].low[0].isalnum():
        end -= 1
    listed = list(_list(text, at))
    if not listed or listed[-1] > end:
        return []
    rest = text[listed[-1] : end]
    narrowed = match(_narrowing(), text, listed[-1])[0] > listed[-1] and len(rest) <= LONGEST_NARROWING
    if rest and not (narrowed and all(one.low.isalnum() and one.low not in _NOT_WHICH for one in rest)):
        return []
    return list(_apart(text, at, [*listed[:-1], end]))


_NOT_WHICH = frozenset({"được", "đạt", "bị", "có", "là"})  # they say what becomes of them, or how they are


@cache
def _people() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in (*names().staff, *names().people, *_posts()))


@cache
def _posts() -> tuple[str, ...]:
    return tuple(post for post, one in posts().items() if one.in_text)


@cache
def _posts_alone() -> lexicon.Trie:
    """Posts that are not people of a kind besides."""
    people = {*names().staff, *names().people}
    return lexicon.trie((one, True) for one in _posts() if fold(one) not in people)


@cache
def _joining() -> lexicon.Trie:
    enterprises = (noun for noun, one in groups().items() if one.kind == "company")
    return lexicon.trie((one, True) for one in (*names().joining, *enterprises))


@cache
def _first_syllables() -> frozenset[str]:
    return frozenset((*_people(), *lexicon.determiners(), *level_words(), "nhà"))


@cache
def _deeds() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().deeds)


@cache
def _no_deeds() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().no_deeds)


@cache
def _narrowing() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().narrowing)


def _opens(text: Sequence[Syllable], at: int) -> bool:
    """Whether a sentence begins at a syllable, or goes on there behind its time: "Hằng tuần, giáo viên …"."""
    before = text[at - 1].low if at else "."
    if before in ".;-–+•*":
        return text[at].capital
    if before != ",":
        given = before == "giao" and (at == 1 or text[at - 2].low in ".;,-–+•*")
        return given or match(_asks(), text, at - 2)[0] == at
    start = at - 1
    while start and text[start - 1].low not in ".;:,-–+•*" and at - start <= LONGEST_TIME:
        start -= 1
    return match(_times(), text, start)[1] is not None


@cache
def _asks() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().asking)


@cache
def _times() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().time_first)


def _list(text: Sequence[Syllable], at: int) -> Iterator[int]:
    """The index behind each of a list of people: "toàn thể cán bộ, giáo viên, nhân viên và học sinh"."""
    index = at
    while index < len(text):
        noun = match(lexicon.determiners(), text, index)[0]
        if noun == len(text):
            return  # "5. Các": the rest of the title is lost
        behind = match(_people(), text, noun)[0]
        if index == at and text[noun].capital and match(_posts_alone(), text, noun)[0] == behind:
            return  # it is read as a post
        if behind == noun and index > at:
            behind = match(_joining(), text, noun)[0]
        if behind == noun or index > at and text[noun].word[0].isupper():
            return  # "giáo viên, Trưởng Ban Quản lý …": a body of its own
        yield behind
        if behind + 1 >= len(text) or text[behind].low not in (",", "và", "/", "-"):
            return
        index = behind + 1


def _which(text: Sequence[Syllable], at: int) -> int:
    """The index behind what says which people, up to what they do: "(giáo viên) trong toàn trường"; `at` without."""
    whose = at + 1 if at < len(text) and text[at].low in ("trong", "của", "thuộc", "tại") else at
    if whose < len(text) and (body := agency(text, whose) or group(text, whose)):
        last = body[-1].last  # "Cán bộ, chiến sĩ Công an xã", "… các cơ quan, đơn vị"
        return last if body[0].grade is not Grade.BARE and _does(text, last) else at
    index = match(_narrowing(), text, at)[0]
    if index == at < len(text) and (text[at].capital or text[at].low.isdigit()):
        index += 1  # "Giáo viên Tin học", "Lớp 5A"
    while at < index < len(text) and index - at < LONGEST_NARROWING:
        if _does(text, index):
            return index
        if text[index].low in names().clauses or not (text[index].low.isalnum() or text[index].low == "/"):
            return at
        index += 1
    return at


def _does(text: Sequence[Syllable], at: int) -> bool:
    """Whether a verb of duty begins at a syllable, or behind a colon there, with what is done behind it."""
    first = at + 1 if at < len(text) and text[at].low == ":" else at
    end = match(_deeds(), text, first)[0]
    must = end > first and text[first].low in ("phải", "cần") and end < len(text) and text[end].low in _TO_BE
    lows = [one.low for one in text[first : first + 3]]
    where = lows[:2] == ["làm", "việc"] and lows[2:] not in (["với"], ["cùng"])  # where somebody is employed
    other = match(_no_deeds(), text, first)[0] > first  # "Hộ gia đình thu nhập thấp"
    return end > first and not (must or where or other) and (end == len(text) or text[end].low not in (":", "được"))


_TO_BE = frozenset({"có", "đáp", "đạt", "tốt", "đủ"})  # behind "phải": how somebody must be, and not what he must do


def _counted(text: Sequence[Syllable], at: int) -> bool:
    """Whether the sentence counts those who do it: "Học sinh tham gia bảo hiểm y tế đạt 100%"."""
    lows = [one.low for one in takewhile(lambda one: one.low not in (".", ";"), text[at : at + LONGEST_CLAUSE])]
    end = at + len(lows)
    if any(one == ":" and lows[nth + 1][0].isdigit() for nth, one in enumerate(lows[:-1])):
        return True
    if _gets(text, at, end) or any(match(_benefits(), text, index)[1] for index in range(at, end)):
        return True
    share = any(one == "%" or one[0].isdigit() for one in lows[lows.index("đạt") :]) if "đạt" in lows else False
    return share or "%" in lows and match(_countable(), text, at)[0] > at


def _gets(text: Sequence[Syllable], at: int, end: int) -> bool:
    """Whether the clause at a syllable says what is done for people: "Hộ dân phải di dời được bố trí tái định cư"."""
    clause = list(takewhile(lambda one: text[one].low not in _TURNS, range(at, end - 1)))
    gets = next((one for one in clause if text[one].low == "được" and text[one - 1].low not in _OF_THINGS), end)
    return gets < end and match(_describing(), text, gets + 1)[1] is None


_TURNS = frozenset({",", "các", "những", "danh", "để"})  # behind them it is said of things: "các lớp được mở"
_OF_THINGS = frozenset({"không", "việc", "vụ", "dung", "sơ"})  # "những việc được làm", "hồ sơ được nộp"


@cache
def _describing() -> lexicon.Trie:
    """What is done to things, behind "được": "thực hiện nhiệm vụ được giao"."""
    return lexicon.trie((one, True) for one in names().describing)


@cache
def _benefits() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().benefits)


@cache
def _countable() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in names().countable)


def _apart(text: Sequence[Syllable], at: int, ends: Sequence[int]) -> Iterator[Mention]:
    """Mentions of a list of people from a syllable on: the staff together, posts, pupils and parents by themselves."""
    start, before = at, at
    for end in ends:
        alone = match(_alone(), text, match(lexicon.determiners(), text, before)[0])[1] is not None
        if before > start and (alone or match(_alone(), text, match(lexicon.determiners(), text, start)[0])[1]):
            yield made(text, start, before - 1, name(text, start, before - 1), Grade.WEAK)
            start = before
        before = end + 1
    yield made(text, start, ends[-1], name(text, start, ends[-1]), Grade.WEAK)


@cache
def _alone() -> lexicon.Trie:
    return lexicon.trie((one, True) for one in (*names().served, *_posts()))
