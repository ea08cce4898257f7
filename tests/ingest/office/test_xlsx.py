"""Workbooks: what is printed of them, as Excel prints it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from pipeline.document import Document
from pipeline.errors import KehoachError, TooLargeError
from pipeline.ingest import ingest
from pipeline.ingest.office.number_formats import printed
from pipeline.run import run
from tests.documents import table_texts

HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành")
ROWS = (
    (1, "Rà soát thủ tục hành chính", "Sở Tư pháp", "Quý II/2026"),
    (2, "Tập huấn kỹ năng số cho cán bộ", "Sở Nội vụ", "Tháng 9/2026"),
)


def book(*rows: tuple[Any, ...]) -> Workbook:
    made = Workbook()
    for row in rows or (HEADER, *ROWS):
        made.active.append(row)
    return made


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Workbook], Document]:
    def save_and_read(made: Workbook) -> Document:
        made.save(tmp_path / "a.xlsx")
        return ingest(tmp_path / "a.xlsx")

    return save_and_read


def cells(document: Document) -> list[tuple[tuple[str, ...], ...]]:
    return [table_texts(page, at) for page in document.pages for at in range(len(page.tables))]


def test_a_sheet_is_a_table(read: Callable[[Workbook], Document]) -> None:
    assert cells(read(book())) == [(HEADER, *((str(row[0]), *row[1:]) for row in ROWS))]


def test_each_sheet_is_a_table_of_its_own(read: Callable[[Workbook], Document]) -> None:
    made = book()
    made.create_sheet("2").append(("STT", "Chỉ tiêu", "ĐVT", "Năm 2026"))
    made["2"].append((1, "Số xã đạt chuẩn", "xã", 12))
    assert [len(rows) for rows in cells(read(made))] == [3, 2]


def test_merged_cells_keep_what_they_cover(read: Callable[[Workbook], Document]) -> None:
    made = book(HEADER, *ROWS)
    made.active.merge_cells("C2:C3")
    first = read(made).pages[0].tables[0].cells
    assert [(cell.row, cell.column, cell.rows) for cell in first if cell.rows > 1] == [(1, 2, 2)]


def test_cells_merged_over_a_whole_sheet_are_refused_before_they_take_memory(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "Nhiệm vụ"
    book.active.merged_cells.add("A1:XFD1048576")
    book.save(tmp_path / "whole.xlsx")
    with pytest.raises(TooLargeError, match="17179869184"):
        ingest(tmp_path / "whole.xlsx")


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace('ref="A1:XFD1048576"', "ref = 'A1:XFD1048576'").encode()),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace("A1:XFD", "$A&#36;1:XFD").encode()),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace("utf-8", "utf-16").encode("utf-16")),
        ("xl/other/nhiệm vụ.bin", str.encode),
    ],
)
def test_merged_cells_are_found_however_they_are_written(
    tmp_path: Path, part: str, changed: Callable[[str], bytes]
) -> None:
    book = Workbook()
    book.active["A1"] = "Nhiệm vụ"
    book.active.merged_cells.add("A1:XFD1048576")
    book.save(tmp_path / "plain.xlsx")
    first = "xl/worksheets/sheet1.xml"
    with ZipFile(tmp_path / "plain.xlsx") as plain, ZipFile(tmp_path / "whole.xlsx", "w") as whole:
        for name in plain.namelist():
            data = plain.read(name)
            data = changed(data.decode()) if name == first else data.replace(first.encode(), part.encode())
            whole.writestr(part if name == first else name, data)
    with pytest.raises(TooLargeError, match="17179869184"):
        ingest(tmp_path / "whole.xlsx")


def test_what_is_hidden_is_not_read_and_told(read: Callable[[Workbook], Document]) -> None:
    made = book(HEADER, *ROWS)
    made.active.row_dimensions[2].hidden = True
    made.active.column_dimensions["C"].hidden = True
    made.create_sheet("cũ").append(("x", "y", "z"))
    made["cũ"].sheet_state = "hidden"
    document = read(made)
    assert cells(document) == [(("TT", "Nhiệm vụ", "Thời gian hoàn thành"), ("2", ROWS[1][1], ROWS[1][3]))]
    (told,) = document.notices
    assert (told.code, dict(told.params)) == ("W232", {"sheets": "1", "rows": "1", "columns": "1"})


def test_what_is_struck_out_is_not_read_and_told(read: Callable[[Workbook], Document]) -> None:
    made = book(HEADER, *ROWS)
    made.active["D2"].font = Font(strike=True)
    made.active["B3"] = CellRichText(TextBlock(InlineFont(strike=True), "Bỏ "), "Tập huấn")
    document = read(made)
    assert [row[1:] for row in cells(document)[0][1:]] == [(*ROWS[0][1:3], ""), ("Tập huấn", *ROWS[1][2:])]
    assert [one.code for one in document.notices] == ["W226"]


def test_a_formula_without_a_result_is_told(read: Callable[[Workbook], Document]) -> None:
    made = book(HEADER, *ROWS)
    made.active["D2"] = "=1+1"
    assert [(one.code, dict(one.params)) for one in read(made).notices] == [("W233", {"count": "1"})]


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (0.85, "0%", "85%"),
        (0.855, "0.0%", "85,5%"),
        (1200, "#,##0", "1.200"),
        (1200.5, "#,##0.00", "1.200,50"),
        (12.5, "General", "12,5"),
        (3.0, "General", "3"),
        (1500, '#,##0" đồng"', "1.500 đồng"),
        (-5, "0;(0)", "(5)"),
        (-5, "#,##0", "-5"),
        (5, "00", "05"),
        (12.0, "0.##", "12"),
        (3_400_000_000, "#,##0,,", "3.400"),
        (7_250_000, '0.0,," tỷ"', "7,3 tỷ"),
        (84.5, "0", "85"),
        (0.345, "0%", "35%"),
        (2.675, "0.00", "2,68"),
        (7, '0" % nhỏ nhất"', "7 % nhỏ nhất"),
        (0, '#,##0;-#,##0;"không"', "không"),
        (0, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_)', "-"),
        (0, "#,##0;-#,##0;", ""),
        (9, '0"/KH-SYT"', "9/KH-SYT"),
        (1.5, "# ?/?", "1,5"),
        (912345678, "000 000 000", "912345678"),
        (5, '[=1]"một";0', "5"),
        (0, '0;-0;[Red]"-"', "-"),
        (-0.2, "0", "0"),
        (23456789012.7, "General", "23456789013"),
        (5, ";;;", ""),
        (datetime(2026, 3, 5), "mm-dd-yy", "05/03/2026"),
        (datetime(2026, 3, 5), "[$-42A]d/m/yyyy;@", "5/3/2026"),
        (datetime(2026, 3, 5), '"Tháng "m/yyyy', "Tháng 3/2026"),
        (datetime(2026, 3, 5), "mmm-yy", "03-2026"),
        (datetime(2026, 3, 5, 8, 30), "dd/mm/yyyy hh:mm", "05/03/2026 08:30"),
    ],
)
def test_values_are_read_as_they_are_printed(value: Any, pattern: str, text: str) -> None:
    assert printed(value, pattern) == text


def test_a_number_of_the_first_column_keeps_its_dot(read: Callable[[Workbook], Document]) -> None:
    assert [row[0] for row in cells(read(book(HEADER, (1.1, "Rà soát", "Sở Y tế", 1.5))))[0]] == ["TT", "1.1"]


def test_a_plan_in_a_sheet_has_its_record_and_its_items(tmp_path: Path) -> None:
    made = book(
        ("ỦY BAN NHÂN DÂN", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TỈNH LÀO CAI", None, "Độc lập - Tự do - Hạnh phúc"),
        ("Số: 15/KH-UBND", None, "Lào Cai, ngày 15 tháng 01 năm 2026"),
        (None,),
        ("KẾ HOẠCH",),
        ("Nâng cao chất lượng dịch vụ công năm 2026",),
        (None,),
        HEADER,
        *ROWS,
        ("Nơi nhận:", None, "TM. ỦY BAN NHÂN DÂN"),
        ("- Các sở, ban, ngành;", None, "KT. CHỦ TỊCH"),
        ("- Lưu: VT.", None, "PHÓ CHỦ TỊCH"),
        (None, None, "Giàng Thị Mai"),
    )
    made.save(tmp_path / "kh.xlsx")
    plan = run(tmp_path / "kh.xlsx")
    assert (plan.metadata.number, plan.metadata.issued, plan.metadata.title) == (
        "15/KH-UBND",
        "2026-01-15",
        "Nâng cao chất lượng dịch vụ công năm 2026",
    )
    assert plan.metadata.signer is not None and plan.metadata.signer.name == "Giàng Thị Mai"
    assert [(one.number, one.text, one.agencies[0].name, one.deadlines[0].edtf) for one in plan.tasks] == [
        ("1", ROWS[0][1], "Sở Tư pháp", "../2026-06-30"),
        ("2", ROWS[1][1], "Sở Nội vụ", "../2026-09-30"),
    ]


@pytest.mark.parametrize(
    "work",
    ["Trưng bày sách mừng Đảng Cộng sản Việt Nam tròn 96 tuổi", "Nơi nhận: lập danh bạ điện tử các đơn vị"],
    ids=["party", "recipients"],
)
def test_a_row_that_speaks_of_the_party_or_of_recipients_is_no_foot(
    read: Callable[[Workbook], Document], work: str
) -> None:
    foot = ("Nơi nhận:", None, "TM. ỦY BAN NHÂN DÂN")
    made = book(HEADER, (1, work, "Sở Nội vụ", "Quý I/2026"), (2, work), (3, "Thi cử", "Sở Y tế", "Quý II/2026"), foot)
    assert [row[0] for row in cells(read(made))[0]] == ["TT", "1", "2", "3"]


@pytest.mark.parametrize("more", [(), ("Quý I/2026",)], ids=["two", "three"])
def test_a_foot_as_wide_as_the_table_ends_it(read: Callable[[Workbook], Document], more: tuple[str, ...]) -> None:
    rows = (("Nhiệm vụ", "Cơ quan", *more), ("Mừng Đảng Cộng sản Việt Nam", "Sở Y tế", *more))
    assert cells(read(book(*rows, ("Nơi nhận:", "CHỦ TỊCH", *more)))) == [rows]


@pytest.mark.parametrize("above", [(), ((None, None, "Lào Cai, ngày 15 tháng 01 năm 2026"),)], ids=["post", "day"])
def test_a_foot_without_recipients_stands_below_an_empty_row(
    read: Callable[[Workbook], Document], above: tuple[tuple[str | None, ...], ...]
) -> None:
    foot = (*above, ("NGƯỜI LẬP", None, "TỔ TRƯỞNG"), (None,), ("Lê Thu Hà", None, "Giàng Thị Mai"))
    assert cells(read(book(HEADER, *ROWS, (None,), *foot))) == cells(read(book(HEADER, *ROWS)))


def test_a_group_of_rows_below_an_empty_row_is_no_foot(read: Callable[[Workbook], Document]) -> None:
    made = book(HEADER, ROWS[0], (None,), (None, "CẤP XÃ"), ROWS[1])
    assert [row[0] for row in cells(read(made))[0]] == ["TT", "1", "", "2"]


def test_an_empty_workbook_has_no_text(read: Callable[[Workbook], Document]) -> None:
    with pytest.raises(KehoachError) as caught:
        read(Workbook())
    assert caught.value.code == "E106"
