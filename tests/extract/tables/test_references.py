"""Which tables an item points to."""

import pytest

from pipeline.document import AssembledTable
from pipeline.extract.tables.references import labels_of, refers_to
from pipeline.schema import TableKind
from tests.cases import cases


def sheet(annex=None, title=None):
    return AssembledTable(0, TableKind.TASK, "", title, (), (), (), annex)


ANNEXES = [sheet("Phụ lục I"), sheet("Phụ lục II"), sheet("Phụ lục III")]


@cases("references/annexes", text=str, numbers=list[int])
def test_an_item_points_to_the_tables_of_the_annexes_it_names(text, numbers):
    assert refers_to(text, ANNEXES) == numbers


def test_an_annex_without_a_number_is_the_only_one():
    assert refers_to("Triển khai các nhiệm vụ (chi tiết tại Phụ lục kèm theo)", [sheet("Phụ lục")]) == [1]


def test_a_table_of_two_pages_of_an_annex_is_pointed_to_with_the_other():
    assert refers_to("chi tiết tại Phụ lục I", [sheet("Phụ lục I"), sheet("Phụ lục I")]) == [1, 2]


@pytest.mark.parametrize(("title", "text"), [("Bảng 1. Phân công", "theo Bảng 1"), ("Biểu số 2", "tại Biểu số 2")])
def test_a_table_is_called_by_its_caption(title, text):
    assert refers_to(text, [sheet(title=title)]) == [1]


def test_line_breaks_do_not_matter():
    assert refers_to("chi tiết tại\nPhụ lục\n II", ANNEXES) == [2]


def test_nothing_is_pointed_to_where_there_are_no_tables():
    assert refers_to("chi tiết tại Phụ lục I", []) == []


@pytest.mark.parametrize("text", ["phụ lục " * 20_000, "tại phụ lục " + "1, " * 20_000, " " * 100_000])
def test_long_texts_point_to_nothing_they_do_not_name(text):
    assert refers_to(text, ANNEXES) == []


@pytest.mark.parametrize(
    ("of", "labels"),
    [
        (sheet("Phụ lục II"), {"phụ lục ii"}),
        (sheet("Phụ lục II", "Bảng 1. Phân công"), {"phụ lục ii", "bảng 1"}),
        (sheet(None, "Danh mục nhiệm vụ"), set()),
    ],
)
def test_a_table_has_the_names_of_its_annex_and_its_caption(of, labels):
    assert labels_of(of) == labels
