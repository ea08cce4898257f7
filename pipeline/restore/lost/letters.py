"""Words in which a sign stands for a letter that was lost: "Th?c hi?n", "tri□n khai", as old code pages leave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import Line, Page
from pipeline.language.syllables import inventory
from pipeline.restore.undecoded.lost_letters import SIGN

SIGNS = ("?", "\u25a1\u25af")  # beside U+FFFD itself
ENOUGH = 3  # signs between letters, from which such signs stand for letters elsewhere too
MANY = 30  # the same for a question mark at the end of a line, or alone

_LAST = re.compile(r"[^\W\d_]+$")
_ADDRESS = re.compile(r"://|www\.|@")


def with_letters_gone(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with U+FFFD for each letter that was lost, whatever stands there for it."""
    texts = [line.text for page in pages for line in page.lines]
    for signs in SIGNS:
        within = re.compile(rf"(?<=[^\W\d_])[{signs}](?=[^\W\d_])")
        count = sum(len(within.findall(text)) for text in texts if not _ADDRESS.search(text))
        if count >= ENOUGH:
            pages = [
                replace(page, lines=tuple(_with_letters_gone(line, signs, count >= MANY) for line in page.lines))
                for page in pages
            ]
    return tuple(pages)


def _with_letters_gone(line: Line, signs: str, many: bool) -> Line:
    if _ADDRESS.search(line.text) or not any(sign in line.text for sign in signs):
        return line
    chars = list(line.text)
    for at in (*reversed(range(len(chars))), *range(len(chars))):  # several may stand side by side
        if chars[at] in signs and _is_letter(chars, at, chars[at] == "?", many):
            chars[at] = SIGN
    text = "".join(chars)
    return line if text == line.text else replace(line, text=text, origin=line.origin or tuple(range(len(text))))


def _is_letter(chars: Sequence[str], at: int, question: bool, many: bool) -> bool:
    """Whether a sign stands for a letter: inside a word, at its end or its beginning, or alone."""
    before, after = chars[at - 1] if at else " ", chars[at + 1] if at + 1 < len(chars) else ""
    if after.isalpha() or after == SIGN:
        return True
    inside = before.isalpha() or before == SIGN
    if not question or not inside:
        return inside or (many and before == " " and after in ("", " "))
    word = _LAST.search("".join(chars[:at]))
    asks = word is not None and word.group().lower() in inventory()
    if after == "" or (after == " " and "".join(chars[at + 2 : at + 3]).isupper() and not before.isupper()):
        return (many and not after) or not asks
    return after in " ,.;:)/-"
