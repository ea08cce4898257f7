"""Small raised figures: the mark of a footnote is no digit of the number before it, a power belongs to its unit.

"30¹ xã" are 30 communes, "1.500 m²" are square metres. The mark stays in the raw text of its line and is left out of
what is read; the note itself begins with the same mark at the foot of the page.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"\((?:\d{1,2}|\*{1,3})\)|\[\d{1,2}\]|\d{1,2}|\*{1,3}|†")
_UNIT = re.compile(r"(?:^|[^\w]|\d)(?:[dcmk]?m|ha|μm|µm)$")
# Where numbers are written in by hand, where an enumeration goes on ("gồm: (1) lối đi; (2) …"), and minutes ("14h³⁰")
_NO_MARK = re.compile(r"(?:số|ngày|tháng|[:;/]|\d\s*(?:h|g|giờ))\s*$", re.IGNORECASE)
_RAISED = {"⁰": "0", "¹": "1", "²": "2", "³": "3", **{chr(0x2070 + at): str(at) for at in range(4, 10)}}
RAISED = re.compile(f"[{''.join(_RAISED)}]+")


def is_power(before: str, figure: str) -> bool:
    """Tell whether a raised figure is the power of the unit before it."""
    return figure in ("2", "3") and bool(_UNIT.search(before))


def is_note_mark(before: str, figure: str, after: str) -> bool:
    """Tell whether a raised figure is the mark of a footnote.

    Args:
        before: the text of the line before it.
        figure: it, in plain digits.
        after: the text of the line behind it.
    """
    if not before.strip() or not _MARK.fullmatch(figure) or is_power(before, figure):
        return False
    return not _NO_MARK.search(before) and not after.startswith(("/", "⁄"))


def marks_in(text: str) -> set[int]:
    """The places of raised figures of Unicode ("30¹ xã") in a text that are marks of footnotes."""
    out: set[int] = set()
    for found in RAISED.finditer(text):
        figure = "".join(_RAISED[char] for char in found.group())
        before, after = text[: found.start()], text[found.end() :]
        # before Unicode "¹" was ạ: behind a letter it is a mark only in a text that has the letters of today
        if (
            is_note_mark(before, figure, after)
            and not after[:1].isalpha()
            and (not before[-1].isalpha() or re.search("[\u1ea0-\u1ef9]", text))
        ):
            out.update(range(*found.span()))
    return out
