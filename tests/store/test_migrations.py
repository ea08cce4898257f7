from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from pipeline.store import migrations
from pipeline.store.database import HEAD, open_store
from pipeline.store.migrations.versions import __path__ as versions
from pipeline.store.tables import metadata
from pipeline.store.views import VIEWS


def ours(thing, name, kind, reflected, against):
    """Not the full-text index, and what SQLite keeps beside it."""
    return not (kind == "table" and (name.startswith("provision_search") or name == "alembic_version"))


def test_the_migrations_make_the_tables_of_the_code(address):
    with open_store(address, write=True) as store, store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        differences = compare_metadata(context, metadata)
        assert [one for one in differences if "comment" not in str(one[0])] == []


def test_the_migrations_make_the_views_of_the_code(address):
    with open_store(address, write=True) as store, store.reading() as connection:
        for name, query in VIEWS.items():
            found = connection.execute(text(f"SELECT * FROM {name}"))
            assert list(found.keys()) == [column.name for column in query.selected_columns]


def test_views_are_those_of_the_last_migration():
    from importlib import import_module

    module = import_module("pipeline.store.migrations.versions.0001_first_tables")
    for name, query in VIEWS.items():
        compiled = str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
        assert " ".join(compiled.split()).replace('"plan"', "plan") == module.VIEWS[name]


def test_the_newest_migration_is_the_one_the_code_knows():
    folder = migrations.__path__[0]
    assert ScriptDirectory(folder).get_current_head() == HEAD
    assert list(versions)[0].startswith(folder)
