import json

import pytest
from sqlalchemy import select

from pipeline.store.database import open_store
from pipeline.store.tables import plans
from tests.store.conftest import OUTPUTS, fill

PATH = OUTPUTS / "can-tho-2023.json"


def variant(folder, mark, **metadata):
    """The same plan from another file, with other fields in its record."""
    plan = json.loads(PATH.read_text(encoding="utf-8"))
    plan["source"]["sha256"] = mark * 64
    plan["source"]["file_name"] = f"{mark}.pdf"
    plan["plan_id"] = metadata.pop("plan_id", plan["plan_id"])
    plan["metadata"] |= metadata
    plan["metadata"]["evidence"] = {
        name: place for name, place in plan["metadata"]["evidence"].items() if plan["metadata"][name]
    }
    made = folder / f"{mark}.json"
    made.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return made


DRAFT = {"number": "/KH-UBND", "issued_on": None, "plan_id": "sha256/0123456789abcdef"}


def state(address):
    """File -> its work, status, and whether it counts."""
    with open_store(address) as store, store.reading() as connection:
        columns = (plans.c.file_name, plans.c.work, plans.c.status, plans.c.is_current)
        return {row.file_name[0]: tuple(row)[1:] for row in connection.execute(select(*columns))}


@pytest.mark.parametrize(
    ("record", "status"),
    [
        ({"number": None, "attached_to": "596/QĐ-UBND"}, "signed"),  # issued with a decision, it has no number itself
        ({"number": None, "attached_to": "/QĐ-UBND"}, "draft"),
        ({"number": "/KH-UBND"}, "draft"),
        ({"number": None}, "draft"),
    ],
)
def test_a_serial_number_of_its_own_or_of_its_decision_makes_a_plan_a_signed_one(address, tmp_path, record, status):
    fill(address, variant(tmp_path, "a", plan_id="sha256/0123456789abcdef", **record))
    assert state(address)["a"][1] == status


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_the_signed_plan_counts_before_its_draft(address, tmp_path, order):
    files = {"a": variant(tmp_path, "a", **DRAFT), "b": variant(tmp_path, "b")}
    outcomes = [one.outcome for name in order for one in fill(address, files[name])]
    assert outcomes == ["added", "version"]
    found = state(address)
    assert found["a"][0] == found["b"][0]
    assert {name: one[1:] for name, one in found.items()} == {"a": ("draft", False), "b": ("signed", True)}


def test_of_two_signed_copies_the_newer_counts(address, tmp_path):
    fill(address, variant(tmp_path, "a"), variant(tmp_path, "b"))
    assert {name: one[2] for name, one in state(address).items()} == {"a": False, "b": True}


def test_a_corrected_copy_counts_before_the_signed_one(address, tmp_path):
    fill(address, variant(tmp_path, "a"), status="corrected")
    fill(address, variant(tmp_path, "b"))
    assert {name: one[1:] for name, one in state(address).items()} == {"a": ("corrected", True), "b": ("signed", False)}


def test_the_same_number_about_something_else_is_another_plan(address, tmp_path):
    fill(address, variant(tmp_path, "a"))
    [found] = fill(address, variant(tmp_path, "b", title="Phòng, chống dịch bệnh trên gia súc, gia cầm"))
    assert (found.outcome, [one.code for one in found.notices]) == ("added", ["W701"])
    assert "a.pdf" in found.notices[0].text()
    assert all(one[2] for one in state(address).values())


def test_the_same_title_of_another_province_is_another_plan(address, tmp_path):
    other = {"code": "VN-49", "name": "Vĩnh Long", "current_name": "Vĩnh Long", "current_code": "VN-49"}
    fill(address, variant(tmp_path, "a"), variant(tmp_path, "b", **DRAFT, province=other))
    assert all(one[2] for one in state(address).values())


def test_the_same_title_of_another_year_is_another_plan(address, tmp_path):
    fill(address, variant(tmp_path, "a"), variant(tmp_path, "b", number="7/KH-UBND", plan_id="can-tho/2024/7-kh-ubnd"))
    assert all(one[2] for one in state(address).values())


def test_a_plan_that_leaves_its_versions_lets_another_count(address, tmp_path):
    fill(address, variant(tmp_path, "a"), variant(tmp_path, "b"))
    fill(address, variant(tmp_path, "b", title="Phòng, chống dịch bệnh trên gia súc, gia cầm", plan_id="x/y/z"))
    found = state(address)
    assert found["a"][2] and found["b"][2]
    assert found["a"][0] != found["b"][0]


def test_loading_again_keeps_a_version_in_its_place(address, tmp_path):
    files = (variant(tmp_path, "a", **DRAFT), variant(tmp_path, "b"))
    fill(address, *files)
    before = state(address)
    fill(address, *files, again=True)
    assert state(address) == before
