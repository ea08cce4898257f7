"""What the columns of a table say, by its header."""

import pytest

from pipeline.document import FieldRole
from pipeline.outline.table_assembly import assembled
from pipeline.outline.table_columns import is_caption, is_empty, is_same, kind_of, read_header
from pipeline.schema import TableKind
from tests.cases import cases
from tests.documents import tabled


def columns(*rows):
    """Each column's header with its role."""
    (sheet,), _ = assembled(tabled(*rows))
    return [(one.header, one.role) for one in sheet.header.columns]


def roles(*rows):
    return [role for _, role in columns(*rows)]


def kind(*rows, title=""):
    (sheet,), _ = assembled(tabled(*rows))
    return kind_of(sheet.header, title)[0]


@cases("columns/roles", wording=str, role=FieldRole)
def test_a_header_says_what_its_column_is(wording, role):
    assert roles(f"TT | Nhiệm vụ | {wording} | Ghi", "1 | Rà soát | x | y")[2] is role


@pytest.mark.parametrize("wording", ["Ban hành văn bản hướng dẫn", "Tổ chức khảo sát, rà soát"])
def test_a_header_that_begins_with_a_deed_names_nobody_who_acts(wording):
    assert roles(f"TT | Nhiệm vụ | {wording} | Ghi", "1 | Rà soát | Công văn của sở | y")[2] is FieldRole.OTHER


@cases("columns/work", wording=str)
def test_a_header_names_the_work(wording):
    assert roles(f"TT | {wording} | Đơn vị thực hiện", "1 | Rà soát | x")[1] is FieldRole.WORK


@cases("columns/numbers", wording=str)
def test_a_header_counts_the_rows(wording):
    assert roles(f"{wording} | Nhiệm vụ | Đơn vị thực hiện", "1 | Rà soát | x")[0] is FieldRole.NUMBER


@cases("columns/targets", wording=str, role=FieldRole)
def test_a_header_of_a_table_of_targets(wording, role):
    assert roles(f"TT | Chỉ tiêu | {wording} | Năm 2026", "1 | Số xã | x | y")[2] is role


@cases("columns/tables", header=str, rows=TableKind)
def test_the_header_decides_what_the_rows_are(header, rows):
    assert kind(header, " | ".join("1xyzt"[: header.count("|") + 1])) is rows


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


@cases("columns/same_as_above", text=str)
def test_a_mark_means_the_cell_above(text):
    assert is_same(text)


@cases("columns/empty", text=str, empty=bool)
def test_blanks_and_dashes_say_nothing(text, empty):
    assert is_empty(text) is empty


@pytest.mark.parametrize(("text", "caption"), [("Bảng 1. Nhiệm vụ", True), ("ĐVT: xã", True), ("Nhiệm vụ", False)])
def test_a_caption_is_known_by_its_words(text, caption):
    assert is_caption(text) is caption
