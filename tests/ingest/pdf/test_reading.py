from collections.abc import Callable
from math import cos, radians, sin
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Box, Document, Furniture, Side
from pipeline.ingest import ingest
from tests.documents import table_texts
from tests.ingest.pdf.made import type3

Save = Callable[[str, bytes | str], Path]
WORDS = ("Ủy", "ban", "nhân", "dân", "tỉnh", "yêu", "cầu", "các", "sở")
PROSE = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành và địa phương thực hiện tốt"


def body(pdf: Any, first: float, last: float, step: float = 16) -> None:
    """Full lines of running text from one height to another."""
    y = first
    while y <= last:
        pdf.text(72, y, PROSE)
        y += step


def head(pdf: Any) -> None:
    pdf.centred(160, 72, "ỦY BAN NHÂN DÂN", 12, "bold").centred(
        400, 72, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "bold"
    )
    pdf.centred(160, 88, "TỈNH AN BÌNH", 12, "bold").centred(400, 88, "Độc lập - Tự do - Hạnh phúc", 12, "bold")
    pdf.centred(160, 120, "Số: 12/KH-UBND").centred(400, 120, "An Bình, ngày 03 tháng 7 năm 2023", 12, "italic")


@pytest.fixture
def read(save: Save) -> Callable[[Any], Document]:
    return lambda pdf: ingest(save("a.pdf", pdf.bytes()))


def texts(document: Document) -> list[str]:
    return [line.text for _, line in document.lines()]


def test_lines_follow_the_page_not_the_stream(maker: Any, read: Any) -> None:
    pdf = maker().page().text(72, 140, "thứ ba").text(72, 100, "thứ nhất").text(72, 120, "thứ hai")
    assert texts(read(pdf)) == ["thứ nhất", "thứ hai", "thứ ba"]


def test_letters_drawn_after_their_line_go_into_it(maker: Any, read: Any) -> None:
    pdf = (
        maker()
        .page()
        .text(72, 100, "th")
        .text(90, 100, "m h")
        .text(114, 100, "nh")
        .text(84, 100, "ê")
        .text(108, 100, "ì")
    )
    assert texts(read(pdf)) == ["thêm hình"]


def test_words_carry_offsets_and_boxes(maker: Any, read: Any) -> None:
    line = read(maker().page().text(72, 100, "Sở Tài chính")).pages[0].lines[0]
    assert [line.text[word.start : word.end] for word in line.words] == ["Sở", "Tài", "chính"]
    assert line.words[1].box == Box(90, 89.2, 108, 102.64)


def test_decomposed_letters_are_composed(maker: Any, read: Any) -> None:
    line = read(maker().page().text(72, 100, "kế")).pages[0].lines[0]
    assert line.text == "kế"


@pytest.mark.parametrize(
    ("font", "bold", "italic"), [("bold", True, False), ("italic", False, True), ("regular", False, False)]
)
def test_style_comes_from_the_font(maker: Any, read: Any, font: str, bold: bool, italic: bool) -> None:
    line = read(maker().page().text(72, 100, "Mục tiêu", font=font)).pages[0].lines[0]
    assert (line.bold, line.italic) == (bold, italic)


def test_text_printed_twice_is_read_once(maker: Any, read: Any) -> None:
    assert texts(read(maker().page().text(72, 100, "QUYẾT ĐỊNH").text(72.9, 100, "QUYẾT ĐỊNH"))) == ["QUYẾT ĐỊNH"]


def test_the_head_is_read_left_column_first(maker: Any, read: Any) -> None:
    pdf = maker().page()
    head(pdf)
    pdf.centred(303, 160, "KẾ HOẠCH", 14, "bold")
    body(pdf, 200, 500)
    document = read(pdf)
    assert texts(document)[:7] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH AN BÌNH",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Bình, ngày 03 tháng 7 năm 2023",
        "KẾ HOẠCH",
    ]
    columns = [line.column for _, line in document.lines()]
    assert columns[:7] == [Side.LEFT] * 3 + [Side.RIGHT] * 3 + [None]


def test_wide_blanks_of_a_justified_line_divide_no_column(maker: Any, read: Any) -> None:
    left = [
        "Nơi nhận:",
        "- Chủ tịch UBND tỉnh;",
        "- Các sở, ngành: TC; XD; YT;",
        "VH; TP; NV; các huyện;",
        "- Lưu: VT.",
    ]
    pdf = maker().page()
    body(pdf, 72, 200)
    for row, line in enumerate(left):
        if row == 2:
            x = 85.0
            for word in line.split():
                pdf.text(x, 240 + 14 * row, word, 11)
                x += 5.5 * len(word) + 7.5
        else:
            pdf.text(85, 240 + 14 * row, line, 11)
    pdf.centred(430, 240, "TL. CHỦ TỊCH", 13, "bold").centred(430, 262, "CHÁNH VĂN PHÒNG", 13, "bold")
    pdf.centred(430, 320, "Lê Thị Hoa", 13, "bold")
    assert texts(read(pdf))[-8:] == [*left, "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Lê Thị Hoa"]


def test_a_long_name_leaves_a_narrow_gap_before_the_motto(maker: Any, read: Any) -> None:
    pdf = maker().page()
    pdf.text(72, 72, "UBND THÀNH PHỐ AN BÌNH").text(220, 72, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", font="bold")
    pdf.centred(140, 88, "SỞ Y TẾ", 12, "bold").centred(325, 88, "Độc lập - Tự do - Hạnh phúc", 12, "bold")
    body(pdf.centred(140, 110, "Số: 12/KH-SYT"), 200, 500)
    lines = texts(read(pdf))
    assert lines[:4] == ["UBND THÀNH PHỐ AN BÌNH", "SỞ Y TẾ", "Số: 12/KH-SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_few_lines_of_running_text_in_two_columns_are_no_list(maker: Any, read: Any) -> None:
    left = ["1. Phòng Y tế kiểm tra các", "cơ sở trên địa bàn và báo", "cáo kết quả trong tháng 9."]
    right = ["2. Phòng Nội vụ tham mưu", "khen thưởng tập thể có", "thành tích trong năm."]
    pdf = maker().page()
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        pdf.text(72, 100 + 16 * row, one).text(310, 100 + 16 * row, other)
    assert texts(read(pdf)) == [*left, *right]


def test_the_title_below_a_head_is_centred(maker: Any, read: Any) -> None:
    pdf = maker().page()
    head(pdf)
    body(pdf.centred(297, 160, "KẾ HOẠCH", 14), 200, 500)
    assert next(line for _, line in read(pdf).lines() if line.text == "KẾ HOẠCH").centred


def test_a_title_is_centred_where_no_line_reaches_the_right_edge(maker: Any, read: Any) -> None:
    pdf = maker().page()
    pdf.centred(318, 72, "KẾ HOẠCH", 14, "bold").centred(318, 90, "Triển khai thực hiện Quyết định số 1520/QĐ-TTg", 14)
    pdf.centred(318, 108, "của Thủ tướng Chính phủ", 14).text(85, 126, "của Ủy ban nhân dân tỉnh", 14)
    for row in range(20):
        pdf.text(85, 200 + 20 * row, "Tổ chức các hoạt động phục vụ học tập suốt đời tại thư viện, nhà", 14)
    first, second, third, flush = (line.centred for _, line in list(read(pdf).lines())[:4])
    assert first and second and third and not flush


def test_the_signature_block_is_read_left_column_first(maker: Any, read: Any) -> None:
    pdf = maker().page()
    body(pdf, 72, 300)
    pdf.text(72, 330, "Nơi nhận:").text(72, 345, "- Như trên;").text(72, 360, "- Lưu: VT.")
    pdf.centred(420, 327, "TM. ỦY BAN NHÂN DÂN", 12, "bold").centred(420, 343, "CHỦ TỊCH").centred(
        420, 410, "Trần Văn Bình"
    )
    last = [(line.text, line.column) for _, line in read(pdf).lines()][-6:]
    assert last == [
        ("Nơi nhận:", Side.LEFT),
        ("- Như trên;", Side.LEFT),
        ("- Lưu: VT.", Side.LEFT),
        ("TM. ỦY BAN NHÂN DÂN", Side.RIGHT),
        ("CHỦ TỊCH", Side.RIGHT),
        ("Trần Văn Bình", Side.RIGHT),
    ]


def test_a_signature_block_goes_on_over_the_page(maker: Any, read: Any) -> None:
    pdf = maker().page()
    body(pdf, 72, 700)
    pdf.text(72, 730, "Nơi nhận:").centred(420, 730, "CHỦ TỊCH").text(72, 745, "- Như trên;")
    pdf.page().text(72, 72, "- Sở Tài chính;").text(72, 88, "- Lưu: VT.").centred(420, 90, "Trần Văn Bình")
    columns = {line.text: line.column for _, line in read(pdf).lines()}
    assert columns["- Lưu: VT."] is Side.LEFT
    assert columns["Trần Văn Bình"] is Side.RIGHT


def test_justified_text_is_not_split(maker: Any, read: Any) -> None:
    pdf = maker().page()
    for y in range(72, 400, 16):  # every line has the same wide spaces at the same place
        for x, word in zip(range(72, 540, 52), WORDS, strict=True):
            pdf.text(x, y, word)
    assert not any(line.column for _, line in read(pdf).lines())


def test_a_list_of_labels_and_values_is_not_split(maker: Any, read: Any) -> None:
    pdf = maker().page()
    for y, label in zip((100, 116, 132), ("Họ tên:", "Chức vụ:", "Đơn vị:"), strict=True):
        pdf.text(72, y, label).text(250, y, "Trần Văn Bình")
    body(pdf, 200, 400)
    assert texts(read(pdf))[0] == "Họ tên: Trần Văn Bình"


def table(pdf: Any, top: float, rows: list[tuple[str, str]], bottom: bool = True) -> None:
    for at, (left, right) in enumerate(rows):
        y = top + 30 * at
        pdf.rule(72, y, 500, y).text(76, y + 14, left).text(206, y + 14, right)
    end = top + 30 * len(rows)
    if bottom:
        pdf.rule(72, end, 500, end)
    for x in (72, 200, 500):
        pdf.rule(x, top, x, end)


def test_a_ruled_table_stands_in_its_place(maker: Any, read: Any) -> None:
    pdf = maker().page()
    body(pdf, 72, 120)
    table(pdf, 150, [("TT", "Nhiệm vụ"), ("1", "Lập dự toán")])
    body(pdf, 240, 300)
    page = read(pdf).pages[0]
    assert table_texts(page, 0) == (("TT", "Nhiệm vụ"), ("1", "Lập dự toán"))
    assert page.tables[0].box == Box(72, 150, 500, 210)
    assert [line.text for line in page.lines if line.table == 0] == ["TT", "Nhiệm vụ", "1", "Lập dự toán"]
    assert [line.table for line in page.lines] == [None] * 4 + [0] * 4 + [None] * 4


def test_a_table_cut_by_the_page_end_is_closed(maker: Any, read: Any) -> None:
    pdf = maker().page()
    table(pdf, 700, [("TT", "Nhiệm vụ"), ("1", "Lập dự toán"), ("2", "Quyết toán")], bottom=False)
    assert len(table_texts(read(pdf).pages[0], 0)) == 3


def test_a_table_within_a_cell_is_text_of_the_cell(maker: Any, read: Any) -> None:
    pdf = maker().page()
    for y in (150, 180, 290):
        pdf.rule(72, y, 500, y)
    for x in (72, 200, 500):
        pdf.rule(x, 150, x, 290)
    for y in (210, 235, 260):
        pdf.rule(210, y, 450, y)
    for x in (210, 330, 450):
        pdf.rule(x, 210, x, 260)
    pdf.text(76, 164, "TT").text(206, 164, "Nhiệm vụ").text(76, 194, "1").text(206, 194, "Gồm:")
    pdf.text(214, 224, "Lập dự toán").text(340, 224, "Quý I").text(214, 249, "Quyết toán").text(340, 249, "Quý II")
    pdf.text(206, 280, "theo quy định")
    page = read(pdf).pages[0]
    assert len(page.tables) == 1
    assert table_texts(page, 0)[1] == ("1", "Gồm: Lập dự toán Quý I Quyết toán Quý II theo quy định")


def test_text_beside_the_cells_of_a_table_stands_in_none(maker: Any, read: Any) -> None:
    pdf = maker().page()
    for y in (150, 180, 210):
        pdf.rule(72, y, 400, y)
    for x in (72, 200, 400):
        pdf.rule(x, 150, x, 210)
    pdf.rule(400, 180, 500, 180).rule(400, 210, 500, 210).rule(500, 180, 500, 210)  # no cell at the upper right
    pdf.text(76, 164, "TT").text(206, 164, "Việc").text(404, 164, "Ghi chú")
    pdf.text(76, 194, "1").text(206, 194, "Lập").text(404, 194, "Mới")
    lines = read(pdf).pages[0].lines
    assert [(line.table, bool(line.cells)) for line in lines if line.text == "Ghi chú"] == [(0, False)]
    assert all(line.cells for line in lines if line.text != "Ghi chú")


def test_a_word_that_runs_over_its_cell_stays_whole(maker: Any, read: Any) -> None:
    pdf = maker().page()
    table(pdf, 150, [("TT", "Nhiệm vụ"), ("", "Lập dự toán")])
    pdf.text(170, 194, "10/2014")
    assert table_texts(read(pdf).pages[0], 0)[1] == ("10/2014", "Lập dự toán")


def test_text_that_is_drawn_over_two_cells_is_parted(maker: Any, read: Any) -> None:
    """Some programs draw a row at once, with a jump from cell to cell."""
    pdf = maker().page()
    table(pdf, 150, [("TT", "Nhiệm vụ"), ("", "")])
    codes = ["".join(f"{ord(char):04x}" for char in text) for text in ("1", "Lập")]
    pdf.pages[-1][0].append(f"BT /regular 12 Tf 1 0 0 1 80 {842 - 194} Tm [<{codes[0]}> -10000 <{codes[1]}>] TJ ET")
    assert table_texts(read(pdf).pages[0], 0)[1] == ("1", "Lập")


def test_a_frame_is_no_table(maker: Any, read: Any) -> None:
    pdf = maker().page().rule(50, 50, 545, 50).rule(50, 790, 545, 790).rule(50, 50, 50, 790).rule(545, 50, 545, 790)
    body(pdf, 72, 200)
    assert read(pdf).pages[0].tables == ()


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_boxes_of_a_rotated_page_are_those_displayed(maker: Any, read: Any, rotate: int) -> None:
    pdf = maker().page(rotate)
    turn = {90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[rotate]
    x, y = {90: (100, 842 - 72), 180: (595 - 72, 842 - 100), 270: (595 - 100, 72)}[rotate]
    page = read(pdf.text(x, y, "Kế hoạch", turn=turn)).pages[0]
    assert (page.width, page.height) == ((842, 595) if rotate != 180 else (595, 842))
    assert page.lines[0].text == "Kế hoạch"
    assert page.lines[0].box == pytest.approx(Box(72, 89.2, 120, 102.64), abs=0.1)


def test_text_that_runs_up_the_page_is_read(maker: Any, read: Any) -> None:
    pdf = maker().page().text(100, 700, "Phụ lục kèm theo", turn="0 1 -1 0").text(120, 700, "dòng hai", turn="0 1 -1 0")
    page = read(pdf).pages[0]
    assert [line.text for line in page.lines] == ["Phụ lục kèm theo", "dòng hai"]
    assert page.lines[0].box == pytest.approx(Box(89.2, 604, 102.64, 700), abs=0.1)


@pytest.mark.parametrize(
    ("size", "turn"),
    [(-12, "-1 0 0 -1"), (0.012, "1000 0 0 1000"), (-0.4, "-30 0 0 -30")],
    ids=["negative", "tiny", "both"],
)
def test_a_size_counts_with_its_matrix(maker: Any, read: Any, size: float, turn: str) -> None:
    pdf = maker().page().text(72, 100, "Kế hoạch", size, turn=turn).text(72, 120, "Mục tiêu", size, turn=turn)
    lines = read(pdf).pages[0].lines
    assert [line.text for line in lines] == ["Kế hoạch", "Mục tiêu"]
    assert lines[0].box == pytest.approx(Box(72, 89.2, 120, 102.64), abs=1)


def test_type_too_small_to_see_is_not_read(maker: Any, read: Any) -> None:
    pdf = maker().page().text(72, 100, PROSE)
    assert texts(read(pdf.text(72, 300, "không ai thấy", 0.3))) == [PROSE]


@pytest.mark.parametrize(("scale", "em", "size"), [(0.001, 1000, 12), (1, 50, 0.24), (1, 240, 0.05), (0.001, 100, 120)])
def test_fonts_of_type_3_have_units_of_their_own(save: Save, scale: float, em: float, size: float) -> None:
    rows = [f"{at}. To chuc thuc hien ke hoach cua tinh" for at in range(1, 9)]
    content = "\n".join(f"BT /T3 {size} Tf 1 0 0 1 72 {700 - 18 * at} Tm ({row}) Tj ET" for at, row in enumerate(rows))
    assert texts(ingest(save("a.pdf", type3(content, scale, em)))) == rows


def at_an_angle(pdf: Any, degrees: float, rows: int = 4) -> Any:
    """Full lines that rise by so many degrees."""
    cosine, sine = cos(radians(degrees)), sin(radians(degrees))
    for row in range(rows):
        x, y = 290 + sine * 18 * row - cosine * 200, 420 + cosine * 18 * row + sine * 200
        pdf.text(x, y, f"{row + 1}. {PROSE[:52]}", 12, turn=f"{cosine} {sine} {-sine} {cosine}")
    return pdf


@pytest.mark.parametrize("degrees", [20, -20, 45, 70, 110, 160])
def test_a_page_that_is_printed_at_an_angle_is_read(maker: Any, read: Any, degrees: float) -> None:
    document = read(at_an_angle(maker().page(), degrees))
    assert texts(document) == [f"{row}. {PROSE[:52]}" for row in range(1, 5)]
    assert document.notices == ()


def test_a_page_at_an_angle_has_its_words_in_place(maker: Any, read: Any) -> None:
    word = read(at_an_angle(maker().page(), 20)).pages[0].lines[0].words[1]
    x, y = 290 - cos(radians(20)) * (200 - 30), 420 + sin(radians(20)) * (200 - 30)
    assert word.box.x0 - 4 < x < word.box.x1 + 4 and word.box.y0 - 4 < y < word.box.y1 + 8


def test_a_watermark_is_left_out_and_told_once(maker: Any, read: Any) -> None:
    pdf = maker()
    for _ in range(3):
        body(pdf.page(), 72, 500)
        pdf.text(150, 600, "DỰ THẢO", 80, turn="0.7 0.7 -0.7 0.7")
    document = read(pdf)
    assert set(texts(document)) == {PROSE}
    assert [(one.code, one.page, one.params) for one in document.notices] == [("W219", 1, (("text", "DỰ THẢO"),))]


def test_a_stamped_number_goes_into_its_line(maker: Any, read: Any) -> None:
    pdf = maker().page().text(72, 100, "Số:").text(120, 100, "/KH-UBND").stamp(95, 90, ["11"], 10)
    assert texts(read(pdf)) == ["Số: 11 /KH-UBND"]


def test_a_digital_signature_is_set_aside(maker: Any, read: Any) -> None:
    pdf = maker().page().stamp(72, 64, ["Ký bởi: Ủy ban nhân dân", "Thời gian ký: 05/01/2021 08:15:24"])
    body(pdf, 72, 200)
    aside = [line.text for _, line in read(pdf).lines() if line.furniture is Furniture.DIGITAL_SIGNATURE]
    assert aside == ["Ký bởi: Ủy ban nhân dân", "Thời gian ký: 05/01/2021 08:15:24"]


def test_a_page_without_text_is_named(maker: Any, read: Any) -> None:
    pdf = maker().page().text(72, 100, PROSE).page().page().text(72, 100, PROSE)
    assert [(said.code, said.page) for said in read(pdf).notices] == [("W201", 2)]


def test_a_page_with_countless_rules_is_read_line_by_line(maker: Any, read: Any) -> None:
    pdf = maker().page()
    for n in range(110):
        pdf.rule(60, 60 + n * 7, 540, 60 + n * 7).rule(60 + n * 4.3, 60, 60 + n * 4.3, 830)
    document = read(pdf.text(72, 100, PROSE))
    assert [said.code for said in document.notices] == ["W205"]
    assert document.pages[0].tables == ()


@pytest.mark.parametrize(("colour", "shaded"), [("0 0.7 0.9", True), ("1 1 1", False)])
def test_a_bar_colours_the_cells_that_it_lies_in(colour, shaded, maker: Any, read: Any) -> None:
    pdf = maker().page()
    body(pdf, 72, 120)
    table(pdf, 150, [("T1", "T2"), ("", "Lập dự toán"), ("", "")])
    pdf.fill(210, 215, 480, 235, colour)
    assert [cell.shaded for cell in read(pdf).pages[0].tables[0].cells] == [False] * 5 + [shaded]
