"""A passage is read in steps, each of which sees what those before it found."""

import time
from datetime import date

import pytest

from pipeline.extract.passages import Context, read_passage

TEXT = "Sở Tài chính chủ trì, đến năm 2025 phấn đấu đạt 50% thư viện."
LONG = (
    "Sở Y tế chủ trì, phối hợp với Công an tỉnh mở 12 lớp trước ngày 15/6/2026, hằng năm báo cáo Ủy ban nhân dân tỉnh"
    " theo Quyết định số 12/QĐ-UBND ngày 5/6/2025. "
)


def test_one_reading_gives_agencies_roles_times_and_figures():
    found = read_passage(TEXT, Context(2023))
    values = (found.mentions, found.clauses.roles, found.times.deadlines, found.figures.targets)
    assert list(map(len, values)) == [1, 1, 1, 1]


def test_what_the_plan_says_of_itself_reaches_the_steps():
    text = "Báo cáo trước ngày 30 tháng 11."
    found = [read_passage(text, context).times.deadlines[0].last for context in (Context(2023), Context(2024))]
    assert found == [date(2023, 11, 30), date(2024, 11, 30)]


def test_a_number_in_the_name_of_a_body_counts_nothing():
    found = read_passage("Ban Chỉ đạo 389 tỉnh chủ trì kiểm tra 3 cơ sở.", Context(2023))
    assert [one.amount.value for one in found.figures.targets] == [3]


def test_a_figure_of_a_time_that_was_over_is_what_the_target_starts_from():
    text = "Tỷ lệ người dân có căn cước đạt 98% (năm 2025 đạt 91,2%)."
    (target,) = read_passage(text, Context(2026, date(2026, 3, 2), objective=True)).figures.targets
    assert (target.amount.value, target.baseline) == (98, "năm 2025 đạt 91,2%")


@pytest.mark.parametrize("order", ["phun hóa chất 32 ổ dịch", "gieo sạ 4.500 ha lúa", "khám sàng lọc 20.000 phụ nữ"])
def test_a_figure_behind_those_who_act_is_ordered_whatever_the_verb(order):
    found = read_passage(f"Sở Y tế, Công an tỉnh {order} trong năm 2026.", Context(2026))
    assert len(found.figures.targets) == 1


@pytest.mark.parametrize("told", ["hiện có 45 trạm", "gồm 12 thành viên", "phối hợp với 5 sở rà soát"])
def test_a_figure_behind_those_who_act_is_no_order_where_words_say_so(told):
    assert read_passage(f"Sở Y tế {told}.", Context(2026)).figures.targets == []


def test_a_passage_leaves_nothing_behind_for_the_next():
    first = read_passage(TEXT, Context(2023))
    read_passage("Mua sách.", Context())
    assert read_passage(TEXT, Context(2023)) == first


def test_reading_is_linear_in_the_length():
    def cost(count: int) -> float:
        text = LONG * count
        started = time.process_time()
        read_passage(text, Context(2026, objective=True))
        return time.process_time() - started

    cost(10)
    assert cost(2400) < 9 * cost(600)  # four times as long; sixteen times would be quadratic
