"""Reading a plan back from its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from pipeline.schema import Plan
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
    return Plan.model_validate(
        {
            "schema_version": plan["schema_version"],
            "plan_id": plan["plan_id"],
            "source": _read_source(plan, rows["pages"]),
            "metadata": _read_metadata(plan, rows, at),
            "legal_basis": [_plain(row, at) for row in rows["citations"]],
            "sections": [_plain(row, at, "ref") for row in rows["sections"]],
            "objectives": _read_provisions(rows, at, "objective"),
            "tasks": _read_provisions(rows, at, "task"),
            "tables": [row["record"] for row in rows["source_tables"]],
            "warnings": [{name: row[name] for name in ("code", "message", "page")} for row in rows["warnings"]],
        }
    )


def file_name(connection: Connection, number: int) -> str:
    """The name of the file that a plan was read from, by the id of its row."""
    return str(connection.scalar(select(t.plans.c.file_name).where(t.plans.c.id == number)))


def _read(connection: Connection, name: str, plan: int) -> list[Row]:
    table = t.metadata.tables[name]
    order = [table.c[one] for one in ("id", "page", "position", "evidence") if one in table.c][:1]
    query = select(table).where(table.c.plan == plan).order_by(*order)
    return [dict(row) for row in connection.execute(query).mappings()]


def _read_evidence(row: Row) -> Row:
    return {
        "page": row["page"],
        "start": row["start_offset"],
        "end": row["end_offset"],
        "quote": row["quote"],
        "boxes": row["boxes"],
    }


def _read_source(plan: Any, pages: list[Row]) -> Row:
    named = {name: plan[name] for name in ("file_name", "sha256", "media_type", "page_count")}
    return {**named, "pages": [{name: row[name] for name in row if name != "plan"} for row in pages]}


def _read_metadata(plan: Any, rows: Mapping[str, list[Row]], at: Mapping[int, Row]) -> Row:
    simple = ("document_type", "number", "attached_to", "place", "issued_on", "title", "period")
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
        "issuer": {"name": plan["issuer"]} if plan["issuer"] is not None else None,
        "parent_issuer": {"name": plan["parent_issuer"]} if plan["parent_issuer"] is not None else None,
        "province": province if province["code"] is not None else None,
        "signer": signer if signer["name"] is not None else None,
        "recipients": [row["name"] for row in rows["recipients"]],
        "evidence": found,
    }


_OURS = {"id", "plan", "provision", "section", "agency", "position", "unit_key", "open_ended", "ref"}


def _plain(row: Row, at: Mapping[int, Row], ref: str | None = None) -> Row:
    """The row as the contract has it: without what only the store knows, `ref` as the id."""
    kept = {name: value for name, value in row.items() if name not in _OURS}
    kept["evidence"] = at[row["evidence"]]
    return {"id": row[ref], **kept} if ref else kept


def _read_provisions(rows: Mapping[str, list[Row]], at: Mapping[int, Row], kind: str) -> list[Row]:
    below: dict[int, dict[str, list[Row]]] = {}
    for name, table in (("agencies", "roles"), ("deadlines", "deadlines"), ("targets", "targets")):
        for row in rows[table]:
            plain = _plain(row, at)
            if name == "deadlines":
                plain |= {"start": plain.pop("start_on"), "end": plain.pop("end_on")}
            if name == "targets":
                plain["of"] = plain.pop("of_total")
                plain |= {one: _number(plain[one]) for one in ("value", "value_max", "of")}
            below.setdefault(row["provision"], {}).setdefault(name, []).append(plain)
    made = []
    for row in (row for row in rows["provisions"] if row["kind"] == kind):
        own = _plain(row, at, "ref")
        del own["kind"]
        made.append({**own, "agencies": [], "deadlines": [], "targets": [], **below.get(row["id"], {})})
    return made


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
