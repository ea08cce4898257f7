"""Wordings of kinds, sectors, posts and groups, as tries.

Texts are matched folded. Between two words of a wording stands a blank, "và", a comma, a dash or "&", whatever the data
have: "Văn hóa - Thể thao" is "Văn hóa, Thể thao".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from pipeline.knowledge import agencies
from pipeline.knowledge.agencies import Kind, Title
from pipeline.language.folding import fold

BETWEEN = r"(?:\s*[,&-]\s*(?:và\s+)?|\s+và\s+|\s+)"
END = r"(?!\w)"
_BETWEEN = re.compile(BETWEEN)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class AgencyWording:
    """What a wording names."""

    text: str  # as it is written
    kind: Kind
    named: str | None = None  # canonical name of a single agency of the State
    id: str | None = None  # what makes its key
    place: str | None = None
    local: bool = False  # in a province's plan its branch there is meant


@cache
def kinds() -> dict[str, Kind]:
    """The first entry of each kind, by code."""
    out: dict[str, Kind] = {}
    for one in agencies.kinds().kind:
        out.setdefault(one.code, one)
    return out


@cache
def shared_sector(code: str) -> str | None:
    """The sector that every agency of a kind is in; None where they differ."""
    found = {one.sector for one in agencies.kinds().kind if one.code == code}
    return found.pop() if len(found) == 1 else None


@cache
def bare_heads() -> Lexicon:
    """Wordings of kinds that take any name: the fallback of a longer wording ("Cục Thuế xuất nhập khẩu" is a "Cục")."""
    codes = ("bureau", "branch_office", "centre", "unit")
    return Lexicon({text: AgencyWording(text, kinds()[code]) for code in codes for text in kinds()[code].words})


def wording_key(text: str) -> str:
    """A wording without what may stand between its words."""
    return " ".join(re.sub(r"[,&-]|\bvà\b", " ", fold(text)).split())


class Lexicon:
    """Wordings and their values: a trie of their words."""

    def __init__(self, wordings: Mapping[str, Any]) -> None:
        self._root: dict[str, Any] = {}
        for text, meaning in wordings.items():
            node = self._root
            for word in wording_key(text).split():
                node = node.setdefault(word, {})
            node.setdefault("", meaning)

    def match(self, low: str, at: int = 0) -> tuple[int, Any]:
        """Find the longest wording at an offset of a folded text.

        Returns:
            The offset behind it and its value; `at` and None if there is none.
        """
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
    """Wordings of kinds and of single agencies of the State."""
    out: dict[str, AgencyWording] = {}
    for one in agencies.bodies():
        kind = Kind(one.kind, "central", "state", sector=one.sector)
        for text in one.words:
            out.setdefault(text, AgencyWording(text, kind, one.name, one.id or one.sector, one.place, one.local))
    for kind in agencies.kinds().kind:
        for text in kind.words:
            out.setdefault(text, AgencyWording(text, kind))
    return Lexicon(out)


@cache
def positions() -> Lexicon:
    """Wordings of office-holders, with the kinds of agency each may stand for."""
    return Lexicon({text: of for text, one in agencies.posts().items() if (of := one.stands_for) is not None})


@cache
def classes() -> Lexicon:
    """Nouns of groups, with the kind of their members."""
    return Lexicon({text: one.kind for text, one in agencies.groups().items() if one.kind is not None})


def issuer_kinds(word: str) -> tuple[str, ...] | None:
    """The kinds of issuers that a folded word means behind a unit, any if empty: "các đơn vị thuộc Bộ"; None: none."""
    one = agencies.groups().get(word)
    return one.issuer if one else None


def is_bare_issuer(word: str) -> bool:
    """Whether a folded word means the issuer right behind a unit: "Văn phòng Bộ", but a "Vụ Thư viện"."""
    one = agencies.groups().get(word)
    return one is not None and one.issuer_bare


@cache
def _police_unit() -> re.Pattern[str]:
    return re.compile(agencies.names().police_unit)


def is_police_unit(name: str) -> bool:
    """Tell whether a name begins with a unit that only the police have: "Phòng Cảnh sát giao thông, Công an tỉnh"."""
    return bool(_police_unit().match(fold(name)))


def is_numbered_unit(name: str) -> bool:
    """Tell whether a name is a unit that a number names, with what it is of or without: "Phòng 4, Cục Thú y"."""
    return bool(re.fullmatch(agencies.names().numbered_unit, fold(name)))


@cache
def sectors() -> Lexicon:
    """Wordings of sectors, with their codes and as they are written."""
    return Lexicon({text: (code, text) for code, one in agencies.sectors().items() for text in one.names})


@cache
def _wide() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w){BETWEEN.join(map(re.escape, wording_key(text).split()))}{END}"), code)
        for code, one in agencies.sectors().items()
        for text in one.wide
    )


def sector_within(low: str) -> str | None:
    """The sector that words inside a longer name speak of, the first named; None where none does."""
    found = [(match.start(), -match.end(), code) for pattern, code in _wide() if (match := pattern.search(low))]
    return min(found)[2] if found else None


@cache
def _short() -> dict[str, tuple[str, str]]:
    """Letters of an abbreviation -> sector and the name it is of."""
    out: dict[str, tuple[str, str]] = {}
    for code, one in agencies.sectors().items():
        for name, known in one.names.items():
            for short in known.all_short:
                for sign in ("", "v"):
                    out.setdefault(re.sub(r"\W", "", fold(short).replace("&", sign)), (code, name))
    return out


_CHUNK = re.compile(r"\s*[^\s]+")


def short_sector(low: str, at: int) -> tuple[int, tuple[str, str] | None]:
    """Find an abbreviated sector at an offset of a folded text ("VH,TT & DL"), the longest that is known.

    Returns:
        The offset behind it, and its code and wording; `at` and None if there is none.
    """
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
    """A pattern of abbreviations in a folded text, and what each stands for."""
    known = agencies.abbreviations()
    table = {fold(short): full for short, full in [*known.everywhere.items(), *known.in_names.items()]}
    forms = [(short, re.escape(short) + (END if short[-1].isalnum() else "")) for short in table]
    for kind, word in (("s", "Sở"), ("b", "Bộ")):
        for letters, (_, full) in _short().items():
            if len(letters) > 1:
                table.setdefault(kind + letters, f"{word} {full}")
                forms.append((kind + letters, kind + "[&,.-]?".join(map(re.escape, letters)) + END))
    forms.sort(key=lambda one: (-len(one[0]), one))  # of "TP." and "TP" the longer
    return re.compile(r"(?<![\w/])(?:" + "|".join(form for _, form in forms) + ")"), MappingProxyType(table)


def write_out(text: str) -> str:
    """Write out the abbreviations of a text."""
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
    """The names of the codes of kinds, sectors and levels, in Vietnamese and English."""
    kind = {code: Title(one.vi, one.en) for code, one in kinds().items() if one.vi and one.en}
    sector = {code: Title(one.vi, one.en) for code, one in agencies.sectors().items()}
    level = dict(agencies.kinds().level)
    return MappingProxyType(
        {"kind": MappingProxyType(kind), "sector": MappingProxyType(sector), "level": MappingProxyType(level)}
    )
