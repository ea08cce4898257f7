"""Pictures in a DOCX: those of text are read as pages and tables are, where they stand.

What reads pictures is loaded where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from pipeline.document import Line, Page
from pipeline.errors import Notice, notice
from pipeline.extras import missing
from pipeline.ingest.office.styles import child, is_on
from pipeline.ingest.page_reason import PageReason
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.ingest.scan.scanner import Scanner, Trouble

MOST = 200  # pictures of one document that are read
EMU = 12_700  # to a point (ECMA-376, part 1, 20.1.2.1)

_DRAWN = {qn("wp:inline"), qn("wp:anchor")}
_RUN = qn("w:r")
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")}
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"


@dataclass
class DocxPictures:
    """Reads the pictures of a document, each once; used as a context.

    `digest` is the SHA-256 of the file, for the cache of OCR, `part` the main part of the document.
    """

    digest: str
    settings: Settings
    part: Any
    told: list[Notice] = field(default_factory=list)
    """The pictures that cannot be read, each reason once."""
    _read: dict[str, Page | None] = field(default_factory=dict)
    _scanner: Scanner | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> DocxPictures:
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.close()

    def of(self, paragraph: Any) -> Iterator[Page]:
        """Read the pictures of text that stand in a paragraph, given by its w:p element."""
        for name, wide, high in _pictures(paragraph):
            if name not in self._read and len(self._read) >= MOST:
                self._tell(f"only {MOST} pictures of a document are read")
                continue
            if name not in self._read:
                self._read[name] = self._page(name, wide, high)
            page = self._read[name]
            if page is not None:
                yield page

    def _tell(self, trouble: Trouble) -> None:
        if isinstance(trouble, str):
            said = notice("W216", 1, reason=trouble)
        else:
            said = notice("W223", 1, package=trouble.package, extra=trouble.extra)
        if said not in self.told:
            self.told.append(said)

    def _page(self, name: str, wide: float | None, high: float | None) -> Page | None:
        """A picture as a page of its size; None where it is small, shows no text, or cannot be read."""
        from pipeline.ingest.pdf.insets import HIGH, WIDE, is_text
        from pipeline.ingest.scan.image import decoded
        from pipeline.ingest.scan.page import Scan
        from pipeline.ingest.scan.scanner import Scanner, read_page

        if (wide is not None and wide < WIDE) or (high is not None and high < HIGH):
            return None
        if absent := missing("cv2"):
            self._tell(absent)
            return None
        part = self.part.related_parts.get(name)
        drawn = None if part is None else decoded(part.blob)
        if drawn is None:
            self._tell("it lies in a file elsewhere" if part is None else part.content_type)
            return None
        tall, across = drawn.shape[:2]
        dpi = 72 * across / wide if wide else 200.0
        size = 72 * across / dpi, 72 * tall / dpi
        if size[0] < WIDE or size[1] < HIGH:
            return None
        if self._scanner is None:
            self._scanner = self._stack.enter_context(Scanner(self.digest, self.settings))
        asked = self._scanner.ask(f"picture {name}", lambda: (drawn, dpi))
        scan = asked.result()
        if not isinstance(scan, Scan):
            self._tell(scan)
            return None
        if not is_text(replace(scan, turn=0)):
            return None
        return read_page(asked, 1, size, PageReason.PICTURE).page


def _pictures(paragraph: Any) -> Iterator[tuple[str, float | None, float | None]]:
    """The pictures of a paragraph: the name of the part of each, and how wide and high it is shown, in points.

    None that is deleted or hidden; those of a text box belong to its paragraphs; of what is there in two forms for
    programs of two ages, the first.
    """
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _LEFT_OUT or (element.tag == _RUN and _is_hidden(element)):
            continue
        if element.tag == _ALTERNATIVES:
            stack += list(element)[:1]
        elif element.tag in _DRAWN:
            extent = element.find(qn("wp:extent"))
            wide, high = (int(extent.get(way, "0")) / EMU if extent is not None else 0.0 for way in ("cx", "cy"))
            for blip in element.iter(qn("a:blip")):
                if name := blip.get(qn("r:embed")) or blip.get(qn("r:link")):
                    yield name, wide or None, high or None
        elif element.tag == _IMAGE_DATA:
            if name := element.get(qn("r:id")):
                yield name, *(_points(element.getparent(), way) for way in ("width", "height"))
        else:
            stack.extend(reversed(element))


def _points(shape: Any, way: str) -> float | None:
    """How wide or high a shape of VML says it is, in points; None where it says it in another unit, or not."""
    found = re.search(rf"(?:^|;)\s*{way}:([\d.]+)pt", shape.get("style", ""))
    return float(found[1]) if found else None


def _is_hidden(run: Any) -> bool:
    """Whether a run is hidden, as stated at the run itself."""
    found = child(run, "w:rPr", "w:vanish")
    return found is not None and is_on(found)


def lines_of(page: Page, tables: int, table: int | None) -> Iterator[Line]:
    """The lines of a picture in a document without pages.

    Args:
        page: the picture as it was read.
        tables: how many tables the document has before it.
        table: the table of the document that the picture stands in, if any.
    """
    for line in page.lines:
        if table is not None:
            yield replace(line, box=None, table=table, cells=(), column=None)
        else:
            yield replace(line, box=None, table=None if line.table is None else line.table + tables)
