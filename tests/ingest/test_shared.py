"""Real and broken documents beside the project; skipped where they are not there."""

import multiprocessing
import os
import re
import resource
import signal
from itertools import count
from pathlib import Path

import pytest

from pipeline.document import LanguageVerdict, TextOrigin
from pipeline.errors import DocumentError
from pipeline.ingest import ingest
from pipeline.ingest.scan import recognition
from pipeline.ingest.scan.tesseract.engine import Tesseract
from pipeline.settings import Settings

SHARED = Path(__file__).parents[3] / "shared"
BROKEN = sorted(SHARED.glob("robustness/*/*"))
SCANS = sorted(SHARED.glob("documents/scans/*.pdf"))
PRINTED = sorted([*SHARED.glob("documents/plans/*.pdf"), *SHARED.glob("documents/born-digital/*")])
NONE = [pytest.param(None, marks=pytest.mark.skip(reason="../shared is not here"))]
SECONDS, MEMORY = 60, 2 << 30  # of the processor, however busy the machine is
IN_ORDER = Settings(readers=1)  # the first page that is read is the first of the document
HANGS = 1800  # seconds in which a file is read on any machine

pytestmark = [pytest.mark.slow, pytest.mark.ocr]


# Its children hold what they import, not what the tests before them mapped in this process.
CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload([__name__])


class Blind(Tesseract):
    """Sees nothing on a picture, at no cost: all that is done with it before and behind is ours."""

    def lines(self, picture, dpi):
        return ()

    def __call__(self, picture, dpi):
        return ""

    def turn(self, picture, dpi):
        return None


def reads_pages(patch: pytest.MonkeyPatch, pages: int) -> None:
    """Have Tesseract read so many pages in earnest: it takes the longest, and is the same on each."""
    number, read = count(), recognition.read_picture

    def some(picture, dpi, reader):
        return read(picture, dpi, reader if next(number) < pages else Blind(reader.language))

    patch.setattr(recognition, "read_picture", some)


def read_within_limits(path: Path) -> None:
    """Read a file in at most SECONDS and MEMORY, and leave at once with what came of it.

    Of those that were made for OCR Tesseract reads the first page.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(HANGS)
    reads_pages(pytest.MonkeyPatch(), 1 if path.parent.name == "OCRmyPDF" else 0)
    status = 1
    try:
        ingest(path, IN_ORDER)
        status = 0
    except DocumentError:
        status = 0
    finally:
        os._exit(status)


def ends_well(path: Path) -> bool:
    """Whether reading a file in a child with limits ends in a Document or an error of ours."""
    child = CLEAN.Process(target=read_within_limits, args=(path,))
    child.start()
    child.join()
    return child.exitcode == 0


@pytest.mark.parametrize("path", BROKEN or NONE, ids=lambda path: path and path.name)
def test_broken_files_end_in_a_document_or_a_coded_error(path: Path) -> None:
    assert ends_well(path)


@pytest.mark.parametrize("path", SCANS or NONE, ids=lambda path: path and path.name)
def test_a_scan_is_read_from_its_pictures(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads_pages(monkeypatch, 1)
    document = ingest(path, IN_ORDER)
    assert {page.text_origin for page in document.pages} == {TextOrigin.OCR}
    assert all(word.confidence is not None for _, line in document.lines() for word in line.words)
    text = " ".join(document.text.split())
    assert re.search(r"C[ỘO]NG H[ÒO][AÀ] XÃ HỘI|CHỦ NGHĨA VIỆT NAM", text)


@pytest.mark.parametrize("path", PRINTED or NONE, ids=lambda path: path and path.name)
def test_words_of_real_documents_are_whole(path: Path) -> None:
    document = ingest(path)
    for page, line in document.lines():
        assert all(line.text[word.start : word.end].strip() for word in line.words)
        assert len(line.origin) in (0, len(line.text))
        assert line.table is None or line.table < len(page.tables)
    assert document.language == LanguageVerdict()
    assert "W204" not in [said.code for said in document.notices]


def test_a_layer_read_in_the_wrong_language_is_said_to_be_one() -> None:
    path = SHARED / "corpus" / "hai-phong-2023.txt"
    if not path.exists():
        pytest.skip("../shared is not here")
    document = ingest(path)
    assert document.language == LanguageVerdict(unaccented=(None,))
    assert not document.notices
