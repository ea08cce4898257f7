"""Documents of one content under more than one name: one of them is read, in place of all."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic_core import to_json

from pipeline.batch.journal import Journal, result_of
from pipeline.batch.naming import Job
from pipeline.batch.outputs import shown_name
from pipeline.batch.result import ReadDocument

_DIGEST = 64  # letters of a SHA-256
_NAME = re.compile(rb'(\n    "file_name": )(?:"(?:[^"\\]|\\.)*"|null)')
_CONTAINED = re.compile(rb'(\n    "contained_in": )(?:"(?:[^"\\]|\\.)*"|null)')


@dataclass(frozen=True)
class Doubles:
    """Which documents of a run have one content.

    `contents` names the content of those that have that of another, by their index in the batch; `known` are those
    whose content an earlier run read under another name.
    """

    contents: dict[int, str]
    known: list[Job]


def find_doubles(jobs: Sequence[Job], journal: Journal, earlier: bool) -> Doubles:
    """Find the documents whose bytes may be those of another, in this run or an earlier one.

    Names of different endings are no doubles: the ending takes part in how a text is read. Only files that are as
    large as another are hashed.

    Args:
        jobs: the documents to be read, in the order in which they are.
        journal: of the folder of outputs.
        earlier: whether what earlier runs read counts.
    """
    if journal.copies:  # those name their document too
        return Doubles({}, [])
    sizes = {job.index: _size(job.path) for job in jobs}
    count = Counter(sizes.values())
    shared = {size for size in count if count[size] > 1} | journal.sizes(size for size in count if size is not None)
    shared -= {None, 0}
    contents, known = {}, []
    for job in jobs:
        sha256 = journal.digest(job.path) if sizes[job.index] in shared else None
        if sha256 is None:
            continue
        ending = job.shown.suffix.casefold()
        contents[job.index] = f"{sha256}{ending}"
        if earlier and journal.of_content(sha256, ending) is not None:
            known.append(job)
    often = Counter(contents.values())
    read = {job.index for job in known}
    return Doubles({at: one for at, one in contents.items() if often[one] > 1 or at in read}, known)


def read_before(content: str, journal: Journal, earlier: bool) -> tuple[ReadDocument, Path] | None:
    """What was read of a content under another name, and that name; None where its outputs are not there.

    Args:
        content: as `Doubles` names it.
        journal: of the folder of outputs.
        earlier: whether what earlier runs read counts.
    """
    row = journal.of_content(content[:_DIGEST], content[_DIGEST:], in_run=not earlier)
    try:
        return (_from_outputs(row, journal.out), Path(os.fsdecode(row["shown"]))) if row is not None else None
    except OSError:
        return None


def under_name(document: ReadDocument, path: Path, contained_in: str | None) -> ReadDocument:
    """What would have been read of a document had it lain at `path`: its JSON names another source."""
    made = document.files["json"]
    for pattern, value in ((_NAME, shown_name(path)), (_CONTAINED, contained_in)):
        said = to_json(value)
        made = pattern.sub(lambda match, said=said: match[1] + said, made, count=1)  # type: ignore[misc]
    return replace(document, files={**document.files, "json": made})


def _from_outputs(row: sqlite3.Row, out: Path) -> ReadDocument:
    """What was read of a document, from its outputs."""
    result, stem = result_of(row, out), os.fsdecode(row["stem"])
    assert result.figures is not None
    files = {suffix: (out / f"{stem}.{suffix}").read_bytes() for suffix in ("json", "txt")}
    return ReadDocument(row["sha256"], files, result.figures, result.warnings)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
