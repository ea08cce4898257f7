"""CSV (RFC 4180) that a spreadsheet opens without running formulas in it."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from pipeline.files import placed
from pipeline.store.cell_text import as_json, iso
from pipeline.store.frames import CellType, Frame

# OWASP, "CSV Injection"; full-width and small forms count, as some programs take them for the signs.
_SIGNS: Final = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula: by its first sign, blanks and invisible signs skipped.

    Apostrophes at the front are skipped too, so that `restore` gives back what `defuse` was given.
    """
    bare = text.lstrip("'")
    if bare[:1].isalnum() or bare in _SIGNS:  # a sign alone, as in the column comparison, computes nothing
        return False
    return bare[:1] in {"\t", "\r", "\n"} or next((sign in _SIGNS for sign in bare if not _is_skipped(sign)), False)


def _is_skipped(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}


def defuse(text: str) -> str:
    """Put an apostrophe before a text where a spreadsheet may take it for a formula."""
    return f"'{text}" if is_formula(text) else text


def restore(cell: str) -> str:
    """Undo `defuse`."""
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def write_csv(frame: Frame, path: Path, bom: bool = False) -> None:
    """Write a frame as CSV in UTF-8; lines end in CR LF.

    Texts are defused (`restore` is the inverse); numbers stay numbers, dates are ISO 8601, booleans true and false,
    lists and objects JSON. An empty text and no value look the same.

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
