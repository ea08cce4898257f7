"""XLSX, read back by openpyxl and pandas."""

import re
import zipfile
from datetime import date, datetime

import openpyxl
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from pipeline.export.workbook import page_target, write_xlsx
from pipeline.store.frames import frames
from tests.export.made import frame_of, texts
from tests.store.two_plans import FORMULA, LONG, QUOTED

BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(tmp_path, *made, **more):
    notices = write_xlsx(made, tmp_path / "a.xlsx", **more)
    return openpyxl.load_workbook(tmp_path / "a.xlsx"), {one.code: dict(one.params) for one in notices}


def cells(sheet, name):
    """The cells of a column below its heading."""
    (column,) = (column for column in sheet.iter_cols() if column[0].value == name)
    return list(column[1:])


def linked(count, pages=None):
    rows = [(at, at if pages is None else pages[at], "a.pdf") for at in range(1, count + 1)]
    return frame_of("items", {"id": "integer", "page": "integer", "file_name": "string"}, rows)


def test_one_sheet_a_frame_with_a_header_that_stays(connection, tmp_path):
    book, _ = write(tmp_path, *frames(connection))
    assert book.sheetnames == [frame.name for frame in frames(connection)]
    items = book["items"]
    assert items.freeze_panes == "A2"
    assert items.auto_filter.ref == "A1:Q4"
    assert all(cell.font.bold for cell in items[1])
    assert "Trang – page number from 1" in cells_heading(items, "page").comment.text
    assert items.column_dimensions["F"].width > 50 > items.column_dimensions["A"].width


def cells_heading(sheet, name):
    return next(cell for cell in sheet[1] if cell.value == name)


def test_cells_are_typed(connection, tmp_path):
    book, _ = write(tmp_path, *frames(connection, ["plans", "targets", "due"]))
    plans, targets, due = (book[name] for name in ("plans", "targets", "due"))
    assert [cell.value for cell in cells(plans, "is_current")] == [True, True, False]
    assert cells(plans, "period_start")[0].value == datetime(2023, 1, 1)
    assert cells(plans, "period_start")[0].number_format == "yyyy-mm-dd"
    assert cells(plans, "loaded_at")[0].value == datetime(2026, 1, 2, 3, 4, 5)
    assert [cell.value for cell in cells(plans, "page_count")] == [3, None, None]
    assert [cell.value for cell in cells(targets, "value")] == [-10, 1e-7]
    assert [cell.value for cell in cells(due, "due_on")] == [datetime(2023, 11, 30), datetime(2024, 11, 30)]
    assert cells(plans, "signer_capacity")[0].value == "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH"


def test_pandas_reads_it(connection, tmp_path):
    write(tmp_path, *frames(connection, ["items"]))
    made = pandas.read_excel(tmp_path / "a.xlsx", sheet_name="items")
    assert made["provision"].tolist() == [11, 12, 21]
    assert made["text"][0] == QUOTED


@pytest.mark.parametrize("text", [FORMULA, "=1+1", "+1", "-1", "@SUM(A1)", "http://a.vn", "{=1}", "<r>1</r>", "1.5"])
def test_no_text_is_anything_but_text(tmp_path, text):
    book, notices = write(tmp_path, texts(text))
    (cell,) = cells(book["texts"], "text")
    assert (cell.value, cell.hyperlink) == (text, None)
    assert cell.data_type in ("s", "inlineStr")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@")
    assert not notices
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("sources", "target"),
    [
        (None, "K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%205%20%231.pdf"),
        ("https://a.vn/tệp/", "https://a.vn/t%E1%BB%87p/K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%205%20%231.pdf"),
        ("scans/2023 a", "scans/2023%20a/K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%205%20%231.pdf"),
        ("/srv/my plans", "file:///srv/my%20plans/K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%205%20%231.pdf"),
        ("D:\\plans", "file:///D:/plans/K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%205%20%231.pdf"),
    ],
)
def test_a_page_number_is_a_link_to_the_page(connection, tmp_path, sources, target):
    book, _ = write(tmp_path, *frames(connection, ["items"]), sources=sources)
    first, second, third = cells(book["items"], "page")
    assert (first.value, first.hyperlink.target, first.hyperlink.location) == (2, target, "page=2")
    assert (second.value, second.hyperlink.target, second.hyperlink.location) == (3, target, "page=3")
    assert (third.value, third.hyperlink) == (None, None)


def test_a_page_without_a_file_is_a_number(connection, tmp_path):
    book, _ = write(tmp_path, *frames(connection, ["evidence"]))
    assert [cell.value for cell in cells(book["evidence"], "page")] == [2, None, 3, None, None]
    assert not any(cell.hyperlink for cell in cells(book["evidence"], "page"))


def test_a_file_name_cannot_lead_elsewhere():
    assert page_target("https://a.vn", "../x?y=1#z") == "https://a.vn/..%2Fx%3Fy%3D1%23z"
    assert page_target(None, "javascript:alert(1)") == "javascript%3Aalert%281%29"


def test_a_long_frame_goes_on_in_another_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.export.workbook.ROWS", 4)
    book, notices = write(tmp_path, linked(7))
    assert book.sheetnames == ["items", "items (2)", "items (3)"]
    assert [[cell.value for cell in cells(sheet, "id")] for sheet in book] == [[1, 2, 3], [4, 5, 6], [7]]
    assert [sheet.auto_filter.ref for sheet in book] == ["A1:C4", "A1:C4", "A1:C2"]
    assert cells(book["items (3)"], "page")[0].hyperlink.location == "page=7"
    assert not notices


def test_a_frame_that_fills_a_sheet_makes_no_second(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.export.workbook.ROWS", 4)
    assert write(tmp_path, linked(3))[0].sheetnames == ["items"]


def test_pages_beyond_the_links_of_a_sheet_are_numbers_and_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.export.workbook.LINKS", 2)
    book, notices = write(tmp_path, linked(5))
    found = cells(book["items"], "page")
    assert [cell.value for cell in found] == [1, 2, 3, 4, 5]
    assert [cell.hyperlink is not None for cell in found] == [True, True, False, False, False]
    assert notices == {"W743": {"count": "3", "place": "items!B4"}}


def test_a_link_that_is_too_long_is_counted(tmp_path):
    book, notices = write(tmp_path, linked(1), sources="https://a.vn/" + 2100 * "a")
    assert cells(book["items"], "page")[0].value == 1
    assert notices == {"W743": {"count": "1", "place": "items!B2"}}


@pytest.mark.parametrize("letter", ["a", "ệ", "𝄞"])  # one, one and two UTF-16 units
@pytest.mark.parametrize("units", [32_766, 32_767, 32_768, 40_000])
def test_a_cell_is_cut_at_the_limit_of_excel_and_counted(tmp_path, letter, units):
    text = (letter * units)[:units] if letter != "𝄞" else letter * (units // 2)
    book, notices = write(tmp_path, texts(text))
    (cell,) = cells(book["texts"], "text")
    length = len(text.encode("utf-16-le")) // 2
    if length <= 32_767:
        assert (cell.value, notices) == (text, {})
    else:
        assert cell.value.endswith("…") and text.startswith(cell.value[:-1])
        assert 32_765 <= len(cell.value.encode("utf-16-le")) // 2 <= 32_767
        assert notices == {"W742": {"count": "1", "place": "texts!B2"}}


def test_the_very_long_text_of_a_plan_is_cut(connection, tmp_path):
    book, notices = write(tmp_path, *frames(connection, ["provisions"]))
    assert cells(book["provisions"], "text")[1].value == LONG[:32_766] + "…"
    assert notices["W742"] == {"count": "1", "place": "provisions!J3"}


def test_text_that_looks_like_markup_of_the_writer_is_cut_sooner(tmp_path):
    text = f"<r>{'&' * 20_000}</r>"
    book, notices = write(tmp_path, texts(text))
    assert cells(book["texts"], "text")[0].value == text[:-1] + "…"
    assert "W742" in notices


def test_what_excel_would_change_is_text_and_counted(tmp_path):
    days = [date(1885, 7, 5), date(1900, 2, 28), date(1900, 3, 1)]
    kinds = {"on": "date", "value": "number"}
    book, notices = write(tmp_path, frame_of("a", kinds, list(zip(days, [1e15 + 1, -(10**16), 0.1], strict=True))))
    assert [cell.value for cell in cells(book["a"], "on")] == ["1885-07-05", "1900-02-28", datetime(1900, 3, 1)]
    assert [cell.value for cell in cells(book["a"], "value")] == ["1000000000000001.0", "-10000000000000000", 0.1]
    assert notices == {"W745": {"count": "4", "place": "a!A2"}}


def test_control_characters_are_replaced_and_counted(tmp_path):
    book, notices = write(tmp_path, texts("a\x07b\tc\r\nd\x0c", "tốt"))
    assert [cell.value for cell in cells(book["texts"], "text")] == ["a\ufffdb\tc\nd\ufffd", "tốt"]
    assert notices == {"W744": {"count": "1", "place": "texts!B2"}}


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
MARKUP = st.lists(st.sampled_from([*"<>&;_x \t\n\r=đ", "<r>", "</r>", "_x000D_"]), min_size=1).map("".join)


@pytest.mark.slow
@given(st.lists(ANY_TEXT | MARKUP | MARKUP.map("<r>{}</r>".format), min_size=1))
def test_any_text_comes_back(tmp_path_factory, cells_):
    book, notices = write(tmp_path_factory.mktemp("xlsx"), texts(*cells_))
    kept = [BARRED.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")) for text in cells_]
    assert [unescape(cell.value) for cell in cells(book["texts"], "text")] == kept
    assert int(notices.get("W744", {}).get("count", 0)) == sum(bool(BARRED.search(text)) for text in cells_)
