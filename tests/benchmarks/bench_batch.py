"""A folder of many text plans: how busy the cores are, the second run, the parent's memory. Measures, never asserts.

KEHOACH_TEST_DOCUMENTS says how many; 1,000 if not given.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from pipeline.batch import read_journal
from tests.many_plans import many

PROJECT = Path(__file__).parents[2]
ITEMS = 6  # of each plan: about a page


def bench_many_documents(tmp_path):
    count = int(os.environ.get("KEHOACH_TEST_DOCUMENTS", "1000"))
    cores = len(os.sched_getaffinity(0))
    few, all_ = tmp_path / "few", tmp_path / "all"
    write_texts(few, 100)
    write_texts(all_, count)
    _, _, small = measured(few, tmp_path / "few-out")
    for name in ("first", "second"):
        seconds, busy, peak = measured(all_, tmp_path / "out")
        print(
            f"\n{count} text plans, {name} run: {seconds:.1f} s, {count / seconds:.1f} a second,"
            f" {busy / seconds / cores:.0%} of {cores} cores (load of the machine {os.getloadavg()[0]:.1f});"
            f" parent {peak:.0f} MB at most, {peak - small:+.0f} MB against 100 plans"
        )
        if name == "first":
            with read_journal(tmp_path / "out") as results:
                taken = sum(result.seconds for result in results)
            print(
                f"workers had a document in hand for {taken / seconds / cores:.0%} of the time, start and end counted"
            )


def write_texts(folder, count):
    """So many plans as text, in folders of a thousand."""
    for number, data in enumerate(many(count)):
        plan = json.loads(data)
        about = plan["metadata"]
        lines = [f"ỦY BAN NHÂN DÂN {about['province']['name'].upper()}", f"Số: {about['number']}", "KẾ HOẠCH"]
        lines += [about["title"], "I. NHIỆM VỤ"]
        lines += [f"{at}. {item['text']}" for at, item in enumerate(plan["tasks"][:ITEMS], 1)]
        path = folder / f"{number // 1000:02}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")


def measured(folder, out):
    """Seconds, seconds of processors, and the most MB that the parent alone held."""
    command = [sys.executable, "-m", "pipeline.cli", "run", str(folder), "--out", str(out)]
    before, started, peak = os.times(), time.perf_counter(), 0
    with (out.parent / "table.txt").open("w") as table:
        process = subprocess.Popen(command, cwd=PROJECT, stdout=table, stderr=table)
        parent = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                peak = max(peak, parent.memory_info().rss)
            except psutil.Error:
                break
            time.sleep(0.05)
    assert process.wait() == 0, (out.parent / "table.txt").read_text()[-2000:]
    seconds, after = time.perf_counter() - started, os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, busy, peak / 1e6
