"""The order in which the rows of a page are read."""

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest import ingest
from tests.layouts.pdf import font_file


@pytest.fixture
def lines(tmp_path):
    """What is read of a page on which words stand at places: (x, height above the foot, words)."""

    def read(*words):
        canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
        pdfmetrics.registerFont(TTFont("Plain", str(font_file(400))))
        canvas.setFont("Plain", 13)
        for x, y, text in words:
            canvas.drawString(x, y, text)
        canvas.save()
        (page,) = ingest(tmp_path / "a.pdf").pages
        return [line.text for line in page.lines]

    return read


def test_numbers_that_a_tab_parts_from_their_words_are_no_column(lines):
    title, item = (90, 600, "III."), (108, 570, "1.")
    assert lines(title, (126, 600, "NHIEM VU"), item, (126, 570, "Ra soat thu tuc hanh chinh")) == [
        "III. NHIEM VU",
        "1. Ra soat thu tuc hanh chinh",
    ]


def test_words_beside_words_are_two_columns(lines):
    left = [(90, 600, "BAN CHI DAO"), (108, 585, "TINH KON TUM")]
    right = [(330, 600, "DOC LAP TU DO HANH PHUC"), (350, 585, "Kon Tum, ngay 4 thang 5")]
    assert lines(*left, *right)[:2] == ["BAN CHI DAO", "TINH KON TUM"]


def test_a_body_in_two_columns_ends_where_the_foot_begins(lines):
    left = [(70, 600, "II. NHIỆM VỤ"), (70, 585, "1. Sở Y tế rà soát hồ sơ"), (70, 570, "trong quý III năm 2026.")]
    right = [
        (330, 600, "III. TỔ CHỨC THỰC HIỆN"),
        (330, 585, "1. Sở Công Thương xúc"),
        (330, 570, "tiến tiêu thụ sản phẩm."),
    ]
    foot = [(70, 540, "Nơi nhận:"), (350, 540, "TM. ỦY BAN NHÂN DÂN"), (70, 525, "- Lưu: VT."), (370, 525, "CHỦ TỊCH")]
    read = lines(*left, *right, *foot)
    assert read.index("tiến tiêu thụ sản phẩm.") < read.index("Nơi nhận:") < read.index("TM. ỦY BAN NHÂN DÂN")
