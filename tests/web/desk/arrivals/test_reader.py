"""The run that reads what came."""

from pipeline.settings import Settings
from pipeline.web.desk.arrivals.reader import ReadDocuments
from tests.processes import wait_for


def test_a_document_named_as_a_package_of_python_is_no_code(tmp_path, monkeypatch):
    """Where the desk was begun in the folder of documents."""
    uploads, out = tmp_path / "uploads", tmp_path / "out"
    uploads.mkdir()
    out.mkdir()
    sent = uploads / "typer.py"
    sent.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(uploads)
    reader = ReadDocuments(uploads, out, Settings(sandbox="off"), lambda plans: None)
    reader.wait_for([sent])
    assert wait_for(lambda: not reader.waiting())
    reader.close()
    assert not (tmp_path / "ran").exists()


def test_a_run_that_cannot_begin_is_said_and_tried_again(tmp_path, monkeypatch):
    tried = []

    def none(self, said):
        tried.append(self)
        raise OSError("Cannot allocate memory")

    monkeypatch.setattr(ReadDocuments, "_begin", none)
    monkeypatch.setattr("pipeline.web.desk.arrivals.reader._AGAIN", 0.05)
    reader = ReadDocuments(tmp_path, tmp_path, Settings(), lambda plans: None)
    reader.wait_for([tmp_path / "kh.txt"])
    assert wait_for(lambda: len(tried) > 1)
    assert reader.problem == "Cannot allocate memory"
    reader.close()
