"""A process that has `kehoach` loaded and forks for each command, which then starts in no time.

What stands in a shell for `kehoach` is a few lines that ask it: they hand over where they stand, their environment and
what they read from and write to, and end as the command does.
"""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).parents[1]
_SHIM = """#!{python} -IS
import json, os, socket, sys
asked = socket.socket(socket.AF_UNIX)
asked.connect({place!r})
said = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(asked, [len(said).to_bytes(4, "big")], [0, 1, 2])
asked.sendall(said)
code = int(asked.recv(4) or b"70")
asked.recv(1)  # it has ended
sys.exit(code)
"""


@contextmanager
def forked(folder: Path) -> Iterator[str]:
    """The text of a program that does as `kehoach` does, as long as the process lives.

    Args:
        folder: for the socket; its path is short.
    """
    place = str(folder / "kehoach.sock")
    code = f"from tests.forking import serve; serve({place!r})"
    server = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None and server.stdout.readline() == b"ready\n"
        yield _SHIM.format(python=sys.executable, place=place)
    finally:
        server.kill()
        server.communicate()


def serve(place: str) -> None:
    """Fork for each who comes to the socket `place`."""
    from pipeline.batch import collect  # noqa: F401
    from pipeline.cli import main
    from pipeline.run import prepare, run
    from pipeline.settings import Settings

    prepare()
    run(PROJECT / "corpus" / "can-tho-library-2019.txt", Settings(cache="off"))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # none is waited for
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(place)
    listening.listen()
    print("ready", flush=True)
    while True:
        asked, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _as_asked(asked)
            try:
                main()
            except SystemExit as ended:
                asked.sendall(str(ended.code or 0).encode())
                raise
        asked.close()


def _as_asked(asked: socket.socket) -> None:
    """Become the process that asked."""
    head, streams, _, _ = socket.recv_fds(asked, 4, 3)
    size, said = int.from_bytes(head, "big"), b""
    while len(said) < size:
        said += asked.recv(size - len(said))
    arguments, folder, environment = json.loads(said)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: PTH123, SIM115
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.FileIO(number, "w"), write_through=True) for number in (1, 2))
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["kehoach", *arguments]
