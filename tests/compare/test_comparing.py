"""What two plans have in common, on small plans and on two real ones read by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from pipeline.compare import compare, comparison_json
from pipeline.compare.model import ItemStatus, PlanComparison, TargetStatus
from pipeline.schema import Plan, Role
from pipeline.schema.provision import Direction
from tests.compare.making import CAN_THO, VINH_LONG, agency, deadline, item, plan, plans, target

PROJECT = Path(__file__).parents[2]
TRUTH = json.loads(Path(__file__).with_name("can_tho_vinh_long.json").read_text(encoding="utf-8"))
KINDS = ("targets", "objectives", "tasks")
FEWEST = {"targets": 30, "objectives": 8, "tasks": 16}  # of the pairs that a reader finds


def output(name: str) -> Plan:
    return Plan.model_validate_json((PROJECT / "outputs" / f"{name}.json").read_text(encoding="utf-8"))


def pairs(comparison: PlanComparison, kind: str) -> set[tuple[str, str]]:
    return {(pair.a.id, pair.b.id) for pair in getattr(comparison, kind) if pair.a and pair.b}


def rows(comparison: PlanComparison, turned: bool = False) -> list[tuple[str, ...]]:
    """Every row, with its sides the other way round if asked, in an order that does not depend on them."""
    statuses = {"only_a": "only_b", "only_b": "only_a"} if turned else {}
    found = []
    for kind in KINDS:
        for pair in getattr(comparison, kind):
            a, b = (pair.b, pair.a) if turned else (pair.a, pair.b)
            ids = (str(a and a.id), str(b and b.id))
            status = str(pair.status)
            more = str(pair.differences) if kind == "targets" else str(pair.within)
            found.append((kind, statuses.get(status, status), *ids, str(pair.similarity), more))
    return sorted(found)


@pytest.fixture(scope="module")
def real() -> PlanComparison:
    return compare(output("can-tho-2023"), output("vinh-long-2023"))


@pytest.mark.parametrize("kind", KINDS)
def test_two_plans_of_one_programme_are_paired_as_a_reader_pairs_them(real: PlanComparison, kind: str) -> None:
    asked = {tuple(pair) for pair in TRUTH[kind]}
    right = asked | {tuple(pair) for pair in TRUTH.get(f"{kind}_loosely", [])}
    found = pairs(real, kind)
    assert found <= right
    assert len({a for a, _ in found} & {a for a, _ in asked}) >= FEWEST[kind]


def test_the_truth_names_items_that_are_there() -> None:
    a, b = output("can-tho-2023"), output("vinh-long-2023")
    for kind in ("objectives", "tasks"):
        for side, one in enumerate((a, b)):
            ids = {provision.id for provision in getattr(one, kind)}
            assert {pair[side] for pair in TRUTH[kind] + TRUTH[f"{kind}_loosely"]} <= ids


def test_the_figure_says_whether_targets_agree(real: PlanComparison) -> None:
    found = {(pair.a.id, pair.b.id): pair for pair in real.targets if pair.a and pair.b}
    assert found["II.2-2aa3f6#2", "II.2.1-333aae#1"].status is TargetStatus.AGREE
    armed_forces = found["II.2-59b7a4#11", "II.2.1-17ad92#4"]  # 100 % here, 80 % there
    assert armed_forces.status is TargetStatus.DIFFER
    assert armed_forces.differences == ["value"]
    museums = found["II.2.b-793f6d#1", "II.2.2-fca00f#1"]  # 70 % of the museums here, one programme there
    assert museums.differences == ["value", "comparison", "unit"]
    centres = found["II.2.c-30f07a#1", "II.2.3-c4ab73#1"]  # provincial and district ones here, district ones there
    assert centres.differences == ["subject"]


def test_what_both_carry_out_is_said(real: PlanComparison) -> None:
    assert real.legal_basis == ["1520/QĐ-TTg"]
    assert (real.a.number, real.b.attached_to) == ("140/KH-UBND", "596/QĐ-UBND")


def test_the_half_of_an_item_that_the_other_plan_splits_is_said_to_be_there(real: PlanComparison) -> None:
    within = {pair.b.id: pair.within for pair in real.objectives if pair.b and pair.within}
    assert within["II.2.1-333aae"].id == "II.2-2aa3f6"
    assert within["II.2.2-fca00f"].kind == "objective"


@pytest.mark.parametrize(("a", "b"), [("can-tho-2023", "lai-chau-2023"), ("hai-phong-2023", "lai-chau-2023")])
def test_plans_of_other_subjects_have_next_to_nothing_in_common(a: str, b: str) -> None:
    found = compare(output(a), output(b))
    assert not pairs(found, "targets")
    assert len(pairs(found, "objectives") | pairs(found, "tasks")) <= 3


@pytest.mark.slow
@given(one=plans)
def test_a_plan_agrees_with_itself(one: Plan) -> None:
    found = compare(one, one)
    assert {pair.status for pair in found.targets} <= {TargetStatus.AGREE}
    assert {pair.status for pair in (*found.objectives, *found.tasks)} <= {ItemStatus.SAME}
    assert all(pair.a == pair.b for kind in KINDS for pair in getattr(found, kind))
    assert not any(pair.differences and pair.differences.any for pair in (*found.objectives, *found.tasks))


@pytest.mark.slow
@given(a=plans, b=plans)
def test_swapping_the_sides_finds_the_same_pairs(a: Plan, b: Plan) -> None:
    assert rows(compare(a, b), turned=True) == rows(compare(b, a))


@pytest.mark.slow
@given(a=plans, b=plans)
def test_nothing_is_lost_and_nothing_stands_twice(a: Plan, b: Plan) -> None:
    found = compare(a, b)
    for side, one in (("a", a), ("b", b)):
        for kind in ("objectives", "tasks"):
            ids = [getattr(pair, side).id for pair in getattr(found, kind) if getattr(pair, side)]
            assert sorted(ids) == sorted(provision.id for provision in getattr(one, kind))
        ids = [getattr(pair, side).id for pair in found.targets if getattr(pair, side)]
        wanted = [f"{p.id}#{at}" for p in (*one.objectives, *one.tasks) for at in range(1, len(p.targets) + 1)]
        assert sorted(ids) == sorted(wanted)
    assert sum(found.counts.targets.values()) == len(found.targets)
    assert sum(found.counts.tasks.values()) == len(found.tasks)


@pytest.mark.slow
@given(a=plans, b=plans)
def test_the_written_form_reads_back(a: Plan, b: Plan) -> None:
    written = comparison_json(compare(a, b))
    assert written == comparison_json(compare(a, b))
    assert comparison_json(PlanComparison.model_validate_json(written)) == written


LIBRARIES = "thư viện công cộng cấp huyện"


def one_target(text: str, *targets: object, **fields: object) -> Plan:
    return plan(item("II.1", text, *targets, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "differs"),
    [
        ({"value": 60}, "value"),
        ({"value_max": 90}, "value_max"),
        ({"comparison": ">="}, "comparison"),
        ({"of": 9}, "of"),
        ({"per": "year"}, "per"),
        ({"due": "2030"}, "due"),
        ({"baseline": "so với năm 2020"}, "baseline"),
        ({"direction": Direction.INCREASE}, "direction"),
        ({"unit": "thư viện"}, "unit"),
    ],
)
def test_each_field_of_a_target_can_differ(fields: dict[str, object], differs: str) -> None:
    text = f"Đạt 80% {LIBRARIES} có dịch vụ phục vụ người dân học tập"
    a = one_target(text, target("80%", LIBRARIES, due="2025"))
    b = one_target(text, target("80%", LIBRARIES, **{"due": "2025"} | fields))
    (pair,) = compare(a, b).targets
    assert (pair.status, pair.differences) == (TargetStatus.DIFFER, [differs])


def test_a_year_and_its_last_day_are_the_same_time() -> None:
    a, b = (one_target("Đạt 80% thư viện", target("80%", "thư viện", due=due)) for due in ("2025", "2025-12-31"))
    assert [pair.status for pair in compare(a, b).targets] == [TargetStatus.AGREE]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thư viện công cộng cấp huyện", "thư viện công cộng cấp xã"),
        ("hộ nghèo được hỗ trợ nhà ở", "hộ cận nghèo được hỗ trợ nhà ở"),
        ("trẻ em dưới 5 tuổi suy dinh dưỡng", "trẻ em dưới 1 tuổi suy dinh dưỡng"),
        ("trường tiểu học đạt chuẩn", "trường trung học cơ sở đạt chuẩn"),
    ],
)
def test_other_things_of_one_kind_are_no_pair(one: str, other: str) -> None:
    a, b = (one_target(f"Phấn đấu đạt 80% {subject}", target("80%", subject)) for subject in (one, other))
    assert [pair.status for pair in compare(a, b).targets] == [TargetStatus.ONLY_B, TargetStatus.ONLY_A]


def test_figures_of_other_kinds_are_no_pair_unless_the_sentences_agree() -> None:
    a = one_target("Đạt 80% thư viện có cán bộ được tập huấn", target("80%", "thư viện"))
    b = one_target("Xây dựng mới 3 thư viện tại vùng sâu", target("3", "thư viện", unit="thư viện"))
    assert not pairs(compare(a, b), "targets")


def test_a_bullet_of_one_plan_is_a_few_words_of_a_long_sentence_of_the_other() -> None:
    served = "có dịch vụ phục vụ người dân học tập suốt đời"
    kinds = ("thư viện cấp huyện", "thư viện cấp xã", "thư viện trường đại học", "thư viện lực lượng vũ trang")
    figures = [target(f"{70 + at}%", kind) for at, kind in enumerate(kinds)]
    whole = ", ".join(f"{one.text} {kind}" for one, kind in zip(figures, kinds, strict=True))
    a = one_target(f"Đến năm 2025, đạt {whole} {served}", *figures)
    b = plan(*(item(f"III.{at}", f"{one.text} {one.subject} {served}", one) for at, one in enumerate(figures, 1)))
    assert pairs(compare(a, b), "targets") == {(f"II.1#{at}", f"III.{at}#1") for at in (1, 2, 3, 4)}


def test_a_sum_of_money_is_no_other_sum_of_money() -> None:
    a = one_target("Kinh phí đào tạo, dạy nghề: 612 triệu đồng", target("612", "triệu đồng", unit="triệu đồng"))
    b = one_target("Hỗ trợ mỗi hộ xây nhà mới 60 triệu đồng", target("60", "triệu đồng", unit="triệu đồng"))
    assert not pairs(compare(a, b), "targets")


def test_the_year_chooses_between_targets_for_the_same_thing() -> None:
    text = "Đạt 70% thư viện cấp huyện năm 2025, 90% năm 2030"
    a = one_target(text, *(target(f, "thư viện cấp huyện", due=d) for f, d in (("70%", "2025"), ("90%", "2030"))))
    b = one_target(text, *(target(f, "thư viện cấp huyện", due=d) for f, d in (("90%", "2030"), ("95%", "2025"))))
    found = compare(a, b)
    assert pairs(found, "targets") == {("II.1#1", "II.1#2"), ("II.1#2", "II.1#1")}
    assert {pair.status for pair in found.targets} == {TargetStatus.AGREE, TargetStatus.DIFFER}


REPORT = "Tổng hợp, báo cáo định kỳ kết quả thực hiện kế hoạch"


def test_places_are_no_difference() -> None:
    a = plan(
        item("V.1", f"{REPORT} về Ủy ban nhân dân thành phố Cần Thơ", agencies=[agency("Công an thành phố")]),
        province=CAN_THO,
    )
    b = plan(
        item("V.2", f"{REPORT} về Ủy ban nhân dân tỉnh Vĩnh Long", agencies=[agency("Công an tỉnh")]),
        province=VINH_LONG,
    )
    (pair,) = compare(a, b).tasks
    assert pair.status is ItemStatus.SAME
    assert pair.differences is not None and not pair.differences.any


def test_agencies_differ_by_role() -> None:
    culture, finance = agency("Sở Văn hóa, Thể thao và Du lịch", Role.LEAD), agency("Sở Tài chính", Role.COOPERATING)
    a = plan(item("V.1", REPORT, agencies=[culture, finance]))
    b = plan(item("V.1", REPORT, agencies=[culture.model_copy(update={"role": Role.COOPERATING})]))
    (pair,) = compare(a, b).tasks
    assert pair.differences is not None
    found = [(one.role, one.only_a, one.only_b) for one in pair.differences.agencies]
    assert found == [(Role.LEAD, [culture.name], []), (Role.COOPERATING, [finance.name], [culture.name])]


def test_deadlines_differ_by_their_days_and_not_by_their_words() -> None:
    late, early = date(2025, 11, 30), date(2025, 11, 15)
    a = plan(item("V.1", REPORT, deadlines=[deadline("trước ngày 30/11/2025", late)]))
    b = plan(item("V.1", REPORT, deadlines=[deadline("trước 30 tháng 11 năm 2025", late)]))
    c = plan(item("V.1", REPORT, deadlines=[deadline("trước 15/11", early)]))
    same, other = compare(a, b).tasks[0].differences, compare(a, c).tasks[0].differences
    assert same is not None and same.deadlines is None
    assert other is not None and other.deadlines is not None
    assert (other.deadlines.only_a, other.deadlines.only_b) == (["trước ngày 30/11/2025"], ["trước 15/11"])


def test_rows_that_differ_in_a_number_only_go_to_their_own_row() -> None:
    a = plan(*(item(f"I.{n}", f"Mở lớp tập huấn nghiệp vụ thư viện đợt {n}") for n in (1, 2, 3)))
    b = plan(*(item(f"II.{n}", f"Mở lớp tập huấn nghiệp vụ thư viện đợt {n}") for n in (3, 2, 1)))
    assert pairs(compare(a, b), "tasks") == {("I.1", "II.1"), ("I.2", "II.2"), ("I.3", "II.3")}


def test_what_one_plan_calls_a_goal_and_the_other_a_task_is_said_to_be_there() -> None:
    text = "Xây dựng tủ sách lưu động phục vụ thiếu nhi vùng sâu vùng xa"
    found = compare(plan(objectives=[item("II.1", text)]), plan(item("III.1", text)))
    assert [(pair.status, pair.within and pair.within.kind) for pair in found.objectives] == [("only_a", "task")]
    assert [(pair.status, pair.within and pair.within.id) for pair in found.tasks] == [("only_b", "II.1")]


def test_what_only_one_plan_has_stands_behind_what_it_follows_there() -> None:
    texts = ["Xây dựng nhà văn hóa thôn", "Đào tạo cán bộ thư viện", "Số hóa tài liệu quý hiếm"]
    a = plan(item("I.1", texts[0]), item("I.2", texts[2]))
    b = plan(*(item(f"I.{at}", text) for at, text in enumerate(texts, 1)))
    found = [(pair.a and pair.a.id, pair.b and pair.b.id) for pair in compare(a, b).tasks]
    assert found == [("I.1", "I.1"), (None, "I.2"), ("I.2", "I.3")]


def test_numbers_of_what_both_rest_on_are_compared_without_blanks() -> None:
    a, b = plan(basis=["20 /CT-TTg", "1/QĐ"]), plan(basis=["20/CT-TTg"])
    assert compare(a, b).legal_basis == ["20/CT-TTg"]
