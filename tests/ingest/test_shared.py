"""Real and broken documents beside the project; skipped where they are not there."""

import multiprocessing
import os
import re
import resource
import signal
from pathlib import Path

import pytest

from pipeline.document import LanguageVerdict, TextOrigin
from pipeline.errors import DocumentError
from pipeline.ingest import ingest

SHARED = Path(__file__).parents[3] / "shared"
BROKEN = sorted(SHARED.glob("robustness/*/*"))
SCANS = sorted(SHARED.glob("documents/scans/*.pdf"))
PRINTED = sorted([*SHARED.glob("documents/plans/*.pdf"), *SHARED.glob("documents/born-digital/*")])
NONE = [pytest.param(None, marks=pytest.mark.skip(reason="../shared is not here"))]
SECONDS, MEMORY = 60, 2 << 30  # of the processor, however busy the machine is
HANGS = 1800  # seconds in which a file is read on any machine

pytestmark = [pytest.mark.slow, pytest.mark.ocr]


# Its children hold what they import, not what the tests before them mapped in this process.
CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload(["pipeline.ingest"])


def read_within_limits(path: Path) -> None:
    """Read a file in at most SECONDS and MEMORY, and leave at once with what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(HANGS)
    status = 1
    try:
        ingest(path)
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
def test_a_scan_is_read_from_its_pictures(path: Path) -> None:
    document = ingest(path)
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
