"""Runs whose processes are killed at random moments and which are gone on with: does an output differ? Never asserts.

Forty texts and two scans of three pages are read as the command reads them, with nothing kept from before.
KEHOACH_TEST_KILLS says how many kills there are (10 if not given), KEHOACH_TEST_SEED which moments (19).
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress

import psutil
import pypdfium2

from tests.batch.cluster.test_two_nodes import ended, joined, kill, nodes, raylets  # noqa: F401 (a fixture)
from tests.batch.test_killing import PROJECT, below, outputs
from tests.benchmarks.bench_batch import write_texts
from tests.layouts import pdf, scan
from tests.layouts.layouts import LAYOUTS
from tests.processes import gone

KILLS = int(os.environ.get("KEHOACH_TEST_KILLS", "10"))
SEED = int(os.environ.get("KEHOACH_TEST_SEED", "19"))
TEXTS, SCANS = 40, 2
PAGES = (3,)
KINDS = ("parent", "worker", "tesseract")


def documents(folder):
    """Forty texts and two scans."""
    write_texts(folder, TEXTS)
    made = 0
    for number, (name, make) in enumerate(list(LAYOUTS.items()) * 3):
        whole = folder.parent / "typeset.pdf"
        pdf.write(make(number), whole)
        with pypdfium2.PdfDocument(whole) as opened:
            count = len(opened)
        if count in PAGES:
            scan.write(whole, folder / f"scan-{made}-{name}.pdf", seed=number)
            made += 1
        if made == SCANS:
            break
    print(f"\n{TEXTS} texts, {made} scans")


def started(folder, out, *options):
    """The command over a folder, which tries again what failed because its process was killed."""
    command = [sys.executable, "-m", "pipeline.cli", "run", str(folder), "-o", str(out), "--retry-failed"]
    return subprocess.Popen(
        [*command, *options],
        cwd=PROJECT,
        env=os.environ | {"KEHOACH_CACHE": str(out.parent / "cache"), "RAY_USAGE_STATS_ENABLED": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def kinds_of(command):
    """The processes of a run by what they are."""
    found = {kind: [] for kind in KINDS} | {"parent": [command.pid]}
    for pid in below(psutil.Process(command.pid)):
        with suppress(psutil.Error):
            said = " ".join(psutil.Process(pid).cmdline())
            found["tesseract" if "tesseract" in said else "worker"].append(pid)
    return found


def anew(out):
    """Nothing is left of what was written or read."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(out.parent / "cache", ignore_errors=True)


def compared(found, whole):
    """How many outputs differ, lack or are too many."""
    return sum(found.get(name) != whole.get(name) for name in found.keys() | whole.keys())


def bench_kills(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    documents(folder)
    began = time.monotonic()
    said, _ = started(folder, out).communicate()
    seconds, whole = time.monotonic() - began, outputs(out)
    print(f"undisturbed: {seconds:.0f} s, {len(whole)} outputs")
    rng, killed, unequal, rounds, left = random.Random(SEED), Counter(), 0, 0, 0
    while killed.total() < KILLS:
        anew(out)
        rounds += 1
        for _ in range(4):
            command = started(folder, out)
            ends = time.monotonic() + rng.uniform(0.05, 1.0) * seconds
            while command.poll() is None:
                time.sleep(min(rng.uniform(0.01, 0.1) * seconds, max(0.0, ends - time.monotonic())))
                if command.poll() is not None:
                    break
                there = kinds_of(command)
                late = time.monotonic() >= ends
                if not late and not there["worker"]:  # it has not begun
                    continue
                kind = "parent" if late else rng.choice([one for one in KINDS[1:] if there[one]])
                children = [pid for one in KINDS[1:] for pid in there[one]]
                with suppress(ProcessLookupError):
                    os.kill(rng.choice(there[kind]), signal.SIGKILL)
                    killed[kind] += 1
                if kind == "parent":
                    command.wait()
                    left += sum(not gone(pid) for pid in children)
            command.communicate()
        last = started(folder, out)
        told, _ = last.communicate()
        if wrong := compared(outputs(out), whole):
            unequal += wrong
            print(f"round {rounds}: {wrong} outputs differ\n{told[-2000:]}")
            shutil.copytree(out, tmp_path / f"unequal-{rounds}")
        if last.returncode:
            print(f"round {rounds}: the last run ended with {last.returncode}\n{told[-2000:]}")
        print(f"round {rounds}: {dict(killed)}, {unequal} outputs unequal, {left} processes left", flush=True)
    print(f"{killed.total()} kills ({dict(killed)}) in {rounds} rounds: {unequal} outputs unequal, {left} left")


def bench_kills_of_a_node(tmp_path, nodes):  # noqa: F811
    address, (_, second) = nodes
    folder, out = tmp_path / "in", tmp_path / "out"
    documents(folder)
    began = time.monotonic()
    started(folder, out).communicate()
    seconds, whole = time.monotonic() - began, outputs(out)
    rng, killed, unequal = random.Random(SEED), 0, 0
    while killed < KILLS:
        anew(out)
        command = started(folder, out, "--address", address)
        while command.poll() is None:
            time.sleep(rng.uniform(0.1, 0.6) * seconds)
            if command.poll() is None and (raylet := raylets(second)):
                kill(raylet[0])
                killed += 1
                ended(second)
                second = joined(tmp_path, address)
        told, _ = command.communicate()
        wrong = compared(outputs(out), whole)
        unequal += wrong
        if wrong or command.returncode:
            print(f"{wrong} outputs differ, it ended with {command.returncode}\n{told[-2000:]}")
        print(f"{killed} kills of a node: {unequal} outputs unequal", flush=True)
    ended(second)
