"""What is counted as plans come, go and change is what is counted of all of them anew."""

import json

import pytest
from sqlalchemy import delete, select

from pipeline.store.database import open_store
from pipeline.store.loading.counting import count_in
from pipeline.store.managing import remove_plan, use_version
from pipeline.store.tables import plans
from pipeline.store.tables.counts import counted
from tests.store.conftest import OUTPUTS, fill
from tests.store.loading.test_versions import variant


def counts(connection):
    return {name: sorted(tuple(row) for row in connection.execute(select(one))) for name, one in counted.tables.items()}


def checked(address):
    """The counts of a store, which are those of its plans."""
    with open_store(address, write=True) as store, store.writing() as connection:
        kept = counts(connection)
        for table in counted.tables.values():
            connection.execute(delete(table))
        count_in(connection, connection.scalars(select(plans.c.id).where(plans.c.is_current)).all())
        assert kept == counts(connection)
    return kept


def test_plans_are_counted_as_they_are_loaded(address):
    fill(address, OUTPUTS)
    made = checked(address)
    assert all(made.values())
    fill(address, OUTPUTS, again=True)
    assert checked(address) == made
    with open_store(address, write=True) as store:
        for path in sorted(OUTPUTS.glob("*.json")):
            remove_plan(store, path.stem)
    assert not any(checked(address).values())


def test_the_version_that_counts_is_counted(address, tmp_path):
    fill(address, variant(tmp_path, "a"))
    one = checked(address)
    fill(address, variant(tmp_path, "b", tasks=2))
    assert checked(address) == one
    with open_store(address, write=True) as store:
        use_version(store, "b.pdf")
    other = checked(address)
    assert other != one
    with open_store(address, write=True) as store:
        use_version(store, "b.pdf", chosen=False)
    assert checked(address) == one
    with open_store(address, write=True) as store:
        remove_plan(store, "a.pdf")
    assert checked(address) == other


@pytest.mark.parametrize("value", [None, "", "%", "x" * 300])
def test_units_that_are_missing_or_long_are_counted(address, tmp_path, value):
    plan = json.loads((OUTPUTS / "can-tho-2023.json").read_text(encoding="utf-8"))
    for item in plan["objectives"] + plan["tasks"]:
        for one in item["targets"]:
            one["unit"] = value
    plan["metadata"]["province"] = None
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    fill(address, tmp_path / "plan.json")
    made = checked(address)
    assert {row[0] for rows in made.values() for row in rows} == {""}
    fill(address, OUTPUTS / "can-tho-2023.json")
    checked(address)
