import pytest

from pipeline.restore.model import load
from pipeline.restore.unmarked.short_forms import with_strokes
from tests.restore.test_stage import document, restore, texts


@pytest.mark.parametrize(
    ("read", "printed"),
    [("SLDTBXH", "SLĐTBXH"), ("SGDDT", "SGDĐT"), ("BCDTW", "BCĐTW"), ("SKHDT", "SKHĐT"), ("TMDT", "TMĐT")],
)
def test_a_short_form_made_of_known_ones(read: str, printed: str) -> None:
    assert with_strokes(load(), read) == printed


@pytest.mark.parametrize("text", ["SVHTTDL", "CSDL", "UBND", "DTW", "Dung", "D", "DANH", "ABCDEFGHIKLMNOPD"])
def test_what_has_no_stroke_or_is_known_stays(text: str) -> None:
    assert with_strokes(load(), text) == text


def test_in_the_number_of_a_document_without_marks() -> None:
    lines = ["Uy ban nhan dan tinh to chuc thuc hien theo de nghi tai To trinh so 107/TTr-SLDTBXH"]
    line = restore(document(lines)).pages[0].lines[0]
    assert line.text.endswith("Tờ trình số 107/TTr-SLĐTBXH")
    assert line.tokens[-1].probability < 0.9 and line.tokens[-1].runner_up == "SLDTBXH"


def test_in_right_text_it_stays() -> None:
    line = "Ủy ban nhân dân tỉnh thực hiện theo Tờ trình số 107/TTr-SLDTBXH của sở"
    assert texts(restore(document([line]))) == [line]
