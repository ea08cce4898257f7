import asyncio
from pathlib import Path

import pytest
from datasette.app import Datasette

from pipeline.store.datasette import FACETS, datasette_metadata
from pipeline.store.tables import counters, metadata
from pipeline.store.tables.counts import counted
from pipeline.store.views import VIEWS
from tests.store.conftest import OUTPUTS, fill


@pytest.fixture(scope="module")
def get(tmp_path_factory):
    """What Datasette answers for a path of the store of outputs/."""
    path = Path(tmp_path_factory.mktemp("datasette")) / "plans.db"
    fill(str(path), OUTPUTS)
    served = Datasette([str(path)], metadata=datasette_metadata())

    async def answer(where):
        await served.invoke_startup()
        return await served.client.get(where)

    return lambda where: asyncio.run(answer(where))


@pytest.mark.parametrize("name", [*metadata.tables, *VIEWS])
def test_every_table_and_view_opens(get, name):
    assert get(f"/plans/{name}?_size=3").status_code == 200


def test_every_column_is_described(get):
    tables = datasette_metadata()["databases"]["plans"]["tables"]
    for name, table in metadata.tables.items():
        assert set(tables[name]["columns"]) == {column.name for column in table.columns}
    for name, query in VIEWS.items():
        assert set(tables[name]["columns"]) == {column.name for column in query.selected_columns}
    assert all(tables[name]["hidden"] for name in (counters.name, *counted.tables))


@pytest.mark.parametrize(("name", "columns"), FACETS.items())
def test_facets_are_columns(name, columns):
    known = metadata.tables[name].columns if name in metadata.tables else VIEWS[name].selected_columns
    assert set(columns) <= {column.name for column in known}


def test_items_are_searched(get):
    found = get("/plans/provisions.json?_search=thu+vien+cap+xa&_shape=objects&_size=50").json()
    assert found["rows"]
    assert all("thư viện" in row["text"].lower() for row in found["rows"])


def test_units_are_shown(get):
    assert "page" in get("/plans/plans?_size=3&page_count__isblank=0").text
