"""Plans by their numbers, slugs and file names."""

import json
import unicodedata

import pytest

from pipeline.store.database import open_store
from pipeline.store.query.plan_names import bearing
from pipeline.store.query.searching import search
from pipeline.store.reading import named_plans
from tests.store.conftest import OUTPUTS, fill

NAMED = ("140/KH-UBND", "596/QĐ-UBND", "can-tho/ubnd/2023/140-kh-ubnd", "hai-phong-2023.txt", "hai-phong-2023")


@pytest.mark.parametrize("name", NAMED)
def test_plans_are_found_by_name_in_any_case(corpus, name):
    found = {hit.plan for hit in search(database=corpus, plan=name, limit=1000)}
    assert len(found) == 1
    decomposed = unicodedata.normalize("NFD", name.lower())
    for other in (name.lower(), name.upper(), f" {name} ", decomposed):
        assert {hit.plan for hit in search(database=corpus, plan=other, limit=1000)} == found
        with open_store(corpus) as store, store.reading() as connection:
            assert {number for number, _, _ in named_plans(connection, other)} == found


@pytest.mark.parametrize("name", ["140/KH-UBN_", "140/KH%", "_40/kh-ubnd", "596/QD-UBND", "hai-phong-2023.t", "\\"])
def test_a_name_is_whole_and_its_signs_stand_for_themselves(corpus, name):
    assert not search(database=corpus, plan=name)


def numbered(folder, *numbers):
    """A store of plans with these numbers, each about something else."""
    for at, number in enumerate(numbers):
        plan = json.loads((OUTPUTS / "lai-chau-2023.json").read_text(encoding="utf-8"))
        plan["metadata"] |= {"number": number, "title": f"Kế hoạch {at}", "issued_on": f"20{at + 20}-01-01"}
        plan["source"] |= {"sha256": f"{at:064}", "file_name": f"{at}.txt"}
        plan["plan_id"] = f"lai-chau/{at}"
        (folder / f"{at}.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    address = str(folder / "plans.db")
    fill(address, folder)
    return address


def test_a_name_as_it_is_written_comes_before_one_in_another_case(tmp_path):
    address = numbered(tmp_path, "7/KH-UBND", "7/kh-ubnd")
    for name, files in {"7/KH-UBND": {"0.txt"}, "7/kh-ubnd": {"1.txt"}, "7/Kh-Ubnd": {"0.txt", "1.txt"}}.items():
        assert {hit.file_name for hit in search(database=address, plan=name, limit=1000)} == files


@pytest.mark.parametrize(
    ("name", "files"),
    [("ke-hoach", ["ke-hoach.pdf"]), ("Ke-Hoach", ["ke-hoach.pdf"]), ("ke-hoach.1", [])],
)
def test_a_file_is_named_by_what_stands_before_its_ending(address, tmp_path, name, files):
    for at, file_name in enumerate(("ke-hoach.pdf", "ke-hoach-2.pdf", "ke-hoach2.pdf", "ke hoach.pdf")):
        plan = json.loads((OUTPUTS / "lai-chau-2023.json").read_text(encoding="utf-8"))
        plan["source"] |= {"sha256": f"{at:064}", "file_name": file_name}
        (tmp_path / f"{at}.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    fill(address, *sorted(tmp_path.glob("*.json")))
    with open_store(address) as store, store.reading() as connection:
        ids = bearing(connection, name)
        found = {number: file for number, _, file in named_plans(connection, name)}
    assert sorted(found) == ids
    assert list(found.values()) == files


def test_many_plans_of_one_number_are_all_found(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.store.query.filters._MANY", 2)
    address = numbered(tmp_path, *["7/KH-UBND"] * 4)
    assert len({hit.file_name for hit in search(database=address, plan="7/KH-UBND", limit=1000)}) == 4
