"""Words are looked for in one spelling of i and y (quĩ, quỹ): what was made of words before is made anew."""

from collections.abc import Iterable

from alembic import op
from sqlalchemy import Connection, text

from pipeline.store.loading.index_upkeep import rebuild
from pipeline.store.loading.rows import title_key
from pipeline.store.query import plan_index
from pipeline.store.query.words import key

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the keys of titles, names and units and both indexes anew from what the store holds."""
    connection = op.get_bind()
    _keys(connection)
    connection.execute(text("DELETE FROM plan_search"))
    names = ", ".join(("id", *plan_index.NAMES, "file_name"))
    found = connection.execute(text(f"SELECT {names} FROM plans")).mappings().all()
    plan_index.insert(connection, [dict(row) for row in found])
    rebuild(connection)


def _keys(connection: Connection) -> None:
    titles = connection.execute(text("SELECT id, title, title_key FROM plans"))
    _set(connection, "plans SET title_key", ((row.id, row.title_key, title_key(row.title)) for row in titles))
    agencies = connection.execute(text("SELECT id, name, name_key FROM agencies"))
    _set(connection, "agencies SET name_key", ((row.id, row.name_key, key(row.name)) for row in agencies))
    units = connection.execute(text("SELECT id, unit, unit_key FROM targets WHERE unit IS NOT NULL"))
    _set(connection, "targets SET unit_key", ((row.id, row.unit_key, key(row.unit)) for row in units))


def _set(connection: Connection, column: str, rows: Iterable[tuple[int, str, str]]) -> None:
    """Write the keys that are others now; `rows` are ids, the key before and the key now."""
    changed = [{"at": at, "now": now} for at, before, now in rows if now != before]
    if changed:
        connection.execute(text(f"UPDATE {column} = :now WHERE id = :at"), changed)
