"""What is seen while a run goes on."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress

from pipeline.batch import watching
from pipeline.batch.watching import Watch


class Clock:
    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(watching, "time", made)
    return made


def watch(total, language="en"):
    stream = StringIO()
    console = Console(file=stream, force_terminal=False, width=40)
    return Watch(total, console, Progress(console=console, disable=True), language), stream


def test_off_a_terminal_a_line_every_half_minute_says_how_far_it_is(clock):
    watched, stream = watch(10)
    for _ in range(4):
        clock.now += 10
        watched.step(Path("a.txt"), passed=False)
    assert stream.getvalue() == "3 of 10 documents, 0.10/s, 0:01:10 left\n"


def test_a_line_comes_while_one_document_is_read(clock):
    watched, stream = watch(10, "vi")
    clock.now += 31
    watched.tick()
    assert stream.getvalue() == "0 trong 10 văn bản, 0.00/giây, còn ?\n"


def test_what_was_passed_over_says_nothing_of_the_rate(clock):
    watched, stream = watch(100)
    for _ in range(97):
        watched.step(Path("a.txt"), passed=True)
    clock.now += 30
    watched.step(Path("a.txt"), passed=False)
    assert stream.getvalue() == "98 of 100 documents, 0.03/s, 0:01:00 left\n"
