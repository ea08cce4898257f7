"""The record of a document."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.extract.metadata import plan_id
from pipeline.outline import outline
from pipeline.schema import Organisation
from pipeline.schema.checking import check
from pipeline.schema.rendering import plan_json
from tests.cases import cases
from tests.documents import document

HEAD = """{issuer}
Số: {number}
{place}, ngày {day} tháng 02 năm 2023
KẾ HOẠCH
{title}
Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;
Thực hiện Quyết định số 1520/QĐ-TTg ngày 09/12/2022 của Thủ tướng Chính phủ phê duyệt Chương trình “Đọc sách”;
Thực hiện Quyết định số 1520/QĐ-TTg và Kế hoạch số 15/KH-UBND về thực hiện Nghị quyết số 29-NQ/TW;
I. NHIỆM VỤ
1. Mua sách mới cho thư viện tỉnh.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Nam"""
USUAL = {
    "issuer": "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG",
    "number": "55 /KH-UBND",
    "place": "Hà Giang",
    "day": "23",
    "title": "Mua sách năm 2023",
}
ATTACHED = """KẾ HOẠCH
Mua sách
(Ban hành kèm theo Quyết định số 596/QĐ-UBND, ngày 22/3/2023 của Ủy ban nhân dân tỉnh Hà Giang)
I. NHIỆM VỤ
1. Mua sách mới."""


def plan(text=None, **changes):
    made = document(text or HEAD.format(**USUAL | changes))
    return extract(made, outline(made))


def test_the_usual_head_is_read():
    found = plan().metadata
    assert (found.document_type, found.number, found.place, found.issued_on, found.title, found.period) == (
        "Kế hoạch",
        "55/KH-UBND",
        "Hà Giang",
        date(2023, 2, 23),
        "Mua sách năm 2023",
        "2023",
    )


@cases("record/issuers", issuer=str, place=str, name=str, parent=str | None)
def test_the_issuer_has_its_full_name_and_the_body_above_it(issuer, place, name, parent):
    found = plan(issuer=issuer, place=place).metadata
    assert (found.issuer.name, found.parent_issuer and found.parent_issuer.name) == (name, parent)


def test_a_letterhead_in_capitals_is_written_as_the_text_writes_it():
    text = "TRƯỜNG ĐẠI HỌC SƯ PHẠM KỸ THUẬT\nSố: 7/KH-ĐHSPKT\nKẾ HOẠCH\nMua sách\n"
    text += "Trường Đại học Sư phạm Kỹ thuật ban hành Kế hoạch như sau:\n1. Mua sách."
    assert plan(text).metadata.issuer.name == "Trường Đại học Sư phạm Kỹ thuật"


@cases("record/provinces", issuer=str, place=str, code=str, current=str)
def test_the_province_has_its_code_of_then_and_its_name_of_now(issuer, place, code, current):
    found = plan(issuer=issuer, place=place).metadata.province
    assert (found.code, found.current_name) == (code, current)


@cases("record/central", issuer=str)
def test_a_central_agency_is_of_no_province(issuer):
    assert plan(issuer=issuer, place="Hà Nội").metadata.province is None


@pytest.mark.parametrize(
    ("number", "issuer"),
    [("7/KH-BTC", "Bộ Tài chính"), ("7/QĐ-TTg", "Thủ tướng Chính phủ")],
)
def test_where_the_head_names_nobody_the_number_does(number, issuer):
    text = f"Số: {number}\nHà Nội, ngày 2 tháng 1 năm 2023\nKẾ HOẠCH\nMua sách\nI. NHIỆM VỤ\n1. Mua sách mới."
    assert plan(text).metadata.issuer.name == issuer


@pytest.mark.parametrize(
    ("field", "value"),
    [("number", None), ("attached_to", "596/QĐ-UBND"), ("issued_on", date(2023, 3, 22))],
)
def test_a_plan_issued_with_a_decision_takes_its_record_from_there(field, value):
    assert getattr(plan(ATTACHED).metadata, field) == value


def test_the_decisions_issuer_is_the_attached_plans():
    assert plan(ATTACHED).metadata.issuer.name == "Ủy ban nhân dân tỉnh Hà Giang"


@pytest.mark.parametrize("day", ["...", "31"])
def test_a_day_that_is_blank_or_impossible_is_never_guessed(day):
    found = plan(day=day).metadata
    assert (found.issued, found.issued_on) == ("2023-02", None)


def test_a_whole_date_is_given_as_such():
    found = plan().metadata
    assert found.issued == found.issued_on.isoformat()


@pytest.mark.parametrize(
    ("issuer", "slug"),
    [
        ("ỦY BAN NHÂN DÂN\nQUẬN NINH KIỀU", "ubnd-quan-ninh-kieu"),
        ("ỦY BAN NHÂN DÂN\nQUẬN CÁI RĂNG", "ubnd-quan-cai-rang"),
        ("UBND THÀNH PHỐ CẦN THƠ\nSỞ Y TẾ", "so-y-te"),
        ("HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ", "hdnd"),
        ("UBND QUẬN NINH KIỀU\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "phong-giao-duc-va-dao-tao-quan-ninh-kieu"),
        ("UBND QUẬN CÁI RĂNG\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "phong-giao-duc-va-dao-tao-quan-cai-rang"),
    ],
)
def test_plans_of_one_number_and_year_are_told_apart_by_who_issues_them(issuer, slug):
    assert plan(issuer=issuer, place="Cần Thơ").plan_id == f"can-tho/{slug}/2023/55-kh-ubnd"


ISSUED = st.tuples(
    st.sampled_from(["Ủy ban nhân dân xã Phù Đổng", "Ủy ban nhân dân xã Phú Đông", "Ủy ban nhân dân xã Phù Đống"]),
    st.sampled_from(["5/KH-UBND", "55/KH-UBND", "5/QĐ-UBND"]),
    st.integers(2023, 2024),
)


@given(ISSUED, ISSUED)
def test_two_plans_share_an_id_only_where_issuer_number_and_year_are_the_same(one, other):
    def made(issuer, number, year):
        own = plan(place="Hà Nội").metadata
        told = {"issuer": Organisation(name=issuer), "number": number, "issued_on": date(year, 2, 1)}
        return plan_id(own.model_copy(update=told), "0" * 64)

    assert (made(*one) == made(*other)) is (one == other)


def test_an_annex_says_the_number_that_the_head_leaves_out():
    cited = "Kế hoạch số 55/KH-UBND ngày 23/02/2023 của Ủy ban nhân dân tỉnh Hà Giang"
    annex = f"\nPHỤ LỤC\n(Kèm theo {cited})\n1. Sách mới."
    found = plan(HEAD.format(**USUAL | {"number": "      /KH-UBND"}) + annex).metadata
    assert (found.number, found.evidence["number"].quote) == ("55/KH-UBND", cited)


def test_an_annex_that_comes_with_another_document_does_not_say_the_number():
    annex = "\nPHỤ LỤC\n(Kèm theo Thông tư số 01/2022/TT-BNV ngày 10/01/2022 của Bộ Nội vụ)\n1. Sách mới."
    assert plan(HEAD.format(**USUAL).replace("Số: 55 /KH-UBND\n", "") + annex).metadata.number is None


def test_a_place_that_is_an_accent_away_from_a_province_is_no_province():
    found = plan(issuer="ỦY BAN NHÂN DÂN\nHUYỆN PHÙ YÊN", place="Phù Yên").metadata
    assert (found.place, found.province and found.province.code) == ("Phù Yên", "VN-05")


def test_the_signer_has_an_office_and_the_lines_of_authority():
    signer = plan().metadata.signer
    assert (signer.name, signer.position, signer.capacity) == (
        "Trần Văn Nam",
        "Phó Chủ tịch",
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    )


@pytest.mark.parametrize(
    ("printed", "position"),
    [
        ("KT. CHỈ HUY TRƯỞNG\nPHÓ CHỈ HUY TRƯỞNG - THAM MƯU TRƯỞNG", "Phó Chỉ huy trưởng - Tham mưu trưởng"),
        ("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC", "Phó Bí thư Thường trực"),
        ("TRƯỞNG CÔNG AN PHƯỜNG", "Trưởng Công an phường"),
        ("CHÁNH ÁN", "Chánh án"),
        ("P. HIỆU TRƯỞNG", "Phó Hiệu trưởng"),
        ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Phó Chủ tịch"),
        ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "Chủ tịch"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐÓC", "Phó Giám đốc"),
        ("KT. HIỆU TRƯỞNG\nPHÓ HEU TRƯỞNG", "Phó Hiệu trưởng"),
        ("TM. CHÍNH PHỦ", None),
        ("KT. TỔNG GIÁM ĐỐC", None),
        ("TRƯỞNG BAN\nCHỦ TỊCH UBND TỈNH", "Trưởng ban"),
        ("KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nGIÁM ĐỐC SỞ NỘI VỤ", "Phó Trưởng ban"),
    ],
)
def test_the_office_is_written_as_a_title(printed, position):
    foot = f"Nơi nhận:\n- Như trên;\n- Lưu: VT.\n{printed}\nTrần Văn Nam"
    assert plan(f"Số: 7/KH-TV\nKẾ HOẠCH\nMua sách\n1. Mua sách.\n{foot}").metadata.signer.position == position


def test_recipients_are_listed():
    assert [one.text for one in plan().metadata.recipients] == ["Như trên", "Lưu: VT"]


def test_each_document_the_plan_rests_on_is_listed_once_and_none_that_only_stands_in_a_title():
    assert [(one.document_type, one.number) for one in plan().legal_basis] == [
        ("Luật", None),
        ("Quyết định", "1520/QĐ-TTg"),
        ("Kế hoạch", "15/KH-UBND"),
    ]


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("về việc thực hiện Nghị quyết số 29-NQ/TW", ["9/KH-BYT", "29-NQ/TW"]),
        ("ban hành Kế hoạch thực hiện Nghị quyết số 29-NQ/TW", ["9/KH-BYT"]),
        ("sửa đổi, bổ sung Kế hoạch số 5/KH-BYT", ["9/KH-BYT"]),
    ],
)
def test_a_document_that_is_all_the_title_of_another_is_a_ground_too(title, numbers):
    said = f"Căn cứ Kế hoạch số 9/KH-BYT ngày 1/2/2023 của Bộ Y tế {title};\n"
    made = plan(f"Số: 7/KH-TV\nKẾ HOẠCH\nMua sách\n{said}1. Mua sách.")
    assert [one.number for one in made.legal_basis] == numbers


def test_each_field_that_is_read_says_where():
    found = plan()
    quotes = {name: found.metadata.evidence[name].quote for name in ("number", "place", "issued_on", "signer")}
    assert quotes == {
        "number": "55 /KH-UBND",
        "place": "Hà Giang",
        "issued_on": "ngày 23 tháng 02 năm 2023",
        "signer": "Trần Văn Nam",
    }


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({}, "ha-giang/ubnd/2023/55-kh-ubnd"),
        ({"issuer": "BỘ Y TẾ", "number": "7/KH-BYT", "place": "Hà Nội"}, "trung-uong/bo-y-te/2023/7-kh-byt"),
        ({"number": "/KH-UBND"}, "sha256/0000000000000000"),
        ({"day": "..."}, "sha256/0000000000000000"),
        ({"text": ATTACHED}, "ha-giang/ubnd/2023/596-qd-ubnd/ke-hoach"),
    ],
)
def test_the_id_is_province_year_and_number_else_the_hash(changes, slug):
    assert plan(**changes).plan_id == slug


@cases("record/state_bodies", issuer=str, name=str)
def test_a_body_of_the_state_is_of_no_province(issuer, name):
    found = plan(issuer=issuer, place="Hà Nội").metadata
    assert (found.issuer.name, found.province) == (name, None)


@cases("record/spellings", issuer=str, code=str)
def test_a_province_is_known_by_all_its_names(issuer, code):
    assert plan(issuer=issuer, place="Nơi nào").metadata.province.code == code


@cases("record/districts", district=str, name=str, code=str | None)
def test_a_district_that_is_the_only_one_of_its_name_says_the_province(district, name, code):
    found = plan(issuer=f"ỦY BAN NHÂN DÂN\n{district}", place="Nơi nào").metadata
    assert found.issuer.name == f"Ủy ban nhân dân {name}"
    assert (found.province and found.province.code) == code


def test_a_common_word_in_a_title_is_no_province():
    title = "Xây dựng hòa bình, hữu nghị năm 2023"
    made = plan(issuer="ỦY BAN NHÂN DÂN\nHUYỆN CHÂU THÀNH", place="Châu Thành", title=title)
    assert made.metadata.province is None
    assert made.plan_id.startswith("sha256/")


LETTER = """ỦY BAN NHÂN DÂN TỈNH HÀ GIANG
Số: {number}
V/v mua sách
Hà Giang, ngày 26tháng 7 năm 2023
Kính gửi:
- Sở Tài chính;
- Sở Nội vụ.
Ủy ban nhân dân tỉnh giao:
1. Sở Tài chính bố trí kinh phí.
Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Trần Văn Nam"""


@cases("record/letters", number=str, kind=str | None)
def test_a_letter_is_one_by_its_subject_and_its_symbol(number, kind):
    found = plan(LETTER.format(number=number)).metadata
    assert (found.document_type, found.title) == (kind, "V/v mua sách")


def test_a_text_without_a_head_has_the_record_of_the_document_that_it_tells_of():
    text = "Công điện về sách\n\nNgày 29/10/2018, Cục Thư viện có công điện số 37/TK gửi các thư viện.\n1. Kê giá.\n"
    plan = extract(made := document(text), outline(made))
    read = plan.metadata
    assert (read.document_type, read.number, read.issued_on, read.issuer.name) == (
        "Công điện",
        "37/TK",
        date(2018, 10, 29),
        "Cục Thư viện",
    )
    assert plan.legal_basis == []


@pytest.mark.parametrize(
    ("told", "record"),
    [
        (
            "Thay mặt Bộ Chính trị, Tổng Bí thư Lê Nam đã ký ban hành Nghị quyết số 57-NQ/TW (ngày 22/12/2024) của Bộ "
            "Chính trị về sách.",
            ("57-NQ/TW", "2024-12-22", "Bộ Chính trị", "Lê Nam", "Tổng Bí thư", "về sách"),
        ),
        (
            "Ngày 4 tháng 7 năm 2025, Thủ tướng Chính phủ Lê Nam vừa ký Nghị quyết số 12/NQ-CP phê duyệt Đề án sách.",
            ("12/NQ-CP", "2025-07-04", "Thủ tướng Chính phủ", "Lê Nam", "Thủ tướng Chính phủ", "phê duyệt Đề án sách"),
        ),
        (
            "Tổng Bí thư Lê Nam thay mặt Ban Bí thư ký ban hành Nghị quyết 5-NQ/TW ngày 3/2/2025 về sách",
            ("5-NQ/TW", "2025-02-03", "Ban Bí thư", "Lê Nam", "Tổng Bí thư", "về sách"),
        ),
        ("Các thư viện đã ký cam kết thực hiện Nghị quyết.", (None, None, None, None, None, None)),
    ],
)
def test_who_signed_is_read_where_a_text_without_a_head_tells_it(told, record):
    made = plan(f"Nghị quyết về sách\n\n{told}\n\nI. NHIỆM VỤ\n1. Kê giá.\n").metadata
    issuer, signer = made.issuer and made.issuer.name, made.signer
    day = made.issued_on and made.issued_on.isoformat()
    said = (made.number, day, issuer, signer and signer.name, signer and signer.position, made.title)
    assert said == record


def test_a_letter_whose_number_is_not_read_is_known_by_its_addressees():
    assert plan(LETTER.replace("Số: {number}", "Số")).metadata.document_type == "Công văn"


def test_a_letter_without_a_subject_is_known_by_its_addressees():
    assert plan(LETTER.format(number="2449 -CV/ĐU").replace("V/v mua sách\n", "")).metadata.document_type == "Công văn"


def test_who_a_letter_is_sent_to_are_the_first_of_its_recipients():
    found = plan(LETTER.format(number="12/UBND-TH"))
    assert [(one.text, one.agency_key) for one in found.metadata.recipients] == [
        ("Sở Tài chính", "department.finance@VN-03"),
        ("Sở Nội vụ", "department.home@VN-03"),
        ("Như trên", None),
        ("Lưu: VT", None),
    ]
    assert [one.number for one in found.tasks] == ["1"]


def test_a_date_without_a_space_is_a_date():
    assert plan(LETTER.format(number="12/UBND-TH")).metadata.issued_on == date(2023, 7, 26)


def test_a_law_has_the_date_it_was_passed():
    text = HEAD.format(**USUAL).replace("ngày 21 tháng 11 năm 2019;", "ngày 21/11/2019; Luật Di sản ngày 29/6/2001;")
    found = [(one.title, one.issued_on) for one in plan(text).legal_basis if one.document_type == "Luật"]
    assert found == [("Thư viện", date(2019, 11, 21)), ("Di sản", date(2001, 6, 29))]


@pytest.mark.parametrize(
    ("number", "kind", "title"),
    [("12/KH-XYZ", "KẾ HOẠCH", "Mua sách"), ("05/XYZ", "", "Mua sách"), ("/KH-S", "KẾ HOẠCH", "**:**")],
)
def test_what_a_number_does_not_tell_has_no_evidence(number, kind, title):
    """It was refused by the store: the code of no issuer that is known was evidence for an issuer."""
    head = f"Số: {number}\n\nLai Châu, ngày 01 tháng 02 năm 2023\n\n{kind}\n{title}\n\nI. NHIỆM VỤ\n"
    found = plan(head + "1. Sở Tài chính bố trí kinh phí.")
    assert found.metadata.issuer is None
    assert check(plan_json(found).encode(), found.text) == []
