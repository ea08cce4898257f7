"""A picture of text on a page of text is read where it stands; other pictures are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Document, TextOrigin
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.ingest.pdf.broken import BODY, face
from tests.ingest.scan.scanned import DATA, PRINTED

pytestmark = pytest.mark.ocr
Paste = Callable[[Canvas, Image.Image], None]


@pytest.fixture(scope="module")
def table() -> Image.Image:
    """A ruled table of two rows, as a screen shows it."""
    import fontpkg
    from PIL import ImageDraw, ImageFont

    image = Image.new("RGB", (1300, 240), "white")
    draw = ImageDraw.Draw(image)
    type_ = ImageFont.truetype(str(fontpkg.path("Spectral", weight=400)), 36)
    for row, texts in enumerate((("TT", "Nội dung", "Chủ trì"), ("1", "Lập danh sách hộ nghèo", "Phòng Nội vụ"))):
        for text, left, right in zip(texts, (10, 130, 850), (130, 850, 1290), strict=True):
            draw.rectangle((left, 10 + row * 105, right, 115 + row * 105), outline="black", width=3)
            draw.text((left + 20, 40 + row * 105), text, "black", type_)
    return image


def page(path: Path, paste: Paste, image: Image.Image) -> Document:
    canvas = Canvas(str(path), pagesize=(595, 842))
    paste(canvas, image)
    canvas.setFont(face(), 13)
    for at, line in enumerate(BODY):
        canvas.drawString(60, (780 if at < 6 else 520) - 20 * at, line)
    canvas.save()
    return ingest(path, Settings(cache="off"))


def lines(document: Document) -> list[str]:
    return [line.text for line in document.pages[0].lines]


def between(canvas: Canvas, image: Image.Image) -> None:
    canvas.drawImage(ImageReader(image), 70, 560, 430, 80)


def test_a_picture_of_a_table_is_a_table_in_its_place(tmp_path: Path, table: Image.Image) -> None:
    document = page(tmp_path / "a.pdf", between, table)
    [found] = document.pages[0].tables
    read = lines(document)
    assert found.size == (2, 3)
    assert read[5:7] + read[-6:-5] == [BODY[5], "TT", BODY[6]]
    assert [line.text for line in document.pages[0].lines if line.table == 0][3:] == [
        "1",
        "Lập danh sách hộ nghèo",
        "Phòng Nội vụ",
    ]
    assert document.pages[0].text_origin is TextOrigin.TEXT_LAYER


def test_a_picture_of_text_is_read(tmp_path: Path) -> None:
    image = Image.open(DATA / "scan.png").convert("RGB")
    document = page(
        tmp_path / "a.pdf", lambda canvas, shown: canvas.drawImage(ImageReader(shown), 60, 440, 470, 220), image
    )
    assert PRINTED in " ".join(lines(document))
    assert document.pages[0].regions == ()


def test_a_picture_without_text_is_a_figure(tmp_path: Path) -> None:
    grain = np.random.default_rng(1).normal(128, 40, (60, 240, 3)).clip(0, 255).astype(np.uint8)
    image = Image.fromarray(grain).resize((960, 240))
    document = page(tmp_path / "a.pdf", between, image)
    assert lines(document) == list(BODY)
    assert len(document.pages[0].regions) == 1


def test_a_picture_behind_text_or_in_the_margin_is_not_read(tmp_path: Path, table: Image.Image) -> None:
    def paste(canvas: Canvas, image: Image.Image) -> None:
        canvas.drawImage(ImageReader(image), 60, 690, 430, 80)
        canvas.drawImage(ImageReader(image), 60, 10, 430, 80)

    assert lines(page(tmp_path / "a.pdf", paste, table)) == list(BODY)
