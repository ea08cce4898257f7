"""What matches of rules can begin with, so that a rule is tried only where its first two tokens stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

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
from pipeline.extract.grammar.packrat import WordClass
from pipeline.extract.grammar.terminals import TERMINALS

Begin = tuple[str | None, ...]  # tokens, None for any run of digits, ANY for any token whatever
ANY = ""


class _BeginningRule(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def expression(self) -> Expression: ...


class OpenRules(NamedTuple):
    """The rules that an expression is a part of: those that begin where it does, and those that began before."""

    here: Set[str]
    before: Set[str] = frozenset()

    def passed(self) -> OpenRules:
        """The same behind a token."""
        return OpenRules(frozenset(), self.before | self.here)

    def with_rule(self, rule: str) -> OpenRules:
        """The same within a further rule."""
        return OpenRules(self.here | {rule}, self.before)


class Beginnings:
    """What expressions of one grammar can begin with."""

    def __init__(self, classes: Mapping[str, WordClass], rules: Sequence[_BeginningRule]) -> None:
        """For a grammar's classes of words and rules."""
        self._classes = classes
        self._rules = rules
        self._known: dict[str, frozenset[Begin]] = {}  # of categories

    def of(self, expression: Expression, open_rules: OpenRules) -> frozenset[Begin]:
        """What a match can begin with: its first two tokens, or all of it where it is shorter.

        Args:
            expression: what is matched.
            open_rules: the rules that it is a part of.
        """
        match expression:
            case Literal(words):
                return frozenset({words[:2]})
            case Named(name):
                return self._begins_of_name(name, open_rules)
            case Labelled(_, part):
                return self.of(part, open_rules)
            case Repeat(part, least, most):
                once = self.of(part, open_rules)
                several = once | _behind(once, once) if most > 1 else once
                return several if least else several | {()}
            case Skip(most, part):
                found = self.of(part, open_rules)
                return found | _behind(frozenset({(ANY,)}), found | {(ANY,)}) if most else found
            case Choice(parts):
                return frozenset().union(*(self.of(part, open_rules) for part in parts))
            case Look() | Anchor():
                return frozenset({()})
            case Series(parts):
                out: frozenset[Begin] = frozenset({()})
                for part in parts:
                    if () not in out:
                        open_rules = open_rules.passed()
                    if any(len(one) < 2 for one in out):
                        out = _behind(out, self.of(part, open_rules))
                return out
        raise AssertionError(expression)

    def _begins_of_name(self, name: str, open_rules: OpenRules) -> frozenset[Begin]:
        if name in self._classes:
            return frozenset(words[:2] for words in self._classes[name].phrases)
        if name in TERMINALS:
            firsts = TERMINALS[name].firsts
            return frozenset(
                begin for one in ({ANY} if firsts is None else firsts) for begin in _alone(one, TERMINALS[name].long)
            )
        if name not in self._known:
            out: frozenset[Begin] = frozenset()
            for rule in self._rules:
                if rule.category == name:
                    if rule.id in open_rules.here:
                        raise ValueError(f"{rule.id} begins with itself")
                    if rule.id in open_rules.before:
                        return frozenset({(ANY,), (ANY, ANY)})  # it holds itself behind other tokens
                    out |= self.of(rule.expression, open_rules.with_rule(rule.id))
            self._known[name] = out
        return self._known[name]


def _alone(first: str | None, long: bool) -> tuple[Begin, ...]:
    return ((first,), (first, ANY)) if long else ((first,),)


def _behind(before: frozenset[Begin], after: frozenset[Begin]) -> frozenset[Begin]:
    return frozenset((*one, *two)[:2] for one in before for two in (after if len(one) < 2 else {()}))


def seconds_of(begins: frozenset[Begin]) -> dict[str | None, frozenset[str | None] | None]:
    """The first tokens, each with those that can stand behind it; None where any can."""
    out: dict[str | None, set[str | None]] = {}
    for one in begins:
        first, second = (*one, ANY, ANY)[:2]
        out.setdefault(first, set()).add(digits(second))
    return {first: None if ANY in seconds else frozenset(seconds) for first, seconds in out.items()}


def digits(token: str | None) -> str | None:
    """None for a run of digits, else the token."""
    return None if token and token[0].isdecimal() else token


def union(sets: Iterable[frozenset[str | None] | None]) -> frozenset[str | None] | None:
    """All tokens of several sets; None where one of them is of any token."""
    out: frozenset[str | None] = frozenset()
    for one in sets:
        if one is None:
            return None
        out |= one
    return out
