"""One-to-one assignment by similarity. A wrong pair is worse than two members without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_BEHIND_BEST = 0.1  # a pair so far behind the best that one of its members could have is no pair


@dataclass(frozen=True)
class Candidate:
    """A pair that may be made, as places in list a and in list b, with its similarity, 0 to 1.

    `preference` chooses between pairs of about the same similarity and is no similarity itself.
    """

    a: int
    b: int
    likeness: float
    preference: float = 0.0


def pairs(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose pairs greedily, the most similar first, so that each member is in one pair at most.

    A member whose best counterpart is taken does not go to one that is clearly less similar. Ties go to the pair that
    stands first on both sides taken together, then to the one at the nearest places: of two pairs that share a member
    never both are equal in that, so the choice is the same with the sides swapped.

    Args:
        candidates: the pairs that may be made, in any order.

    Returns:
        The pairs in the order of a.
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
