"""Reading what came: a run of kehoach over the folder of documents, in a process of its own, begun anew while any wait.

A server has threads and must not fork. The run has the batch's limits, sandbox and journal: what was read is passed
over, what a stop left is taken up again, and another run at work in the folder is waited for.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread
from typing import IO, Final

from pipeline.batch.journal import RunResults, read_journal, result_of
from pipeline.batch.journal.file import now
from pipeline.errors import FolderTakenError, KehoachError
from pipeline.settings import Settings, variable

_LOOK: Final = 0.5  # seconds between two looks at the journal
_AGAIN: Final = 20.0  # seconds after which a run is begun anew that read nothing
_ENDING: Final = 10.0  # seconds that a run has to end


class ReadDocuments:
    """Reads the documents of a folder as they come; threads may share it."""

    def __init__(self, documents: Path, out: Path, settings: Settings, came: Callable[[Iterable[Path]], None]) -> None:
        """Nothing is read before `wait_for`.

        Args:
            documents: the folder that they lie in.
            out: the folder of outputs.
            settings: those of the run.
            came: told the JSON of plans as they are written, and nothing where something failed.
        """
        self.documents = documents
        self.problem = ""
        """Why nothing is read though something waits, in the language of the command; "" where all is well."""
        self.busy_elsewhere = False
        """Whether that is because another run is at work."""
        self._out, self._settings, self._came = out, settings, came
        self._changed = Condition()
        self._waiting: set[Path] = set()
        self._read = self._failed = 0  # since nothing waited
        self._asked_for: set[Path] = set()  # of those that wait
        self._serial: int | None = None  # of what was written down last when the journal was looked at
        self._thread: Thread | None = None
        self._closed = False

    def wait_for(self, files: Iterable[Path]) -> None:
        """Have documents read."""
        with self._changed:
            if not self._waiting:
                self._read = self._failed = 0
            self._waiting |= set(files)
            self._changed.notify_all()
            if self._waiting and self._thread is None and not self._closed:
                self._thread = Thread(target=self._work, name="reading", daemon=True)
                self._thread.start()

    def waiting(self) -> set[Path]:
        """Those that are not read yet."""
        with self._changed:
            return set(self._waiting)

    def counts(self) -> tuple[int, int, int]:
        """How many were read, could not be read, and wait, since nothing waited."""
        with self._changed:
            return self._read, self._failed, len(self._waiting)

    def close(self) -> None:
        """End the run; what it had in hand is read the next time."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(2 * _ENDING)

    def _work(self) -> None:
        while True:
            with self._changed:
                if self._closed or not self._waiting:
                    self._thread = None
                    return
                before = set(self._waiting)
            began = now()
            try:
                code, last = self._run()
            except OSError as error:  # no process, no room for what it says
                code, last = -1, str(error)
            taken = FolderTakenError.code in last
            self._asked_for = set()  # all that wait: a look in the middle of the run may have missed one
            self._settle(before if code in (0, 1) and not taken else (), began)
            with self._changed:
                stuck = self._waiting >= before
                self.busy_elsewhere = stuck and taken
                self.problem = last if stuck and not self._closed else ""
                if stuck:
                    self._changed.wait_for(lambda: self._closed, _AGAIN)

    def _run(self) -> tuple[int, str]:
        """The exit code of a run, and the last that it said."""
        with tempfile.TemporaryFile() as said:
            code = self._watch(self._begin(said))
            said.seek(0)
            return code, said.read().decode(errors="replace").strip().rpartition("\n")[2]

    def _begin(self, said: IO[bytes]) -> subprocess.Popen[bytes]:
        told = {name: getattr(self._settings, name) for name in Settings.model_fields}
        # -P: where the desk was begun in the folder of documents, one called typer.py would be run.
        line = [sys.executable, "-P", "-m", "pipeline.cli", "run", str(self.documents.absolute())]
        return subprocess.Popen(
            [*line, "--out", str(self._out.absolute())], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=said, env={**os.environ, **{variable(name): str(value) for name, value in told.items()}},
            start_new_session=True,  # Ctrl-C is the server's
        )  # fmt: skip

    def _watch(self, run: subprocess.Popen[bytes]) -> int:
        while run.poll() is None:
            with self._changed:
                closed = self._changed.wait_for(lambda: self._closed, _LOOK)
            if closed:
                self._end(run)
            else:
                self._settle()
        return run.wait()

    def _end(self, run: subprocess.Popen[bytes]) -> None:
        for ending in (signal.SIGTERM, signal.SIGTERM):  # the first lets what is in hand be read
            run.send_signal(ending)
            with suppress(subprocess.TimeoutExpired):
                run.wait(_LOOK)
        try:
            run.wait(_ENDING)
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()

    def _settle(self, given: Collection[Path] = (), began: str = "") -> None:
        """See what was read; of what was given to a run that began then, and came to its end, nothing is left."""
        done: dict[Path, list[Path]] = {}
        try:
            with read_journal(self._out) as results:
                ended, waiting = bool(given) and results.ended_since(began), self.waiting()
                for file in waiting if ended else self._told_of(results, waiting):
                    rows = results.of_file(file)
                    if (ended and file in given) or (rows and all(row["state"] != "waiting" for row in rows)):
                        done[file] = [one.output for row in rows if (one := result_of(row, self._out)).output]
        except KehoachError:  # there is none at first, and it may be locked
            self._asked_for = set()
        if done:
            read = sum(map(bool, done.values()))
            with self._changed:
                self._waiting -= done.keys()
                self._read, self._failed = self._read + read, self._failed + len(done) - read
            self._came([one for made in done.values() for one in made])

    def _told_of(self, results: RunResults, waiting: set[Path]) -> set[Path]:
        """Those of which something was written down since this was asked last, or that are asked for the first time.

        Thousands may wait: the journal is not asked for each.
        """
        self._serial, settled = results.settled_after(self._serial)
        found = waiting - self._asked_for
        self._asked_for = waiting
        return found | {one for path in settled for one in (path, *path.parents) if one in waiting}
