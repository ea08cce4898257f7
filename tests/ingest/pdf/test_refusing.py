"""PDFs that give nothing to read, or too much."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.errors import KehoachError
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.ingest.pdf.test_reading import PROSE, Save


def code(path: Path, settings: Settings | None = None) -> str:
    with pytest.raises(KehoachError) as caught:
        ingest(path, settings)
    return caught.value.code


def test_a_scan_with_a_signature_only_has_no_text(maker: Any, save: Save) -> None:
    pdf = maker().page().stamp(72, 64, ["Ký bởi: Ủy ban nhân dân", "Thời gian ký: 05/01/2021 08:15:24"])
    assert code(save("a.pdf", pdf.bytes())) == "E106"


def test_a_pdf_without_pages(maker: Any, save: Save) -> None:
    assert code(save("a.pdf", maker().bytes())) in ("E104", "E105")


def test_the_password_of_an_earlier_file_is_not_asked_of_the_next(maker: Any, save: Save, tmp_path: Path) -> None:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "protected.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    assert code(tmp_path / "protected.pdf") == "E103"
    assert code(save("a.pdf", maker().bytes())) in ("E104", "E105")


def test_a_cut_off_pdf(maker: Any, save: Save) -> None:
    assert code(save("a.pdf", maker().page().bytes()[:200])) == "E105"


@pytest.mark.parametrize("settings", [Settings(max_pages=1), Settings(max_characters=20)])
def test_a_pdf_over_a_limit(maker: Any, save: Save, settings: Settings) -> None:
    pdf = maker().page().text(72, 100, PROSE).page().text(72, 100, PROSE)
    assert code(save("a.pdf", pdf.bytes()), settings) == "E108"
