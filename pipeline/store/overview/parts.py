"""A part of a long list, found by how many entries the list has of each of its values: the others are not looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

_Value = TypeVar("_Value")


def part_of(counts: Iterable[tuple[_Value, int]], limit: int, offset: int = 0) -> tuple[list[_Value], int]:
    """Find the values of the entries of a part of a list.

    Args:
        counts: the values the list is ordered by first, in that order, each with how many entries have it.
        limit: the most entries of the part.
        offset: how many entries of the list stand before it.

    Returns:
        The values in their order, and how many entries of these stand before the part.
    """
    found: list[_Value] = []
    seen = before = 0
    for value, count in counts:
        if seen + count > offset and seen < offset + limit:
            before = before if found else offset - seen
            found.append(value)
        seen += count
    return found, before
