"""Processes of tesserocr that are kept: no start, no file and newer kernels; a third faster than a process a page.

One that crashes or hangs costs its page, and another takes its place.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from signal import Signals
from threading import Lock, Timer
from typing import NamedTuple

PROGRAM = Path(__file__).with_name("child.py")
_NOT_BY_THE_PICTURE = {0, -9}
"""How a process ends that waited long enough and went as we came, or that somebody killed: it is tried once more."""
_TRIES = 3  # to start one: somebody may kill it, or the machine be too busy
START_SECONDS = 30.0  # to load the program and the data; it takes a tenth of one


class EngineConfig(NamedTuple):
    """What a process has loaded: the folder of the trained data, the language, Tesseract's --oem."""

    folder: Path
    language: str
    engine: int


class ChildFailure(Exception):
    """A process failed, died or took too long (`late`); `status` is its exit code where it is gone."""

    def __init__(self, reason: str, status: int | None = None, late: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.late = late


class Child:
    """One process, reading one picture at a time."""

    def __init__(self, kind: EngineConfig) -> None:
        self.kind = kind
        self._process = subprocess.Popen(  # it stays in our group, and dies with it
            [sys.executable, "-P", str(PROGRAM), str(kind.folder), kind.language, str(kind.engine)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"OMP_THREAD_LIMIT": "1", **os.environ},  # threads cost five times what they save
        )
        try:
            self._exchange(b"", b"", START_SECONDS)
        except BaseException:
            self.end()
            raise

    def read(self, about: Mapping[str, object], picture: bytes, seconds: float) -> bytes:
        """Read a picture.

        Args:
            about: width, height and depth of the picture, and the request, as `child` has it.
            picture: its bytes.
            seconds: the most it may take.

        Returns:
            What was read, in UTF-8.

        Raises:
            ChildFailure: Tesseract could not read it, or the process died or took longer than `seconds`.
        """
        return self._exchange(json.dumps({**about, "seconds": seconds}).encode() + b"\n", picture, seconds)

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def lives(self) -> bool:
        """Whether the process is running."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _exchange(self, asked: bytes, picture: bytes, seconds: float) -> bytes:
        put, got = self._process.stdin, self._process.stdout
        assert put is not None and got is not None
        late: list[bool] = []

        def stop() -> None:
            late.append(True)
            self._process.kill()

        watch = Timer(seconds, stop)
        watch.start()
        try:
            put.write(asked)
            put.write(picture)
            put.flush()
            said = json.loads(got.readline())
            answer = got.read(said["size"])
            if len(answer) < said["size"]:
                raise EOFError
        except (OSError, ValueError, EOFError) as error:  # it is gone
            self._process.kill()
            status = self._process.wait()
            reason = "Tesseract process timeout" if late else _cause(status)
            raise ChildFailure(reason, status, bool(late)) from error
        finally:
            watch.cancel()
        if said["failed"]:
            raise ChildFailure(f"Tesseract failed: {answer.decode(errors='replace').strip()[:200]}")
        return answer


def _cause(status: int) -> str:
    return f"Tesseract failed: {Signals(-status).name if status < 0 else f'exit status {status}'}"


class Children:
    """The processes that wait for their next picture."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drop all without ending them: they are those of the process that this one was forked from."""
        self._lock = Lock()
        self._idle: list[Child] = []

    @contextmanager
    def one(self, kind: EngineConfig) -> Iterator[Child]:
        """Take a process for one picture; it is kept unless it died.

        Raises:
            ChildFailure: none could be started.
        """
        child = self._waiting(kind) or Child(kind)
        try:
            yield child
        except ChildFailure as failure:
            if failure.status is None:
                self._keep(child)
            else:
                child.end()
            raise
        except BaseException:
            child.end()
            raise
        self._keep(child)

    def end(self) -> None:
        """Kill all that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _waiting(self, kind: EngineConfig) -> Child | None:
        while True:
            with self._lock:
                at = next((at for at in reversed(range(len(self._idle))) if self._idle[at].kind == kind), None)
                child = self._idle.pop(at) if at is not None else None
            if child is None or child.lives():
                return child
            child.end()

    def _keep(self, child: Child) -> None:
        with self._lock:
            self._idle.append(child)


@cache
def children() -> Children:
    """Those of this process; made by `reads`, before threads ask for any."""
    made = Children()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=made.forget)
    atexit.register(made.end)
    return made


def read(kind: EngineConfig, about: Mapping[str, object], picture: bytes, seconds: float) -> bytes:
    """Read a picture with a process of a configuration.

    Args:
        kind: the configuration.
        about: width, height and depth of the picture, and the request, as `child` has it.
        picture: its bytes.
        seconds: the most it may take.

    Raises:
        ChildFailure: none could be started, or it failed, died or took longer than `seconds`.
    """
    try:
        with children().one(kind) as child:
            return child.read(about, picture, seconds)
    except ChildFailure as failure:
        if failure.late or failure.status not in _NOT_BY_THE_PICTURE:
            raise
    with children().one(kind) as child:
        return child.read(about, picture, seconds)


@cache
def reads(kind: EngineConfig) -> bool:
    """Tell whether tesserocr is installed and loads these data; found out once.

    Raises:
        ChildFailure: no process of it lives long enough to tell: another engine would read another text.
    """
    for tries in range(_TRIES):
        try:
            with children().one(kind):
                return True
        except ChildFailure as failure:
            if failure.status is None:  # it says itself that it cannot
                return False
            if tries + 1 == _TRIES:
                if failure.late or failure.status in _NOT_BY_THE_PICTURE:
                    raise
                return False
        except OSError:
            return False
    raise AssertionError


@cache
def version() -> str | None:
    """The version of tesserocr; None where it is not installed, or on Windows, where the program reads."""
    if sys.platform == "win32":
        return None
    try:
        return version_of("tesserocr") if importlib.util.find_spec("tesserocr") else None
    except PackageNotFoundError:
        return "unknown"
