"""What stamps, signing times, publishers' marks, holes and seals add to the words of scanned pages, and take from them.

Measures, never asserts. Each page is read twice, without the mark and with it. BENCH_SEEDS="7 8" takes other seeds than
those below, BENCH_MARKS="arrival seal" only these, BENCH_WRONG=1 says which words.
"""

import os
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pypdfium2

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))
from pipeline.run import read_restored  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from tests.layouts import copier, pdf  # noqa: E402
from tests.layouts.layouts import LAYOUTS  # noqa: E402
from tests.layouts.office_marks import BLACK, DPI, MARKS, RED  # noqa: E402

FRESH = Settings(cache="off")
KEPT_ASIDE = (140, 141, 142)


def words(page, mark, colour, seed, path):
    """The words of the document on a scanned page with a mark, and how many of its regions and warnings there are."""
    rng, drawn = np.random.default_rng(seed), page.copy()
    if mark is not None:
        mark(drawn, RED if colour else BLACK, rng)
    own = copier.Copier(colour, specks=60)
    copied = copier.packed(copier.copied(np.asarray(drawn), own, np.random.default_rng(seed)), own)
    copied.save(path, "PDF", resolution=DPI)
    read = read_restored(path, FRESH)
    lines = [line.text for one in read.pages for line in one.lines if line.furniture is None]
    return Counter(" ".join(lines).split()), sum(len(one.regions) for one in read.pages)


def bench_office_marks(tmp_path):
    print()
    seeds = [int(seed) for seed in os.environ.get("BENCH_SEEDS", "").split()] or KEPT_ASIDE
    names = os.environ.get("BENCH_MARKS", "").split() or list(MARKS)
    added, lost, total = Counter(), Counter(), Counter()
    for seed in seeds:
        pdf.write(LAYOUTS["plain"](seed), tmp_path / "plan.pdf")
        with pypdfium2.PdfDocument(tmp_path / "plan.pdf") as opened:
            page = opened[0].render(scale=DPI / 72).to_pil().convert("RGB")
        for colour in (True, False):
            bare, _ = words(page, None, colour, seed, tmp_path / "bare.pdf")
            for name in names:
                marked, regions = words(page, MARKS[name], colour, seed, tmp_path / "marked.pdf")
                more, less = marked - bare, bare - marked
                kind = name, "red" if colour else "black"
                added[kind] += more.total()
                lost[kind] += less.total()
                total[kind] += bare.total()
                if os.environ.get("BENCH_WRONG"):
                    print(f"{name} {kind[1]} {seed}: + {' '.join(more)} | - {' '.join(less)} | {regions} regions")
    for kind in total:
        print(f"{' '.join(kind)}: {added[kind]} words added, {lost[kind]} lost of {total[kind]}")
