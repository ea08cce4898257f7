"""The file that a plan was read from, found again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pipeline.batch.journal import FILE, read_journal
from pipeline.errors import JournalError
from pipeline.files import sha256_of
from pipeline.schema import Plan


def source_file(file: Path, plan: Plan) -> Path | None:
    """Where the file lies that a plan was read from: as the journal of its run says, else beside the JSON.

    Args:
        file: the plan as JSON.
        plan: the same.

    Returns:
        A file of the content that was read; None where there is none, as of what came in an archive or a mail.
    """
    places = [file.parent / plan.source.file_name]
    folder = next((one for one in file.absolute().parents if (one / FILE).is_file()), None)
    if folder is not None:
        with suppress(JournalError), read_journal(folder) as results:
            known = results.source(file.absolute().relative_to(folder).as_posix().removesuffix(".json"))
            places = [known, *places] if known else places
    return next((one for one in places if is_source(one, plan)), None)


def is_source(path: Path, plan: Plan) -> bool:
    """Whether a file is the one that a plan was read from, by its content."""
    return sha256_of(path) == plan.source.sha256
