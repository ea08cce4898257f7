"""How long until the first result, and until help is there. Measures, never asserts."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PLAN = PROJECT / "corpus" / "can-tho-library-2019.txt"
ROUNDS = 5


def seconds(*arguments):
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        command = [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, arguments)]
        subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
        taken.append(time.perf_counter() - started)
    return f"median {statistics.median(taken):.2f} s, best {min(taken):.2f} s of {ROUNDS}"


def bench_start_up_to_first_result(tmp_path):
    print(f"\nkehoach run, one short plan: {seconds('run', PLAN, '--out', tmp_path)}")


def bench_help():
    print(f"\nkehoach --help: {seconds('--help')}")
