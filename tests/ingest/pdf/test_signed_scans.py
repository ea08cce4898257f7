"""Scanned pages over which a program drew the appearance of a digital signature."""

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from pipeline.ingest.pdf import pdfium
from pipeline.ingest.regions import over_print
from pipeline.ingest.scan.tesseract.engine import Tesseract
from pipeline.schema import RegionKind
from tests.ingest.scan.scanned import DATA, PRINTED, paper, read

HEAD = (300, 300, 480, 360)  # points from the lower left: where the appearance lies


def signed(path, draws, rect=HEAD):
    """A page of which a stripe is printed, with the appearance of a signature over it."""
    picture = Image.new("RGB", (1240, 800), "white")
    picture.paste("black", (600, 60, 1000, 90))
    return with_field(paper(path, [picture]), draws, rect)


def with_field(path, draws, rect):
    """The file with a field for a signature on its page that draws this."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        wide, high = rect[2] - rect[0], rect[3] - rect[1]
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        drawn = pdf.make_stream(
            draws.encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, wide, high]),
            Resources=Dictionary(Font=Dictionary(F1=font)),
        )
        note = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, F=132, Rect=Array(list(rect)))
        note["/AP"] = Dictionary(N=drawn)
        field = pdf.make_indirect(note)
        pdf.pages[0]["/Annots"] = Array([field])
        pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]))
        pdf.save(path)
    return path


SEAL = "1 0 0 rg 0 0 180 60 re f"
BLOCK = "1 0 0 rg 0 0 180 60 re f 0 g BT /F1 8 Tf 4 20 Td (Signed by: A) Tj ET"
NUMBER = "BT /F1 9 Tf 2 2 Td (4821) Tj ET"


def drawn(path):
    """How the page is drawn with what is not left out, and whether anything is."""
    with pdfium.open_pdf(path) as document:
        raw = pdfium.read_page(document, 0)
        boxes = over_print(raw)
        whole = pdfium.render(document, 0, 72)
    return pdfium.render_bare(path, 0, 72, boxes) if boxes else whole, boxes


@pytest.mark.parametrize("draws", [SEAL, BLOCK], ids=["a seal", "words"])
def test_print_below_the_appearance_of_a_signature_is_seen(draws, tmp_path):
    picture, boxes = drawn(signed(tmp_path / "a.pdf", draws))
    assert boxes == (pytest.approx((300, 24, 480, 84)),)
    head = picture[30:42, 310:470]  # the stripe, below the appearance
    assert head.max() < 60
    assert not ((picture[..., 0] > 200) & (picture[..., 1] < 100)).any()


@pytest.mark.parametrize(
    ("draws", "rect"),
    [(NUMBER, (120, 300, 160, 314)), ("0 g 5 2 20 8 re f", (120, 300, 160, 314))],
    ids=["typed", "as a picture"],
)
def test_a_number_that_is_stamped_by_signing_stays_on_the_page(draws, rect, tmp_path):
    picture, boxes = drawn(signed(tmp_path / "a.pdf", draws, rect))
    assert boxes == ()
    assert picture[70:84, 120:160].min() < 100


def test_an_appearance_that_fills_the_page_is_the_page(tmp_path):
    picture, boxes = drawn(signed(tmp_path / "a.pdf", "0 g 0 0 90 300 re f", (0, 0, 595, 384)))
    assert boxes == ()
    assert np.median(picture[100:380, 10:80]) < 60


@pytest.mark.ocr
@pytest.mark.skipif(Tesseract("vie").problem() is not None, reason="Tesseract with vie is not installed")
def test_print_below_the_appearance_of_a_signature_is_read(tmp_path):
    path = paper(tmp_path / "a.pdf", [Image.open(DATA / "scan.png").convert("RGB")])
    plain = read(path)
    below = next(line for line in plain.pages[0].lines if PRINTED in line.text)
    x0, y0, x1, y1 = below.box
    with_field(path, f"0.9 0.7 0.1 rg 0 0 {x1 - x0} 60 re f", (x0, 384 - y1 - 20, x1, 384 - y0 + 20))
    [page] = read(path).pages
    assert [line.text for line in page.lines] == [line.text for line in plain.pages[0].lines]
    assert [kind for kind, _ in page.regions].count(RegionKind.SIGNATURE) == 1
