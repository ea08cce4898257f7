"""The head of a document."""

import pytest

from pipeline.document import Box, Side
from pipeline.outline.head import find_type, is_separator, read_head, segments, type_of
from pipeline.outline.paragraphs import rows_of
from tests.documents import document, line

TWO_COLUMNS = """ỦY BAN NHÂN DÂN     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
THÀNH PHỐ HẢI PHÒNG     Độc lập - Tự do - Hạnh phúc
Số:55 /KH-UBND     Hải Phòng, ngày 23 tháng 02 năm 2023
KẾ HOẠCH
Triển khai thực hiện Chỉ thị số 20/CT-TTg ngày 01/11/2022 của Thủ tướng
Chính phủ về đẩy mạnh đổi mới hoạt động của thư viện trong
phát triển kỹ năng đọc trên địa bàn thành phố Hải Phòng

Thực hiện Chỉ thị số 20/CT-TTg ngày 01/11/2022 của Thủ tướng Chính phủ."""
CLOSED_UP = TWO_COLUMNS.replace("     ", " ")
BLANK_SERIAL = """Số: /KH-SVHTTDL
Lai Châu, ngày 01 tháng 02 năm 2023
## **KẾ HOẠCH**
### **Triển khai nhiệm vụ năm 2023**
Thực hiện Công văn số 2490/BVHTTDL-TV."""
ISSUED_WITH = """KẾ HOẠCH
Triển khai thực hiện Quyết định số 1520/QĐ-TTg
trên địa bàn tỉnh Vĩnh Long
(Ban hành kèm theo Quyết định số   596/QĐ-UBND, ngày   22/3/2023
của Ủy ban nhân dân tỉnh Vĩnh Long)

Thực hiện Quyết định số 1520/QĐ-TTg."""
DECISION = """THỦ TƯỚNG CHÍNH PHỦ
-------
Số: 1520/QĐ-TTg
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Hà Nội, ngày ... tháng ... năm 2022
QUYẾT ĐỊNH
PHÊ DUYỆT CHƯƠNG TRÌNH
HỌC TẬP SUỐT ĐỜI
THỦ TƯỚNG CHÍNH PHỦ
Căn cứ Luật Tổ chức Chính phủ;"""
LIBRARY = """SỞ VH,TT&DL TP. CẦN THƠ
THƯ VIỆN THÀNH PHỐ
Số: 155  /KH-TVTP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Cần Thơ, ngày 02  tháng  7 năm 2019
KẾ HOẠCH
Mua sách"""
LETTER = """ỦY BAN NHÂN DÂN     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ GIANG     Độc lập - Tự do - Hạnh phúc
Số: †4/UBND-TH     Hà Giang, ngày O†tháng 01 năm 2024
V/v mua sách cho
hệ thống thư viện
Kính gửi: Sở Tài chính
Theo đề nghị của Sở Nội vụ."""
DECIDES = """TỈNH HÀ GIANG
Số: 5/QĐ-UBND
QUYẾT ĐỊNH
Về việc mua sách
ỦY BAN NHÂN DÂN TỈNH HÀ GIANG
Căn cứ Luật Thư viện;"""
WHOSE = DECIDES.replace("QUYẾT ĐỊNH", "QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH")
SUBMITTED = "TỜ TRÌNH\nVề việc mua sách\nKính gửi : Hội đồng nhân dân tỉnh\nCăn cứ Luật Thư viện;"
TYPE_AND_TITLE = "KẾ HOẠCH TRIỂN KHAI CÔNG TÁC THƯ VIỆN NĂM 2024\nI. MỤC ĐÍCH"
NO_HEAD = "Sở Văn hóa gửi các đơn vị\n1. Mua sách"


def head(text):
    rows = rows_of(document(text))
    return read_head(rows, find_type(rows, 0, 45))[0]


def words(value):
    if isinstance(value, tuple):
        return [one.text for one in value]
    return value and value.text


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (TWO_COLUMNS, "issuers", ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"]),
        (CLOSED_UP, "issuers", ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"]),
        (LIBRARY, "issuers", ["SỞ VH,TT&DL TP. CẦN THƠ", "THƯ VIỆN THÀNH PHỐ"]),
        (DECISION, "issuers", ["THỦ TƯỚNG CHÍNH PHỦ"]),
        (TWO_COLUMNS, "number", "55 /KH-UBND"),
        (CLOSED_UP, "number", "55 /KH-UBND"),
        (BLANK_SERIAL, "number", "/KH-SVHTTDL"),
        (LIBRARY, "number", "155 /KH-TVTP"),
        (ISSUED_WITH, "number", None),
        (TWO_COLUMNS, "place", "Hải Phòng"),
        (CLOSED_UP, "place", "Hải Phòng"),
        (BLANK_SERIAL, "place", "Lai Châu"),
        (TWO_COLUMNS, "date", "ngày 23 tháng 02 năm 2023"),
        (CLOSED_UP, "date", "ngày 23 tháng 02 năm 2023"),
        (DECISION, "date", "ngày ... tháng ... năm 2022"),
        (TWO_COLUMNS, "document_type", "KẾ HOẠCH"),
        (BLANK_SERIAL, "document_type", "KẾ HOẠCH"),
        (TYPE_AND_TITLE, "document_type", "KẾ HOẠCH"),
        (NO_HEAD, "document_type", None),
        (
            TWO_COLUMNS,
            "title",
            "Triển khai thực hiện Chỉ thị số 20/CT-TTg ngày 01/11/2022 của Thủ tướng Chính phủ về đẩy mạnh đổi mới "
            "hoạt động của thư viện trong phát triển kỹ năng đọc trên địa bàn thành phố Hải Phòng",
        ),
        (BLANK_SERIAL, "title", "Triển khai nhiệm vụ năm 2023"),
        (ISSUED_WITH, "title", "Triển khai thực hiện Quyết định số 1520/QĐ-TTg trên địa bàn tỉnh Vĩnh Long"),
        (DECISION, "title", "PHÊ DUYỆT CHƯƠNG TRÌNH HỌC TẬP SUỐT ĐỜI"),
        (TYPE_AND_TITLE, "title", "TRIỂN KHAI CÔNG TÁC THƯ VIỆN NĂM 2024"),
        (
            ISSUED_WITH,
            "attached",
            "(Ban hành kèm theo Quyết định số 596/QĐ-UBND, ngày 22/3/2023 của Ủy ban nhân dân tỉnh Vĩnh Long)",
        ),
        (DECISION, "authority", "THỦ TƯỚNG CHÍNH PHỦ"),
        (TWO_COLUMNS, "authority", None),
        (LETTER, "issuers", ["ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG"]),
        (LETTER, "number", "/UBND-TH"),
        (LETTER, "place", "Hà Giang"),
        (LETTER, "document_type", None),
        (LETTER, "title", "V/v mua sách cho hệ thống thư viện"),
        (LETTER, "addressees", ["Sở Tài chính"]),
        (DECIDES, "title", "Về việc mua sách"),
        (DECIDES, "authority", "ỦY BAN NHÂN DÂN TỈNH HÀ GIANG"),
        (WHOSE, "title", "Về việc mua sách"),
        (SUBMITTED, "title", "Về việc mua sách"),
        (SUBMITTED, "addressees", ["Hội đồng nhân dân tỉnh"]),
    ],
)
def test_each_part_of_the_head_is_read(text, field, value):
    assert words(getattr(head(text), field)) == value


def test_a_title_in_the_middle_ends_above_who_decides():
    rows = [
        line(text, centred=True, box=Box(200, at * 14, 400, at * 14 + 12))
        for at, text in enumerate(DECIDES.split("\n")[2:5])
    ]
    grounds = line("Căn cứ Luật Thư viện;", box=Box(90, 60, 500, 72))
    assert words(head([*rows, grounds]).title) == "Về việc mua sách"


def test_the_rule_between_two_columns_is_no_part_of_a_name():
    read = head("SỞ GIÁO DỤC _ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/QĐ-SGD\nQUYẾT ĐỊNH\nMua sách")
    assert words(read.issuers) == ["SỞ GIÁO DỤC"]


@pytest.mark.parametrize("date", ["ngày 26tháng 7 năm 2020", "ngày26 tháng7 năm2020", "ngay 26 thang 7 nam 2020"])
def test_a_date_is_read_without_its_spaces_and_marks(date):
    assert words(head(f"BỘ Y TẾ\nSố: 7/KH-BYT\nHà Nội, {date}\nKẾ HOẠCH\nMua sách").date) == date


def test_what_stands_under_the_number_is_no_issuer():
    read = head("BỘ Y TẾ\nSố: 7/KH-BYT\nHỎA TỐC\nHà Nội, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nMua sách")
    assert words(read.issuers) == ["BỘ Y TẾ"]


@pytest.mark.parametrize(("text", "behind"), [(TWO_COLUMNS, "Thực hiện Chỉ thị"), (DECISION, "Căn cứ Luật")])
def test_the_head_ends_before_the_grounds(text, behind):
    rows = rows_of(document(text))
    assert rows[read_head(rows, find_type(rows, 0, 45))[1]].text.startswith(behind)


def test_columns_that_ingest_tells_apart_are_read_as_two():
    left = [line("BỘ TÀI CHÍNH", column=Side.LEFT), line("Số: 7/QĐ-BTC", column=Side.LEFT)]
    right = [
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", column=Side.RIGHT),
        line("Hà Nội, ngày 5 tháng 1 năm 2024", column=Side.RIGHT),
    ]
    read = head([*left, *right, line("QUYẾT ĐỊNH"), line("Ban hành Quy chế")])
    assert [words(read.issuers), words(read.number), words(read.place)] == [["BỘ TÀI CHÍNH"], "7/QĐ-BTC", "Hà Nội"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("KẾ HOẠCH", "kế hoạch"),
        ("**KẾ HOẠCH**", "kế hoạch"),
        ("KẾ HOẠCH HÀNH ĐỘNG", "kế hoạch hành động"),
        ("QUYẾT ĐỊNH:", "quyết định"),
        ("CHỈ THỊ", "chỉ thị"),
        ("Kế hoạch", None),
        ("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", None),
    ],
)
def test_a_type_is_a_line_of_capitals_that_begins_with_one(text, kind):
    assert type_of(text) == kind


def test_behind_the_first_item_no_type_is_looked_for():
    assert find_type(rows_of(document("I. MỤC ĐÍCH\nKẾ HOẠCH")), 0, 45) is None


@pytest.mark.parametrize(("text", "rule"), [("-------", True), ("____", True), ("* * *", True), ("- a", False)])
def test_a_rule_under_a_name_is_a_separator(text, rule):
    assert is_separator(text) is rule


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Số:     1234/QĐ-BTC", "1234/QĐ-BTC"),
        ("Số:        /KH-UBND", "/KH-UBND"),
        ("Số: 12      /QĐ-BTC", "12      /QĐ-BTC"),
        ("Số        12-KH/TU", "12-KH/TU"),
    ],
)
def test_a_number_stands_in_one_column_with_its_label_however_wide_the_gap(said, number):
    read = head(f"BỘ TÀI CHÍNH\n{said}      Hà Nội, ngày 12 tháng 7 năm 2023\nQUYẾT ĐỊNH\nMua sách")
    assert [words(read.issuers), words(read.number), words(read.place)] == [["BỘ TÀI CHÍNH"], number, "Hà Nội"]


def test_wide_gaps_divide_a_line_into_columns_that_know_their_place():
    text = "  Nơi nhận:     TM. ỦY BAN NHÂN DÂN"
    pieces = segments(rows_of(document(text))[0])
    spans = [one.locate(0, len(one.text)) for one in pieces]
    assert [text[start:end] for start, end in spans] == ["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"]
