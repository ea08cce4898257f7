"""What is kept of a document beside its plan."""

import io

import pikepdf
import pytest

from pipeline.archive import keep, keep_without_copy, searchable
from pipeline.document import Document, Page, TextOrigin
from pipeline.errors import ProtectedError
from pipeline.settings import Settings
from tests.archive.made import helvetica, read, rows, scan


@pytest.mark.parametrize(
    ("asked", "suffix", "begins"),
    [("searchable_pdf", "searchable.pdf", b"%PDF-"), ("hocr", "hocr", b"<?xml"), ("alto", "alto.xml", b"<?xml")],
)
def test_what_the_settings_ask_for_is_kept(asked, suffix, begins, tmp_path):
    source = scan(tmp_path / "a.pdf")
    files, notices = keep(source, read(source, rows()), Settings(**{asked: True}))
    assert list(files) == [suffix] and files[suffix].startswith(begins)
    assert notices == ()


def test_nothing_is_kept_that_the_settings_do_not_ask_for(tmp_path):
    source = scan(tmp_path / "a.pdf")
    assert keep(source, read(source, rows()), Settings()) == ({}, ())


def test_a_document_without_pages_has_nothing_to_keep(tmp_path):
    page = Page(1, rows(), TextOrigin.PLAIN, "test")
    document = Document("a.txt", "0" * 64, "text/plain", (page,), has_pages=False)
    assert keep(tmp_path / "a.txt", document, Settings(searchable_pdf=True, hocr=True, alto=True)) == ({}, ())


def test_a_copy_that_is_no_pdf_a_is_kept_and_said(tmp_path):
    source = scan(tmp_path / "a.pdf", content="BT /F1 9 Tf (seen) Tj ET", fonts=helvetica())
    files, (notice,) = keep(source, read(source, rows()), Settings(searchable_pdf=True))
    assert list(files) == ["searchable.pdf"]
    assert notice.code == "W214" and "Helvetica is not embedded" in notice.text()


def test_a_copy_that_cannot_be_made_costs_nothing_else(tmp_path):
    source = scan(tmp_path / "a.pdf")
    document = read(source, rows())
    source.write_bytes(b"%PDF-1.4 another file")
    files, (notice,) = keep(source, document, Settings(searchable_pdf=True, hocr=True))
    assert list(files) == ["hocr"]
    assert notice.code == "W215" and "changed since it was read" in notice.text()


@pytest.mark.parametrize(
    "fault", [RuntimeError("qpdf gave up"), pikepdf.DataDecodingError("no"), MemoryError(), RecursionError("deep")]
)
def test_a_copy_that_fails_in_any_way_costs_nothing_else(fault, tmp_path, monkeypatch):
    def fail(*_):
        raise fault

    monkeypatch.setattr(searchable, "searchable_pdf", fail)
    source = scan(tmp_path / "a.pdf")
    files, (notice,) = keep(source, read(source, rows()), Settings(searchable_pdf=True, hocr=True))
    assert list(files) == ["hocr"]
    assert notice.code == "W215" and type(fault).__name__ in notice.text()


def test_why_there_is_no_copy_is_said_without_what_to_do_about_it(tmp_path, monkeypatch):
    def fail(*_):
        raise ProtectedError(file="a.pdf")

    monkeypatch.setattr(searchable, "searchable_pdf", fail)
    source = scan(tmp_path / "a.pdf")
    _, (notice,) = keep(source, read(source, rows()), Settings(searchable_pdf=True))
    assert dict(notice.params) == {"reason": "the file needs a password"}


def test_what_is_kept_without_the_copy_says_why(tmp_path):
    source = scan(tmp_path / "a.pdf")
    settings = Settings(searchable_pdf=True, hocr=True)
    files, (notice,) = keep_without_copy("it took too long", source, read(source, rows()), settings)
    assert list(files) == ["hocr"]
    assert notice.code == "W215" and "it took too long" in notice.text()


def test_no_program_is_started_to_decode_jbig2(tmp_path, monkeypatch):
    program, mark = tmp_path / "bin" / "jbig2dec", tmp_path / "started"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho $* >> {mark}\necho jbig2dec 0.20\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    source = scan(tmp_path / "a.pdf")
    with pikepdf.open(io.BytesIO(source.read_bytes())) as pdf:
        stream = pdf.make_stream(b"any bytes", Filter=pikepdf.Name.JBIG2Decode, Width=1, Height=1, BitsPerComponent=1)
        pdf.pages[0].obj["/Contents"] = stream
        pdf.save(source)
    mark.unlink(missing_ok=True)
    keep(source, read(source, rows()), Settings(searchable_pdf=True))
    assert not mark.exists()
