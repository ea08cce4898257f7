"""What was found in a plan as it is shown: each value with its words, its place and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline.messages import Language, catalogue, say
from pipeline.schema import (
    Agency,
    Deadline,
    DeadlineKind,
    Doubt,
    Evidence,
    Person,
    Plan,
    PlanWarning,
    Provision,
    Role,
    Section,
    TableRecord,
    Target,
)

UNSURE: Final = 0.8
"""Values of a lower confidence are shown as doubtful."""
_COMPARED = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ "}
_RECORD: Final = (
    "document_type", "number", "attached_to", "issuer", "parent_issuer", "place", "issued", "title", "period", "signer",
)  # fmt: skip


@dataclass(frozen=True)
class ShownValue:
    """A value as it is shown.

    `kind` names its colour and its row, `label` stands before it, `note` behind; `printed` are the words it was read
    from, `rule` made it, `sure` is its confidence in percent.
    """

    id: str
    kind: str
    label: str
    value: str
    note: str
    printed: str
    rule: str
    sure: int | None
    evidence: Evidence | None

    @property
    def unsure(self) -> bool:
        """Whether somebody should look at it."""
        return self.kind == "doubt" or (self.sure is not None and self.sure < 100 * UNSURE)


@dataclass(frozen=True)
class ShownItem:
    """A task or an objective with its values, in rows of a kind."""

    id: str
    name: str
    kind: str
    number: str
    text: str
    place: ShownValue
    rows: tuple[tuple[str, tuple[ShownValue, ...]], ...]

    @property
    def doubtful(self) -> bool:
        """Whether it or one of its values should be looked at."""
        return any(one.unsure for _, row in self.rows for one in row)


@dataclass(frozen=True)
class ShownSection:
    """A section with the items that stand in it; None for those outside all sections."""

    section: Section | None
    level: int
    items: tuple[ShownItem, ...]


@dataclass(frozen=True)
class ShownPlan:
    """All that is shown of a plan."""

    record: tuple[ShownValue, ...]
    basis: tuple[ShownValue, ...]
    recipients: tuple[str, ...]
    warnings: tuple[tuple[str, str, str, PlanWarning], ...]
    """Severity, its name, the message, and the warning itself."""
    chapters: tuple[ShownSection, ...]
    tables: tuple[TableRecord, ...]

    def findings(self) -> Iterator[ShownValue]:
        """Everything that has a place."""
        yield from self.record
        yield from self.basis
        for chapter in self.chapters:
            for item in chapter.items:
                yield item.place
                for _, row in item.rows:
                    yield from row


def shown(plan: Plan, language: Language) -> ShownPlan:
    """Put what a plan says into the form in which it is shown."""
    return ShownPlan(
        record=tuple(_record(plan, language)),
        basis=tuple(_basis(plan)),
        recipients=tuple(one.text for one in plan.metadata.recipients),
        warnings=tuple(_warnings(plan.warnings, language)),
        chapters=tuple(_chapters(plan, language)),
        tables=tuple(plan.tables),
    )


def _record(plan: Plan, language: Language) -> Iterator[ShownValue]:
    metadata = plan.metadata
    values: dict[str, str | None] = {name: getattr(metadata, name) for name in _RECORD if name != "signer"}
    for name in ("issuer", "parent_issuer"):
        values[name] = organisation.name if (organisation := getattr(metadata, name)) else None
    signer = metadata.signer
    values["signer"] = ", ".join(one for one in (signer.name, signer.position) if one) if signer else None
    if metadata.issued_on:
        values["issued"] = _day(metadata.issued_on)
    for name in _RECORD:
        evidence = metadata.evidence.get(name) or metadata.evidence.get("issued_on" if name == "issued" else name)
        by_hand = name == "number" and metadata.serial_by_hand
        yield ShownValue(
            f"r-{name}", "doubt" if by_hand else "record", say(f"page.record.{name}", language), values[name] or "",
            say("page.by_hand", language) if by_hand else "", _words(evidence), evidence.rule or "" if evidence else "",
            None, evidence,
        )  # fmt: skip


def _basis(plan: Plan) -> Iterator[ShownValue]:
    for at, one in enumerate(plan.legal_basis):
        value = " ".join(part for part in (one.document_type, one.number) if part)
        evidence = one.evidence
        note = one.title or ""
        yield ShownValue(f"b-{at}", "basis", "", value, note, _words(evidence), evidence.rule or "", None, evidence)


def _warnings(found: Iterable[PlanWarning], language: Language) -> Iterator[tuple[str, str, str, PlanWarning]]:
    order = {"lost": 0, "doubtful": 1, "note": 2}
    for one in sorted(found, key=lambda one: order[one.severity]):
        known = one.code in catalogue()
        words = say(one.code, language, **one.params) if known else ", ".join(one.params.values())
        yield one.severity, say(f"page.severity.{one.severity}", language), words, one


def _chapters(plan: Plan, language: Language) -> Iterator[ShownSection]:
    items: dict[str | None, list[tuple[int, ShownItem]]] = {}
    for kind, provisions in (("objective", plan.objectives), ("task", plan.tasks)):
        for one in provisions:
            made = _item(kind, one, language)
            items.setdefault(one.section, []).append((one.evidence.start, made))
    levels: dict[str, int] = {}

    def of(section: str | None) -> tuple[ShownItem, ...]:
        return tuple(item for _, item in sorted(items.pop(section, []), key=lambda one: one[0]))

    for section in plan.sections:
        levels[section.id] = levels.get(section.parent or "", 0) + 1
        yield ShownSection(section, levels[section.id], of(section.id))
    left = sorted((pair for rest in items.values() for pair in rest), key=lambda one: one[0])
    if left:
        yield ShownSection(None, 1, tuple(item for _, item in left))


def _item(kind: str, one: Provision, language: Language) -> ShownItem:
    number = one.number or ""
    if one.ordinal is not None and number:
        number = f"{number} ({one.ordinal})"
    rows: list[tuple[str, tuple[ShownValue, ...]]] = []
    for role in Role:
        who: list[Agency | Person] = [*one.agencies, *one.persons]
        found = [_who(f"{one.id}-{role}-{at}", value) for at, value in enumerate(who) if value.role is role]
        if found:
            rows.append((say(f"role.{role}", language), tuple(found)))
    for name, row in (
        ("kind.deadline", [_due(f"{one.id}-d-{at}", due, language) for at, due in enumerate(one.deadlines)]),
        ("kind.target", [_target(f"{one.id}-t-{at}", target) for at, target in enumerate(one.targets)]),
        ("page.doubt", [_doubt(f"{one.id}-w-{at}", doubt, language) for at, doubt in enumerate(one.doubts)]),
    ):
        if row:
            rows.append((say(name, language), tuple(row)))
    place = ShownValue(f"{one.id}-i", "item", "", number, "", "", "", round(100 * one.confidence), one.evidence)
    return ShownItem(one.id, say(f"kind.{kind}", language), kind, number, one.text, place, tuple(rows))


def _who(id_: str, one: Agency | Person) -> ShownValue:
    note = one.post or "" if isinstance(one, Person) else ""
    sure = round(100 * one.confidence) if isinstance(one, Agency) else None
    kind = "agency" if isinstance(one, Agency) else "person"
    return ShownValue(id_, kind, "", one.name, note, _words(one.evidence), one.evidence.rule or "", sure, one.evidence)


def _due(id_: str, due: Deadline, language: Language) -> ShownValue:
    value = " ".join(due.text.split())
    kind = say(f"page.due.{due.kind}", language) if due.kind else ""
    when = _when(due)
    note = ": ".join(part for part in (kind, when) if part)
    evidence = due.evidence
    sure = round(100 * due.confidence)
    return ShownValue(id_, "deadline", "", value, note, _words(evidence), evidence.rule or "", sure, evidence)


def _when(due: Deadline) -> str:
    if due.recurrence and due.kind is DeadlineKind.RECURRING:
        return due.recurrence
    if due.start and due.end and due.start != due.end and due.kind is not DeadlineKind.BY:
        return f"{_day(due.start)} – {_day(due.end)}"
    day = due.end or due.start
    return _day(day) if day else due.edtf or ""


def _target(id_: str, one: Target) -> ShownValue:
    value = _figure(one.value) + ("" if one.value_max is None else f"–{_figure(one.value_max)}")
    value += "" if one.of is None else f"/{_figure(one.of)}"
    value = f"{_COMPARED[one.comparison]}{value} {one.unit or ''}".strip()
    note = ", ".join(part for part in (one.subject, one.predicate, one.due) if part)
    evidence, sure = one.evidence, round(100 * one.confidence)
    return ShownValue(id_, "target", "", value, note, _words(evidence), evidence.rule or "", sure, evidence)


def _doubt(id_: str, one: Doubt, language: Language) -> ShownValue:
    words = say(one.code, language, **one.params) if one.code in catalogue() else one.code
    return ShownValue(id_, "doubt", "", words, "", _words(one.evidence), one.code, None, one.evidence)


def _words(evidence: Evidence | None) -> str:
    return " ".join(evidence.quote.split()) if evidence else ""


def _figure(value: float) -> str:
    """A figure as Vietnamese prints it."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
