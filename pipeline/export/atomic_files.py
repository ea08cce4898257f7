"""Writing files atomically: whole under their final name, or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give a name beside a path to write to; at the end it is moved onto the path, or removed where the writing fails.

    Raises:
        OSError: the folder cannot be made or the file not be put in place; what lay there before still does.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".kehoach-{os.getpid()}.{path.name}.part")
    try:
        yield part
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
