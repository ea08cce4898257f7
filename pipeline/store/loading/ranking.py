"""Which of the versions of one plan counts, and why.

A copy that lacks much of another never counts before it, nor does one whose pages or end are missing; then the status
decides, then which has more items, then the date. What somebody chose counts whatever it is. The name of a file and the
order of loading decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import RowMapping

REASONS: Final = ("chosen", "fuller", "whole", "status", "more_items", "newer", "alike")
"""What decides, the first that tells two versions apart before those behind it."""

_FULL: Final = 0.9  # of the items of the fullest version: one with fewer is a part of it, whatever its status
_STANDING: Final = {"corrected": 4, "signed": 2, "unknown": 2, "draft": 0}

VersionRow: TypeAlias = Mapping[str, Any] | RowMapping
_Row = TypeVar("_Row", bound=VersionRow)


def best(rows: Sequence[_Row]) -> tuple[_Row, str | None]:
    """Find the version that counts.

    Args:
        rows: the rows in `plans` of one work, at least one.

    Returns:
        The row, and which of `REASONS` tells it from the next best; None where it is alone.
    """
    most = max(row["items"] or 0 for row in rows)
    first, *others = sorted(rows, key=lambda row: _weight(row, most), reverse=True)
    if not others:
        return first, None
    pairs = zip(_weight(first, most), _weight(others[0], most), strict=True)
    return first, next(reason for reason, (one, other) in zip(REASONS, pairs, strict=True) if one != other)


def _weight(row: VersionRow, most: int) -> tuple[Any, ...]:
    """What versions are compared by, in the order of `REASONS`."""
    items = row["items"] or 0
    return (
        bool(row["chosen"]),
        items >= _FULL * most,
        not row["cut_off"],
        _standing(row),
        items,
        row["issued_on"] or date.min,
        row["sha256"],
    )


def _standing(row: VersionRow) -> int:
    """A corrected copy before one with a serial number, that before one without, that before a draft."""
    standing = _STANDING[row["status"]]
    return standing - 1 if standing == _STANDING["signed"] and not has_serial(row) else standing


def has_serial(plan: VersionRow) -> bool:
    """Tell whether a plan, or else its decision, has a serial number: "55/KH-UBND", not "/KH-UBND"."""
    return (plan["number"] or plan["attached_to"] or "")[:1].isdigit()
