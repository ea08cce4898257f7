"""What was found in a plan as it is shown: each value with its words, its place and how sure it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Final

from pydantic import BaseModel

from pipeline.messages import Language, catalogue, say, say_of_item
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
from pipeline.web.page.questions import (
    VALUES,
    answered,
    asked_of_record,
    asks,
    asks_itself,
    doubts_of,
    field_of,
    is_unsure,
)
from pipeline.web.recurrences import recurrence_words

_COMPARED = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ "}
_RECORD: Final = (
    "document_type", "number", "attached_to", "issuer", "parent_issuer", "place", "issued", "title", "period", "signer",
)  # fmt: skip


@dataclass(frozen=True)
class ShownValue:
    """A value as it is shown.

    `kind` names its colour and its row, `label` stands before it, `note` behind; `printed` are the words it was read
    from, `rule` made it, `sure` is its confidence in percent. `path` is that of the field or list of the plan it stands
    in, as corrections name it, `token` tells it from the others there; `history` is what people did to it. `asks` says
    why it is to be looked at, where more than its confidence tells that; what is `alike` is so for the same reason.
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
    path: str = ""
    token: str = ""
    history: str = ""
    asks: str = ""
    unsure: bool = False
    """Whether somebody should look at it; of a whole item its values tell that."""
    alike: str = ""


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
    warnings: tuple[tuple[str, str, str, PlanWarning, str], ...]
    """Severity, or "settled", its name, the message, the warning itself, and the field of the record it asks for."""
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


HistoryOf = Callable[[str, str], str]
"""What people did to the value of a path and a token; "" where nobody did anything."""


def shown(
    plan: Plan, language: Language, told: HistoryOf = lambda path, token: "", looked_at: Collection[str] = ()
) -> ShownPlan:
    """Put what a plan says into the form in which it is shown; `looked_at` are fields of the record, by path."""
    asked = asked_of_record(plan.model_dump(mode="json", by_alias=True, include={"metadata", "warnings"}), looked_at)
    return ShownPlan(
        record=tuple(_record(plan, language, told, asked)),
        basis=tuple(_basis(plan)),
        recipients=tuple(one.text for one in plan.metadata.recipients),
        warnings=tuple(_warnings(plan.warnings, language, asked)),
        chapters=tuple(_chapters(plan, language, told)),
        tables=tuple(plan.tables),
    )


def told_by(value: Any) -> dict[str, Any]:
    """What tells an element of a list: all of it but its place and how sure it is."""
    made = value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else dict(value)
    return {name: one for name, one in made.items() if name not in ("evidence", "confidence", "stated_in")}


def token_of(value: Any) -> str:
    """Some digits that tell an element of a list, or the value of a field, whatever stands before it."""
    plain = told_by(value) if isinstance(value, BaseModel | dict) else value
    return sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]


def _record(plan: Plan, language: Language, told: HistoryOf, asked: Mapping[str, str]) -> Iterator[ShownValue]:
    metadata = plan.metadata
    raw = metadata.model_dump(mode="json", by_alias=True)
    values: dict[str, str | None] = {name: getattr(metadata, name) for name in _RECORD if name != "signer"}
    for name in ("issuer", "parent_issuer"):
        values[name] = organisation.name if (organisation := getattr(metadata, name)) else None
    signer = metadata.signer
    values["signer"] = ", ".join(one for one in (signer.name, signer.position) if one) if signer else None
    if metadata.issued_on:
        values["issued"] = day_of(metadata.issued_on)
    for name in _RECORD:
        evidence = metadata.evidence.get(name) or metadata.evidence.get("issued_on" if name == "issued" else name)
        note = say(f"page.{asked[name]}", language) if name in asked else ""
        path, token = f"metadata/{name}", token_of(raw[name])
        yield ShownValue(
            f"r-{name}", "doubt" if note else "record", say(f"page.record.{name}", language), values[name] or "",
            note, _words(evidence), evidence.rule or "" if evidence else "", None, evidence, path, token,
            told(path, token), unsure=bool(note),
        )  # fmt: skip


def _basis(plan: Plan) -> Iterator[ShownValue]:
    for at, one in enumerate(plan.legal_basis):
        value = " ".join(part for part in (one.document_type, one.number) if part)
        evidence = one.evidence
        note = one.title or ""
        yield ShownValue(f"b-{at}", "basis", "", value, note, _words(evidence), evidence.rule or "", None, evidence)


def _warnings(
    found: Iterable[PlanWarning], language: Language, asked: Collection[str]
) -> Iterator[tuple[str, str, str, PlanWarning, str]]:
    order = {"lost": 0, "doubtful": 1, "note": 2}
    for one in sorted(found, key=lambda one: order[one.severity]):
        known = one.code in catalogue()
        words = say(one.code, language, **one.params) if known else ", ".join(one.params.values())
        how = "settled" if answered(one.code, asked) else one.severity.value
        yield how, say(f"page.severity.{how}", language), words, one, field_of(one.code)


def _chapters(plan: Plan, language: Language, told: HistoryOf) -> Iterator[ShownSection]:
    items: dict[str | None, list[tuple[int, ShownItem]]] = {}
    for kind, provisions in (("objective", plan.objectives), ("task", plan.tasks)):
        for one in provisions:
            made = _item(kind, one, language, told)
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


def _item(kind: str, one: Provision, language: Language, told: HistoryOf) -> ShownItem:
    number = one.number or ""
    if one.ordinal is not None and number:
        number = f"{number} ({one.ordinal})"
    path, seen = f"{kind}s/{one.id}", Counter[str]()

    raw = one.model_dump(mode="json", by_alias=True, include={"doubts", *VALUES}) if one.doubts else None

    def found(name: str, values: Iterable[tuple[int, Any, ShownValue]]) -> tuple[ShownValue, ...]:
        made = []
        for at, value, shown_value in values:
            token = token_of(value)
            id_ = f"{one.id}-{name[:2]}-{token}"
            seen[id_] += 1
            id_ += f"-{seen[id_]}" if seen[id_] > 1 else ""
            where = f"{path}/{name}"
            made.append(
                replace(
                    shown_value, id=id_, path=where, token=token, history=told(where, token),
                    **_question(raw, name, at, shown_value, language),
                )
            )  # fmt: skip
        return tuple(made)

    rows: list[tuple[str, tuple[ShownValue, ...]]] = []
    for role in Role:
        agencies = found(
            "agencies", ((at, each, _who(each)) for at, each in enumerate(one.agencies) if each.role is role)
        )
        persons = found("persons", ((at, each, _who(each)) for at, each in enumerate(one.persons) if each.role is role))
        if agencies or persons:
            rows.append((say(f"role.{role}", language), agencies + persons))
    for name, row in (
        ("kind.deadline", found("deadlines", ((at, due, _due(due, language)) for at, due in enumerate(one.deadlines)))),
        ("kind.target", found("targets", ((at, target, _target(target)) for at, target in enumerate(one.targets)))),
        ("page.doubt", found("doubts", ((at, doubt, _doubt(doubt, language)) for at, doubt in enumerate(one.doubts)))),
    ):
        if row:
            rows.append((say(name, language), row))
    sure, token = round(100 * one.confidence), token_of(one.text)
    place = ShownValue(
        f"{one.id}-i", "item", "", number, "", "", "", sure, one.evidence, path, token, told(f"{path}/text", token)
    )
    return ShownItem(one.id, say(f"kind.{kind}", language), kind, number, one.text, place, tuple(rows))


def _question(
    item: Mapping[str, Any] | None, name: str, at: int, value: ShownValue, language: Language
) -> dict[str, Any]:
    """Whether a value of an item is to be looked at, why, and what names all that are so for the same reason."""
    if name == "doubts":
        itself = item is not None and asks_itself(item, item[name][at])
        return {"unsure": itself, "alike": f"{name}/{value.rule}"}
    if item is None or name not in VALUES:
        unsure = value.sure is not None and is_unsure(value.sure / 100)
        return {"unsure": unsure, "alike": f"{name}/{value.rule}"}
    about = doubts_of(item, name, item[name][at])
    codes = "+".join(sorted({one["code"] for one in about}))
    return {
        "unsure": asks(item, name, item[name][at]),
        "asks": "; ".join(_in_words(one["code"], one["params"], language) for one in about),
        "alike": f"{name}/{value.rule}/{codes}",
    }


def _who(one: Agency | Person) -> ShownValue:
    note = one.post or "" if isinstance(one, Person) else ""
    sure = round(100 * one.confidence) if isinstance(one, Agency) else None
    kind = "agency" if isinstance(one, Agency) else "person"
    return ShownValue("", kind, "", one.name, note, _words(one.evidence), one.evidence.rule or "", sure, one.evidence)


def _due(due: Deadline, language: Language) -> ShownValue:
    value = " ".join(due.text.split())
    kind = say(f"page.due.{due.kind}", language) if due.kind else ""
    when = _when(due, language)
    note = ": ".join(part for part in (kind, when) if part)
    evidence = due.evidence
    sure = round(100 * due.confidence)
    return ShownValue("", "deadline", "", value, note, _words(evidence), evidence.rule or "", sure, evidence)


def _when(due: Deadline, language: Language) -> str:
    if due.recurrence and due.kind is DeadlineKind.RECURRING:
        return recurrence_words(due.recurrence, language)
    if due.start and due.end and due.start != due.end and due.kind is not DeadlineKind.BY:
        return f"{day_of(due.start)} – {day_of(due.end)}"
    day = due.end or due.start
    return day_of(day) if day else due.edtf or ""


def _target(one: Target) -> ShownValue:
    value = figure(one.value) + ("" if one.value_max is None else f"–{figure(one.value_max)}")
    value += "" if one.of is None else f"/{figure(one.of)}"
    value = f"{_COMPARED[one.comparison]}{value} {one.unit or ''}".strip()
    note = ", ".join(part for part in (one.subject, one.predicate, one.due) if part)
    evidence, sure = one.evidence, round(100 * one.confidence)
    return ShownValue("", "target", "", value, note, _words(evidence), evidence.rule or "", sure, evidence)


def _doubt(one: Doubt, language: Language) -> ShownValue:
    words = _in_words(one.code, one.params, language)
    return ShownValue("", "doubt", "", words, "", _words(one.evidence), one.code, None, one.evidence)


def _in_words(code: str, params: Mapping[str, str], language: Language) -> str:
    """What is doubtful about an item, where it stands within it."""
    return say_of_item(code, language, **params) if code in catalogue() else code


def _words(evidence: Evidence | None) -> str:
    return " ".join(evidence.quote.split()) if evidence else ""


def figure(value: float) -> str:
    """A figure as Vietnamese prints it."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def day_of(day: date) -> str:
    """A day as Vietnamese prints it."""
    return f"{day:%d/%m/%Y}"
