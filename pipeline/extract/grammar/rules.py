"""A grammar: the rules of one package, loaded from its files, and the reading of a text by them."""

from __future__ import annotations

import inspect
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePath
from typing import NamedTuple

from pipeline.extract.grammar.beginnings import ANY, Beginnings, OpenRules, digits, seconds_of, union
from pipeline.extract.grammar.compiling import Compiler, labels
from pipeline.extract.grammar.notation import Expression, parse
from pipeline.extract.grammar.packrat import Category, Pattern, Scanner, TokenizedText, WordClass
from pipeline.extract.grammar.terminals import TERMINALS
from pipeline.extract.grammar.text import TOKEN
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
        self._categories: dict[str, Category] = {}
        self.rules: list[Rule] = []
        self._scanners: dict[tuple[str, ...], Scanner] = {}
        for source in sources:
            self._take_words(source.get("words", {}))
        for source in sources:
            for category, rules in source.items():
                if category != "words":
                    self._take_rules(category, rules, makers)
        compiler = Compiler(self._classes, self._categories)
        begins = Beginnings(self._classes, self.rules)
        openings: dict[str, list[_Opening]] = defaultdict(list)
        for rule in self.rules:
            try:
                openings[rule.category].append((self._pattern(rule, compiler), _seconds(rule, begins)))
            except ValueError as error:
                raise ValueError(f"{self.name}.{rule.id}: {error}") from error
        for category, ready in self._categories.items():
            _index(ready, openings[category])

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
        wanted = tuple(find)
        if wanted not in self._scanners:
            self._scanners[wanted] = Scanner([self._categories[name] for name in wanted])
        return [
            Finding(text.starts[first], text.ends[last - 1], first, last, rule, value)
            for first, last, value, rule in self._scanners[wanted].scan(text)
        ]

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
        self._categories.setdefault(category, Category())
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

    def _pattern(self, rule: Rule, compiler: Compiler) -> Pattern:
        plural = frozenset(label for label, times in labels(rule.expression).items() if times > 1)
        placed = rule.make is not None and "place" in inspect.signature(rule.make).parameters
        part = compiler.compile(rule.expression)
        return Pattern(f"{self.name}.{rule.id}", part, rule.make, dict(rule.constants), plural, placed)


_Opening = tuple[Pattern, Mapping[str | None, frozenset[str | None] | None]]


def _seconds(rule: Rule, begins: Beginnings) -> Mapping[str | None, frozenset[str | None] | None]:
    return seconds_of(begins.of(rule.expression, OpenRules({rule.id})))


def _index(category: Category, openings: Sequence[_Opening]) -> None:
    """Tell a category which patterns to try where a token stands."""
    words = {word for _, seconds in openings for word in seconds if word}
    at = {
        word: [
            (pattern, union(found))
            for pattern, seconds in openings
            if (found := [seconds[one] for one in {word, ANY, digits(word)} if one in seconds])
        ]
        for word in (*words, None, ANY)
    }
    category.index({word: at[word] for word in words}, at[None], at[ANY])


@lru_cache(maxsize=4)
def tokenized(text: str, masked: tuple[tuple[int, int], ...] = ()) -> TokenizedText:
    """A text cut into tokens; that of the passage that is being read is kept for whoever reads it next."""
    return TokenizedText(text, masked)
