"""What prints well and reads as rubbish is read from the page as it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document import Document, TextOrigin
from pipeline.evaluate.error_rates import score
from pipeline.ingest import ingest
from pipeline.restore import log_perplexity, restore
from pipeline.settings import Settings
from tests.ingest.pdf.broken import BODY, HEAD, WAYS, made, printed

Save = Callable[[str, bytes | str], Path]
WRONG = 0.015  # of the syllables


def read(path: Path) -> Document:
    settings = Settings(cache="off")
    return restore(ingest(path, settings, log_perplexity), settings)


def text_of(document: Document) -> str:
    return "\n".join(line.text for _, line in document.lines())


@pytest.mark.ocr
@pytest.mark.parametrize("way", WAYS)
def test_a_page_with_broken_letters_is_drawn_and_read(save: Save, way: str) -> None:
    document = read(save("a.pdf", made(way)))
    accuracy = score("\n".join((*HEAD, *BODY)), text_of(document)).syllable_accuracy
    assert document.pages[0].text_origin is TextOrigin.OCR
    assert accuracy is not None and accuracy >= 1 - WRONG, text_of(document)


@pytest.mark.parametrize("apart", [False, True])
def test_a_page_with_sound_letters_is_not_drawn(save: Save, apart: bool) -> None:
    document = read(save("a.pdf", printed(apart)))
    assert (document.pages[0].text_origin, text_of(document).split()) == (
        TextOrigin.TEXT_LAYER,
        "\n".join((*HEAD, *BODY)).split(),
    )


def test_english_is_not_drawn(save: Save, maker: type) -> None:
    pdf = maker().page()
    for row in range(20):
        pdf.text(72, 100 + 20 * row, "The plan of the province is for all departments and their offices")
    assert read(save("a.pdf", pdf.bytes())).pages[0].text_origin is TextOrigin.TEXT_LAYER


def test_addresses_and_abbreviations_are_no_broken_letters(save: Save, maker: type) -> None:
    pdf = maker().page()
    for row in range(8):
        pdf.text(72, 100 + 20 * row, "Thường trực HĐND, UBND, UBMTTQVN, VKSND, TAND, BCHQS, LĐLĐ")
        pdf.text(
            72, 300 + 20 * row, "https://dichvucong.lamdong.gov.vn/sites/bdhvs/Shared/QRCode/index.html", font="bold"
        )
    assert read(save("a.pdf", pdf.bytes())).pages[0].text_origin is TextOrigin.TEXT_LAYER
