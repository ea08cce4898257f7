"""Messages come whole, in pieces or not at all, and the parent waits for none."""

import os
import threading
from multiprocessing import Pipe

import pytest

from pipeline.batch.process.pipes import Incoming, TooLongError, receive, send
from tests.processes import wait_for


@pytest.fixture
def ends():
    ours, theirs = Pipe()
    yield ours, theirs
    ours.close()
    theirs.close()


def whole(incoming):
    found = []
    assert wait_for(lambda: found.append(incoming.message()) or found[-1] is not None)
    return found[-1]


@pytest.mark.parametrize("parts", [[b""], [b"a", b"bc"], [b"x" * 3_000_000, b"", b"y" * 70_000]])
def test_a_message_comes_as_it_was_sent(ends, parts):
    ours, theirs = ends
    sender = threading.Thread(target=send, args=(theirs, parts))
    sender.start()
    assert whole(Incoming(ours, 1 << 30)) == b"".join(parts)
    sender.join()


def test_one_after_another(ends):
    ours, theirs = ends
    incoming = Incoming(ours, 100)
    send(theirs, [b"a"])
    send(theirs, [b"bc"])
    assert (whole(incoming), whole(incoming)) == (b"a", b"bc")


def test_what_has_come_in_part_is_waited_for_by_nobody(ends):
    ours, theirs = ends
    incoming = Incoming(ours, 100)
    assert incoming.message() is None
    os.write(theirs.fileno(), b"\0\0\0")
    assert incoming.message() is None
    os.write(theirs.fileno(), b"\0\0\0\0\5abc")
    assert incoming.message() is None
    os.write(theirs.fileno(), b"de")
    assert whole(incoming) == b"abcde"


def test_a_message_that_is_longer_than_it_may_be_is_not_read(ends):
    ours, theirs = ends
    os.write(theirs.fileno(), b"\xff" * 8)
    with pytest.raises(TooLongError):
        whole(Incoming(ours, 1 << 40))


def test_an_end_in_the_middle_is_told(ends):
    ours, theirs = ends
    incoming = Incoming(ours, 100)
    os.write(theirs.fileno(), b"\0\0\0\0\0\0\0\5ab")
    theirs.close()
    with pytest.raises(EOFError):
        whole(incoming)


def test_a_worker_waits_for_what_it_is_asked(ends):
    ours, theirs = ends
    send(ours, [b"a.txt"])
    assert receive(theirs) == b"a.txt"
    ours.close()
    with pytest.raises(EOFError):
        receive(theirs)
