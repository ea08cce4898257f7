"""What is read of scanned tables: ten layouts in three strengths of damage, and action plans as an office copies them.

Measures, never asserts. BENCH_SEEDS="20 21" takes other seeds than those below, which nobody tunes to; BENCH_WRONG=1
says what is wrong.
"""

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))
from pipeline.run import read_restored, run  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from tests.benchmarks.paper import STRENGTHS  # noqa: E402
from tests.layouts import actions, copier, pdf, scan  # noqa: E402
from tests.layouts.layouts import LAYOUTS  # noqa: E402
from tests.layouts.shares import Shares, of_cells, of_items  # noqa: E402

KEPT_ASIDE, KEPT_PLANS = (120, 121, 122), range(100, 110)
FRESH = Settings(cache="off")


def chosen(usual):
    """The seeds to take."""
    return [int(seed) for seed in os.environ.get("BENCH_SEEDS", "").split()] or list(usual)


def told(shares):
    """Says what is wrong where that was asked."""
    if os.environ.get("BENCH_WRONG"):
        for one in shares.wrong:
            print("   ", one[:300])


def read(path, made, typeset):
    """What was read of a scan."""
    out = of_cells(read_restored(path, FRESH), typeset)
    out += of_items(run(path, FRESH), made)
    return out


def bench_scanned_layouts(tmp_path):
    print()
    for strength in STRENGTHS:
        whole = Shares()
        for layout, make in LAYOUTS.items():
            for seed in chosen(KEPT_ASIDE):
                made = make(seed)
                typeset = pdf.write(made, tmp_path / "plan.pdf")
                scan.write(tmp_path / "plan.pdf", tmp_path / "scan.pdf", seed, strength)
                shares = read(tmp_path / "scan.pdf", made, typeset)
                print(f"{strength} {layout} {seed}: {shares}", flush=True)
                told(shares)
                whole += shares
        print(f"{strength}: {whole}", flush=True)


def bench_action_plans(tmp_path):
    print()
    whole = Shares()
    for seed in chosen(KEPT_PLANS):
        made = actions.plan(seed)
        typeset = pdf.write(made, tmp_path / "plan.pdf")
        copier.write(tmp_path / "plan.pdf", tmp_path / "scan.pdf", copier.copier(seed), seed)
        shares = read(tmp_path / "scan.pdf", made, typeset)
        print(f"action plan {seed}: {shares}", flush=True)
        told(shares)
        whole += shares
    print(f"action plans: {whole}", flush=True)
