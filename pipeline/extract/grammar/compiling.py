"""Expressions compiled into what matches them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
)
from pipeline.extract.grammar.packrat import (
    Ahead,
    Before,
    Captured,
    CapturedWords,
    Category,
    FirstOf,
    Matcher,
    Phrase,
    Place,
    Repeated,
    Sequence,
    Skipping,
    Source,
    WordClass,
)
from pipeline.extract.grammar.terminals import TERMINALS

_OF_ONE_TOKEN = ("DIGITS", "YEAR", "WORD", "SIGN", "NUMBER")


class Compiler:
    """Makes matchers of the expressions of one grammar."""

    def __init__(self, classes: Mapping[str, WordClass], categories: Mapping[str, Category]) -> None:
        """A compiler that knows the classes of words and the categories that patterns may name."""
        self._sources: dict[str, Source] = {
            **categories,
            **{name: one.source for name, one in TERMINALS.items()},
            **classes,
        }

    def compile(self, expression: Expression) -> Matcher:
        """What matches an expression at a token.

        Raises:
            ValueError: it names a class or a category that there is none of.
        """
        match expression:
            case Literal(words):
                return Phrase(words)
            case Named(name):
                return self._source(name)
            case Labelled(label, part):
                return self._labelled(label, part)
            case Series(parts):
                return Sequence([self.compile(part) for part in parts])
            case Choice(parts):
                return FirstOf([self.compile(part) for part in parts])
            case Repeat(part, least, most):
                return Repeated(self.compile(part), least, most)
            case Look(part, negative, back):
                return self._before(part, negative) if back else Ahead(self.compile(part), negative)
            case Skip(most, part):
                return Skipping(self.compile(part), most)
            case Anchor(sign):
                return Place(sign)

    def _source(self, name: str) -> Source:
        if name not in self._sources:
            raise ValueError(f"no class, terminal or category is called {name!r}")
        return self._sources[name]

    def _labelled(self, label: str, part: Expression) -> Matcher:
        if isinstance(part, Named):
            return Captured(label, self._source(part.name))
        if isinstance(part, Repeat):  # "day:DAY?", "months:MONTH*": each one by itself
            return Repeated(self._labelled(label, part.part), part.least, part.most)
        return CapturedWords(label, self.compile(part))

    def _before(self, part: Expression, negative: bool) -> Matcher:
        if isinstance(part, Literal):
            return Before([part.words], None, negative)
        source = self._sources.get(part.name) if isinstance(part, Named) else None
        if isinstance(source, WordClass):
            return Before(source.phrases, None, negative)
        if isinstance(part, Named) and part.name in _OF_ONE_TOKEN:
            return Before([], source, negative)
        raise ValueError("only a literal, a class or a terminal of one token can stand behind '<'")


def labels(expression: Expression) -> dict[str, int]:
    """How often each label can be captured by one match, two standing for more than once."""
    match expression:
        case Labelled(label, part):
            inner = labels(part)
            times = part.most if isinstance(part, Repeat) else 1
            return {**inner, label: inner.get(label, 0) + times}
        case Series(parts):
            out: dict[str, int] = {}
            for one in parts:
                for label, times in labels(one).items():
                    out[label] = out.get(label, 0) + times
            return out
        case Choice(parts):
            return {label: max(labels(one).get(label, 0) for one in parts) for label in _all(parts)}
        case Repeat(part, _, most):
            return {label: times * most for label, times in labels(part).items()}
        case Skip(_, part):
            return labels(part)
    return {}


def _all(parts: tuple[Expression, ...]) -> Iterator[str]:
    return iter(dict.fromkeys(label for one in parts for label in labels(one)))
