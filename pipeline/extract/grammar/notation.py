"""The notation of patterns, read into expressions.

    'literal phrase'   CLASS   category   label:x   x?  x*  x+  x{m,n}   (a b | c)
    !x  not here     &x  here     <x  x stands right before     <!x  it does not
    ^   the passage begins     $   it ends     ~  what follows is glued to what stands before
    ..5 x   at most five tokens are passed over, the fewest that x can follow; none of them ends a sentence or a part

A choice takes the first of its parts that matches, a repetition as many as there are, and neither is taken back: a
pattern is a parsing expression (Ford 2004), so that reading takes time linear in the passage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.grammar.text import TOKEN
from pipeline.language.folding import fold


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that stand so, folded, one by one."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A class of words or a terminal (capitals), or a category (small letters)."""

    name: str


@dataclass(frozen=True, slots=True)
class Series:
    """One part behind the other."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first part that matches."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """As often as it matches, at least `least` and at most `most` times."""

    part: Expression
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part whose value is given to the maker under a name."""

    label: str
    part: Expression


@dataclass(frozen=True, slots=True)
class Look:
    """A part that has to stand here, or right before (`back`), or must not (`negative`); it is not passed over."""

    part: Expression
    negative: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Skip:
    """At most `most` tokens that are passed over before a part."""

    most: int
    part: Expression


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place: "^" the beginning of the passage, "$" its end, "~" where no blank stands."""

    sign: str


Expression = Literal | Named | Series | Choice | Repeat | Labelled | Look | Skip | Anchor

MANY = 64  # what a repetition without an upper bound stops at
_LEXEME = re.compile(
    r"\s*(?:'(?P<literal>[^']+)'|(?P<skip>\.\.\d+)|(?P<label>[a-z_]+):|(?P<name>[A-Za-z][\w-]*)"
    r"|(?P<bounds>\{\d+,\d+\})|(?P<sign>[()|?*+!&<^$~]))"
)
_REPEATS = {"?": (0, 1), "*": (0, MANY), "+": (1, MANY)}


def parse(pattern: str) -> Expression:
    """Read a pattern.

    Raises:
        ValueError: it is not in the notation; the message shows where.
    """
    parser = _Parser(pattern)
    expression = parser.choice()
    if parser.kind is not None:
        raise parser.error("nothing more")
    return expression


class _Parser:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern.rstrip()
        self.place = 0
        self.kind: str | None = None
        self.value = ""
        self.next()

    def next(self) -> None:
        """Go on to the next lexeme; `kind` is None behind the last."""
        if self.place == len(self.pattern):
            self.kind, self.value = None, ""
            return
        found = _LEXEME.match(self.pattern, self.place)
        if found is None:
            raise self.error("a word, a name or a sign")
        self.place = found.end()
        self.kind = found.lastgroup
        self.value = found[str(self.kind)]

    def error(self, wanted: str) -> ValueError:
        return ValueError(f"{self.pattern!r}: {wanted} expected at {self.place}, before {self.value!r}")

    def is_sign(self, sign: str) -> bool:
        return self.kind == "sign" and self.value == sign

    def choice(self) -> Expression:
        parts = [self.sequence()]
        while self.is_sign("|"):
            self.next()
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def sequence(self) -> Expression:
        parts = []
        while self.kind is not None and not self.is_sign("|") and not self.is_sign(")"):
            parts.append(self.item())
        if not parts:
            raise self.error("a part")
        return parts[0] if len(parts) == 1 else Series(tuple(parts))

    def item(self) -> Expression:
        if self.kind == "label":
            label = self.value
            self.next()
            return Labelled(label, self.item())
        if self.kind == "skip":
            most = int(self.value[2:])
            self.next()
            return Skip(most, self.item())
        if self.kind == "sign" and self.value in "!&<":
            return self.look()
        part = self.atom()
        while (self.kind == "sign" and self.value in _REPEATS) or self.kind == "bounds":
            if self.kind == "bounds":
                least, most = (int(bound) for bound in self.value.strip("{}").split(","))
            else:
                least, most = _REPEATS[self.value]
            part = Repeat(part, least, most)
            self.next()
        return part

    def look(self) -> Expression:
        back = self.is_sign("<")
        negative = self.is_sign("!")
        self.next()
        if back and self.is_sign("!"):
            negative = True
            self.next()
        return Look(self.atom(), negative, back)

    def atom(self) -> Expression:
        kind, value = self.kind, self.value
        self.next()
        if kind == "literal":
            return Literal(tuple(TOKEN.findall(fold(value))))
        if kind == "name":
            return Named(value)
        if kind == "sign" and value in "^$~":
            return Anchor(value)
        if kind == "sign" and value == "(":
            inner = self.choice()
            if not self.is_sign(")"):
                raise self.error("')'")
            self.next()
            return inner
        raise self.error("a part")
