"""Markdown marks: the formatting of a line, and its text without them.

Only the marks that plans really hold are read: headings, bold and italic, hard line breaks, backslash escapes, links,
images and the few HTML tags that converters leave. A list bullet is not a mark: it stays in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from pipeline.ingest.clean import Cleaned, Marked, compose, mark, settle
from pipeline.ingest.notes.text import marks_of
from pipeline.ingest.text.latex import formula_signs, has_formulas

_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+|$)")
_CLOSING_HASHES = re.compile(r"(?<=[ \t])#+[ \t]*$")
_BULLET = re.compile(r"^[ \t]*[*+-][ \t]")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_BREAK = re.compile(r"\\[ \t]*$")
_TAG = re.compile(r"</?(?:br|u|b|i|em|strong|sup|sub|span|center|p|div|font|a|ul|ol|li)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ITEM_TAG = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"(?<!\\)&(?:amp|lt|gt|quot|apos|nbsp|ensp|emsp|#39|#x27|#124);")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,500})\]\((?:https?:|mailto:|#|/|www\.)[^)\n]*\)")
_STRONG = re.compile(r"\*\*\*?|(?<![_\w])__(?=[^_\s])|(?<=[^_\s])__(?![_\w])")
_NOTHING = re.compile(r"^\s*(\*\*|__)\s+\1\s*$")  # bold blanks
_STRONG_LATER = re.compile(r"[^*]*[^*\s]\*\*(?!\*)")
# The second way is how converters write it with the blank inside: "*4.1. *Giao".
_EMPHASIS = re.compile(
    r"(?<![*\w\\])_(?=[^*_\s]).{1,500}?(?<=[^*_\s\\])_(?![*\w])"
    r"|(?<![*\w\\])\*(?=[^*\s])[^*]{1,500}?(?<=[^*\s\\])[ \t]\*(?=[^*\s])"
    r"|(?<![*\\])\*(?=[^*\s]).{1,500}?(?<=[^*\s\\])\*(?!\*)"
)

# A stretch in single stars over several lines of a paragraph: its first star, and its last one.
_OPENS = re.compile(r"(?<![*\w\\])\*(?=[^*\s])[^*]*$")
_CLOSES = re.compile(r"^[^*]*?[^*\s\\](?:(\*)(?![*\w])|[ \t](\*)(?=[^*\s]))")
# Where one stretch ends and the next begins, as converters write it: "**năm 2025 ****với**", "*2.5. **Trồng cây*".
_MET = (
    re.compile(r"(?:(?<!\*)\*\*(?=[^*\s])|(?<=\*{4}))[^*]+(?P<marks>\*{4})(?=[^*]+\*\*)"),
    re.compile(r"(?:^|(?<=^\s))\*(?=[^*\s])[^*]+[ \t](?P<marks>\*\*)(?=[^*\s][^*]*(?<=[^*\s\\])\*[ \t]*$)"),
)
_MANY_STARS = re.compile(r"\*\*+")
# A text is Markdown when it shows one of these; each is rare in text that was typed or read by OCR.
_SIGNS = (
    re.compile(r"^ {0,3}#{1,6} +\S", re.MULTILINE),
    re.compile(r"\*\*(?=\S)[^*\n]+?(?<=\S)\*\*"),
    re.compile(r"(?<![_\w])__(?=[^_\s])[^_\n]+?(?<=[^_\s])__(?![_\w])"),
    re.compile(r"^\[\^[\w-]+\]: *\S", re.MULTILINE),
)


def is_markdown(text: str) -> bool:
    """Tell whether a text is written in Markdown: by a heading mark, a bold stretch, a footnote or a formula."""
    return any(sign.search(text) for sign in _SIGNS) or has_formulas(text)


@dataclass(frozen=True, slots=True)
class MarkdownLine:
    """A line of Markdown: its text and formatting; `…_after`: a stretch continues into the next line."""

    cleaned: Cleaned
    heading_level: int | None
    bold: bool
    italic: bool
    bold_after: bool
    italic_after: bool = False


def read_marks(
    raw: str,
    bold_before: bool = False,
    may_run_on: bool = False,
    in_cell: bool = False,
    italic_before: bool = False,
    italic_may_run_on: bool = False,
    notes: frozenset[str] = frozenset(),
) -> MarkdownLine:
    """Read one line, or one cell of a table, which has no headings.

    Args:
        raw: the line.
        bold_before: a bold stretch that began above is still open.
        may_run_on: a bold stretch left open closes below.
        in_cell: it is a cell.
        italic_before: an italic stretch that began above is still open.
        italic_may_run_on: an italic stretch left open closes below.
        notes: the marks that footnotes of the text begin with.
    """
    heading = None if in_cell else _HEADING.match(raw)
    dropped = [False] * len(raw)
    replaced: dict[int, str] = {}
    body = 0
    if heading:
        body = heading.end()
        _drop(dropped, 0, body)
        closing = _CLOSING_HASHES.search(raw, body)
        if closing:
            _drop(dropped, closing.start(), len(raw))
    escaped = {hit.start() for hit in _ESCAPE.finditer(raw)}
    for hit in _TAG.finditer(raw):
        printed = _printed_for(raw, hit)
        _drop(dropped, hit.start() + bool(printed), hit.end())
        if printed:
            replaced[hit.start()] = printed
    for hit in _ENTITY.finditer(raw):
        _drop(dropped, hit.start() + 1, hit.end())
        replaced[hit.start()] = unescape(hit.group())
    for start, end, _ in marks_of(raw, notes) if notes else ():
        _drop(dropped, start, end)
    for start, end, printed in formula_signs(raw) if "$" in raw or "\\(" in raw else ():
        _drop(dropped, start, end)
        if printed:
            dropped[end - 1] = False
            replaced[end - 1] = printed
    for start, end in (*(hit.span() for hit in (*_IMAGE.finditer(raw), *_NOTHING.finditer(raw))), *_met(raw)):
        _drop(dropped, start, end)
    for hit in _LINK.finditer(raw):
        _drop(dropped, hit.start(), hit.start(1))
        _drop(dropped, hit.end(1), hit.end())
    bold_at, open_at_end = _strong(raw, body, escaped, dropped, bold_before, may_run_on)
    italic_at, italic_after = _emphasis(raw, escaped, dropped, italic_before, italic_may_run_on)
    for at in escaped:
        dropped[at] = True
    broken = _BREAK.search(raw)
    if broken and broken.start() not in escaped and broken.start() - 1 not in escaped:
        _drop(dropped, broken.start(), len(raw))
    kept: Marked = []
    for char, at in mark(raw):
        if not dropped[at]:
            kept.extend((one, at) for one, _ in (mark(replaced[at]) if at in replaced else [(char, at)]))
    cleaned = settle(raw, compose(kept))
    letters = [at for char, at in kept if char.isalnum()]
    return MarkdownLine(
        cleaned,
        len(heading.group(1)) if heading else None,
        bool(letters) and all(bold_at[at] for at in letters),
        bool(letters) and all(italic_at[at] for at in letters),
        open_at_end,
        italic_after,
    )


def closes_bold(raw: str) -> bool:
    """Tell whether a line, read alone, leaves a bold stretch unbalanced: it could be the end of one begun above."""
    return len(_strong_marks(raw, {hit.start() for hit in _ESCAPE.finditer(raw)})) % 2 == 1


def closes_italic(raw: str) -> bool | None:
    """Tell whether an italic stretch begun above closes in a line; None where the line neither closes nor ends it."""
    if not raw.strip():
        return False
    bare = _MANY_STARS.sub(lambda hit: " " * len(hit.group()), raw)
    return _CLOSES.match(bare) is not None if "*" in bare else None


def _met(raw: str) -> list[tuple[int, int]]:
    """Where the marks of two stretches of bold or italics that meet stand."""
    return [hit.span("marks") for met in _MET for hit in met.finditer(raw)]


def _printed_for(raw: str, tag: re.Match[str]) -> str:
    """What is printed in the place of a tag of HTML: a blank for a line break, a bullet for an item of a list."""
    if _LINE_BREAK_TAG.fullmatch(tag.group()):
        return " "
    return "- " if _ITEM_TAG.fullmatch(tag.group()) and not raw[: tag.start()].strip() else ""


def _drop(dropped: list[bool], start: int, end: int) -> None:
    for at in range(start, end):
        dropped[at] = True


def _strong_marks(raw: str, escaped: set[int]) -> list[re.Match[str]]:
    """The bold marks of a line; two stars between spaces, or within a run of more than three, are no mark."""
    out = []
    for hit in _STRONG.finditer(raw):
        before, after = raw[: hit.start()][-1:], raw[hit.end() :][:1]
        ends = not raw[hit.end() :].strip() and bool(raw[: hit.start()].strip())  # "DÂN **"
        begins = not raw[: hit.start()].strip() and bool(_STRONG_LATER.match(raw, hit.end()))  # "** II**"
        lonely = (not before or before.isspace()) and (not after or after.isspace()) and not (ends or begins)
        if not lonely and before != "*" and after != "*" and hit.start() - 1 not in escaped:
            out.append(hit)
    return out


def _strong(
    raw: str, body: int, escaped: set[int], dropped: list[bool], bold_before: bool, may_run_on: bool
) -> tuple[list[bool], bool]:
    """Drop the bold marks; say of each character whether it is bold, and whether a stretch is open at the end."""
    bold = [False] * len(raw)
    marks = [hit for hit in _strong_marks(raw, escaped) if hit.start() >= body and not dropped[hit.start()]]
    is_open, at = bold_before, body
    for number, hit in enumerate(marks):
        if not is_open and number == len(marks) - 1 and not may_run_on:
            if hit.end() < len(raw) or raw[: hit.start()].endswith(" "):
                break  # opens and never closes: the writer's own stars
            _drop(dropped, hit.start(), hit.end())
            return bold, False
        for index in range(at, hit.start()):
            bold[index] = is_open
        italic_begins = is_open and len(hit.group()) == 3 and raw[hit.start() - 1].isspace()  # "**1. ***Trồng cây"
        _drop(dropped, hit.start(), hit.end() - italic_begins)
        is_open, at = not is_open, hit.end()
    for index in range(at, len(raw)):
        bold[index] = is_open
    return bold, is_open


def _emphasis(
    raw: str, escaped: set[int], dropped: list[bool], italic_before: bool, may_run_on: bool
) -> tuple[list[bool], bool]:
    """Drop the italic marks; say of each character whether it is italic, and whether a stretch is open at the end."""
    italic = [False] * len(raw)
    bullet = _BULLET.match(raw)
    masked = "".join(" " if dropped[at] and char in "*_" else char for at, char in enumerate(raw))
    # A dropped bold mark must not keep an italic mark next to it from being seen as standing at a word's edge.
    at = bullet.end() if bullet else 0
    closing = _CLOSES.match(masked) if italic_before else None
    if closing:
        dropped[closing.end() - 1] = True
    if italic_before:
        at = closing.end() if closing else len(raw)
        italic[:at] = [True] * at
    for hit in _EMPHASIS.finditer(masked, at):
        start, end = hit.start(), hit.end() - 1
        if start - 1 in escaped or end - 1 in escaped:
            continue
        dropped[start] = dropped[end] = True
        italic[start:end] = [True] * (end - start)
        at = hit.end()
    opening = _OPENS.search(masked, at) if may_run_on else None
    if opening:
        dropped[opening.start()] = True
        italic[opening.start() :] = [True] * (len(raw) - opening.start())
    return italic, opening is not None or (italic_before and closing is None)
