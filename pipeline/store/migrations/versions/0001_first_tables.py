"""The first tables, the views over them and the full-text index."""

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

VIEWS = {
    "items": (
        "SELECT provisions.id AS provision, provisions.ref, provisions.kind, evidence.page, "
        "CAST(provisions.headings AS TEXT) AS headings, provisions.text, provisions.result, "
        "provisions.confidence, plans.id AS plan, plans.number AS plan_number, plans.attached_to, plans.title AS "
        "plan_title, plans.province, plans.current_province, plans.issuer, plans.issued_on, plans.file_name FROM "
        "provisions JOIN plans ON plans.id = provisions.plan JOIN evidence ON evidence.id = provisions.evidence "
        "WHERE plans.is_current"
    ),
    "assignments": (
        "SELECT roles.id, roles.role, roles.name AS named, agencies.name AS agency, agencies.key AS agency_key, "
        "agencies.kind AS agency_kind, agencies.level, agencies.sector, provisions.id AS provision, "
        "provisions.ref, provisions.kind, evidence.page, CAST(provisions.headings AS TEXT) AS headings, "
        "provisions.text, plans.id AS plan, plans.number AS plan_number, plans.attached_to, plans.title AS "
        "plan_title, plans.province, plans.current_province, plans.issuer, plans.issued_on, plans.file_name FROM "
        "provisions JOIN plans ON plans.id = provisions.plan JOIN evidence ON evidence.id = provisions.evidence "
        "JOIN roles ON roles.provision = provisions.id JOIN agencies ON agencies.id = roles.agency WHERE "
        "plans.is_current"
    ),
    "due": (
        "SELECT occurrences.deadline, occurrences.due_on, occurrences.start_on, deadlines.text AS deadline_text, "
        "deadlines.kind AS deadline_kind, deadlines.recurrence, deadlines.open_ended, provisions.id AS provision, "
        "provisions.ref, provisions.kind, evidence.page, CAST(provisions.headings AS TEXT) AS headings, "
        "provisions.text, plans.id AS plan, plans.number AS plan_number, plans.attached_to, plans.title AS "
        "plan_title, plans.province, plans.current_province, plans.issuer, plans.issued_on, plans.file_name FROM "
        "provisions JOIN plans ON plans.id = provisions.plan JOIN evidence ON evidence.id = provisions.evidence "
        "JOIN deadlines ON deadlines.provision = provisions.id JOIN occurrences ON occurrences.deadline = "
        "deadlines.id WHERE plans.is_current"
    ),
    "goals": (
        "SELECT targets.id, targets.text AS figure, targets.value, targets.value_max, targets.comparison, "
        "targets.unit, targets.of_total, targets.per, targets.direction, targets.subject, targets.statement, "
        "targets.baseline, targets.due, provisions.id AS provision, provisions.ref, provisions.kind, "
        "evidence.page, CAST(provisions.headings AS TEXT) AS headings, provisions.text, plans.id AS plan, "
        "plans.number AS plan_number, plans.attached_to, plans.title AS plan_title, plans.province, "
        "plans.current_province, plans.issuer, plans.issued_on, plans.file_name FROM provisions JOIN plans ON "
        "plans.id = provisions.plan JOIN evidence ON evidence.id = provisions.evidence JOIN targets ON "
        "targets.provision = provisions.id WHERE plans.is_current"
    ),
}

# Words with and without accents, words of the headings, and tags for filters. Without content of its own: the words
# are in the items. An item that is gone leaves its words behind, which find nothing.
# What a transaction writes is one part of the index (of up to 32 MiB), and sixteen parts are made one. By default parts
# have 1 MiB and four are made one: in a store of 100,000 plans that slowed loading by a sixth.
SQLITE = (
    "CREATE VIRTUAL TABLE provision_search USING fts5(words, exact, heads, tags, content='', "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '-_:.%/'\")",
    "INSERT INTO provision_search (provision_search, rank) VALUES ('hashsize', 33554432), ('automerge', 0)",
)
POSTGRESQL = (
    "CREATE TABLE provision_search (id integer PRIMARY KEY, words tsvector NOT NULL, exact tsvector NOT NULL)",
    "CREATE INDEX provision_search_words ON provision_search USING gin (words)",
    "CREATE INDEX provision_search_exact ON provision_search USING gin (exact)",
)


def upgrade() -> None:
    """Make all tables."""
    _tables()
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "agencies",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("key", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("name_key", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("level", Text),
        Column("sector", Text),
        Column("collective", Boolean, nullable=False),
        Column("place", Text),
        Column("place_name", Text),
        Column("province_code", Text),
        Column("current_province_code", Text),
        Column("successor", Text),
        Column("named_on", Date),
        PrimaryKeyConstraint("id"),
        UniqueConstraint("key"),
    )
    op.create_index("agencies_body", "agencies", ["body"])
    op.create_index("agencies_kind", "agencies", ["kind", "sector"])
    op.create_table(
        "counters",
        Column("name", Text, nullable=False),
        Column("value", Integer, nullable=False),
        PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "plans",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan_id", Text, nullable=False),
        Column("work", Integer, nullable=False),
        Column("status", Text, nullable=False),
        Column("stated_status", Text),
        Column("is_current", Boolean, nullable=False),
        Column("document_type", Text),
        Column("number", Text),
        Column("attached_to", Text),
        Column("title", Text),
        Column("issuer", Text),
        Column("issuer_agency", Integer),
        Column("parent_issuer", Text),
        Column("province_code", Text),
        Column("province", Text),
        Column("current_province_code", Text),
        Column("current_province", Text),
        Column("place", Text),
        Column("issued_on", Date),
        Column("period", Text),
        Column("period_start", Date),
        Column("period_end", Date),
        Column("signer", Text),
        Column("signer_position", Text),
        Column("signer_capacity", JSON, nullable=False),
        Column("file_name", Text, nullable=False),
        Column("sha256", Text, nullable=False),
        Column("media_type", Text, nullable=False),
        Column("page_count", Integer),
        Column("schema_version", Text, nullable=False),
        Column("json_sha256", Text, nullable=False),
        Column("title_key", Text, nullable=False),
        Column("loaded_at", DateTime, nullable=False),
        ForeignKeyConstraint(["issuer_agency"], ["agencies.id"]),
        PrimaryKeyConstraint("id"),
        UniqueConstraint("sha256"),
    )
    op.create_index("plans_issued_on", "plans", ["issued_on"])
    op.create_index("plans_document_type", "plans", ["document_type"])
    op.create_index("plans_names", "plans", ["plan_id", "number", "attached_to", "file_name"])
    op.create_index("plans_number", "plans", ["number"])
    op.create_index("plans_attached_to", "plans", ["attached_to"])
    op.create_index("plans_file_name", "plans", ["file_name"])
    op.create_index("plans_province_code", "plans", ["province_code"])
    op.create_index("plans_title_key", "plans", ["title_key"])
    op.create_index("plans_work", "plans", ["work"])
    op.create_table(
        "evidence",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan", Integer, nullable=False),
        Column("page", Integer),
        Column("start_offset", Integer, nullable=False),
        Column("end_offset", Integer, nullable=False),
        Column("quote", Text, nullable=False),
        Column("boxes", JSON, nullable=False),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("evidence_plan", "evidence", ["plan"])
    op.create_table(
        "pages",
        Column("plan", Integer, autoincrement=False, nullable=False),
        Column("page", Integer, autoincrement=False, nullable=False),
        Column("text_origin", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("confidence", Float),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("plan", "page"),
    )
    op.create_table(
        "recipients",
        Column("plan", Integer, autoincrement=False, nullable=False),
        Column("position", Integer, autoincrement=False, nullable=False),
        Column("name", Text, nullable=False),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("plan", "position"),
    )
    op.create_table(
        "source_tables",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("record", JSON, nullable=False),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("source_tables_plan", "source_tables", ["plan"])
    op.create_table(
        "warnings",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("code", Text, nullable=False),
        Column("message", Text, nullable=False),
        Column("page", Integer),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("warnings_plan", "warnings", ["plan"])
    op.create_table(
        "citations",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("document_type", Text),
        Column("number", Text),
        Column("issued_on", Date),
        Column("issuer", Text),
        Column("title", Text),
        Column("evidence", Integer, nullable=False),
        ForeignKeyConstraint(["evidence"], ["evidence.id"]),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("citations_plan", "citations", ["plan"])
    op.create_table(
        "metadata_evidence",
        Column("plan", Integer, autoincrement=False, nullable=False),
        Column("field", Text, nullable=False),
        Column("evidence", Integer, nullable=False),
        ForeignKeyConstraint(["evidence"], ["evidence.id"]),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("plan", "field"),
    )
    op.create_table(
        "sections",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("ref", Text, nullable=False),
        Column("number", Text),
        Column("title", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("parent", Text),
        Column("evidence", Integer, nullable=False),
        ForeignKeyConstraint(["evidence"], ["evidence.id"]),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("sections_plan", "sections", ["plan"])
    op.create_table(
        "provisions",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan", Integer, nullable=False),
        Column("section", Integer),
        Column("kind", Text, nullable=False),
        Column("position", Integer, nullable=False),
        Column("ref", Text, nullable=False),
        Column("number", Text),
        Column("ordinal", Integer),
        Column("headings", JSON, nullable=False),
        Column("text", Text, nullable=False),
        Column("result", Text),
        Column("refers_to", JSON, nullable=False),
        Column("confidence", Float, nullable=False),
        Column("lowered_by", JSON, nullable=False),
        Column("evidence", Integer, nullable=False),
        ForeignKeyConstraint(["evidence"], ["evidence.id"]),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        ForeignKeyConstraint(["section"], ["sections.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("provisions_plan", "provisions", ["plan"])
    op.create_table(
        "deadlines",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan", Integer, nullable=False),
        Column("provision", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("text", Text, nullable=False),
        Column("kind", Text),
        Column("start_on", Date),
        Column("end_on", Date),
        Column("edtf", Text),
        Column("recurrence", Text),
        Column("open_ended", Boolean, nullable=False),
        Column("evidence", Integer, nullable=False),
        ForeignKeyConstraint(["evidence"], ["evidence.id"]),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        ForeignKeyConstraint(["provision"], ["provisions.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("deadlines_plan", "deadlines", ["plan"])
    op.create_index("deadlines_provision", "deadlines", ["provision"])
    op.create_table(
        "roles",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan", Integer, nullable=False),
        Column("provision", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("agency", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("agency_id", Text, nullable=False),
        Column("role", Text, nullable=False),
        Column("stated_in", Text, nullable=False),
        Column("evidence", Integer, nullable=False),
        ForeignKeyConstraint(["agency"], ["agencies.id"]),
        ForeignKeyConstraint(["evidence"], ["evidence.id"]),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        ForeignKeyConstraint(["provision"], ["provisions.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("roles_agency", "roles", ["agency", "role"])
    op.create_index("roles_plan", "roles", ["plan"])
    op.create_index("roles_provision", "roles", ["provision"])
    op.create_table(
        "targets",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("plan", Integer, nullable=False),
        Column("provision", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("text", Text, nullable=False),
        Column("value", Float, nullable=False),
        Column("value_max", Float),
        Column("comparison", Text, nullable=False),
        Column("unit", Text),
        Column("unit_key", Text),
        Column("of_total", Float),
        Column("per", Text),
        Column("direction", Text, nullable=False),
        Column("subject", Text),
        Column("statement", Text, nullable=False),
        Column("baseline", Text),
        Column("due", Text),
        Column("evidence", Integer, nullable=False),
        ForeignKeyConstraint(["evidence"], ["evidence.id"]),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        ForeignKeyConstraint(["provision"], ["provisions.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("targets_plan", "targets", ["plan"])
    op.create_index("targets_provision", "targets", ["provision"])
    op.create_index("targets_unit_key", "targets", ["unit_key"])
    op.create_table(
        "occurrences",
        Column("deadline", Integer, autoincrement=False, nullable=False),
        Column("due_on", Date, nullable=False),
        Column("start_on", Date),
        Column("plan", Integer, nullable=False),
        Column("provision", Integer, nullable=False),
        ForeignKeyConstraint(["deadline"], ["deadlines.id"]),
        ForeignKeyConstraint(["plan"], ["plans.id"]),
        ForeignKeyConstraint(["provision"], ["provisions.id"]),
        PrimaryKeyConstraint("deadline", "due_on"),
    )
    op.create_index("occurrences_due", "occurrences", ["due_on"])
    op.create_index("occurrences_plan", "occurrences", ["plan"])
    op.create_index("occurrences_provision", "occurrences", ["provision"])
    # ### end Alembic commands ###
