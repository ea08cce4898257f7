"""Parsing a name: office-holder, kind, sector, proper name, place, and the agency it is a unit of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.knowledge.agencies import Kind, names
from pipeline.language.folding import fold
from pipeline.language.normal import nfc
from pipeline.register import lexicon
from pipeline.register.lexicon import AgencyWording
from pipeline.register.place_phrases import WORD_START, PlacePhrase, split_place, unqualified
from pipeline.register.places import find_province

_NOTE = re.compile(r"\s*\(([^()]*)\)?\s*$")
_SEPARATOR = re.compile(r"\s*;\s*(?:và\s+)?|\s*,\s*(?:và\s+)?|\s+và\s+|\s*\+\s*")
_PARENT = re.compile(r"(?:^|(?<=[\s,]))(?:trực thuộc|thuộc|của|tại trụ sở chính|tại)\s+(?=\w)")
_DEPUTIES = re.compile(r"chánh văn phòng\s*,?\s*(?:và\s+)?(?:các\s+)?phó chánh văn phòng", re.IGNORECASE)
_TOPIC = re.compile(r"(?:của\s+)?(?P<place>.*?)\s*\bvề\s+(?P<topic>.+)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<name>\D+) (?P<number>\d)")  # offices of one place: "MobiFone tỉnh Gia Lai 2"
_MARKS = "".join(["“”‘’\"'", "*•–-+#", ".;:,", "[] "])
_EDGE = " ,-:;."
_HOSTS = frozenset(
    [
        "ministry",
        "department",
        "police",
        "party",
        "committee",
        "people_council",
        "general_department",
        "bureau",
        "government",
        "national_assembly",
        "union",
        "front",
        "state_committee",
        "court",
        "procuracy",
    ]
)


@dataclass(frozen=True, slots=True)
class ParsedName:
    """The parts of a name; nothing in it depends on the plan that has it."""

    text: str  # cleaned, abbreviations written out
    kind: Kind
    wording: str = ""  # the words of its kind as the file has them
    sector: str | None = None
    sector_words: str = ""
    proper: str = ""  # what is left of the name
    named: AgencyWording | None = None
    many: bool = False
    where: PlacePhrase | None = None
    parent: ParsedName | None = None
    own: str = ""  # its parent is the issuer, named by its kind alone: "các đơn vị thuộc Bộ"
    own_kinds: tuple[str, ...] = ()  # what kind of issuer that word means; any if empty
    holder: tuple[str, ...] | None = None  # only an office-holder: the kinds it may stand for
    first: bool = True  # its wording is the first of its kind


@cache
def _many() -> re.Pattern[str]:
    """What makes a group of a noun: all that does so in texts, and what does in lists of recipients."""
    words = (*names().determiners, "toàn thể các", "mọi", "từng", "mỗi")
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})\s+")


def clean(name: str) -> str:
    """Put a name in NFC, with single blanks, without marks or remarks around: "- Sở Y tế (để b/c);" -> "Sở Y tế"."""
    text = " ".join(nfc(name).replace(" & ", " và ").split()).strip(_MARKS)
    while found := _NOTE.search(text):
        inside = fold(lexicon.write_out(found.group(1).strip()))
        agency = lexicon.heads().match(inside)[1] is not None and not re.match(r"báo cáo|hội nghị$", inside)
        if agency or split_place(inside)[0] == 0:
            break
        text = text[: found.start()].strip(_EDGE)
    text = re.sub(r"\s+[Ss][ốÓóô](?:\s*[:.-]|\s+\d+\s*/).*$", "", text)  # a document number that ran in
    text = lexicon.write_out(re.sub(r"\s+,", ",", text))
    return _DEPUTIES.sub("Chánh Văn phòng", text)


@lru_cache(maxsize=65536)
def read(name: str) -> ParsedName:
    """Parse a name."""
    text = re.sub(r"\s*\(([^()]*)\)?\s*$", r", \1", clean(name))
    return _read(text) if text else ParsedName(name.strip(), lexicon.kinds()["other"])


def _read(text: str) -> ParsedName:
    """A cleaned name: the office-holders in front, then a list or one agency."""
    low = fold(text)
    at, many, holder = 0, False, None
    start = 0  # of the body behind office-holders, "các" with it
    while at < len(low):
        if found := _many().match(low, at):
            at, many = found.end(), True
            continue
        end, kinds = lexicon.positions().match(low, at)
        if kinds is None or lexicon.heads().match(low, at)[0] > end:
            break
        if "prime_minister" in kinds:
            kind = lexicon.kinds()["prime_minister"]
            return ParsedName(text, kind, kind.usual or "")
        holder = kinds if holder is None else holder
        noun = low.rfind(" ", at, end) + 1
        named = low[at:noun].endswith("trưởng ") and lexicon.heads().match(low, noun)[1] is not None
        at, many = noun if named and low[end:].strip() else end, False  # "Trưởng Ban Dân tộc"
        if gap := _SEPARATOR.match(low, at):
            at = gap.end()
        at += len(low[at:]) - len(low[at:].lstrip(" ,-:"))
        start = at
    rest = text[at:].strip(" ,-:")
    if not rest:
        return ParsedName(text, lexicon.kinds()["office_holder"], proper=text, holder=holder or (), many=many)
    body = _body(rest, many)
    if body is None:
        kind = lexicon.kinds()["other" if holder is None else "office_holder"]
        return ParsedName(text, kind, proper=text, holder=holder, many=many)
    return replace(body, text=text[start:] if holder is not None else text)


def _body(text: str, many: bool) -> ParsedName | None:
    """A list of agencies, a group, or one agency; None if its words name no kind."""
    head, colon, tail = text.partition(":")
    if colon and tail.strip():
        return _headed(head.strip(), tail.strip(), text, many)
    parts = _parts(text, many)
    if len(parts) > 1:
        read = [one for one in map(_read, parts) if one.kind.code not in ("other", "note")]
        if len(read) > 1:
            kinds = {one.kind.code for one in read}
            kind = read[0].kind if len(kinds) == 1 else lexicon.kinds()["group"]
            sectors = {one.sector for one in read}
            sector = read[0].sector if len(sectors) == 1 else None
            where = read[-1].where if read[-1].where and read[-1].where.many else None
            return ParsedName(text, kind, sector=sector, proper=text, many=True, where=where)
    return _one(text, many)


def _headed(head: str, tail: str, text: str, many: bool) -> ParsedName | None:
    """A name with a colon: "Các Sở: Nội vụ, Tài chính" is a group, "VPCP: BTCN, các PCN" the office before it."""
    one = _body(head, many)
    if one is None:
        return None
    if not one.many and (one.proper or one.kind.follows == "name"):
        return one  # what ran in behind a colon
    whole = one.named or one.sector_words or one.where or one.kind.of == "state" or one.kind.code == "note"
    holder = lexicon.positions().match(fold(tail))[1] is not None or fold(tail).startswith(
        ("các phòng", "vụ ", "phòng ")
    )
    if not one.many and (whole or holder):
        return one
    return replace(one, text=text, proper=f"{one.proper} {tail}".strip(), many=True, sector=None)


def _parts(text: str, many: bool) -> list[str]:
    """The agencies of a list; a comma inside a sector or a group of nouns parts nothing."""
    low = fold(text)
    if lexicon.is_police_unit(low) or lexicon.is_numbered_unit(low):
        return [text]
    at, wording = lexicon.heads().match(low)
    start = max(at, lexicon.classes().match(low)[0])
    if wording is not None and wording.kind.follows == "sector":
        start = max(start, _sector(low, at)[0])
    parts, last = [], 0
    for gap in _SEPARATOR.finditer(low, start):
        if _begins(low, gap.end(), many, "," in gap.group() or ";" in gap.group(), wording):
            parts.append(text[last : gap.start()])
            last = gap.end()
    parts.append(text[last:])
    return [one.strip(_EDGE) for one in parts if one.strip(_EDGE)]


def _begins(low: str, at: int, many: bool, sign: bool, before: AgencyWording | None) -> bool:
    """Whether another agency begins at `at`."""
    if found := _many().match(low, at):
        end = found.end()
        plain = lexicon.classes().match(low, end)[1] is not None or lexicon.heads().match(low, end)[1] is not None
        return plain and not low[at:].startswith("các khu")
    end, wording = lexicon.heads().match(low, at)
    if wording is None:
        return False
    if before is not None and before.kind.of == "agency" and wording.kind.code in ("ministry", "department"):
        return before.kind.code not in ("unit", "bureau") or not sign
    words = len(wording.text.split())
    if wording.kind.code == "audit" and wording.named is None:
        return False
    if words > 1:
        return words > 2 or sign or wording.kind.code in ("police", "front")
    if many or not sign:
        return False
    if wording.kind.follows == "sector":
        return _sector(low, end)[1] is not None
    return wording.kind.code in ("press", "broadcaster", "bureau", "unit") and end < len(low) and low[end] == " "


def _sector(low: str, at: int) -> tuple[int, tuple[str, str] | None]:
    """The sector right behind a kind, in full or abbreviated."""
    start = at + len(low[at:]) - len(low[at:].lstrip())
    end, meaning = lexicon.sectors().match(low, start)
    if meaning is not None:
        return end, meaning
    return lexicon.short_sector(low, start)


def _one(text: str, many: bool) -> ParsedName | None:
    """A group or one agency."""
    low = fold(text)
    end, wording = lexicon.heads().match(low)
    stop, group = lexicon.classes().match(low)
    behind, sector = (end, None)
    if wording is not None and wording.kind.follows == "sector":
        behind, sector = _sector(low, end)
    if group is not None and sector is None and (stop > end or many and stop >= end):
        return _group(text, low, many)
    if group is not None and sector is None and _next_class(low, stop) and stop == end:
        return _group(text, low, many)
    if wording is None:
        return None
    if wording.kind.code == "note":
        return ParsedName(text, wording.kind, wording.text, proper=text)
    if wording.kind.follows == "sector" and sector is None:
        wording = _unsectored(wording)
    if not many and sector is None and _runs_on(wording, low[end:]):
        shorter = lexicon.bare_heads().match(low)
        if shorter[1] is not None:
            behind, wording = shorter
    rest, tail = text[behind:].strip(_EDGE), low[behind:].strip(_EDGE)
    if wording.kind.code == "steering_board" and (topic := _TOPIC.fullmatch(rest)):  # "tỉnh về nhân quyền"
        rest = " ".join(filter(None, (topic["topic"], topic["place"])))
        tail = fold(rest)
    proper, where, parent, own = _rest(rest, tail, wording)
    if where and where.name and (found := _NUMBERED.fullmatch(where.name)) and find_province(found["name"]):
        proper, where = f"{proper} {found['number']}".strip(), replace(where, name=found["name"])
    kind = wording.kind
    if any(f" {words} " in f" {fold(proper)} " for words in kind.district):
        kind = replace(kind, level="district")
    read = ParsedName(text, kind, wording.text, many=many, where=where, parent=parent, own=own, proper=proper)
    read = replace(read, own_kinds=lexicon.issuer_kinds(own) or ())
    if sector is not None:
        read = replace(read, sector=sector[0], sector_words=sector[1])
    else:
        read = replace(read, sector=wording.kind.sector or lexicon.sector_within(fold(proper)))
    named = wording if wording.named and not (where and not where.state) else None
    base = lexicon.kinds()[wording.kind.code]
    if wording.named and named is None:  # "Ngân hàng Chính sách xã hội tỉnh": its branch there
        read = replace(read, kind=replace(base, sector=wording.kind.sector, of="place", level=""))
    first = base.usual in (None, wording.text)
    if wording.kind.seat and proper and where is None:  # "Huyện ủy Tam Đường"
        read = replace(read, proper="", where=PlacePhrase(name=fold(proper)))
        where = read.where
    tiers = re.match(r"cấp (?!cao)|cơ sở$", fold(proper)) is not None  # "Công đoàn cấp trên"
    return replace(read, named=named, first=first, many=many or tiers or bool(where and where.many))


def _runs_on(wording: AgencyWording, tail: str) -> bool:
    """Whether a kind that only a place can follow has more of a name: "Cục Thuế xuất nhập khẩu" is no tax office."""
    tail = tail.strip(_EDGE)
    if wording.named or wording.kind.follows or wording.kind.of != "place" or not tail:
        return False
    return split_place(tail)[1] is None


def _unsectored(wording: AgencyWording) -> AgencyWording:
    """A "Phòng" that is none of the offices every district has is a unit of the issuer; "Sở", "Bộ" stay."""
    if wording.kind.code != "district_office":
        return wording
    return AgencyWording(wording.text, lexicon.kinds()["unit"])


def _next_class(low: str, at: int) -> bool:
    """Whether another noun of a group follows: "Bộ, ngành"."""
    gap = re.compile(r"\s*[,;/]\s*(?:các\s+)?|\s+và\s+(?:các\s+)?").match(low, at)
    if gap is None:
        return False
    return lexicon.classes().match(low, gap.end())[1] is not None


_GAP = re.compile(r"\s*[,;/(-]\s*(?:và\s+)?(?:các\s+)?|\s+và\s+(?:các\s+)?|\s+(?=ban |ngành|đoàn thể)")


def _group(text: str, low: str, many: bool) -> ParsedName:
    """A group: the nouns that make it, then what narrows it."""
    at, kinds, nouns = 0, [], []
    while True:
        end, kind = lexicon.classes().match(low, at)
        if kind is None:
            break
        nouns.append(low[at:end])
        kinds.append(kind)
        last = end
        gap = _GAP.match(low, end)
        if gap is None:
            break
        at = gap.end()
    code = kinds[0] if len(set(kinds)) == 1 else "group"
    if set(kinds) == {"locality"}:
        return _locality(text, low, many)
    rest = unqualified(low[last:].strip(_EDGE))
    start = low.find(rest, last) if rest else len(low)
    kind = lexicon.kinds()[code]
    proper, where, parent, own = _rest(
        text[start : start + len(rest)], rest, AgencyWording("", replace(kind, of="any"))
    )
    if code != "group" and len(nouns) == 1 and kind.usual and nouns[0] == fold(kind.usual):
        nouns = []  # the kind itself says so
    said = " ".join([*nouns, fold(proper)]).strip()
    sector = lexicon.shared_sector(code) or lexicon.sector_within(fold(proper))
    level = "central" if kinds[0] == "ministry" else "province" if kinds[0] == "department" else kind.level
    kind = replace(kind, level=level) if code == "group" else kind
    return ParsedName(
        text,
        kind,
        proper=said,
        many=True,
        where=where,
        parent=parent,
        own=own,
        own_kinds=lexicon.issuer_kinds(own) or (),
        sector=sector,
    )


def _locality(text: str, low: str, many: bool) -> ParsedName:
    """Places that stand for their authorities: "các tỉnh", "huyện Bình Sơn", "các địa phương"."""
    _, where = split_place(f"các {low}" if many else low)
    kind = lexicon.kinds()["locality"]
    if where is not None and not where.many and where.name:
        return ParsedName(text, kind, where=where)
    return ParsedName(text, kind, proper="" if where else unqualified(low), many=True, where=where)


def _rest(rest: str, low: str, wording: AgencyWording) -> tuple[str, PlacePhrase | None, ParsedName | None, str]:
    """What follows the kind: the proper name, the place, the agency above or the word that means the issuer."""
    at, parent, own = _above(rest, low, wording)
    if parent is not None or own:
        return rest[:at].strip(_EDGE), None, parent, own
    at, where = split_place(low)
    if where is not None and where.state:
        at = len(rest)  # "Việt Nam", "Quốc gia" are part of the name
    elif where is None and low.startswith(("quốc gia", "trung ương")):
        where = PlacePhrase(state=True)
    return _TO.sub("", rest[:at].strip(_EDGE)).strip(_EDGE), where, None, ""


_TO = re.compile(r"(?:^|\s)(?:(?:trên|ở|tại) địa bàn|thuộc|của|tại|ở|trong)$", re.IGNORECASE)


def _above(rest: str, low: str, wording: AgencyWording) -> tuple[int, ParsedName | None, str]:
    """Where the agency above is named, its reading, or the word alone that means the issuer ("Bộ", "Sở")."""
    kind = wording.kind
    if not low or wording.named:
        return len(low), None, ""
    marks = [(found.start(), found.end()) for found in _PARENT.finditer(low)]
    if kind.of in ("agency", "any") or kind.follows == "body":
        marks += [(found.start(), found.start()) for found in WORD_START.finditer(low)]
    for start, begin in sorted(set(marks)):
        words = low[begin:].strip(_EDGE)
        alone = unqualified(words)
        if lexicon.issuer_kinds(alone) is not None and (start != begin or start == 0 and lexicon.is_bare_issuer(alone)):
            return start, None, alone
        end, head = lexicon.heads().match(low, begin)
        if head is None or head.kind.code not in _HOSTS:
            continue
        if head.kind.follows == "sector" and _sector(low, end)[1] is None:
            continue
        if (
            head.kind.of == "agency"
            and start == begin
            or head.kind.follows == "name"
            and not head.named
            and start == begin
        ):
            continue
        parent = _one(rest[begin:], False)
        if parent is not None:
            return start, parent, ""
    return len(low), None, ""
