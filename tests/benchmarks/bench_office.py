"""Seconds for a DOC of 15 pages, the conversion by LibreOffice too, and for twenty of them in one run."""

import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from pipeline.ingest.office.conversion import program
from tests.layouts import docx
from tests.layouts.model import Listed
from tests.layouts.offices import levels
from tests.libreoffice import save

PROJECT = Path(__file__).parents[2]
TIMES = 10  # as many tasks as make 15 pages
MANY = 20


def bench_doc(tmp_path):
    if program() is None:
        print("\nDOC: left out, LibreOffice is not installed")
        return
    made = levels()
    for number in range(MANY):
        lists = [one for one in made.blocks if isinstance(one, Listed)]
        more = [replace(one, text=f"{one.text} ({number}.{at})") for at in range(TIMES) for one in lists if one.level]
        docx.write(replace(made, blocks=(*made.blocks[:-1], *more, made.blocks[-1])), tmp_path / f"{number}.docx")
    folder, files = tmp_path / "docs", [tmp_path / f"{number}.docx" for number in range(MANY)]
    folder.mkdir()
    save(program(), files, "doc", folder)
    save(program(), files[:1], "pdf", folder)
    pages = (folder / "0.pdf").read_bytes().count(b"/Type/Page/")
    (folder / "0.pdf").unlink()
    print(f"\nDOC of {pages} pages: {taken(folder / '0.doc')} with the start of the program")
    print(f"{MANY} of them in one run: {taken(folder)}")


def taken(path):
    """Wall and processor time of `kehoach run`."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "pipeline.cli", "run", str(path), "--out", str(path.parent / "out")]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{wall:.1f} s, {worked:.1f} s of processor time"
