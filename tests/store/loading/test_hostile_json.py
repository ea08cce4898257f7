"""JSON that means harm: each file is loaded whole, or refused with a code and its name, and costs no other."""

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pipeline.schema.rendering import plan_json
from pipeline.store.database import open_store
from pipeline.store.query.searching import search
from pipeline.store.reading import read_plan
from pipeline.store.tables import metadata, plans, provisions
from tests.plans import a_plan
from tests.store.conftest import fill

PROJECT = Path(__file__).parents[3]
GOOD = json.loads(plan_json(a_plan()))
SQL = "'; DROP TABLE plans; --"
FTS = '" OR NEAR(a b) * ^ - : {text} AND'
HOSTILE = {
    "no number": "NaN",
    "endless": "1e999",
    "32 bits": str(2**31),
    "64 bits": str(2**63),
    "30 digits": str(-(10**30)),
    "5000 digits": "9" * 5000,
    "half": "1.5",
    "true": "true",
    "null": "null",
    "list": "[]",
    "object": "{}",
    "deep list": "[" * 10_000 + "]" * 10_000,
    "deep object": '{"a":' * 10_000 + "1" + "}" * 10_000,
    "empty": '""',
    "nul": json.dumps("a\0b"),
    "surrogate": '"a\\ud800b"',
    "sql": json.dumps(SQL),
    "fts": json.dumps(FTS),
    "path": '"../../../../etc/passwd"',
    "copy": json.dumps("\\.\t\\N\n"),
    "direction": json.dumps("\u202e\u2028\x85\x1b[2J"),
    "long": json.dumps("ạ x" * 100_000),
    "last day": '"9999-12-31"',
    "no day": '"2023-02-30"',
    "each second": '"FREQ=SECONDLY;COUNT=999999999"',
    "far years": '"y-17E7"',
}
"""What stands in place of a value, as JSON."""


def places(value, path=()):
    """The paths of all values, those of lists and objects too; of a list the first."""
    yield path
    some = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for name, one in some:
        yield from places(one, (*path, name))


def spoilt(number, path, written):
    """The plan of another file with something else at a place."""
    plan = json.loads(json.dumps(GOOD))
    plan["source"]["sha256"] = f"{number:064x}"
    plan["metadata"] |= {"number": f"{number}/KH-UBND", "title": f"Kế hoạch thứ {number} về {number} việc"}
    within = plan
    for name in path[:-1]:
        within = within[name]
    within[path[-1]] = "HERE"
    return json.dumps(plan).replace('"HERE"', written)


def whole(address):
    """How many plans a store has, each with all its rows and readable."""
    with open_store(address) as store, store.reading() as connection:
        numbers = connection.scalars(select(plans.c.id)).all()
        for number in numbers:
            read_plan(connection, number)
        for name, table in metadata.tables.items():
            for key in table.foreign_keys:
                there = select(key.column)
                lost = select(func.count()).where(key.parent.is_not(None), key.parent.not_in(there))
                assert connection.scalar(lost) == 0, (name, key.parent.name)
        return len(numbers)


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_value_anywhere_is_loaded_whole_or_refused_by_name(address, tmp_path, kind):
    for number, path in enumerate(places(GOOD)):
        if path:
            (tmp_path / f"{number:03}.json").write_text(spoilt(number, path, HOSTILE[kind]), encoding="utf-8")
    found = fill(address, *sorted(tmp_path.glob("*.json")))
    refused = [one for one in found if one.error]
    assert len(found) > 80
    assert {one.error.code for one in refused} <= {"E710", "E711", "E712"}
    assert all(one.path in one.error.text() for one in refused)
    assert all(len(one.error.text()) < 1000 for one in refused)
    assert whole(address) == len(found) - len(refused)


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan["tasks"].extend(plan["tasks"] * 2),
        lambda plan: plan["sections"].extend(plan["sections"]),
        lambda plan: plan["sections"][0].update(parent=plan["sections"][0]["id"]),
        lambda plan: plan["source"]["pages"].extend(plan["source"]["pages"]),
        lambda plan: plan["metadata"].update(evidence={}),
        lambda plan: plan["tasks"][0].update(section="none"),
    ],
    ids=["tasks", "sections", "a section in itself", "pages", "no evidence", "no section"],
)
def test_what_is_there_twice_or_refers_to_nothing_is_loaded_whole_or_refused(address, tmp_path, change):
    plan = json.loads(json.dumps(GOOD))
    change(plan)
    (tmp_path / "a.json").write_text(json.dumps(plan), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(GOOD | {"source": GOOD["source"] | {"sha256": "b" * 64}}))
    first, second = fill(address, tmp_path / "a.json", tmp_path / "b.json")
    assert (first.error and first.error.code) in (None, "E711", "E712")
    assert second.error is None
    assert whole(address) == 2 - bool(first.error)


@pytest.mark.parametrize("words", [SQL, FTS, "*", '"', "NEAR(", "a\0b", "\ud800", "(" * 5000])
def test_what_is_searched_for_is_words_whatever_it_looks_like(address, tmp_path, words):
    plan = json.loads(json.dumps(GOOD))
    plan["tasks"][0]["text"] = f"{SQL} {FTS} NEAR"
    (tmp_path / "a.json").write_text(json.dumps(plan), encoding="utf-8")
    fill(address, tmp_path / "a.json")
    search(words, database=address)
    assert whole(address) == 1


LOADER = """
import sys
from pathlib import Path
from pipeline.store.database import open_store
from pipeline.store.loading import load
load.BATCH = 5
with open_store(sys.argv[1], write=True) as store:
    list(load.Loader(store).load(sorted(Path(sys.argv[2]).glob("*.json"))))
"""


@pytest.mark.slow
@pytest.mark.parametrize("others", [0, 1], ids=["alone", "beside another"])
def test_a_loader_that_is_killed_leaves_whole_plans_and_another_goes_on(address, tmp_path, others):
    for number in range(120):
        (tmp_path / f"{number:03}.json").write_text(spoilt(number, ("plan_id",), f'"x/{number}"'), encoding="utf-8")
    with open_store(address, write=True):
        pass
    command = [sys.executable, "-c", LOADER, address, str(tmp_path)]
    started = [subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) for _ in range(1 + others)]
    while whole(address) < 10 and started[0].poll() is None:
        time.sleep(0.1)  # all that is there is looked through each time
    started[0].kill()  # it may have ended
    started[0].communicate()
    for other in started[1:]:
        assert other.wait() == 0, other.communicate()[1]
    there = whole(address)
    assert there == 120 if others else there % 5 == 0
    outcomes = Counter(one.outcome for one in fill(address, tmp_path))
    assert outcomes == Counter({"unchanged": there, "added": 120 - there})
    with open_store(address) as store, store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(provisions)) == 120 * len(GOOD["tasks"])
