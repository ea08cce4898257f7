"""OCR of the pages of one file in parallel, each once: pages that were read before come from the cache."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from hashlib import sha256
from threading import Semaphore
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.document import Box, Furniture, Line, Page, Table, TextOrigin
from pipeline.extras import MissingPackage, missing
from pipeline.ingest.assemble import arrange
from pipeline.ingest.furniture import is_page_number
from pipeline.ingest.language_check import syllable_share
from pipeline.ingest.layout import CarryOver
from pipeline.ingest.notes.scanned import with_notes
from pipeline.ingest.page_reason import PageReason
from pipeline.ingest.regions import of_marks
from pipeline.ingest.scan.cache import Cache, key_of
from pipeline.ingest.scan.page import BLANK, Scan
from pipeline.ingest.scan.rows import rows_of, shown, shown_rules
from pipeline.ingest.scan.tesseract.slots import slot
from pipeline.ingest.words import TurnedRows
from pipeline.knowledge.documents import OfficeStamp, page_furniture
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.ingest.scan.picture import Picture
    from pipeline.ingest.scan.tesseract.engine import Tesseract

READING = 26  # counts up with each change of how a picture is read: what was kept before is then read anew
LANGUAGE = "vie"

FILLED = frozenset("._…-–—/%")  # what stands alone where something is to be filled in
_SERIAL = re.compile(r"\W{0,2}S[^\W\d_]?\s*[:.].{0,16}-[A-ZĐ]{2}[\wĐđ-]*$")  # its symbol is printed, its number by hand
SCRAWL, UNREADABLE = 12, 0.4  # characters and mean confidence: a shorter line read with less is a pen's stroke
KNOWN, WORDS = 0.8, 0.6  # confidence of a word, and share of syllables, that none is in a longer one
STAMPED = (0.4, 0.85)  # of the page's height: stamps of arrival and of copies stand above or below
POOR = 0.85  # confidence of a page's words, on the average: of 180 scanned pages eight have less, forms and old paper
LONG, OUT = 4, 12.0  # words of a line that says where the text ends, and points by which a stamp stands out of it


Trouble = str | MissingPackage
"""Why a page could not be read: in words, or the package that is needed for it."""


class PendingScan:
    """A page that is being read; `trouble` says why that cannot be."""

    def __init__(self, scan: Future[Scan] | Scan | None, trouble: Trouble | None = None) -> None:
        self._scan = scan
        self._trouble = trouble

    @classmethod
    def failed(cls, trouble: Trouble) -> PendingScan:
        """Make a page that cannot be read."""
        return cls(None, trouble)

    def done(self) -> bool:
        """Whether `result` would not wait."""
        return not isinstance(self._scan, Future) or self._scan.done()

    def result(self) -> Scan | Trouble:
        """Wait for the page: what was read, or why nothing was."""
        if isinstance(self._scan, Future):
            from pipeline.ingest.scan.tesseract.engine import TesseractFailure

            try:
                self._scan, self._trouble = self._scan.result(), None
            except TesseractFailure as failure:
                self._scan, self._trouble = None, str(failure)
            except Exception as error:  # whatever it is, it costs this page alone
                self._scan, self._trouble = None, f"{type(error).__name__}: {error}"[:200]
        return self._scan if isinstance(self._scan, Scan) else self._trouble or "nothing was read"


class Scanner:
    """Reads pages of the file with the SHA-256 `digest`: in threads, each with a process of Tesseract.

    Used as a context: leaving it drops what is still waiting.
    """

    def __init__(self, digest: str, settings: Settings) -> None:
        self._digest = digest
        self._cores = settings.pages_at_once()
        self._seconds = settings.page_seconds
        self._cache = Cache(settings.cache_folder())
        self._pool: ThreadPoolExecutor | None = None
        self._room = Semaphore(self._cores)  # pictures are large: only those being read

    def __enter__(self) -> Scanner:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    @property
    def ahead(self) -> int:
        """How many pages may be under way, pages that were read before their turn among them."""
        return 2 * self._cores + 1

    def ask(self, number: int | str, picture: Callable[[], tuple[Picture, float]]) -> PendingScan:
        """Begin to read a page.

        Args:
            number: of the page, from 1; with more behind it for a part of the page.
            picture: gives its picture and the pixels to the inch; called at once or when there is room for another
                picture, and only where it is needed.
        """
        if absent := missing("cv2", "pytesseract"):
            return PendingScan.failed(absent)
        import cv2

        from pipeline.ingest.scan.picture import plain
        from pipeline.ingest.scan.tesseract.engine import Tesseract, TesseractFailure

        cv2.setNumThreads(1)  # pages are read side by side already
        reader = Tesseract(LANGUAGE, seconds=self._seconds)
        try:
            if trouble := _problem(reader):
                return PendingScan.failed(trouble)
            version = reader.version()
        except TesseractFailure as failure:
            return PendingScan.failed(str(failure))
        key = key_of(self._digest, number, READING, version, _fingerprint(reader))
        kept = self._cache.get(key)
        if kept is not None:
            return PendingScan(kept)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._cores, "scan")
        self._room.acquire()
        try:
            drawn, dpi = picture()
            asked = self._pool.submit(self._read, key, plain(drawn), dpi, reader)
            del drawn
        except BaseException:
            self._room.release()
            raise
        asked.add_done_callback(lambda _: self._room.release())
        return PendingScan(asked)

    def _read(self, key: str, picture: Picture, dpi: float, reader: Tesseract) -> Scan:
        from pipeline.ingest.scan.recognition import read_picture

        with slot(self._cores):
            scan = read_picture(picture, dpi, reader)
        self._cache.put(key, scan)
        return scan


@cache
def _problem(reader: Tesseract) -> str | None:
    return reader.problem()


@cache
def _fingerprint(reader: Tesseract) -> str:
    """The trained data by its content: another gives another text."""
    file = reader.trained()
    return sha256(file.read_bytes()).hexdigest() if file else "unknown"


class PageResult(NamedTuple):
    """A page from its picture, with what of its columns continues; or why there is none."""

    page: Page | None
    carry: CarryOver | None = None
    trouble: Trouble | None = None
    unread: int = 0
    """How many lines of print were seen and not made out."""
    poor: bool = False
    """Whether its print is faint, or was read unsurely."""


def _is_scrawl(line: Line) -> bool:
    """Whether a line is a signature, a stroke or the dots of a picture that Tesseract took for letters."""
    confidences = [word.confidence or 0.0 for word in line.words]
    if line.table is not None or line.text.isdigit() or not confidences or _SERIAL.match(line.text):
        return False
    signs = [word for word in line.text.split() if not any(map(str.isalnum, word.replace("ˆ", "")))]
    if 2 * sum(not FILLED.issuperset(one) for one in signs) > len(line.text.split()):
        return True
    unsure = sum(confidences) / len(confidences) < UNREADABLE
    if len(line.text) <= SCRAWL:
        return unsure
    return unsure and max(confidences) < KNOWN and syllable_share(line.text) < WORDS


def _beside(lines: Sequence[Line], tables: Sequence[Table]) -> set[int]:
    """The lines that stand out of the right edge of the text, a few words long: a seal over the edges of pages.

    Args:
        lines: of an upright page.
        tables: of the page.
    """
    long = [line.box for line in lines if line.box and line.table is None and len(line.words) >= LONG]
    boxes = [*long, *(table.box for table in tables if table.box)]
    if not boxes:
        return set()
    edge = max(box.x1 for box in boxes)
    return {
        at
        for at, line in enumerate(lines)
        if line.box
        and line.table is None
        and len(line.words) < LONG
        and line.box.x1 > edge + OUT
        and line.box.x0 > edge - 2 * OUT
    }


def _stamped(lines: Sequence[Line], height: float) -> set[int]:
    """The lines of stamps that say that a copy arrived, or is one: one by its form, and its block's above and below.

    Args:
        lines: of an upright page.
        height: of the page, in points.
    """
    anchors, companions = (re.compile("|".join(forms)) for forms in (_stamp().anchors, _stamp().companions))
    texts = [" ".join(line.text.split()).casefold() for line in lines]
    outer = [
        line.table is None and line.box is not None and not STAMPED[0] * height < line.box.y1 < STAMPED[1] * height
        for line in lines
    ]
    out: set[int] = set()
    found = [at for at, text in enumerate(texts) if outer[at] and anchors.search(text)]
    while found:
        at = found.pop()
        out.add(at)
        found += [
            other
            for other, text in enumerate(texts)
            if other not in out
            and outer[other]
            and companions.search(text)
            and _touches(lines[at].box, lines[other].box)
        ]
    return out


def _touches(one: Box | None, other: Box | None) -> bool:
    """Whether one of two lines stands right above the other."""
    if one is None or other is None:
        return False
    gap = max(one.y0, other.y0) - min(one.y1, other.y1)
    return gap < one.y1 - one.y0 and one.x0 < other.x1 and other.x0 < one.x1


@cache
def _stamp() -> OfficeStamp:
    return page_furniture().stamp


def _noted(line: Line, frame: TurnedRows, top: float) -> Line:
    """A line that stands below the text of its page as one of a footnote."""
    if line.box is None or frame.into(line.box).y1 <= top or is_page_number(line.text):
        return line
    return replace(line, furniture=Furniture.FOOTNOTE)


def read_page(
    asked: PendingScan, number: int, size: tuple[float, float], reason: str, carry: CarryOver | None = None
) -> PageResult:
    """Lay out a page that was read.

    Args:
        asked: the page, waited for.
        number: from 1.
        size: its width and height as displayed, in points.
        reason: why it was read by OCR.
        carry: what continues from the page before.
    """
    scan = asked.result()
    if not isinstance(scan, Scan):
        return PageResult(None, None, scan)
    scan, notes = with_notes(scan)
    sets, regions = rows_of(scan), of_marks(scan, number)
    if not sets:
        reason = PageReason.BLANK if scan.ink < BLANK else reason
        return PageResult(Page(number, (), TextOrigin.OCR, reason, (), *size, regions=regions))
    laid = arrange(sets, shown(scan), carry, shown_rules(scan))
    tables, beside = laid.tables, _beside(laid.lines, laid.tables) if not scan.turn else set()
    if not scan.turn:
        beside |= _stamped(laid.lines, scan.height)
    lines = tuple(
        replace(line, furniture=Furniture.SCRAWL) if at in beside or _is_scrawl(line) else line
        for at, line in enumerate(laid.lines)
    )
    if notes is not None:
        frame = TurnedRows(scan.turn, scan.width, scan.height, (), scan.skew)
        lines = tuple(_noted(line, frame, notes) for line in lines)
    if scan.sheet is not None:
        from pipeline.ingest.scan.paper import PaperFrame

        wide, high = (scan.width, scan.height) if scan.turn % 180 == 0 else (scan.height, scan.width)
        way = PaperFrame(scan.sheet, wide, high)
        lines, tables = tuple(map(way.line, lines)), tuple(map(way.table, tables))
        regions = tuple(region._replace(box=way.box(region.box)) for region in regions)
    page = Page(number, lines, TextOrigin.OCR, reason, tables, *size, scan.confidence, scan.turn, regions)
    poor = scan.faint or (scan.confidence or 0.0) < POOR
    return PageResult(page, laid.carry, unread=scan.unread, poor=poor)
