"""One-to-one pairs of two lists from how alike their members are. A wrong pair is worse than two without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_BEHIND_BEST = 0.1  # a pair so far behind the best that one of its members could have is no pair


@dataclass(frozen=True)
class Candidate:
    """A pair that may be made; `preference` chooses between such as are alike, and is no likeness."""

    a: int
    b: int
    likeness: float
    preference: float = 0.0


def pairs(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best pairs first, each member once; in document order of a.

    A member whose best counterpart is taken does not go to one that is clearly less like it. Ties go to the pair
    that stands first on both sides taken together, then to the one at the nearest places: of two pairs that share
    a member never both are equal in that, so the choice is the same with the sides swapped.
    """
    found = list(candidates)
    best_a: dict[int, float] = defaultdict(float)
    best_b: dict[int, float] = defaultdict(float)
    for one in found:
        best_a[one.a] = max(best_a[one.a], one.likeness)
        best_b[one.b] = max(best_b[one.b], one.likeness)
    used_a, used_b, made = set[int](), set[int](), list[Candidate]()
    for one in sorted(found, key=_order):
        if one.a in used_a or one.b in used_b:
            continue
        if one.likeness < max(best_a[one.a], best_b[one.b]) - _BEHIND_BEST:
            continue
        used_a.add(one.a)
        used_b.add(one.b)
        made.append(one)
    return sorted(made, key=lambda one: one.a)


def _order(one: Candidate) -> tuple[float, int, int]:
    return -round(one.likeness + one.preference, 9), one.a + one.b, abs(one.a - one.b)
