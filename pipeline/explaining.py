"""Why an item has the values it has: each with its rule, and what the rules refuse in its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.extract.grammar import Refusal
from pipeline.extract.passages import Context, read_passage
from pipeline.extract.plan import year_of
from pipeline.messages import Language, say
from pipeline.schema import Agency, Deadline, Plan, Provision, Target


class ValueKind(StrEnum):
    """What a value of an item is, or why there is none."""

    AGENCY = "agency"
    PERSON = "person"
    DEADLINE = "deadline"
    TARGET = "target"
    DOUBT = "doubt"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ExplainedValue:
    """A value of an item, or words that gave none.

    `words` are those of the plan, `value` what was made of them, `rule` the id of the rule or column that made it, or
    refused it; the code of a doubt.
    """

    kind: ValueKind
    words: str
    value: str
    rule: str | None
    confidence: float | None


def items_named(plan: Plan, name: str) -> list[Provision]:
    """The items of a plan with an id, else those with a number."""
    items = [*plan.objectives, *plan.tasks]
    return [one for one in items if one.id == name] or [one for one in items if one.number == name]


def explain(plan: Plan, item: Provision, language: Language = "en") -> Iterator[ExplainedValue]:
    """Explain an item: its values, its doubts, then what its text says that the rules refuse.

    Args:
        plan: that has the item.
        item: the item.
        language: of values in words.
    """
    for agency in item.agencies:
        yield _explained(ValueKind.AGENCY, agency, f"{say(f'role.{agency.role}', language)}: {agency.name}")
    for person in item.persons:
        value = f"{say(f'role.{person.role}', language)}: {person.name}"
        yield ExplainedValue(ValueKind.PERSON, person.evidence.quote, value, person.evidence.rule, None)
    for due in item.deadlines:
        yield _explained(ValueKind.DEADLINE, due, _due(due))
    for target in item.targets:
        yield _explained(ValueKind.TARGET, target, _target(target))
    for doubt in item.doubts:
        words = doubt.evidence.quote if doubt.evidence else ""
        yield ExplainedValue(ValueKind.DOUBT, words, say(doubt.code, language, **doubt.params), doubt.code, None)
    read = read_passage(item.text, Context(year_of(plan.metadata), plan.metadata.issued_on))
    refusals = [Refusal(start, end, "citation") for start, end in read.masks]
    refusals += [*read.times.refused, *read.clauses.refused]
    for refusal in sorted(refusals, key=lambda one: one.start):
        yield ExplainedValue(ValueKind.REFUSED, item.text[refusal.start : refusal.end], "", refusal.rule, None)


def _explained(kind: ValueKind, one: Agency | Deadline | Target, value: str) -> ExplainedValue:
    return ExplainedValue(kind, " ".join(one.evidence.quote.split()), value, one.evidence.rule, one.confidence)


def _due(due: Deadline) -> str:
    """A deadline in the terms of the contract."""
    if due.kind is None:
        return "" if due.relative is None else f"{due.relative.count} {due.relative.unit} {due.relative.from_}"
    return f"{due.kind} {due.recurrence or due.edtf or ''}".strip()


def _target(target: Target) -> str:
    """A target in the terms of the contract."""
    value = f"{target.value}" if target.value_max is None else f"{target.value}-{target.value_max}"
    value += "" if target.of is None else f"/{target.of}"
    parts = [f"{target.comparison} {value} {target.unit or ''}".strip(), target.subject, target.predicate, target.due]
    return " | ".join(part for part in parts if part)
