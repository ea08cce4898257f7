import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader
from pipeline.store.tables import plans
from tests.store.conftest import OUTPUTS, empty, fill

PATH = OUTPUTS / "can-tho-2023.json"
TASKS = 12  # of a whole copy; more only take longer to load


def variant(folder, mark, **metadata):
    """The same plan from another file, with other fields in its record; `tasks`: how many of its tasks it has."""
    plan = json.loads(PATH.read_text(encoding="utf-8"))
    plan["source"]["sha256"] = mark * 64
    plan["status"]["value"] = metadata.pop("status", plan["status"]["value"])
    plan["objectives"] = []
    plan["tasks"] = plan["tasks"][:TASKS][: metadata.pop("tasks", None)]
    lost = {"severity": "lost", "params": {}, "page": None, "item": None}
    plan["warnings"] = [{"code": code, **lost} for code in metadata.pop("warnings", ())]
    plan["source"]["file_name"] = f"{mark}.pdf"
    plan["plan_id"] = metadata.pop("plan_id", plan["plan_id"])
    plan["metadata"] |= metadata
    plan["metadata"]["evidence"] = {
        name: place for name, place in plan["metadata"]["evidence"].items() if plan["metadata"][name]
    }
    made = folder / f"{mark}.json"
    made.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return made


TITLE = json.loads(PATH.read_text(encoding="utf-8"))["metadata"]["title"]
DRAFT = {"number": "/KH-UBND", "issued_on": None, "plan_id": "sha256/0123456789abcdef", "status": "draft"}


def state(address):
    """File -> its work, status, and whether it counts."""
    with open_store(address) as store, store.reading() as connection:
        columns = (plans.c.file_name, plans.c.work, plans.c.status, plans.c.is_current)
        return {row.file_name[0]: tuple(row)[1:] for row in connection.execute(select(*columns))}


@pytest.mark.parametrize("status", ["signed", "draft", "unknown"])
def test_a_plan_is_what_was_read_of_it(address, tmp_path, status):
    fill(address, variant(tmp_path, "a", status=status))
    assert state(address)["a"][1] == status


def test_a_plan_that_says_so_corrects_another(address, tmp_path):
    fill(address, variant(tmp_path, "a", title=f"Đính chính {TITLE}"))
    assert state(address)["a"][1] == "corrected"


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_the_signed_plan_counts_before_its_draft(address, tmp_path, order):
    files = {"a": variant(tmp_path, "a", **DRAFT), "b": variant(tmp_path, "b")}
    outcomes = [one.outcome for name in order for one in fill(address, files[name])]
    assert outcomes == ["added", "version"]
    found = state(address)
    assert found["a"][0] == found["b"][0]
    assert {name: one[1:] for name, one in found.items()} == {"a": ("draft", False), "b": ("signed", True)}


@pytest.mark.parametrize("order", ["ab", "ba"])
@pytest.mark.parametrize(
    ("a", "b", "counts"),
    [
        ({"tasks": 2}, {}, "b"),  # a picture of its first page
        ({}, {"tasks": 2}, "a"),
        ({}, {"tasks": -1}, "a"),
        ({"warnings": ["W303"]}, {"tasks": -1}, "b"),
        ({"warnings": ["W303"]}, {"tasks": 2}, "a"),  # what is cut off here is little beside what lacks there
        ({"warnings": ["W201"]}, {"tasks": -1}, "a"),  # a page may be blank
        ({"status": "draft"}, {"tasks": -1}, "b"),
        ({"status": "draft"}, {"tasks": 2}, "a"),
        ({"issued_on": "2023-07-03"}, {"issued_on": "2023-07-04"}, "b"),
    ],
)
def test_the_fuller_copy_counts(address, tmp_path, a, b, counts, order):
    records = {"a": a, "b": b}
    fill(address, *(variant(tmp_path, name, **records[name]) for name in order))
    found = state(address)
    assert found["a"][0] == found["b"][0]
    assert [name for name in "ab" if found[name][2]] == [counts]


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_the_name_of_a_file_decides_nothing(address, tmp_path, names):
    paths = [variant(tmp_path, mark) for mark in "12"]
    for path, name in zip(paths, names, strict=True):
        path.write_text(path.read_text(encoding="utf-8").replace(f'"{path.stem}.pdf"', f'"{name}.pdf"'), "utf-8")
    fill(address, *paths)
    assert [name for name, row in state(address).items() if row[2]] == [names[1]]


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
    other = {"number": "7/KH-UBND", "issued_on": "2024-03-01", "plan_id": "can-tho/ubnd/2024/7-kh-ubnd"}
    fill(address, variant(tmp_path, "a"), variant(tmp_path, "b", **other))
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


LAI_CHAU = {"code": "VN-01", "name": "Lai Châu", "current_name": "Lai Châu", "current_code": "VN-01"}
OF_DISTRICT = {"province": LAI_CHAU, "issuer": {"name": "Ủy ban nhân dân huyện Tam Đường"}}
OF_PROVINCE = {"province": LAI_CHAU, "issuer": {"name": "Ủy ban nhân dân tỉnh Lai Châu"}}


@pytest.mark.parametrize("title", ["Phát triển văn hóa đọc trên địa bàn năm 2023", None])
def test_the_same_number_of_another_issuer_is_another_plan(address, tmp_path, title):
    fill(address, variant(tmp_path, "a", title=title, **OF_PROVINCE))
    [found] = fill(address, variant(tmp_path, "b", title=title, **OF_DISTRICT))
    assert (found.outcome, [one.code for one in found.notices]) == ("added", ["W701"])
    assert all(one[2] for one in state(address).values())


def test_a_draft_joins_one_signed_plan_and_unites_none(address, tmp_path):
    """A plan of one title comes every year, and the draft of one of them hides neither."""
    fill(
        address,
        variant(tmp_path, "a", number="10/KH-UBND", issued_on="2022-07-01", plan_id="can-tho/ubnd/2022/10-kh-ubnd"),
        variant(tmp_path, "b"),
    )
    [found] = fill(address, variant(tmp_path, "c", **(DRAFT | {"issued_on": "2023-06-20"})))
    assert (found.outcome, [one.code for one in found.notices]) == ("version", ["W702"])
    rows = state(address)
    assert (rows["a"][2], rows["b"][2], rows["c"][2]) == (True, True, False)
    assert rows["c"][0] == rows["b"][0] != rows["a"][0]


def test_drafts_of_nobody_known_are_plans_of_their_own(address, tmp_path):
    nothing = {"issuer": None, "province": None, "period": None, "title": "Kế hoạch triển khai công tác năm"}
    fill(address, variant(tmp_path, "a", **DRAFT, **nothing))
    [found] = fill(address, variant(tmp_path, "b", **DRAFT, **nothing))
    assert [one.code for one in found.notices] == ["W703"]
    assert all(one[2] for one in state(address).values())


def test_a_status_that_is_given_is_applied_to_what_is_there(address, tmp_path):
    path = variant(tmp_path, "a")
    fill(address, path)
    assert [one.outcome for one in fill(address, path, status="corrected")] == ["replaced"]
    assert state(address)["a"][1] == "corrected"


def test_a_status_that_was_given_stays(address, tmp_path):
    fill(address, variant(tmp_path, "a"), status="corrected")
    fill(address, variant(tmp_path, "a", place="Ninh Kiều"))
    assert state(address)["a"][1] == "corrected"


VARIANTS = {
    "a": {},
    "b": DRAFT,
    "c": {"number": "10/KH-UBND", "issued_on": "2022-07-01", "plan_id": "can-tho/ubnd/2022/10-kh-ubnd"},
    "d": {"title": None},
    "e": {"title": None, "issuer": None},
    "f": OF_DISTRICT,
    "g": DRAFT | {"issued_on": "2022-06-01"},
    "h": {"title": "Phòng, chống dịch bệnh trên gia súc, gia cầm"},
    "i": {"tasks": 3, "status": "unknown"},
    "j": {"warnings": ["W303"]},
    "k": DRAFT | {"issued_on": "2023-06-20", "tasks": TASKS - 1},
}


def told(path, *loads):
    """The versions in a new store that was given `loads` one after the other: works, and status and whether it counts.

    Each is loaded by a loader of its own, as by a command; the store is opened once, which takes longer than they do.
    """
    address = empty(path)
    with open_store(address, write=True) as store:
        for paths in loads:
            list(Loader(store).load(paths))
    rows = state(address)
    works = {frozenset(one for one in rows if rows[one][0] == rows[name][0]) for name in rows}
    assert all(sum(rows[name][2] for name in together) == 1 for together in works)
    return works, {name: row[1:] for name, row in rows.items()}


@pytest.mark.slow
@given(st.permutations(sorted(VARIANTS)), st.sets(st.sampled_from(sorted(VARIANTS)), min_size=2), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_order_of_loading_changes_nothing(order, chosen, at_once):
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: variant(Path(folder), name, **VARIANTS[name]) for name in sorted(chosen)}
        other = [paths[name] for name in order if name in chosen]
        one_by_one = told(f"{folder}/1.db", *([path] for path in paths.values()))
        assert told(f"{folder}/2.db", *([other] if at_once else ([path] for path in other))) == one_by_one
        works = one_by_one[0]
        for apart in (*("ac", "af", "cf"), "ah"):
            assert not any(set(apart) <= together for together in works)


STEPS = st.lists(st.tuples(st.sampled_from("wxyz"), st.sampled_from(sorted(VARIANTS))), min_size=2, max_size=7)


@pytest.mark.slow
@given(STEPS)
@settings(max_examples=40, deadline=None)
def test_versions_that_changed_are_told_as_if_they_had_never_been_otherwise(steps):
    with tempfile.TemporaryDirectory() as folder:
        loads = []
        for number, (mark, name) in enumerate(steps):
            (Path(folder) / str(number)).mkdir()
            loads.append([variant(Path(folder) / str(number), mark, **VARIANTS[name])])
        last = [path for _, path in sorted({mark: loads[at][0] for at, (mark, _) in enumerate(steps)}.items())]
        assert told(f"{folder}/1.db", *loads) == told(f"{folder}/2.db", last)


@pytest.mark.parametrize("order", ["abc", "cab", "cba", "bca"])
def test_a_plan_that_says_little_links_no_two_that_differ(address, tmp_path, order):
    """A copy whose issuer could not be read fits the province's plan and the district's: it is neither's."""
    title = "Phát triển văn hóa đọc trong cộng đồng trên địa bàn năm 2023"
    records = {"a": OF_PROVINCE, "b": OF_DISTRICT, "c": {"province": LAI_CHAU, "issuer": None}}
    for name in order:
        found = fill(address, variant(tmp_path, name, title=title, **records[name]))
    assert [one.code for one in found[0].notices][:1] == ["W701"]
    assert all(one[2] for one in state(address).values())


def test_a_copy_whose_issuer_could_not_be_read_needs_the_same_title(address, tmp_path):
    title = "Phát triển văn hóa đọc trong cộng đồng trên địa bàn năm 2023"
    fill(address, variant(tmp_path, "a", title=title))
    fill(address, variant(tmp_path, "b", title=title, issuer=None))
    fill(address, variant(tmp_path, "c", title="Phát triển văn hóa đọc trong trường học năm 2023", issuer=None))
    fill(address, variant(tmp_path, "d", title=None, issuer=None))
    rows = state(address)
    assert rows["a"][0] == rows["b"][0]
    assert rows["c"][2] and rows["d"][2]


@pytest.mark.parametrize(
    "issuers",
    [
        ("Ủy ban nhân dân huyện", "Ủy ban nhân dân huyện"),  # of any of its districts
        ("Ủy ban nhân dân huyện", "Ủy ban nhân dân tỉnh Lai Châu"),
        ("Trường THPT số 1", "Trường THPT số 2"),
    ],
)
def test_a_name_that_fits_many_is_no_issuer(address, tmp_path, issuers):
    for mark, name in zip("ab", issuers, strict=True):
        fill(address, variant(tmp_path, mark, title=None, province=LAI_CHAU, issuer={"name": name}))
    assert all(one[2] for one in state(address).values())


def test_a_draft_of_long_ago_is_a_plan_of_its_own(address, tmp_path):
    fill(address, variant(tmp_path, "a"), variant(tmp_path, "b", **(DRAFT | {"issued_on": "2019-06-20"})))
    assert all(one[2] for one in state(address).values())


def test_the_notice_of_a_version_names_the_other_and_the_one_that_counts(address, tmp_path):
    fill(address, variant(tmp_path, "a", **DRAFT))
    [found] = fill(address, variant(tmp_path, "b"))
    [said] = found.notices
    assert dict(said.params) == {"number": TITLE, "file": "a.pdf", "current": "b.pdf"}
    [found] = fill(address, variant(tmp_path, "c", **DRAFT))
    assert dict(found.notices[0].params)["current"] == "b.pdf"


def test_a_plan_that_changed_into_a_version_is_said(address, tmp_path):
    fill(address, variant(tmp_path, "a", title="Phòng, chống dịch bệnh trên gia súc, gia cầm"), variant(tmp_path, "b"))
    [found] = fill(address, variant(tmp_path, "a"))
    assert (found.outcome, [one.code for one in found.notices]) == ("replaced", ["W702"])
