"""Who a document is sent to: Kính gửi."""

import pytest

from pipeline.document import Side
from pipeline.outline import outline
from pipeline.outline.paragraphs import join, rows_of
from pipeline.outline.record.addressees import is_addressed, read_addressees, without_heading
from tests.cases import cases
from tests.documents import document, line, printed

BODY = "Thực hiện Công văn số 12/BTC-NSNN, Ủy ban nhân dân tỉnh có ý kiến như sau:"
LETTER = """ỦY BAN NHÂN DÂN     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ GIANG     Độc lập - Tự do - Hạnh phúc
Số: 12/UBND-TH     Hà Giang, ngày 5 tháng 1 năm 2024
V/v mua sách
Kính gửi:
- Sở Tài chính;
- Sở Nội vụ.
Ủy ban nhân dân tỉnh giao:
1. Sở Tài chính bố trí kinh phí.
"""


@cases("addressees/beginnings", text=str, addressed=bool)
def test_addressees_begin_with_their_two_words_and_a_colon(text, addressed):
    assert is_addressed(text) is addressed


@cases("addressees/names", text=str, names=list[str])
def test_one_name_or_a_list_of_names_is_read_up_to_the_body(text, names):
    rows = rows_of(document(text))
    read, used = read_addressees(rows)
    assert ([one.text for one in read], rows[used].text) == (names, BODY)


@pytest.mark.parametrize(
    "opening",
    [
        "Ngày 09 tháng 6 năm 2025, Chính phủ ban hành Nghị định số 19/2025/NĐ-CP về",
        "Để chuẩn bị cho năm học mới, Sở Giáo dục và Đào tạo đề nghị các trường trung",
        "Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh về công tác quản lý",
    ],
)
def test_a_letter_in_lines_of_one_measure_begins_below_the_name(opening):
    name = "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương cả nước"
    rows = rows_of(
        document(
            "\n".join(
                [
                    name,
                    opening,
                    *["việc thực hiện các nhiệm vụ được giao trong năm học và trong các năm tiếp theo"] * 12,
                ]
            )
        )
    )
    read, used = read_addressees(rows)
    assert ([one.text for one in read], rows[used].text) == ([name.removeprefix("Kính gửi: ")], opening)


def test_a_list_that_ends_at_the_margin_does_not_swallow_the_opening():
    rows = rows_of(
        document(
            printed(
                (180, "Kính gửi:"),
                (230, "- Bộ Nội vụ, Tổ công tác cải cách thủ"),
                (230, "tục hành chính của Thủ tướng."),
                (110, "Ngày 25 tháng 7, Ủy ban nhân dân tỉnh họp về công tác cải cách"),
                (80, "thủ tục hành chính và giao các sở, ban, ngành những việc dưới đây, cả"),
            )
        )
    )
    read, used = read_addressees(rows)
    assert ([one.text for one in read], used) == (
        ["Bộ Nội vụ, Tổ công tác cải cách thủ tục hành chính của Thủ tướng"],
        3,
    )


def test_addressees_are_no_items():
    part = outline(document(LETTER)).parts[0]
    assert [node.number for node in part.nodes] == ["1"]
    assert [one.text for one in part.head.addressees] == ["Sở Tài chính", "Sở Nội vụ"]


def test_a_left_column_that_ends_in_addressees_goes_on_below_the_right_one():
    left = [line(text, column=Side.LEFT) for text in ("SỞ GIÁO DỤC", "Số: 12/SGD-TH", "V/v thi cử", "Kính gửi:")]
    right = [
        line(text, column=Side.RIGHT) for text in ("Độc lập - Tự do - Hạnh phúc", "Hà Nội, ngày 26tháng 7 năm 2020")
    ]
    body = [line(text) for text in ("- Các trường;", "- Các phòng.", BODY, "1. Các trường báo cáo.")]
    part = outline(document([*left, *right, *body])).parts[0]
    assert [one.text for one in part.head.addressees] == ["Các trường", "Các phòng"]
    assert (part.head.place.text, [node.number for node in part.nodes]) == ("Hà Nội", ["1"])


def test_the_paragraphs_of_a_letter_without_items_stand_behind_its_opening():
    text = LETTER.replace("1. ", "").replace("kinh phí.\n", "kinh phí.\nĐề nghị Sở Nội vụ xem xét, quyết định./.")
    part = outline(document(text)).parts[0]
    assert [one.text for one in part.preamble] == ["Ủy ban nhân dân tỉnh giao:"]
    assert [(node.style, node.body.text) for node in part.nodes] == [
        ("order", "Sở Tài chính bố trí kinh phí."),
        ("order", "Đề nghị Sở Nội vụ xem xét, quyết định./."),
    ]


def test_a_bar_in_a_list_of_addressees_names_nobody():
    rows = ["**Kính gửi:**", "|", "|", "- Sở Y tế;", "- Sở Tài", "chính.", "|", BODY]
    read, used = read_addressees(rows_of(document("\n".join(rows))))
    assert ([one.text for one in read], used) == (["Sở Y tế", "Sở Tài chính"], 7)


@pytest.mark.parametrize(
    "orders",
    [
        "- Sở Giáo dục và Đào tạo mở 12 phòng đọc trước ngày 30/6/2026;\n- Sở Nội vụ cấp 500 đầu sách.",
        "- Bộ Y tế chuẩn bị thuốc, báo cáo kịp thời;\n- Chủ tịch Ủy ban nhân dân các tỉnh bố trí kinh phí.",
        "- Các trường ký cam kết;\n- Sở Y tế kiểm tra các bệnh viện.",
    ],
)
def test_bullets_that_say_what_a_body_does_are_orders_and_no_addressees(orders):
    body = f"Ủy ban nhân dân tỉnh yêu cầu các sở làm ngay\n{orders}\nNgoài ra các sở báo cáo kết quả."
    assert without_heading(join(rows_of(document(body))))[0] == ()


def test_bullets_that_only_name_bodies_above_the_first_paragraph_are_addressees():
    names = "- Các Bộ: Y tế, Nội vụ;\n- Bộ Tư lệnh Quân khu 9;\n- Văn phòng Trung ương và các Ban của Đảng."
    body = f"{names}\nTrong ngày 5 tháng 6 có mưa to."
    addressees, others = without_heading(join(rows_of(document(body))))
    assert (len(addressees), len(others)) == (3, 1)
