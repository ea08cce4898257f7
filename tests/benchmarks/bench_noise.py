"""What is lost, and what is silently said otherwise, where the text of a plan was spoilt. Measures, never asserts.

Each plan is compared with its own clean reading. BENCH_NOISE="4b 6" takes only these kinds, BENCH_SEEDS="1 2" other
seeds, BENCH_PLANS=open those that rules are made by (else those kept aside), or words of their names; BENCH_WRONG=1
says what is wrong, BENCH_JOBS=1 takes one core.
"""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))
from pipeline.run import run  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from tests.noise.comparing import Losses, compare  # noqa: E402
from tests.noise.plans import ASIDE, OPEN, as_text, place  # noqa: E402
from tests.noise.spoiling import KINDS, OF_TABLES  # noqa: E402

FRESH = Settings(cache="off")
SEEDS_OPEN, SEEDS_ASIDE = (1, 2, 3), (101, 102)
CACHE = PROJECT / ".bench-cache"


def chosen():
    """The plans and seeds to take."""
    asked = os.environ.get("BENCH_PLANS", "aside")
    seeds = [int(seed) for seed in os.environ.get("BENCH_SEEDS", "").split()]
    named = {"open": OPEN, "aside": ASIDE}.get(asked) or [
        name for name in OPEN + ASIDE if any(part in name for part in asked.split())
    ]
    usual = SEEDS_ASIDE if asked == "aside" else SEEDS_OPEN
    return [name for name in named if place(name).exists()], seeds or usual


def wanted(kind):
    """Whether a kind of noise is asked for."""
    asked = os.environ.get("BENCH_NOISE", "").split()
    return not asked or any(kind.startswith(one) for one in asked)


@cache
def clean(name):
    """The text of a plan and its reading."""
    kept = CACHE / "noise" / f"{sha256(place(name).read_bytes()).hexdigest()[:16]}.txt"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(as_text(place(name)), encoding="utf-8")
    text = kept.read_text(encoding="utf-8")
    return text, reading(text, name)


def reading(text, name):
    """What is read of a text that lies in a file."""
    folder = CACHE / "noise"
    suffix = "md" if place(name).suffix == ".md" else "txt"
    path = folder / f"{place(name).stem}.{os.getpid()}.{suffix}"
    path.write_text(text, encoding="utf-8")
    try:
        return run(path, FRESH)
    finally:
        path.unlink()


def one(job):
    """The losses of one plan by one kind of noise and seed."""
    kind, name, seed = job
    text, right = clean(name)
    spoilt = {**KINDS, **OF_TABLES}[kind](text, Random(f"{kind}{seed}"))
    if spoilt == text:
        return kind, Losses()
    if os.environ.get("BENCH_KEEP"):
        folder = Path(os.environ["BENCH_KEEP"])
        (folder / f"{place(name).stem}.{kind.split()[0]}.{seed}.txt").write_text(spoilt, encoding="utf-8")
    return kind, compare(right, reading(spoilt, name), f"{place(name).stem[:24]} {seed}")


def measured(jobs):
    """The losses of each job, on two cores."""
    if os.environ.get("BENCH_JOBS") == "1":
        yield from map(one, jobs)
        return
    with ProcessPoolExecutor(2) as pool:
        yield from pool.map(one, jobs, chunksize=6)


def bench_noise():
    names, seeds = chosen()
    jobs = [
        (kind, name, seed)
        for name in names
        for kind in {**KINDS, **OF_TABLES}
        if wanted(kind)
        for seed in (seeds if kind != "1 stripped" else seeds[:1])
    ]
    whole = {}
    for kind, losses in measured(jobs):
        whole.setdefault(kind, Losses())
        whole[kind] += losses
    print()
    for kind in {**KINDS, **OF_TABLES}:
        if kind in whole:
            print(f"{kind}: {whole[kind]}; extra items {whole[kind].other['extra']}")
    if os.environ.get("BENCH_WRONG"):
        for kind, losses in whole.items():
            for told in losses.told:
                print(f"{kind.split()[0]} {told[:420]}")
