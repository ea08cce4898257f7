"""Files of other office programs are read by way of LibreOffice, whatever it does."""

import os
import shutil
import sys
from pathlib import Path

import docx
import psutil
import pytest

from pipeline.errors import KehoachError
from pipeline.ingest import ingest
from pipeline.ingest.office import conversion
from pipeline.settings import Settings
from tests.libreoffice import save

pytestmark = pytest.mark.skipif(
    conversion.program() is None and not os.environ.get("KEHOACH_TEST_REQUIRE"), reason="LibreOffice is not installed"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one plan in DOCX and in the formats of others."""
    folder = tmp_path_factory.mktemp("office")
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Sở Tài chính thẩm định dự toán trước ngày 15/8/2026.")
    table = document.add_table(2, 2, style="Table Grid")
    for cell, text in zip(table._cells, ("Nhiệm vụ", "Thời gian", "Rà soát đất công", "Quý II/2026"), strict=True):
        cell.text = text
    document.add_paragraph("Nơi nhận: Lưu VT.")  # LibreOffice writes no DOC that ends in a table
    document.save(str(folder / "plan.docx"))
    for suffix in ("doc", "rtf", "odt", "html"):
        save(str(conversion.program()), [folder / "plan.docx"], suffix, folder)
    return folder


@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt", "html"])
def test_a_file_is_read_as_the_same_in_docx(made: Path, suffix: str) -> None:
    expected, read = ingest(made / "plan.docx"), ingest(made / f"plan.{suffix}")
    assert [line.text for _, line in read.lines() if line.text] == [
        line.text for _, line in expected.lines() if line.text
    ]
    assert len(read.pages[0].tables) == 1
    assert read.name == f"plan.{suffix}"
    assert read.media_type != expected.media_type


def test_nothing_stays_behind(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ingest(made / "plan.doc")
    assert list(tmp_path.iterdir()) == []


def test_what_does_not_open_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "cut.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    with pytest.raises(KehoachError) as caught:
        ingest(path)
    assert caught.value.code == "E105"


def test_without_libreoffice_the_error_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "program", lambda: None)
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 K}")
    with pytest.raises(KehoachError, match="LibreOffice") as caught:
        ingest(path)
    assert caught.value.code == "E124"


@pytest.mark.skipif(sys.platform == "win32", reason="the program that hangs is a shell script")
def test_one_that_hangs_is_ended_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pid = tmp_path / "pid"
    hanging = tmp_path / "soffice"
    hanging.write_text(f"#!/bin/sh\n{shutil.which('sleep')} 60 &\necho $! > {pid}\nwait\n")
    hanging.chmod(0o755)
    monkeypatch.setattr(conversion, "program", lambda: str(hanging))
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 K}")
    with pytest.raises(KehoachError) as caught:
        ingest(path, Settings(document_seconds=1))
    assert caught.value.code == "E110"
    assert not psutil.pid_exists(int(pid.read_text())) or psutil.Process(int(pid.read_text())).status() == "zombie"


def test_what_wps_office_saves_under_its_own_ending_is_a_doc(made: Path, tmp_path: Path) -> None:
    shutil.copyfile(made / "plan.doc", tmp_path / "plan.wps")
    assert ingest(tmp_path / "plan.wps").media_type == "application/msword"


def test_macros_of_a_doc_are_told(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes((made / "plan.doc").read_bytes() + "_VBA_PROJECT".encode("utf-16-le").ljust(512, b"\0"))
    assert [one.code for one in ingest(path).notices] == ["W231"]
