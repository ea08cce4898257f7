"""The documents of a mail as Outlook saves it ([MS-OXMSG]): a compound file with a stream for each property."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from pipeline.ingest.containers.mail import BODY, HTML_BODY, LETTER
from pipeline.ingest.containers.names import safe_name

MAX_MAILS = 10
"""The most mails within one another."""

# Properties of a message and its attachments ([MS-OXPROPS]): binary 0102, text in UTF-16 001F and in 8 bits 001E,
# a message within the message 000D.
_DATA, _MAIL, _LONG_NAME, _NAME = "37010102", "3701000D", "3707", "3704"
_SUBJECT, _TEXT, _HTML = "0037", "1000", "1013"


def outlook_parts(path: Path) -> Iterator[tuple[Path, bytes]] | None:
    """The documents of a mail of Outlook and of the mails within it; None where the file is something else.

    Raises:
        ValueError: the file is damaged.
    """
    try:
        with olefile.OleFileIO(path) as file:
            streams = {"/".join(name): name for name in file.listdir()}
            if not any(name.startswith("__substg1.0_") for name in streams):
                return None
            return iter(list(_Mail(file, streams, "").parts()))
    except (OSError, IndexError, OverflowError, struct.error) as error:  # what olefile raises for broken chains
        raise ValueError(str(error)) from error


class _Mail:
    """One message; `prefix` names the storage that it lies in."""

    def __init__(self, file: olefile.OleFileIO, streams: dict[str, list[str]], prefix: str, depth: int = 0) -> None:
        self._file, self._streams, self._prefix, self._depth = file, streams, prefix, depth

    def parts(self) -> Iterator[tuple[Path, bytes]]:
        """The documents of the message."""
        inside = [name.removeprefix(self._prefix) for name in self._streams if name.startswith(self._prefix)]
        folders = sorted({name.split("/")[0] for name in inside if name.startswith("__attach_version1.0_")})
        attached = False
        for folder in folders:
            data = self._bytes(f"{folder}/__substg1.0_{_DATA}")
            within = f"{self._prefix}{folder}/__substg1.0_{_MAIL}/"
            if data is not None:
                attached = True
                name = self._text(f"{folder}/", _LONG_NAME) or self._text(f"{folder}/", _NAME)
                yield safe_name(name or "file"), data
            elif self._depth < MAX_MAILS and any(name.startswith(within) for name in self._streams):
                attached = True
                mail = _Mail(self._file, self._streams, within, self._depth + 1)
                subject = (mail._text("", _SUBJECT) or "mail").replace("/", "_")
                yield from ((safe_name(f"{subject}.msg") / part, data) for part, data in mail.parts())
        text = self._text("", _TEXT)
        html = self._bytes(f"__substg1.0_{_HTML}0102") or self._text("", _HTML).encode()
        if not attached or len(text or html) >= LETTER:
            if text.strip():
                yield Path(BODY), text.encode()
            elif html.strip():
                yield Path(HTML_BODY), html

    def _bytes(self, name: str) -> bytes | None:
        stream = self._streams.get(self._prefix + name)
        return None if stream is None else bytes(self._file.openstream(stream).read())

    def _text(self, folder: str, code: str) -> str:
        for ending, encoding in (("001F", "utf-16-le"), ("001E", "cp1258")):
            data = self._bytes(f"{folder}__substg1.0_{code}{ending}")
            if data:
                return str(data, encoding, "replace").rstrip("\0")
        return ""
