"""Works out a run over very many documents on a cluster: hours, cost, and what machines that are slow or lost cost.

    .venv/bin/python scripts/simulate_run.py --documents 1000000 --machines 10 --cores 16

The rates are arguments; docs/scale.md has measured ones. The same seed gives the same run. What is modelled is
`pipeline.batch.cluster`: documents are given in order to machines that have room, `AHEAD` more than they have cores;
what a lost machine had in hand is given to others first; one process writes what comes back.
"""

from __future__ import annotations

import argparse
import heapq
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

AHEAD = 2
_HOUR = 3600.0


@dataclass(frozen=True)
class Cluster:
    """Machines, and how well they are; times in seconds.

    `slow` is the share of machines that take `slowness` times as long; a machine is lost after `until_lost` on average,
    and another takes its place after `replaced_after`. `losses` are given times and machines in place of random ones.
    `writing` is what a document takes of the one process that writes.
    """

    machines: int
    cores: int
    slow: float = 0.0
    slowness: float = 3.0
    until_lost: float = math.inf
    replaced_after: float = math.inf
    losses: tuple[tuple[float, int], ...] = ()
    writing: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What a run took: `seconds` from begin to end, `busy` the share of its cores.

    `again` documents were begun more than once, `lost` machines gone; in the last `tail` seconds no document waited.
    """

    seconds: float
    busy: float
    again: int
    lost: int
    tail: float


@dataclass
class _Machine:
    factor: float
    alive: bool = True
    life: int = 0
    waiting: deque[int] = field(default_factory=deque)
    running: set[int] = field(default_factory=set)

    def in_hand(self) -> int:
        return len(self.running) + len(self.waiting)


def documents(count: int, scans: float, pages: float, text: float, scan: float, seed: int) -> list[float]:
    """The seconds that one core takes for each of some documents.

    Args:
        count: how many.
        scans: the share of scans.
        pages: of a document on average; they are spread as a lognormal with sigma 0.8, from 1 to 2,000.
        text: seconds for a page with text.
        scan: seconds for a scanned page.
        seed: the same gives the same documents.
    """
    rng, spread = Random(seed), 0.8
    middle = math.log(pages) - spread**2 / 2
    found = []
    for _ in range(count):
        size = min(2000.0, max(1.0, rng.lognormvariate(middle, spread)))
        found.append(size * (scan if rng.random() < scans else text) * rng.lognormvariate(-0.045, 0.3))
    return found


def simulate(work: Sequence[float], cluster: Cluster, seed: int = 1) -> Outcome:
    """Run documents on a cluster.

    Args:
        work: the seconds of each on a core that is not slow.
        cluster: the machines.
        seed: of which machines are slow and when they are lost.
    """
    return _Simulation(work, cluster, Random(seed)).run()


class _Simulation:
    def __init__(self, work: Sequence[float], cluster: Cluster, rng: Random) -> None:
        self.work, self.cluster, self.rng = work, cluster, rng
        factors = [cluster.slowness if rng.random() < cluster.slow else 1.0 for _ in range(cluster.machines)]
        self.machines = [_Machine(factor) for factor in factors]
        self.todo, self.left = deque(range(len(work))), len(work)
        self.events: list[tuple[float, int, str, int, int, int]] = []
        self.began: dict[int, int] = {}
        self.order = self.lost = 0
        self.now = self.busy = self.writer = 0.0
        self.tail_from: float | None = None

    def run(self) -> Outcome:
        for time, number in self.cluster.losses:
            self._later(time, "lost", number)
        for number in range(len(self.machines)):
            self._lose_later(number)
        self._give(range(len(self.machines)))
        what = {"done": self._done, "lost": self._lose, "back": self._back}
        while self.left and self.events:
            self.now, _, name, number, life, document = heapq.heappop(self.events)
            if life == self.machines[number].life:
                what[name](number, document)
        ends = max(self.now, self.writer)
        share = self.busy / (ends * len(self.machines) * self.cluster.cores) if ends else 0.0
        again = sum(times > 1 for times in self.began.values())
        return Outcome(ends, share, again, self.lost, ends - (self.tail_from or 0.0))

    def _done(self, number: int, document: int) -> None:
        machine = self.machines[number]
        machine.running.discard(document)
        self.busy += self.work[document] * machine.factor
        self.writer = max(self.writer, self.now) + self.cluster.writing
        self.left -= 1
        self._give((number,))

    def _lose(self, number: int, _: int) -> None:
        machine = self.machines[number]
        self.lost += 1
        machine.alive, machine.life = False, machine.life + 1
        self.todo.extendleft(reversed([*machine.running, *machine.waiting]))
        machine.running.clear()
        machine.waiting.clear()
        if math.isfinite(self.cluster.replaced_after):
            self._later(self.now + self.cluster.replaced_after, "back", number)
        self._give(range(len(self.machines)))

    def _back(self, number: int, _: int) -> None:
        self.machines[number].alive = True
        self._lose_later(number)
        self._give(range(len(self.machines)))

    def _later(self, time: float, what: str, number: int, document: int = -1) -> None:
        self.order += 1
        heapq.heappush(self.events, (time, self.order, what, number, self.machines[number].life, document))

    def _lose_later(self, number: int) -> None:
        if math.isfinite(self.cluster.until_lost):
            self._later(self.now + self.rng.expovariate(1 / self.cluster.until_lost), "lost", number)

    def _give(self, numbers: Sequence[int]) -> None:
        """Give documents to machines with room, one each in turn to the least laden, and begin them."""
        alive = [self.machines[number] for number in numbers if self.machines[number].alive]
        while self.todo and (room := [one for one in alive if one.in_hand() < self.cluster.cores + AHEAD]):
            min(room, key=_Machine.in_hand).waiting.append(self.todo.popleft())
        if not self.todo and self.tail_from is None:
            self.tail_from = self.now
        for number in numbers:
            machine = self.machines[number]
            while machine.waiting and len(machine.running) < self.cluster.cores:
                document = machine.waiting.popleft()
                machine.running.add(document)
                self.began[document] = self.began.get(document, 0) + 1
                self._later(self.now + self.work[document] * machine.factor, "done", number, document)


def main() -> None:
    """Say what a run takes."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--documents", type=int, default=1_000_000)
    asked.add_argument("--scans", type=float, default=0.3, help="share of documents that are scans")
    asked.add_argument("--pages", type=float, default=12.0, help="of a document, on average")
    asked.add_argument("--text-seconds", type=float, default=0.4, help="of one core, for a page with text")
    asked.add_argument("--scan-seconds", type=float, default=4.0, help="of one core, for a scanned page")
    asked.add_argument(
        "--writing-seconds", type=float, default=0.005, help="of the process that writes, for a document"
    )
    asked.add_argument("--machines", type=int, default=10)
    asked.add_argument("--cores", type=int, default=16)
    asked.add_argument("--slow", type=float, default=0.05, help="share of machines that take three times as long")
    asked.add_argument("--lost-hours", type=float, default=200.0, help="after which a machine is lost, on average")
    asked.add_argument("--back-minutes", type=float, default=10.0, help="until another takes its place")
    asked.add_argument("--price", type=float, default=0.5, help="of a machine for an hour")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    work = documents(given.documents, given.scans, given.pages, given.text_seconds, given.scan_seconds, given.seed)
    total = sum(work) / _HOUR
    print(f"{given.documents:,} documents: {total:,.0f} core hours; the longest {max(work) / 60:.0f} minutes of a core")
    ideal = Cluster(given.machines, given.cores, writing=given.writing_seconds)
    real = Cluster(
        given.machines,
        given.cores,
        slow=given.slow,
        until_lost=given.lost_hours * _HOUR,
        replaced_after=given.back_minutes * 60,
        writing=given.writing_seconds,
    )
    for name, cluster in (("all well", ideal), ("slow and lost machines", real)):
        took = simulate(work, cluster, given.seed)
        hours = took.seconds / _HOUR
        print(
            f"{name}: {hours:,.1f} hours, {took.busy:.0%} of the cores busy, {took.lost} machines lost, "
            f"{took.again} documents begun again, the last {took.tail / 60:.0f} minutes without any that wait; "
            f"cost {hours * given.machines * given.price:,.0f}"
        )


if __name__ == "__main__":
    main()
