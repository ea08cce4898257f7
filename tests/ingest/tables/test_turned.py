from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Box, Document, Furniture
from pipeline.ingest import ingest
from tests.documents import table_texts

Save = Callable[[str, bytes | str], Path]
XS, YS = (60, 100, 420, 620, 780), (120, 150, 180, 210)
CELLS = (("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"), ("1", "Lập dự toán", "Sở Tài chính", "Quý I"), ("2", "", "", ""))
TURNS = {"up": "0 1 -1 0", "down": "0 -1 1 0"}


@pytest.fixture
def read(save: Save) -> Callable[[Any], Document]:
    return lambda pdf: ingest(save("a.pdf", pdf.bytes()))


class Sideways:
    """Draws on a portrait page what is to be read with the page turned: `up` reads from its foot to its head."""

    def __init__(self, pdf: Any, way: str) -> None:
        self.pdf, self.way = pdf, way

    def place(self, x: float, y: float) -> tuple[float, float]:
        return (y, 842 - x) if self.way == "up" else (595 - y, x)

    def text(self, x: float, y: float, text: str) -> None:
        self.pdf.text(*self.place(x, y), text, turn=TURNS[self.way])

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pdf.rule(*self.place(x0, y0), *self.place(x1, y1))


def table(page: Any, ruled: bool = True) -> None:
    page.text(60, 100, "Phụ lục: danh mục nhiệm vụ")
    for y, row in zip(YS, CELLS, strict=False):
        for x, text in zip(XS, row, strict=False):
            if text:
                page.text(x + 4, y + 18, text)
    if ruled:
        for y in YS:
            page.rule(XS[0], y, XS[-1], y)
        for x in XS:
            page.rule(x, YS[0], x, YS[-1])


@pytest.mark.parametrize("way", ["up", "down"])
def test_a_landscape_page_stored_upright_is_read_as_displayed(maker: Any, read: Any, way: str) -> None:
    pdf = maker().page(90 if way == "up" else 270)
    table(Sideways(pdf, way))
    page = read(pdf).pages[0]
    assert table_texts(page, 0) == CELLS
    assert (page.width, page.height) == (842, 595)
    assert page.tables[0].box == pytest.approx(Box(60, 120, 780, 210))


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("number", [False, True])
def test_a_table_that_is_turned_on_its_page_is_read_along_its_lines(
    maker: Any, read: Any, way: str, number: bool
) -> None:
    pdf = maker().page()
    table(Sideways(pdf, way))
    if number:
        pdf.centred(297, 815, "1")
    page = read(pdf).pages[0]
    assert table_texts(page, 0) == CELLS
    assert page.lines[0].text == "Phụ lục: danh mục nhiệm vụ" and page.lines[0].table is None
    aside = [line.text for line in page.lines if line.furniture is Furniture.PAGE_NUMBER]
    assert aside == (["1"] if number else [])
    x0, y0, x1, y1 = page.tables[0].box
    assert (x1 - x0, y1 - y0) == pytest.approx((90, 720))


def test_a_turned_table_alone_beside_an_upright_number(maker: Any, read: Any) -> None:
    pdf = maker().page()
    side = Sideways(pdf, "up")
    table(side)
    pdf.pages[-1][0].pop(0)  # the line above the table: all that is turned now stands in cells
    pdf.centred(297, 815, "1").centred(297, 40, "Kế hoạch")
    page = read(pdf).pages[0]
    assert table_texts(page, 0) == CELLS
    assert sorted(line.text for line in page.lines if line.table is None) == ["1", "Kế hoạch"]


def test_a_turned_table_without_rules(maker: Any, read: Any) -> None:
    pdf = maker().page()
    table(Sideways(pdf, "up"), ruled=False)
    pdf.centred(297, 815, "1")
    assert table_texts(read(pdf).pages[0], 0) == CELLS


def test_a_cell_with_turned_text_keeps_it(maker: Any, read: Any) -> None:
    """Narrow columns have headers that run up the page."""
    pdf = maker().page()
    for y in (100, 200, 230):
        pdf.rule(72, y, 300, y)
    for x in (72, 110, 300):
        pdf.rule(x, 100, x, 230)
    pdf.text(90, 190, "Số thứ tự", turn="0 1 -1 0").text(114, 150, "Nhiệm vụ").text(76, 220, "1").text(114, 220, "Lập")
    assert table_texts(read(pdf).pages[0], 0) == (("Số thứ tự", "Nhiệm vụ"), ("1", "Lập"))
