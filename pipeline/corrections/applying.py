"""Laying corrections over a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from pydantic import ValidationError

from pipeline.corrections.finding import BEGINNING, item_of, known_by
from pipeline.schema import Plan
from pipeline.schema.correction import CORRECTED, REVIEWED, TAKEN_BACK, Correction

_ITEMS: Final = {"tasks": "task", "objectives": "objective"}
_VALUES: Final = ("agencies", "persons", "deadlines", "targets", "doubts")
_FIELDS: Final = ("text", "number", "result", "kind")
_TOLD_BY: Final = {
    "agencies": "name", "persons": "name", "recipients": "text", "deadlines": "text", "targets": "text",
}  # fmt: skip
"""The field that tells an element from its like also where others of its fields were read otherwise."""
_NEW: Final[Mapping[str, Mapping[str, Any]]] = {
    "agencies": {"key": None, "stated_in": "text", "confidence": 1.0},
    "persons": {"post": None},
    "deadlines": {
        "kind": None, "start": None, "end": None, "edtf": None, "recurrence": None, "relative": None, "act": None,
        "inherited": False, "confidence": 1.0,
    },
    "targets": {
        "value_max": None, "comparison": "=", "unit": None, "of": None, "per": None, "direction": "reach",
        "subject": None, "predicate": None, "baseline": None, "due": None, "confidence": 1.0,
    },
    "doubts": {"params": {}},
    "recipients": {"agency_key": None},
    "legal_basis": {"document_type": None, "number": None, "issued_on": None, "issuer": None, "title": None},
    "tasks": {
        "section": None, "number": None, "ordinal": None, "headings": [], "agencies": [], "persons": [],
        "deadlines": [], "targets": [], "result": None, "refers_to": [], "doubts": [], "confidence": 1.0,
    },
}  # fmt: skip
"""What a value has that people add without saying more."""


class Outcome(StrEnum):
    """What became of a correction."""

    APPLIED = "applied"
    """The plan says what people say."""
    AGREED = "agreed"
    """The machine says so by now."""
    CONFLICT = "conflict"
    """Neither what was corrected nor what it was corrected to stands there: somebody must look."""


@dataclass(frozen=True)
class Corrected:
    """A plan with its corrections laid over it, and what became of each, in their order."""

    plan: Plan
    outcomes: tuple[tuple[Correction, Outcome], ...]

    def conflicts(self) -> list[Correction]:
        """Those that could not be applied."""
        return [one for one, outcome in self.outcomes if outcome is Outcome.CONFLICT]

    @property
    def reviewed(self) -> bool:
        """Whether somebody went through this plan: not through what another document of its name said."""
        return any(
            one.path == REVIEWED and one.new and outcome is not Outcome.CONFLICT for one, outcome in self.outcomes
        )

    @property
    def looked_at(self) -> frozenset[str]:
        """The paths of all that somebody said something about that holds: also that it is right, or that it lacks."""
        return frozenset(one.path for one, outcome in self.outcomes if outcome is not Outcome.CONFLICT)


class _Conflict(Exception):
    """The plan does not have what a correction is about."""


def apply(plan: Plan, corrections: Iterable[Correction]) -> Corrected:
    """Lay corrections over a plan, one after the other.

    A corrected value has the rule "correction" and a confidence of 1; what it was stands in the correction. Nothing is
    forced: a correction that no longer fits what the machine read is a conflict and changes nothing.

    Args:
        plan: as the machine read it.
        corrections: in the order in which they were made.
    """
    left = standing(corrections)
    outcomes, raw = _laid(plan, left, each_is_valid=False)
    if any(outcome is Outcome.APPLIED for _, outcome in outcomes):
        try:
            made = Plan.model_validate(raw)
        except ValidationError:  # one of them makes no plan: which is found one by one, each of them a plan to check
            outcomes, raw = _laid(plan, left, each_is_valid=True)
            made = Plan.model_validate(raw)
        return Corrected(made.with_text(plan.text).with_files(plan.files), outcomes)
    return Corrected(plan, outcomes)


def _laid(
    plan: Plan, corrections: Iterable[Correction], each_is_valid: bool
) -> tuple[tuple[tuple[Correction, Outcome], ...], dict[str, Any]]:
    """What becomes of each correction, and the plan as JSON after all; `each_is_valid` has it checked after each."""
    outcomes = []
    raw = plan.model_dump(mode="json", by_alias=True)
    for one in corrections:
        changed = _copied(raw) if each_is_valid else raw
        try:
            outcome = _applied(changed, one, one.sha256 not in (None, plan.source.sha256))
            if outcome is Outcome.APPLIED and each_is_valid:
                Plan.model_validate(changed)
                raw = changed
        except (_Conflict, ValidationError):
            outcome = Outcome.CONFLICT
        outcomes.append((one, outcome))
    return tuple(outcomes), raw


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections that nobody took back, in their order, and what takes back nothing that was made."""
    found: list[Correction] = []
    for one in corrections:
        gone = _taken_back(one)
        left = [other for other in found if (_utc(other.at), other.by) != gone]
        found = left if len(left) < len(found) else [*found, one]
    return found


def _taken_back(one: Correction) -> tuple[datetime, object] | None:
    """The moment whose corrections are taken back, and who made them."""
    if one.path != TAKEN_BACK or not isinstance(one.old, dict):
        return None
    try:
        return _utc(datetime.fromisoformat(str(one.old.get("at")))), one.old.get("by")
    except ValueError:
        return None


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _applied(raw: dict[str, Any], one: Correction, foreign: bool) -> Outcome:
    """Lay one correction over a plan; `foreign` where it was made on another document. A conflict changes nothing."""
    steps = one.path.split("/")
    if one.path == REVIEWED and not foreign:
        return Outcome.AGREED
    if steps[0] in _ITEMS and len(steps) == 3:
        item = item_of([other for kind in _ITEMS for other in raw[kind]], steps[1], one, foreign)
        if item is None:
            raise _Conflict
        return _in_item(raw, item, steps[2], one)
    homeless = foreign and one.old is None  # nothing tells that it belongs here: at most it says what stands here
    place = _copied(raw) if homeless else raw
    outcome = (
        _whole(place, steps[0], one, foreign)
        if steps[0] in _ITEMS and len(steps) == 1
        else _in_record(place, steps, one)
    )
    if homeless and outcome is Outcome.APPLIED:
        raise _Conflict
    return outcome


def _in_record(raw: dict[str, Any], steps: Sequence[str], one: Correction) -> Outcome:
    if steps == ["legal_basis"]:
        return _in_list(raw["legal_basis"], "legal_basis", one, None)
    if steps[0] == "metadata" and len(steps) == 2 and steps[1] in raw["metadata"]:
        if steps[1] == "recipients":
            return _in_list(raw["metadata"]["recipients"], "recipients", one, None)
        outcome = _set(raw["metadata"], steps[1], one)
        evidence = raw["metadata"]["evidence"]
        if outcome is Outcome.APPLIED and steps[1] in evidence:
            evidence[steps[1]]["rule"] = CORRECTED
        return outcome
    raise _Conflict


def _whole(raw: dict[str, Any], name: str, one: Correction, foreign: bool) -> Outcome:
    """Add a whole item, take one out, or put another in its place: its id parts only items that say the same."""
    items: list[dict[str, Any]] = raw[name]
    if isinstance(one.old, dict) and "text" in one.old:
        told = {field: value for field, value in one.old.items() if field != "id"}
        found = list(_matching(items, told))
        if len(found) > 1 and not foreign:
            found = [at for at in found if items[at]["id"] == one.old.get("id")]
        if len(found) > 1 or (not found and next(_matching(items, told), None) is not None):
            raise _Conflict
        if not found and one.new is None:
            begins = known_by(one.old["text"])[:BEGINNING]
            if any(known_by(item["text"])[:BEGINNING] == begins for kind in _ITEMS for item in raw[kind]):
                raise _Conflict
        told = {"id": items[found[0]]["id"], **told} if found else told
        return _in_list(items, "tasks", one.model_copy(update={"old": told}), None)
    if foreign and one.old is not None:
        raise _Conflict
    return _in_list(items, "tasks", one, None)


def _in_item(raw: dict[str, Any], item: dict[str, Any], name: str, one: Correction) -> Outcome:
    if name in _VALUES:
        outcome = _in_list(item[name], name, one, item)
        if outcome is Outcome.APPLIED:
            sure = [value["confidence"] for kind in _VALUES[:4] for value in item[kind] if "confidence" in value]
            item["confidence"] = max(item["confidence"], min(sure, default=1.0))
        return outcome
    if name == "kind":
        return _moved(raw, item, one)
    if name in _FIELDS:
        outcome = _set(item, name, one)
        if outcome is Outcome.APPLIED:
            item["evidence"]["rule"] = CORRECTED
        return outcome
    raise _Conflict


def _moved(raw: dict[str, Any], item: dict[str, Any], one: Correction) -> Outcome:
    lists = {kind: raw[name] for name, kind in _ITEMS.items()}
    if one.old not in lists or one.new not in lists:
        raise _Conflict
    there = next(kind for kind, items in lists.items() if any(other is item for other in items))
    if there == one.new:
        return Outcome.APPLIED if one.old == one.new else Outcome.AGREED
    lists[there][:] = [other for other in lists[there] if other is not item]
    lists[str(one.new)].append(item)
    lists[str(one.new)].sort(key=lambda other: int(other["evidence"]["start"]))
    item["evidence"]["rule"] = CORRECTED
    return Outcome.APPLIED


def _set(holder: dict[str, Any], name: str, one: Correction) -> Outcome:
    """Put a field that is no list."""
    if _alike(holder[name], one.old):
        holder[name] = _copied(one.new)
        return Outcome.APPLIED
    if _alike(holder[name], one.new):
        return Outcome.AGREED
    raise _Conflict


def _in_list(values: list[dict[str, Any]], kind: str, one: Correction, item: dict[str, Any] | None) -> Outcome:
    """Add an element to a list, take one out, or put another in its place."""
    old, new = one.old, one.new
    if not isinstance(old, dict | None) or not isinstance(new, dict | None) or old is new:
        raise _Conflict
    if old is None:
        if next(_matching(values, new or {}), None) is not None:
            return Outcome.AGREED
        values.append(_completed(kind, new or {}, item))
        if kind == "tasks":
            values.sort(key=lambda other: int(other["evidence"]["start"]))
        return Outcome.APPLIED
    at = next(_matching(values, old), None)
    if at is None:
        if _still_there(values, kind, old) if new is None else next(_matching(values, new), None) is None:
            raise _Conflict
        return Outcome.AGREED
    if new is None:
        del values[at]
    else:
        before = values[at]
        values[at] = {**before, **_copied({name: value for name, value in new.items() if name != "evidence"})}
        _mark(values[at], new)
    return Outcome.APPLIED


def _still_there(values: Iterable[Mapping[str, Any]], kind: str, old: Mapping[str, Any]) -> bool:
    """Whether what was taken out stands there, though not as it was."""
    field = _TOLD_BY.get(kind, "")
    return field in old and any(_alike(value[field], old[field]) for value in values)


def _matching(values: Sequence[Mapping[str, Any]], wanted: Mapping[str, Any]) -> Iterator[int]:
    """Where an element has every field of `wanted`; its place and confidence do not tell what it is."""
    fields = {name: value for name, value in wanted.items() if name not in ("evidence", "confidence", "stated_in")}
    for at, value in enumerate(values):
        if fields and all(name in value and _alike(value[name], one) for name, one in fields.items()):
            yield at


def _completed(kind: str, new: Mapping[str, Any], item: Mapping[str, Any] | None) -> dict[str, Any]:
    """A value that people add, with all its fields: where it stands is where its words stand in the item."""
    made: dict[str, Any] = _copied({**_NEW[kind], **new})  # what comes next changes it, and neither of those
    if kind == "agencies":
        made.setdefault("printed", made.get("name"))
    if kind == "targets":
        made.setdefault("statement", made.get("text"))
    if kind != "recipients":
        words = made.get("printed") or made.get("text") or made.get("name") or ""
        made.setdefault("evidence", _place(item["evidence"], str(words)) if item else None)
        _mark(made, new)
    return made


def _place(evidence: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The words within the quote of an item; the whole item where they do not stand there."""
    at = str(evidence["quote"]).find(words) if words else -1
    if at < 0:
        return dict(evidence)
    start = int(evidence["start"]) + at
    return {**evidence, "start": start, "end": start + len(words), "quote": words, "boxes": []}


def _mark(value: dict[str, Any], new: Mapping[str, Any]) -> None:
    """Say that people made it."""
    if "confidence" in value:
        value["confidence"] = 1.0
    evidence = new.get("evidence") or value.get("evidence")
    if isinstance(evidence, dict):
        value["evidence"] = {**evidence, "rule": CORRECTED}


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()) == " ".join(other.split())
    return bool(one == other)
