"""Without an extra what needs it says which one to install, and all else goes on."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pipeline.errors import MissingPackageError
from pipeline.extras import EXTRAS, MissingPackage, extras, missing, require
from tests.ingest.conftest import PdfMaker

pytestmark = pytest.mark.slow  # each test starts the command anew

PROJECT = Path(__file__).parents[1]
OUTPUTS = PROJECT / "outputs"
SCAN = PROJECT / "tests" / "data" / "scan.png"
CODE = """
import sys

for package in {packages}:
    sys.modules[package] = None  # importing it fails
from pipeline.cli import main

main()
"""


def kehoach(*arguments, without=tuple(EXTRAS)):
    """The command where some extras, by default all, are not installed; its exit code and standard error."""
    code = CODE.format(packages=[package for extra in without for package in EXTRAS[extra]])
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_")}
    clean |= {"PYTHONPATH": str(PROJECT), "KEHOACH_CACHE": "off", "KEHOACH_LANG": "en"}
    line = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(line, env=clean, capture_output=True, text=True, timeout=100)
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "plans.db"
    assert kehoach("load", OUTPUTS / "can-tho-2023.json", "--database", path, without=()) == (0, "")
    return path


def test_each_extra_brings_what_is_said_of_it():
    named = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    brought = {
        extra: {re.match(r"[\w.-]+", line)[0].lower() for line in named[extra]} - {"kehoach"} for extra in EXTRAS
    }
    names = packages_distributions()
    assert brought == {extra: {names[one][0].lower() for one in packages} for extra, packages in EXTRAS.items()}


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """A package that is installed and does not load, as where a library of the system is missing."""
    (tmp_path / "pandas.py").write_text("raise ImportError('libstdc++.so.6: cannot open shared object file')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    missing.cache_clear()
    yield "pandas"
    missing.cache_clear()


def test_a_package_that_does_not_load_is_missed_as_one_that_is_not_there(broken):
    with pytest.raises(MissingPackageError) as raised:
        require(broken, "a frame")
    assert (raised.value.file, raised.value.params) == ("a frame", {"package": "pandas", "extra": "export"})
    assert missing(broken) == MissingPackage("pandas", "export")


def test_another_fault_of_an_import_is_not_taken_for_a_missing_extra():
    with pytest.raises(ImportError), extras("a command"):
        from json import no_such_name  # noqa: F401


def test_what_is_there_is_not_missed():
    assert missing("numpy", "PIL") is None and require("json", "a frame") is json


@pytest.mark.slow
def test_a_plan_in_text_is_read_without_any_extra(tmp_path):
    assert kehoach("run", PROJECT / "corpus" / "can-tho-library-2019.txt", "-o", tmp_path)[0] == 0
    for name in ("can-tho-library-2019.json", "can-tho-library-2019.txt"):
        assert (tmp_path / name).read_bytes() == (OUTPUTS / name).read_bytes()


@pytest.fixture
def typed():
    """A page with a text layer."""
    page = PdfMaker().page()
    for at, line in enumerate(
        ("KẾ HOẠCH", "I. MỤC TIÊU", "1. Mua sách cho thư viện.", "2. Sở Tài chính cấp kinh phí.")
    ):
        page.text(72, 100 + 20 * at, line)
    return page.bytes()


@pytest.mark.slow
def test_a_pdf_with_a_text_layer_is_read_without_any_extra(typed, tmp_path):
    (tmp_path / "a.pdf").write_bytes(typed)
    assert kehoach("run", tmp_path / "a.pdf", "-o", tmp_path / "out")[0] == 0
    assert "2. Sở Tài chính cấp kinh phí." in (tmp_path / "out" / "a.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_scan_says_which_extra_it_needs(tmp_path):
    code, said = kehoach("run", SCAN, "-o", tmp_path)
    assert code == 1 and "E123" in said and "pip install 'kehoach[scan]'" in said


@pytest.mark.slow
def test_a_scanned_page_costs_that_page_alone(typed, tmp_path):
    Image.open(SCAN).convert("RGB").save(tmp_path / "scan.pdf")
    (tmp_path / "typed.pdf").write_bytes(typed)
    with pikepdf.open(tmp_path / "typed.pdf") as both, pikepdf.open(tmp_path / "scan.pdf") as scan:
        both.pages.extend(scan.pages)
        both.save(tmp_path / "both.pdf")
    assert kehoach("run", tmp_path / "both.pdf", "-o", tmp_path / "out")[0] == 0
    plan = json.loads((tmp_path / "out" / "both.json").read_text(encoding="utf-8"))
    assert "2. Sở Tài chính cấp kinh phí." in (tmp_path / "out" / "both.txt").read_text(encoding="utf-8")
    (warning,) = [one for one in plan["warnings"] if one["code"] == "W223"]
    assert warning["params"]["extra"] == "scan" and warning["page"] == 2


@pytest.mark.slow
def test_a_picture_that_cannot_be_looked_at_leaves_its_text_layer(typed, tmp_path):
    Image.open(SCAN).convert("RGB").save(tmp_path / "scan.pdf")
    (tmp_path / "typed.pdf").write_bytes(typed)
    with pikepdf.open(tmp_path / "scan.pdf") as scan, pikepdf.open(tmp_path / "typed.pdf") as layer:
        scan.pages[0].add_overlay(layer.pages[0])
        scan.save(tmp_path / "both.pdf")
    assert kehoach("run", tmp_path / "both.pdf", "-o", tmp_path / "out")[0] == 0
    plan = json.loads((tmp_path / "out" / "both.json").read_text(encoding="utf-8"))
    assert "2. Sở Tài chính cấp kinh phí." in (tmp_path / "out" / "both.txt").read_text(encoding="utf-8")
    (warning,) = [one for one in plan["warnings"] if one["code"] in ("W211", "W223", "W225")]
    assert warning["code"] == "W225" and warning["params"]["extra"] == "scan"


@pytest.mark.slow
def test_a_searchable_copy_says_which_extra_it_needs_and_costs_nothing_else(typed, tmp_path):
    (tmp_path / "a.pdf").write_bytes(typed)
    assert kehoach("run", tmp_path / "a.pdf", "-o", tmp_path / "out", "--searchable-pdf", "--hocr", "--alto")[0] == 0
    assert {file.name for file in (tmp_path / "out").glob("[!.]*")} == {"a.json", "a.txt", "a.hocr", "a.alto.xml"}
    plan = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))
    (warning,) = [one for one in plan["warnings"] if one["code"] == "W224"]
    assert warning["params"]["extra"] == "scan"


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", PROJECT / "corpus", "-o", "out", "--database", "plans.db"),
        ("search", "thư viện", "--database", "plans.db"),
        ("export", "-f", "csv", "-o", "items.csv", "--database", "plans.db"),
    ],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.slow
def test_a_command_that_asks_the_store_says_which_extra_it_needs(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, said = kehoach(*arguments)
    assert code == 1 and said.startswith("E741 ") and "pip install 'kehoach[store]'" in said
    assert said.count("\n") == 1 and not list(tmp_path.rglob("*.json"))


@pytest.mark.slow
def test_two_json_files_are_compared_without_a_store():
    assert kehoach("compare", OUTPUTS / "can-tho-2023.json", OUTPUTS / "vinh-long-2023.json") == (0, "")


@pytest.mark.slow
def test_a_server_says_which_extra_it_needs():
    code, said = kehoach("search", "sách", "--database", "postgresql://nobody@localhost/none", without=["postgresql"])
    assert code == 1 and said.startswith("E707 ") and "pip install 'kehoach[postgresql]'" in said


@pytest.mark.parametrize("format_", ["xlsx", "parquet", "ics"])
@pytest.mark.slow
def test_a_format_says_which_extra_it_needs(format_, store, tmp_path):
    code, said = kehoach("export", "-f", format_, "-o", tmp_path / "out", "--database", store, without=["export"])
    assert code == 1 and said.startswith("E741 ") and "pip install 'kehoach[export]'" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("format_", ["jsonl", "csv", "archive-csv"])
@pytest.mark.slow
def test_formats_of_text_need_the_store_alone(format_, store, tmp_path):
    assert kehoach("export", "-f", format_, "-o", tmp_path / "out", "--database", store, without=["export"])[0] == 0
