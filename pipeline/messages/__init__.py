"""What kehoach says to people, in English and Vietnamese: one catalogue, whose files lie in this folder."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Literal

Language = Literal["en", "vi"]


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every message by its key, in both languages; keys of a capital letter and digits are codes."""
    text = files("pipeline.messages").joinpath("messages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(key: str, language: Language = "en", **params: object) -> str:
    """The message `key` in `language` with its parameters filled in.

    Raises:
        KeyError: the catalogue lacks the key, or the message wants a parameter that is not given.
    """
    return catalogue()[key][language].format(**params)


def general(key: str, language: Language = "en") -> str:
    """What all messages of a key say in common: its words with the parameters left open."""
    names = {name for _, name, _, _ in Formatter().parse(catalogue()[key][language]) if name}
    return say(key, language, **dict.fromkeys(names, "…"))
