"""Figures to be reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.citations import find_citations, masks
from pipeline.extract.deadlines import find_deadlines
from pipeline.extract.targets import find_targets

SHARES = (
    "Đến năm 2025, đạt 100% thư viện cấp tỉnh, 70% thư viện cấp huyện, 40% thư viện cấp xã có cung cấp dịch vụ. "
    "Đến năm 2030, đạt 100%, 90%, 60% các chỉ tiêu tương ứng."
)
GROWTH = (
    "Đến năm 2025, số lượt người sử dụng thư viện tăng bình quân 10% mỗi năm. "
    "Đến năm 2030, tăng bình quân 10 - 15% mỗi năm."
)


def goals(text, objective=True, due_above=None):
    masked = masks(text, find_citations(text))
    dues = find_deadlines(text, 2023, masked)
    return find_targets(text, dues, masked, objective=objective, due_above=due_above)


def only(text, **options):
    (one,) = goals(text, **options)
    return one


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("Phấn đấu bổ sung 29.000 bản sách.", "value", 29000),
        ("Có 10,5% dân số là bạn đọc.", "value", 10.5),
        ("Giảm 1 - 2% tỷ lệ hộ nghèo.", "value", 1),
        ("Giảm 1 - 2% tỷ lệ hộ nghèo.", "value_max", 2),
        ("Xây dựng từ 3 đến 5 mô hình điểm.", "value_max", 5),
        ("Phấn đấu bổ sung 29.000 bản sách.", "value_max", None),
        ("Có 4/9 thư viện cấp huyện được đầu tư.", "value", 4),
        ("Có 4/9 thư viện cấp huyện được đầu tư.", "of", 9),
        ("Phấn đấu bổ sung 29.000 bản sách.", "unit", "bản sách"),
        ("Phục vụ 120.000 lượt bạn đọc.", "unit", "lượt bạn đọc"),
        ("Có 10,5% dân số là bạn đọc.", "unit", "%"),
        ("Hỗ trợ 500 triệu đồng cho thư viện.", "unit", "triệu đồng"),
        ("Tổ chức ít nhất 01 chương trình mỗi năm.", "comparison", ">="),
        ("Đạt trên 90% dân số tham gia bảo hiểm y tế.", "comparison", ">="),
        ("Tối thiểu 80% học sinh biết sử dụng thư viện.", "comparison", ">="),
        ("70% trở lên thư viện được nâng cấp.", "comparison", ">="),
        ("Không quá 5% hộ nghèo.", "comparison", "<="),
        ("Xấp xỉ 50% thư viện.", "comparison", "~"),
        ("Đạt 50% thư viện.", "comparison", "="),
        ("Tổ chức ít nhất 01 chương trình mỗi năm.", "per", "year"),
        ("Đào tạo 2.500 lượt người/năm.", "per", "year"),
        ("Phấn đấu đạt 5 bản sách/người.", "per", "người"),
        ("Đào tạo 2.500 lượt người.", "per", None),
        ("Tăng 20% số bản sách so với năm 2020.", "direction", "increase"),
        ("Giảm 1 - 2% tỷ lệ hộ nghèo.", "direction", "decrease"),
        ("Đạt 50% thư viện.", "direction", "reach"),
        ("Tăng 20% số bản sách so với năm 2020.", "baseline", "so với năm 2020"),
        ("Tối thiểu 80% học sinh biết sử dụng thư viện.", "subject", "học sinh"),
        ("Có 4/9 thư viện cấp huyện được đầu tư.", "subject", "thư viện cấp huyện"),
        ("Giảm 1 - 2% tỷ lệ hộ nghèo.", "subject", "tỷ lệ hộ nghèo"),
        ("Phấn đấu đến năm 2025 có 10,5% dân số là bạn đọc.", "due", "2025"),
        ("Hoàn thành 50% thư viện trước ngày 30/6/2024.", "due", "2024-06-30"),
        ("Đạt 50% thư viện.", "due", None),
        ("Bình quân mỗi người dân đọc 4 cuốn sách/năm.", "value", 4),
        ("Xây dựng 3 mô hình điểm.", "value", 3),
        ("Mỗi tháng ít nhất 02 số báo.", "per", "month"),
        ("Giảm tỷ lệ sách hư hỏng xuống dưới 5%.", "subject", "tỷ lệ sách hư hỏng"),
        ("Thu nhập bình quân đầu người đạt 65 triệu đồng/năm.", "subject", "Thu nhập bình quân đầu người"),
        ("Giảm tổn thất điện năng xuống còn dưới 6% vào năm 2025; phấn đấu tốt hơn.", "subject", "tổn thất điện năng"),
        ("Giảm tổn thất điện năng xuống còn dưới 6%.", "subject", "tổn thất điện năng"),
        ("Số xã đạt chuẩn nông thôn mới: 94 xã.", "subject", "Số xã đạt chuẩn nông thôn mới"),
        ("GRDP bình quân đầu người đạt 126 triệu đồng.", "subject", "GRDP bình quân đầu người"),
        ("Kết nạp từ 1.800 đảng viên trở lên mỗi năm.", "comparison", ">="),
        ("Kết nạp từ 1.800 đảng viên trở lên mỗi năm.", "per", "year"),
        ("Giảm tỷ lệ hộ nghèo từ 38,5% xuống còn 33,2%.", "direction", "decrease"),
        ("Giảm tỷ lệ hộ nghèo từ 38,5% xuống còn 33,2%.", "subject", "tỷ lệ hộ nghèo"),
        ("Đầu tư để tăng thêm sản lượng khoảng 50.000 tấn/năm.", "subject", "sản lượng"),
        ("100% người làm công tác thư viện được tập huấn.", "subject", "người làm công tác thư viện"),
    ],
)
def test_each_part_of_a_target_is_read(text, field, expected):
    assert getattr(only(text), field) == expected


def test_figures_in_a_row_are_a_target_each():
    assert [(one.value, one.subject, one.due) for one in goals(SHARES)][:3] == [
        (100, "thư viện cấp tỉnh", "2025"),
        (70, "thư viện cấp huyện", "2025"),
        (40, "thư viện cấp xã", "2025"),
    ]


def test_corresponding_figures_have_the_subjects_of_the_row_before():
    assert [(one.value, one.subject, one.due) for one in goals(SHARES)][3:] == [
        (100, "thư viện cấp tỉnh", "2030"),
        (90, "thư viện cấp huyện", "2030"),
        (60, "thư viện cấp xã", "2030"),
    ]


def test_a_further_change_is_of_what_changed_before():
    assert [(one.value, one.value_max, one.per, one.direction, one.due) for one in goals(GROWTH)] == [
        (10, None, "year", "increase", "2025"),
        (10, 15, "year", "increase", "2030"),
    ]
    assert {one.subject for one in goals(GROWTH)} == {"số lượt người sử dụng thư viện"}


def test_two_figures_may_share_the_subject_behind_the_second():
    found = [(one.value, one.subject) for one in goals("Đạt 70% và đến năm 2030 đạt 100% bảo tàng.")]
    assert found == [(70, "bảo tàng"), (100, "bảo tàng")]


def test_without_a_time_of_its_own_a_target_is_due_when_the_heading_says():
    assert only("Đạt 50% thư viện.", due_above="2030").due == "2030"


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023 thực hiện Quyết định số 1520/QĐ-TTg ngày 09/12/2022.",
        "Tổ chức Ngày Sách và Văn hóa đọc Việt Nam lần thứ 7.",
        "Có mặt trước 17 giờ ngày 20/4/2024.",
        "Mở cửa 8 giờ mỗi ngày.",
        "Thực hiện 3 nhiệm vụ sau.",
        "Phấn đấu đến năm 2025 và năm 2030.",
        "Đạt chuẩn theo khoản 3 Điều 15 Luật Thư viện.",
        "Phấn đấu thực hiện Chương trình “100% thư viện”.",
        "Mua sách mới.",
    ],
)
def test_numbers_of_documents_years_hours_and_events_are_no_target(text):
    assert goals(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [("Phấn đấu 100% cán bộ được tập huấn.", 1), ("Tổ chức 02 lớp tập huấn.", 1), ("Trích 30% thuộc về ngân sách.", 0)],
)
def test_in_a_task_a_figure_needs_a_word_of_goal(text, count):
    assert len(goals(text, objective=False)) == count


def printed(value):
    return f"{value:,}".replace(",", ".")


@given(
    st.integers(10, 5_000_000).filter(lambda value: not 1900 <= value < 2100),
    st.sampled_from(["bản sách", "lượt người", "thư viện"]),
)
def test_a_planted_count_comes_back(value, noun):
    one = only(f"Đến năm 2025 phấn đấu đạt {printed(value)} {noun}.")
    assert (one.value, one.unit, one.due) == (value, noun, "2025")


@given(st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_planted_shares_come_back_in_their_order(shares):
    nouns = ["trường học", "bảo tàng", "thư viện", "nhà hát", "công viên", "sân vận động"]
    listed = ", ".join(f"{share}% {noun}" for share, noun in zip(shares, nouns, strict=False))
    found = [(one.value, one.unit, one.subject) for one in goals(f"Đạt {listed}.")]
    assert found == [(share, "%", noun) for share, noun in zip(shares, nouns, strict=False)]


def test_a_fall_from_one_share_to_another_is_to_the_second():
    (goal,) = goals("Giảm tỷ lệ từ 15% đến 10% hộ nghèo.")
    assert (goal.value, goal.value_max) == (10, None)


def test_a_figure_has_no_space_behind_it():
    text = "Đạt trên 90% dân số."
    (goal,) = goals(text)
    assert text[goal.start : goal.end] == "90%"


@pytest.mark.parametrize(
    ("text", "value", "value_max"),
    [
        ("Đạt 80% đến 2025.", 80, None),
        ("Tăng trưởng GRDP từ 8% trở lên.", 8, None),
        ("Đạt từ 10 - 15% dân số.", 10, 15),
    ],
)
def test_what_is_behind_a_share(text, value, value_max):
    (goal,) = goals(text)
    assert (goal.value, goal.value_max) == (value, value_max)


def test_a_number_no_float_holds_is_no_figure():
    assert all(goal.value < 1e15 for goal in goals("Đạt " + "9" * 400 + "% dân số."))
