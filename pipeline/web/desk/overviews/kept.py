"""Answers that stay as they are until the store changes: what many ask for is found once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar

_MOST: Final = 100  # answers
_Value = TypeVar("_Value")


class _Answer:
    def __init__(self) -> None:
        self.lock = Lock()
        self.value: Any = None
        self.is_there = False


class KeptAnswers:
    """The answers asked for last, by keys that say the state of the store too; threads may share it."""

    def __init__(self) -> None:
        """Keep none yet."""
        self._lock = Lock()
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()

    def value(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """The answer of a key; made by the first who asks, while the others wait. One that fails is not kept."""
        with self._lock:
            answer = self._answers.setdefault(key, _Answer())
            self._answers.move_to_end(key)
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)
        with answer.lock:
            if not answer.is_there:
                answer.value = make()
                answer.is_there = True
            found: _Value = answer.value
            return found
