import lzma
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, select, text
from sqlalchemy.dialects import postgresql

from pipeline.store import migrations
from pipeline.store.database import HEAD, open_store
from pipeline.store.migrations.versions import __path__ as versions
from pipeline.store.query.searching import search
from pipeline.store.reading import read_plan
from pipeline.store.tables import agencies, metadata, plans
from pipeline.store.tables.counts import counted
from pipeline.store.views import VIEWS
from tests.store.conftest import OUTPUTS, fill
from tests.store.loading.test_counting import checked


def ours(thing, name, kind, reflected, against):
    """Not the full-text index, and what SQLite keeps beside it."""
    return not (
        kind == "table"
        and (name.startswith(("provision_search", "provision_words", "plan_search")) or name == "alembic_version")
    )


def test_the_migrations_make_the_tables_of_the_code(unmade):
    with open_store(unmade, write=True) as store, store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        differences = compare_metadata(context, [metadata, counted])
        assert [one for one in differences if "comment" not in str(one[0])] == []


def test_the_migrations_make_the_views_of_the_code(unmade):
    with open_store(unmade, write=True) as store, store.reading() as connection:
        for name, query in VIEWS.items():
            found = connection.execute(text(f"SELECT * FROM {name}"))
            assert list(found.keys()) == [column.name for column in query.selected_columns]


def test_views_are_those_of_the_last_migration():
    from importlib import import_module

    module = import_module("pipeline.store.migrations.versions.0002_contract_2")
    for name, query in VIEWS.items():
        compiled = str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
        assert " ".join(compiled.split()).replace('"plan"', "plan") == module.VIEWS[name]


def test_the_newest_migration_is_the_one_the_code_knows():
    folder = migrations.__path__[0]
    assert ScriptDirectory(folder).get_current_head() == HEAD
    assert list(versions)[0].startswith(folder)


OLD = (
    "INSERT INTO agencies (id, key, name, name_key, body, kind, collective) "
    "VALUES (1, 'x', 'Sở Tài chính tỉnh Lai Châu', 'x', 'x', 'department', false)",
    "INSERT INTO plans (id, plan_id, work, status, is_current, document_type, number, title, issuer, province_code, "
    "province, current_province_code, current_province, issued_on, signer_capacity, file_name, sha256, media_type, "
    "schema_version, json_sha256, title_key, loaded_at) VALUES (1, 'lai-chau/2023/5-kh-ubnd', 1, 'signed', true, "
    "'Kế hoạch', '5/KH-UBND', 'Phát triển văn hóa đọc', 'Ủy ban nhân dân tỉnh Lai Châu', 'VN-01', 'Lai Châu', 'VN-01', "
    "'Lai Châu', '2023-02-01', '[]', 'kh.pdf', 'a', 'application/pdf', '1.1', 'b', 'phat trien van hoa doc', "
    "'2024-01-01 00:00:00')",
    "INSERT INTO evidence (id, plan, start_offset, end_offset, quote, boxes) "
    "VALUES (1, 1, 0, 30, 'STC báo cáo trước 30/11', '[]'), (2, 1, 0, 3, 'STC', '[]')",
    "INSERT INTO provisions "
    "(id, plan, kind, position, ref, headings, text, refers_to, confidence, lowered_by, evidence) VALUES "
    """(1, 1, 'task', 0, 'I.1', '[]', 'STC báo cáo trước 30/11', '[]', 0.8, '["W405", "W305"]', 1)""",
    "INSERT INTO roles (id, plan, provision, position, agency, name, agency_id, role, stated_in, evidence) "
    "VALUES (1, 1, 1, 0, 1, 'Sở Tài chính', 'so-tai-chinh', 'responsible', 'text', 2)",
    "INSERT INTO recipients (plan, position, name) VALUES (1, 0, 'Lưu: VT')",
    "INSERT INTO pages (plan, page, text_origin, reason) VALUES (1, 1, 'ocr', 'the page is a picture')",
    "INSERT INTO warnings (id, plan, position, code, message) VALUES (1, 1, 0, 'W303', 'cut off'), "
    "(2, 1, 1, 'W402', 'no number')",
)


def test_a_store_of_contract_1_1_is_brought_over(unmade):
    driven = unmade.replace("postgresql:", "postgresql+psycopg:") if "://" in unmade else f"sqlite:///{unmade}"
    before = create_engine(driven)
    with before.begin() as connection:
        migrations.upgrade(connection, "0001")
        for statement in OLD:
            connection.execute(text(statement.replace(":", "\\:")))
    before.dispose()
    with open_store(unmade, write=True) as store:
        with store.reading() as connection:
            plan = read_plan(connection, 1)
            row = connection.execute(select(plans)).mappings().one()
        assert (row["status"], row["items"], row["cut_off"], row["number_key"]) == (
            "signed",
            1,
            True,
            "vn-01/2023/5/kh-ubnd",
        )
        [task] = plan.tasks
        assert [(one.code, one.params) for one in task.doubts] == [("W405", {}), ("W305", {})]
        [agency] = task.agencies
        assert (agency.printed, agency.name, agency.key, agency.confidence) == ("STC", "Sở Tài chính", None, 0.8)
        assert [(one.code, one.severity, one.params) for one in plan.warnings] == [
            ("W303", "lost", {"message": "cut off"}),
            ("W402", "doubtful", {"message": "no number"}),
        ]
        assert [one.text for one in plan.metadata.recipients] == ["Lưu: VT"]
        assert search("5/kh-ubnd", database=store).plans[0].title == "Phát triển văn hóa đọc"


@pytest.fixture
def store_of_0002(unmade):
    """A store that kehoach made when its tables were of version 0002; PostgreSQL's is a dump of it.

    It holds one plan, which prints "quĩ đất", "kĩ năng" and "quản lí" in some places, "quỹ đất" in others.
    """
    data = Path(__file__).parents[1] / "data"
    if "://" not in unmade:
        with lzma.open(data / "store-0002.db.xz") as packed, Path(unmade).open("wb") as made:
            shutil.copyfileobj(packed, made)
        return unmade
    engine = create_engine(unmade.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection, lzma.open(data / "store-0002.sql.xz", "rt", encoding="utf-8") as dump:
        connection.connection.cursor().execute(dump.read())
    engine.dispose()
    return unmade


def shown(found):
    """What is marked in the passages of a search."""
    return [hit.passage.text[low:high] for hit in found for low, high in hit.passage.marks]


def test_a_store_made_before_finds_i_for_y(store_of_0002):
    with open_store(store_of_0002, write=True) as store:
        for words in ("quĩ đất", "quỹ đất", "qui dat", "quy dat"):
            found = search(words, database=store)
            assert [one.ref for one in found.hits] == ["I.1", "II.1"], words
            assert not found.accents_ignored
            assert shown(found) == ["quĩ đất", "quĩ đất"]
        assert [one.title for one in found.plans] == ["Quản lí quĩ đất công ích năm 2024"]
        assert sorted(shown(search("kĩ thuật", database=store))) == ["Kĩ thuật", "kỹ thuật"]
        assert [one.ref for one in search(database=store, unit="kỳ/quý kiểm tra").hits] == ["I.2"]
        assert [one.ref for one in search("công tác quĩ", database=store).hits] == ["II.1"]  # its heading has quỹ
        assert not search("tay đe", database=store).hits[1:]
        with store.reading() as connection:
            assert "lien hiep hoi ky thuat tinh lai chau" in set(connection.scalars(select(agencies.c.name_key)))
            assert connection.scalar(select(plans.c.title_key)) == "quan ly quy dat cong ich nam 2024"
            assert read_plan(connection, 1).metadata.title == "Quản lí quĩ đất công ích năm 2024"


def test_a_store_made_before_is_counted(store_of_0002):
    with open_store(store_of_0002, write=True):
        pass
    assert any(checked(store_of_0002).values())


def test_a_store_made_before_takes_what_comes(store_of_0002):
    with open_store(store_of_0002, write=True) as store:
        before = len(search("quy", database=store).hits)
    [loaded] = fill(store_of_0002, OUTPUTS / "lai-chau-2023.json")
    assert loaded.outcome == "added"
    with open_store(store_of_0002) as store:
        assert len(search("qui", database=store, province="Lai Châu", limit=100).hits) > before
