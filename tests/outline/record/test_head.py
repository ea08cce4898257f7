"""The head of a document."""

import pytest
from typing_extensions import TypedDict

from pipeline.document import Box, Side
from pipeline.outline.paragraphs import rows_of
from pipeline.outline.record.head import find_type, read_head, type_of
from pipeline.outline.record.letterhead import is_separator, segments, separated
from tests.cases import cases
from tests.documents import document, line, part


def head_and_end(text):
    rows = separated(rows_of(document(text)))
    return read_head(rows, find_type(rows, 0, 45))


def head(text):
    return head_and_end(text)[0]


def words(value):
    if isinstance(value, tuple):
        return [one.text for one in value]
    return value and value.text


class Parts(TypedDict, total=False):
    """The parts of a head that are at stake."""

    issuers: list[str]
    number: str
    place: str
    date: str
    document_type: str
    title: str
    attached: str
    authority: str
    addressees: list[str]


@cases("head/heads", text=str, parts=Parts, absent=list[str] | None, body=str | None)
def test_each_part_of_the_head_is_read(text, parts, absent, body):
    read, end = head_and_end(text)
    assert {part: words(getattr(read, part)) for part in parts} == parts
    assert [part for part in absent or [] if getattr(read, part)] == []
    assert body is None or rows_of(document(text))[end].text.startswith(body)


def test_a_title_in_the_middle_ends_above_who_decides():
    rows = [
        line(text, centred=True, box=Box(200, at * 14, 400, at * 14 + 12))
        for at, text in enumerate(("QUYẾT ĐỊNH", "Về việc mua sách", "ỦY BAN NHÂN DÂN TỈNH HÀ GIANG"))
    ]
    grounds = line("Căn cứ Luật Thư viện;", box=Box(90, 60, 500, 72))
    assert words(head([*rows, grounds]).title) == "Về việc mua sách"


def test_the_rule_between_two_columns_is_no_part_of_a_name():
    read = head("SỞ GIÁO DỤC _ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/QĐ-SGD\nQUYẾT ĐỊNH\nMua sách")
    assert words(read.issuers) == ["SỞ GIÁO DỤC"]


@pytest.mark.parametrize("with_", ["(Kèm theo Quyết định số 5/QĐ-UBND", "Kèm theo Quyết định số 5/QĐ-UBND"])
def test_a_bracket_that_is_never_closed_ends_with_its_line(with_):
    read, end = head_and_end(
        f"KẾ HOẠCH\nMua sách\n{with_}\nThực hiện Chỉ thị số 3, tỉnh lập kế hoạch:\nI. MỤC ĐÍCH\n1. Mục đích"
    )
    assert (words(read.attached), end) == (with_, 3)


@pytest.mark.parametrize("date", ["ngày 26tháng 7 năm 2020", "ngày26 tháng7 năm2020", "ngay 26 thang 7 nam 2020"])
def test_a_date_is_read_without_its_spaces_and_marks(date):
    assert words(head(f"BỘ Y TẾ\nSố: 7/KH-BYT\nHà Nội, {date}\nKẾ HOẠCH\nMua sách").date) == date


def test_what_stands_under_the_number_is_no_issuer():
    read = head("BỘ Y TẾ\nSố: 7/KH-BYT\nHỎA TỐC\nHà Nội, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nMua sách")
    assert words(read.issuers) == ["BỘ Y TẾ"]


def test_columns_that_ingest_tells_apart_are_read_as_two():
    left = [line("BỘ TÀI CHÍNH", column=Side.LEFT), line("Số: 7/QĐ-BTC", column=Side.LEFT)]
    right = [
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", column=Side.RIGHT),
        line("Hà Nội, ngày 5 tháng 1 năm 2024", column=Side.RIGHT),
    ]
    read = head([*left, *right, line("QUYẾT ĐỊNH"), line("Ban hành Quy chế")])
    assert [words(read.issuers), words(read.number), words(read.place)] == [["BỘ TÀI CHÍNH"], "7/QĐ-BTC", "Hà Nội"]


@cases("head/types", text=str, kind=str | None)
def test_a_type_is_a_line_of_capitals_that_begins_with_one(text, kind):
    assert type_of(text) == kind


def test_behind_the_first_item_no_type_is_looked_for():
    assert find_type(rows_of(document("I. MỤC ĐÍCH\nKẾ HOẠCH")), 0, 45) is None


def test_head_title_and_grounds_that_were_run_together_are_told_apart():
    read, end = head_and_end(
        "3. UBND TỈNH HÀ GIANG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập  Tự do  Hạnh phúc    Số:\n"
        "7/QĐUBND Hà Giang, ngày 4 tháng 01 năm 2023 QUYẾT ĐỊNH VỀ VIỆC MUA SÁCH CHỦ TỊCH ỦY BAN NHÂN\n"
        "DÂN TỈNH HÀ GIANG Căn cứ Luật Thư viện; Căn cứ Luật Ngân sách nhà nước;"
    )
    assert [words(read.issuers), words(read.number), words(read.place)] == [
        ["UBND TỈNH HÀ GIANG"],
        "7/QĐUBND",
        "Hà Giang",
    ]
    assert [words(read.document_type), words(read.title)] == ["QUYẾT ĐỊNH", "VỀ VIỆC MUA SÁCH"]
    assert words(read.authority) == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ GIANG"


@cases("head/separators", text=str, rule=bool)
def test_a_rule_under_a_name_is_a_separator(text, rule):
    assert is_separator(text) is rule


@cases("head/wide_gaps", said=str, number=str)
def test_a_number_stands_in_one_column_with_its_label_however_wide_the_gap(said, number):
    read = head(f"BỘ TÀI CHÍNH\n{said}      Hà Nội, ngày 12 tháng 7 năm 2023\nQUYẾT ĐỊNH\nMua sách")
    assert [words(read.issuers), words(read.number), words(read.place)] == [["BỘ TÀI CHÍNH"], number, "Hà Nội"]


def test_wide_gaps_divide_a_line_into_columns_that_know_their_place():
    text = "  Nơi nhận:     TM. ỦY BAN NHÂN DÂN"
    pieces = segments(rows_of(document(text))[0])
    spans = [one.locate(0, len(one.text)) for one in pieces]
    assert [text[start:end] for start, end in spans] == ["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"]


def printed(*lines):
    """Lines of a page: text, left and right edge, whether bold."""
    rows = [
        line(
            f"**{text}**" if bold else text,
            centred=abs(left + right - 600) < 20,
            box=Box(left, at * 18, right, at * 18 + 12),
        )
        for at, (text, left, right, bold) in enumerate(lines)
    ]
    return words(head(rows).title)


def test_a_title_ends_where_it_is_not_printed_bold_any_more():
    title = printed(
        ("KẾ HOẠCH", 260, 340, True),
        ("Mua sách cho thư viện", 200, 400, True),
        ("Thực hiện Quyết định số 7/QĐ-UBND của Ủy ban nhân dân tỉnh", 110, 500, False),
        ("về việc mua sách, Sở ban hành Kế hoạch như sau:", 90, 400, False),
    )
    assert title == "Mua sách cho thư viện"


def test_a_title_ends_above_the_first_paragraph_which_stands_in():
    title = printed(
        ("KẾ HOẠCH", 260, 340, False),
        ("Mua sách cho thư viện", 200, 400, False),
        ("Năm nay Sở mua sách cho các thư viện của xã, phường và cho", 110, 500, False),
        ("các trường học như sau:", 90, 300, False),
    )
    assert title == "Mua sách cho thư viện"


def test_a_title_of_a_word_processor_is_all_that_is_set_in_the_middle():
    rows = [
        line("**KẾ HOẠCH**", centred=True, starts_paragraph=True),
        line("**Mua sách**", centred=True, starts_paragraph=True),
        line("**Cụm 2 năm học 2025 - 2026**", centred=True, starts_paragraph=True),
        line("Thực hiện Quyết định số 7/QĐ-UBND, Sở ban hành Kế hoạch như sau:", starts_paragraph=True),
    ]
    assert words(head(rows).title) == "Mua sách Cụm 2 năm học 2025 - 2026"


def test_what_was_run_together_is_told_apart_where_no_ground_opens_the_body():
    read, _ = head_and_end(
        "SỞ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 7/KH-SYT "
        "Hà Giang, ngày 4 tháng 01 năm 2023 KẾ HOẠCH MUA SÁCH UBND tỉnh giao Sở Y tế mua sách như sau:"
    )
    assert [words(read.issuers), words(read.title)] == [["SỞ Y TẾ"], "MUA SÁCH"]


@pytest.mark.parametrize("above", ["", "Kế hoạch đọc sách\n"])
def test_a_document_that_a_text_tells_of_is_not_the_text_unless_that_says_so(above):
    said = "Ngày 10/02/2026, Thủ tướng Chính phủ ban hành Chỉ thị số 05/CT-TTg về đọc sách."
    assert part(f"{above}{said}\n1. Sở Y tế mở lớp.").head.number is None


@pytest.mark.parametrize(
    ("number", "left"),
    [
        ("15/KH-UBND", "OẠCH"),
        ("15/KH-UBND", "MOẠC H"),
        ("15/KH-UBND", "- KẾ HOẠC"),
        ("7/QĐ-UBND", "UYẾT ĐỊN"),
        ("7/QĐ-UBND", "QUYẾT"),
        ("3/CT-UBND", "CHỈ TH"),
    ],
)
def test_what_a_stamp_left_of_the_type_is_no_title(number, left):
    read = head(
        f"ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: {number}\nHà Nam, ngày 5 tháng 1 năm 2024\n{left}\nMua sách năm 2024"
    )
    assert words(read.title) == "Mua sách năm 2024"


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("15/KH-UBND", "LỊCH KIỂM TRA"),
        ("7/QĐ-UBND", "TIẾN ĐỘ"),
        ("15/KH-UBND", "BẢNG KÊ"),
        ("3/BC-UBND", "KHEN THƯỞNG"),
        ("15/KH-UBND", "HỌC"),
    ],
)
def test_a_title_in_capitals_that_is_no_part_of_the_type_stays(number, title):
    read = head(
        f"ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: {number}\nHà Nam, ngày 5 tháng 1 năm 2024\n{title}\nMua sách năm 2024"
    )
    assert (words(read.title) or "").startswith(title)


@pytest.mark.parametrize("by", ["THEO QUYẾT ĐỊNH", "THEO QĐ"])
def test_the_decision_that_set_up_who_issues_is_part_of_its_name(by):
    read = head(
        f"SỞ Y TẾ\nĐOÀN KIỂM TRA\n{by}\nSỐ 15/QĐ-SYT\nSố: 7/KH-ĐKT\nHà Nam, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nMua sách"
    )
    assert words(read.number) == "7/KH-ĐKT"
    assert " ".join(words(one) for one in read.issuers) == f"SỞ Y TẾ ĐOÀN KIỂM TRA {by} SỐ 15/QĐ-SYT"
