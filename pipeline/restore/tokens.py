"""Tokens of the language model."""

from __future__ import annotations

import re

from pipeline.language.tones import modern

BOUNDARY, NUMBER, UNKNOWN, STOP, COMMA = "<s>", "<n>", "<u>", ".", ","
CLASSES = (BOUNDARY, NUMBER, UNKNOWN, STOP, COMMA)

# The sign of a list's item says nothing of the words behind it, and parts their beginning from other beginnings.
LISTED = re.compile(
    r"\s*(?:[-–—+*•·]\s*)?(?:(?:\d{1,3}(?:\.\d{1,3})*|[a-zđA-ZĐ]|[IVXL]{1,5})[.)/](?=\s)\s*)?(?:[-–—+*•·]\s+)?"
)
_TOKEN = re.compile(r"(?P<word>[^\W\d_]+)|(?P<number>\d+(?:[.,/:]\d+)*)|(?P<stop>[.?!…])|(?P<comma>[,;:])")


def words(text: str) -> list[str]:
    """Split a clean paragraph (NFC) into words in lower case, with classes for numbers and punctuation; no marker."""
    found = []
    listed = LISTED.match(text)
    for match in _TOKEN.finditer(text, listed.end() if listed else 0):
        kind = match.lastgroup
        if kind == "word":
            found.append(modern(match.group().lower()))
        else:
            found.append(NUMBER if kind == "number" else STOP if kind == "stop" else COMMA)
    return found
