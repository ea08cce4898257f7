"""A grammar: the rules of one package, loaded from its files, and the reading of a text by them."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import PurePath
from typing import NamedTuple

from pipeline.extract.grammar.beginnings import ANY, Beginnings, OpenRules, digits, seconds_of, union
from pipeline.extract.grammar.matching import Captures, Compiler, Matcher, WordClass, labels
from pipeline.extract.grammar.notation import Expression, parse
from pipeline.extract.grammar.terminals import TERMINALS, Match
from pipeline.extract.grammar.text import TOKEN, TokenizedText
from pipeline.language.folding import fold

Maker = Callable[..., object]


class Finding(NamedTuple):
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


class Refusal(NamedTuple):
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


_Opening = tuple[_Compiled, frozenset[str | None] | None]


@dataclass
class _Category:
    """The rules of a category, by the first token of what they match, each with what can stand behind that token.

    No set of tokens stands for any token, None among them for any run of digits.
    """

    rules: list[_Compiled] = field(default_factory=list)
    by_word: dict[str, list[_Opening]] = field(default_factory=dict)
    by_digits: list[_Opening] = field(default_factory=list)
    by_any: list[_Opening] = field(default_factory=list)

    def at(self, low: str) -> list[_Opening]:
        """The rules that can match where a token stands."""
        found = self.by_word.get(low)
        if found is not None:
            return found
        return self.by_digits if low[:1].isdecimal() else self.by_any


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
        self._finders: dict[tuple[str, ...], Mapping[str, Sequence[_Finder]]] = {}
        for source in sources:
            self._take_words(source.get("words", {}))
        for source in sources:
            for category, rules in source.items():
                if category != "words":
                    self._take_rules(category, rules, makers)
        self._found = {name: self._finder(name) for name in self._categories}
        matches = {name: _matcher(found) for name, found in self._found.items()}
        compiler = Compiler(self._classes, matches)
        for rule in self.rules:
            try:
                self._categories[rule.category].rules.append(_compiled(rule, compiler))
            except ValueError as error:
                raise ValueError(f"{self.name}.{rule.id}: {error}") from error
        begins = Beginnings(self._classes, self.rules)
        try:
            for ready in self._categories.values():
                self._index(ready, begins)
        except ValueError as error:
            raise ValueError(f"{self.name}.{error}") from error

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
        wanted = self._wanted(tuple(find))
        out: list[Finding] = []
        at, count = 0, len(text.lows)
        while at < count:
            best = None
            low = text.lows[at]
            for look in wanted.get(low) or wanted["0" if low[0].isdecimal() else ANY]:
                found = look(text, at)
                if found is not None and (best is None or found.end > best.end):
                    best = found
            if best is None:
                at += 1
                continue
            rule = f"{self.name}.{best.rule}"
            out.append(Finding(text.starts[at], text.ends[best.end - 1], at, best.end, rule, best.value))
            at = best.end
        return out

    def _wanted(self, find: tuple[str, ...]) -> Mapping[str, Sequence[_Finder]]:
        """For the first token of a match, the finders of those of some categories that can begin with it."""
        if find not in self._finders:
            found = [(self._categories[name], self._found[name]) for name in find]
            words = {word for category, _ in found for word in category.by_word}
            self._finders[find] = {
                word: [look for category, look in found if category.at(word)] for word in (*words, "0", ANY)
            }
        return self._finders[find]

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

    def _finder(self, name: str) -> _Finder:
        """A function that finds the longest match of a category's rules at a token; each place is looked at once."""
        category = self._categories[name]
        identity = f"{self.name}.{name}"

        def find(text: TokenizedText, at: int) -> _Found | None:
            lows = text.lows
            behind = lows[at + 1] if at + 1 < len(lows) else None
            token = behind if behind is None or not behind[0].isdecimal() else None
            likely = [compiled for compiled, seconds in category.at(lows[at]) if seconds is None or token in seconds]
            if not likely:
                return None
            key = (identity, at)
            known = text.memo.get(key, _UNKNOWN)
            if known is not _UNKNOWN:
                return known  # type: ignore[return-value]
            best: _Found | None = None
            for compiled in likely:
                captures: Captures = []
                end = compiled.match(text, at, captures)
                if end > at and (best is None or end > best.end):
                    value = _made(compiled, captures, text, at, end)
                    if value is not None or compiled.rule.make is None:
                        best = _Found(end, compiled.rule.id, value)
            text.memo[key] = best
            return best

        return find

    def _index(self, category: _Category, begins: Beginnings) -> None:
        openings = [
            (compiled, seconds_of(begins.of(compiled.rule.expression, OpenRules({compiled.rule.id}))))
            for compiled in category.rules
        ]
        words = {word for _, seconds in openings for word in seconds if word}
        for word in (*words, None, ANY):
            at = [
                (compiled, union(found))
                for compiled, seconds in openings
                if (found := [seconds[one] for one in {word, ANY, digits(word)} if one in seconds])
            ]
            if word:
                category.by_word[word] = at
            elif word is None:
                category.by_digits = at
            else:
                category.by_any = at


class _Found(NamedTuple):
    end: int
    rule: str
    value: object


_Finder = Callable[[TokenizedText, int], _Found | None]
_UNKNOWN = object()


def _matcher(find: _Finder) -> Match:
    def match(text: TokenizedText, at: int) -> tuple[int, object] | None:
        found = find(text, at)
        return None if found is None else (found.end, found.value)

    return match


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
