"""The documents within the archives and mails of a batch, each as a file of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline.batch.collect import SourceFile
from pipeline.batch.pool import supply_of, work_on_all
from pipeline.batch.process.answers import members_in
from pipeline.batch.result import Failure
from pipeline.files import scratch_folder
from pipeline.ingest.containers import Member, is_document, may_hold_documents, unpack
from pipeline.settings import Settings

CARRIED = "files"
"""Names what a PDF carries where it could not be unpacked."""


@contextmanager
def unpacked(files: Sequence[SourceFile], settings: Settings) -> Iterator[list[SourceFile]]:
    """Give the files of a batch, in place of each archive and mail the documents that it holds, after a PDF its files.

    They are unpacked in processes with the limits for a document, into a folder that only this user can open and that
    is removed at the end. A document is named by its path within: mail.eml/kế hoạch.docx. What cannot be unpacked
    stands in the list with its error, the rest of its archive beside it.

    Args:
        files: as `collect` finds them.
        settings: limits and number of workers.
    """
    boxes = [number for number, file in enumerate(files) if may_hold_documents(file.path)]
    if not boxes:
        yield list(files)
        return
    with scratch_folder() as folder:
        inside: dict[int, list[SourceFile]] = {}
        supply = supply_of({number: files[number].path for number in boxes})
        outcomes = work_on_all(supply, partial(_unpack, folder), members_in(folder), settings, writable=[folder])
        with closing(outcomes):
            for index, _, outcome in outcomes:
                inside[index] = _sources(files[index], outcome)
        yield [one for number, file in enumerate(files) for one in inside.get(number, [file])]


def _unpack(folder: Path, path: Path, settings: Settings) -> tuple[Member, ...] | None:
    return unpack(folder / hashlib.sha256(bytes(path)).hexdigest(), path, settings)


def _sources(box: SourceFile, outcome: tuple[Member, ...] | Failure | None) -> list[SourceFile]:
    if outcome is None:
        return [box]
    if isinstance(outcome, Failure) and not is_document(box.path):
        return [replace(box, error=outcome.error.renamed(str(box.path)))]
    if isinstance(outcome, Failure):
        within = box.path / CARRIED
        return [box, SourceFile(box.path, box.below / CARRIED, within, outcome.error.renamed(str(within)))]
    found = []
    for one in outcome:
        if one.within == Path():
            found.append(box)
            continue
        within = box.path / one.within
        error = one.error.renamed(str(within)) if one.error else None
        found.append(SourceFile(one.path or box.path, box.below / one.within, within, error))
    return found
