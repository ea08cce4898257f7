"""Messages between a parent and a worker: plain bytes behind their length, never objects.

The parent reads what has come and waits for nothing: a worker that stops in the middle of an answer blocks nobody.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Final

_LENGTH: Final = struct.Struct("!Q")
_CHUNK: Final = 1 << 20


class TooLongError(Exception):
    """A message is longer than it may be."""


def send(connection: Connection, parts: Sequence[bytes]) -> None:
    """Send a message of some parts; waits until the other side has taken it.

    Raises:
        OSError: the other side is gone.
    """
    if sys.platform == "win32":
        connection.send_bytes(b"".join(parts))
        return
    for part in (_LENGTH.pack(sum(map(len, parts))), *parts):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(connection.fileno(), rest) :]


def receive(connection: Connection) -> bytes:
    """The next message, waited for; from a side that is trusted.

    Raises:
        EOFError: the other side is gone.
    """
    if sys.platform == "win32":
        return connection.recv_bytes()
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    return _exactly(connection, length)


def _exactly(connection: Connection, count: int) -> bytes:
    had = bytearray()
    while len(had) < count:
        came = os.read(connection.fileno(), count - len(had))
        if not came:
            raise EOFError
        had += came
    return bytes(had)


class Incoming:
    """What comes from a worker, put together piece by piece."""

    def __init__(self, connection: Connection, limit: int) -> None:
        """Read from `connection`; no message is longer than `limit` bytes."""
        self._connection, self._limit = connection, limit
        self._had = bytearray()
        if sys.platform != "win32":
            os.set_blocking(connection.fileno(), False)

    def message(self) -> bytes | None:
        """The message that is whole with what has come; None where some of it is still to come.

        Raises:
            EOFError: the other side is gone.
            OSError: so it is.
            TooLongError: it is longer than it may be.
        """
        if sys.platform == "win32":
            try:
                return self._connection.recv_bytes(self._limit)
            except OSError as error:
                raise EOFError from error
        length = self._length()
        whole = _LENGTH.size if length is None else _LENGTH.size + length
        try:
            came = os.read(self._connection.fileno(), min(_CHUNK, whole - len(self._had)))
        except BlockingIOError:
            return None
        if not came:
            raise EOFError
        self._had += came
        length = self._length()
        if length is None or len(self._had) < _LENGTH.size + length:
            return None
        message, self._had = bytes(memoryview(self._had)[_LENGTH.size :]), bytearray()
        return message

    def _length(self) -> int | None:
        if len(self._had) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._had)
        if length > self._limit:
            raise TooLongError
        return int(length)
