"""CSV (RFC 4180) that a spreadsheet opens without running formulas in it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from pipeline.files import placed
from pipeline.spreadsheets import defuse
from pipeline.store.cell_text import as_json, iso
from pipeline.store.frames import CellType, Frame


def write_csv(frame: Frame, path: Path, bom: bool = False) -> None:
    """Write a frame as CSV in UTF-8; lines end in CR LF.

    Texts are defused (`pipeline.spreadsheets.restore` is the inverse); numbers stay numbers, dates are ISO 8601,
    booleans true and false, lists and objects JSON. An empty text and no value look the same.

    Args:
        frame: the table.
        path: the file.
        bom: whether it begins with a byte order mark, which Excel needs to know UTF-8.

    Raises:
        OSError: the file cannot be written.
    """
    written = [_WRITTEN[column.type] for column in frame.columns]
    with (
        placed(path) as part,
        part.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.name for column in frame.columns])
        for row in frame.rows():
            writer.writerow([None if cell is None else write(cell) for write, cell in zip(written, row, strict=True)])


def _same(cell: Any) -> Any:
    return cell


_WRITTEN: Final[dict[CellType, Callable[[Any], Any]]] = {
    "integer": _same,
    "number": _same,
    "string": defuse,
    "boolean": lambda cell: "true" if cell else "false",
    "date": iso,
    "datetime": iso,
    "array": as_json,
    "object": as_json,
}
