"""Turning a plan into rows of the store's tables."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from pipeline.register import PlanOrigin, RegisteredAgency, identify
from pipeline.schema import Deadline, Evidence, Metadata, Plan, Provision, Section
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
    *("pages", "evidence", "metadata_evidence", "recipients", "citations", "sections", "provisions", "roles"),
    *("deadlines", "occurrences", "targets", "source_tables", "warnings"),
)
"""Tables below `plans`, in an order in which rows can be inserted."""

_TITLE: Final = 500  # characters of a title that tell plans apart; indexes have limits
_LOCAL = ("district", "commune")


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
        add["pages"].append(page.model_dump())
    for name, evidence in plan.metadata.evidence.items():
        add["metadata_evidence"].append({"field": name, "evidence": _evidence(rows, evidence)})
    for position, name in enumerate(plan.metadata.recipients):
        add["recipients"].append({"position": position, "name": clean(name)})
    for position, basis in enumerate(plan.legal_basis):
        _append(rows, "citations", position, basis, ("document_type", "number", "issued_on", "issuer", "title"))
    for position, section in enumerate(plan.sections):
        _append(rows, "sections", position, section, ("number", "title", "kind", "parent"), ref=clean(section.id))
    where = _places(plan.sections)
    for kind, items in (("objective", plan.objectives), ("task", plan.tasks)):
        for position, provision in enumerate(items):
            _add_provision(rows, provision, {"kind": kind, "position": position}, where, home, plan.metadata)
    for position, table in enumerate(plan.tables):
        row = {"id": position, "position": position, "record": _json(table.model_dump(mode="json"))}
        add["source_tables"].append(row)
    for position, warning in enumerate(plan.warnings):
        add["warnings"].append(
            {
                "id": position,
                "position": position,
                "code": clean(warning.code),
                "message": clean(warning.message),
                "page": warning.page,
            }
        )
    return rows


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
        "number": clean(record.number),
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
        "issued_on": _date(record.issued_on),
        "period": record.period,
        "period_start": _date(start),
        "period_end": _date(end),
        "signer": clean(signer.name) if signer else None,
        "signer_position": clean(signer.position) if signer else None,
        "signer_capacity": _json(signer.capacity if signer else []),
        "file_name": clean(source.file_name),
        "sha256": source.sha256,
        "media_type": source.media_type,
        "page_count": source.page_count,
        "schema_version": plan.schema_version,
        "json_sha256": json_sha256,
        "title_key": key(record.title or "")[:_TITLE],
    }


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
    rows: PlanRows,
    provision: Provision,
    of: Mapping[str, Any],
    where: Callable[[Provision], int | None],
    home: PlanOrigin,
    record: Metadata,
) -> None:
    number = _append(
        rows,
        "provisions",
        of["position"],
        provision,
        ("number", "ordinal", "text", "result", "confidence"),
        kind=of["kind"],
        ref=clean(provision.id),
        section=where(provision),
        headings=_json(provision.headings),
        refers_to=_json(provision.refers_to),
        lowered_by=_json(provision.lowered_by),
    )
    exact = exact_words(provision.text)
    rows.words.append((bare_words(exact), exact, bare_words(exact_words(" ".join(provision.headings)))))
    for position, agency in enumerate(provision.agencies):
        entry = identify(agency.name, home)
        rows.agencies[entry.key] = entry
        names = ("name", "agency_id", "role", "stated_in")
        _append(rows, "roles", position, agency, names, provision=number, agency=entry.key)
    for position, deadline in enumerate(provision.deadlines):
        _add_deadline(rows, position, deadline, number, record)
    for position, target in enumerate(provision.targets):
        _append(
            rows,
            "targets",
            position,
            target,
            ("text", "comparison", "unit", "per", "direction", "subject", "statement", "baseline", "due"),
            provision=number,
            value=float(target.value),
            value_max=None if target.value_max is None else float(target.value_max),
            of_total=None if target.of is None else float(target.of),
            unit_key=None if target.unit is None else key(target.unit),
        )


def _add_deadline(rows: PlanRows, position: int, deadline: Deadline, provision: int, record: Metadata) -> None:
    found = occurrences(deadline, record.period, record.issued_on)
    number = _append(
        rows,
        "deadlines",
        position,
        deadline,
        ("text", "kind", "edtf", "recurrence"),
        provision=provision,
        start_on=_date(deadline.start),
        end_on=_date(deadline.end),
        open_ended=any(one.open_ended for one in found),
    )
    for one in {one.due: one for one in found}.values():
        row = {"deadline": number, "provision": provision, "due_on": _date(one.due), "start_on": _date(one.start)}
        rows.tables["occurrences"].append(row)


def _places(sections: list[Section]) -> Callable[[Provision], int | None]:
    """What finds the section of a provision: the last before it with the title of its last heading, else the last."""
    order = sorted(range(len(sections)), key=lambda index: sections[index].evidence.start)
    starts = [sections[index].evidence.start for index in order]

    def find(provision: Provision) -> int | None:
        before = order[: bisect_right(starts, provision.evidence.start)]
        title = provision.headings[-1] if provision.headings else None
        named = next((index for index in reversed(before) if sections[index].title == title), None)
        return named if named is not None else (before[-1] if before else None)

    return find


def clean(text: str | None) -> Any:
    """Replace NUL, which PostgreSQL cannot hold, by U+FFFD."""
    return text.replace("\0", "\ufffd") if text is not None and "\0" in text else text


def _json(value: Any) -> str:
    """A value for a column of JSON."""
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    return json.dumps(value, ensure_ascii=False).replace("\\u0000", "\ufffd")


def _date(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
