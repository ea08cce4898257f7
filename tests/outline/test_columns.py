"""What the columns of a table say, by its header."""

import pytest

from pipeline.document import FieldRole
from pipeline.outline.columns import is_caption, is_empty, is_same, kind_of, read_header
from pipeline.outline.sheets import assembled
from pipeline.schema import TableKind
from tests.documents import tabled

# Header cells as provinces print them, beside a column of work and one of numbers.
WORDINGS = {
    FieldRole.LEAD: (
        "Chủ trì",
        "Cơ quan chủ trì",
        "Cơ quan chủ trì thực hiện",
        "Phòng, đơn vị chủ trì",
        "CQ chủ trì",
        "Cơ quan chủ trì soạn thảo",
        "Người chủ trì",
        "Đơn vị đầu mối",
        "Đơn vị chịu trách nhiệm chính",
    ),
    FieldRole.COOPERATING: ("Đơn vị phối hợp", "Cơ quan, đơn vị phối hợp", "Đơn vị tham gia", "Cơ quan hỗ trợ"),
    FieldRole.RESPONSIBLE: (
        "Đơn vị thực hiện",
        "Đơn vị chịu trách nhiệm",
        "Lãnh đạo phụ trách",
        "Đơn vị tham mưu",
        "Phân công",
        "Đồng chí phụ trách",
        "Ban, ngành thực hiện",
        "Đơn vị trình",
        "Cơ quan tổ chức",
        "Đơn vị",
        "Cơ quan chủ trì, phối hợp",
        "Đơn vị thực hiện năm 2025",
    ),
    FieldRole.REPORTS_TO: ("Cấp trình", "Trình cấp", "Cấp phê duyệt", "Thẩm quyền ban hành", "Nơi nhận báo cáo"),
    FieldRole.TIME: (
        "Thời gian",
        "Thời gian trình",
        "Mốc thời gian",
        "Thời gian phê duyệt",
        "Tiến độ",
        "Lộ trình thực hiện",
        "Tần suất",
        "Năm",
        "Kỳ báo cáo",
        "Thời gian bắt đầu - kết thúc",
        "Thời gian thực hiện năm 2025",
    ),
    FieldRole.START: ("Bắt đầu", "Ngày bắt đầu", "Từ ngày"),
    FieldRole.END: ("Hoàn thành", "Thời hạn báo cáo", "Hạn hoàn thành", "Thời gian hoàn thành", "Đến ngày"),
    FieldRole.RESULT: (
        "Sản phẩm",
        "Sản phẩm hoàn thành",
        "Kết quả đầu ra",
        "Dự kiến sản phẩm",
        "Loại văn bản",
        "Hình thức văn bản",
        "Mức độ hoàn thành",
    ),
    FieldRole.MONEY: ("Kinh phí (triệu đồng)", "Nguồn vốn", "Dự toán"),
    FieldRole.NOTE: ("Ghi chú", "Căn cứ", "Cơ sở pháp lý"),
    FieldRole.OTHER: (
        "Viettel",
        "Địa điểm",
        "Số lượng",
        "Thành phần tham dự",
        "Đối tượng tham gia",
        "Chủ đầu tư",
        "Đầu mối liên hệ",
        "Đơn vị thụ hưởng",
    ),
}
WORKS = (
    "Nội dung",
    "Nội dung công việc",
    "Nhiệm vụ, giải pháp",
    "Lĩnh vực/Nhiệm vụ",
    "Nội dung phối hợp",
    "Tên nhiệm vụ",
    "Công việc",
    "Hoạt động",
    "Nội dung thực hiện năm 2025",
)


def columns(*rows):
    """Each column's header with its role."""
    (sheet,), _ = assembled(tabled(*rows))
    return [(one.header, one.role) for one in sheet.header.columns]


def roles(*rows):
    return [role for _, role in columns(*rows)]


def kind(*rows, title=""):
    (sheet,), _ = assembled(tabled(*rows))
    return kind_of(sheet.header, title)[0]


@pytest.mark.parametrize(
    ("wording", "role"), [(wording, role) for role, wordings in WORDINGS.items() for wording in wordings]
)
def test_a_header_says_what_its_column_is(wording, role):
    assert roles(f"TT | Nhiệm vụ | {wording} | Ghi", "1 | Rà soát | x | y")[2] is role


@pytest.mark.parametrize("wording", WORKS)
def test_a_header_names_the_work(wording):
    assert roles(f"TT | {wording} | Đơn vị thực hiện", "1 | Rà soát | x")[1] is FieldRole.WORK


@pytest.mark.parametrize("wording", ["TT", "STT", "Số TT", "Số thứ tự", "Stt.", "No."])
def test_a_header_counts_the_rows(wording):
    assert roles(f"{wording} | Nhiệm vụ | Đơn vị thực hiện", "1 | Rà soát | x")[0] is FieldRole.NUMBER


@pytest.mark.parametrize(
    ("wording", "role"),
    [
        ("Năm 2025", FieldRole.FIGURE),
        ("Chỉ tiêu phấn đấu đến năm 2025", FieldRole.FIGURE),
        ("KH 2025", FieldRole.FIGURE),
        ("Mục tiêu đến 2030", FieldRole.FIGURE),
        ("Kế hoạch", FieldRole.FIGURE),
        ("Lũy kế", FieldRole.BASELINE),
        ("Ước thực hiện 2024", FieldRole.BASELINE),
        ("TH 2024", FieldRole.BASELINE),
        ("Hiện trạng", FieldRole.BASELINE),
        ("Thực hiện", FieldRole.BASELINE),
        ("Đơn vị", FieldRole.UNIT),
        ("ĐVT", FieldRole.UNIT),
        ("Đơn vị thực hiện năm 2025", FieldRole.RESPONSIBLE),
        ("Thời gian hoàn thành năm 2025", FieldRole.END),
    ],
)
def test_a_header_of_a_table_of_targets(wording, role):
    assert roles(f"TT | Chỉ tiêu | {wording} | Năm 2026", "1 | Số xã | x | y")[2] is role


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian", TableKind.TASK),
        ("TT | Nhiệm vụ | Mục tiêu | Cơ quan chủ trì", TableKind.TASK),
        ("TT | Mục tiêu | Nhiệm vụ | Cơ quan chủ trì", TableKind.TASK),
        ("TT | Nội dung | Đơn vị | Thời gian", TableKind.TASK),
        ("TT | Nhiệm vụ | Đơn vị thực hiện | Kinh phí", TableKind.TASK),
        ("TT | Tên đề án | Cơ quan chủ trì | Thời gian", TableKind.TASK),
        ("TT | Chỉ tiêu | ĐVT | Năm 2025", TableKind.TARGET),
        ("TT | Nội dung công việc | ĐVT | Năm 2025", TableKind.TARGET),
        ("TT | Chỉ tiêu | Kế hoạch | Thực hiện", TableKind.TARGET),
        ("TT | Nội dung | Kinh phí | Ghi chú", TableKind.OTHER),
        ("TT | Nội dung | Đơn vị | Số lượng", TableKind.OTHER),
        ("TT | Tên dự án | Thời gian", TableKind.OTHER),
        ("TT | Họ và tên | Chức vụ | Đơn vị", TableKind.OTHER),
        ("TT | Tiêu chí | Điểm chuẩn | Điểm tự chấm", TableKind.OTHER),
    ],
)
def test_the_header_decides_what_the_rows_are(header, expected):
    assert kind(header, " | ".join("1xyzt"[: header.count("|") + 1])) is expected


def test_a_table_under_a_title_of_money_makes_no_tasks():
    header = "TT | Nhiệm vụ | Đơn vị thực hiện"
    assert kind(header, "1 | Mua sách | Sở Y tế", title="BẢNG TỔNG HỢP KINH PHÍ") is TableKind.OTHER


def test_a_header_of_two_rows_is_read_from_its_lower_level():
    assert columns(
        "TT | Nhiệm vụ | Đơn vị thực hiện | <        | Thời gian | <",
        "^  | ^        | Chủ trì          | Phối hợp | Bắt đầu   | Kết thúc",
        "1  | Rà soát  | Sở Y tế          | Sở Nội vụ | 3/2025   | 4/2025",
    ) == [
        ("TT", FieldRole.NUMBER),
        ("Nhiệm vụ", FieldRole.WORK),
        ("Đơn vị thực hiện / Chủ trì", FieldRole.LEAD),
        ("Đơn vị thực hiện / Phối hợp", FieldRole.COOPERATING),
        ("Thời gian / Bắt đầu", FieldRole.START),
        ("Thời gian / Kết thúc", FieldRole.END),
    ]


def test_a_group_that_could_not_be_merged_stands_over_the_blanks_behind_it():
    assert columns(
        "TT | Nhiệm vụ | Đơn vị thực hiện |",
        "   |          | Chủ trì | Phối hợp",
        "1  | Rà soát  | Sở Y tế | Sở Nội vụ",
    )[2:] == [
        ("Đơn vị thực hiện / Chủ trì", FieldRole.LEAD),
        ("Đơn vị thực hiện / Phối hợp", FieldRole.COOPERATING),
    ]


def test_what_was_done_may_stand_over_its_year():
    rows = ("TT | Chỉ tiêu | Thực hiện | Kế hoạch", "^ | ^ | 2024 | 2025", "1 | Số xã | 3 | 4")
    assert roles(*rows)[2:] == [FieldRole.BASELINE, FieldRole.FIGURE]


def test_a_row_that_counts_the_columns_belongs_to_the_header():
    (sheet,), _ = assembled(tabled("TT | Nhiệm vụ | Đơn vị", "(1) | (2) | (3)", "1 | Rà soát | Sở Y tế"))
    assert len(sheet.rows) == 1


def test_a_title_in_the_first_row_stands_above_the_header():
    assert roles("DANH MỤC | < | <", "TT | Nhiệm vụ | Đơn vị chủ trì", "1 | Rà soát | Sở Y tế")[2] is FieldRole.LEAD


@pytest.mark.parametrize(
    "rows",
    [
        ("1 | Rà soát | Sở Y tế", "2 | Tập huấn | Sở Nội vụ"),
        ("Nguyễn Văn A | Giám đốc | 0912", "Trần Văn B | Phó Giám đốc | 0913"),
    ],
)
def test_rows_are_no_header(rows):
    (sheet,), _ = assembled(tabled(*rows))
    assert sheet.header is None


def test_no_header_is_read_of_no_rows():
    assert read_header([]) is None


def test_a_header_of_two_hundred_columns_is_read():
    wide = [f"Việc {at}" for at in range(200)]
    assert (
        len(columns("TT | Nhiệm vụ | Đơn vị chủ trì | " + " | ".join(wide), "1 | a | b | " + " | ".join(wide))) == 203
    )


@pytest.mark.parametrize("text", ["nt", "Như trên", '-"-', "″", "N/T", "//"])
def test_a_mark_means_the_cell_above(text):
    assert is_same(text)


@pytest.mark.parametrize(("text", "empty"), [("", True), (" - ", True), ("…", True), ("x", False), ("0", False)])
def test_blanks_and_dashes_say_nothing(text, empty):
    assert is_empty(text) is empty


@pytest.mark.parametrize(("text", "caption"), [("Bảng 1. Nhiệm vụ", True), ("ĐVT: xã", True), ("Nhiệm vụ", False)])
def test_a_caption_is_known_by_its_words(text, caption):
    assert is_caption(text) is caption
