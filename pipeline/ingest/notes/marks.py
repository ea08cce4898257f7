"""Small raised figures: the mark of a footnote is no digit of the number before it, a power belongs to its unit.

"30¹ xã" are 30 communes, "1.500 m²" are square metres, "10⁶" is a million, "25⁰C" are degrees. The mark stays in the
raw text of its line and is left out of what is read; the note itself begins with the same mark at the foot of the page.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"\((?:\d{1,2}|\*{1,3})\)|\[\d{1,2}\]|\d{1,2}|\*{1,3}|†")
_UNIT = re.compile(r"(?:^|[^\w]|\d)(?:[dcmk]?m|ha|μm|µm)$")
# Where numbers are written in by hand, where an enumeration goes on ("gồm: (1) lối đi; (2) …"), and minutes ("14h³⁰")
_NO_MARK = re.compile(r"(?:số|ngày|tháng|[:;/]|\d\s*(?:h|g|giờ))\s*$", re.IGNORECASE)
_TEN, _TIMES = re.compile(r"(?<![\d.,])10$"), re.compile(r"[x×*·]\s*10$")
_MINUS = ("-", "−", "–")
_EXPONENT = re.compile(rf"[{''.join(_MINUS)}]?\d{{1,2}}")
_RAISED = {"⁰": "0", "¹": "1", "²": "2", "³": "3", **{chr(0x2070 + at): str(at) for at in range(4, 10)}}
_SUPERSCRIPT = {plain: char for char, plain in _RAISED.items()}
RAISED = re.compile(f"[{''.join(_RAISED)}]+")


def read_raised(before: str, figure: str, after: str, noted: bool = False) -> str | None:
    """Tell what is read of a figure that is set small and raised.

    Args:
        before: the text of the line before it.
        figure: it, in plain characters.
        after: the text of the line behind it.
        noted: whether a note with this mark stands on its page.

    Returns:
        Nothing for the mark of a footnote; a power or a degree with the sign that shows it as such; None where it is
        read as if it were not raised.
    """
    before = before.rstrip()
    if figure in ("0", "o", "O"):
        return "°" if before[-1:].isdigit() else None
    if figure in ("2", "3") and _UNIT.search(before):
        return figure
    sure = _TIMES.search(before) or figure.startswith(_MINUS) or (figure not in ("1", "2") and not noted)
    if sure and _TEN.search(before) and _EXPONENT.fullmatch(figure):
        return "".join(_SUPERSCRIPT.get(char, "⁻") for char in figure)
    if not before or not _MARK.fullmatch(figure) or _NO_MARK.search(before) or after.startswith(("/", "⁄")):
        return None
    return ""


def marks_in(text: str) -> set[int]:
    """The places of raised figures of Unicode ("30¹ xã") in a text that are marks of footnotes."""
    out: set[int] = set()
    for found in RAISED.finditer(text):
        figure = "".join(_RAISED[char] for char in found.group())
        before, after = text[: found.start()], text[found.end() :]
        # before Unicode "¹" was ạ: behind a letter it is a mark only in a text that has the letters of today
        if (
            read_raised(before, figure, after) == ""
            and not after[:1].isalpha()
            and (not before[-1].isalpha() or re.search("[\u1ea0-\u1ef9]", text))
        ):
            out.update(range(*found.span()))
    return out
