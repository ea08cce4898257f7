"""The report of a run in files."""

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipeline.batch import collect, open_journal, read_journal, run_batch
from pipeline.batch.report.files import write_report
from pipeline.errors import OtherFileThereError
from pipeline.messages import general, say
from pipeline.settings import Settings
from pipeline.spreadsheets import is_formula
from pipeline.store.loading.load import json_files
from tests.batch.report.reading import read

SETTINGS = Settings(jobs=1, document_seconds=20, sandbox="off")
CONTENTS = {"a.txt": "1", "b.txt": "1", "<b>&.txt": "fail", "=1+1.txt": "other failure", "kế hoạch 1.txt": "2"}


@pytest.fixture
def out(tmp_path, monkeypatch):
    """The outputs of a run over files with all that a report tells."""
    monkeypatch.chdir(tmp_path)
    for folder in ("in", "out"):
        Path(folder).mkdir()
    for name, content in CONTENTS.items():
        Path("in", name).write_text(content)
    with open_journal(Path("out"), SETTINGS) as journal:
        list(run_batch(collect([Path("in")], Path("out")), journal, read, SETTINGS))
    return Path("out")


def report(out, folder, language="en"):
    with read_journal(out) as results:
        html, table, summary = write_report(results, folder, language)
    with table.open(encoding="utf-8-sig", newline="") as file:
        return html.read_text("utf-8"), list(csv.DictReader(file)), json.loads(summary.read_text("utf-8"))


class Links(HTMLParser):
    """The links of a page, and the text it shows."""

    def __init__(self, page):
        super().__init__()
        self.links, self.text, self.tags = [], [], set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text.append(data)


def test_counts_failures_and_doubles_are_told(out):
    _, _, summary = report(out, out)
    assert summary["documents"] == {"written": 3, "failed": 2, "waiting": 0}
    assert summary["figures"]["tasks"] == 3
    assert [(one["code"], one["documents"]) for one in summary["failures"]] == [
        ("E103", ["in/<b>&.txt"]),
        ("E105", ["in/=1+1.txt"]),
    ]
    assert summary["warnings"] == [
        {"code": "W403", "severity": "doubtful", "documents": 3, "times": 3, "message": general("W403")}
    ]
    assert summary["doubles"] == [{"document": "in/b.txt", "same_as": "in/a.txt"}]


@pytest.mark.parametrize("folder", ["out", "elsewhere/deep"])
def test_the_page_links_each_document_to_its_output(out, folder):
    page, _, _ = report(out, Path(folder))
    found = {(Path(folder) / unquote(link)).resolve() for link in Links(page).links}
    assert found == {path.resolve() for path in out.glob("*.json") if path.name != "report.json"}


def test_names_are_shown_as_they_are_and_never_as_html(out):
    page, _, _ = report(out, out)
    shown = Links(page)
    assert "in/<b>&.txt" in shown.text
    assert not shown.tags & {"b\u0300", "script", "img", "link"}
    assert "<b>&" not in page


def test_the_page_needs_nothing_beside_it(out):
    page, _, _ = report(out, out)
    assert re.findall(r"https?:|url\(|@import|src=", page) == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_says_what_to_do_in_the_language(out, language):
    page, _, _ = report(out, out, language)
    text = "".join(Links(page).text)
    assert say("E103", language) in text
    assert say("cli.report.failures", language) in text


def test_the_table_has_a_row_a_document_and_no_formula(out):
    _, rows, _ = report(out, out)
    assert [row["document"] for row in rows] == [f"in/{name}" for name in sorted(CONTENTS)]
    codes = {row["document"]: row["code"] for row in rows if row["code"]}
    assert codes == {"in/<b>&.txt": "E103", "in/=1+1.txt": "E105"}
    assert not [cell for row in rows for cell in row.values() if is_formula(cell)]


def test_what_is_not_read_yet_is_counted(out):
    Path("in/new.txt").write_text("3")
    with open_journal(out, SETTINGS) as journal:
        asked = iter([True] * 6)
        list(run_batch(collect([Path("in")], out), journal, read, SETTINGS, going_on=lambda: next(asked, False)))
    assert report(out, out)[2]["documents"]["waiting"] == 1


@pytest.mark.parametrize("name", ["report.html", "report.csv", "report.json"])
def test_a_file_that_is_no_report_is_left_as_it_is(out, name):
    (out / name).write_text("{}")
    with pytest.raises(OtherFileThereError, match=name):
        report(out, out)
    assert (out / name).read_text() == "{}"
    assert [path.name for path in out.glob("report.*")] == [name]


def test_a_report_is_written_over_an_older_one(out):
    assert report(out, out) == report(out, out)


def test_what_the_processes_that_read_were_not_kept_from_is_said(out):
    shown, _, found = report(out, out)
    assert found["unconfined"] == ["files", "network", "signals"]  # SETTINGS say so
    assert "were not kept from writing files" in shown


def test_a_report_is_no_plan_to_be_loaded(out):
    report(out, out)
    assert Path(out, "report.json") not in json_files([out])


def test_a_report_is_made_again(out):
    assert report(out, out) == report(out, out)
