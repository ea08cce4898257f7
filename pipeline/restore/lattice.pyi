"""Types of the compiled search."""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

class Trie:
    size: int
    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None: ...
    def score(self, words: NDArray[Any], boundary: int) -> NDArray[Any]: ...
    def decode(
        self,
        nodes: int,
        sources: NDArray[Any],
        targets: NDArray[Any],
        words: NDArray[Any],
        seconds: NDArray[Any],
        costs: NDArray[Any],
        boundary: int,
        scale: float,
        width: int,
        beam: float,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
