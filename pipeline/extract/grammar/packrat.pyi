"""Types of the compiled matchers."""

from collections.abc import Callable
from collections.abc import Sequence as Ordered

from pipeline.extract.grammar.text import PlacedToken

class TokenizedText:
    """A text and its tokens, each given by its place in `lows`, `starts` and `ends`."""

    text: str
    folded: str
    lows: list[str]
    starts: list[int]
    ends: list[int]
    values: dict[int, object]
    memo: dict[object, dict[int, object]]
    def __init__(self, text: str, masked: Ordered[tuple[int, int]] = (), placed: Ordered[PlacedToken] = ()) -> None: ...
    def mark(self, at: int, low: str) -> None: ...
    def at(self, offset: int) -> int: ...
    def behind(self, offset: int) -> int | None: ...
    def is_glued(self, index: int) -> bool: ...

class Matcher: ...

class Phrase(Matcher):
    def __init__(self, words: tuple[str, ...]) -> None: ...

class Source(Matcher): ...

class Function(Source):
    def __init__(self, function: Callable[[TokenizedText, int], tuple[int, object] | None]) -> None: ...

class Digits(Source):
    def __init__(self, least: int, most: int, longest: int) -> None: ...

class Syllable(Source): ...
class Sign(Source): ...
class Token(Source): ...

class Placed(Source):
    def __init__(self, lows: frozenset[str]) -> None: ...

class WordClass(Source):
    phrases: list[tuple[str, ...]]
    def add(self, words: tuple[str, ...], value: object) -> None: ...

class Captured(Matcher):
    def __init__(self, label: str, part: Source) -> None: ...

class CapturedWords(Matcher):
    def __init__(self, label: str, part: Matcher) -> None: ...

class Sequence(Matcher):
    def __init__(self, parts: list[Matcher]) -> None: ...

class FirstOf(Matcher):
    def __init__(self, parts: list[Matcher]) -> None: ...

class Repeated(Matcher):
    def __init__(self, part: Matcher, least: int, most: int) -> None: ...

class Ahead(Matcher):
    def __init__(self, part: Matcher, negative: bool) -> None: ...

class Before(Matcher):
    def __init__(self, phrases: list[tuple[str, ...]], terminal: Source | None, negative: bool) -> None: ...

class Skipping(Matcher):
    def __init__(self, part: Matcher, most: int) -> None: ...

class Place(Matcher):
    def __init__(self, sign: str) -> None: ...

class Pattern:
    rule: str
    def __init__(
        self,
        rule: str,
        part: Matcher,
        make: Callable[..., object] | None,
        constants: dict[str, object],
        plural: frozenset[str],
        placed: bool,
    ) -> None: ...

_Opening = tuple[Pattern, frozenset[str | None] | None]

class Category(Source):
    def index(self, by_word: dict[str, list[_Opening]], by_digits: list[_Opening], by_any: list[_Opening]) -> None: ...

class Scanner:
    def __init__(self, categories: list[Category]) -> None: ...
    def scan(self, text: TokenizedText) -> list[tuple[int, int, object, str]]: ...
