"""Pictures of pages, for people to look at."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.archive.page_images import page_images
from pipeline.errors import DamagedError, ProtectedError

SCAN = Path(__file__).resolve().parents[1] / "data" / "scan.png"


def pdf(path, pages=2, colour=(0, 0, 0), password=None):
    canvas = Canvas(str(path), pagesize=(300, 400), encrypt=password)
    for at in range(pages):
        canvas.setFillColorRGB(*colour)
        canvas.drawString(50, 300, f"Trang {at + 1}")
        canvas.showPage()
    canvas.save()
    return path


def opened(one):
    return Image.open(io.BytesIO(one.data))


def test_pages_of_a_pdf_come_in_their_order_and_shape(tmp_path):
    found = list(page_images(pdf(tmp_path / "a.pdf"), dpi=72))
    assert [(one.page, one.width, one.height) for one in found] == [(1, 300, 400), (2, 300, 400)]
    assert [opened(one).size for one in found] == [(300, 400)] * 2


@pytest.mark.parametrize(("colour", "is_grey"), [((0, 0, 0), True), ((0.8, 0, 0), False)])
def test_what_is_coloured_stays_so(tmp_path, colour, is_grey):
    (one,) = page_images(pdf(tmp_path / "a.pdf", 1, colour))
    red, _, blue = opened(one).convert("RGB").split()
    assert (max(abs(a - b) for a, b in zip(red.tobytes(), blue.tobytes(), strict=True)) < 40) is is_grey


def test_an_image_is_made_smaller_and_never_larger():
    (small,) = page_images(SCAN, dpi=20)
    assert min(small.width, small.height) == round(20 * 8.27)
    (as_it_is,) = page_images(SCAN, dpi=2000)
    with Image.open(SCAN) as scan:
        assert (as_it_is.width, as_it_is.height) == scan.size


def test_an_image_stands_as_its_exif_says(tmp_path):
    image = Image.new("L", (40, 20), 255)
    exif = image.getexif()
    exif[0x0112] = 6  # to be turned a quarter
    image.save(tmp_path / "a.jpg", exif=exif)
    (one,) = page_images(tmp_path / "a.jpg")
    assert (one.width, one.height) == (20, 40)


def test_every_frame_of_a_tiff_is_a_page(tmp_path):
    frame = Image.new("L", (30, 30), 255)
    frame.save(tmp_path / "a.tif", save_all=True, append_images=[frame])
    assert [one.page for one in page_images(tmp_path / "a.tif")] == [1, 2]


def test_a_text_has_no_pages(tmp_path):
    (tmp_path / "a.txt").write_text("KẾ HOẠCH")
    assert list(page_images(tmp_path / "a.txt")) == []


def test_a_pdf_with_a_password_is_named(tmp_path):
    with pytest.raises(ProtectedError):
        list(page_images(pdf(tmp_path / "a.pdf", password="secret")))


def test_what_does_not_open_is_damaged(tmp_path):
    (tmp_path / "a.png").write_bytes(SCAN.read_bytes()[:60])
    with pytest.raises(DamagedError):
        list(page_images(tmp_path / "a.png"))


def test_a_frame_that_ends_early_costs_that_frame(tmp_path):
    shutil.copy(SCAN, tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes(SCAN.read_bytes()[: SCAN.stat().st_size // 2])
    assert [one.data for one in page_images(tmp_path / "a.png")] == [None]
