"""Figures of typed lines in which a letter stands for a digit: "2O25", "9O%", "l5%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.restore.readings import RestoredReading

LIKELY = 0.9  # the probability of a figure once the letters in it are taken for the digits they look like

_YEAR = r"(?P<year>[12l|I][09Oo§][0-9OolI|S§]{2})"
_SHARE = r"(?P<share>[0-9OolI|S§]{1,3})(?=\s?%)"
_COUNTED = r"(?:(?<=lớp )|(?<=đợt )|(?<=lần )|(?<=khoản ))"  # behind these "1l" is 11, elsewhere a litre
_THOUSANDS = r"(?P<thousands>[0-9OlI|]{1,3}(?:\.[0-9OlI|]{3}){1,4})"
_DECIMAL = r"(?P<decimal>[0-9OlI|]{1,3},[0-9OlI|]{1,2})(?=[\s;:)%]|$|(?:kg|ha|km|m|tạ|tấn|lít)\b)"
_OTHER = rf"(?P<other>[0-9l|][0-9OlI|]{{0,2}}[0-9O]|{_COUNTED}[0-9][lI|])"
# No part of a word, of a document's number or of a code; "Quý 1I" and "H2O" are something else.
_FIGURE = re.compile(
    rf"(?:(?<![\w.,/&-])|(?<=\d[-–]))(?:{_SHARE}|{_DECIMAL}|(?:{_YEAR}|{_THOUSANDS}|{_OTHER})(?=[\s.,;:)%/-]|$)(?![./-]?[^\W\d_]))"
)
_IN_DATE = re.compile(r"(?<![\w.,-])[0-9Ol|I]{1,2}(?:[/.-][0-9Ol|I]{1,2})?[/.-](?:[12l|I][09O][0-9OlI|]{2})(?![\w/-])")
# In a date in words every sign is a digit: "ngày l8 tháng lO năm 2025".
_IN_WORDS = re.compile(
    r"(?<=ngày )[0-3OlI|][0-9OolI|](?= tháng\b)|(?<=tháng )(?:[01OlI|][0-9OolI|]|[lI|])(?=,? năm\b)", re.IGNORECASE
)
# What all figures and dates have that hold a digit and a letter for one; quick to look for.
_MIXED = re.compile(r"[OolI|S§][.,]?[0-9]|[0-9][.,]?[OolI|S§]")
_QUARTER = re.compile(r"\bquý\s$", re.IGNORECASE)
_DIGITS = str.maketrans("OolI|S§", "0011158")


def digits(line: str) -> Iterator[RestoredReading]:
    """Find the figures of a line that have a letter for a digit; at least one digit must be among them."""
    found: dict[int, RestoredReading] = {}
    mixed = _MIXED.search(line) is not None
    if not mixed and "háng" not in line.lower():
        return
    for pattern in (_IN_DATE, _IN_WORDS, _FIGURE) if mixed else (_IN_WORDS,):
        for match in pattern.finditer(line):
            text, right = match.group(), match.group().translate(_DIGITS)
            parts = [text] if match.re is _FIGURE else re.split("[/.-]", text)  # of "25.OOO" one has digits
            told = match.re is _IN_WORDS or all(any(map(str.isdigit, part)) for part in parts)
            if text == right or not told:
                continue
            if _QUARTER.search(line[: match.start()]) or any(
                one.start < match.end() and match.start() < one.end for one in found.values()
            ):
                continue
            found[match.start()] = RestoredReading(*match.span(), right, LIKELY, text)
    yield from found.values()
