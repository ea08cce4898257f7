"""CSV (RFC 4180) that a spreadsheet opens without running what stands in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from pipeline.export.frames import Frame, Kind
from pipeline.export.placing import placed
from pipeline.export.values import as_json, iso

# OWASP, "CSV Injection": a cell that begins so may be taken for a formula. Blanks and invisible characters before it
# are skipped, full-width and small forms count, and apostrophes too, so that taking one away gives the text again.
_FORMULA: Final = re.compile(
    "'*(?:[\t\r\n]|[\\s\x00-\x1f\x7f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*[=+\\-@＝＋－＠﹦﹢﹣﹫])"
)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take `text` for a formula."""
    return _FORMULA.match(text) is not None


def defuse(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet may take it for a formula."""
    return f"'{text}" if is_formula(text) else text


def restore(cell: str) -> str:
    """The text that `defuse` made `cell` of."""
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def write_csv(frame: Frame, path: Path, bom: bool = False) -> None:
    """Write `frame`: UTF-8, with a byte order mark where `bom` is set (Excel asks for one), lines end in CR LF.

    Texts are defused (`restore` is the inverse); numbers stay numbers, dates are ISO 8601, booleans true and false,
    lists and objects JSON. An empty text and no value look the same.

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


_WRITTEN: Final[dict[Kind, Callable[[Any], Any]]] = {
    "integer": _same,
    "number": _same,
    "string": defuse,
    "boolean": lambda cell: "true" if cell else "false",
    "date": iso,
    "datetime": iso,
    "array": as_json,
    "object": as_json,
}
