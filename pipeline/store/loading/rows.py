"""Turning a plan into rows of the store's tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any, Final

from pipeline.messages import catalogue
from pipeline.register import PlanOrigin, RegisteredAgency, identify
from pipeline.schema import Agency, Deadline, Evidence, Metadata, Plan, PlanWarning, Provision
from pipeline.store.occurrences import occurrences, period_dates
from pipeline.store.query.words import bare_words, exact_words, key

Row = dict[str, Any]
"""Column -> value. Days are ISO text and JSON is text: both databases take them so, and quickly."""
NUMBERED: Final = ("evidence", "citations", "sections", "provisions", "roles", "deadlines", "targets") + (
    "source_tables",
    "warnings",
)
"""Tables whose rows have an id of their own beside the plan's."""

_LINKS = {"evidence": "evidence", "section": "sections", "provision": "provisions", "deadline": "deadlines"}
CHILDREN: Final = (
    *("pages", "signatures", "evidence", "metadata_evidence", "recipients", "citations", "sections", "provisions"),
    *("doubts", "roles", "persons", "deadlines", "occurrences", "targets", "source_tables", "warnings", "restorations"),
)
"""Tables below `plans`, in an order in which rows can be inserted."""

_TITLE: Final = 500  # characters of a title that tell plans apart; indexes have limits
_LOCAL = ("district", "commune")
_BLANK: Final = "W201"  # a page without text, which may have none


@dataclass
class PlanRows:
    """The rows of one plan; ids count from 0 in each table, and `numbered` gives those of the store."""

    plan: Row
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in CHILDREN})
    agencies: dict[str, RegisteredAgency] = field(default_factory=dict)
    """The agencies named, by their key; rows name them by key until they are numbered."""
    words: list[tuple[str, str, str]] = field(default_factory=list)
    """Of each item: its words without accents, with accents, and those of its headings without."""

    def numbered(self, plan: int, first: Mapping[str, int], agency: Mapping[str, int]) -> dict[str, list[Row]]:
        """Give the rows the ids they get in the store.

        Args:
            plan: id of the plan.
            first: the first free id of each table.
            agency: ids of agencies by their key in the register.

        Returns:
            Rows by table, tables in an order in which they can be inserted.
        """
        moved: dict[str, list[Row]] = {}
        for name, rows in self.tables.items():
            links = [(other, first[table]) for other, table in _LINKS.items() if rows and other in rows[0]]
            made = [{**row, "plan": plan} for row in rows]
            for row in made:
                if name in NUMBERED:
                    row["id"] += first[name]
                for other, start in links:
                    if row[other] is not None:
                        row[other] += start
                if name == "roles":
                    row["agency"] = agency[row["agency"]]
            moved[name] = made
        issuer = self.plan["issuer_agency"]
        return {
            "plans": [{**self.plan, "id": plan, "issuer_agency": agency[issuer] if issuer is not None else None}],
            **moved,
        }


def plan_rows(plan: Plan, json_sha256: str) -> PlanRows:
    """Make the rows of a plan, without what the loader decides: work, status, stated_status, is_current, loaded_at.

    Args:
        plan: the plan.
        json_sha256: of its JSON.
    """
    home = _home(plan.metadata)
    issuer = plan.metadata.issuer
    entry = _issuer(issuer.name, home) if issuer else None
    rows = PlanRows(_plan_row(plan, json_sha256, entry))
    if entry:
        rows.agencies[entry.key] = entry
    add = rows.tables
    for page in plan.source.pages:
        size = {"width": _finite(page.width), "height": _finite(page.height)}
        add["pages"].append({**page.model_dump(mode="json"), **size, "regions": _json(_dumped(page.regions))})
    for position, signature in enumerate(plan.metadata.signatures):
        add["signatures"].append({"position": position, **_cleaned(signature.model_dump(mode="json"))})
    for name, evidence in plan.metadata.evidence.items():
        add["metadata_evidence"].append({"field": name, "evidence": _evidence(rows, evidence)})
    for position, to in enumerate(plan.metadata.recipients):
        add["recipients"].append({"position": position, "name": clean(to.text), "agency_key": clean(to.agency_key)})
    for position, basis in enumerate(plan.legal_basis):
        _append(rows, "citations", position, basis, ("document_type", "number", "issued_on", "issuer", "title"))
    for position, section in enumerate(plan.sections):
        _append(rows, "sections", position, section, ("number", "title", "kind", "parent"), ref=clean(section.id))
    sections = {section.id: position for position, section in enumerate(plan.sections)}
    for kind, items in (("objective", plan.objectives), ("task", plan.tasks)):
        for position, provision in enumerate(items):
            place = {"kind": kind, "position": position, "section": sections.get(provision.section or "")}
            _add_provision(rows, provision, place, home, plan.metadata)
    for position, table in enumerate(plan.tables):
        row = {"id": position, "position": position, "record": _json(table.model_dump(mode="json"))}
        add["source_tables"].append(row)
    for position, warning in enumerate(plan.warnings):
        own = {**_cleaned(warning.model_dump(mode="json")), "params": _json(warning.params)}
        add["warnings"].append({"id": position, "position": position, **own})
    for position, word in enumerate(plan.restorations):
        add["restorations"].append({"position": position, **_cleaned(word.model_dump(mode="json"))})
    return rows


def _dumped(some: Iterable[Any]) -> list[Row]:
    return [one.model_dump(mode="json") for one in some]


def _cleaned(row: Row) -> Row:
    return {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}


def _is_cut_off(warnings: Iterable[PlanWarning]) -> bool:
    """Whether pages or the end are missing, as far as warnings say."""
    known = catalogue()
    return any(one.code in known and known[one.code].lost == "page" and one.code != _BLANK for one in warnings)


def _issuer(name: str, home: PlanOrigin) -> RegisteredAgency | None:
    """Who issues a plan; None where the name fits many: a group, "Ủy ban nhân dân huyện" without its place."""
    entry = identify(name, home)
    unplaced = entry.level in _LOCAL and entry.place in (None, entry.province)
    return None if entry.collective or unplaced else entry


def _home(metadata: Metadata) -> PlanOrigin:
    return PlanOrigin(
        province=metadata.province.code if metadata.province else None,
        on=metadata.issued_on,
        issuer=metadata.issuer.name if metadata.issuer else None,
    )


def _plan_row(plan: Plan, json_sha256: str, issuer: RegisteredAgency | None) -> Row:
    record, source = plan.metadata, plan.source
    start, end = period_dates(record.period)
    province, signer = record.province, record.signer
    return {
        "plan_id": clean(plan.plan_id),
        "document_type": clean(record.document_type),
        "read_status": plan.status.value.value,
        "status_reason": clean(plan.status.reason),
        "items": len(plan.objectives) + len(plan.tasks),
        "cut_off": _is_cut_off(plan.warnings),
        "number": clean(record.number),
        "serial_by_hand": record.serial_by_hand,
        "attached_to": clean(record.attached_to),
        "title": clean(record.title),
        "issuer": clean(record.issuer.name) if record.issuer else None,
        "issuer_agency": issuer.key if issuer else None,
        "parent_issuer": clean(record.parent_issuer.name) if record.parent_issuer else None,
        "province_code": province.code if province else None,
        "province": province.name if province else None,
        "current_province_code": province.current_code if province else None,
        "current_province": province.current_name if province else None,
        "place": clean(record.place),
        "issued": clean(record.issued),
        "issued_on": _date(record.issued_on),
        "period": record.period,
        "period_start": _date(start),
        "period_end": _date(end),
        "signer": clean(signer.name) if signer else None,
        "signer_position": clean(signer.position) if signer else None,
        "signer_capacity": _json(signer.capacity if signer else []),
        "file_name": clean(source.file_name),
        "contained_in": clean(source.contained_in),
        "sha256": source.sha256,
        "media_type": source.media_type,
        "page_count": source.page_count,
        "schema_version": plan.schema_version,
        "made_by_version": plan.made_by.version,
        "made_by_model": plan.made_by.model,
        "made_by_settings": plan.made_by.settings,
        "json_sha256": json_sha256,
        "number_key": clean(_number_key(record)),
        "title_key": title_key(record.title),
    }


def title_key(title: str | None) -> str:
    """The words of a title by which versions of a plan are found: without accents, as many as an index takes."""
    return key(title or "")[:_TITLE]


def _number_key(record: Metadata) -> str | None:
    """Province, year and number: what versions of one plan share, whatever was read of its issuer and title."""
    number = record.number or record.attached_to or ""
    if not number[:1].isdigit() or record.issued_on is None:
        return None
    province = record.province.code if record.province else ""
    behind = "" if record.number else f"/{record.document_type or ''}"
    return f"{province}/{record.issued_on.year}/{number}{behind}".casefold()


def _evidence(rows: PlanRows, evidence: Evidence) -> int:
    """The number of the evidence's row, which is added."""
    found = rows.tables["evidence"]
    found.append(
        {
            "id": len(found),
            "page": evidence.page,
            "start_offset": evidence.start,
            "end_offset": evidence.end,
            "quote": clean(evidence.quote),
            "boxes": _json(evidence.boxes),
            "rule": evidence.rule,
        }
    )
    return len(found) - 1


def _append(rows: PlanRows, table: str, position: int, source: Any, names: Iterable[str], **more: Any) -> int:
    """Add a row of `table` with the fields `names` of `source`; the row's number."""
    row = {"id": len(rows.tables[table]), "position": position, "evidence": _evidence(rows, source.evidence), **more}
    for name in names:
        found = getattr(source, name)
        row[name] = clean(found) if isinstance(found, str) else _date(found) if isinstance(found, date) else found
    rows.tables[table].append(row)
    return int(row["id"])


def _add_provision(
    rows: PlanRows, provision: Provision, place: Mapping[str, Any], home: PlanOrigin, record: Metadata
) -> None:
    number = _append(
        rows,
        "provisions",
        place["position"],
        provision,
        ("number", "ordinal", "text", "result", "confidence"),
        kind=place["kind"],
        ref=clean(provision.id),
        section=place["section"],
        headings=_json(provision.headings),
        refers_to=_json(provision.refers_to),
    )
    exact = exact_words(provision.text)
    rows.words.append((bare_words(exact), exact, bare_words(exact_words(" ".join(provision.headings)))))
    for position, doubt in enumerate(provision.doubts):
        at = None if doubt.evidence is None else _evidence(rows, doubt.evidence)
        row = {"provision": number, "position": position, "code": clean(doubt.code), "params": _json(doubt.params)}
        rows.tables["doubts"].append({**row, "evidence": at})
    for position, agency in enumerate(provision.agencies):
        _add_agency(rows, position, agency, number, home)
    for position, person in enumerate(provision.persons):
        row = {"provision": number, "position": position, "evidence": _evidence(rows, person.evidence)}
        own = {"name": clean(person.name), "post": clean(person.post), "role": person.role}
        rows.tables["persons"].append({**row, **own})
    for position, deadline in enumerate(provision.deadlines):
        _add_deadline(rows, position, deadline, number, record)
    for position, target in enumerate(provision.targets):
        _append(
            rows,
            "targets",
            position,
            target,
            (
                *("text", "comparison", "unit", "per", "direction", "subject", "predicate", "statement", "baseline"),
                *("due", "confidence"),
            ),
            provision=number,
            value=_finite(target.value),
            value_max=_finite(target.value_max),
            of_total=_finite(target.of),
            unit_key=None if target.unit is None else key(target.unit),
        )


def _add_agency(rows: PlanRows, position: int, agency: Agency, provision: int, home: PlanOrigin) -> None:
    entry = identify(agency.name, home)
    rows.agencies[entry.key] = entry
    names = ("name", "printed", "key", "role", "stated_in", "confidence")
    _append(rows, "roles", position, agency, names, provision=provision, agency=entry.key)


def _add_deadline(rows: PlanRows, position: int, deadline: Deadline, provision: int, record: Metadata) -> None:
    found = occurrences(deadline, record.period, record.issued_on)
    relative = deadline.relative
    number = _append(
        rows,
        "deadlines",
        position,
        deadline,
        ("text", "kind", "edtf", "recurrence", "act", "inherited", "confidence"),
        provision=provision,
        start_on=_date(deadline.start),
        end_on=_date(deadline.end),
        relative_count=relative.count if relative else None,
        relative_unit=relative.unit.value if relative else None,
        relative_from=clean(relative.from_) if relative else None,
        open_ended=any(one.open_ended for one in found),
    )
    for one in {one.due: one for one in found}.values():
        row = {"deadline": number, "provision": provision, "due_on": _date(one.due), "start_on": _date(one.start)}
        rows.tables["occurrences"].append(row)


def clean(text: str | None) -> Any:
    """Replace NUL, which PostgreSQL cannot hold, by U+FFFD."""
    return text.replace("\0", "\ufffd") if text is not None and "\0" in text else text


def _json(value: Any) -> str:
    """A value for a column of JSON."""
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False).replace("\\u0000", "\ufffd")


def _finite(value: float | None) -> float | None:
    """A figure for a column; raises ValueError or OverflowError for one that is no number."""
    if value is None:
        return None
    if not isfinite(value):
        raise ValueError(f"{value} is no number")
    return float(value)


def _date(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
