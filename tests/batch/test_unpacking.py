"""Archives and mails in a batch."""

import json
import zipfile
from hashlib import sha256

import pypdfium2 as pdfium
import pytest

from pipeline.batch import collect, open_journal, run_batch, unpacked
from pipeline.errors import ProtectedError
from pipeline.ingest.containers import unpacking
from pipeline.settings import Settings
from tests.plans import TEXT, a_plan

SETTINGS = Settings(jobs=2)


def read(path, settings):
    """A plan of a file, or the error of one that says `fail`."""
    content = path.read_text()
    if content == "fail":
        raise ProtectedError(file=path.name)
    plan = a_plan(path.name, TEXT + "\n" + content)
    digest = sha256(path.read_bytes()).hexdigest()
    return plan.model_copy(update={"source": plan.source.model_copy(update={"sha256": digest})}).with_text(
        TEXT + "\n" + content
    )


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def batch(found, out):
    with open_journal(out, SETTINGS) as journal:
        return sorted(run_batch(found, journal, read, SETTINGS), key=lambda result: result.index)


def test_the_documents_in_an_archive_are_read_one_by_one(tmp_path, out):
    with zipfile.ZipFile(tmp_path / "thư.zip", "w") as archive:
        for name, content in {"a.txt": "A", "b/a.txt": "B", "bad.txt": "fail"}.items():
            archive.writestr(name, content)
    (tmp_path / "z.txt").write_text("Z")
    with unpacked(collect([tmp_path / "thư.zip", tmp_path / "z.txt"], out), SETTINGS) as found:
        results = batch(found, out)
        shown = [(str(result.path.relative_to(tmp_path)), result.error and result.error.code) for result in results]
        folder = found[0].path.parent
    assert shown == [("thư.zip/a.txt", None), ("thư.zip/b/a.txt", None), ("thư.zip/bad.txt", "E103"), ("z.txt", None)]
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*.json")) == [
        "thư.zip/a.json",
        "thư.zip/b/a.json",
        "z.json",
    ]
    assert str(tmp_path / "thư.zip/bad.txt") in str(results[2].error)
    assert json.loads((out / "thư.zip/a.json").read_text())["source"]["contained_in"] == "thư.zip"
    assert json.loads((out / "z.json").read_text())["source"]["contained_in"] is None
    assert not folder.exists()


def test_an_archive_that_does_not_open_costs_itself_alone(tmp_path, out):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "z.txt").write_text("Z")
    with unpacked(collect([tmp_path / "a.zip", tmp_path / "z.txt"], out), SETTINGS) as found:
        results = batch(found, out)
    assert [result.error and result.error.code for result in results] == ["E105", None]
    assert str(tmp_path / "a.zip") in str(results[0].error)


def carrying(path, name, data):
    """A PDF of one page that carries a file."""
    made = pdfium.PdfDocument.new()
    made.new_page(200, 200)
    made.new_attachment(name).set_data(data)
    made.save(path)


def test_a_pdf_is_read_and_what_it_carries_is_a_document_of_its_own(tmp_path, out):
    carrying(tmp_path / "kh.pdf", "phụ lục.txt", b"A")
    with unpacked(collect([tmp_path / "kh.pdf"], out), SETTINGS) as found:
        shown = [(str(one.shown.relative_to(tmp_path)), str(one.below), one.contained_in) for one in found]
        assert found[0].path == tmp_path / "kh.pdf"
        assert found[1].path.read_bytes() == b"A"
    assert shown == [("kh.pdf", "kh.pdf", None), ("kh.pdf/phụ lục.txt", "kh.pdf/phụ lục.txt", "kh.pdf")]


def test_a_pdf_that_carries_too_much_is_read_all_the_same(tmp_path, out, monkeypatch):
    carrying(tmp_path / "kh.pdf", "a.txt", b"A")
    monkeypatch.setattr(unpacking, "MAX_FILES", 0)
    with unpacked(collect([tmp_path / "kh.pdf"], out), SETTINGS) as found:
        shown = [(str(one.shown.relative_to(tmp_path)), one.error and one.error.code) for one in found]
    assert shown == [("kh.pdf", None), ("kh.pdf/files", "E125")]
