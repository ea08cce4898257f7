"""The command that writes a plan as one page."""

import json
import shutil
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.cli import main
from pipeline.files import sha256_of

OUTPUTS = Path(__file__).resolve().parents[1] / "outputs"
NAME = "can-tho-2023"


def kehoach(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in arguments])
    return ended.value.code, capsys.readouterr()


@pytest.fixture
def plan(tmp_path):
    """A plan and the PDF that it says it was read from, in two folders."""
    source = tmp_path / "in" / "a.pdf"
    source.parent.mkdir()
    canvas = Canvas(str(source), pagesize=(300, 400))
    canvas.drawString(50, 300, "KE HOACH")
    canvas.save()
    made = json.loads((OUTPUTS / f"{NAME}.json").read_text())
    page = {**made["source"]["pages"][0], "width": 300, "height": 400, "unit": "pt"}
    made["source"] |= {"file_name": "a.pdf", "sha256": sha256_of(source), "page_count": 1, "pages": [page]}
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.json").write_text(json.dumps(made))
    shutil.copy(OUTPUTS / f"{NAME}.txt", out / "a.txt")
    return out / "a.json"


def test_a_plan_of_text_becomes_a_page(capsys, tmp_path):
    code, said = kehoach(capsys, "page", OUTPUTS / f"{NAME}.json", "-o", tmp_path / "p.html", "--lang", "en")
    assert (code, said.err) == (0, f"Written: {tmp_path / 'p.html'}\n")
    assert "data:image" not in (tmp_path / "p.html").read_text()


def test_pictures_come_from_the_source(capsys, plan):
    code, said = kehoach(capsys, "page", plan, "--source", plan.parents[1] / "in" / "a.pdf")
    assert code == 0
    assert "data:image/webp" in plan.with_suffix(".html").read_text()


def test_a_source_that_is_not_there_is_said(capsys, plan):
    code, said = kehoach(capsys, "page", plan, "--lang", "en")
    assert code == 0 and "a.pdf was not found" in said.err
    assert "a.pdf was not found" in plan.with_suffix(".html").read_text()


def test_another_file_is_refused_and_nothing_written(capsys, plan):
    code, said = kehoach(capsys, "page", plan, "--source", plan)
    assert code == 1 and "E407" in said.err
    assert not plan.with_suffix(".html").exists()


def test_what_is_no_plan_is_refused(capsys, tmp_path):
    (tmp_path / "a.json").write_text("{}")
    code, said = kehoach(capsys, "page", tmp_path / "a.json")
    assert code == 1 and "E402" in said.err
