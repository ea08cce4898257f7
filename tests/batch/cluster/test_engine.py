"""Reading on a cluster, without one: what Ray would say is said here."""

import sys
from types import SimpleNamespace

import pytest

from pipeline.batch.cluster import engine
from pipeline.errors import ClusterError
from pipeline.settings import Settings
from tests.plans import a_plan


class Node:
    """What stands for a process on a machine whose cores others hold: it never begins."""

    def __init__(self):
        self.program = SimpleNamespace(remote=object)

    def options(self, **_):
        return self

    def remote(self, *_):
        return self


def test_a_run_ends_where_no_machine_is_ready_in_time(monkeypatch):
    ray = SimpleNamespace(
        nodes=lambda: [{"NodeID": "a", "Alive": True, "Resources": {"CPU": 2.0}}],
        remote=lambda _: Node(),
        wait=lambda refs, **_: ([], refs),
        kill=lambda _: None,
    )
    strategies = SimpleNamespace(NodeAffinitySchedulingStrategy=lambda *_, **__: None)
    monkeypatch.setitem(sys.modules, "ray", ray)
    monkeypatch.setitem(sys.modules, "ray.util", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "ray.util.scheduling_strategies", strategies)
    monkeypatch.setattr(engine, "_BUSY_PATIENCE", 0.0, raising=False)
    looks = iter(range(1000))
    with pytest.raises(ClusterError, match="ready"):
        list(engine.RayEngine()(lambda: None, a_plan, Settings(), lambda: next(looks) < 999))
