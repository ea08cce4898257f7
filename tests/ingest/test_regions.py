import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Box, Furniture, Line, Page, TextOrigin
from pipeline.ingest import ingest
from pipeline.ingest.pdf.glyphs import Glyphs
from pipeline.ingest.pdf.pdfium import RawPage
from pipeline.ingest.regions import PageRegion, joined, of_marks, with_drawn, with_furniture
from pipeline.ingest.scan.page import PageMark, Scan
from pipeline.schema import RegionKind

STAMP, SIGNATURE, HANDWRITING, FIGURE = (
    RegionKind.STAMP,
    RegionKind.SIGNATURE,
    RegionKind.HANDWRITING,
    RegionKind.FIGURE,
)


def scan(*marks, turn=0, skew=0.0):
    """A page, upright 600 points wide and 800 high, with marks on it."""
    return Scan(600.0, 800.0, turn, skew, (), (), tuple(PageMark(kind, Box(*box)) for kind, *box in marks), 0.1, 0.9)


@pytest.mark.parametrize(
    ("turn", "box"),
    [(0, (400, 600, 500, 640)), (90, (160, 400, 200, 500)), (180, (100, 160, 200, 200)), (270, (600, 100, 640, 200))],
)
def test_a_stamp_is_found_on_the_page_as_displayed(turn, box):
    assert of_marks(scan(("stamp", 400, 600, 500, 640), turn=turn), 1) == ((STAMP, box),)


def test_marks_are_seen_before_the_page_is_deskewed():
    assert of_marks(scan(("stamp", 400, 600, 500, 640), skew=2.0), 1) == ((STAMP, (400, 600, 500, 640)),)


@pytest.mark.parametrize(
    ("top", "number", "kind"), [(120, 1, HANDWRITING), (120, 2, SIGNATURE), (600, 1, SIGNATURE), (600, 3, SIGNATURE)]
)
def test_a_pen_writes_in_the_head_of_the_first_page_and_signs_elsewhere(top, number, kind):
    assert [one.kind for one in of_marks(scan(("pen", 100, top, 140, top + 20)), number)] == [kind]


def test_parts_that_stand_near_each_other_are_one():
    parts = [(0, 0, 10, 10), (30, 0, 40, 10), (12, 0, 28, 10), (100, 0, 110, 10)]
    found = joined([*(PageRegion(STAMP, Box(*one)) for one in parts), PageRegion(SIGNATURE, Box(0, 0, 10, 10))])
    assert found == (
        (SIGNATURE, (0, 0, 10, 10)),
        (STAMP, (0, 0, 40, 10)),
        (STAMP, (100, 0, 110, 10)),
    )


def test_a_printed_block_of_a_digital_signature_is_a_region():
    signed = [Line("Ký bởi: A", "Ký bởi: A", box=Box(300, at, 400, at + 8)) for at in (10, 19)]
    lines = [replace(one, furniture=Furniture.DIGITAL_SIGNATURE) for one in signed]
    page = Page(
        1, (*lines, Line("Sở", "Sở", box=Box(72, 28, 90, 40))), TextOrigin.TEXT_LAYER, "", width=595, height=842
    )
    assert with_furniture(page).regions == ((SIGNATURE, (300, 10, 400, 27)),)


@pytest.fixture
def read(save):
    def page(content):
        (one,) = ingest(save("a.pdf", content)).pages
        return one

    return page


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (["Ký bởi: SỞ NỘI VỤ", "Ngày ký: 12/02/2025 09:30:00"], [SIGNATURE]),
        ([" " * 20, " " * 20], [SIGNATURE]),
        (["7432"], []),
    ],
    ids=["words of a signature", "a picture", "a number"],
)
def test_the_appearance_of_a_signature_is_a_region(lines, kinds, maker, read):
    page = read(maker().page().text(72, 100, "Sở Nội vụ tổ chức.").stamp(300, 600, lines, 8).bytes())
    assert [kind for kind, _ in page.regions] == kinds
    for _, box in page.regions:
        assert (box.x0, box.y0) == pytest.approx((300, 600), abs=2) and box.x1 > 340 and box.y1 > 615


def pictured(path, width, height):
    """A page of text with a picture 100 points from the left and 200 from the top."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.drawString(72, 770, "So Noi vu to chuc thuc hien ke hoach nay trong nam nay va cac nam sau")
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "png")
    canvas.drawImage(ImageReader(file), 100, 842 - 200 - height, width, height)
    canvas.save()
    return path.read_bytes()


def test_a_picture_beside_text_is_a_figure(tmp_path, read):
    page = read(pictured(tmp_path / "made.pdf", 120, 90))
    assert [(kind, tuple(box)) for kind, box in page.regions] == [(FIGURE, pytest.approx((100, 200, 220, 290)))]


@pytest.mark.parametrize(("width", "height"), [(400, 3), (5, 5)])
def test_an_ornament_is_no_figure(width, height, tmp_path, read):
    assert read(pictured(tmp_path / "made.pdf", width, height)).regions == ()


def test_a_page_of_a_pdf_says_how_its_text_stands(maker, read):
    turned = maker().page()
    for at in range(20):
        turned.text(100 + 20 * at, 300, "Sở Nội vụ tổ chức thực hiện.", turn="0 -1 1 0")
    assert read(turned.bytes()).rotation == 90
    assert read(maker().page().text(72, 100, "Sở Nội vụ tổ chức.").bytes()).rotation == 0


def raw_page(**fields):
    """A page of a PDF without text, 600 points wide and 800 high."""
    none = np.zeros(0)
    glyphs = Glyphs("", none, none, none, none, none, none, none.astype(np.int64), ())
    return RawPage(600.0, 800.0, glyphs, (), 0, fields.pop("notes", ()), **fields)


def test_what_is_seen_in_the_appearance_of_a_signature_is_part_of_it():
    signed = Box(300, 10, 400, 60)
    regions = ((STAMP, Box(310, 15, 350, 55)), (HANDWRITING, Box(360, 15, 395, 30)), (STAMP, Box(300, 600, 400, 700)))
    page = Page(1, (), TextOrigin.OCR, "", width=600, height=800, regions=regions)
    raw = raw_page(notes=(signed,), signed=(signed,), pictures=(Box(0, 0, 600, 800), Box(310, 15, 350, 55)))
    assert with_drawn(page, raw).regions == ((STAMP, (300, 600, 400, 700)), (SIGNATURE, signed))


def test_of_a_signature_the_part_on_the_page_is_given():
    page = Page(1, (), TextOrigin.TEXT_LAYER, "", width=600, height=800)
    raw = raw_page(signed=(Box(560, -20, 620, 40), Box(700, 10, 800, 60), Box(0, 0, 0, 0)))
    assert with_drawn(page, raw).regions == ((SIGNATURE, (560, 0, 600, 40)),)


def test_strips_of_a_scan_are_no_figures():
    page = Page(1, (), TextOrigin.TEXT_LAYER, "", width=600, height=800)
    strips = tuple(Box(0, at, 600, at + 100) for at in range(0, 800, 100))
    assert with_drawn(page, raw_page(pictures=strips)).regions == ()


def test_the_ground_of_a_page_and_pictures_of_annotations_are_no_figures():
    note = Box(300, 10, 400, 60)
    page = Page(1, (), TextOrigin.TEXT_LAYER, "", width=600, height=800)
    raw = raw_page(notes=(note,), pictures=(Box(0, 0, 600, 790), Box(310, 15, 350, 55), Box(20, 20, 60, 50)))
    assert with_drawn(page, raw).regions == ((FIGURE, (20, 20, 60, 50)),)
