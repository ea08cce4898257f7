"""A grammar: the rules of one package, loaded from its files, and the reading of a text by them."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import PurePath

from pipeline.extract.grammar.matching import Captures, Compiler, Matcher, WordClass, labels
from pipeline.extract.grammar.notation import (
    Anchor,
    Choice,
    Expression,
    Labelled,
    Literal,
    Look,
    Named,
    Repeat,
    Series,
    Skip,
    parse,
)
from pipeline.extract.grammar.terminals import TERMINALS, Match
from pipeline.extract.grammar.text import TOKEN, TokenizedText
from pipeline.language.folding import fold

Maker = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a text.

    `start` and `end` are its offsets, `first` and `last` its tokens (the last not included), `rule` the id of the rule
    that claims it. `value` is what the rule made; None where it only refuses what stands there.
    """

    start: int
    end: int
    first: int
    last: int
    rule: str
    value: object


@dataclass(frozen=True, slots=True)
class Refusal:
    """Words of a text that make no value: their offsets, and the id of the rule that refuses them."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its file has it; `reads` and `refuses` are its examples.

    `id` is the category and the name, joined by a full stop; `constants` are given to the maker as they stand.
    """

    id: str
    category: str
    expression: Expression
    make: Maker | None
    constants: Mapping[str, object]
    reads: Mapping[str, str]
    refuses: Sequence[str]


@dataclass
class _Compiled:
    rule: Rule
    match: Matcher
    plural: frozenset[str]
    placed: bool  # the maker wants to know where the match stands


@dataclass
class _Category:
    """The rules of a category, by the first token of what they match."""

    rules: list[_Compiled] = field(default_factory=list)
    by_word: dict[str, list[_Compiled]] = field(default_factory=dict)
    by_digits: list[_Compiled] = field(default_factory=list)
    by_any: list[_Compiled] = field(default_factory=list)

    def at(self, low: str) -> list[_Compiled]:
        """The rules that can match where a token stands."""
        found = self.by_word.get(low)
        if found is not None:
            return found
        return self.by_digits if low[0].isdecimal() else self.by_any


class Grammar:
    """The rules of one package, and what is found by them."""

    def __init__(self, name: str, sources: Sequence[Mapping[str, object]], makers: Mapping[str, Maker]) -> None:
        """A grammar.

        Args:
            name: what the ids of its rules begin with in the evidence of a value.
            sources: the rule files, parsed.
            makers: the functions that rules name under `make`.

        Raises:
            ValueError: a rule names what there is none of, is not in the notation, or begins with itself.
        """
        self.name = name
        self._classes: dict[str, WordClass] = {}
        self._categories: dict[str, _Category] = {}
        self.rules: list[Rule] = []
        for source in sources:
            self._take_words(source.get("words", {}))
        for source in sources:
            for category, rules in source.items():
                if category != "words":
                    self._take_rules(category, rules, makers)
        matches = {name: self._matcher(name) for name in self._categories}
        compiler = Compiler(self._classes, matches)
        for rule in self.rules:
            try:
                self._categories[rule.category].rules.append(_compiled(rule, compiler))
            except ValueError as error:
                raise ValueError(f"{self.name}.{rule.id}: {error}") from error
        for ready in self._categories.values():
            self._index(ready)

    @classmethod
    def load(
        cls, package: str, makers: Mapping[str, Maker], words: Mapping[str, Sequence[str]] | None = None
    ) -> Grammar:
        """The grammar whose rule files lie in the folder `rules` of a package, in the order of their names.

        Args:
            package: the package.
            makers: the functions that rules name under `make`.
            words: classes of words that are known elsewhere too, which the files do not repeat.
        """
        folder = files(package).joinpath("rules")
        names = sorted(one.name for one in folder.iterdir() if PurePath(one.name).suffix == ".toml")
        sources = [tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in names]
        sources.insert(0, {"words": words or {}})
        return cls(package.rsplit(".", 1)[-1], sources, makers)

    def read(self, text: TokenizedText, find: Sequence[str]) -> list[Finding]:
        """Find what the rules of some categories match, from left to right.

        Args:
            text: the text.
            find: the categories; where several match, the longest match counts, of equally long ones the first.
        """
        wanted = [(self._categories[name], self._matcher(name)) for name in find]
        keys = [(self.name, name) for name in find]
        out: list[Finding] = []
        at, count = 0, len(text.lows)
        while at < count:
            best = None
            low = text.lows[at]
            for (category, match), key in zip(wanted, keys, strict=True):
                if category.at(low) and match(text, at) is not None:
                    found = text.memo[(*key, at)]
                    if isinstance(found, _Found) and (best is None or found.end > best.end):
                        best = found
            if best is None:
                at += 1
                continue
            rule = f"{self.name}.{best.rule}"
            out.append(Finding(text.starts[at], text.ends[best.end - 1], at, best.end, rule, best.value))
            at = best.end
        return out

    def _take_words(self, classes: object) -> None:
        assert isinstance(classes, dict)
        for name, phrases in classes.items():
            if name in TERMINALS or name in self._classes:
                raise ValueError(f"{self.name}: two classes of words are called {name!r}")
            made = self._classes[name] = WordClass()
            pairs = phrases.items() if isinstance(phrases, dict) else ((one, "") for one in phrases)
            for phrase, value in pairs:
                made.add(tuple(TOKEN.findall(fold(phrase))), fold(phrase) if value == "" else value)

    def _take_rules(self, category: str, rules: object, makers: Mapping[str, Maker]) -> None:
        assert isinstance(rules, dict)
        self._categories.setdefault(category, _Category())
        for name, entry in rules.items():
            identity = f"{category}.{name}"
            unknown = set(entry) - {"match", "make", "with", "reads", "refuses"}
            if unknown:
                raise ValueError(f"{self.name}.{identity}: unknown {', '.join(sorted(unknown))}")
            make = entry.get("make")
            if make is not None and make not in makers:
                raise ValueError(f"{self.name}.{identity}: no maker is called {make!r}")
            try:
                expression = parse(entry["match"])
            except ValueError as error:
                raise ValueError(f"{self.name}.{identity}: {error}") from error
            self.rules.append(
                Rule(
                    identity,
                    category,
                    expression,
                    None if make is None else makers[make],
                    entry.get("with", {}),
                    entry.get("reads", {}),
                    entry.get("refuses", ()),
                )
            )

    def _matcher(self, name: str) -> Match:
        """A function that matches a category at a token: the longest match of its rules, each place looked at once."""
        category = self._categories[name]

        def match(text: TokenizedText, at: int) -> tuple[int, object] | None:
            key = (self.name, name, at)
            known = text.memo.get(key, _UNKNOWN)
            if known is not _UNKNOWN:
                return (known.end, known.value) if isinstance(known, _Found) else None
            best: _Found | None = None
            for compiled in category.at(text.lows[at]):
                captures: Captures = []
                end = compiled.match(text, at, captures)
                if end > at and (best is None or end > best.end):
                    value = _made(compiled, captures, text, at, end)
                    if value is not None or compiled.rule.make is None:
                        best = _Found(end, compiled.rule.id, value)
            text.memo[key] = best
            return None if best is None else (best.end, best.value)

        return match

    def _index(self, category: _Category) -> None:
        firsts = [
            (compiled, self._firsts(compiled.rule.expression, (compiled.rule.id,))) for compiled in category.rules
        ]
        words = {word for _, first in firsts if first is not None for word in first if word is not None}
        category.by_any = [compiled for compiled, first in firsts if first is None]
        category.by_digits = [compiled for compiled, first in firsts if first is None or None in first]
        for word in words:
            category.by_word[word] = [
                compiled
                for compiled, first in firsts
                if first is None or word in first or (word[0].isdecimal() and None in first)
            ]

    def _firsts(self, expression: Expression, open_rules: tuple[str, ...]) -> frozenset[str | None] | None:
        """The tokens that a match can begin with, None standing for any digits; None for any token whatever."""
        firsts, nullable = self._first(expression, open_rules)
        return None if nullable else firsts

    def _first(self, expression: Expression, open_rules: tuple[str, ...]) -> tuple[frozenset[str | None] | None, bool]:
        match expression:
            case Literal(words):
                return frozenset({words[0]}), False
            case Named(name):
                return self._first_of_name(name, open_rules), False
            case Labelled(_, part):
                return self._first(part, open_rules)
            case Repeat(part, least, _):
                firsts, nullable = self._first(part, open_rules)
                return firsts, nullable or least == 0
            case Skip(most, part):
                firsts, nullable = self._first(part, open_rules)
                return (None if most else firsts), nullable
            case Choice(parts):
                return self._union([self._first(part, open_rules) for part in parts])
            case Look() | Anchor():
                return frozenset(), True
            case Series(parts):
                return self._first_of_sequence(parts, open_rules)
        raise AssertionError(expression)

    def _first_of_sequence(
        self, parts: Sequence[Expression], open_rules: tuple[str, ...]
    ) -> tuple[frozenset[str | None] | None, bool]:
        out: frozenset[str | None] | None = frozenset()
        for part in parts:
            firsts, nullable = self._first(part, open_rules)
            out = None if out is None or firsts is None else out | firsts
            if not nullable:
                return out, False
        return out, True

    def _first_of_name(self, name: str, open_rules: tuple[str, ...]) -> frozenset[str | None] | None:
        if name in self._classes:
            return frozenset(self._classes[name].tree)
        if name in TERMINALS:
            return TERMINALS[name].firsts
        out: frozenset[str | None] | None = frozenset()
        for rule in self.rules:
            if rule.category == name and out is not None:
                if rule.id in open_rules:
                    raise ValueError(f"{self.name}.{rule.id} begins with itself")
                firsts = self._firsts(rule.expression, (*open_rules, rule.id))
                out = None if firsts is None else out | firsts
        return out

    @staticmethod
    def _union(
        parts: Sequence[tuple[frozenset[str | None] | None, bool]],
    ) -> tuple[frozenset[str | None] | None, bool]:
        nullable = any(one for _, one in parts)
        sets = [firsts for firsts, _ in parts]
        if any(firsts is None for firsts in sets):
            return None, nullable
        return frozenset().union(*(firsts for firsts in sets if firsts is not None)), nullable


@dataclass(frozen=True, slots=True)
class _Found:
    end: int
    rule: str
    value: object


_UNKNOWN = object()


def _compiled(rule: Rule, compiler: Compiler) -> _Compiled:
    plural = frozenset(label for label, times in labels(rule.expression).items() if times > 1)
    placed = rule.make is not None and "place" in inspect.signature(rule.make).parameters
    return _Compiled(rule, compiler.compile(rule.expression), plural, placed)


def _made(compiled: _Compiled, captures: Captures, text: TokenizedText, at: int, end: int) -> object:
    make = compiled.rule.make
    if make is None:
        return None
    given: dict[str, object] = dict(compiled.rule.constants)
    for label, value in captures:
        if label in compiled.plural:
            given[label] = (*given.get(label, ()), value)  # type: ignore[misc]
        else:
            given[label] = value
    if compiled.placed:
        given["place"] = (text.starts[at], text.ends[end - 1])
    return make(**given)
