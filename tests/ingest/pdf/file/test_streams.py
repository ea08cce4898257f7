"""Content that is cut off in the file is told."""

import zlib

import pikepdf
import pytest

from pipeline.errors import DamagedError
from pipeline.ingest import ingest
from pipeline.ingest.pdf.file.streams import examine
from tests.ingest.pdf.made import rows, typed


@pytest.mark.parametrize("form", [False, True])
def test_content_that_is_whole_is_not_cut(save, form):
    assert examine(save("a.pdf", typed(rows(), form=form)), 1).cut == frozenset()


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("share", [0.95, 0.5, 0.05])
def test_flate_data_that_end_too_early_are_a_cut(save, share, form):
    assert examine(save("a.pdf", typed(rows(), packed=share, form=form)), 1).cut == {1}


@pytest.mark.parametrize("end", [b"ET Q", b"Q", b"(part\\)) Tj ET Q"])
def test_operators_that_stop_in_the_middle_are_a_cut(save, end):
    content = rows()
    assert content.endswith(end)
    assert examine(save("a.pdf", typed(content[: -len(end)])), 1).cut == {1}


def test_a_checksum_that_is_missing_is_no_loss(save):
    content = rows()
    short = (len(zlib.compress(content)) - 4) / len(zlib.compress(content))
    assert examine(save("a.pdf", typed(content, packed=short + 1e-9)), 1).cut == frozenset()


def test_a_stream_that_is_missing_is_a_cut(save):
    assert examine(save("a.pdf", typed(rows(), None)), 2).cut == {2}


def test_encrypted_content_is_looked_into(save):
    locked = pikepdf.Encryption(owner="owner", user="", R=4)
    assert examine(save("a.pdf", typed(rows(), encryption=locked)), 1).cut == frozenset()
    assert examine(save("b.pdf", typed(rows(), packed=0.5, encryption=locked)), 1).cut == {1}


def test_a_file_that_is_no_pdf_says_nothing(save):
    assert examine(save("a.pdf", b"%PDF-1.4 nothing"), 1).cut == frozenset()


def test_what_stands_before_a_cut_is_read_and_the_cut_is_told(save):
    document = ingest(save("a.pdf", typed(rows(), rows(31)[:900])))
    texts = [line.text for _, line in document.lines()]
    assert texts[0].startswith("1.") and any(text.startswith("40.") for text in texts)
    assert [(one.code, one.page) for one in document.notices if one.code == "W218"] == [("W218", 2)]


def test_a_document_of_which_nothing_is_left_fails(save):
    with pytest.raises(DamagedError, match="cut off"):
        ingest(save("a.pdf", typed(None)))
