"""Cells that say a product, or who does it, and the time; and those that say that there is nobody."""

from datetime import date

import pytest

from pipeline.document import FieldRole, RowField
from pipeline.extract.tables.rows import read_row
from pipeline.extract.tables.shared_columns import TIMES, parted
from pipeline.knowledge.documents import column_role
from tests.cases import cases
from tests.documents import in_lines

YEAR, ISSUED = 2025, date(2025, 1, 15)


def cell(text, header):
    return RowField(FieldRole(column_role(header)), header, in_lines(*text.split(" / ")))


@cases("cells/shared", text=str, header=str, times=list, rest=list)
def test_times_are_parted_from_what_stands_beside_them(text, header, times, rest):
    parts = parted(cell(text, header), YEAR, ISSUED)
    assert [one.passage.text for one in parts if one.role in TIMES] == times
    assert [one.passage.text for one in parts if one.role not in TIMES] == rest


def test_the_parts_are_read_as_what_they_are():
    read = read_row([cell("Tờ trình; trước ngày 15/5/2025", "Sản phẩm, thời hạn")], {}, YEAR, ISSUED)
    assert (read.result, [due.last for due, _ in read.times], read.doubts) == ("Tờ trình", [date(2025, 5, 15)], [])


@pytest.mark.parametrize(("text", "codes"), [("Báo cáo quý III/2025", ["W407"]), ("Báo cáo", [])])
def test_a_figure_among_the_words_of_such_a_cell_may_be_its_time(text, codes):
    read = read_row([cell(text, "Sản phẩm, thời hạn")], {}, YEAR, ISSUED)
    assert ([one.code for one in read.doubts], read.times) == (codes, [])


@pytest.mark.parametrize("nobody", ["Không", "không có", "Không."])
def test_a_cell_may_say_that_nobody_helps(nobody):
    fields = [cell("Sở Y tế", "Đơn vị thực hiện"), cell(nobody, "Đơn vị phối hợp")]
    read = read_row(fields, {}, YEAR, ISSUED)
    assert ([one.name for one, _ in read.agencies], read.doubts) == (["Sở Y tế"], [])


def test_that_nobody_does_the_work_is_doubted():
    read = read_row([cell("Không", "Cơ quan chủ trì")], {}, YEAR, ISSUED)
    assert (read.agencies, [one.code for one in read.doubts]) == ([], ["W414"])
