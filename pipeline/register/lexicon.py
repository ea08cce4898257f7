"""The data files in memory, and patterns of their wordings.

Texts are matched folded. Between two words of a wording stands a blank, "và", a comma, a dash or "&", whatever the file
has: "Văn hóa - Thể thao" is "Văn hóa, Thể thao".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from pipeline.language.folding import fold
from pipeline.register.model import Title

BETWEEN = r"(?:\s*[,&-]\s*(?:và\s+)?|\s+và\s+|\s+)"
END = r"(?!\w)"
_BETWEEN = re.compile(BETWEEN)
_WORD = re.compile(r"\w+")


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("pipeline.register").joinpath(name).read_text(encoding="utf-8"))


@cache
def mergers() -> dict[str, Any]:
    """mergers.toml."""
    return _load("mergers.toml")


@cache
def _kinds() -> dict[str, Any]:
    return _load("kinds.toml")


@cache
def _sectors() -> dict[str, Any]:
    return _load("sectors.toml")


@dataclass(frozen=True, slots=True)
class Kind:
    """An entry of kinds.toml."""

    code: str
    level: str
    sector: str | None
    follows: str
    of: str
    seat: bool
    distinct: bool
    district: tuple[str, ...]  # folded
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a wording names."""

    text: str  # as the file has it
    kind: Kind
    named: str | None = None  # canonical name of a single agency of the State
    id: str | None = None  # what makes its key
    place: str | None = None
    local: bool = False  # in a province's plan its branch there is meant


@cache
def kinds() -> dict[str, Kind]:
    """The first entry of each kind, by code."""
    out: dict[str, Kind] = {}
    for one in _entries():
        out.setdefault(one.code, one)
    return out


@cache
def shared_sector(code: str) -> str | None:
    """The sector that every agency of a kind is in; None where they differ."""
    found = {one.sector for one in _entries() if one.code == code}
    return found.pop() if len(found) == 1 else None


@cache
def bare_heads() -> Lexicon:
    """Kinds that take any name: what a longer wording falls back on ("Cục Thuế xuất nhập khẩu" is a "Cục")."""
    codes = ("bureau", "branch_office", "centre", "unit")
    return Lexicon({text: Wording(text, kinds()[code]) for code in codes for text in kinds()[code].words})


@cache
def _entries() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            one["code"],
            one["level"],
            one.get("sector"),
            one.get("follows", ""),
            one["of"],
            one.get("seat", False),
            one.get("distinct", False),
            tuple(map(fold, one.get("district", ()))),
            tuple(one["words"]),
        )
        for one in _kinds()["kind"]
    )


def _key(text: str) -> str:
    """A wording without what may stand between its words."""
    return " ".join(re.sub(r"[,&-]|\bvà\b", " ", fold(text)).split())


class Lexicon:
    """Wordings and what each means: a trie of their words."""

    def __init__(self, wordings: Mapping[str, Any]) -> None:
        self._root: dict[str, Any] = {}
        for text, meaning in wordings.items():
            node = self._root
            for word in _key(text).split():
                node = node.setdefault(word, {})
            node.setdefault("", meaning)

    def match(self, low: str, at: int = 0) -> tuple[int, Any]:
        """The end of the longest wording at `at` of a folded text and what it means; `at` and None if there is none."""
        best, meaning, here = at, None, at
        node: dict[str, Any] | None = self._root
        while node is not None and (word := _WORD.match(low, here)):
            node = node.get(word.group())
            if node is None:
                break
            if "" in node:
                best, meaning = word.end(), node[""]
            gap = _BETWEEN.match(low, word.end())
            if gap is None:
                break
            here = gap.end()
        return best, meaning


@cache
def heads() -> Lexicon:
    """Kinds and single agencies of the State -> Wording."""
    out: dict[str, Wording] = {}
    for one in _kinds()["named"]:
        base = kinds()[one["kind"]]
        kind = Kind(base.code, "central", one.get("sector"), "", "state", False, False, (), ())
        for text in one["words"]:
            identity = one.get("id") or one["sector"]
            out.setdefault(text, Wording(text, kind, one["name"], identity, one.get("place"), one.get("local", False)))
    for kind in _entries():
        for text in kind.words:
            out.setdefault(text, Wording(text, kind))
    return Lexicon(out)


@cache
def positions() -> Lexicon:
    """Office-holders -> kinds each may stand for."""
    return Lexicon({text: tuple(of) for text, of in _kinds()["positions"].items()})


@cache
def classes() -> Lexicon:
    """Nouns of groups -> kind of their members."""
    return Lexicon(_kinds()["classes"])


@cache
def sectors() -> Lexicon:
    """Wordings of sectors -> code and the wording as it is written."""
    return Lexicon({text: (code, text) for code, one in _sectors().items() for text in one["words"]})


@cache
def _wide() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w){BETWEEN.join(map(re.escape, _key(text).split()))}{END}"), code)
        for code, one in _sectors().items()
        for text in one["wide"]
    )


def sector_within(low: str) -> str | None:
    """The sector that words inside a longer name speak of, the first named; None where none does."""
    found = [(match.start(), -match.end(), code) for pattern, code in _wide() if (match := pattern.search(low))]
    return min(found)[2] if found else None


@cache
def _short() -> dict[str, tuple[str, str]]:
    """Letters of an abbreviation -> sector and its first full wording."""
    out: dict[str, tuple[str, str]] = {}
    for code, one in _sectors().items():
        for letters in one["short"]:
            full = next((t for t in one["words"] if _initials(t) == fold(letters)), one["words"][0])
            out.setdefault(fold(letters), (code, full))
    return out


def _initials(text: str) -> str:
    return "".join(word[0] for word in _key(text).split())


_CHUNK = re.compile(r"\s*[^\s]+")


def short_sector(low: str, at: int) -> tuple[int, tuple[str, str] | None]:
    """The end of an abbreviated sector at `at` ("VH,TT & DL") and its meaning; the longest that is known."""
    best: tuple[int, tuple[str, str] | None] = (at, None)
    end = at
    for _ in range(5):
        chunk = _CHUNK.match(low, end)
        if chunk is None:
            break
        end = chunk.end()
        letters = re.sub(r"[^\w]", "", low[at:end])
        if letters in _short():
            best = (at + len(low[at:end].rstrip(" ,;.")), _short()[letters])
        if len(letters) > 10:
            break
    return best


@cache
def abbreviations() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern of what is written out in a folded text, and what each stands for."""
    table = {fold(short): full for short, full in _kinds()["abbreviations"].items()}
    forms = [(short, re.escape(short) + (END if short[-1].isalnum() else "")) for short in table]
    for kind, word in (("s", "Sở"), ("b", "Bộ")):
        for letters, (_, full) in _short().items():
            if len(letters) > 1:
                table.setdefault(kind + letters, f"{word} {full}")
                forms.append((kind + letters, kind + "[&,.-]?".join(map(re.escape, letters)) + END))
    forms.sort(key=lambda one: (-len(one[0]), one))  # of "TP." and "TP" the longer
    return re.compile(r"(?<![\w/])(?:" + "|".join(form for _, form in forms) + ")"), MappingProxyType(table)


def write_out(text: str) -> str:
    """The text with its abbreviations written out."""
    pattern, table = abbreviations()
    low = fold(text)
    out, last = [], 0
    for match in pattern.finditer(low):
        short = match.group()
        full = table.get(short) or table[re.sub(r"[&,.-]", "", short)]
        glue = " " if match.end() < len(low) and low[match.end()].isalnum() else ""
        out += [text[last : match.start()], full, glue]
        last = match.end()
    return "".join(out) + text[last:]


@cache
def titles() -> Mapping[str, Mapping[str, Title]]:
    """What the codes of kinds, sectors and levels are called."""
    kind = {one["code"]: Title(one["vi"], one["en"]) for one in _kinds()["kind"] if "vi" in one}
    sector = {code: Title(one["vi"], one["en"]) for code, one in _sectors().items()}
    level = {code: Title(*pair) for code, pair in _kinds()["level"].items()}
    return MappingProxyType(
        {"kind": MappingProxyType(kind), "sector": MappingProxyType(sector), "level": MappingProxyType(level)}
    )
