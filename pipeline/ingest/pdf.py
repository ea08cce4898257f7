"""Born-digital PDF: pages of lines with words and boxes, in reading order."""

from __future__ import annotations

from pathlib import Path

from pipeline.document import Page, TextOrigin
from pipeline.errors import KehoachError, Notice, notice
from pipeline.ingest import pdfium
from pipeline.ingest.assemble import assemble
from pipeline.ingest.furniture import set_aside
from pipeline.ingest.layout import Carry
from pipeline.ingest.pdfium import PdfDocument

MEDIA_TYPE = "application/pdf"


def read_pdf(path: Path, max_pages: int, max_characters: int) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """The pages of a PDF; raises KehoachError E103, E104, E105, E106 or E108."""
    try:
        with pdfium.open_pdf(path) as document:
            count = len(document)
            if count == 0:
                raise KehoachError("E104", file=path.name)
            if count > max_pages:
                raise KehoachError("E108", file=path.name, reason=f"{count} pages, KEHOACH_MAX_PAGES is {max_pages}")
            pages: list[Page] = []
            notices: list[Notice] = []
            characters = 0
            carry: Carry | None = None
            for index in range(count):
                page, said, carry = _page(document, index, carry)
                characters += sum(len(line.raw) for line in page.lines)
                if characters > max_characters:
                    raise KehoachError(
                        "E108", file=path.name, reason=f"more characters than KEHOACH_MAX_CHARACTERS, {max_characters}"
                    )
                pages.append(page)
                notices.extend(said)
    except pdfium.PdfFailure as failure:
        if failure.password:
            raise KehoachError("E103", file=path.name) from failure
        raise KehoachError("E105", file=path.name, reason=str(failure)) from failure
    if all(said.code == "W204" for said in notices) and len(notices) == count:
        raise KehoachError("E105", file=path.name, reason=notices[0].text())
    marked = set_aside(pages)
    spoken = [page.number for page in marked if _speaks(page)]
    if not spoken:
        raise KehoachError("E106", file=path.name)
    known = {said.page for said in notices if said.code == "W204"}
    silent = [page.number for page in marked if page.number not in known and page.number not in spoken]
    notices.extend(notice("W201", number) for number in silent)
    return marked, tuple(sorted(notices, key=lambda said: (said.page or 0, said.code)))


def _speaks(page: Page) -> bool:
    """Whether a page has words of its own, beyond stamped numbers and furniture."""
    return any(line.furniture is None and any(char.isalpha() for char in line.text) for line in page.lines)


def _page(document: PdfDocument, index: int, carry: Carry | None) -> tuple[Page, list[Notice], Carry | None]:
    """One page, and what of its columns runs on to the next; one that cannot be read costs that page alone."""
    number = index + 1
    try:
        raw = pdfium.read_page(document, index)
    except pdfium.PdfFailure as failure:
        empty = Page(number, (), TextOrigin.TEXT_LAYER, "the page cannot be read")
        return empty, [notice("W204", number, reason=failure)], None
    read = assemble(raw, carry)
    page = Page(
        number,
        read.lines,
        TextOrigin.TEXT_LAYER,
        "the page has a text layer" if read.lines else "the page has no text",
        read.tables,
        round(raw.width, 2),
        round(raw.height, 2),
    )
    return page, [notice("W205", number)] if read.crowded and read.lines else [], read.carry
