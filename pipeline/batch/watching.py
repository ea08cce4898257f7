"""What is seen of a run while it goes on: a bar on a terminal, else a line every half minute."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.messages import Language, say, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

_LINE_SECONDS: Final = 30.0
_BAR_SECONDS: Final = 0.25


class Watch:
    """Counts the documents of a run, and shows how far it has come."""

    def __init__(self, total: int, console: Console, bar: Progress, language: Language) -> None:
        self._console, self._bar, self._language = console, bar, language
        self._task = bar.add_task(say("cli.reading", language), total=total, rate="")
        self._began = self._shown = time.monotonic()
        self._total, self._done, self._read = total, 0, 0

    def step(self, path: Path, passed: bool) -> None:
        """Count a document that is done; `passed`: it was not read now, and says nothing of how fast it goes."""
        self._done += 1
        self._read += not passed
        self._bar.update(self._task, advance=1, description=visible(path.name))
        self.tick()

    def tick(self) -> None:
        """Show how far it has come, where it is time to."""
        now = time.monotonic()
        if now - self._shown < (_BAR_SECONDS if self._console.is_terminal else _LINE_SECONDS):
            return
        self._shown = now
        seconds = now - self._began
        rate = self._read / seconds
        left = timedelta(seconds=round((self._total - self._done) / rate)) if rate else "?"
        said = say("cli.rate", self._language, rate=f"{rate:.2f}", left=left)
        if self._console.is_terminal:
            self._bar.update(self._task, rate=said, refresh=True)
        else:
            line = say("cli.progress", self._language, done=self._done, all=self._total, rate=said)
            with suppress(OSError):  # nobody is told how far it is, and it goes on
                self._console.print(line, soft_wrap=True, markup=False, highlight=False)


@contextmanager
def watched(total: int, language: Language) -> Iterator[Watch]:
    """Show on standard error how far a run has come.

    Args:
        total: how many documents there are.
        language: of its words.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
    )
    # No refreshing thread: workers are forked while the bar is up.
    with Progress(
        *columns,
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not console.is_terminal,
    ) as bar:
        watch = Watch(total, console, bar, language)
        bar.refresh()
        yield watch
