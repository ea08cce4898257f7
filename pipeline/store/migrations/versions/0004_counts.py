"""What is counted over all plans stands in tables, and what every page asks for in indexes."""

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Text, text

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

_FILLED = (
    "INSERT INTO pair_counts (province_code, doer, partner, items, plans) "
    "SELECT coalesce(plans.province_code, ''), one.agency, other.agency, count(DISTINCT one.provision), "
    "count(DISTINCT plans.id) FROM plans JOIN roles AS one ON one.plan = plans.id "
    "JOIN roles AS other ON other.provision = one.provision "
    "WHERE plans.is_current AND one.role IN ('lead', 'responsible') AND other.role = 'cooperating' GROUP BY 1, 2, 3",
    "INSERT INTO role_counts (province_code, agency, role, roles) "
    "SELECT coalesce(plans.province_code, ''), roles.agency, roles.role, count(*) FROM plans "
    "JOIN roles ON roles.plan = plans.id WHERE plans.is_current GROUP BY 1, 2, 3",
    "INSERT INTO target_counts (province_code, province, year, unit_key, unit, targets) "
    "SELECT coalesce(plans.province_code, ''), coalesce(substr(plans.province, 1, 100), ''), "
    "coalesce(substr(targets.due, 1, 4), ''), coalesce(substr(targets.unit_key, 1, 100), ''), "
    "coalesce(substr(targets.unit, 1, 100), ''), count(*) FROM plans JOIN targets ON targets.plan = plans.id "
    "WHERE plans.is_current GROUP BY 1, 2, 3, 4, 5",
)
"""As the tables stood then: what loading counts with today asks for columns that later migrations add."""


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
    for statement in _FILLED:
        op.execute(text(statement))
