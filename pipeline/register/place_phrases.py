"""The place in a name: "tỉnh Lai Châu", "các huyện, thành phố", "cấp xã", "tỉnh", "Việt Nam"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.knowledge.agencies import names
from pipeline.knowledge.places import communes, current_communes, level_names, levels
from pipeline.language.folding import fold
from pipeline.register.places import find_province

_AND = r"(?:\s*[,;/(]\s*(?:và\s+)?|\s+và\s+|\s+hoặc\s+|\s*-\s*|\s+)"
# Behind a place or a group, and of no weight for who it is.
_QUALIFIED = re.compile(
    r"(?:\s*[,)]?\s*(?:(?:có|và)\s+)*(?:liên quan|hữu quan|chức năng|trực thuộc(?: trung ương| tỉnh| thành phố)?|"
    r"(?:trên|ở|tại) địa bàn(?: tỉnh| thành phố| toàn tỉnh)?|thuộc (?:tỉnh|thành phố|trung ương)|"
    r"trong (?:tỉnh|toàn tỉnh|vùng|cả nước|nước|ngành|toàn ngành|toàn quốc)|(?:trên )?(?:cả nước|toàn quốc)|"
    r"cùng cấp|có thẩm quyền|và tương đương|nêu trên|khác))+\s*[).]*$"
)
_TIERS = re.compile(r"^(?P<tiers>các cấp|cấp trên|cấp dưới|cấp cơ sở)$|^(?:(?:ở|các)\s+)*địa phương(?P<rest>\s.*)?$")
_BOTH = re.compile(r"^(?:ở )?trung ương(?:\s*[,/-]\s*|\s+)(?:và\s+)?(?:ở )?địa phương$")
_STATE = re.compile(r"^(?:ở |cấp )?(?:việt nam|trung ương|quốc gia|toàn quốc)$")
_NARROWS = re.compile(r"(?:có|trong|trên|vùng|miền|khu|thuộc|và|giáp|nêu|khác|được|đã|để)(?!\w)")
_LEAD = re.compile(r"^(?:của|thuộc|tại|ở)\s+")


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A place as a name gives it."""

    word: str | None = None  # "tỉnh", "thành phố": the word of level; None for a bare province name
    name: str | None = None  # the proper name, folded; None where only the level is said
    levels: tuple[str, ...] = ()  # of a group: the levels of its members
    many: bool = False
    rest: str = ""  # what narrows a group: "vùng Tây Nguyên"
    state: bool = False  # of the whole country
    outer: PlacePhrase | None = None  # the place around it


@cache
def _level() -> str:
    """A pattern of a word of level; "thành" is a city's in names written short."""
    words = level_names("province", "city", "district", "commune")
    return rf"(?:{'|'.join(words)}|thành)(?!\w)"


@cache
def _list() -> re.Pattern[str]:
    level = _level()
    return re.compile(
        r"^(?P<many>các\s+|một số\s+|cấp\s+|mỗi\s+|từng\s+)?"
        rf"(?P<levels>{level}(?:{_AND}(?:các\s+)?{level}\)?)*)(?P<rest>.*)$"
    )


def unqualified(low: str) -> str:
    """Take the qualifiers off the end of a folded text ("có liên quan", "trên địa bàn tỉnh")."""
    while True:
        shorter = _QUALIFIED.sub("", low).strip(" ,-")
        if shorter == low:
            return low
        low = shorter


def level_of(word: str) -> str:
    """The level of a word; "city" for "thành phố", which may be a province's or a district's."""
    found = levels().words.get(word)
    return found.level if found is not None and found.level else "city"


@lru_cache(maxsize=65536)
def where(low: str) -> PlacePhrase | None:
    """Parse the place that the whole of a folded text gives; None if it gives none."""
    text = unqualified(low.strip(" ,-."))
    text = _LEAD.sub("", text).strip(" ,-.")
    if not text or text == "xã hội":  # "Ban Văn hóa - Xã hội"; there is a commune "Hội An", and none "Hội"
        return None
    if _STATE.match(text):
        return PlacePhrase(state=True)
    if _BOTH.match(text):  # of every level, so of none
        return PlacePhrase(many=True, rest="trung ương, địa phương")
    if tiers := _TIERS.match(text):
        return PlacePhrase(levels=("city",), many=True, rest=(tiers["tiers"] or tiers["rest"] or "").strip())
    found = _list().match(text)
    if found is None:
        province = find_province(text) if text[0].isalpha() and len(text) > 2 else None
        return PlacePhrase(name=text) if province is not None else None
    words = re.findall(_level(), found["levels"])
    rest = found["rest"].strip(" ,-:.)")
    many = found["many"] is not None or len(words) > 1
    if (found["many"] or "").startswith("cấp") and words == ["tỉnh"] and not rest:
        many = False  # in a province's plan its own
    if many and len(words) > 1 and not found["many"] and not re.search(r"[,;/(-]|và|hoặc", found["levels"]):
        return None  # "xã tỉnh" is no list
    if many:
        levels = tuple(dict.fromkeys(level_of(word) for word in words))
        rest = re.sub(r"^(?:thuộc|trực thuộc)\s+(?:tỉnh|trung ương|thành phố)$", "", rest)
        return PlacePhrase(levels=levels, many=True, rest=rest)
    return _single(words[0], rest)


def _single(word: str, rest: str) -> PlacePhrase | None:
    """One place: its level and name, and perhaps the place around it."""
    if not rest:
        return PlacePhrase(word=word)
    if word == "tỉnh":
        known = find_province(rest) or not _NARROWS.match(rest) and not re.search(r"[,;:()&]|\bvà\b", rest)
        return PlacePhrase(word=word, name=rest) if known and len(rest.split()) < 6 else None
    inner = re.match(rf"^(?P<name>[^,;:()]+?)(?:\s*,\s*|\s+)(?:thuộc\s+)?(?P<outer>{_level()}\s+\S.*)$", rest)
    if inner is not None:
        outer = where(inner["outer"])
        name = inner["name"].strip()
        if outer is not None and outer.name and not outer.many:
            return PlacePhrase(word=word, name=name, outer=outer)
    tail = rest.rpartition(",")
    if tail[1] and find_province(tail[2].strip()):
        return PlacePhrase(word=word, name=tail[0].strip(), outer=PlacePhrase(name=tail[2].strip()))
    if re.search(r"[,;:()&]", rest) or len(rest.split()) > 5:
        return None
    return PlacePhrase(word=word, name=rest)


@cache
def _words() -> re.Pattern[str]:
    """Words that begin as those of levels do and are others: "xã hội"."""
    return re.compile(rf"(?:{'|'.join(word for word in names().other_words if re.match(_level(), word))})(?!\w)")


@cache
def _communes() -> re.Pattern[str]:
    """The communes whose names, with their level, begin with such a word: "xã Hội An"."""
    then = {fold(f"{row.kind} {row.name}") for row in communes()}
    places = then | {fold(f"{row.kind} {row.name}") for row in current_communes()}
    return re.compile(rf"(?:{'|'.join(sorted(filter(_words().match, places)))})(?!\w)")


def _is_word(low: str, at: int) -> bool:
    """Whether no place begins at an offset, though a level seems to: "bảo hiểm xã hội tỉnh", "xã hội An Giang"."""
    word = _words().match(low, at)
    return word is not None and (_communes().match(low, at) is None or find_province(low[word.end() :]) is not None)


WORD_START = re.compile(r"(?:^|(?<=[\s,(-]))(?=\w)")  # where a word begins that no other runs into


@lru_cache(maxsize=65536)
def split_place(low: str) -> tuple[int, PlacePhrase | None]:
    """Find the place at the end of a folded text, the longest that is one.

    Returns:
        The offset at which it begins, and the place; the length and None if there is none.
    """
    for boundary in WORD_START.finditer(low):
        at = boundary.start()
        if at and (re.search(r"(?:hợp tác|thị)\s+$", low[:at]) or _is_word(low, at)):
            continue
        found = where(low[at:])
        if found is not None:
            return at, found
    return len(low), None
