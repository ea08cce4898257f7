"""Writing results: whole under their final names, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from pipeline.batch.outputs import SUFFIXES, Holder, holder, stale_name
from pipeline.files import locked, part_for


def write(out: Path, stem: str, files: Mapping[str, bytes], sha256: str | None = None) -> Holder | None:
    """Write the output files of a document so that a kill at any moment leaves neither half a file nor a mixed pair.

    All are written beside their place first and then moved onto it. The old JSON is set aside first and the new one
    comes last, so that a JSON file never lies beside a text of another run; no two programs do this in one folder at a
    time.

    Args:
        out: an existing folder.
        stem: the name of the outputs without suffix; may lie in folders below.
        files: the bytes of each file by its suffix, which is one of `SUFFIXES`; "json" and "txt" always.
        sha256: of the document; None: what another document has there is overwritten.

    Returns:
        What holds the name, where that is of another document: then nothing is written. None where it is written.

    Raises:
        OSError: a file cannot be written; what was there before may be gone or set aside, nothing half-written is left.
    """
    finals = {suffix: out / f"{stem}.{suffix}" for suffix in SUFFIXES}
    folder = finals["json"].parent
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        parts = {suffix: stack.enter_context(part_for(finals[suffix])) for suffix in SUFFIXES if suffix in files}
        for suffix, part in parts.items():
            part.path.write_bytes(files[suffix])
        stack.enter_context(locked(folder))
        held = holder(folder, finals["json"].name.removesuffix(".json"))
        if held and sha256 is not None and not (held.origin and held.origin.sha256 == sha256):
            return held
        if finals["json"].is_file():
            finals["json"].replace(_stale(finals["json"]))
        put: list[str] = []
        try:
            for suffix, part in parts.items():
                part.put()
                put.append(suffix)
        except OSError:
            for suffix in put:
                finals[suffix].unlink()
            raise
        for suffix in parts:
            with suppress(OSError):
                _stale(finals[suffix]).unlink(missing_ok=True)
    return None


def set_aside(out: Path, stem: str) -> tuple[tuple[Path, Path], ...]:
    """Rename older outputs of a name to `.stale`, so that nobody takes them for new ones.

    Returns:
        Pairs of the old name and the new name.
    """
    moved = []
    for old in (out / f"{stem}.{suffix}" for suffix in reversed(SUFFIXES)):
        with suppress(OSError):  # a name may be too long for its ending
            if old.is_file():
                old.replace(_stale(old))
                moved.append((old, _stale(old)))
    return tuple(moved)


def _stale(path: Path) -> Path:
    return path.with_name(stale_name(path.name))
