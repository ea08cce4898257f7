"""Contract 2.0: what it says beyond 1.1 as new columns and tables; what 1.1 did not say stays empty."""

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    text,
)

from pipeline.store.query.plan_index import plan_words

revision = "0002"
down_revision = "0001"

NEW = {
    "plans": (
        ("read_status", Text),
        ("status_reason", Text),
        ("chosen", Boolean),
        ("items", Integer),
        ("cut_off", Boolean),
        ("serial_by_hand", Boolean),
        ("issued", Text),
        ("contained_in", Text),
        ("made_by_version", Text),
        ("made_by_model", Text),
        ("made_by_settings", Text),
        ("number_key", Text),
    ),
    "pages": (("width", Float), ("height", Float), ("unit", Text), ("rotation", Integer), ("regions", JSON)),
    "evidence": (("rule", Text),),
    "recipients": (("agency_key", Text),),
    "roles": (("printed", Text), ("key", Text), ("confidence", Float)),
    "deadlines": (
        ("relative_count", Integer),
        ("relative_unit", Text),
        ("relative_from", Text),
        ("act", Text),
        ("inherited", Boolean),
        ("confidence", Float),
    ),
    "targets": (("predicate", Text), ("confidence", Float)),
    "warnings": (("severity", Text), ("params", JSON), ("item", Text)),
}
"""Table -> its new columns."""

GONE = (("provisions", "lowered_by"), ("roles", "agency_id"), ("warnings", "message"))

_LOST = ("W204", "W211", "W303")  # warnings of 1.1 that a copy is not whole

VIEWS = {
    "items": (
        "SELECT provisions.id AS provision, provisions.ref, provisions.kind, evidence.page, CAST(provisions.headings "
        "AS TEXT) AS headings, provisions.text, provisions.result, provisions.confidence, plans.id AS plan, "
        "plans.number AS plan_number, plans.attached_to, plans.title AS plan_title, plans.province, "
        "plans.current_province, plans.issuer, plans.issued_on, plans.file_name FROM provisions JOIN plans ON "
        "plans.id = provisions.plan JOIN evidence ON evidence.id = provisions.evidence WHERE plans.is_current"
    ),
    "assignments": (
        "SELECT roles.id, roles.role, roles.printed, roles.name AS named, agencies.name AS agency, agencies.key AS "
        "agency_key, agencies.kind AS agency_kind, agencies.level, agencies.sector, roles.confidence, provisions.id "
        "AS provision, provisions.ref, provisions.kind, evidence.page, CAST(provisions.headings AS TEXT) AS headings, "
        "provisions.text, plans.id AS plan, plans.number AS plan_number, plans.attached_to, plans.title AS "
        "plan_title, plans.province, plans.current_province, plans.issuer, plans.issued_on, plans.file_name FROM "
        "provisions JOIN plans ON plans.id = provisions.plan JOIN evidence ON evidence.id = provisions.evidence JOIN "
        "roles ON roles.provision = provisions.id JOIN agencies ON agencies.id = roles.agency WHERE plans.is_current"
    ),
    "due": (
        "SELECT occurrences.deadline, occurrences.due_on, occurrences.start_on, deadlines.text AS deadline_text, "
        "deadlines.kind AS deadline_kind, deadlines.recurrence, deadlines.open_ended, deadlines.act, "
        "deadlines.inherited, deadlines.confidence, provisions.id AS provision, provisions.ref, provisions.kind, "
        "evidence.page, CAST(provisions.headings AS TEXT) AS headings, provisions.text, plans.id AS plan, "
        "plans.number AS plan_number, plans.attached_to, plans.title AS plan_title, plans.province, "
        "plans.current_province, plans.issuer, plans.issued_on, plans.file_name FROM provisions JOIN plans ON "
        "plans.id = provisions.plan JOIN evidence ON evidence.id = provisions.evidence JOIN deadlines ON "
        "deadlines.provision = provisions.id JOIN occurrences ON occurrences.deadline = deadlines.id WHERE "
        "plans.is_current"
    ),
    "goals": (
        "SELECT targets.id, targets.text AS figure, targets.value, targets.value_max, targets.comparison, "
        "targets.unit, targets.of_total, targets.per, targets.direction, targets.subject, targets.predicate, "
        "targets.statement, targets.baseline, targets.due, targets.confidence, provisions.id AS provision, "
        "provisions.ref, provisions.kind, evidence.page, CAST(provisions.headings AS TEXT) AS headings, "
        "provisions.text, plans.id AS plan, plans.number AS plan_number, plans.attached_to, plans.title AS "
        "plan_title, plans.province, plans.current_province, plans.issuer, plans.issued_on, plans.file_name FROM "
        "provisions JOIN plans ON plans.id = provisions.plan JOIN evidence ON evidence.id = provisions.evidence JOIN "
        "targets ON targets.provision = provisions.id WHERE plans.is_current"
    ),
}

SQLITE = (
    "CREATE VIRTUAL TABLE plan_search USING fts5(words)",
    "CREATE VIRTUAL TABLE provision_words USING fts5vocab(provision_search, col)",
)
POSTGRESQL = (
    "CREATE TABLE plan_search (id integer PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX plan_search_words ON plan_search USING gin (words)",
)


def upgrade() -> None:
    """Alter the tables, and bring over what 1.1 said in another form."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name in ("items", "assignments", "due", "goals"):
        op.execute(f"DROP VIEW {name}")
    for table, columns in NEW.items():
        for name, kind in columns:
            op.add_column(table, Column(name, kind()))
    op.create_index("plans_number_key", "plans", ["number_key"])
    _tables()
    for statement in POSTGRESQL if postgresql else SQLITE:
        op.execute(statement)
    _bring_over(postgresql)
    for table, name in GONE:
        op.drop_column(table, name)
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def _bring_over(postgresql: bool) -> None:
    """Rows of 1.1: codes that lowered a confidence are doubts, a warning's words its only parameter."""
    connection = op.get_bind()
    made = "json_build_object" if postgresql else "json_object"
    op.execute(f"UPDATE warnings SET params = {made}('message', message)")
    op.execute("UPDATE plans SET items = (SELECT count(*) FROM provisions WHERE provisions.plan = plans.id)")
    lost = ", ".join(f"'{code}'" for code in _LOST)
    op.execute(
        "UPDATE plans SET cut_off = EXISTS "
        f"(SELECT 1 FROM warnings WHERE warnings.plan = plans.id AND warnings.code IN ({lost}))"
    )
    _doubts(connection)
    _names(connection, postgresql)


def _doubts(connection: Connection) -> None:
    postgresql = connection.dialect.name == "postgresql"
    each = "json_array_elements_text(lowered_by) AS each(value)" if postgresql else "json_each(lowered_by) AS each"
    lowered = text(f"SELECT provisions.id, plan, each.value FROM provisions, {each} ORDER BY provisions.id")
    counted: dict[int, int] = {}
    rows = []
    for item, plan, code in connection.execute(lowered):
        counted[item] = counted.get(item, -1) + 1
        rows.append({"plan": plan, "provision": item, "position": counted[item], "code": code, "params": "{}"})
    if rows:
        params = "CAST(:params AS json)" if postgresql else ":params"
        columns = "plan, provision, position, code, params"
        into = f"INSERT INTO doubts ({columns}) VALUES (:plan, :provision, :position, :code, {params})"
        connection.execute(text(into), rows)


def _names(connection: Connection, postgresql: bool) -> None:
    """What finds a plan by its names and the versions of its number."""
    names = ("number", "attached_to", "title", "issuer", "signer", "file_name")
    columns = ", ".join(("id", "province_code", "document_type", "issued_on", *names))
    keys, words = [], []
    for row in connection.execute(text(f"SELECT {columns} FROM plans")).mappings():
        number, issued = row["number"] or row["attached_to"] or "", str(row["issued_on"] or "")
        made = None
        if number[:1].isdigit() and issued:
            behind = "" if row["number"] else f"/{row['document_type'] or ''}"
            made = f"{row['province_code'] or ''}/{issued[:4]}/{number}{behind}".casefold()
        keys.append({"at": row["id"], "made": made})
        found = plan_words({name: row[name] for name in names})
        if postgresql:
            found = " ".join(f"'{word}':{at}" for at, word in enumerate(found.split(), 1))
        words.append({"at": row["id"], "words": found})
    if keys:
        connection.execute(text("UPDATE plans SET number_key = :made WHERE id = :at"), keys)
        into = (
            "(id, words) VALUES (:at, CAST(:words AS tsvector))"
            if postgresql
            else "(rowid, words) VALUES (:at, :words)"
        )
        connection.execute(text(f"INSERT INTO plan_search {into}"), words)


def _tables() -> None:
    op.create_table(
        "signatures",
        Column("plan", Integer, autoincrement=False, nullable=False),
        Column("position", Integer, autoincrement=False, nullable=False),
        Column("name", Text),
        Column("organisation", Text),
        Column("signed_at", Text),
        Column("covers_whole_file", Boolean, nullable=False),
        Column("intact", Boolean),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("plan", "position"),
    )
    for name, own in (
        ("doubts", (Column("code", Text, nullable=False), Column("params", JSON, nullable=False))),
        (
            "persons",
            (Column("name", Text, nullable=False), Column("post", Text), Column("role", Text, nullable=False)),
        ),
    ):
        op.create_table(
            name,
            Column("plan", Integer, nullable=False),
            Column("provision", Integer, autoincrement=False, nullable=False),
            Column("position", Integer, autoincrement=False, nullable=False),
            *own,
            Column("evidence", Integer, nullable=name == "doubts"),
            ForeignKeyConstraint(["plan"], ["plans.id"]),
            ForeignKeyConstraint(["provision"], ["provisions.id"]),
            ForeignKeyConstraint(["evidence"], ["evidence.id"]),
            PrimaryKeyConstraint("provision", "position"),
        )
        op.create_index(f"{name}_plan", name, ["plan"])
    op.create_table(
        "restorations",
        Column("plan", Integer, autoincrement=False, nullable=False),
        Column("position", Integer, autoincrement=False, nullable=False),
        Column("page", Integer),
        Column("line", Integer, nullable=False),
        Column("raw", Text, nullable=False),
        Column("restored", Text, nullable=False),
        Column("probability", Float),
        Column("runner_up", Text),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("plan", "position"),
    )
