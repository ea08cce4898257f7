"""How often somebody may do something."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from time import monotonic
from typing import Final

from pipeline.errors import TooManyRequestsError

_MINUTE: Final = 60.0
_KNOWN: Final = 10_000  # of whom it is remembered how much each may still do


class Pace:
    """Lets everybody do something so many times a minute, at once or one after the other; threads may share it."""

    def __init__(self, a_minute: int) -> None:
        """Begin with a whole minute's."""
        self._most = float(a_minute)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how many are left, and when that was
        self._lock = Lock()

    def step(self, who: str) -> None:
        """Note that somebody does it.

        Raises:
            TooManyRequestsError: too often; it says in how many seconds once more.
        """
        now = monotonic()
        with self._lock:
            left, since = self._left.pop(who, (self._most, now))
            left = min(self._most, left + max(0.0, now - since) * self._most / _MINUTE)
            allowed = left >= 1
            self._left[who] = (left - allowed, now)
            while len(self._left) > _KNOWN:
                self._left.popitem(last=False)
        if not allowed:
            raise TooManyRequestsError(file=who or "-", seconds=int((1 - left) * _MINUTE / self._most) + 1)
