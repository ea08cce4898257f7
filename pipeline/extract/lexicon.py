"""The gazetteers in memory: tries of folded syllables, sectors, abbreviations, provinces."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.language.folding import fold

_FOLDER = "pipeline.extract.gazetteer"
_SYLLABLE = re.compile(r"\w+(?:&\w+)*|[^\s\w]")
Trie = dict[str, Any]
END = ""  # the key under which a trie holds what a phrase means


def _read(name: str) -> str:
    return files("pipeline.extract").joinpath("gazetteer", name).read_text(encoding="utf-8")


def _lines(name: str) -> list[str]:
    return [line for raw in _read(name).splitlines() if (line := raw.strip()) and not line.startswith("#")]


def split(phrase: str) -> list[str]:
    """The folded syllables and signs of a phrase."""
    return _SYLLABLE.findall(fold(phrase))


def trie(phrases: Iterable[tuple[str, object]]) -> Trie:
    """A trie of phrases by syllable."""
    root: Trie = {}
    for phrase, meaning in phrases:
        node = root
        for syllable in split(phrase):
            node = node.setdefault(syllable, {})
        node.setdefault(END, meaning)
    return root


@cache
def agencies() -> dict[str, list[str]]:
    """agencies.toml."""
    return tomllib.loads(_read("agencies.toml"))


@cache
def heads() -> Trie:
    """Kinds and complete names -> "complete", "sectored", "placed" or "open"."""
    table = agencies()
    return trie((phrase, kind) for kind in ("complete", "sectored", "placed", "open") for phrase in table[kind])


@cache
def _written() -> dict[tuple[str, ...], str]:
    table = agencies()
    names = (name for kind in ("complete", "placed", "open") for name in table[kind])
    return {tuple(split(name)): name[0].upper() + name[1:] for name in names}


def written(syllables: tuple[str, ...]) -> str:
    """A kind or a complete name as agencies.toml writes it, with a capital in front."""
    return _written()[syllables]


@cache
def classes() -> Trie:
    """Group nouns -> "strong" or "weak"."""
    table = agencies()
    return trie([(p, "strong") for p in table["strong_classes"]] + [(p, "weak") for p in table["weak_classes"]])


@cache
def determiners() -> Trie:
    """Words that make a group of a noun: "các", "một số"."""
    return trie((phrase, True) for phrase in agencies()["determiners"])


@cache
def beginnings() -> frozenset[str]:
    """Every syllable that the name of an agency or group can begin with."""
    return frozenset(key for tree in (heads(), classes(), positions(), determiners()) for key in tree)


@cache
def _kinds_of(level: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(agencies()[level])})")


def is_of(level: str, name: str) -> bool:
    """Whether an agency is by its kind of the "central" or of a "local" level."""
    folded = fold(name)
    of_the_state = bool(_kinds_of("state").search(folded))
    if level == "local" and of_the_state:
        return False
    return bool(_kinds_of(level).match(folded)) or level == "central" and of_the_state


@cache
def standalone() -> Trie:
    """Group nouns that need no "các"."""
    return trie((phrase, True) for phrase in agencies()["standalone_classes"])


@cache
def qualifiers() -> Trie:
    """Words behind a group or an agency that belong to its name."""
    return trie((phrase, True) for phrase in agencies()["qualifiers"])


@cache
def positions() -> Trie:
    """Offices that stand for their agency."""
    return trie((phrase, True) for phrase in agencies()["positions"])


@cache
def comma_pairs() -> frozenset[tuple[str, str]]:
    """The words around a comma that stands inside a name."""
    pairs = (split(phrase) for phrase in agencies()["comma_pairs"])
    return frozenset((words[words.index(",") - 1], words[words.index(",") + 1]) for words in pairs)


@cache
def name_stops() -> Trie:
    """Words that end a name."""
    return trie((phrase, True) for phrase in _lines("verbs.txt"))


def is_name_stop(syllable: str) -> bool:
    """Whether a syllable by itself ends a name."""
    return END in name_stops().get(syllable, {})


@cache
def _sector_lines() -> tuple[tuple[str, tuple[str, ...]], ...]:
    out = []
    for line in _lines("sectors.txt"):
        name, _, short = line.partition("=")
        out.append((name.strip(), tuple(re.split(r",\s+", short.strip())) if short.strip() else ()))
    return tuple(out)


@cache
def sectors() -> Trie:
    """Sectors of ministries and departments -> the name as officially written."""
    return trie((name, name) for name, _ in _sector_lines())


@cache
def _sector_abbreviations() -> dict[str, str]:
    return {_key(short): name for name, shorts in _sector_lines() for short in shorts}


def _key(short: str) -> str:
    """An abbreviation without its signs; "&" and "v" stand for "và" and tell "VH&TT" from "VHTT"."""
    return re.sub(r"[\s,.-]", "", short.replace("&", "v"))


def sector_of(word: str, behind_kind: bool) -> str | None:
    """The sector an abbreviation stands for: "VH,TT&DL", "GDĐT"; with its kind in front ("SVHTTDL") elsewhere."""
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
    for name, _ in _sector_lines():
        words = [word for word in split(name) if word[0].isalpha()]
        for spelled in (words, [word for word in words if word != "và"]):
            out.setdefault("".join(word[0] for word in spelled), set()).add(name)
    return out


def initials(word: str) -> str | None:
    """The department or ministry whose initials alone are written, where only one has them: "SXD", "STC", "BYT"."""
    if not (2 < len(word) <= 10 and word.isupper() and word[0] in "SB"):
        return None
    known = sector_of(fold(word), False)
    if known is not None:
        return known
    names = _initials().get(fold(word)[1:], set())
    return f"{'Sở' if word[0] == 'S' else 'Bộ'} {next(iter(names))}" if len(names) == 1 else None


def is_sector_abbreviation(word: str) -> bool:
    """Whether a word could be "SVHTTDL" or "BGDĐT"."""
    return word[0] in "SB" and len(word) > 3 and word[1:2].isupper()


@cache
def _abbreviations() -> dict[str, dict[str, str]]:
    return tomllib.loads(_read("abbreviations.toml"))


def abbreviation(word: str) -> str | None:
    """What an abbreviation of abbreviations.toml stands for."""
    return _abbreviations()["word"].get(word)


def unit_name(short: str) -> str | None:
    """What a unit of an agency is called whose name is written short: "PC" is Pháp chế."""
    return _abbreviations()["unit"].get(short)


def full_name(name: str) -> str:
    """A name with what is printed short in full, itself or the body it belongs to; most names are their own."""
    table = _abbreviations()["full"]
    for short, full in table.items():
        if name == short or name.endswith((f" của {short}", f"thuộc {short}")):
            return name.removesuffix(short) + full
    return name


def issuer_of(code: str) -> str | None:
    """Who issues documents whose number ends in `code` ("UBND", "SVHTTDL", "BTC")."""
    if full := _abbreviations()["issuer"].get(code):
        return full
    key = _key(code)
    table = _sector_abbreviations()
    if key[:1] in ("S", "B") and key[1:] in table:
        return f"{'Sở' if key[0] == 'S' else 'Bộ'} {table[key[1:]]}"
    return None


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province before 1 July 2025 and what it belongs to since (Resolution 202/2025/QH15)."""

    code: str
    name: str
    kind: str
    current_code: str
    current_name: str


@cache
def _provinces() -> tuple[tuple[str, ProvinceRow], ...]:
    """Names, also as they were once written, with their row."""
    out: list[tuple[str, ProvinceRow]] = []
    table = files("pipeline").joinpath("provinces.csv").read_text(encoding="utf-8")  # the register reads it too
    for row in csv.DictReader(table.splitlines()):
        also = filter(None, row.pop("also").split(";"))
        out += [(name, ProvinceRow(**row)) for name in (row["name"], *also)]
    return tuple(out)


@cache
def _homes() -> dict[str, set[str]]:
    """Folded names of districts, past ones too -> the codes of the provinces that have one of that name."""
    out: dict[str, set[str]] = {}
    for name in ("districts.csv", "former.csv"):
        table = files("pipeline").joinpath("register", name).read_text(encoding="utf-8")
        for row in csv.DictReader(line for line in table.splitlines() if not line.startswith("#")):
            out.setdefault(fold(row["name"]), set()).add(row["province"])
    return out


def home_of(district: str) -> ProvinceRow | None:
    """The province of the only district of this name there ever was; None where there were more, or none."""
    homes = _homes().get(fold(district), set())
    return next((row for _, row in _provinces() if homes == {row.code}), None)


@cache
def provinces() -> Trie:
    """Names of provinces -> their row."""
    return trie(_provinces())
