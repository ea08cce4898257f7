"""What is counted over all plans stands in tables, and what every page asks for in indexes."""

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Text

from pipeline.store.loading.counting import recount

revision = "0004"
down_revision = "0003"

_TABLES = {
    "pair_counts": (
        (("province_code", Text), ("doer", Integer), ("partner", Integer)),
        ("items", "plans"),
    ),
    "role_counts": ((("province_code", Text), ("agency", Integer), ("role", Text)), ("roles",)),
    "target_counts": (
        (("province_code", Text), ("province", Text), ("year", Text), ("unit_key", Text), ("unit", Text)),
        ("targets",),
    ),
}
"""Table -> its key, and its counts."""

_WIDER = {
    "plans_work": ("plans", ["work", "issued_on"]),
    "provisions_plan": ("provisions", ["plan", "kind"]),
    "targets_provision": ("targets", ["provision", "due", "unit_key", "unit", "plan"]),
}
"""Index -> its table and columns, of which it had the first."""


def upgrade() -> None:
    """Make the tables and count what the store holds; make indexes of all that a question asks for."""
    for name, (key, counts) in _TABLES.items():
        op.create_table(
            name,
            *(Column(one, kind(), autoincrement=False, nullable=False) for one, kind in key),
            *(Column(one, Integer, nullable=False) for one in counts),
            PrimaryKeyConstraint(*(one for one, _ in key)),
        )
    op.create_index("plans_province", "plans", ["province", "is_current"])
    for name, (table, columns) in _WIDER.items():
        op.drop_index(name, table)
        op.create_index(name, table, columns)
    recount(op.get_bind())
