"""Names of agencies, sectors, abbreviations and provinces in memory, as tries of folded syllables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pipeline.knowledge import agencies, places
from pipeline.knowledge.places import ProvinceRow
from pipeline.language.accents import bare
from pipeline.language.casing import with_capital
from pipeline.language.folding import fold

_SYLLABLE = re.compile(r"\w+(?:&\w+)*|[^\s\w]")
Trie = dict[str, Any]
END = ""  # the key under which a trie holds what a phrase means


def split(phrase: str) -> list[str]:
    """Split a phrase into folded syllables and punctuation."""
    return _SYLLABLE.findall(fold(phrase))


def trie(phrases: Iterable[tuple[str, object]]) -> Trie:
    """Build a trie of phrases, each with its value, by syllable."""
    root: Trie = {}
    for phrase, meaning in phrases:
        node = root
        for syllable in split(phrase):
            node = node.setdefault(syllable, {})
        node.setdefault(END, meaning)
    return root


@cache
def heads() -> Trie:
    """Kinds and complete names, with what must stand behind each: "complete", "sectored", "placed" or "open"."""
    return trie(agencies.words_in_texts().items())


@cache
def _written() -> dict[tuple[str, ...], str]:
    return {tuple(split(name)): with_capital(name) for name in agencies.words_in_texts()}


def written(syllables: tuple[str, ...]) -> str:
    """Write a complete name, or a kind that a name follows, as it is known."""
    return _written()[syllables]


@cache
def classes() -> Trie:
    """Group nouns, each "strong" or "weak"."""
    return trie((noun, one.grade) for noun, one in agencies.groups().items() if one.grade is not None)


@cache
def bodies_behind(what: str) -> frozenset[str]:
    """Nouns that stand for a body, without its name, behind a "post", "thuộc" or "của"."""
    return frozenset(noun for noun, one in agencies.groups().items() if what in one.behind)


@cache
def units() -> frozenset[str]:
    """First syllables of bodies that stand right before the one that they are of: "Cục Quân nhu Bộ Quốc phòng"."""
    return frozenset(noun.split()[0] for noun, one in agencies.groups().items() if one.unit) | {"ủy", "hội"}


@cache
def before_capitals() -> frozenset[str]:
    """Nouns behind which the next word of a name begins with a capital."""
    return frozenset(noun for noun, one in agencies.groups().items() if one.capital)


@cache
def school_levels() -> Trie:
    """Levels of schools, behind which a proper name stands."""
    return trie((level, level) for level in agencies.names().school_levels)


@cache
def determiners() -> Trie:
    """Words that make a group of a noun: "các", "một số"."""
    return trie((phrase, True) for phrase in agencies.names().determiners)


@cache
def beginnings() -> dict[str, frozenset[str]]:
    """Every syllable that the name of an agency or group can begin with, each with those that can be its second.

    END among these says that nothing has to stand behind it.
    """
    trees = (heads(), classes(), positions(), determiners())
    firsts = {first for tree in trees for first in tree}
    every = (*trees, standalone())
    return {first: frozenset(second for tree in every for second in tree.get(first, ())) for first in firsts}


@cache
def group_beginnings() -> frozenset[str]:
    """Every syllable that a group can begin with."""
    return frozenset((*determiners(), *classes(), *standalone()))


@cache
def _kinds_of(level: str) -> re.Pattern[str]:
    known = agencies.names()
    words = {"local": known.local, "central": known.central, "state": known.state}[level]
    return re.compile(f"(?:{'|'.join(words)})")


def is_of(level: str, name: str) -> bool:
    """Tell whether an agency is, by its kind, of the "central" or a "local" level.

    Args:
        level: "central" or "local".
        name: of the agency.
    """
    folded = fold(name)
    of_the_state = bool(_kinds_of("state").search(folded))
    if level == "local" and of_the_state:
        return False
    return bool(_kinds_of(level).match(folded)) or level == "central" and of_the_state


@cache
def standalone() -> Trie:
    """Group nouns that need no "các", with whether they name a kind of agency all the same."""
    return trie((noun, one.grade != "weak") for noun, one in agencies.groups().items() if one.alone)


@cache
def placed() -> Trie:
    """Group nouns that need no "các" where a place or a level stands behind them."""
    return trie((noun, True) for noun, one in agencies.groups().items() if one.placed)


@cache
def qualifiers() -> Trie:
    """Words behind a group or an agency that belong to its name."""
    return trie((phrase, True) for phrase in agencies.names().qualifiers)


@cache
def known_names() -> Trie:
    """Names of units that were written down by hand: where one stands, its name does not end before it."""
    return trie((one, True) for one in agencies.by_hand().names)


@cache
def handed() -> Trie:
    """What bodies are told, handed and made to write: "phương án"."""
    return trie((one, True) for one in agencies.names().handed)


@cache
def leads() -> Trie:
    """Words that only the whole name of a body stands before: "chủ trì"."""
    return trie((one, True) for one in agencies.names().leads)


@cache
def other_words() -> Trie:
    """Words that begin or end as a kind or a noun of agencies does and are none: "trường hợp"."""
    return trie((word, True) for word in agencies.names().other_words)


@cache
def positions() -> Trie:
    """Offices that stand for their agency."""
    return trie((post, True) for post, one in agencies.posts().items() if one.in_text)


@cache
def staff() -> Trie:
    """Who works for an agency, and the posts that stand for one: "chuyên viên", "Phó Chủ tịch"."""
    return trie(
        (one, True)
        for one in (
            *agencies.names().staff,
            *agencies.names().teams,
            *(one for one, post in agencies.posts().items() if post.in_text),
        )
    )


@cache
def in_charge() -> Trie:
    """What stands between somebody and a field of work: "phụ trách"."""
    return trie((one, True) for one in agencies.names().in_charge)


@cache
def comma_pairs() -> frozenset[tuple[str, str]]:
    """The folded words around a comma that stands inside a name."""
    pairs = (split(phrase) for phrase in agencies.names().comma_pairs)
    return frozenset((words[words.index(",") - 1], words[words.index(",") + 1]) for words in pairs)


@cache
def _sector_names() -> dict[str, tuple[str, ...]]:
    """Names of sectors that texts are searched for -> their abbreviations."""
    return {name: one.in_texts for name, one in agencies.sector_names().items() if not one.given}


@cache
def sectors() -> Trie:
    """Sectors of ministries and departments, with the names as officially written; signs may be others, or none."""
    names = {
        **{other: name for name in _sector_names() for other in _signed(name)},
        **{one: one for one in _sector_names()},
    }
    return trie(names.items())


def _signed(name: str) -> Iterator[str]:
    """A name of three parts with other signs between them: "Văn hóa - Thể thao và Du lịch"."""
    for signs in (", ", " - "):
        if signs in name and " và " in name:
            yield from (name.replace(signs, other) for other in (", ", " - ", " ") if other != signs)


@cache
def branches() -> Trie:
    """Branches of the administration: sectors, and what those of two begin with: "giáo dục"."""
    return trie((one, name) for name in _sector_names() for one in (name, re.split(r",? và |, | - ", name)[0]))


@cache
def _sector_abbreviations() -> dict[str, str]:
    return {_key(short): name for name, shorts in _sector_names().items() for short in shorts}


def _key(short: str) -> str:
    """An abbreviation without its signs; "&" and "v" stand for "và" and tell "VH&TT" from "VHTT"."""
    return re.sub(r"[\s,.-]", "", short.replace(" và ", "v").replace("&", "v"))


def sector_of(word: str, behind_kind: bool) -> str | None:
    """Find what an abbreviated sector stands for; None where it stands for none.

    Args:
        word: the abbreviation: "VH,TT&DL", "GDĐT".
        behind_kind: a kind stands before it; else the kind must be its first letter: "SVHTTDL" is a Sở.
    """
    key = _key(word)
    table = _sector_abbreviations()
    if behind_kind:
        return table.get(key)
    if len(key) > 3 and key[0] in "SB" and key[1:] in table and key not in table:
        return f"{'Sở' if key[0] == 'S' else 'Bộ'} {table[key[1:]]}"
    return None


@cache
def _initials() -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for name in _sector_names():
        words = [word for word in split(name) if word[0].isalpha()]
        for spelled in (words, [word for word in words if word != "và"]):
            out.setdefault("".join(word[0] for word in spelled), set()).add(name)
    return out


def initials(word: str) -> str | None:
    """Find the department or ministry whose initials are written, where only one has them: "SXD", "STC", "BYT"."""
    if not (2 < len(word) <= 10 and word.isupper() and word[0] in "SB"):
        return None
    known = sector_of(fold(word), False)
    if known is not None:
        return known
    names = _initials().get(fold(word)[1:], set())
    return f"{'Sở' if word[0] == 'S' else 'Bộ'} {next(iter(names))}" if len(names) == 1 else None


def is_sector_abbreviation(word: str) -> bool:
    """Tell whether a word could be "SVHTTDL" or "BGDĐT"."""
    return word[0] in "SB" and len(word) > 3 and word[1:2].isupper()


@cache
def _abbreviations() -> dict[str, str]:
    known = agencies.abbreviations()
    of_sectors = {short: name for name, one in agencies.sector_names().items() for short in one.free_short}
    return {**of_sectors, **known.everywhere, **known.in_texts}


@cache
def shortened() -> frozenset[str]:
    """Every abbreviation that `abbreviation` knows, or that `agencies.listed_body` does."""
    known = agencies.abbreviations()
    return frozenset((*_abbreviations(), *known.followed, *known.behind, *known.listed))


def abbreviation(word: str, behind: str = "", before: str = "") -> str | None:
    """The full form of an abbreviation that stands for the same everywhere; None for others.

    Args:
        word: the abbreviation.
        behind: the folded text behind it, which tells "BCH Quân sự" from "BCH Đảng bộ".
        before: the folded words before it, which tell "Ban QL" from "đường QL".
    """
    known = agencies.abbreviations()
    for meant, stands in ((known.followed.get(word), behind.startswith), (known.behind.get(word), before.endswith)):
        found = [phrase for phrase in meant or () if stands(phrase)]
        if meant and found:
            return meant[max(found, key=len)]
    return None if word in known.followed else _abbreviations().get(word)


@cache
def _units() -> dict[str, str]:
    of_sectors = {short: name for name, one in agencies.sector_names().items() for short in one.behind_units}
    return {**of_sectors, **agencies.abbreviations().units}


def unit_name(short: str) -> str | None:
    """The full name of a unit of an agency whose name is abbreviated: "PC" is Pháp chế."""
    return _units().get(short)


def is_placed(name: str) -> bool:
    """Tell whether a name is that of a kind of agency of which every place has one."""
    return agencies.words_in_texts().get(name) == "placed"


def full_name(name: str) -> str:
    """Write out a name that is abbreviated, itself or the body it belongs to; most names are their own."""
    for short, full, behind in _full():
        if name.endswith(short) and (name == short or name.endswith(behind)):
            return name.removesuffix(short) + full
    return name


@cache
def _full() -> tuple[tuple[str, str, tuple[str, str]], ...]:
    """Abbreviated names, each with its full form, and as it ends the name of a part."""
    return tuple((one, full, (f" của {one}", f"thuộc {one}")) for one, full in agencies.abbreviations().full.items())


def issuer_of(code: str) -> str | None:
    """The issuer of documents whose number ends in a code ("UBND", "SVHTTDL", "BTC")."""
    if full := agencies.abbreviations().issuers.get(code):
        return full
    key = _key(code)
    table = _sector_abbreviations()
    if key[:1] in ("S", "B") and key[1:] in table:
        return f"{'Sở' if key[0] == 'S' else 'Bộ'} {table[key[1:]]}"
    return None


@cache
def _provinces() -> tuple[tuple[str, ProvinceRow], ...]:
    """Names, also as they were once written, with their row."""
    return tuple((name, row) for row in places.provinces() for name in (row.name, *row.also))


@cache
def _homes() -> dict[str, set[str]]:
    """Folded names of districts, past ones too -> the codes of the provinces that have one of that name."""
    out: dict[str, set[str]] = {}
    every = [(row.name, row.province) for row in places.districts()]
    every += [(row.name, row.province) for row in places.former_districts()]
    for name, province in every:
        out.setdefault(fold(name), set()).add(province)
    return out


@cache
def local_places() -> Trie:
    """Names of two syllables and more that districts, past and present, and the communes of today have."""
    rows = (places.districts(), places.former_districts(), places.current_communes())
    names = {row.name for of_level in rows for row in of_level}
    return trie((name, name) for name in names if " " in name)


def home_of(district: str) -> ProvinceRow | None:
    """The province of the only district of a name there ever was; None where there were more, or none."""
    homes = _homes().get(fold(district), set())
    return next((row for _, row in _provinces() if homes == {row.code}), None)


@cache
def _by_letters() -> dict[str, ProvinceRow]:
    return {bare(name).replace(" ", ""): row for name, row in _provinces() if fold(name) == fold(row.name)}


def province_by_letters(name: str) -> ProvinceRow | None:
    """The province whose name has the letters of one whose accents or capitals were misread: "Lâm Đông"."""
    return _by_letters().get(bare(name).replace(" ", ""))


@cache
def provinces() -> Trie:
    """Names of provinces, with their rows."""
    return trie(_provinces())
