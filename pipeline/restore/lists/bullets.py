"""Bullets that text layers have wrong: another sign for a dash or a dot ("e Tăng cường", "« 85 % số xã"), or none.

Where several were misread, others were too: a star among dashes is one, and a paragraph between two items that are
whole has lost its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from pipeline.knowledge.documents import parts
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.restore.lists.gaps import line_above, read_sign
from pipeline.restore.markers import BETWEEN, LIKELY
from pipeline.restore.readings import RestoredReading

BULLETS = "e¢«~_=¬°©®¤"  # what the dash or the dot of a bullet is read as, before a capital
TYPED = "_~="  # of these, what writers type for a bullet themselves: where all are such, none was lost
BEFORE_FIGURES = "e¢«_©®¤"  # the same before a number: no sign of sums
SEVERAL = 3  # such bullets that are enough where the document has no other
LONGEST = 40  # lines of a paragraph that are looked at
WORDS = 4  # of a paragraph that may be an item: fewer are a title
FULL = 0.8  # of the longest lines: a shorter one ends its paragraph where lines are broken as on a page
BROKEN = 0.1  # share of lines that go on in small letters, from which they are

_BULLET = re.compile(rf"\s*(?P<sign>[{BULLETS}])\s+(?=[^\W\d_][^\W\d_])")
_BEFORE_FIGURE = re.compile(rf"\s*(?P<sign>[{BEFORE_FIGURES}])\s+(?=\d[\d.,]*\s?%?\s+[^\W\d_]{{2}})")
_STAR = re.compile(r"\s*(?P<sign>\*)\s+(?=[^\W\d_]{2}|\d)")
_NOTE = re.compile(r"\s*\*\s+(?:lưu ý|ghi chú|chú thích|nhận xét)\b", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—+•]\s+\S")
_PLUS = re.compile(r"\s*\+\s+\S")
_STARRED = re.compile(r"\s*\*")


def bullets(lines: Sequence[str | None]) -> Iterator[tuple[int, RestoredReading]]:
    """Find the bullets that were misread or lost.

    Args:
        lines: of a document in their order; None for one that is not looked at.

    Yields:
        The index of a line, and how its bullet reads; one that was lost is put before the line.
    """
    found = {at: match for at, line in enumerate(lines) if line and (match := _misread(line))}
    dashes = sum(bool(line and _DASH.match(line)) for line in lines)
    many = len(found) >= SEVERAL
    if many:
        figures = ((at, _BEFORE_FIGURE.match(line or "")) for at, line in enumerate(lines))
        found |= {at: match for at, match in figures if match and _is_ended(line_above(lines, at))}
        found |= dict(_stars(lines, len(found), dashes))
    if not many and not dashes:
        return
    misread = frozenset(found)
    for at, match in sorted(found.items()):
        bullet = "+" if _is_lower(lines, at, misread) else "-"
        sure = BETWEEN if match["sign"] == "*" else LIKELY
        yield at, RestoredReading(*match.span("sign"), bullet, sure, match["sign"])
    if many and not all(match["sign"] in TYPED + "*" for match in found.values()):
        for at in _bare(lines, misread):
            start = len(lines[at] or "") - len((lines[at] or "").lstrip())
            yield at, RestoredReading(start, start, "+ " if _is_lower(lines, at, misread) else "- ", BETWEEN)


def _is_ended(text: str) -> bool:
    """Whether an item may begin behind a line: a sentence ended, a list was opened, or it is a heading."""
    return text.rstrip()[-1:] in ("", ".", ";", ":") or begins(text)


def _misread(line: str) -> re.Match[str] | None:
    match = _BULLET.match(line)
    return match if match and line[match.end()].isupper() and "»" not in line else None


def _stars(lines: Sequence[str | None], misread: int, dashes: int) -> Iterator[tuple[int, re.Match[str]]]:
    """The stars among dashes that are one; a star that opens a list, or a note, is what it says."""
    found = [(at, match) for at, line in enumerate(lines) if line and (match := _STAR.match(line))]
    if len(found) > min(misread, dashes):
        return
    for at, match in found:
        text = _paragraph(lines, at)
        if ends_sentence(text) and not _NOTE.match(text):
            yield at, match


def _bare(lines: Sequence[str | None], misread: AbstractSet[int]) -> Iterator[int]:
    """The paragraphs without a mark that stand between two bullets, or between a colon and one, and are whole."""
    long = sorted(len(line) for line in lines if line)
    full = FULL * long[len(long) * 9 // 10] if long else 0.0
    bulleted = [at in misread or bool(_DASH.match(line or "")) for at, line in enumerate(lines)]
    marked = [of_list or begins(line) for of_list, line in zip(bulleted, lines, strict=True)]
    going_on = (line for line, has_mark in zip(lines, marked, strict=True) if line and not has_mark)
    wrapped = sum(line.lstrip()[:1].islower() for line in going_on) > BROKEN * len(long)
    listed = [False] * (len(lines) + 1)  # whether the next item or heading from a line on is a bullet's
    for at in range(len(lines) - 1, -1, -1):
        listed[at] = bulleted[at] if marked[at] else listed[at + 1]
    above, said = False, ""  # whether what stands above is an item of a bullet, and the last line of it
    for at, line in enumerate(lines):
        if marked[at] or line is None:
            above = bulleted[at]
        elif line.strip():
            before = lines[at - 1] if at else None
            apart = before is not None and (not before.strip() or not wrapped or len(before) < full)
            closed = said[-1:] in (".", ";", ":") and (above or said[-1:] == ":")
            goes_on = listed[at] or (above and said[-1:] == ";")
            if apart and closed and goes_on and _is_item(_paragraph(lines, at)):
                yield at
                above = True
        said = line.rstrip() or said if line else said


def _is_item(text: str) -> bool:
    """Whether a paragraph may be an item: a whole sentence, and none that says by whom and when another is done."""
    words = text.split()
    if _lines_of_items().match(fold(text)):
        return False
    return len(words) >= WORDS and words[0][:1].isupper() and not words[0].isupper() and text.rstrip()[-1:] in ".;"


@cache
def _lines_of_items() -> re.Pattern[str]:
    """The lines below an item that belong to it, folded."""
    known = parts()
    kinds = (
        known.shared_lines, known.shared_labels, known.time_lines, known.result_lines, known.content_lines,
        known.aside_lines, known.notes,
    )  # fmt: skip
    return re.compile("|".join(f"(?:{one})" for kind in kinds for one in kind))


def _paragraph(lines: Sequence[str | None], at: int) -> str:
    """The lines from one on to the next that is blank, or that an item begins with."""
    out = [lines[at] or ""]
    for line in lines[at + 1 : at + LONGEST]:
        if not line or not line.strip() or begins(line) or _misread(line) or _STARRED.match(line):
            break
        out.append(line)
    return " ".join(out)


def _is_lower(lines: Sequence[str | None], at: int, misread: AbstractSet[int]) -> bool:
    """Whether a bullet is of the lower level, a plus: one follows, and one or a colon stands before."""
    behind = next((n for n in range(at + 1, len(lines)) if n in misread or begins(lines[n])), len(lines))
    if behind == len(lines) or behind in misread or not _PLUS.match(lines[behind] or ""):
        return False
    if line_above(lines, behind).rstrip().endswith(":"):
        return False
    if line_above(lines, at).rstrip().endswith(":"):
        return True
    before = next((n for n in range(at - 1, -1, -1) if n not in misread and begins(lines[n])), -1)
    return before >= 0 and bool(_PLUS.match(lines[before] or ""))


def begins(line: str | None) -> bool:
    """Tell whether an item or a heading begins with a line."""
    sign = read_sign(0, line) if line else None
    return bool(line and _DASH.match(line)) or bool(sign and sign.end and sign.capital)
