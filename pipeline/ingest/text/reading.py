"""Reading plain text and Markdown: one Line for each line of the file, blank lines too.

Form feeds begin a new page; the pages have no size, and their numbers mean nothing to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from pipeline.document import Line, Page, TextOrigin
from pipeline.ingest.clean import clean, compose
from pipeline.ingest.notes.text import marks_of, noted
from pipeline.ingest.tables.barred import barred_tables
from pipeline.ingest.tables.html import html_tables
from pipeline.ingest.tables.pipes.finding import pipe_tables
from pipeline.ingest.tables.spaced import spaced_tables
from pipeline.ingest.tables.stacked.even import even_tables
from pipeline.ingest.tables.stacked.spread import spread_tables
from pipeline.ingest.tables.text import TextTable, set_tables
from pipeline.ingest.text.breaks import divided, divided_blocks
from pipeline.ingest.text.markdown import closes_bold, closes_italic, is_markdown, read_marks
from pipeline.language.normal import is_nfc

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
QUOTED = 4  # lines: fewer may begin with a comparison
_QUOTE = re.compile(r"(?:>[ ]?)+")
RUN_ON = 6  # lines: a bold or italic stretch that is still open after so many was never one


def source_lines(text: str) -> list[str]:
    """Split a text into lines: ended by LF, CR LF, or CR alone where the file has no LF; the last end makes no line."""
    text = text.replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines


def read_text(text: str) -> tuple[str, tuple[Page, ...]]:
    """Read a text into pages.

    Programs that save what they took from a web page may write the line ends out, backslash by backslash.

    Returns:
        Its media type, text/markdown or text/plain, and its pages.
    """
    source = source_lines(text.replace("\\r\\n", "\n"))
    raws = without_quotes(source)
    notes = noted(raws)
    tables = html_tables(raws) if "<" in text else []
    tables += pipe_tables(raws, frozenset(at for table in tables for at in table.source), notes)
    tables.sort(key=lambda table: table.first)
    markdown = is_markdown(text) or any(table.certain for table in tables)
    blocks = [table for table in tables if table.is_block]
    tables = [table for table in tables if not table.is_block]
    lines = _markdown_lines(raws, tables, blocks, notes) if markdown else [_plain_line(raw, notes) for raw in raws]
    for find in (barred_tables, spaced_tables, even_tables, spread_tables):
        tables += find(lines, frozenset(at for table in tables for at in table.source))
    tables.sort(key=lambda table: table.first)
    kind, reason = (MARKDOWN, "Markdown") if markdown else (PLAIN, "plain text")
    return kind, _pages(source, lines, tables, reason, divided_blocks(blocks) if markdown else {})


def _plain_line(raw: str, notes: frozenset[str]) -> Line:
    cleaned = clean(raw, {at: "" for start, end, _ in marks_of(raw, notes) for at in range(start, end)})
    return Line(cleaned.text, raw, cleaned.origin)


def without_quotes(raws: list[str]) -> list[str]:
    """The lines of a text; of several that follow each other, as mails quote, each with blanks in place of its mark."""
    out = list(raws)
    first = 0
    while first < len(raws):
        last = first
        while last < len(raws) and raws[last].startswith(">"):
            last += 1
        if last - first >= QUOTED:
            out[first:last] = [_QUOTE.sub(lambda hit: " " * len(hit.group()), raw, count=1) for raw in raws[first:last]]
        first = max(last, first + 1)
    return out


def verbatim(text: str) -> tuple[Page, ...]:
    """Read a text into one page, every line as it stands but for NFC: spaces, tabs, control characters are kept."""
    lines = []
    for raw in source_lines(text):
        if is_nfc(raw):
            lines.append(Line(raw, raw))
            continue
        inner = raw.strip(" ")
        first = len(raw) - len(raw.lstrip(" "))
        composed = compose([(char, first + at) for at, char in enumerate(inner)])
        after = range(first + len(inner), len(raw))
        spaces = " " * first, " " * len(after)
        lines.append(Line(spaces[0] + composed.text + spaces[1], raw, (*range(first), *composed.origin, *after)))
    return (Page(1, tuple(lines), TextOrigin.PLAIN, "plain text"),)


def _markdown_lines(
    raws: list[str], tables: Sequence[TextTable], blocks: Sequence[TextTable], notes: frozenset[str]
) -> list[Line]:
    """The lines of Markdown; those of two-column blocks that are written as tables stand as text, with their bars."""
    lines: list[Line] = []
    bold_open = italic_open = False
    tabular = {at for table in tables for at in table.source}
    set_aside = {
        at: replace(line, cells=()) for block in blocks for at, line in zip(block.source, block.lines, strict=True)
    }
    closing = [at not in tabular and closes_bold(raw) for at, raw in enumerate(raws)]
    italic_closing = [False if at in tabular else closes_italic(raw) for at, raw in enumerate(raws)]
    for at, raw in enumerate(raws):
        if at in set_aside:
            lines.append(set_aside[at])
            bold_open = italic_open = False
            continue
        if at in tabular:  # read with its table; what is bold or italic there ends there
            lines.append(Line(raw, raw))
            bold_open = italic_open = False
            continue
        runs_on = any(closing[at + 1 : at + RUN_ON])
        italic_runs_on = next((ends for ends in italic_closing[at + 1 : at + RUN_ON] if ends is not None), False)
        marks = read_marks(
            raw, bold_open, runs_on, italic_before=italic_open, italic_may_run_on=italic_runs_on, notes=notes
        )
        bold_open, italic_open = marks.bold_after and runs_on, marks.italic_after and italic_runs_on
        lines.append(
            Line(
                marks.cleaned.text,
                raw,
                marks.cleaned.origin,
                bold=marks.bold,
                italic=marks.italic,
                heading_level=marks.heading_level,
            )
        )
    return lines


def _pages(
    raws: list[str],
    lines: list[Line],
    tables: Sequence[TextTable],
    reason: str,
    instead: Mapping[int, Sequence[Line]] = MappingProxyType({}),
) -> tuple[Page, ...]:
    """Divide the lines at form feeds; one that only ends the file makes no page.

    `instead`: what stands in place of some lines; others are divided where they have line breaks of HTML.
    """
    starts = [at for at, raw in enumerate(raws) if "\f" in raw and at > 0 and any(line.text for line in lines[at:])]
    bounds = [0, *starts, len(lines)]
    pages = []
    for number, (first, last) in enumerate(zip(bounds, bounds[1:], strict=False), start=1):
        standing, own = set_tables(lines[first:last], first, tables)
        whole = [replace(line, raw=raws[at]) for at, line in enumerate(standing, first)]
        printed = [one for at, line in enumerate(whole, first) for one in instead.get(at) or divided(line)]
        pages.append(Page(number, tuple(printed), TextOrigin.PLAIN, reason, own))
    return tuple(pages)
