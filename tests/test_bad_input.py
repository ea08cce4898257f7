"""Files that are damaged, hostile or nothing to read: each costs itself alone, and says why with a code.

The table in docs/input.md is made of the cases here.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest

from tests.plans import TEXT

PROJECT = Path(__file__).parents[1]
PAGE = PROJECT / "docs" / "input.md"
TABLE = re.compile(r"^\| given \|.*?(?=\n\n|\Z)", re.DOTALL | re.MULTILINE)
HANGS, CRASHES = b"{\\rtf1 hang}", b"{\\rtf1 crash}"
SECONDS = 600  # the limit for a document: enough for any that ends, however busy the machine is
SHORT = 2  # that for one that hangs
OFFICE = """#!/bin/sh
for last; do :; done
grep -q hang "$last" && sleep 600
kill -SEGV $$
"""


def zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def zeros(name: str, count: int = 1024, **others: bytes) -> bytes:
    """An archive with a file of so many MiB of zeros."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, data in others.items():
            archive.writestr(f"{other}.txt", data)
        with archive.open(name, "w", force_zip64=True) as file:
            for _ in range(count):
                file.write(bytes(1 << 20))
    return made.getvalue()


def word() -> bytes:
    made = docx.Document()
    for line in TEXT.splitlines():
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_macros() -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    other = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        files = {name: archive.read(name).replace(kind, other) for name in archive.namelist()}
    return zipped({**files, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def nested(depth: int) -> bytes:
    data = zipped({"kh.txt": TEXT.encode()})
    for _ in range(depth - 1):
        data = zipped({"a.zip": data})
    return data


def mail(parts: int) -> bytes:
    part = b"--x\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=a.txt\n\nA\n"
    head = b"From: a@xa.vn\nTo: b@xa.vn\nSubject: KH\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    return head + part * parts + b"--x--\n"


# The file's name -> what it is, what it is made of, and what is said of which output or path.
CASES: dict[str, tuple[str, Callable[[], bytes], dict[str, str]]] = {
    "macros.docm": ("a Word file with macros: read, nothing is run", with_macros, {"macros.docm": "W231"}),
    "zeros.zip": (
        "a ZIP with a file of 1 GB of zeros: that file is refused, the others are read",
        lambda: zeros("b.txt", kh=TEXT.encode()),
        {"zeros.zip/b.txt": "E108", "zeros.zip/kh.txt": ""},
    ),
    "zeros.docx": (
        "a Word file whose text unpacks to 1 GB",
        lambda: zeros("word/document.xml"),
        {"zeros.docx": "E108"},
    ),
    "three.zip": ("a ZIP in a ZIP in a ZIP: read", lambda: nested(3), {"three.zip/a.zip/a.zip/kh.txt": ""}),
    "four.zip": (
        "one more ZIP around it: the innermost is left closed",
        lambda: nested(4),
        {"four.zip/a.zip/a.zip/a.zip": "E102"},
    ),
    "many.zip": (
        "a ZIP of more than 1000 files",
        lambda: zipped({f"{number}.txt": b"A" for number in range(1001)}),
        {"many.zip": "E125"},
    ),
    "parts.eml": ("a mail of 10,000 parts", lambda: mail(10_000), {"parts.eml": "E125"}),
    "names.zip": (
        "names that lead out of the folder, or hold signs that control a terminal: read, under harmless names",
        lambda: zipped({"../../kh.txt": TEXT.encode(), "a\x1b[2J\u202eb.txt": TEXT.encode() + b"2"}),
        {"names.zip/kh.txt": "", "names.zip/a[2Jb.txt": ""},
    ),
    "hangs.rtf": ("a file at which LibreOffice hangs", lambda: HANGS, {"hangs.rtf": "E110"}),
    "crashes.rtf": ("a file at which LibreOffice crashes", lambda: CRASHES, {"crashes.rtf": "E105"}),
    "cut.zip": ("a ZIP that was cut off", lambda: nested(1)[:-30], {"cut.zip": "E105"}),
    "cut.docx": ("a Word file that was cut off", lambda: word()[:-500], {"cut.docx": "E105"}),
    "cut.pdf": ("a PDF that was cut off", lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", {"cut.pdf": "E105"}),
    "empty.txt": ("a file with nothing in it", lambda: b"", {"empty.txt": "E101"}),
    "program.doc": ("a program, whatever its name", lambda: b"MZ\x90\0" + bytes(200), {"program.doc": "E102"}),
    "noise.txt": ("bytes that are no text", lambda: bytes(range(256)) * 20, {"noise.txt": "E102"}),
    "good.txt": ("", TEXT.encode, {"good.txt": ""}),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one run says of each file: the code of its error or of its warning on the file, "" for neither."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "in").mkdir()
    (folder / "hanging").mkdir()
    for name, (_, make, _) in CASES.items():
        (folder / ("hanging" if name == "hangs.rtf" else "in") / name).write_bytes(make())
    programs, scratch = folder / "bin", folder / "tmp"
    programs.mkdir()
    scratch.mkdir()
    (programs / "soffice").write_text(OFFICE)
    (programs / "soffice").chmod(0o755)
    knobs = {"TMPDIR": str(scratch), "LANG": "C.UTF-8", "PYTHONPATH": str(PROJECT)}
    knobs["PATH"] = f"{programs}:{os.environ['PATH']}"
    errors = []
    for place, seconds in (("in", SECONDS), ("hanging", SHORT)):
        run = subprocess.run(
            [sys.executable, "-c", "from pipeline.cli import main; main()", "run", place, "--out", "out", "-j", "2"],
            cwd=folder,
            env=os.environ | knobs | {"KEHOACH_DOCUMENT_SECONDS": str(seconds)},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 1, run.stderr
        errors += re.findall(rf"^(E\d+) {place}/(.+?): ", run.stderr, re.MULTILINE)
    assert [one.name for one in scratch.iterdir() if one.name.startswith("kehoach-") and "slots" not in one.name] == []
    found = {path: code for code, path in errors}
    for made in (folder / "out").rglob("*.json"):
        plan = json.loads(made.read_text(encoding="utf-8"))
        inside = plan["source"]["contained_in"]
        name = f"{inside}/{plan['source']['file_name']}" if inside else plan["source"]["file_name"]
        found[name] = " ".join(one["code"] for one in plan["warnings"] if one["code"] == "W231")
    shutil.rmtree(folder)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_each_file_costs_itself_alone_and_says_why(said: dict[str, str], name: str) -> None:
    _, _, expected = CASES[name]
    assert {path: code for path, code in said.items() if path.split("/")[0] == name} == expected


def test_the_page_shows_every_case(request: pytest.FixtureRequest) -> None:
    rows = [(what, " ".join(filter(None, codes.values()))) for what, _, codes in CASES.values() if what]
    lines = ["| given | said |", "| --- | --- |", *(f"| {what} | {codes or 'nothing'} |" for what, codes in rows)]
    text = PAGE.read_text(encoding="utf-8")
    made = TABLE.sub(lambda _: "\n".join(lines), text)
    if request.config.getoption("--regenerate-docs"):
        PAGE.write_text(made, encoding="utf-8")
    assert made == PAGE.read_text(encoding="utf-8")
