"""What kehoach says to people, in English and Vietnamese: one catalogue, whose files lie in this folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Final, Literal, get_args

Language = Literal["en", "vi"]
Loss = Literal["document", "page", "item", "value", "copy", "nothing"]
SeverityName = Literal["lost", "doubtful", "note"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Wording:
    """A message in one language; placeholders in braces are filled with its parameters."""

    what: str
    """What happened; the whole message where it is none of a code."""
    do: str = ""
    """What to do next; follows `what` in the message."""
    advice: str = ""
    """What to do next where the message does not say it; stands in docs/messages.md alone."""

    @property
    def message(self) -> str:
        """The message as it is said."""
        return f"{self.what}; {self.do}" if self.do else self.what


@dataclass(frozen=True)
class CatalogueEntry:
    """A message of the catalogue; `lost` is what the plan lacks because of it, of errors and warnings only."""

    words: Mapping[Language, Wording]
    lost: Loss | None = None
    severity: SeverityName | None = None
    """Of a warning where it does not follow from `lost`."""


@cache
def catalogue() -> dict[str, CatalogueEntry]:
    """Every message by its key; keys of a capital letter and three digits are codes."""
    tables = [file for file in files("pipeline.messages").iterdir() if file.name.endswith(".toml")]
    texts = (file.read_text(encoding="utf-8") for file in tables)
    return {key: _entry(entry) for text in texts for key, entry in tomllib.loads(text).items()}


def _entry(entry: dict[str, Any]) -> CatalogueEntry:
    words = {one: Wording(**said) if isinstance(said := entry[one], dict) else Wording(said) for one in LANGUAGES}
    return CatalogueEntry(words, entry.get("lost"), entry.get("severity"))


def severity(code: str) -> SeverityName:
    """How much a warning matters: something is lost, something may be wrong, or it is good to know."""
    entry = catalogue()[code]
    return entry.severity or ("note" if entry.lost == "nothing" else "doubtful" if entry.lost == "value" else "lost")


def placeholders(text: str) -> set[str]:
    """The names of the parameters that a text wants."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


_SEEN: Final = {
    **{code: 0x2400 + code for code in range(0x20)},  # U+2400 to U+2421 are pictures of them
    0x7F: 0x2421,
    **dict.fromkeys(
        [*range(0x80, 0xA0), 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD
    ),
}
_SEEN_BUT_LINES: Final = {code: seen for code, seen in _SEEN.items() if code not in (0x09, 0x0A)}


def visible(text: str, lines: bool = False) -> str:
    """A text from a file, a name or a database as it can be printed: nothing in it commands a terminal.

    Args:
        text: what stands there.
        lines: whether ends of lines and tabs are kept as they are.

    Returns:
        As many characters; in place of each that controls something stands its picture.
    """
    return text.translate(_SEEN_BUT_LINES if lines else _SEEN)


def say(key: str, language: Language = "en", **params: object) -> str:
    """The message `key` in `language` with its parameters filled in.

    Raises:
        KeyError: the catalogue lacks the key, or the message wants a parameter that is not given.
    """
    shown = {name: visible(str(value)) for name, value in params.items()}
    return catalogue()[key].words[language].message.format(**shown)


_OF_ITEM: Final = re.compile(r"\w+ \{item\}: ")


def say_of_item(key: str, language: Language = "en", **params: object) -> str:
    """The same without the item that the message begins with, for where that item is read."""
    shown = {name: visible(str(value)) for name, value in params.items()}
    return _OF_ITEM.sub("", catalogue()[key].words[language].message, count=1).format(**shown)


def general(key: str, language: Language = "en") -> str:
    """What all messages of a key say in common: its words with the parameters left open."""
    message = catalogue()[key].words[language].message
    return message.format(**dict.fromkeys(placeholders(message), "…"))
