"""Checking that a JSON file keeps the contract, also what the models cannot say: offsets, order, ids."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateutil.rrule import rrulestr
from edtf import EDTFParseException, parse_edtf
from pydantic import BaseModel, ValidationError

from pipeline.schema.evidence import Evidence
from pipeline.schema.metadata import Metadata
from pipeline.schema.plan import Plan, Section
from pipeline.schema.provision import Deadline, Provision, Target
from pipeline.schema.version import SCHEMA_VERSION

_ESCAPED_LETTER = re.compile(r"(?<!\\)(?:\\\\)*(\\u(?!00[0189][0-9a-fA-F])[0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Violation:
    """One place where a file breaks the contract.

    `path` is a JSONPath ("$.tasks[3].deadlines[0].end"); `code` and `params` name a message of the catalogue.
    """

    path: str
    code: str
    params: tuple[tuple[str, str], ...] = ()


def check(data: bytes, text: str | None = None) -> list[Violation]:
    """Find all violations of the contract in a JSON file.

    Args:
        data: the file.
        text: the content of the `.txt` beside it; without it the quotes are not compared.

    Returns:
        Violations in the order of the file; none for a good file.
    """
    try:
        printed = data.decode("utf-8")
        raw = json.loads(printed)
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, or a number of more digits than Python reads
        return [violation("$", "C501", problem=error)]
    try:
        plan = Plan.model_validate_json(data)
    except ValidationError as error:
        return misfits(error)
    return [
        *_letters(printed),
        *_keys("$", raw, plan.model_dump(mode="json", by_alias=True)),
        *_identity(plan),
        *_metadata(plan.metadata),
        *(found for path, value in _walk("$", plan) for found in _invariants(path, value, text)),
    ]


def misfits(error: ValidationError) -> list[Violation]:
    """What the models say against a plan, as violations."""
    return [violation(_json_path(one["loc"]), "C502", problem=one["msg"]) for one in error.errors()]


def violation(path: str, code: str, **params: object) -> Violation:
    """Make a violation; `params` fill the placeholders of its message."""
    return Violation(path, code, tuple((key, str(value)) for key, value in params.items()))


def _json_path(where: tuple[int | str, ...]) -> str:
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)


def _letters(printed: str) -> Iterator[Violation]:
    """Letters are printed, not escaped; control characters (below U+00A0) may be."""
    escaped = _ESCAPED_LETTER.search(printed)
    if escaped:
        yield violation("$", "C503", escape=escaped.group(1))


def _keys(path: str, raw: Any, right: Any) -> Iterator[Violation]:
    """Keys stand in the order of the contract, all of them and no others."""
    if isinstance(raw, dict) and isinstance(right, dict):
        unknown = [key for key in raw if key not in right]
        if unknown:
            yield violation(path, "C514", keys=", ".join(unknown), version=SCHEMA_VERSION)
        if [key for key in raw if key in right] != list(right):
            yield violation(path, "C504", keys=", ".join(right))
        for key in right:
            if key in raw:
                yield from _keys(f"{path}.{key}", raw[key], right[key])
    elif isinstance(raw, list) and isinstance(right, list):
        for index, (one, other) in enumerate(zip(raw, right, strict=True)):
            yield from _keys(f"{path}[{index}]", one, other)


def _identity(plan: Plan) -> Iterator[Violation]:
    """Ids are unique over sections, tables and items and hold no blank; what refers to one finds it."""
    seen: set[str] = set()
    sections = {section.id for section in plan.sections}
    tables = {table.id for table in plan.tables}
    for name in ("sections", "objectives", "tasks", "tables"):
        for index, one in enumerate(getattr(plan, name)):
            path = f"$.{name}[{index}]"
            if one.id in seen:
                yield violation(f"{path}.id", "C505", id=one.id)
            if not one.id or any(char.isspace() for char in one.id):
                yield violation(f"{path}.id", "C515", id=one.id)
            if isinstance(one, Section) and one.parent is not None and one.parent not in seen:
                yield violation(f"{path}.parent", "C506", id=one.parent)
            if isinstance(one, Provision):
                if one.section is not None and one.section not in sections:
                    yield violation(f"{path}.section", "C506", id=one.section)
                for table in one.refers_to:
                    if table not in tables:
                        yield violation(f"{path}.refers_to", "C506", id=table)
            seen.add(one.id)
    for index, warning in enumerate(plan.warnings):
        if warning.item is not None and warning.item not in seen:
            yield violation(f"$.warnings[{index}].item", "C506", id=warning.item)


def _metadata(metadata: Metadata) -> Iterator[Violation]:
    """Evidence names fields of the record that hold something; the period is EDTF."""
    yield from _edtf("$.metadata.period", metadata.period)
    stated = {
        name for name in Metadata.model_fields if name != "evidence" and getattr(metadata, name) not in (None, [])
    }
    for name in metadata.evidence:
        if name not in stated:
            yield violation(f"$.metadata.evidence.{name}", "C507", field=name)


def _walk(path: str, value: Any) -> Iterator[tuple[str, BaseModel]]:
    """Every model in the plan with its path, from the top down."""
    if isinstance(value, BaseModel):
        yield path, value
        for name in type(value).model_fields:
            yield from _walk(f"{path}.{name}", getattr(value, name))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _walk(f"{path}.{key}", one)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _walk(f"{path}[{index}]", one)


def _invariants(path: str, value: BaseModel, text: str | None) -> Iterator[Violation]:
    match value:
        case Evidence():
            yield from _evidence(path, value, text)
        case Deadline():
            yield from _deadline(path, value)
        case Target(value=low, value_max=high) if high is not None and high < low:
            yield violation(f"{path}.value_max", "C510", start=low, end=high)
        case _:
            pass


def _evidence(path: str, evidence: Evidence, text: str | None) -> Iterator[Violation]:
    if evidence.start >= evidence.end:
        yield violation(f"{path}.end", "C508", start=evidence.start, end=evidence.end)
    elif text is not None and text[evidence.start : evidence.end] != evidence.quote:
        found = text[evidence.start : evidence.end][:60]
        yield violation(f"{path}.quote", "C509", quote=evidence.quote[:60], found=found)
    for index, (x0, y0, x1, y1) in enumerate(evidence.boxes):
        if x1 < x0 or y1 < y0:
            yield violation(f"{path}.boxes[{index}]", "C510", start=(x0, y0), end=(x1, y1))


def _deadline(path: str, deadline: Deadline) -> Iterator[Violation]:
    if deadline.start and deadline.end and deadline.end < deadline.start:
        yield violation(f"{path}.end", "C510", start=deadline.start, end=deadline.end)
    yield from _edtf(f"{path}.edtf", deadline.edtf)
    if deadline.recurrence is not None:
        try:
            rrulestr(deadline.recurrence)
        except (ValueError, KeyError, AttributeError):
            yield violation(f"{path}.recurrence", "C513", rule=deadline.recurrence)


def _edtf(path: str, value: str | None) -> Iterator[Violation]:
    if value is not None:
        try:
            parse_edtf(value)
        except EDTFParseException:
            yield violation(path, "C512", edtf=value)
