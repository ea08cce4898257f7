"""The file of corrections beside a plan: only ever added to, by one program at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import CorrectionsError, NotAFileError
from pipeline.files import check_regular, locked
from pipeline.schema.correction import CORRECTIONS_SUFFIX, Correction


def corrections_file(plan: Path) -> Path:
    """Where the corrections of a plan lie, whose JSON is `plan`."""
    return plan.with_name(plan.name.removesuffix(".json") + CORRECTIONS_SUFFIX)


def read_corrections(plan: Path) -> list[Correction]:
    """The corrections of a plan in their order; none where nobody corrected it.

    Raises:
        CorrectionsError: a line is none, or the file cannot be read: what people did must not be passed over.
    """
    return parse(_bytes(corrections_file(plan)), str(corrections_file(plan)))


def parse(data: bytes, file: str) -> list[Correction]:
    """The corrections that stand in the bytes of a file; a last line that a killed program left unfinished is none.

    Raises:
        CorrectionsError: a line is none.
    """
    whole, _, tail = data.rpartition(b"\n")
    lines = whole.split(b"\n") + ([tail] if _is_correction(tail) else [])
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(Correction.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                reason = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
                raise CorrectionsError(file=file, line=str(number), reason=reason) from error
    return found


def append(plan: Path, corrections: Sequence[Correction]) -> None:
    """Add corrections to the file of a plan; they are on the disk when this returns.

    Raises:
        OSError: they cannot be written.
    """
    file = corrections_file(plan)
    lines = b"".join(one.model_dump_json().encode() + b"\n" for one in corrections)
    with locked(file.parent), file.open("ab+") as opened:
        opened.seek(0)
        before = opened.read()
        tail = before.rpartition(b"\n")[2]
        if _is_correction(tail):
            lines = b"\n" + lines
        elif tail:  # what a killed program left unfinished
            opened.truncate(len(before) - len(tail))
        opened.write(lines)
        opened.flush()
        os.fsync(opened.fileno())


def _is_correction(line: bytes) -> bool:
    try:
        Correction.model_validate_json(line)
    except ValidationError:
        return False
    return True


def _bytes(file: Path) -> bytes:
    try:
        check_regular(file)
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except NotAFileError as error:
        raise CorrectionsError(file=str(file), line="0", reason=str(error.params["kind"])) from error
    except OSError as error:
        raise CorrectionsError(file=str(file), line="0", reason=error.strerror or str(error)) from error
