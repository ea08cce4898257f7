"""Reading a plan back from its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from pipeline.errors import AmbiguousPlanError, PlanNotFoundError
from pipeline.messages import catalogue, severity
from pipeline.schema import SCHEMA_VERSION, Plan
from pipeline.store import tables as t
from pipeline.store.loading.rows import CHILDREN, Row
from pipeline.store.query.plan_names import bearing


def read_plan(connection: Connection, number: int) -> Plan:
    """Read a plan; it is equal to the one that was loaded.

    Args:
        connection: of a store.
        number: the id of its row.
    """
    plan = connection.execute(select(t.plans).where(t.plans.c.id == number)).mappings().one()
    rows = {name: _read(connection, name, number) for name in CHILDREN}
    at = {row["id"]: _read_evidence(row) for row in rows["evidence"]}
    version = plan["schema_version"] if plan["schema_version"].startswith("2.") else SCHEMA_VERSION
    return Plan.model_validate(
        {
            "schema_version": version,
            "made_by": {
                "program": "kehoach",
                "version": plan["made_by_version"] or "",
                "model": plan["made_by_model"],
                "settings": plan["made_by_settings"],
            },
            "plan_id": plan["plan_id"],
            "status": {"value": plan["read_status"] or "unknown", "reason": plan["status_reason"] or ""},
            "source": _read_source(plan, rows["pages"]),
            "metadata": _read_metadata(plan, rows, at),
            "legal_basis": [_plain(row, at) for row in rows["citations"]],
            "sections": [_plain(row, at, "ref") for row in rows["sections"]],
            "objectives": _read_provisions(rows, at, "objective"),
            "tasks": _read_provisions(rows, at, "task"),
            "tables": [row["record"] for row in rows["source_tables"]],
            "warnings": [_read_warning(row) for row in rows["warnings"]],
            "restorations": [_without(row, "plan", "position") for row in rows["restorations"]],
        }
    )


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def file_name(connection: Connection, number: int) -> str:
    """The name of the file that a plan was read from, by the id of its row."""
    return str(connection.scalar(select(t.plans.c.file_name).where(t.plans.c.id == number)))


def digests(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The SHA-256 of the documents that plans were read from, by the ids of their rows."""
    query = select(t.plans.c.id, t.plans.c.sha256).where(t.plans.c.id.in_(list(numbers)))
    return {row.id: row.sha256 for row in connection.execute(query)}


def _read(connection: Connection, name: str, plan: int) -> list[Row]:
    table = t.metadata.tables[name]
    names = ("id",) if "id" in table.c else ("provision", "position", "page", "evidence")
    order = [table.c[one] for one in names if one in table.c]
    query = select(table).where(table.c.plan == plan).order_by(*order)
    return [dict(row) for row in connection.execute(query).mappings()]


def _read_evidence(row: Row) -> Row:
    return {
        "page": row["page"],
        "start": row["start_offset"],
        "end": row["end_offset"],
        "quote": row["quote"],
        "boxes": row["boxes"],
        "rule": row["rule"],
    }


def _read_source(plan: Any, pages: list[Row]) -> Row:
    named = {name: plan[name] for name in ("file_name", "contained_in", "sha256", "media_type", "page_count")}
    unsaid = {"rotation": 0, "regions": []}
    read = [{**_without(row, "plan"), **_unless_said(row, unsaid)} for row in pages]
    return {**named, "pages": read}


def _unless_said(row: Row, unsaid: Row) -> Row:
    """What is taken of a plan that was loaded before contract 2.0, which had no such field."""
    return {name: value for name, value in unsaid.items() if row[name] is None}


def _read_warning(row: Row) -> Row:
    known = row["code"] in catalogue()
    read = _without(row, "id", "plan", "position")
    return {**read, **_unless_said(read, {"severity": severity(row["code"]) if known else "doubtful"})}


def _read_metadata(plan: Any, rows: Mapping[str, list[Row]], at: Mapping[int, Row]) -> Row:
    simple = ("document_type", "number", "attached_to", "place", "issued", "issued_on", "title", "period")
    province = {
        "code": plan["province_code"],
        "name": plan["province"],
        "current_name": plan["current_province"],
        "current_code": plan["current_province_code"],
    }
    signer = {"name": plan["signer"], "position": plan["signer_position"], "capacity": plan["signer_capacity"]}
    found = {row["field"]: at[row["evidence"]] for row in rows["metadata_evidence"]}
    return {
        **{name: plan[name] for name in simple},
        "serial_by_hand": bool(plan["serial_by_hand"]),
        "issuer": {"name": plan["issuer"]} if plan["issuer"] is not None else None,
        "parent_issuer": {"name": plan["parent_issuer"]} if plan["parent_issuer"] is not None else None,
        "province": province if province["code"] is not None else None,
        "signer": signer if signer["name"] is not None else None,
        "signatures": [_without(row, "plan", "position") for row in rows["signatures"]],
        "recipients": [{"text": row["name"], "agency_key": row["agency_key"]} for row in rows["recipients"]],
        "evidence": found,
    }


_OURS = {"id", "plan", "provision", "section", "agency", "position", "unit_key", "open_ended", "ref"}


def _plain(row: Row, at: Mapping[int, Row], ref: str | None = None) -> Row:
    """The row as the contract has it: without what only the store knows, `ref` as the id."""
    kept = {name: value for name, value in row.items() if name not in _OURS}
    kept["evidence"] = at.get(row["evidence"])
    return {"id": row[ref], **kept} if ref else kept


def _read_provisions(rows: Mapping[str, list[Row]], at: Mapping[int, Row], kind: str) -> list[Row]:
    below: dict[int, dict[str, list[Row]]] = {}
    for name in ("doubts", "roles", "persons", "deadlines", "targets"):
        for row in rows[name]:
            below.setdefault(row["provision"], {}).setdefault(name, []).append(row)
    sections = {row["id"]: row["ref"] for row in rows["sections"]}
    made = []
    for row in (row for row in rows["provisions"] if row["kind"] == kind):
        own = _plain(row, at, "ref")
        del own["kind"]
        stated = below.get(row["id"], {})
        sure = row["confidence"]
        made.append(
            {
                **own,
                "section": sections.get(row["section"]),
                "agencies": [_read_agency(one, at, sure) for one in stated.get("roles", ())],
                "persons": [_plain(one, at) for one in stated.get("persons", ())],
                "deadlines": [_read_deadline(one, at, sure) for one in stated.get("deadlines", ())],
                "targets": [_read_target(one, at, sure) for one in stated.get("targets", ())],
                "doubts": [_plain(one, at) for one in stated.get("doubts", ())],
            }
        )
    return made


def _read_agency(row: Row, at: Mapping[int, Row], sure: float) -> Row:
    printed = " ".join(at[row["evidence"]]["quote"].split())
    return {**_plain(row, at), **_unless_said(row, {"printed": printed, "confidence": sure})}


def _read_deadline(row: Row, at: Mapping[int, Row], sure: float) -> Row:
    plain = {**_plain(row, at), **_unless_said(row, {"inherited": False, "confidence": sure})}
    plain |= {"start": plain.pop("start_on"), "end": plain.pop("end_on")}
    relative = {name: plain.pop(f"relative_{name}") for name in ("count", "unit", "from")}
    return {**plain, "relative": relative if relative["count"] is not None else None}


def _read_target(row: Row, at: Mapping[int, Row], sure: float) -> Row:
    plain = {**_plain(row, at), **_unless_said(row, {"confidence": sure})}
    plain["of"] = plain.pop("of_total")
    return plain | {one: _number(plain[one]) for one in ("value", "value_max", "of")}


def _number(value: float | None) -> float | int | None:
    """Whole figures are written without a point."""
    return int(value) if value is not None and value.is_integer() else value


def named_plans(connection: Connection, named: str) -> list[tuple[int, str, str]]:
    """Find the plans with a number, slug or file name, or issued with the decision of that number.

    Returns:
        Id, slug and file name of each: of current versions, or of others where none of these matches.
    """
    query = select(t.plans.c.id, t.plans.c.plan_id, t.plans.c.file_name)
    query = query.where(t.plans.c.id.in_(bearing(connection, named))).order_by(t.plans.c.id).limit(10)
    found = connection.execute(query.where(t.plans.c.is_current)).all() or connection.execute(query).all()
    return [(row.id, row.plan_id, row.file_name) for row in found]


def plan_named(connection: Connection, named: str) -> Plan:
    """Read the plan that a number, slug or file name means.

    Raises:
        PlanNotFoundError: there is none.
        AmbiguousPlanError: there are several.
    """
    found = named_plans(connection, named)
    if not found:
        raise PlanNotFoundError(file=named)
    if len(found) > 1:
        raise AmbiguousPlanError(file=named, found=", ".join(f"{slug} ({file})" for _, slug, file in found))
    return read_plan(connection, found[0][0])
