"""Copies of web pages that say before a line where in the document it stands."""

from pipeline.outline.converted.breadcrumbs import pathless
from pipeline.outline.paragraphs import rows_of
from tests.documents import document, printed

NAME = "Quyết định 12/QĐ-UBND năm 2020."
LINES = (
    f"{NAME} Điều 1.",
    f"{NAME} CHƯƠNG TRÌNH HÀNH ĐỘNG. MUA SÁCH CHO CÁC XÃ",
    "I. MỤC ĐÍCH",
    f"{NAME} CHƯƠNG TRÌNH HÀNH ĐỘNG. II. NHIỆM VỤ",
    f"{NAME} CHƯƠNG TRÌNH HÀNH ĐỘNG. III. TỔ CHỨC THỰC HIỆN",
)


def lines(*text):
    return [row.text for row in pathless(rows_of(document("\n".join(text))))]


def test_the_name_goes_and_what_the_part_is_stands_once_on_a_line_of_its_own():
    assert lines(*LINES) == [
        "Điều 1.",
        "CHƯƠNG TRÌNH HÀNH ĐỘNG",
        "MUA SÁCH CHO CÁC XÃ",
        "I. MỤC ĐÍCH",
        "II. NHIỆM VỤ",
        "III. TỔ CHỨC THỰC HIỆN",
    ]


def test_a_document_that_two_lines_cite_stays():
    cited = [f"{NAME} Điều 1 được thay.", f"{NAME} Điều 2 được bãi bỏ.", "I. NHIỆM VỤ"]
    assert lines(*cited) == cited


def test_printed_lines_stay():
    rows = rows_of(document(printed(*((70.0, text) for text in LINES))))
    assert [row.text for row in pathless(rows)] == list(LINES)


def test_a_stop_within_a_heading_parts_no_document_from_it():
    headings = [f"{NAME} {number}. NHIỆM VỤ. {number}" for number in ("I", "II", "III")]
    assert lines(*headings) == ["I. NHIỆM VỤ. I", "II. NHIỆM VỤ. II", "III. NHIỆM VỤ. III"]


def test_offsets_are_those_of_the_text():
    text = "\n".join(LINES)
    for row in pathless(rows_of(document(text))):
        assert text[row.offset :].startswith(row.text)
