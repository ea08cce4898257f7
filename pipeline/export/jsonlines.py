"""JSON Lines: one object a line, its keys the columns."""

from __future__ import annotations

from pathlib import Path

from pipeline.export.placing import placed
from pipeline.store.frames import Frame
from pipeline.store.values import as_json


def write_jsonlines(frame: Frame, path: Path) -> None:
    """Write `frame`: UTF-8 with real letters, dates as ISO 8601, lists and objects as they are, null where empty.

    Raises:
        OSError: the file cannot be written.
    """
    names = [column.name for column in frame.columns]
    with placed(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        for row in frame.rows():
            file.write(as_json(dict(zip(names, row, strict=True))))
            file.write("\n")
