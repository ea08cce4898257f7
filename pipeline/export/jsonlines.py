"""JSON Lines: one object a line, its keys the columns."""

from __future__ import annotations

from pathlib import Path

from pipeline.files import placed
from pipeline.store.cell_text import as_json
from pipeline.store.frames import Frame


def write_jsonlines(frame: Frame, path: Path) -> None:
    """Write a frame as JSON Lines in UTF-8: dates as ISO 8601, lists and objects as they are, null where empty.

    Raises:
        OSError: the file cannot be written.
    """
    names = [column.name for column in frame.columns]
    with placed(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        for row in frame.rows():
            file.write(as_json(dict(zip(names, row, strict=True))))
            file.write("\n")
