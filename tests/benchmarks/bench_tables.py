"""A ruled table of 1,500 rows over about 60 pages: pages a second, memory, and whether time grows with the pages.

Measures, never asserts. The table is typeset anew in each run; pdfplumber reads the cells of its first pages beside us.
"""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pdfplumber
import pypdfium2

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))
from pipeline.ingest import ingest  # noqa: E402
from pipeline.run import run  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from tests.layouts import pdf, words  # noqa: E402
from tests.layouts.model import Annex, Cell, Grid, Made, Text  # noqa: E402
from tests.layouts.rows import header, widths  # noqa: E402

ROWS = (375, 750, 1500)
COLUMNS = ("number", "text", "responsible", "time")
FRESH = Settings(cache="off")
ROUNDS = 3
PEER_PAGES = 15
LONG = 0.25  # of the rows have work of two lines, so that some 25 rows fill a page


def plan(count):
    """An annex with one table of `count` rows, its header again on every page."""
    rng = Random(count)
    rows = []
    for at in range(1, count + 1):
        work = rng.choice(words.CORES if rng.random() < LONG else words.SHORT)
        agency, time_ = rng.choice(list(words.AGENCIES)[:6]), words.month(rng.randint(2, 12)).printed
        rows.append(tuple(Cell(text) for text in (str(at), work, agency, time_)))
    grid = Grid(tuple(header(rng, COLUMNS)), tuple(rows), widths(COLUMNS), repeats=True)
    return Made("long", (Text("KẾ HOẠCH", "title"), Annex(("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ")), grid))


def best(work):
    """The least processor time of some rounds, in seconds; the first round warms up."""
    taken = []
    for _ in range(ROUNDS + 1):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken[1:])


def peak(path):
    """Peak resident memory of a fresh process that makes a plan of one file, in MB."""
    code = (
        "import resource, sys; from pipeline.run import run; run(sys.argv[1]).model_dump_json();"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], cwd=PROJECT, check=True, capture_output=True, text=True)
    return int(done.stdout)


def peer(path):
    with pdfplumber.open(path) as opened:
        for page in opened.pages[:PEER_PAGES]:
            page.extract_tables()


def bench_long_tables(tmp_path):
    print()
    for count in ROWS:
        path = tmp_path / f"{count}.pdf"
        pdf.write(plan(count), path)
        pages = len(pypdfium2.PdfDocument(path))
        read, whole = best(lambda path=path: ingest(path, FRESH)), best(lambda path=path: run(path, FRESH))
        made = run(path, FRESH)
        print(
            f"{count} rows, {pages} pages: ingest {pages / read:.0f} pages a second"
            f" ({1000 * read / pages:.1f} ms a page), the whole run {pages / whole:.1f}"
            f" ({1000 * whole / pages:.1f} ms a page), {len(made.tasks)} tasks, {peak(path)} MB at most"
        )
    slow = best(lambda: peer(path))
    print(f"pdfplumber's tables of the first {PEER_PAGES} pages: {PEER_PAGES / slow:.1f} pages a second")
