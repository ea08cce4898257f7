"""What the commands that read many documents have in common: run, watch."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final, NoReturn

import typer

from pipeline.cli.app import WRONG_USAGE, fail, message
from pipeline.errors import KehoachError, SandboxMissingError
from pipeline.messages import Language, say

if TYPE_CHECKING:
    from pipeline.batch import Again, Engine, FileResult, Read
    from pipeline.batch.remote import Courier
    from pipeline.schema import Plan
    from pipeline.settings import Settings

ENGINES: Final = ("local", "ray")
"""What can read the documents of a run."""

_STOPS: tuple[signal.Signals, ...] = (signal.SIGINT, signal.SIGTERM)
if sys.platform != "win32":
    _STOPS += (signal.SIGHUP,)


class Stop:
    """Ctrl-C and a polite kill: the first ends a run after the documents in hand, the second at once."""

    def __init__(self, language: Language) -> None:
        self.number = 0
        self.at_once = False
        self._language = language

    def going_on(self) -> bool:
        """Whether further documents are to be begun; a KeyboardInterrupt where those in hand are not to be ended."""
        if self.at_once:
            raise KeyboardInterrupt
        return not self.number

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Heed them in place of what the process does otherwise."""
        before = {number: signal.signal(number, self._heed) for number in _STOPS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _heed(self, number: int, frame: FrameType | None) -> None:
        if self.number:  # noted, not raised: what is being written is written whole
            self.at_once = True
            return
        self.number = number
        said = say("cli.stopping", self._language)
        with suppress(OSError):  # the terminal may be gone
            os.write(2, f"{said}\n".encode())  # print might be at work itself


def check_folder(paths: Sequence[Path], out: Path, language: Language) -> None:
    """Make the folder for results; wrong usage where it cannot be one."""
    if any(path.is_dir() and os.path.realpath(path) == os.path.realpath(out) for path in paths):
        message(say("cli.same_folder", language, out=out))
        raise typer.Exit(WRONG_USAGE)
    try:
        out.mkdir(parents=True, exist_ok=True)
        if not os.access(out, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        message(say("cli.out_is_file", language, out=out, reason=error.strerror))
        raise typer.Exit(WRONG_USAGE) from error


def prepare_process() -> None:
    """Keep the process without threads of its own, and let a polite kill stop the workers too."""
    # Workers are what uses the cores; libraries read these names when they are loaded.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT"):
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGTERM, _leave)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, _leave)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def reader(settings: Settings) -> tuple[Read, Again | None]:
    """What reads a document, and what reads one again whose process died; loaded now, for all that are forked.

    Ends the command where the model cannot be used.
    """
    from pipeline.batch.sandbox import missing
    from pipeline.run import prepare
    from pipeline.run import run as read

    language = settings.language()
    if settings.sandbox != "off" and (parts := missing()):
        if settings.sandbox == "required":
            fail(SandboxMissingError(file="KEHOACH_SANDBOX", parts=", ".join(parts)), language)
        said = ", ".join(say(f"cli.sandbox.{part}", language) for part in parts)
        message(say("cli.no_sandbox", language, parts=said))

    again = None
    if settings.searchable_pdf or settings.hocr or settings.alto:
        from pipeline.archive import keep, keep_without_copy

        again = partial(_read_without_copy, read, keep_without_copy) if settings.searchable_pdf else None
        read = partial(read, keep=keep)
    try:
        prepare()
    except KehoachError as error:
        fail(error, language)
    return read, again


class Places:
    """Where a run reads and writes: paths of this machine, which may stand for addresses."""

    def __init__(self, paths: list[Path], out: Path, address: str | None, carrier: Courier | None) -> None:
        self.paths, self.out = paths, out
        self._address, self._courier = address, carrier

    def put(self, result: FileResult) -> None:
        """Have the outputs of a document brought to the address where one was given for them."""
        if self._courier and self._address:
            self._courier.put(self._address, self.out, result)

    def put_all(self) -> None:
        """Bring all outputs there; a KehoachError where that fails."""
        if self._courier and self._address:
            self._courier.put_all(self._address, self.out)


@contextmanager
def places(paths: Sequence[str], out: str, settings: Settings) -> Iterator[Places]:
    """The places of a run; what lies at an address is fetched first. Ends the command where that cannot be."""
    from pipeline.batch.remote import courier, is_address, local_place, shown_address

    if not any(map(is_address, [*paths, out])):
        yield Places([Path(one) for one in paths], Path(out), None, None)
        return
    language, cache = settings.language(), settings.cache_folder()
    with courier() as carrier:
        try:
            near = [local_place(one, cache) if is_address(one) else Path(one) for one in paths]
            for address, place in zip(paths, near, strict=True):
                if is_address(address):
                    message(say("cli.fetching", language, address=shown_address(address), place=place))
                    for name in carrier.fetch(address, place):
                        message(say("cli.odd_name", language, name=name))
            found = Places(near, Path(out), None, carrier)
            if is_address(out):
                found = Places(near, local_place(out, cache), out, carrier)
                carrier.take_over(out, found.out)
        except KehoachError as error:
            fail(error, language)
        yield found


@contextmanager
def engine_named(name: str, address: str | None) -> Iterator[Engine]:
    """What reads the documents of a run, by its name among `ENGINES`; `address` is that of a cluster."""
    from pipeline.batch import read_all

    if name == "local":
        yield read_all
    else:
        from pipeline.batch.cluster import cluster

        with cluster(address) as reads:
            yield reads


def _read_without_copy(
    read: Callable[..., Plan], keep: Callable[..., object], error: KehoachError, path: Path, settings: Settings
) -> Plan:
    """Read a document of which a searchable copy could not be made because of `error`."""
    return read(path, settings, keep=partial(keep, error.what()))
