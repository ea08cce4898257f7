"""One folder with very many files: a run begins on them in time and memory that grow with their number alone."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.batch import collect, open_journal, read_journal, run_batch
from tests.batch.journal.place import SETTINGS, read

PROJECT = Path(__file__).parents[2]
MANY = int(os.environ.get("KEHOACH_TEST_DOCUMENTS", "10000"))
FEW = MANY // 10
MIB = 1 << 20


def begin(folder, out):
    """Plan a run over a folder and read its first documents; what that took of the processor and of memory."""
    before = time.process_time()
    with open_journal(out, SETTINGS) as journal:
        files = collect([folder], out)
        asked = iter([True] * (len(files) + 6))  # once for each while the run is planned
        batch = run_batch(files, journal, read, SETTINGS, going_on=lambda: next(asked, False))
        done = sum(result.error is None for result in batch)
    seconds = time.process_time() - before
    print(json.dumps([done, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def begun(folder, out):
    """The same in a process of its own."""
    code = (
        "import sys, tests.batch.test_flat_folder as t; from pathlib import Path as P; t.begin(*map(P, sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(out)], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def write(folder, count):
    folder.mkdir()
    for number in range(count):
        (folder / f"Kế hoạch số {number:05}.txt").write_text(str(number))


@pytest.mark.slow
def test_time_and_memory_to_begin_grow_with_the_number_alone(tmp_path):
    found = {}
    for count in (FEW, MANY):
        (tmp_path / f"out-{count}").mkdir()
        write(tmp_path / f"in-{count}", count)
        done, found[count, "seconds"], found[count, "MiB"] = begun(tmp_path / f"in-{count}", tmp_path / f"out-{count}")
        assert 0 < done < 10
        with read_journal(tmp_path / f"out-{count}") as results:
            assert results.waiting() == count - done
    assert found[MANY, "seconds"] < 25 * found[FEW, "seconds"]  # ten times as many; with their square it was a hundred
    assert found[MANY, "MiB"] - found[FEW, "MiB"] < 40
