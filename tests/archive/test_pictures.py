"""Images become pages that look as they do."""

import io

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms, ImageOps

from pipeline.archive.searchable import searchable_pdf
from pipeline.errors import KehoachError
from tests.archive.made import LINES, picture, read, rows


def drawn(data, size, page=0):
    shown = pypdfium2.PdfDocument(data)[page].render(scale=2).to_pil().convert("RGB")
    return np.asarray(shown.resize(size), int)


def near(one, other):
    return abs(one[5:-5, 5:-5] - other[5:-5, 5:-5]).mean() < 8


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P", "RGBA", "LA", "I;16", "CMYK"])
@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff"])
def test_a_page_looks_as_its_image(mode, kind, tmp_path):
    if kind == "jpeg" and mode not in ("L", "RGB", "CMYK") or kind == "png" and mode == "CMYK":
        pytest.skip("the format has no such images")
    source = tmp_path / f"a.{kind}"
    if mode == "I;16":
        image = Image.fromarray(np.asarray(picture("L")).astype(np.uint16))
        expected = np.asarray(image.convert("L").convert("RGB"), int)
    else:
        image = picture(mode)
        expected = np.asarray(image.convert("RGB"), int)
    image.save(source)
    document = read(source, rows(), media_type=f"image/{kind}")
    copy = searchable_pdf(source, document)
    assert near(drawn(copy.data, image.size), expected)
    assert LINES[0] in pypdfium2.PdfDocument(copy.data)[0].get_textpage().get_text_range()
    assert copy == searchable_pdf(source, document)
    assert copy.claims == (None if mode == "CMYK" and kind == "jpeg" else "PDF/A-2b"), copy.reason


def test_a_jpeg_is_kept_byte_for_byte(tmp_path):
    source = tmp_path / "a.jpg"
    picture().save(source)
    copy = searchable_pdf(source, read(source, rows(), media_type="image/jpeg"))
    with pikepdf.open(io.BytesIO(copy.data)) as pdf:
        assert pdf.pages[0].Resources.XObject.Im0.read_raw_bytes() == source.read_bytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_turned_as_its_camera_says(orientation, tmp_path):
    source = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture().save(source, exif=exif)
    upright = ImageOps.exif_transpose(Image.open(source))
    size = (upright.width * 2.0, upright.height * 2.0)
    copy = searchable_pdf(source, read(source, rows(), media_type="image/jpeg", size=size))
    assert near(drawn(copy.data, upright.size), np.asarray(upright, int))


def test_each_page_of_a_tiff_is_a_page(tmp_path):
    source = tmp_path / "a.tiff"
    picture("1").save(source, save_all=True, append_images=[picture("RGB")])
    copy = searchable_pdf(source, read(source, rows("một"), rows("hai"), media_type="image/tiff"))
    texts = [page.get_textpage().get_text_range().strip() for page in pypdfium2.PdfDocument(copy.data)]
    assert texts == ["một", "hai"]


def test_a_one_bit_page_stays_one_bit(tmp_path):
    source = tmp_path / "a.tiff"
    picture("1", (2480, 3508)).save(source, compression="group4")
    copy = searchable_pdf(source, read(source, rows(), media_type="image/tiff"))
    with pikepdf.open(io.BytesIO(copy.data)) as pdf:
        assert pdf.pages[0].Resources.XObject.Im0.Filter == "/CCITTFaxDecode"


def test_a_profile_of_the_image_is_kept(tmp_path):
    source = tmp_path / "a.png"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture().save(source, icc_profile=profile)
    copy = searchable_pdf(source, read(source, rows(), media_type="image/png"))
    with pikepdf.open(io.BytesIO(copy.data)) as pdf:
        assert pdf.pages[0].Resources.XObject.Im0.ColorSpace[1].read_bytes() == profile
    assert copy.claims == "PDF/A-2b"


@pytest.mark.parametrize("spoil", [lambda data: data[:200], lambda data: b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_an_image_that_cannot_be_read_is_e117(spoil, tmp_path):
    source = tmp_path / "a.png"
    picture().save(source)
    source.write_bytes(spoil(source.read_bytes()))
    with pytest.raises(KehoachError, match="E117"):
        searchable_pdf(source, read(source, rows(), media_type="image/png"))


def test_fewer_images_than_pages_is_e117(tmp_path):
    source = tmp_path / "a.png"
    picture().save(source)
    with pytest.raises(KehoachError, match="E117"):
        searchable_pdf(source, read(source, rows(), rows(), media_type="image/png"))
