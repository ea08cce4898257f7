"""Types of the compiled channel."""

from typing import Any

from numpy.typing import NDArray

class Reader:
    def __init__(
        self,
        child: NDArray[Any],
        sibling: NDArray[Any],
        word: NDArray[Any],
        letters: NDArray[Any],
        forms: NDArray[Any],
        weights: NDArray[Any],
        above: NDArray[Any],
        segments: NDArray[Any],
        readings: NDArray[Any],
        chances: NDArray[Any],
        alone: NDArray[Any],
    ) -> None: ...
    def candidates(
        self, token: NDArray[Any], place: int, cases: tuple[int, ...], most: int, ratio: float
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]: ...
