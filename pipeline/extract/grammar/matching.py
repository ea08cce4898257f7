"""Expressions compiled into functions over tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

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
from pipeline.extract.grammar.terminals import TERMINALS, Match
from pipeline.extract.grammar.text import TokenizedText

FAILED = -1
Captures = list[tuple[str, object]]
Matcher = Callable[[TokenizedText, int, Captures], int]  # the token behind the match, or FAILED
PART_ENDS = frozenset({".", ";"})  # with a blank behind, none that is passed over


@dataclass
class WordClass:
    """Phrases with their values, as a tree of tokens; "" holds the value of the phrase that ends there."""

    tree: dict[str, object] = field(default_factory=dict)
    phrases: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, words: tuple[str, ...], value: object) -> None:
        """Add a phrase, given by its folded tokens."""
        node = self.tree
        for word in words:
            node = node.setdefault(word, {})  # type: ignore[assignment]
        node[""] = value
        self.phrases.append(words)

    def match(self, text: TokenizedText, at: int) -> tuple[int, object] | None:
        """The longest phrase that stands at a token: the token behind it, and its value."""
        node, found, lows = self.tree, None, text.lows
        for index in range(at, len(lows)):
            node = node.get(lows[index])  # type: ignore[assignment]
            if node is None:
                break
            if "" in node:
                found = (index + 1, node[""])
        return found

    def stands_before(self, text: TokenizedText, at: int) -> bool:
        """Whether one of the phrases ends right before a token."""
        return any(_ends_at(text.lows, words, at) for words in self.phrases)


def _ends_at(lows: list[str], words: tuple[str, ...], at: int) -> bool:
    start = at - len(words)
    return start >= 0 and lows[start] == words[0] and tuple(lows[start:at]) == words


class Compiler:
    """Makes matchers of the expressions of one grammar."""

    def __init__(self, classes: Mapping[str, WordClass], categories: Mapping[str, Match]) -> None:
        """A compiler that knows the classes of words and the categories that patterns may name."""
        self.classes = classes
        self.categories = categories

    def compile(self, expression: Expression) -> Matcher:
        """A function that matches an expression at a token.

        Raises:
            ValueError: it names a class or a category that there is none of.
        """
        match expression:
            case Literal(words):
                return _literal(words)
            case Named(name):
                return _named(self._match_of(name))
            case Labelled(label, part):
                return self._labelled(label, part)
            case Series(parts):
                return _sequence([self.compile(part) for part in parts])
            case Choice(parts):
                return _choice([self.compile(part) for part in parts])
            case Repeat(part, least, most):
                return _repeat(self.compile(part), least, most)
            case Look():
                return self._look(expression)
            case Skip(most, part):
                return _skip(self.compile(part), most)
            case Anchor(sign):
                return _ANCHORS[sign]

    def _match_of(self, name: str) -> Match:
        if name in self.classes:
            return self.classes[name].match
        if name in TERMINALS:
            return TERMINALS[name].match
        if name in self.categories:
            return self.categories[name]
        raise ValueError(f"no class, terminal or category is called {name!r}")

    def _labelled(self, label: str, part: Expression) -> Matcher:
        if isinstance(part, Named):
            return _captured(label, self._match_of(part.name))
        if isinstance(part, Repeat):  # "day:DAY?", "months:MONTH*": each one by itself
            return _repeat(self._labelled(label, part.part), part.least, part.most)
        return _captured_words(label, self.compile(part))

    def _look(self, look: Look) -> Matcher:
        return self._before(look) if look.back else _ahead(self.compile(look.part), look.negative)

    def _before(self, look: Look) -> Matcher:
        part, wanted = look.part, not look.negative
        if isinstance(part, Literal):
            words = part.words
            return lambda text, at, _: at if _ends_at(text.lows, words, at) is wanted else FAILED
        if isinstance(part, Named) and part.name in self.classes:
            before = self.classes[part.name].stands_before
            return lambda text, at, _: at if before(text, at) is wanted else FAILED
        if isinstance(part, Named) and part.name in ("DIGITS", "YEAR", "WORD", "SIGN", "NUMBER"):
            last = TERMINALS[part.name].match
            return lambda text, at, _: at if (at > 0 and last(text, at - 1) is not None) is wanted else FAILED
        raise ValueError("only a literal, a class or a terminal of one token can stand behind '<'")


def _literal(words: tuple[str, ...]) -> Matcher:
    first, count = words[0], len(words)

    def match(text: TokenizedText, at: int, captures: Captures) -> int:
        lows = text.lows
        if at >= len(lows) or lows[at] != first:
            return FAILED
        return at + count if count == 1 or tuple(lows[at : at + count]) == words else FAILED

    return match


def _named(match: Match) -> Matcher:
    def matcher(text: TokenizedText, at: int, captures: Captures) -> int:
        found = match(text, at) if at < len(text.lows) else None
        return FAILED if found is None else found[0]

    return matcher


def _captured(label: str, match: Match) -> Matcher:
    def matcher(text: TokenizedText, at: int, captures: Captures) -> int:
        found = match(text, at) if at < len(text.lows) else None
        if found is None:
            return FAILED
        captures.append((label, found[1]))
        return found[0]

    return matcher


def _captured_words(label: str, inner: Matcher) -> Matcher:
    def matcher(text: TokenizedText, at: int, captures: Captures) -> int:
        end = inner(text, at, captures)
        if end > at:
            captures.append((label, text.folded[text.starts[at] : text.ends[end - 1]]))
        return end

    return matcher


def _sequence(parts: list[Matcher]) -> Matcher:
    def match(text: TokenizedText, at: int, captures: Captures) -> int:
        mark = len(captures)
        for part in parts:
            at = part(text, at, captures)
            if at < 0:
                del captures[mark:]
                return FAILED
        return at

    return match


def _choice(parts: list[Matcher]) -> Matcher:
    def match(text: TokenizedText, at: int, captures: Captures) -> int:
        for part in parts:
            end = part(text, at, captures)
            if end >= 0:
                return end
        return FAILED

    return match


def _repeat(part: Matcher, least: int, most: int) -> Matcher:
    def match(text: TokenizedText, at: int, captures: Captures) -> int:
        mark = len(captures)
        count = 0
        while count < most:
            end = part(text, at, captures)
            if end <= at:  # nothing more, or nothing that goes on
                break
            at, count = end, count + 1
        if count >= least:
            return at
        del captures[mark:]
        return FAILED

    return match


def _ahead(part: Matcher, negative: bool) -> Matcher:
    def match(text: TokenizedText, at: int, captures: Captures) -> int:
        return at if (part(text, at, []) < 0) is negative else FAILED

    return match


def _skip(part: Matcher, most: int) -> Matcher:
    def match(text: TokenizedText, at: int, captures: Captures) -> int:
        for index in range(at, min(at + most, len(text.lows)) + 1):
            end = part(text, index, captures)
            if end >= 0:
                return end
            if index < len(text.lows) and text.lows[index] in PART_ENDS and not text.is_glued(index + 1):
                break
        return FAILED

    return match


_ANCHORS: dict[str, Matcher] = {
    "^": lambda text, at, _: at if at == 0 else FAILED,
    "$": lambda text, at, _: at if at == len(text.lows) else FAILED,
    "~": lambda text, at, _: at if text.is_glued(at) else FAILED,
}


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
