"""Which leaves are tasks, which objectives."""

import pytest

from pipeline.extract.items.leaves import leaves
from pipeline.outline import outline
from tests.cases import cases
from tests.documents import body, document, line


def found(text):
    return list(leaves(outline(body(text))))


def tasks(text):
    return [one.text.text for one in found(text) if not one.objective]


@cases("tasks/titles", title=str, task=bool)
def test_items_under_work_are_tasks_and_others_nothing(title, task):
    found_ = [one.text.text for one in found(f"I. {title}\n1. Mua sách mới cho thư viện tỉnh.") if not one.objective]
    assert found_ == (["Mua sách mới cho thư viện tỉnh."] if task else [])


@cases("tasks/items", text=str, tasks=list[str], objectives=list[str])
def test_what_stands_in_a_plan_is_a_task_or_an_objective_or_none(text, tasks, objectives):
    items = found(text.strip())
    assert [one.text.text for one in items if not one.objective] == tasks
    assert [one.text.text for one in items if one.objective] == objectives


@pytest.mark.parametrize(
    ("title", "item", "count"),
    [
        ("CÔNG TÁC PHỤC VỤ BẠN ĐỌC", "Thư viện tỉnh tổ chức 05 chuyến xe sách.", 0),
        ("CÔNG TÁC PHỤC VỤ BẠN ĐỌC", "Còn thiếu giá sách. Giải pháp: Giao Sở Y tế mua thêm giá sách.", 1),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ II", "Tổ chức 05 chuyến xe sách.", 1),
        ("KIẾN NGHỊ, ĐỀ XUẤT", "Bố trí kinh phí mua giá sách.", 1),
        ("MỘT SỐ VIỆC CẦN LÀM NGAY", "Thư viện tỉnh: kê lại giá sách trước ngày 15/8.", 1),
        ("NHỮNG VẤN ĐỀ CẦN TẬP TRUNG GIẢI QUYẾT", "Thư viện tỉnh kê lại giá sách.", 1),
        ("CÔNG TÁC THƯ VIỆN THỜI GIAN TỚI", "Kê lại giá sách.", 1),
        ("NHỮNG VẤN ĐỀ PHÁT SINH", "Thư viện tỉnh thiếu giá sách.", 0),
    ],
)
def test_a_report_orders_where_its_title_or_its_words_say_so(title, item, count):
    report = f"UBND TỈNH HÀ GIANG\nSố: 5/BC-UBND\nBÁO CÁO\nCông tác thư viện\nI. {title}\n1. {item}\n"
    assert len(list(leaves(outline(document(report))))) == count


@pytest.mark.parametrize("title", ["MỤC TIÊU", "CÁC CHỈ TIÊU CHỦ YẾU"])
def test_items_under_goals_are_objectives(title):
    (one,) = found(f"I. {title}\n1. Mua sách mới cho thư viện tỉnh.")
    assert one.objective


def test_a_word_of_goal_in_an_item_does_not_make_it_an_objective():
    assert tasks("I. NHIỆM VỤ\n1. Mục tiêu là mua sách mới.") == ["Mục tiêu là mua sách mới."]


def test_only_the_lowest_items_are_tasks():
    text = "I. NHIỆM VỤ\n1. Mua sách mới cho thư viện\na) Sách cho trẻ em;\nb) Sách cho người lớn."
    assert tasks(text) == ["Sách cho trẻ em;", "Sách cho người lớn."]


def test_an_order_under_its_heading_is_the_task_and_the_heading_stands_above():
    (one,) = found("I. TỔ CHỨC THỰC HIỆN\n4. Sở Tài chính\nThẩm định dự toán kinh phí hằng năm.")
    titles = [node.title.text for node in one.above]
    assert (one.text.text, titles) == (
        "Thẩm định dự toán kinh phí hằng năm.",
        ["TỔ CHỨC THỰC HIỆN", "Sở Tài chính"],
    )


@cases("tasks/money", item=str, kept=bool)
def test_about_money_only_an_order_is_a_task(item, kept):
    assert bool(found(f"IV. KINH PHÍ THỰC HIỆN\n1. {item}")) is kept


def test_who_shares_in_the_duty_of_the_last_list_stands_under_its_number():
    shared = "Các đơn vị có trách nhiệm phối hợp với Sở Nội vụ mua sách./."
    made = outline(body(f"I. NHIỆM VỤ\n1. Mua xe.\n2. Sở Nội vụ chủ trì:\n- Kê lại giá sách;\n- Mở 05 lớp.\n{shared}"))
    assert [(one.text.text, one.number) for one in leaves(made)][-1] == (shared, "I.2")


def test_an_annex_of_work_orders_though_its_title_stands_above_its_first_number_alone():
    annex = "PHỤ LỤC 1\nDANH MỤC NHIỆM VỤ\nI. MUA SÁCH\n1. Sở Xây dựng sửa kho sách.\n2. Mua sách mới.\n"
    head = "UBND TỈNH HÀ GIANG\nSố: 5/KH-UBND\nKẾ HOẠCH\nMua sách\n"
    made = outline(document(f"{head}I. NHIỆM VỤ\n1. Kê lại giá sách.\n{annex}"))
    assert [one.text.text for one in leaves(made)] == ["Kê lại giá sách.", "Sở Xây dựng sửa kho sách.", "Mua sách mới."]


def test_a_short_line_that_a_converter_made_a_paragraph_goes_on_where_it_ends_open():
    lines = [
        "I. NHIỆM VỤ",
        "1. Sở Tài chính",
        "chủ trì mua sách.",
        "2. Sở Nội vụ chủ trì, phối hợp với các xã kê lại",
        "giá sách tại 11 thư viện.",
        "3. Mua sách y học,",
        "sách thiếu nhi.",
        "4. Kê giá sách tại thư viện tỉnh và các",
        "thư viện xã.",
    ]
    made = outline(document([line(one, starts_paragraph=True) for one in lines]))
    assert [one.text.text for one in leaves(made)] == [
        "chủ trì mua sách.",
        "Sở Nội vụ chủ trì, phối hợp với các xã kê lại giá sách tại 11 thư viện.",
        "Mua sách y học, sách thiếu nhi.",
        "Kê giá sách tại thư viện tỉnh và các thư viện xã.",
    ]


def test_what_a_directive_orders_of_its_own_carrying_out_is_a_task():
    text = "1. Mua sách.\n2. Văn phòng Chính phủ theo dõi, kiểm tra việc thực hiện Chỉ thị này."
    assert tasks(text)[1:] == ["Văn phòng Chính phủ theo dõi, kiểm tra việc thực hiện Chỉ thị này."]


def test_where_money_comes_from_is_no_task_in_any_section():
    assert tasks("II. NHIỆM VỤ\n1. Mua sách.\n2. Kinh phí: 12.500 triệu đồng.") == ["Mua sách."]


@cases("tasks/articles", article=str, kept=bool)
def test_an_article_is_a_task_only_when_it_orders_work(article, kept):
    assert bool(found(f"Điều 1. {article}")) is kept


@pytest.mark.parametrize(
    ("closing", "kept"),
    [
        ("Trên đây là Kế hoạch mua sách, đề nghị các đơn vị báo cáo về Sở Y tế./.", True),
        ("Trên đây là Kế hoạch mua sách của Ủy ban nhân dân tỉnh./.", False),
        ("Trên đây là báo cáo mua sách quý I, kính gửi Bộ Nội vụ để tổng hợp./.", False),
        ("Trên đây là ý kiến về mua sách, Sở Y tế trân trọng báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./.", False),
        ("Trên đây là Kế hoạch mua sách, các đơn vị định kỳ gửi kết quả về Sở Y tế./.", True),
        ("Sở Y tế báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./.", False),
        ("Nếu có vướng mắc, đề nghị các sở đề xuất Ủy ban nhân dân tỉnh (qua Sở Y tế) xem xét, chỉ đạo./.", True),
        ("Đề nghị các sở, ngành báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./.", True),
        ("Sở Y tế báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo trước ngày 30/6./.", True),
    ],
)
def test_a_closing_paragraph_is_a_task_when_it_asks_for_a_report(closing, kept):
    last = found(f"I. NHIỆM VỤ\n1. Mua sách mới.\n2. Bán sách cũ.\n{closing}")[-1]
    assert (last.text.text == closing, last.number is None) == (kept, kept)


def test_a_kind_of_institution_in_the_items_line_is_its_topic():
    (one,) = found("I. NHIỆM VỤ\n1. Bảo tàng: Nâng cao chất lượng trưng bày.")
    assert (one.topic.text, one.text.text) == ("Bảo tàng:", "Nâng cao chất lượng trưng bày.")


def test_a_line_about_time_is_no_task_and_holds_for_the_items_above():
    text = "I. NHIỆM VỤ\n1. Mua sách:\n- Sách mới.\n- Sách cũ.\nThời gian thực hiện: Quý II/2024.\n2. Bán sách."
    held = {one.text.text: [line.text for line in one.shared] for one in found(text)}
    assert held == {
        "Sách mới.": ["Thời gian thực hiện: Quý II/2024."],
        "Sách cũ.": ["Thời gian thực hiện: Quý II/2024."],
        "Bán sách.": [],
    }


def test_a_bullet_that_slipped_a_level_belongs_to_the_lead_in_above_it():
    text = (
        "1. Mua sách cho các thư viện\n- Bộ Y tế chủ trì:\n+ Mua sách cũ.\n+ Mua sách mới.\n- Mua báo.\n"
        "- Bộ Nội vụ chủ trì:\n+ Bán sách cũ.\n+ Bán sách mới."
    )
    slipped = next(one for one in found("I. NHIỆM VỤ\n" + text) if one.text.text == "Mua báo.")
    assert slipped.above[-1].title.text == "Bộ Y tế chủ trì:"


def test_bullets_behind_a_bullet_that_ends_in_a_colon_stand_under_it():
    text = "I. NHIỆM VỤ\n1. Mua sách cho các thư viện\n- Sở Y tế chủ trì:\n- Mua sách cũ.\n- Mua sách mới."
    above = {one.text.text: one.above[-1].title.text for one in found(text)}
    assert above == {"Mua sách cũ.": "Sở Y tế chủ trì:", "Mua sách mới.": "Sở Y tế chủ trì:"}


def test_a_letter_without_items_orders_in_its_paragraphs():
    letter = """BỘ Y TẾ
Số: 12/BYT-TC
Kính gửi: Sở Tài chính
Thực hiện Công văn số 12/BTC-NSNN, Bộ Y tế có ý kiến như sau:

Sở Tài chính chủ trì, phối hợp với Sở Y tế lập dự toán.

Đề nghị Sở Tài chính xem xét, quyết định./."""
    assert [one.text.text for one in leaves(outline(document(letter)))] == [
        "Sở Tài chính chủ trì, phối hợp với Sở Y tế lập dự toán."
    ]


def test_among_paragraphs_of_a_letter_that_ask_those_that_begin_with_who_acts_are_orders():
    letter = """BỘ Y TẾ
Số: 12/BYT-TC
Kính gửi: Sở Tài chính; Sở Nội vụ
Bộ Y tế có ý kiến như sau:

Giao Sở Tài chính lập dự toán mua giá sách và kê lại giá sách trong phòng đọc của các bệnh viện trên địa bàn tỉnh.

Sở Nội vụ cử người kê giá sách trong phòng đọc.

Sở Y tế thông báo để các đơn vị biết, thực hiện./."""
    assert [one.text.text[:14] for one in leaves(outline(document(letter)))] == ["Giao Sở Tài ch", "Sở Nội vụ cử n"]


def test_a_letter_without_a_list_orders_where_it_passes_an_order_on():
    letter = """VĂN PHÒNG CHÍNH PHỦ
Số: 27/VPCP-KTTH
Kính gửi: Bộ Tài chính
Báo chí đưa tin nhiều thư viện chưa có giá sách.

Về việc này, Thủ tướng Chính phủ giao Bộ Tài chính nghiên cứu, bố trí vốn mua giá sách.

Văn phòng Chính phủ thông báo để Bộ Tài chính biết, thực hiện./."""
    assert [one.text.text[:14] for one in leaves(outline(document(letter)))] == ["Về việc này, T"]


def test_what_a_line_says_comes_out_is_the_result_of_the_item_above_it():
    (one,) = found("II. NỘI DUNG\n1. Hội sách mùa xuân.\n- Sản phẩm: Kỷ yếu hội sách.\n- Thời gian: Quý II.")
    assert (one.result, [line.text for line in one.shared]) == ("Kỷ yếu hội sách.", ["Thời gian: Quý II."])


PLAN = "KẾ HOẠCH\nMua sách\nI. NHIỆM VỤ\n1. Mua sách mới cho thư viện tỉnh.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"


@pytest.mark.parametrize(
    "head",
    [
        "Phụ lục II\nĐỀ CƯƠNG BÁO CÁO KẾT QUẢ MUA SÁCH",
        "Mẫu số 01\nBÁO CÁO",
        "PHỤ LỤC\nBIỂU MẪU BÁO CÁO MUA SÁCH",
        "CHƯƠNG TRÌNH LỄ PHÁT ĐỘNG",
    ],
)
def test_nothing_in_the_outline_of_a_report_behind_the_signature_is_an_item(head):
    below = "I. NHIỆM VỤ ĐÃ THỰC HIỆN\n1. Việc mua sách, kết quả mua sách.\n2. Việc bán sách."
    items = leaves(outline(document(f"{PLAN}{head}\n{below}")))
    assert [one.text.text for one in items] == ["Mua sách mới cho thư viện tỉnh."]


def test_an_annex_of_tasks_has_items():
    text = f"{PLAN}Phụ lục\nPHÂN CÔNG NHIỆM VỤ\nI. NHIỆM VỤ\n1. Bán sách cũ của thư viện tỉnh."
    assert [one.text.text for one in leaves(outline(document(text)))][1:] == ["Bán sách cũ của thư viện tỉnh."]


@pytest.mark.parametrize(
    ("head", "starts"),
    [
        ("NHIỆM VỤ", ["Sở Y tế mở lớp", "Sở Nội vụ cử n"]),
        ("TỔ CHỨC THỰC HIỆN", ["Sở Y tế mở lớp", "Sở Nội vụ cử n"]),
        ("MỤC TIÊU", ["Sở Y tế mở lớp"]),
    ],
)
def test_a_paragraph_behind_an_item_that_begins_with_who_acts_is_one_of_its_own(head, starts):
    more = "tập huấn cho thủ thư của các bệnh viện trên địa bàn tỉnh, mua giá sách và kê lại phòng đọc của thư viện."
    behind = f"Sở Nội vụ cử người giúp việc mở lớp {more}"
    text = f"I. {head}\n1. Sở Y tế mở lớp {more}\n\n{behind}\n\n2. Sở Y tế mua báo {more}"
    assert [one.text.text[:14] for one in found(text)][: len(starts)] == starts
    assert len(found(text)) == len(starts) + 1


@pytest.mark.parametrize(
    ("head", "behind"),
    [
        ("I. NHIỆM VỤ", "Tăng cường việc mở lớp"),
        ("I. NHIỆM VỤ", "Trên đây là việc mở lớp, Sở Nội vụ trân trọng báo cáo về"),
        ("Điều 3. Tổ chức thực hiện", "Sở Nội vụ cử người giúp việc mở lớp"),
    ],
)
def test_a_paragraph_behind_an_item_goes_on_with_it_where_it_names_nobody_or_in_an_article(head, behind):
    more = "tập huấn cho thủ thư của các bệnh viện trên địa bàn tỉnh, mua giá sách và kê lại phòng đọc của thư viện."
    text = f"{head}\n1. Sở Y tế mở lớp {more}\n\n{behind} {more}\n\n2. Sở Y tế mua báo {more}"
    assert len(found(text)) == 2
