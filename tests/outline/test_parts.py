"""A file cut into its documents, each into head, body and foot."""

import pytest

from pipeline.outline import outline
from tests.documents import OPENING, document

DECISION = """ỦY BAN NHÂN DÂN     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ GIANG     Độc lập - Tự do - Hạnh phúc
Số: 596/QĐ-UBND     Hà Giang, ngày 22 tháng 3 năm 2023
QUYẾT ĐỊNH
Về việc ban hành Kế hoạch mua sách

Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;
- Căn cứ Quyết định số 1520/QĐ-TTg ngày 09/12/2022;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch mua sách.
Điều 2. Giao Sở Tài chính bố trí kinh phí.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Nam
"""
PLAN = """KẾ HOẠCH
Mua sách
(Ban hành kèm theo Quyết định số 596/QĐ-UBND ngày 22/3/2023 của Ủy ban nhân dân tỉnh Hà Giang)
I. NHIỆM VỤ
1. Mua sách mới.
"""
ANNEX = """PHỤ LỤC
DANH MỤC SÁCH
(Kèm theo Quyết định số 596/QĐ-UBND ngày 22/3/2023)
1. Sách mới.
2. Sách cũ.
"""
LETTER = """SỞ Y TẾ     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ GIANG     Độc lập - Tự do - Hạnh phúc
Số: 210/SYT-VP     Hà Giang, ngày 20 tháng 4 năm 2023
V/v gửi Kế hoạch mua sách

Kính gửi: Các bệnh viện.

{said}
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Lê Thị Hoa
"""
OWN_PLAN = """ỦY BAN NHÂN DÂN     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ GIANG     Độc lập - Tự do - Hạnh phúc
Số: 45/KH-UBND     Hà Giang, ngày 12 tháng 4 năm 2023
KẾ HOẠCH
Mua sách
I. NHIỆM VỤ
1. Mua sách mới.
Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Nam
"""
SENDS = "Sở Y tế gửi kèm theo Kế hoạch số 45/KH-UBND ngày 12/4/2023 để các bệnh viện biết, thực hiện."
CLOSED = """KẾ HOẠCH
Mua sách
I. NHIỆM VỤ
1. Mua sách mới.
2. Bán sách cũ.
Trên đây là Kế hoạch mua sách, đề nghị các đơn vị báo cáo về Sở Tài chính./.
"""


def first(text):
    return outline(document(text)).parts[0]


def types(text):
    return [one.head.document_type and one.head.document_type.text for one in outline(document(text)).parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(PLAN, ["KẾ HOẠCH"], id="a plan alone"),
        pytest.param(DECISION, ["QUYẾT ĐỊNH"], id="a decision alone"),
        pytest.param(DECISION + PLAN, ["QUYẾT ĐỊNH", "KẾ HOẠCH"], id="a decision and the plan it issues"),
        pytest.param(
            DECISION + PLAN + ANNEX, ["QUYẾT ĐỊNH", "KẾ HOẠCH", None], id="and an annex that nobody signed above"
        ),
    ],
)
def test_each_document_in_a_file_is_a_part(text, expected):
    assert types(text) == expected


@pytest.mark.parametrize(
    ("text", "number", "other"),
    [
        pytest.param(LETTER.format(said=SENDS) + OWN_PLAN, "45/KH-UBND", "210/SYT-VP", id="a letter that sends a plan"),
        pytest.param(
            LETTER.format(said="1. Các bệnh viện kê lại giá sách.\n2. Các phòng mua sách.\n") + OWN_PLAN,
            "210/SYT-VP",
            "45/KH-UBND",
            id="a letter with orders of its own",
        ),
        pytest.param(OWN_PLAN + DECISION, "45/KH-UBND", "596/QĐ-UBND", id="two documents"),
        pytest.param(DECISION + PLAN + ANNEX, "596/QĐ-UBND", None, id="a plan that a decision issues"),
    ],
)
def test_a_file_is_of_the_document_that_a_letter_sends_and_says_what_else_it_holds(text, number, other):
    read = outline(document(text))
    assert read.parts[read.main].head.number.text == number
    assert [dict(one.params)["text"].split(" · ") for one in read.notices if one.code == "W425"] == (
        [one for one in _records(read) if other in one] if other else []
    )


def _records(read):
    said = [(one.head.document_type, one.head.number, one.head.date, one.foot.signer) for one in read.parts]
    return [[each.text for each in one if each is not None] for one in said]


def test_the_attached_plan_numbers_on_its_own():
    plan = outline(document(DECISION + PLAN)).parts[1]
    assert (plan.nodes[0].number, plan.nodes[0].children[0].number) == ("I", "I.1")


def test_the_attached_plan_says_what_it_is_issued_with():
    assert "596/QĐ-UBND" in outline(document(DECISION + PLAN)).parts[1].head.attached.text


def test_the_grounds_come_before_the_first_element_although_one_has_a_dash():
    assert [one.text.split()[0] for one in first(DECISION).preamble] == ["Căn", "Căn"]


def test_the_articles_are_the_body_of_a_decision():
    assert [node.number for node in first(DECISION).nodes] == ["Điều 1", "Điều 2"]


def test_the_foot_is_cut_off_the_body():
    assert first(DECISION).foot.signer.text == "Trần Văn Nam"


SCHOOL = """KẾ HOẠCH
Mua sách
I. NHIỆM VỤ
1. Mua sách mới.
Bình Minh, ngày 28 tháng 4 năm 2026
Nơi nhận:
- Lưu: VT.
"""


def test_place_and_day_above_the_sign_off_are_those_of_the_document():
    (part,) = outline(document(SCHOOL)).parts
    assert (part.head.place.text, part.head.date.text) == ("Bình Minh", "ngày 28 tháng 4 năm 2026")
    assert part.nodes[-1].children[-1].title.text == "Mua sách mới."


def test_a_day_above_the_sign_off_is_none_of_the_document_where_its_head_has_one_or_a_sentence_ends_so():
    dated = outline(document(DECISION.replace("Nơi nhận:", "Bình Minh, ngày 2 tháng 4 năm 2026\nNơi nhận:"))).parts
    assert dated[0].head.place.text == "Hà Giang"
    (part,) = outline(document(SCHOOL.replace("sách mới.", "sách mới cho thư viện xã"))).parts
    assert part.head.date is None


def test_a_paragraph_that_closes_the_plan_is_no_part_of_its_last_item():
    plan = first(CLOSED)
    assert ([one.text[:12] for one in plan.closing], plan.nodes[0].children[1].title.text) == (
        ["Trên đây là "],
        "Bán sách cũ.",
    )


def test_an_order_under_the_name_of_a_body_does_not_close_the_plan():
    order = "1. Ủy ban nhân dân các xã\nCăn cứ Kế hoạch này, mua sách kịp thời."
    plan = first(f"KẾ HOẠCH\nMUA SÁCH\nIII. TỔ CHỨC THỰC HIỆN\n{order}\nTrên đây là Kế hoạch.")
    (item,) = plan.nodes[0].children
    assert (item.body.text, [one.text for one in plan.closing]) == (
        "Căn cứ Kế hoạch này, mua sách kịp thời.",
        ["Trên đây là Kế hoạch."],
    )


def test_a_document_without_an_element_says_so():
    assert [one.code for one in outline(document("Sở Tài chính kính gửi các đơn vị.")).notices] == ["W301"]


def test_a_document_with_elements_gives_no_notice():
    assert outline(document(CLOSED)).notices == ()


def test_an_empty_document_has_one_empty_part():
    (only,) = outline(document("")).parts
    assert (only.nodes, only.preamble, only.closing) == ((), (), ())


def codes(text):
    return [notice.code for notice in outline(document(text)).notices]


CUT_OFF = "KẾ HOẠCH\nMua sách\nI. NHIỆM VỤ\n1. Mua sách mới cho các thư viện và"


def test_a_document_that_stops_in_a_sentence_says_so():
    assert codes(CUT_OFF) == ["W303"]


@pytest.mark.parametrize("text", [CUT_OFF + " trường học.", CLOSED, DECISION + ANNEX[:-2]])
def test_a_whole_or_signed_document_is_not_cut_off(text):
    assert "W303" not in codes(text)


def test_an_annex_without_a_type_keeps_what_it_is_issued_with():
    assert "596/QĐ-UBND" in first(ANNEX).head.attached.text


FALSE_FOOT = """KẾ HOẠCH
Mua sách
I. NHIỆM VỤ
1. Hồ sơ gửi về nơi nhận.
Nơi nhận hồ sơ: Trung tâm Hành chính công.
2. Bán sách cũ trên địa bàn thành phố
Điện Biên.
GIÁM ĐỐC:
3. Ký duyệt.
"""


def test_a_line_in_the_body_that_looks_like_a_sign_off_ends_nothing():
    read = [(node.number, node.style) for node in first(FALSE_FOOT).nodes[0].children]
    assert first(FALSE_FOOT).foot.signer is None
    assert read == [("I.1", "decimal"), ("I.2", "decimal"), ("I", "title"), ("I.3", "decimal")]


def test_a_place_at_the_end_of_a_sentence_is_no_person():
    item = "1. Mua sách mới cho các thư viện, trường học, trạm y tế trên địa bàn của thành phố"
    text = first(f"KẾ HOẠCH\nMua sách\n{OPENING}I. NHIỆM VỤ\n{item}\nĐiện Biên.\n{SIGNED}")
    assert text.nodes[0].children[0].title.text.endswith("thành phố Điện Biên.")


SIGNED = DECISION[DECISION.index("Nơi nhận") :]
UNLISTED_ANNEX = DECISION + "LỊCH CÔNG TÁC CHI TIẾT\nI. THÁNG MỘT\n1. Sở Xây dựng chủ trì lập danh mục.\n"


def test_an_annex_under_a_title_of_its_own_is_read():
    parts = outline(document(UNLISTED_ANNEX)).parts
    assert len(parts) == 2
    assert parts[0].foot.signer.text == "Trần Văn Nam"
    assert parts[1].nodes[0].children[0].title.text.startswith("Sở Xây dựng")


def test_a_second_copy_of_a_document_is_named_and_left_out():
    read = outline(document(DECISION + DECISION.replace("Số: 596/QĐ-UBND", "Số:     /QĐ-UBND")))
    assert [one.code for one in read.notices] == ["W304"]
    assert len(read.parts) == 1


def test_two_documents_of_one_type_with_titles_of_their_own_are_two():
    assert types(DECISION + DECISION.replace("mua sách", "bán sách")) == ["QUYẾT ĐỊNH", "QUYẾT ĐỊNH"]


def test_a_cover_with_the_title_does_not_cost_the_document_behind_it():
    letter = "Ủy ban nhân dân tỉnh gửi các cơ quan, đơn vị kế hoạch mua sách. " * 4
    cover = f"KẾ HOẠCH\nMua sách\n\n{letter.strip()}\n{SIGNED}"
    parts = outline(document(cover + PLAN)).parts
    assert any(part.nodes for part in parts)


SHORT = """TỜ TRÌNH
Về việc mua sách
Căn cứ Luật Thư viện;
Ủy ban nhân dân tỉnh kính trình Hội đồng nhân dân tỉnh.
{before}{heading}
- Như trên;
- Sở Tài chính;
- Lưu: VT.
{behind}Trần Văn Nam"""


@pytest.mark.parametrize("heading", ["Nơi nhận:", "ơi nhận:", "Nơi nhận;"])
@pytest.mark.parametrize(("before", "behind"), [("", "CHỦ TỊCH\n"), ("CHỦ TỊCH\n", "")])
def test_recipients_are_no_items_although_nothing_above_them_is_numbered(heading, before, behind):
    part = first(SHORT.format(heading=heading, before=before, behind=behind))
    assert (part.nodes, [one.text for one in part.foot.recipients]) == ((), ["Như trên", "Sở Tài chính", "Lưu: VT"])
    assert [one.text for one in part.foot.capacity] == ["CHỦ TỊCH"]


def test_the_thanks_of_a_letter_close_it():
    more = "công tác quản lý, kiểm tra, giám sát việc thực hiện các quy định của pháp luật.\n"
    thanks = "Bộ Nội vụ trân trọng cảm ơn sự phối hợp chặt chẽ của\nQuý Ủy ban./."
    (only,) = outline(
        document("KẾ HOẠCH\nI. NHIỆM VỤ\n" + f"a) Phối hợp với Bộ Nội vụ trong {more}" * 6 + thanks)
    ).parts
    assert [one.text for one in only.closing] == [thanks.replace("\n", " ")]


PASSED = "{kind} này đã được Hội đồng nhân dân tỉnh Hà Giang khóa XVIII, Kỳ họp thứ 7 thông qua ngày 8 tháng 7 năm 2023"


@pytest.mark.parametrize("behind", [" và có hiệu lực từ ngày 18 tháng 7 năm 2023./.", "."])
def test_the_day_on_which_a_resolution_was_passed_stands_at_its_end(behind):
    said = PASSED.format(kind="Nghị quyết") + behind
    read = first(f"NGHỊ QUYẾT\nVề mua sách\nI. NHIỆM VỤ\n1. Mua sách mới.\n2. Bán sách cũ.\n\n{said}")
    assert (read.head.date.text, [one.text for one in read.closing]) == ("ngày 8 tháng 7 năm 2023", [said])


def test_the_day_at_the_head_of_a_resolution_is_its_own():
    text = DECISION.replace("QUYẾT ĐỊNH", "NGHỊ QUYẾT").partition("Nơi nhận")[0]
    read = first(text + PASSED.format(kind="Nghị quyết") + ".")
    assert (read.head.date.text, len(read.closing)) == ("ngày 22 tháng 3 năm 2023", 1)


def test_a_paragraph_about_another_resolution_dates_nothing():
    read = first(f"NGHỊ QUYẾT\nVề mua sách\nI. NHIỆM VỤ\n1. Mua sách mới.\n\n{PASSED.format(kind='Đề án')}.")
    assert read.head.date is None


LETTER = """SỞ Y TẾ AN BÌNH
Số: 12/SYT-VP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
An Bình, ngày 02 tháng 3 năm 2026
V/v mua sách
Kính gửi: Thư viện tỉnh

1. Mua sách y học."""


def test_what_a_file_is_called_above_the_head_of_its_document_is_no_title_of_it():
    head = first(f"# CÔNG VĂN SỐ 12/SYT-VP — MUA SÁCH\n\n{LETTER}").head
    assert [one.text for one in head.issuers] == ["SỞ Y TẾ AN BÌNH"]
    assert (head.title.text, head.date.text) == ("V/v mua sách", "ngày 02 tháng 3 năm 2026")


def test_the_title_of_a_document_without_a_head_below_it_is_its_own():
    head = first("# KẾ HOẠCH MUA SÁCH NĂM 2026\n\nI. NHIỆM VỤ\n1. Mua sách y học.").head
    assert head.title is not None


def test_lines_of_dots_to_be_filled_in_are_no_items():
    (section,) = first("I. KIẾN NGHỊ\n1. ..........\n2. Mua sách.\n3. ......").nodes
    assert [child.number for child in section.children] == ["I.2"]


def test_what_a_file_is_called_is_the_title_of_a_document_whose_head_says_none():
    text = LETTER.replace("V/v mua sách\nKính gửi: Thư viện tỉnh\n", "").replace("SYT-VP", "KH-SYT")
    head = first(f"# KẾ HOẠCH MUA SÁCH NĂM 2026\n\n{text}").head
    assert (head.title.text, head.date.text) == ("MUA SÁCH NĂM 2026", "ngày 02 tháng 3 năm 2026")


@pytest.mark.parametrize(
    ("below", "parts"),
    [("DANH MỤC SÁCH", 2), ("(Kèm theo Kế hoạch số 45/KH-UBND)", 2), ("ghi tên sách cũ.", 1)],
)
def test_an_annex_named_on_a_line_of_its_own_begins_a_part_though_nobody_signs_above(below, parts):
    text = OWN_PLAN.partition("Nơi nhận")[0] + f"Phụ lục 1\n{below}\n1. Sách mới.\n"
    assert len(outline(document(text)).parts) == parts


@pytest.mark.parametrize(("name", "parts"), [("PHỤ LỤC II", 3), ("Phụ lục II nêu tên sách cũ.", 2)])
def test_an_annex_below_one_of_lines_alone_begins_a_part(name, parts):
    annexes = f"PHỤ LỤC I\nDANH MỤC SÁCH\nTên sách\nSách mới\n{name}\nĐỀ CƯƠNG BÁO CÁO\n1. Số sách đã mua\n"
    found = outline(document(OWN_PLAN + annexes)).parts
    assert len(found) == parts
    assert found[-1].is_form == (parts == 3)
