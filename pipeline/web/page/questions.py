"""What is to be asked of who reviews a plan: a value and what is doubtful about it are one question, not two.

All of it is told from a plan as JSON, as outputs hold it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from pipeline.schema.correction import CORRECTED

UNSURE: Final = 0.8
"""Values of a lower confidence are shown as doubtful."""
VALUES: Final = ("agencies", "deadlines", "targets")
"""The lists of an item whose values have a confidence."""
_ABOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "W306": ("agencies",),
    "W405": ("deadlines",),
    "W406": ("deadlines",),
    "W407": ("deadlines",),
    "W416": ("targets",),
    "W419": ("agencies", "deadlines"),
}
"""Doubts about values that were made, by their code: where the words of one are those of the other, one is asked."""
MISSING: Final[Mapping[str, str]] = {
    "W408": "targets", "W411": "item", "W414": "agencies", "W415": "deadlines", "W417": "deadlines",
}  # fmt: skip
"""Doubts that nothing was read, or the wrong words: the list of the item that lacks something, or its text."""
_RECORD: Final[Mapping[str, str]] = {"W402": "number", "W403": "issued"}
"""Warnings that ask for a field of the record."""

RawItem = Mapping[str, Any]
RawValue = Mapping[str, Any]


def values_of(item: RawItem, doubt: RawValue) -> list[tuple[str, RawValue]]:
    """The values of an item that a doubt is about, each with the name of its list."""
    return [(name, value) for name in _ABOUT.get(doubt["code"], ()) for value in item[name] if _overlap(value, doubt)]


def doubts_of(item: RawItem, name: str, value: RawValue) -> list[RawValue]:
    """What is doubtful about a value of an item."""
    return [doubt for doubt in item["doubts"] if name in _ABOUT.get(doubt["code"], ()) and _overlap(value, doubt)]


def settled_with(item: RawItem, name: str, value: RawValue) -> list[RawValue]:
    """The doubts of an item that nobody has to look at any more once this value of it was looked at."""
    return [
        doubt
        for doubt in doubts_of(item, name, value)
        if all(other is value or _looked_at(other) for _, other in values_of(item, doubt))
    ]


def asks_itself(item: RawItem, doubt: RawValue) -> bool:
    """Whether a doubt is a question of its own: none of the values that it is about asks it."""
    return all(_looked_at(value) for _, value in values_of(item, doubt))


def asks(item: RawItem, name: str, value: RawValue) -> bool:
    """Whether somebody should look at a value: it is not sure, or doubtful for what an item says."""
    return is_unsure(value["confidence"]) or (not _looked_at(value) and bool(doubts_of(item, name, value)))


def is_unsure(confidence: float) -> bool:
    """Whether a value of a confidence is shown as doubtful: as the percent tell that are shown."""
    return round(100 * confidence) < 100 * UNSURE


def asked_of_record(plan: Mapping[str, Any], looked_at: Collection[str] = ()) -> dict[str, str]:
    """The fields of the record that are to be looked at or filled in, each with why: "by_hand" or "missing".

    Args:
        plan: it.
        looked_at: the paths of those that somebody said something about.
    """
    metadata = plan["metadata"]
    found = {field: "missing" for one in plan["warnings"] if (field := _RECORD.get(one["code"]))}
    if metadata["serial_by_hand"]:
        found["number"] = "by_hand"
    return {
        field: why
        for field, why in found.items()
        if f"metadata/{field}" not in looked_at and (metadata["evidence"].get(field) or {}).get("rule") != CORRECTED
    }


def answered(code: str, asked: Collection[str]) -> bool:
    """Whether a warning asked for a field of the record that is not among those that are asked for now."""
    return code in _RECORD and _RECORD[code] not in asked


def field_of(code: str) -> str:
    """The field of the record that a warning asks for; "" where it asks for none."""
    return _RECORD.get(code, "")


def questions(plan: Mapping[str, Any], looked_at: Collection[str] = ()) -> int:
    """How much of a plan somebody should look at: what its page shows as doubtful; arguments as of the record."""
    return len(asked_of_record(plan, looked_at)) + sum(
        sum(1 for _ in _of_item(item)) for item in (*plan["objectives"], *plan["tasks"])
    )


def _of_item(item: RawItem) -> Iterator[RawValue]:
    yield from (doubt for doubt in item["doubts"] if asks_itself(item, doubt))
    yield from (value for name in VALUES for value in item[name] if asks(item, name, value))


def _overlap(one: RawValue, other: RawValue) -> bool:
    """Whether two stand on the same words."""
    first, second = one["evidence"], other["evidence"]
    return bool(first and second and first["start"] < second["end"] and second["start"] < first["end"])


def _looked_at(value: RawValue) -> bool:
    return bool(value["evidence"]["rule"] == CORRECTED)
