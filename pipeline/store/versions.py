"""Versions of one plan: which rows are the same plan, and which of them counts.

Two rows are versions of one plan when they bear the same number of the same issuer and year and are about the same,
or when one of them bears no number yet and issuer, kind and title are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, or_, select, update

from pipeline.store.rows import Row
from pipeline.store.tables import plans

STATUSES: Final = ("draft", "signed", "corrected")
"""From the one that counts least."""

_ALIKE = 0.5  # of the words of two titles that both have
_TELLING = 4  # words a title needs to tell plans apart


def status(plan: Row) -> str:
    """A plan without a serial number, its own or that of its decision, is a draft; corrections say so in the title."""
    words = plan["title_key"].split()
    if words[:2] == ["dinh", "chinh"]:
        return "corrected"
    number = plan["number"] or plan["attached_to"] or ""
    return "signed" if number[:1].isdigit() else "draft"


def settle(connection: Connection, plan: Row) -> tuple[bool, str | None]:
    """Put the row `plan`, which is in the store, among its versions and say anew which counts.

    Returns whether there was a version before it, and the file of a plan that bears its number but is about something
    else.
    """
    kin, stranger = _kin(connection, plan)
    if not kin:
        return False, stranger
    together = {row["work"] for row in kin}
    work = min(together | {plan["work"]})
    connection.execute(update(plans).where(or_(plans.c.work.in_(together), plans.c.id == plan["id"])).values(work=work))
    choose(connection, work)
    return work != plan["id"], stranger


def choose(connection: Connection, work: int) -> None:
    """Mark the version of `work` that counts: a corrected one before a signed one before a draft, then the newest."""
    columns = (plans.c.id, plans.c.status, plans.c.issued_on, plans.c.loaded_at, plans.c.is_current)
    rows = connection.execute(select(*columns).where(plans.c.work == work)).mappings().all()
    best = max(rows, key=_weight, default=None)
    for row in rows:
        if row["is_current"] != (row is best):
            connection.execute(update(plans).where(plans.c.id == row["id"]).values(is_current=row is best))


def _weight(row: RowMapping) -> tuple[Any, ...]:
    return STATUSES.index(row["status"]), str(row["issued_on"] or ""), row["loaded_at"], row["id"]


def _kin(connection: Connection, plan: Row) -> tuple[Sequence[RowMapping], str | None]:
    """Other versions of `plan`, and the file of one that shares its number alone."""
    numbered = not plan["plan_id"].startswith("sha256/")
    wanted = plans.c.plan_id == plan["plan_id"] if numbered else plans.c.plan_id.is_(None)
    if len(plan["title_key"].split()) >= _TELLING:
        wanted = or_(wanted, plans.c.title_key == plan["title_key"])
    rows = connection.execute(select(plans).where(wanted, plans.c.id != plan["id"])).mappings().all()
    kin = [row for row in rows if _same(plan, row)]
    strangers = [row for row in rows if numbered and row["plan_id"] == plan["plan_id"] and row not in kin]
    return kin, strangers[0]["file_name"] if strangers else None


def _same(one: Row, other: RowMapping) -> bool:
    if one["plan_id"] == other["plan_id"]:
        return _alike(one["title_key"], other["title_key"])
    drafts = [row for row in (one, other) if status(dict(row)) == "draft"]
    return bool(drafts) and all(
        one[name] == other[name] for name in ("title_key", "issuer", "document_type", "province_code", "period")
    )


def _alike(one: str, other: str) -> bool:
    """Whether two titles share half of their words; one that is missing says nothing against it."""
    first, second = set(one.split()), set(other.split())
    return not first or not second or len(first & second) / len(first | second) >= _ALIKE
