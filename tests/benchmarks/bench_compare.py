"""How long two large plans take to compare, and how that grows. Measures, never asserts.

The plans are made of the real ones of outputs/, repeated with other words, so that rare words stay rare.
"""

import time
from pathlib import Path

from pipeline.compare import compare
from pipeline.schema import Plan

PROJECT = Path(__file__).parents[2]
ROUNDS = 3


def grown(name, items):
    """A plan of so many tasks: those of a real one, every copy with words of its own."""
    path = PROJECT / "outputs" / f"{name}.json"
    plan = Plan.model_validate_json(path.read_text(encoding="utf-8"))
    real = [*plan.objectives, *plan.tasks]
    tasks = []
    for at in range(items):
        one, copy = real[at % len(real)], at // len(real)
        words = one.text.split()
        turned = [f"{word}{copy}" if copy and index % 3 == copy % 3 else word for index, word in enumerate(words)]
        tasks.append(one.model_copy(update={"id": f"{one.id}~{copy}", "text": " ".join(turned)}))
    return plan.model_copy(update={"objectives": [], "tasks": tasks})


def bench_compare():
    print()
    for items in (150, 500, 1500, 4500):
        a, b = grown("can-tho-2023", items), grown("vinh-long-2023", items)
        taken = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            found = compare(a, b)
            taken.append(time.perf_counter() - started)
        paired = sum(pair.a is not None and pair.b is not None for pair in found.tasks)
        print(f"two plans of {items} items: {min(taken):.2f} s, {len(found.targets)} rows of targets, {paired} pairs")
