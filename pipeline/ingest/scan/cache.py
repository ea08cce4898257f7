"""A cache of pages that were read by OCR, by their content and the settings of OCR."""

from __future__ import annotations

import os
import tempfile
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.ingest.scan.page import Scan

_SCAN = TypeAdapter(Scan)


class Cache:
    """A cache of scans in a folder; without a folder nothing is cached."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str) -> Scan | None:
        """Look a key up; a damaged entry counts as none."""
        if self.folder is None:
            return None
        try:
            return _SCAN.validate_json(zlib.decompress(self._file(self.folder, key).read_bytes()))
        except (OSError, zlib.error, ValidationError):
            return None

    def put(self, key: str, scan: Scan) -> None:
        """Store a scan; nothing is stored in a folder that cannot be written to."""
        if self.folder is None:
            return
        file = self._file(self.folder, key)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(zlib.compress(_SCAN.dump_json(scan)))
                Path(name).replace(file)
            except OSError:
                Path(name).unlink()
                raise

    @staticmethod
    def _file(folder: Path, key: str) -> Path:
        return folder / "scans" / key[:2] / f"{key[2:]}.json.z"


def key_of(*parts: object) -> str:
    """Make a key that differs when any of its parts does."""
    return sha256("\0".join(str(part) for part in parts).encode()).hexdigest()
