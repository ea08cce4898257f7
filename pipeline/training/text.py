"""Clean Vietnamese paragraphs out of large text files."""

from __future__ import annotations

import lzma
import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.knowledge.places import communes, current_communes, districts, former_districts, provinces
from pipeline.language.accents import remove_accents
from pipeline.language.letters import ACCENTED_LETTER, CAPITALS, LETTER, SMALL, WORD
from pipeline.language.normal import nfc
from pipeline.language.syllables import bare_inventory, inventory
from pipeline.language.tones import modern

FOREIGN = 0.02  # share of letters that no Vietnamese text has: above it the line is another language or encoding
ACCENTED = 0.08  # share of accented letters: below it the line is not right Vietnamese
LETTERS = 12  # fewer say nothing

NEAR = 3  # lines on either side of a misspelt one that are left out with it

_FOREIGN = re.compile(rf"[^\W\d_{CAPITALS}{SMALL}]|[®«¬¸¶©§¨µ¦£¹»¼½¾]")


def paragraphs(file: Path) -> Iterator[str]:
    """Read the lines of a text file (.xz or plain, UTF-8) that are correct Vietnamese, in NFC, with single spaces.

    A line with a misspelt word, and those near it, are left out: they come from OCR, or were typed carelessly.

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: it is not UTF-8.
    """
    waiting: deque[str] = deque()
    shadow = 0
    opener = lzma.open if file.suffix == ".xz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = nfc(" ".join(line.split()))
            letters = len(LETTER.findall(text))
            if letters < LETTERS or len(_FOREIGN.findall(text)) > FOREIGN * letters:
                continue
            if len(ACCENTED_LETTER.findall(text)) < ACCENTED * letters:
                continue
            if any(_misspelt(word) for word in WORD.findall(text)):
                waiting.clear()
                shadow = NEAR
            elif shadow:
                shadow -= 1
            else:
                waiting.append(text)
                if len(waiting) > NEAR:
                    yield waiting.popleft()
    yield from waiting


def place_lines() -> Iterator[str]:
    """Each place of `pipeline.knowledge` with its level and the places that it lies in, one a line."""
    province = {row.code: f"{row.kind} {row.name}" for row in provinces()}
    today = {row.current_code: f"{row.kind} {row.current_name}" for row in provinces() if row.code == row.current_code}
    district = {row.code: f"{row.kind} {row.name}, {province[row.province]}" for row in districts()}
    yield from (*province.values(), *today.values(), *district.values())
    yield from (f"{row.kind} {row.name}, {province[row.province]}" for row in former_districts())
    yield from (f"{row.kind} {row.name}, {district[row.district]}" for row in communes())
    yield from (f"{row.kind} {row.name}, {today[row.province]}" for row in current_communes())


@lru_cache(maxsize=1 << 18)
def _misspelt(word: str) -> bool:
    """Whether a word has the letters of a syllable, but marks that no syllable has: "xuât", "đuợc"."""
    lowered = modern(word.lower())
    bare = remove_accents(lowered)
    return bare != lowered and lowered not in inventory() and bare in bare_inventory()
