"""Splitting a file into its documents: a decision, the plan issued with it, annexes; each into head, body and foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from pipeline.document import Document, DocumentPart, Foot, Head, Outline, Passage, Side
from pipeline.errors import Notice, notice
from pipeline.knowledge.agencies import begins_agency
from pipeline.knowledge.documents import document_types
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.outline.converted.bilingual import said_once
from pipeline.outline.converted.breadcrumbs import pathless
from pipeline.outline.converted.flattened import parted
from pipeline.outline.converted.unmarked import remarked, titled
from pipeline.outline.numbering import read_marker
from pipeline.outline.paragraphs import BodyLine, Paragraph, begins_below, join, rows_of
from pipeline.outline.record.addressees import without_heading
from pipeline.outline.record.annexes import begins_annex, begins_next_annex
from pipeline.outline.record.closing import split_closing
from pipeline.outline.record.foot import (
    begins_behind_stop,
    begins_foot,
    begins_recipients,
    begins_signatures,
    is_person,
    read_foot,
)
from pipeline.outline.record.head import find_type, read_head, type_of
from pipeline.outline.record.holding import main_part, other_records
from pipeline.outline.record.labels import PortalRecord, completed, signed, take_labelled
from pipeline.outline.record.letterhead import dated_below, is_separator, segments, separated
from pipeline.outline.record.preamble import passed_over, split_orders, split_preamble
from pipeline.outline.record.telling import told_of
from pipeline.outline.rules import kind_of, opening, pattern
from pipeline.outline.tables import DocumentTables, annex_of
from pipeline.outline.tree import build
from pipeline.schema import SectionKind

HEAD_ROWS = 45  # a head with a two-column block and a title of many lines is shorter than this
NAMED_ABOVE = 12  # rows of a head that its national title is among
SHOWN = 80  # characters by which a line is told
FORM_ROWS = 4  # an annex says in its first lines that it is a form


@cache
def _formula() -> re.Pattern[str]:
    """A line that says that what follows is decided; resolutions have a verb of their own."""
    types = (name for name, one in document_types().items() if one.formula)
    return re.compile(rf"^(?:{'|'.join((*types, 'quyết nghị'))})\s*:?\s*$")


def outline(document: Document) -> Outline:
    """Outline a document: its parts in reading order; one empty part where nothing can be made out."""
    tables = DocumentTables(document)
    rows, notices = rows_of(document, tables.starts), list[Notice]()
    if tables.bilingual:
        rows, left_out = said_once(rows)
        notices.append(notice("W426", None, count=left_out))
    rows = parted(separated(pathless(rows)))
    parts: list[DocumentPart] = []
    for start, foot, end in _part_bounds(rows):
        part = _part(rows[start:end], foot - start, tables, notices, first=not parts)
        if any(earlier.nodes and _same_document(part.head, earlier.head) for earlier in parts):
            notices.append(notice("W304", rows[start].page if document.has_pages else None))
        else:
            parts.append(part)
    if not parts:
        parts = [DocumentPart(Head(), (), (), (), read_foot([]))]
    if not any(map(_has_items, parts)):
        notices.append(notice("W301"))
    if rows and _cut_off(parts, rows[-1]) and not document.pages[-1].tables:
        notices.append(notice("W303", rows[-1].page if document.has_pages else None))
    sheets, said = tables.read()
    main = main_part(parts)
    notices += other_records(parts, main, document.has_pages)
    return Outline(tuple(parts), tuple(notices) + said, sheets, main)


def _has_items(part: DocumentPart) -> bool:
    """Whether a part has elements; in a document that prints its type bare paragraphs are none."""
    return any(node.style != "passage" or part.head.document_type is None for node in part.nodes)


def _same_document(one: Head, other: Head) -> bool:
    """Whether two heads are of one document: a draft or a second copy behind the signed one."""
    if one.document_type is None or other.document_type is None or one.title is None or other.title is None:
        return False
    words = [fold(head.title.text).strip(" *:.") for head in (one, other) if head.title]
    return fold(one.document_type.text) == fold(other.document_type.text) and words[0] == words[1]


def _cut_off(parts: Sequence[DocumentPart], last_row: BodyLine) -> bool:
    """Whether a document stops in the middle: its last line ends no sentence, and nobody signs any part of it."""
    signed = any(part.foot.recipients or part.foot.capacity or part.foot.signer for part in parts)
    return not signed and bool(parts[-1].nodes) and not ends_sentence(last_row.text)


def _part_bounds(rows: Sequence[BodyLine]) -> list[tuple[int, int, int]]:
    """Where each part begins, where its foot does and where it ends, as row indices."""
    starts, feet = [0], []
    foot: int | None = None
    body = False
    for index, row in enumerate(rows):
        start = None
        if foot is not None and _begins_part(rows, index):
            start = _with_left_column(rows, index, starts[-1])
        elif foot is not None and _goes_on(row):
            if _signed(rows[foot:index]):
                start = _with_title(rows, index, foot)
            else:  # what looked like a sign-off is a line of the body
                foot = None
        elif foot is None and (begins_recipients(rows, index) or (body and _ends_body(rows, index))):
            foot = index
        elif foot is None and (begins_annex(rows, index) if body else begins_next_annex(rows, index, starts[-1])):
            start = index
        elif not body and (_is_element(row) or row.sheet is not None or len(row.text) > 200):
            body = True
        if start is not None:
            feet.append(min(foot if foot is not None else start, start))
            starts.append(start)
            foot, body = None, _goes_on(row)
    feet.append(foot if foot is not None else len(rows))
    return list(zip(starts, feet, [*starts[1:], len(rows)], strict=True))


def _ends_body(rows: Sequence[BodyLine], index: int) -> bool:
    return begins_foot(rows[index]) or begins_signatures(rows, index) or begins_behind_stop(rows, index)


def _goes_on(row: BodyLine) -> bool:
    """Whether a row behind a sign-off is a table or a numbered element: of an annex without a head, or of the body."""
    marker = read_marker(row.text)
    return row.sheet is not None or (
        marker is not None
        and marker.style.name in ("phan", "chuong", "dieu", "roman", "decimal")
        and row.text[marker.end :][:1].isupper()
        and row.line.column is None
    )


def _signed(rows: Sequence[BodyLine]) -> bool:
    """Whether rows are a sign-off: somebody signs, or somebody is sent a copy."""
    foot = read_foot(rows)
    return foot.signer is not None or bool(foot.recipients) or len(foot.capacity) > 1


def _with_title(rows: Sequence[BodyLine], index: int, foot: int) -> int:
    """An annex begins with the lines of capitals above its first element."""
    first = index
    while first - 1 > foot and in_capitals(rows[first - 1].text) and not begins_foot(rows[first - 1]):
        first -= 1
    return first


def _is_element(row: BodyLine) -> bool:
    marker = read_marker(row.text)
    return marker is not None


def _begins_part(rows: Sequence[BodyLine], index: int) -> bool:
    """Whether a document begins at `index`, which lies behind a sign-off."""
    text = rows[index].text
    low = fold(text)
    if any(opening("national_title").match(fold(piece.text)) for piece in segments(rows[index])):
        return True
    if not in_capitals(text):
        return (
            bool(pattern("attached").match(low))
            or len(text) < 40
            and bool(re.match(r"phụ lục\b", low) or pattern("forms").match(low))
        )
    if type_of(text) or opening("annex_heads").match(low):
        return True
    if begins_foot(rows[index]):
        return False
    for row in rows[index + 1 : index + 6]:
        if pattern("attached").match(fold(row.text)):
            return True
        if not in_capitals(row.text):
            return False
    return False


def _with_left_column(rows: Sequence[BodyLine], index: int, start: int) -> int:
    """A head begins with its left column, which is read before the national title on the right."""
    first = index
    while first - 1 > start and rows[first - 1].line.column is Side.LEFT and rows[first - 1].page == rows[index].page:
        first -= 1
    if rows[index].line.column is Side.RIGHT:
        return first
    first = index
    while first - 1 > start and begins_agency(rows[first - 1].text) and in_capitals(rows[first - 1].text):
        first -= 1  # who issues, on lines above the national title
    return first


def _part(
    rows: Sequence[BodyLine], foot: int, tables: DocumentTables, notices: list[Notice], first: bool
) -> DocumentPart:
    """The part that `rows` are, the first of its file or not; its foot begins at row `foot`.

    What should be said of it is added to `notices`.
    """
    called = None
    if first and _is_name_of_copy(rows):
        called, _ = read_head(rows, 0)
        rows, foot = rows[1:], foot - 1
    labelled, others = take_labelled(rows[:foot]) if first else (PortalRecord(), rows[:foot])
    rows, foot = [*others, *rows[foot:]], len(others)
    sheet = next((at for at, row in enumerate(rows) if row.sheet is not None), len(rows))
    type_at = find_type(rows[:sheet], 0, HEAD_ROWS)
    head, used = read_head(rows[:sheet], type_at)
    head = completed(head, labelled.head)
    if called is not None and head.title is None:
        head = replace(head, title=called.title, document_type=head.document_type or called.document_type)
    rest = rows[used:]
    foot_at = max(foot - used, 0)
    body, foot_rows = list(rest[:foot_at]), list(rest[foot_at:])
    while body and foot_rows and body[-1].sheet is None and _belongs_below(body[-1]):
        foot_rows.insert(0, body.pop())
    if foot_rows and len(body) > 1 and ends_sentence(body[-2].text) and (dated := dated_below(body[-1])):
        foot_rows.insert(0, body.pop())
        if head.document_type is not None and head.date is None:
            head = replace(head, place=dated.place, date=dated.date)
    body = [
        row
        for row, following in zip_longest(body, body[1:])
        if row.sheet is not None or not is_separator(row.text) or begins_below(row, following)
    ]
    paragraphs = [one for one in join(body) if not _formula().match(fold(one.passage.text))]
    passing = _passing(paragraphs)
    if passing:
        head = head if head.date is not None else replace(head, date=passing[1])
        paragraphs.pop()
    tells = told_of(paragraphs) if first and head == Head() else None
    head, foot_told = tells or (head, None)
    annex = annex_of(rows[: used or sheet])
    paragraphs = tables.with_captions(paragraphs, head, annex)
    if first and not head.addressees and _may_be_telegram(head):
        addressees, paragraphs = without_heading(paragraphs)
        head = replace(head, addressees=addressees)
    preamble, elements = split_preamble(titled(paragraphs) if first else paragraphs)
    if telling := passed_over(preamble):
        words = " ".join(telling[0].passage.text[:SHOWN].split())
        notices.append(notice("W422", telling[0].passage.page, text=words, count=len(telling)))
    elements, said = remarked(elements)
    notices += said
    elements, closing = split_closing(elements)
    named = annex is not None and " " in annex.removeprefix("Phụ lục")
    number = annex if named and not first else None  # a file that is an annex alone numbers its rows as they are
    nodes, loose = build(
        elements, tables.node, number, _kind_of_annex(rows[: used or len(preamble)]) if annex else None
    )
    opening_ = [*(one.passage for one in preamble), *loose]
    if not nodes:
        opening_, nodes = split_orders(opening_, letter=head.document_type is None and bool(head.addressees))
    foot_read = read_foot(foot_rows)
    return DocumentPart(
        head=head,
        preamble=tuple(opening_),
        nodes=nodes,
        closing=(*(one.passage for one in closing), *passing[:1]),
        foot=signed(foot_told if foot_told and foot_read == Foot() else foot_read, labelled),
        is_form=any(pattern("forms").match(fold(row.text)) for row in rows[: min(sheet, FORM_ROWS)]),
    )


def _may_be_telegram(head: Head) -> bool:
    """Whether bullets above a text may be whom it is sent to: others name theirs below."""
    return head.document_type is None or fold(head.document_type.text) == "công điện"


def _is_name_of_copy(rows: Sequence[BodyLine]) -> bool:
    """Whether a text begins with what its file is called, above its own head: "# CÔNG VĂN SỐ 12/SYT-VP …"."""
    if not rows or rows[0].line.heading_level is None or type_of(rows[0].text) is None:
        return False
    head = [fold(row.text) for row in rows[1 : NAMED_ABOVE + 1]]
    return any(opening("national_title").match(one) for one in head) and any(map(_NUMBERED.match, head))


_NUMBERED = re.compile(r"\W*số\s*:")
_LIST_OF = re.compile(r"^(?:(?:danh mục|bảng|các|một số)\s+)+")


def _kind_of_annex(rows: Sequence[BodyLine]) -> SectionKind | None:
    """What an annex is about whose title names work or who does it: "DANH MỤC NHIỆM VỤ", "PHÂN CÔNG THỰC HIỆN"."""
    kinds = [kind_of(_LIST_OF.sub("", fold(row.text))) for row in rows if in_capitals(row.text)]
    return next((kind for kind in kinds if kind in (SectionKind.TASK, SectionKind.ORGANISATION)), None)


def _belongs_below(row: BodyLine) -> bool:
    """Whether the line above a sign-off is a part of it."""
    return _signs(row.text) or is_separator(row.text) or begins_foot(row)


def _signs(text: str) -> bool:
    """Whether the line above a sign-off is a name that belongs to it: the end of a sentence is none."""
    return is_person(text) and not ends_sentence(text)


def _passing(paragraphs: Sequence[Paragraph]) -> tuple[Passage, ...]:
    """The last paragraph of a resolution where it says that an assembly passed it, and the day on which it did."""
    last = paragraphs[-1] if paragraphs else None
    found = pattern("passed").match(fold(last.passage.text)) if last and last.marker is None else None
    return (last.passage, last.passage.cut(*found.span("day"))) if last and found else ()
