from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.document import Cell, Document, Page, Side
from pipeline.ingest import ingest
from pipeline.ingest.tables.unruled import find_unruled
from pipeline.ingest.words import PageToken, TextRow
from tests.documents import table_texts

Save = Callable[[str, bytes | str], Path]
LEFTS = (72, 120, 330, 450)
HEADER = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian")
ROWS = [
    ("1", "Xây dựng kế hoạch", "Sở Tài chính", "Quý I"),
    ("2", "Tổ chức tập huấn", "Sở Y tế", "Quý II"),
]
PROSE = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành và địa phương thực hiện tốt"
STEP = 15


@pytest.fixture
def read(save: Save) -> Callable[[Any], Document]:
    return lambda pdf: ingest(save("a.pdf", pdf.bytes()))


def put(pdf: Any, y: float, cells: tuple[str, ...], font: str = "regular") -> float:
    """One line of cells; the height of the next."""
    for x, text in zip(LEFTS, cells, strict=True):
        if text:
            pdf.text(x, y, text, 12, font)
    return y + STEP


def table(pdf: Any, y: float, rows: list[tuple[str, ...]], header: tuple[str, ...] | None = HEADER) -> float:
    if header:
        y = put(pdf, y, header, "bold")
    for row in rows:
        y = put(pdf, y, row)
    return y


def only(page: Page) -> tuple[tuple[str, ...], ...]:
    assert len(page.tables) == 1
    return table_texts(page, 0)


def test_a_table_without_rules_is_found_by_the_header_of_its_numbers(maker: Any, read: Any) -> None:
    pdf = maker().page().text(72, 72, PROSE)
    end = table(pdf, 100, ROWS)
    pdf.text(72, end + 20, PROSE)
    page = read(pdf).pages[0]
    assert only(page) == (HEADER, *ROWS)
    assert [line.table for line in page.lines] == [None, *[0] * 12, None]


def test_lines_of_a_cell_stay_together(maker: Any, read: Any) -> None:
    more = ("", "phòng, chống dịch", "", "")
    pdf = maker().page()
    table(pdf, 100, [ROWS[0], more, ROWS[1], more])
    assert [row[1] for row in only(read(pdf).pages[0])] == [
        "Nhiệm vụ",
        "Xây dựng kế hoạch phòng, chống dịch",
        "Tổ chức tập huấn phòng, chống dịch",
    ]


@pytest.mark.parametrize("first", ["TT", "STT", "Stt", "Số TT", "S.TT"])
def test_headers_of_row_numbers(maker: Any, read: Any, first: str) -> None:
    pdf = maker().page()
    y = put(pdf, 100, (first, *HEADER[1:]))
    table(pdf, y, ROWS, None)
    assert only(read(pdf).pages[0])[1:] == tuple(ROWS)


def test_without_the_cue_there_is_no_table(maker: Any, read: Any) -> None:
    pdf = maker().page()
    table(pdf, 100, ROWS, ("Mã", *HEADER[1:]))
    assert read(pdf).pages[0].tables == ()


def test_two_columns_are_no_table(maker: Any, read: Any) -> None:
    pdf = maker().page()
    for y, (number, text) in zip((100, 115, 130), (("TT", "Nội dung"), ("1", "Một"), ("2", "Hai")), strict=True):
        pdf.text(72, y, number).text(120, y, text)
    assert read(pdf).pages[0].tables == ()


def test_a_header_over_two_columns_spans_them(maker: Any, read: Any) -> None:
    pdf = maker().page().text(72, 107, "TT", 12, "bold").text(160, 107, "Nhiệm vụ", 12, "bold")
    pdf.centred(417, 100, "Phân công", 12, "bold")
    pdf.text(330, 114, "Chủ trì", 12, "bold").text(450, 114, "Phối hợp", 12, "bold")
    table(pdf, 130, ROWS, None)
    page = read(pdf).pages[0]
    assert page.tables[0].cells[:5] == (Cell(0, 0, 2), Cell(0, 1, 2), Cell(0, 2, 1, 2), Cell(1, 2), Cell(1, 3))
    assert only(page)[:2] == (("TT", "Nhiệm vụ", "Phân công", ""), ("", "", "Chủ trì", "Phối hợp"))


def test_the_title_of_a_section_spans_the_columns(maker: Any, read: Any) -> None:
    pdf = maker().page()
    y = put(pdf, 100, HEADER, "bold")
    pdf.text(72, y, "I").text(120, y, "NHIỆM VỤ VỀ XÂY DỰNG KẾ HOẠCH VÀ TỔ CHỨC BỘ MÁY")
    table(pdf, y + STEP, ROWS, None)
    page = read(pdf).pages[0]
    assert Cell(1, 1, 1, 3) in page.tables[0].cells
    assert only(page)[1] == ("I", "NHIỆM VỤ VỀ XÂY DỰNG KẾ HOẠCH VÀ TỔ CHỨC BỘ MÁY", "", "")


def test_a_title_on_two_lines_loses_nothing(maker: Any, read: Any) -> None:
    pdf = maker().page()
    y = put(pdf, 100, HEADER, "bold")
    pdf.text(72, y, "I", 12, "bold").text(120, y, "Nhiệm vụ về xây dựng kế hoạch và tổ chức", 12, "bold")
    pdf.text(120, y + STEP, "bộ máy của các cơ quan chuyên môn cấp tỉnh", 12, "bold")
    table(pdf, y + 2 * STEP, ROWS, None)
    assert only(read(pdf).pages[0])[1][:2] == (
        "I",
        "Nhiệm vụ về xây dựng kế hoạch và tổ chức bộ máy của các cơ quan chuyên môn cấp tỉnh",
    )


def test_numbers_in_the_middle_of_their_rows(maker: Any, read: Any) -> None:
    pdf = maker().page()
    y = put(pdf, 100, HEADER, "bold")
    for number in ("1", "2"):
        put(pdf, y, ("", f"Việc {number} dòng một", "", ""))
        put(pdf, y + STEP / 2, (number, "", "Sở Tài chính", "Quý I"))
        put(pdf, y + STEP, ("", f"việc {number} dòng hai", "", ""))
        y += 2 * STEP
    assert only(read(pdf).pages[0])[1:] == (
        ("1", "Việc 1 dòng một việc 1 dòng hai", "Sở Tài chính", "Quý I"),
        ("2", "Việc 2 dòng một việc 2 dòng hai", "Sở Tài chính", "Quý I"),
    )


def test_level_rules_part_the_rows(maker: Any, read: Any) -> None:
    """As books set tables: a number below its text's first line, told by the rules alone."""
    pdf = maker().page()
    y = put(pdf, 100, HEADER)
    for number in ("1", "2"):
        pdf.rule(72, y - 11, 520, y - 11)
        y = put(pdf, y, ("", "Xây dựng", "Sở Tài chính", "Quý I"))
        y = put(pdf, y, ("", "kế hoạch", "", ""))
        y = put(pdf, y, (number, "năm", "", ""))
    pdf.rule(72, y - 11, 520, y - 11).text(72, y + 6, "Nguồn: báo cáo")
    page = read(pdf).pages[0]
    assert only(page)[1:] == tuple((n, "Xây dựng kế hoạch năm", "Sở Tài chính", "Quý I") for n in "12")
    assert page.lines[-1].text == "Nguồn: báo cáo" and page.lines[-1].table is None


def test_a_table_goes_on_over_the_page(maker: Any, read: Any) -> None:
    pdf = maker().page()
    table(pdf, 700, [*ROWS, *ROWS])
    pdf.centred(297, 815, "1").page().centred(297, 40, "2")
    end = table(pdf, 72, [("", "của năm", "và Y tế", ""), ROWS[1]], None)
    pdf.text(72, end + 12, PROSE)
    pages = read(pdf).pages
    assert only(pages[1]) == (("", "của năm", "và Y tế", ""), ROWS[1])
    assert pages[1].lines[-1].table is None


def test_one_row_between_two_rules_goes_on_over_the_page(maker: Any, read: Any) -> None:
    """The page before has numbers below the first lines of their rows."""
    pdf = maker().page()
    y = put(pdf, 680, HEADER)
    for number in ("1", "2"):
        pdf.rule(72, y - 11, 520, y - 11)
        y = put(pdf, y, ("", "Xây dựng", "Sở Tài chính", "Quý I"))
        y = put(pdf, y, (number, "kế hoạch", "", ""))
    pdf.rule(72, y - 11, 520, y - 11).page().rule(72, 61, 520, 61)
    end = table(pdf, 72, [("3", "Xây dựng", "Sở Y tế", "Quý II"), ("", "kế hoạch", "", "")], None)
    pdf.rule(72, end - 11, 520, end - 11)
    assert only(read(pdf).pages[1]) == (("3", "Xây dựng kế hoạch", "Sở Y tế", "Quý II"),)


def test_the_next_page_is_no_table_when_prose_follows_the_first(maker: Any, read: Any) -> None:
    pdf = maker().page()
    end = table(pdf, 300, ROWS)
    pdf.text(72, end + 20, PROSE).page()
    table(pdf, 72, ROWS, None)
    assert read(pdf).pages[1].tables == ()


def test_the_sign_off_is_no_row(maker: Any, read: Any) -> None:
    pdf = maker().page()
    end = table(pdf, 100, ROWS) + 6
    pdf.text(72, end, "Nơi nhận:").centred(420, end, "TM. ỦY BAN NHÂN DÂN", 12, "bold")
    pdf.text(72, end + 15, "- Như trên.").centred(420, end + 15, "CHỦ TỊCH")
    page = read(pdf).pages[0]
    assert len(only(page)) == 3
    assert [line.column for line in page.lines if line.text == "CHỦ TỊCH"] == [Side.RIGHT]


def test_a_row_that_speaks_of_the_party_is_one(maker: Any, read: Any) -> None:
    pdf = maker().page()
    table(pdf, 100, [ROWS[0], ("2", "Mừng Đảng Cộng sản Việt Nam", *ROWS[1][2:]), ("3", *ROWS[1][1:])])
    assert [row[0] for row in only(read(pdf).pages[0])][1:] == ["1", "2", "3"]


def test_columns_that_do_not_hold_are_no_table(maker: Any, read: Any) -> None:
    """Nothing rather than half a table whose last row is cut."""
    pdf = maker().page()
    y = table(pdf, 100, [ROWS[0]])
    pdf.text(72, y, "2").text(120, y, "Xây dựng kế hoạch của các sở, ban, ngành tỉnh nhà").text(430, y, "Quý I/2024")
    assert read(pdf).pages[0].tables == ()


def test_a_line_of_prose_that_names_tt_is_no_header(maker: Any, read: Any) -> None:
    pdf = maker().page().text(72, 100, "TT HĐND tỉnh và các ban").text(72, 116, "1. Sở Tài chính").text(72, 132, PROSE)
    assert read(pdf).pages[0].tables == ()


WORDS = some.sampled_from(["TT", "1", "2", "II", "a)", "Sở", "NHIỆM", "xây", "kế hoạch dài hơn"])
LINES = some.lists(
    some.tuples(
        some.sampled_from([6.0, 14.0, 15.0, 20.0, 40.0]),
        some.lists(some.tuples(some.sampled_from([3.0, 6.0, 12.0, 60.0, 110.0]), WORDS), min_size=1, max_size=6),
    ),
    max_size=12,
)


@given(LINES, some.booleans())
def test_whatever_stands_on_a_page_no_word_is_lost_and_cells_fill_their_grid(
    lines: list[tuple[float, list[tuple[float, str]]]], bold: bool
) -> None:
    def row(y: float, pieces: list[tuple[float, str]], strong: bool) -> TextRow:
        tokens = []
        x = 60.0
        for gap, text in pieces:
            tokens.append(
                PageToken(text, x + gap, x + gap + 6 * len(text), y, 12, len(text), len(text) if strong else 0, 0)
            )
            x += gap + 6 * len(text)
        return TextRow(tuple(tokens), y, 12)

    rows = [row(100, [(12, "TT"), (60, "Việc"), (110, "Chủ trì"), (60, "Hạn")], True)]
    for step, pieces in lines:
        rows.append(row(rows[-1].baseline + step, pieces, bold))
    found = find_unruled(rows, 842)
    kept = [row for table in found.tables for content in table.contents for row in content] + list(found.rest)
    assert Counter(token for row in kept for token in row.tokens) == Counter(
        token for row in rows for token in row.tokens
    )
    for table in found.tables:
        places = Counter(
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        )
        wide = max(column for _, column in places) + 1
        assert set(places.values()) == {1} and len(places) == wide * (max(row for row, _ in places) + 1)
