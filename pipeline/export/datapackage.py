"""A Data Package (Frictionless, version 2): the tables as CSV, and a description of every column."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.export.delimited import write_csv
from pipeline.files import placed
from pipeline.store.frames import Frame, FrameColumn

DESCRIPTOR: Final = "datapackage.json"
_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_ABOUT: Final[dict[str, Any]] = {
    "$schema": _PROFILE,
    "name": "kehoach",
    "title": "Kế hoạch hành chính",
    "description": (
        "What Vietnamese administrative plans order, by whom and by when, read from the plans by kehoach. "
        "Where each value is printed is in the table evidence. Texts that a spreadsheet may take for a formula "
        "have an apostrophe before them, which is not part of the text."
    ),
    "keywords": ["administrative plans", "kế hoạch", "Viet Nam"],
    "licenses": [
        {
            "name": "other-pd",
            "title": "Administrative documents are outside copyright (Viet Nam, Law 50/2005/QH11, Article 15)",
        }
    ],
    "sources": [{"title": "The plans whose files are named in the column file_name"}],
    "contributors": [{"title": "kehoach", "roles": ["wrangler"]}],
}


def write_datapackage(frames: Sequence[Frame], folder: Path) -> None:
    """Write a CSV file for each frame, and `datapackage.json`, which describes them, last.

    An older descriptor is removed first, so that none lies beside files of another export; files that it describes and
    that are not written again are removed too. Other files in the folder stay.

    Args:
        frames: the tables.
        folder: made where it is missing.

    Raises:
        OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = folder / DESCRIPTOR
    older = _described(descriptor)
    descriptor.unlink(missing_ok=True)
    for name in older - {f"{frame.name}.csv" for frame in frames}:
        (folder / name).unlink(missing_ok=True)
    resources = []
    for frame in frames:
        path = folder / f"{frame.name}.csv"
        write_csv(frame, path)
        resources.append(_resource(frame, path, {frame.name for frame in frames}))
    text = json.dumps(_ABOUT | {"resources": resources}, ensure_ascii=False, indent=2) + "\n"
    with placed(descriptor) as part:
        part.write_text(text, encoding="utf-8")


def _described(descriptor: Path) -> set[str]:
    """The files beside a descriptor of ours that it describes."""
    try:
        found = json.loads(descriptor.read_text(encoding="utf-8"))
        ours = found["name"] == _ABOUT["name"]
        paths = [resource["path"] for resource in found["resources"]]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {path for path in paths if ours and isinstance(path, str) and re.fullmatch(r"[\w-]+\.csv", path)}


def _resource(frame: Frame, path: Path, present: set[str]) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    schema: dict[str, Any] = {"fields": [_field(column) for column in frame.columns]}
    if frame.primary_key:
        schema["primaryKey"] = list(frame.primary_key)
    keys = [
        {"fields": [column.name], "reference": {"resource": column.references[0], "fields": [column.references[1]]}}
        for column in frame.columns
        if column.references and column.references[0] in present
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": frame.name,
        "type": "table",
        "path": path.name,
        "title": frame.title,
        "description": frame.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": schema,
    }


def _field(column: FrameColumn) -> dict[str, Any]:
    field = {
        "name": column.name,
        "type": column.type,
        "title": column.title,
        "description": column.description,
        "unit": column.unit,
    }
    return {key: value for key, value in field.items() if value}
