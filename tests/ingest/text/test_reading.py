import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Furniture, Line
from pipeline.ingest.furniture import set_aside
from pipeline.ingest.text.markdown import read_marks
from pipeline.ingest.text.reading import MARKDOWN, PLAIN, read_text
from tests.cases import cases


def lines(text: str) -> list[Line]:
    return [line for page in read_text(text)[1] for line in page.lines]


@given(st.text(st.sampled_from("aă \n\f\v\x1c\x85\u2028#*_\\-1"), max_size=80))
def test_one_line_out_for_each_line_in(text: str) -> None:
    expected = text.count("\n") + (not text.endswith("\n") and text != "")
    assert len(lines(text)) == expected


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "a\rb", "a\nb"])
def test_line_ends_of_every_system(text: str) -> None:
    assert [line.raw for line in lines(text)] == ["a", "b"]


@pytest.mark.parametrize("text", ["I. Mục đích\n* vd **\n__ tháng", "2 * 3 * 4\n#1", "** a **"])
def test_plain_text_is_not_markdown(text: str) -> None:
    assert read_text(text)[0] == PLAIN
    assert [line.text for line in lines(text)] == text.split("\n")


def test_a_heading_makes_markdown() -> None:
    assert read_text("## Kế hoạch\n")[0] == MARKDOWN


@cases("text/markdown", raw=str, text=str)
def test_markdown_line(raw: str, text: str) -> None:
    assert read_marks(raw).cleaned.text == text


def test_heading_level_and_bold_are_read() -> None:
    marks = read_marks("#### **I. MỤC ĐÍCH**")
    assert (marks.heading_level, marks.bold, marks.italic) == (4, True, False)


def test_a_line_is_bold_only_when_all_of_it_is() -> None:
    assert not read_marks("**10.** Các sở").bold


def test_bold_that_runs_over_lines_marks_each_of_them() -> None:
    read = lines("## A\n**TM. ỦY BAN NHÂN DÂN  \n\nPHÓ CHỦ TỊCH**\nNguyễn")
    assert [(line.text, line.bold) for line in read[1:]] == [
        ("TM. ỦY BAN NHÂN DÂN", True),
        ("", False),
        ("PHÓ CHỦ TỊCH", True),
        ("Nguyễn", False),
    ]


def test_italics_that_run_over_lines_of_a_paragraph_mark_each_of_them() -> None:
    read = lines("## A\n*a) Trồng cây\nven sông*, *ven hồ*\n*b) Nước:* sông\n**suối** và\nao")
    assert [(line.text, line.italic) for line in read[1:]] == [
        ("a) Trồng cây", True),
        ("ven sông, ven hồ", True),
        ("b) Nước: sông", False),
        ("suối và", False),
        ("ao", False),
    ]


def test_marks_with_the_blank_inside_are_marks() -> None:
    read = lines("## A\n**1. ***Trồng cây\nven sông: *cả xã\n*1.1. *Giao\n**ỦY BAN\nDÂN **\nXÃ")
    assert [(line.text, line.bold) for line in read[1:]] == [
        ("1. Trồng cây", False),
        ("ven sông: cả xã", False),
        ("1.1. Giao", False),
        ("ỦY BAN", True),
        ("DÂN", True),
        ("XÃ", False),
    ]


def test_marks_of_two_stretches_that_meet_are_marks() -> None:
    read = lines("## A\n**Trồng cây ****ven sông**\n*2.5. **Trồng cây*\n\n**a ****b ****c**")
    assert [line.text for line in read[1:]] == ["Trồng cây ven sông", "2.5. Trồng cây", "", "a b c"]


@pytest.mark.parametrize("text", ["Hạng **** trở lên", "a ****b", "2 **3 và 4*"])
def test_stars_of_the_writer_stay(text: str) -> None:
    assert [line.text for line in lines(f"## A\n{text}")[1:]] == [text]


@pytest.mark.parametrize("text", ["*Ghi chú: cả xã\n\nhai thôn*", "*Ghi chú: cả xã\n* hai thôn*", "3 *4\n5 * 6"])
def test_stars_that_close_in_no_line_of_the_paragraph_stay(text: str) -> None:
    assert [line.text for line in lines(f"## A\n{text}")[1:]] == text.split("\n")


def test_form_feeds_divide_pages() -> None:
    _, pages = read_text("a\n\fb\nc\n\f")
    assert [(page.number, len(page.lines)) for page in pages] == [(1, 1), (2, 3)]


def test_a_page_number_beside_a_form_feed_is_set_aside() -> None:
    pages = set_aside(read_text("Mục tiêu\n1\n\f2\nb\n\f3\nc\n")[1])
    aside = [line.text for page in pages for line in page.lines if line.furniture is Furniture.PAGE_NUMBER]
    assert aside == ["1", "2", "3"]


def test_page_numbers_far_apart_in_text_are_set_aside() -> None:
    body = "\n".join(f"dòng {n}" for n in range(30))
    pages = set_aside(read_text(f"{body}\n\n2\n\n{body}\n\n3\n\n{body}\n")[1])
    assert [line.text for line in pages[0].lines if line.furniture] == ["2", "3"]


def test_numbers_of_a_list_close_together_stay() -> None:
    pages = set_aside(read_text("1\n\nSở A\n\n2\n\nSở B\n\n3\n\nSở C\n")[1])
    assert not any(line.furniture for line in pages[0].lines)


def test_line_ends_that_a_program_wrote_out_are_line_ends() -> None:
    _, (page,) = read_text("Số: 7/KH-UBND \\r\\n \\r\\nHà Giang")
    assert [line.text for line in page.lines] == ["Số: 7/KH-UBND", "", "Hà Giang"]


def test_the_two_columns_of_a_head_that_markdown_sets_as_a_table_are_none() -> None:
    _, pages = read_text(
        "| SỞ Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| --- | --- |\n| Số: 7/KH-SYT | Hà Giang, ngày 4/1/2023 |\n"
        "\n| TT | Nội dung |\n| --- | --- |\n| 1 | Mua sách |\n"
    )
    assert [line.table for line in pages[0].lines if line.text.strip()] == [None, None, 0, 0]
    assert [line.text for line in pages[0].lines][:3:2] == [
        "SỞ Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 7/KH-SYT | Hà Giang, ngày 4/1/2023",
    ]


def test_a_table_of_two_columns_that_speaks_of_the_party_is_one() -> None:
    work = "| Nội dung | Chủ trì |\n| --- | --- |\n| Triển lãm ảnh về Đảng Cộng sản Việt Nam | Sở Y tế |\n"
    _, pages = read_text(work)
    assert [line.table for line in pages[0].lines if line.text.strip()] == [0, 0]


def test_a_lost_letter_stays_one_within_marks_of_bold() -> None:
    read = read_marks("**th\ufffdc ăn** của N\ufffd-CP", False, False)
    assert read.cleaned.text == "th\ufffdc ăn của N\ufffd-CP"
