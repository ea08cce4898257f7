"""Pages drawn by a helper program, which draws each in a process of its own with limits, as documents are read.

A server has threads, and must not fork; the helper has none. What is hostile to a library of pictures kills that
process, never the server.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import OrderedDict
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

from pipeline.archive.page_images import DPI, page_images
from pipeline.batch.pool import work_alone
from pipeline.batch.process.answers import Form
from pipeline.batch.result import Failure
from pipeline.errors import PageNotDrawnError
from pipeline.settings import Settings

SECONDS: Final = 30
"""The longest that drawing one page may take."""
MEGABYTES: Final = 1000
"""The most memory that drawing one page may take, in MiB."""
_KEPT_BYTES: Final = 96 << 20  # of pictures in memory
PICTURE: Final = Form[bytes](lambda data: (None, {"picture": data}), lambda said, files: files["picture"])
"""How a picture comes from the process that draws it."""


def draw(path: Path, settings: Settings, page: int) -> bytes:
    """Draw a page as WebP; empty where it cannot be drawn."""
    image = next(iter(page_images(path, DPI, {page})), None)
    return (image.data or b"") if image else b""


class Pictures:
    """Draws pages, and keeps those drawn last; threads may share it."""

    def __init__(self) -> None:
        """Nothing is started before a page is wanted."""
        self._lock = Lock()
        self._helper: subprocess.Popen[bytes] | None = None
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._bytes = 0

    def picture(self, source: Path, sha256: str, page: int) -> bytes:
        """The picture of a page.

        Args:
            source: the file.
            sha256: of its content, under which the picture is kept.
            page: its number from 1.

        Raises:
            PageNotDrawnError: it cannot be drawn within the limits.
        """
        key = sha256, page
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            made = self._drawn(source, page)
            self._kept[key] = made
            self._bytes += len(made)
            while self._bytes > _KEPT_BYTES:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= len(gone)
            return made

    def _drawn(self, source: Path, page: int) -> bytes:
        if self._helper is None or self._helper.poll() is not None:
            self._helper = subprocess.Popen(
                [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT,
                start_new_session=True,  # Ctrl-C is the server's; the helper ends with its input
            )  # fmt: skip
        helper = self._helper
        assert helper.stdin is not None and helper.stdout is not None
        try:
            helper.stdin.write(json.dumps({"path": str(source.absolute()), "page": page}).encode() + b"\n")
            helper.stdin.flush()
            head = json.loads(helper.stdout.readline())
            data = helper.stdout.read(head["bytes"])
        except (OSError, ValueError, KeyError) as error:
            self._end()
            raise PageNotDrawnError(file=source.name, page=page, reason=type(error).__name__) from error
        if not data:
            raise PageNotDrawnError(file=source.name, page=page, reason=head["reason"])
        return data

    def close(self) -> None:
        """End the helper."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        helper, self._helper = self._helper, None
        if helper is not None:
            assert helper.stdin is not None and helper.stdout is not None
            helper.kill()
            helper.wait()
            for pipe in (helper.stdin, helper.stdout):
                try:
                    pipe.close()
                except OSError:
                    continue


_ROOT: Final = Path(__file__).parents[2]


def main() -> None:
    """Answer lines of JSON (`path`, `page`) with a line (`bytes`, `reason`) and the picture, until the input ends."""
    from pipeline.ingest.pdf import pdfium  # noqa: F401 - loaded once, and shared with the processes that draw

    settings = Settings.model_construct(jobs=1, document_seconds=SECONDS, document_memory_mb=MEGABYTES, cache="off")
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        made = work_alone(Path(asked["path"]), partial(draw, page=int(asked["page"])), PICTURE, settings)
        data, reason = (b"", made.error.what()) if isinstance(made, Failure) else (made, "" if made else "?")
        sys.stdout.buffer.write(json.dumps({"bytes": len(data), "reason": reason}).encode() + b"\n" + data)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
