"""The tables of a document in its parts: captions, kinds, and nodes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import AssembledTable, Document, FieldRole, Head, Node
from pipeline.errors import Notice, notice
from pipeline.knowledge.agencies import begins_agency
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.outline.bodies import names_body
from pipeline.outline.converted.bilingual import cells_once, is_bilingual
from pipeline.outline.paragraphs import BodyLine, Paragraph
from pipeline.outline.rules import begins_deed, goes_over, is_period
from pipeline.outline.rules import kind_of as kind_of_section
from pipeline.outline.table_assembly import RawTable, assembled
from pipeline.outline.table_columns import AGENCIES, TableReason, is_caption, kind_of
from pipeline.outline.table_nodes import TABLE, table_node
from pipeline.schema import SectionKind, TableKind

LONGEST_CAPTION = 20  # words of one that neither print nor words mark as such
CAPTIONS = 4  # paragraphs above a table that may be its caption
_ANNEX = re.compile(r"^\W*phụ lục(?:\s+(?:số\s+)?(?P<number>[ivx]+|\d{1,2}|[a-h]))?(?!\w)")
KINDS = {TableKind.TASK: SectionKind.TASK, TableKind.TARGET: SectionKind.OBJECTIVE}


def annex_of(rows: Sequence[BodyLine]) -> str | None:
    """The name of an annex at its head: "Phụ lục II", "Phụ lục"; None for other documents."""
    for row in rows[:3]:
        found = _ANNEX.match(fold(row.text))
        if found:
            return " ".join(filter(None, ("Phụ lục", row.text[slice(*found.span("number"))])))
    return None


class DocumentTables:
    """The tables of one document; each part takes those that stand in it."""

    def __init__(self, document: Document) -> None:
        """Put the tables of `document` together."""
        self._has_pages = document.has_pages
        self._sheets, self._notices = assembled(document)
        self.bilingual = is_bilingual([line.text for _, line in document.lines() if line.text.strip()])
        if self.bilingual:
            self._sheets = [replace(sheet, rows=cells_once(sheet.rows)) for sheet in self._sheets]
        self._titles: dict[int, str] = {}
        self._heads: dict[int, str] = {}
        self._dated: set[int] = set()  # below the title of a day
        self._annexes: dict[int, str] = {}
        self._above: dict[int, SectionKind | None] = {}

    @property
    def starts(self) -> list[int]:
        """The offset in the text at which each table begins."""
        return [sheet.start for sheet in self._sheets]

    def with_captions(self, paragraphs: Sequence[Paragraph], head: Head, annex: str | None) -> list[Paragraph]:
        """Take the captions of tables out of the paragraphs of a part, and remember them.

        Args:
            paragraphs: of the part.
            head: of the part.
            annex: the name of the annex, None for other parts.

        Returns:
            The other paragraphs.
        """
        out: list[Paragraph] = []
        opened = False
        for one in paragraphs:
            if one.sheet is None:
                opened = opened or one.marker is not None
                out.append(one)
                continue
            lines: list[str] = []
            if out and is_period(out[-1].passage.text):  # "Ngày 1: 24/8/2026" is the title of what is done then
                self._dated.add(one.sheet)
            elif not (lines := _captions(out)) and _names_table(out):
                lines = [out.pop().passage.text]
            if lines:
                self._titles[one.sheet] = " ".join(lines)
            if annex is not None:
                self._annexes[one.sheet] = annex
            if head.title is not None and not opened:
                self._heads[one.sheet] = head.title.text
            out.append(one)
        return out

    def _kind(self, number: int) -> tuple[TableKind, TableReason]:
        title = " ".join(filter(None, (self._heads.get(number), self._titles.get(number))))
        header = self._sheets[number].header
        if header is not None and number in self._dated and header.has(*AGENCIES):
            header = replace(header, hours=False)  # hours of a day that is known, each with who acts
        return kind_of(header, title, self._above.get(number))

    def node(self, number: int, parent: str | None, above: SectionKind | None) -> Node:
        """Make the node of a table; it has no children where its rows are no items.

        Args:
            number: the index of the table.
            parent: the number of the heading it stands under.
            above: the kind of section that is.
        """
        sheet = self._sheets[number]
        self._above[number] = above
        kind, _ = self._kind(number)
        if kind is TableKind.OTHER or sheet.header is None:
            return Node(TABLE, parent, None, None, None, above)
        node, doubts = table_node(sheet.rows, sheet.header.columns, KINDS[kind], parent)
        page = sheet.places[0][0] if self._has_pages else None
        self._notices += [notice(one.code, page, table=f"table-{number + 1}", text=one.text[:80]) for one in doubts]
        return node

    def read(self) -> tuple[tuple[AssembledTable, ...], tuple[Notice, ...]]:
        """All tables, and notices about those whose rows make no items."""
        sheets = []
        notices = list(self._notices)
        for number, raw in enumerate(self._sheets):
            kind, reason = self._kind(number)
            title = self._titles.get(number) or self._heads.get(number)
            sheets.append(_sheet(raw, kind, reason, title, self._annexes.get(number)))
            page = raw.places[0][0] if self._has_pages else None
            if kind is TableKind.OTHER:
                notices.append(_no_items(reason, page, f"table-{number + 1}"))
            else:
                notices += [notice("W311", page, table=f"table-{number + 1}", header=one) for one in _unknown(raw)]
        return tuple(sheets), tuple(notices)


def _no_items(reason: TableReason, page: int | None, table: str) -> Notice:
    """Say that the rows of a table make no items."""
    if reason is TableReason.UNKNOWN_HEADER:
        return notice("W309", page, table=table)
    if reason is TableReason.MONEY:
        return notice("W308", page, table=table)
    if reason in (TableReason.FORM, TableReason.AGENDA):
        return notice("W312", page, table=table)
    return notice("W302", page, table=table)


def _unknown(raw: RawTable) -> list[str]:
    """The headers of columns of no known meaning whose cells say something."""
    columns = raw.header.columns if raw.header else ()
    return [
        one.header
        for at, one in enumerate(columns)
        if one.role is FieldRole.OTHER and one.header and any(row[at].text for row in raw.rows)
    ]


def _captions(above: list[Paragraph]) -> list[str]:
    """The captions at the end of the paragraphs above a table, which are taken from them."""
    lines: list[str] = []
    while above and len(lines) < CAPTIONS and _is_caption(above[-1]) and (lines or not names_body(above[-1])):
        lines.insert(0, above.pop().passage.text)
    return lines


def _is_caption(one: Paragraph) -> bool:
    """Whether a paragraph right above a table names it."""
    if one.marker is not None or one.sheet is not None:
        return False
    text = one.passage.text
    if len(text) > 250 or text.rstrip().endswith((";", ":")):
        return False
    return one.first.centred or in_capitals(text) or is_caption(text) or (one.first.bold and not text.endswith("."))


def _names_table(above: Sequence[Paragraph]) -> bool:
    """Whether a line without a mark between a title and its table names what stands in that: it orders nothing."""
    if len(above) < 2 or above[-1].marker is not None or above[-1].sheet is not None or above[-2].marker is None:
        return False
    text, title = above[-1].passage.text, above[-2].passage.text
    plain = text[:1].isupper() and len(text.split()) <= LONGEST_CAPTION and not text.rstrip().endswith((".", ";", ":"))
    says = begins_agency(text) or begins_deed(text) or goes_over(title, text) or ends_sentence(title)
    return plain and kind_of_section(title) is not None and not says


def _sheet(raw: RawTable, kind: TableKind, reason: str, title: str | None, annex: str | None) -> AssembledTable:
    header = tuple(column.header for column in raw.header.columns) if raw.header else ("",) * raw.wide
    rows = tuple(tuple(" ".join(slot.text.split()) for slot in row) for row in raw.rows)
    return AssembledTable(raw.start, kind, reason, title, header, rows, tuple(raw.places), annex)
