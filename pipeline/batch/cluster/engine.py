"""The engine of a run that reads on the machines of a Ray cluster."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.batch.cluster.node import MachineActor, program
from pipeline.batch.pool import HearPages, Supply, nobody
from pipeline.batch.result import Failure, Read, ReadDocument, Spent
from pipeline.errors import ClusterError, CrashedError
from pipeline.settings import Settings

_AHEAD: Final = 2  # documents that wait on a machine for a process to be free
_TRIES: Final = 3  # machines that a document may lose, and starts that a machine may fail
_LOOK_SECONDS: Final = 5.0  # between two looks at which machines there are
_PATIENCE: Final = 60.0  # seconds without any machine
_BUSY_PATIENCE: Final = 300.0  # seconds in which no machine is ready: Ray gives no cores, or the model is slow to load
_WAIT_SECONDS: Final = 0.05
_ANSWER_SECONDS: Final = 10.0
_HANDLED: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

_Numbered = tuple[int, Path]
_Outcome = tuple[int, Spent, ReadDocument | Failure]


@contextmanager
def cluster(address: str | None) -> Iterator[RayEngine]:
    """Join a cluster, or without an address make one of this machine alone; left at the end.

    Args:
        address: of the cluster's head ("10.0.0.1:6379"), or "auto" for the one that this machine is in.

    Raises:
        ClusterError: there is none.
        ImportError: Ray is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to Ray's makers
    import ray

    if address and address != "auto":
        _ask(address)
    before = {number: signal.getsignal(number) for number in _HANDLED}
    try:
        ray.init(address or "local", include_dashboard=None if address else False, log_to_driver=False)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ClusterError(file=address or "local", reason=str(error).partition("\n")[0]) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # a run has its own way to stop
    try:
        yield RayEngine()
    finally:
        ray.shutdown()


def _ask(address: str) -> None:
    """Raise ClusterError where nobody answers; Ray would wait for minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_ANSWER_SECONDS).close()
    except (OSError, ValueError) as error:
        raise ClusterError(file=address, reason=str(error)) from error


@dataclass
class _Machine:
    """A machine of the cluster, and the documents it has in hand: by what Ray calls their results."""

    actor: Any
    jobs: int
    ready: Any
    is_ready: bool = False
    in_hand: dict[Any, _Numbered] = field(default_factory=dict)

    def room(self) -> bool:
        """Whether it may be given another document."""
        return self.is_ready and len(self.in_hand) < self.jobs + _AHEAD


class RayEngine:
    """Reads documents on all machines of the cluster that this process has joined; see `pipeline.batch.pool.Engine`.

    Each machine reads as many at a time as it has cores, or as `jobs` says where it is set. What a machine had in hand
    that is lost is given to others; a document that lost three fails. A machine that comes later is used too.
    """

    def __call__(
        self, supply: Supply, read: Read, settings: Settings, going_on: Callable[[], bool], told: HearPages = nobody, /
    ) -> Generator[_Outcome]:
        """Read what `supply` gives; a ClusterError where no machine is left. How far each has come is not told."""
        work = _Work(read, settings)
        try:
            while True:
                work.meet()
                on = going_on()
                work.hand_out(supply if on else lambda: None)
                if not work.in_hand() and (not on or (work.ready() and not work.again)):
                    return
                yield from work.done()
        finally:
            work.end()


class _Work:
    """What is in hand on which machine."""

    def __init__(self, read: Read, settings: Settings) -> None:
        import ray

        self._ray: Any = ray
        self._read, self._settings = read, settings
        self._machines: dict[str, _Machine] = {}
        self._failed: dict[str, int] = {}  # starts, by machine
        self._lost: dict[int, int] = {}  # machines, by document
        self.again: deque[_Numbered] = deque()
        self._looked = -_LOOK_SECONDS
        self._had = time.monotonic()
        self._reason = "?"

    def in_hand(self) -> bool:
        """Whether any document is on a machine."""
        return any(one.in_hand for one in self._machines.values())

    def ready(self) -> bool:
        """Whether any machine can be given documents."""
        return any(one.is_ready for one in self._machines.values())

    def meet(self) -> None:
        """Begin on machines that are new, or whose process was lost."""
        now = time.monotonic()
        if self.ready():
            self._had = now
        elif now - self._had > _PATIENCE and not self._machines:
            raise ClusterError(file="ray", reason=self._reason)
        elif now - self._had > _BUSY_PATIENCE:
            raise ClusterError(
                file="ray", reason=f"none was ready in {_BUSY_PATIENCE:.0f} s, others may hold its cores"
            )
        if now - self._looked < _LOOK_SECONDS:
            return
        self._looked = now
        for node in self._ray.nodes():
            name, cores = node["NodeID"], int(node["Resources"].get("CPU", 0))
            if node["Alive"] and cores and name not in self._machines and self._failed.get(name, 0) < _TRIES:
                self._machines[name] = self._start(name, cores)

    def _start(self, name: str, cores: int) -> _Machine:
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        jobs = self._settings.jobs if "jobs" in self._settings.model_fields_set else cores
        actor = (
            self._ray.remote(MachineActor)
            .options(
                num_cpus=cores,
                max_concurrency=jobs + _AHEAD + 1,
                scheduling_strategy=NodeAffinitySchedulingStrategy(name, soft=False),
            )
            .remote(self._read, self._settings.model_copy(update={"jobs": jobs}))
        )
        return _Machine(actor, jobs, actor.program.remote())

    def hand_out(self, supply: Supply) -> None:
        """Give documents to the machines that have room, one each in turn."""
        while with_room := [one for one in self._machines.values() if one.room()]:
            for machine in sorted(with_room, key=lambda one: len(one.in_hand) / one.jobs):
                task = self.again.popleft() if self.again else supply()
                if task is None:
                    return
                number, path = task
                machine.in_hand[machine.actor.read.remote(number, path.absolute(), _carried(path))] = task

    def done(self) -> Generator[_Outcome]:
        """Wait a moment, and give what is done."""
        owner = {ref: name for name, one in self._machines.items() for ref in one.in_hand}
        owner |= {one.ready: name for name, one in self._machines.items() if not one.is_ready}
        if not owner:
            time.sleep(_WAIT_SECONDS)
            return
        refs = list(owner)
        ready, _ = self._ray.wait(refs, num_returns=len(refs), timeout=_WAIT_SECONDS)
        for ref in ready:
            machine = self._machines.get(owner[ref])
            if machine is None:  # lost a moment ago
                continue
            try:
                found = self._ray.get(ref)
            except self._ray.exceptions.RayError as error:
                yield from self._lose(owner[ref], error)
                continue
            if ref == machine.ready:
                self._welcome(owner[ref], found)
            else:
                number, path = machine.in_hand.pop(ref)
                self._lost.pop(number, None)
                spent, outcome = found
                yield number, spent, outcome

    def _welcome(self, name: str, its_program: object) -> None:
        """Use a machine that has loaded the model, where it has what this one has."""
        if its_program != program():
            raise ClusterError(file=name[:12], reason="kehoach or a library of it is not the same as here")
        self._machines[name].is_ready = True

    def _lose(self, name: str, error: Exception) -> Generator[_Outcome]:
        """Give what a machine had in hand to others; what was lost too often fails."""
        machine = self._machines.pop(name)
        self._reason = str(error).partition("\n")[0]
        if not machine.is_ready:
            self._failed[name] = self._failed.get(name, 0) + 1
        self._ray.kill(machine.actor)
        for number, path in machine.in_hand.values():
            self._lost[number] = self._lost.get(number, 0) + 1
            if self._lost[number] < _TRIES:
                self.again.append((number, path))
            else:
                yield number, Spent(), Failure(CrashedError(file=path.name, reason=f"{_TRIES} × {self._reason}"))

    def end(self) -> None:
        """End the processes on all machines."""
        for machine in self._machines.values():
            self._ray.kill(machine.actor)


def _carried(path: Path) -> bytes | None:
    """The bytes of a document that lies in a temporary folder of this process, as it was unpacked from an archive.

    Other machines have no such folder; where it is gone already, reading it says so.
    """
    if path.absolute().is_relative_to(tempfile.gettempdir()) and any(
        one.startswith(f"kehoach-{os.getpid()}-") for one in path.parts
    ):
        with suppress(OSError):
            return path.read_bytes()
    return None
