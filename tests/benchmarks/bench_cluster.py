"""How long a batch takes on two nodes of a cluster, undisturbed and with one of them killed, beside the simulation.

Reading is waiting here, for a time that stands in the document, so that the load of the machine changes little.
"""

import os
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

from scripts.simulate_run import Cluster, documents, simulate
from tests.batch.cluster.test_two_nodes import PROJECT, environment, kill, nodes, raylets  # noqa: F401 (a fixture)
from tests.plans import a_plan
from tests.processes import wait_for

COUNT, PAGES, SECONDS, SEED = 80, 12.0, 0.05, 19


def read(path, settings):
    """A plan, after the seconds that the document says; begin and end are noted."""
    notes = Path(os.environ["KEHOACH_TEST_NOTES"])
    began = time.time()
    with notes.open("a") as noted:
        noted.write(f"begin {began}\n")
    time.sleep(float(path.read_text()))
    with notes.open("a") as noted:
        noted.write(f"end {time.time()}\n")
    plan = a_plan(path.name)
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(plan.text)


def noted(top, what):
    notes = top / "notes"
    lines = notes.read_text().splitlines() if notes.exists() else []
    return [float(line.split()[1]) for line in lines if line.startswith(what)]


def bench_two_nodes_against_the_simulation(tmp_path, nodes):  # noqa: F811
    address, (_, second) = nodes
    work = documents(COUNT, 0.0, PAGES, SECONDS, SECONDS, SEED)
    for number, seconds in enumerate(work):
        path = tmp_path / "in" / f"{number:03}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(str(seconds))
    print(f"\n{COUNT} documents of {sum(work):.1f} s together, the longest {max(work):.1f} s, on two nodes of one core")
    for name, share in (("undisturbed", None), ("one node killed", 0.4)):
        (tmp_path / "notes").unlink(missing_ok=True)
        command = _started(tmp_path, name.replace(" ", "-"), address)
        losses = ()
        if share is not None:
            assert wait_for(lambda wanted=share * COUNT: len(noted(tmp_path, "end")) >= wanted)
            killed = time.time()
            kill(raylets(second)[0])
            losses = ((killed - min(noted(tmp_path, "begin")), 1),)
        assert command.wait(timeout=600) == 0
        took = max(noted(tmp_path, "end")) - min(noted(tmp_path, "begin"))
        made = simulate(work, Cluster(2, 1, losses=losses), SEED)
        again = len(noted(tmp_path, "begin")) - COUNT
        print(
            f"{name}: {took:.1f} s, the simulation {made.seconds:.1f} s ({took / made.seconds - 1:+.0%}); "
            f"{again} documents begun again, the simulation {made.again}"
        )


def _started(top, out, address):
    code = (
        "import sys, tests.benchmarks.bench_cluster as t; from types import SimpleNamespace as N; "
        "sys.modules['pipeline.run'] = N(run=t.read, prepare=lambda: None); "
        "from pipeline.cli import main; main()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, "run", str(top / "in"), "-o", str(top / out), "--address", address],
        env=environment(top) | {"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
