import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.schema import Plan
from pipeline.store.database import open_store
from pipeline.store.query import searching
from pipeline.store.query.filters import Filters, narrow
from pipeline.store.query.searching import find, search
from pipeline.store.query.words import bare_words, exact_words
from tests.store.conftest import OUTPUTS, fill, postgresql

PLANS = [Plan.model_validate_json(path.read_bytes()) for path in sorted(OUTPUTS.glob("*.json"))]
ITEMS = [(plan, kind, item) for plan in PLANS for kind in ("objectives", "tasks") for item in getattr(plan, kind)]


def refs(results):
    return {(hit.file_name, hit.ref) for hit in results}


def holding(words, form=exact_words, headings=False):
    """What is found by looking through all items one by one."""
    return {
        (plan.source.file_name, item.id)
        for plan, _, item in ITEMS
        for text in (item.text, *(item.headings if headings else ()))
        if f" {form(words)} " in f" {form(text)} "
    }


def bare(text):
    return bare_words(exact_words(text))


@pytest.mark.parametrize("words", ["thư viện cấp xã", "văn hóa đọc", "chuyển đổi số", "trước ngày 30", "bảo tàng"])
def test_a_phrase_finds_the_items_that_have_it(corpus, words):
    found = search(f'"{words}"', database=corpus, limit=1000)
    assert refs(found) == holding(words) != set()
    assert not found.more


@pytest.mark.parametrize("words", ["thu vien cap xa", "van hoa doc", "chuyen doi so", "bao tang", "doi moi"])
def test_words_without_accents_find_those_with_them(corpus, words):
    assert refs(search(f'"{words}"', database=corpus, limit=1000)) == holding(words, bare) != set()


def test_accents_that_are_given_count(corpus):
    """ "năm" does not find "Nam", "đọc" not "độc"."""
    found = refs(search("đọc", database=corpus, limit=1000))
    assert found == holding("đọc", headings=True)
    assert found < refs(search("doc", database=corpus, limit=1000))


def test_an_old_placement_of_the_tone_is_the_same(corpus):
    assert refs(search('"văn hoá đọc"', database=corpus, limit=1000)) == holding("văn hóa đọc")


def test_words_that_nothing_has_with_these_accents_are_found_without(corpus):
    found = search("thư viên cấp xả", database=corpus, limit=1000)
    assert found.accents_ignored
    assert holding("thư viện cấp xã") <= refs(found)


def test_what_is_found_is_not_all_when_more_is_wanted(corpus):
    whole = search("thư viện", database=corpus, limit=1000)
    parts = [search("thư viện", database=corpus, limit=7, offset=start) for start in range(0, len(whole), 7)]
    assert [hit for part in parts for hit in part] == list(whole)
    assert [part.more for part in parts] == [True] * (len(parts) - 1) + [False]


@pytest.mark.slow
@pytest.mark.parametrize("words", ['"thư viện"', "thư viện", "van hoa doc"])
def test_pages_put_together_are_the_whole(corpus, monkeypatch, words):
    """More items than are ranked: those behind them keep their places whatever page is asked for."""
    monkeypatch.setattr(searching, "_POOL", 7)
    whole = [hit.provision for hit in search(words, database=corpus, limit=1000)]
    pages = [search(words, database=corpus, limit=5, offset=at) for at in range(0, len(whole), 5)]
    assert len(whole) > 20
    assert [hit.provision for page in pages for hit in page] == whole


def test_nothing_is_due_before_the_first_day(corpus):
    assert not search(due_before=date.min, database=corpus)


def test_a_phrase_comes_before_its_words_apart(corpus):
    found = search("thư viện cấp xã", database=corpus, limit=1000)
    has = [exact_words("thư viện cấp xã") in exact_words(hit.text) for hit in found]
    assert has == sorted(has, reverse=True)
    assert True in has and False in has


@pytest.mark.parametrize("words", ["thư viện tầm quan trọng tự học", "thu vien tam quan trong tu hoc"])
def test_words_are_found_in_headings_too(corpus, words):
    """The heading of this item says "Thư viện", its text does not."""
    found = search(words, database=corpus, limit=1000)
    assert ("can-tho-2023.txt", "III.1.a-5db9f6") in refs(found)
    for hit in found:
        assert set(bare(words).split()) <= set(bare(" ".join((hit.text, *hit.headings))).split())


def test_the_passage_marks_the_words(corpus):
    for hit in search("thu vien cap xa", database=corpus, limit=50):
        for start, end in hit.passage.marks:
            assert set(bare(hit.passage.text[start:end]).split()) <= {"thu", "vien", "cap", "xa"}
        assert hit.passage.marks
        assert hit.passage.text.removeprefix("… ").removesuffix(" …") in hit.text


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "a OR b",
        "NEAR(x y)",
        "*",
        "thư*",
        "tags : x",
        "'; DROP TABLE plans; --",
        "x AND",
        "^a",
        "{words} : a",
        "(",
        "%_",
    ],
)
def test_nothing_in_the_words_is_taken_for_syntax(corpus, words):
    search(words, database=corpus)
    assert search(None, database=corpus)


@pytest.mark.slow
@given(st.text(max_size=30))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_words_can_be_looked_for(corpus, words):
    for hit in search(words, database=corpus, limit=5):
        wanted = set(bare(words).split())
        assert not words.strip() or wanted <= set(bare(" ".join((hit.text, *hit.headings))).split())


@pytest.mark.slow
@given(st.sampled_from(ITEMS), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_stretch_of_an_item_finds_it(corpus, one, data):
    plan, _, item = one
    words = item.text.split()
    start = data.draw(st.integers(0, len(words) - 1))
    stretch = " ".join(words[start : start + data.draw(st.integers(1, 6))])
    if exact_words(stretch):
        assert (plan.source.file_name, item.id) in refs(search(stretch, database=corpus, limit=1000))


def expected(test):
    return {(plan.source.file_name, item.id) for plan, kind, item in ITEMS if test(plan, kind, item)}


@pytest.mark.parametrize(
    ("filters", "test"),
    [
        ({"kind": "task"}, lambda plan, kind, item: kind == "tasks"),
        ({"kind": "target"}, lambda plan, kind, item: bool(item.targets)),
        ({"kind": "deadline"}, lambda plan, kind, item: bool(item.deadlines)),
        ({"unit": "%"}, lambda plan, kind, item: any(target.unit == "%" for target in item.targets)),
        ({"role": "lead"}, lambda plan, kind, item: any(one.role == "lead" for one in item.agencies)),
        ({"province": "can tho"}, lambda plan, kind, item: plan.metadata.province.code == "VN-CT"),
        ({"current_province": "Vĩnh Long"}, lambda plan, kind, item: plan.metadata.province.code == "VN-49"),
        ({"issued_from": date(2023, 3, 22)}, lambda plan, kind, item: plan.metadata.issued_on >= date(2023, 3, 22)),
        ({"issued_before": date(2023, 3, 22)}, lambda plan, kind, item: plan.metadata.issued_on < date(2023, 3, 22)),
        ({"document_type": "KẾ HOẠCH"}, lambda plan, kind, item: plan.metadata.document_type == "Kế hoạch"),
        ({"plan": "140/KH-UBND"}, lambda plan, kind, item: plan.metadata.number == "140/KH-UBND"),
        (
            {"due_from": date(2025, 12, 31), "due_before": date(2026, 1, 1)},
            lambda plan, kind, item: any(
                one.end == date(2025, 12, 31)
                or (
                    one.recurrence in ("FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3")
                    and (plan.metadata.period or "2030")[-4:] >= "2025"
                    and plan.metadata.issued_on.year > 2015
                )
                for one in item.deadlines
            ),
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_a_filter_finds_what_is_like_it(corpus, filters, test):
    found = refs(search(database=corpus, limit=1000, **filters))
    assert found == expected(test) != set()


def test_an_agency_and_its_role_are_of_one_assignment(corpus):
    """Not any agency in that role and this one in another."""
    for hit in search(database=corpus, agency="Sở Tài chính", role="responsible", limit=1000):
        assert any("Tài chính" in one.agency and one.role == "responsible" for one in hit.assigned)


def test_a_due_day_before_is_not_that_day(corpus):
    last = date(2023, 11, 15)
    before = refs(search(database=corpus, due_from=last, due_before=last, limit=1000))
    on = refs(search(database=corpus, due_from=last, due_before=date(2023, 11, 16), limit=1000))
    assert not before
    assert on


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "agency": st.sampled_from(["Sở Tài chính", "Sở VHTTDL", "UBND tỉnh", "thư viện", "Không có", "các sở"]),
        "role": st.sampled_from(["lead", "responsible", "cooperating", "directed", "reports_to"]),
        "sector": st.sampled_from(["culture", "finance", "education"]),
        "level": st.sampled_from(["province", "district"]),
        "province": st.sampled_from(["Cần Thơ", "VN-01", "hai phong"]),
        "current_province": st.sampled_from(["Lai Châu", "Vĩnh Long"]),
        "due_from": st.dates(date(2018, 1, 1), date(2032, 1, 1)),
        "due_before": st.dates(date(2018, 1, 1), date(2032, 1, 1)),
        "issued_from": st.dates(date(2018, 1, 1), date(2024, 1, 1)),
        "issued_before": st.dates(date(2018, 1, 1), date(2024, 1, 1)),
        "kind": st.sampled_from(["task", "objective", "target", "deadline"]),
        "unit": st.sampled_from(["%", "thư viện", "lượt"]),
        "document_type": st.sampled_from(["kế hoạch", "quyết định"]),
        "versions": st.sampled_from(["current", "all"]),
    },
)
WORDS = st.sampled_from([None, "thư viện", "thu vien xa", '"văn hóa đọc"', "kinh phí"])


@pytest.mark.slow
@given(FILTERS, WORDS)
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_tags_only_narrow_down(corpus, filters, words):
    """The same is found without the index's tags, from the rows alone."""
    with open_store(corpus) as store:
        found = search(words, database=store, limit=50, **filters)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(searching, "narrow", lambda *given: replace(narrow(*given), tags=()))
            assert search(words, database=store, limit=50, **filters) == found


def test_both_databases_find_the_same(tmp_path):
    with postgresql() as url:
        sqlite = str(tmp_path / "plans.db")
        fill(sqlite, OUTPUTS)
        fill(url, OUTPUTS)
        with open_store(sqlite) as first, open_store(url) as second:

            @given(FILTERS, st.one_of(WORDS, st.sampled_from(["xây dựng", "báo cáo kết quả", "đến năm 2025", "so 20"])))
            @settings(max_examples=80, deadline=None)
            def same(filters, words):
                one = search(words, database=first, limit=30, **filters)
                assert one == search(words, database=second, limit=30, **filters)

            same()


def test_items_of_an_older_version_are_found_when_asked_for(address):
    fill(address, OUTPUTS)
    with open_store(address, write=True) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE plans SET is_current = false WHERE number = '140/KH-UBND'")
    assert not search(database=address, plan="140/KH-UBND")
    assert search(database=address, plan="140/KH-UBND", versions="all")


def test_what_was_replaced_is_found_no_more(address, tmp_path):
    path = OUTPUTS / "can-tho-2023.json"
    fill(address, path)
    assert search("lưu động", database=address)
    changed = tmp_path / "a.json"
    changed.write_text(re.sub("lưu động", "cố định", path.read_text(encoding="utf-8")), encoding="utf-8")
    fill(address, changed)
    assert not search('"lưu động"', database=address)
    assert search('"cố định"', database=address)


def test_rows_are_plain(corpus):
    found = search(database=corpus, kind="target", limit=5)
    rows = found.rows("targets")
    assert len(rows) == sum(len(hit.targets) for hit in found)
    assert {"target_value", "plan_number", "province", "passage"} <= set(rows[0])
    assert len(found.rows()) == len(found)


@pytest.mark.parametrize("of", ["items", "assigned", "deadlines", "targets"])
def test_frames_of_results_have_the_same_columns_and_types_when_empty(corpus, of):
    some, none = (search(words, database=corpus, limit=1000) for words in ("thư viện", "zzzz"))
    assert some and not none
    assert some.to_polars(of).schema == none.to_polars(of).schema
    assert some.to_pandas(of).dtypes.equals(none.to_pandas(of).dtypes)
    assert some.to_polars(of).columns == list(some.rows(of)[0])
    assert some.to_polars(of).rows(named=True) == some.rows(of)


def test_a_column_without_values_has_its_type(corpus):
    empty = search("zzzz", database=corpus)
    kinds = {name: str(kind) for name, kind in empty.to_polars("deadlines").schema.items()}
    assert {name: kinds[name] for name in ("provision", "text", "issued_on", "deadline_start")} == {
        "provision": "Int64",
        "text": "String",
        "issued_on": "Date",
        "deadline_start": "Date",
    }
    assert empty.to_polars("targets").schema["target_value"] == empty.to_polars("targets").schema["target_value_max"]
    assert str(empty.to_pandas()["issued_on"].dtype) == "datetime64[s]"


def test_all_that_is_found_can_be_exported(corpus):
    with open_store(corpus) as store, store.reading() as connection:
        ids, ignored = find(connection, "thư viện", Filters(kind="task"), 10_000)
        assert find(connection, "thử viện", Filters(), 10_000)[1]
    assert not ignored
    assert sorted(hit.provision for hit in search("thư viện", database=corpus, kind="task", limit=1000)) == ids


@pytest.mark.parametrize(("agency", "unknown"), [("Sở VHTTDL", False), ("so van hoa the thao va du lich", True)])
def test_an_agency_the_register_does_not_know_is_said(corpus, agency, unknown):
    found = search(database=corpus, agency=agency)
    assert found and found.agency_unknown == unknown
