"""Who leads, does, cooperates, is directed and gets the report."""

import pytest

from pipeline.extract.citations import find_citations, masks
from pipeline.extract.mentions import find
from pipeline.extract.roles import assign, sentences
from pipeline.extract.tokens import spelled_out
from pipeline.language.folding import fold


def parts(text):
    return assign(text, find(spelled_out(text)), masks(text, find_citations(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sở Tài chính chủ trì, phối hợp với Sở Nội vụ và các đơn vị liên quan lập dự toán.",
            {"Sở Tài chính": "lead", "Sở Nội vụ": "cooperating", "các đơn vị liên quan": "cooperating"},
        ),
        ("Phối hợp với Sở Y tế tổ chức lớp học.", {"Sở Y tế": "cooperating"}),
        (
            "Rà soát hộ nghèo, hộ cận nghèo: Sở Y tế hướng dẫn Ủy ban nhân dân các xã thực hiện.",
            {"Sở Y tế": "responsible", "Ủy ban nhân dân các xã": "directed"},
        ),
        (
            "Phối hợp chặt chẽ với Sở Y tế; Sở Nội vụ và Sở Xây dựng mở lớp.",
            {"Sở Y tế": "cooperating", "Sở Nội vụ": "cooperating", "Sở Xây dựng": "cooperating"},
        ),
        (
            "Các sở, ban, ngành phối hợp với Sở Y tế thực hiện.",
            {"Các sở, ban, ngành": "responsible", "Sở Y tế": "cooperating"},
        ),
        ("Ký kết với Tỉnh đoàn Hà Giang chương trình đọc sách.", {"Tỉnh đoàn Hà Giang": "cooperating"}),
        (
            "Báo cáo kết quả về Sở Nội vụ để tổng hợp, báo cáo Ủy ban nhân dân tỉnh.",
            {"Sở Nội vụ": "reports_to", "Ủy ban nhân dân tỉnh": "reports_to"},
        ),
        ("Trình Ủy ban nhân dân tỉnh xem xét, quyết định.", {"Ủy ban nhân dân tỉnh": "reports_to"}),
        ("Tham mưu cho Ủy ban nhân dân tỉnh ban hành văn bản.", {"Ủy ban nhân dân tỉnh": "reports_to"}),
        ("Gửi báo cáo kết quả thực hiện về Sở Nội vụ trước ngày 30 tháng 11.", {"Sở Nội vụ": "reports_to"}),
        ("Báo cáo kết quả (qua Sở Y tế).", {"Sở Y tế": "reports_to"}),
        (
            "Chỉ đạo Phòng Giáo dục và Đào tạo, Ủy ban nhân dân cấp xã triển khai.",
            {"Phòng Giáo dục và Đào tạo": "directed", "Ủy ban nhân dân cấp xã": "directed"},
        ),
        ("Hướng dẫn, đôn đốc các huyện, thị xã thực hiện.", {"các huyện, thị xã": "directed"}),
        ("Đề nghị Sở Y tế hướng dẫn các đơn vị.", {"Sở Y tế": "responsible", "các đơn vị": "directed"}),
        ("Giao Sở Nội vụ theo dõi.", {"Sở Nội vụ": "responsible"}),
        ("Hằng năm, Sở Tài chính bố trí kinh phí.", {"Sở Tài chính": "responsible"}),
        ("Tổ chức hội thi; Sở Y tế chịu trách nhiệm cấp cứu.", {"Sở Y tế": "responsible"}),
        ("Từng nội dung hoạt động, Sở Y tế hướng dẫn thực hiện.", {"Sở Y tế": "responsible"}),
        (
            "Đơn vị chủ trì: Sở Y tế; đơn vị phối hợp: Sở Tài chính.",
            {"Sở Y tế": "lead", "Sở Tài chính": "cooperating"},
        ),
        ("Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành thực hiện.", {"các sở, ban, ngành": "responsible"}),
    ],
)
def test_the_words_around_a_name_give_its_role(text, expected):
    assert {part.mention.name: part.role.value for part in parts(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Xây dựng kế hoạch của Sở Y tế.",
        "Thực hiện Quyết định số 1520/QĐ-TTg ngày 09/12/2022 của Thủ tướng Chính phủ.",
        "Thực hiện Đề án “Sở Tài chính chủ trì mua sách”.",
        "Thư viện chủ trì tổ chức.",
    ],
)
def test_issuers_owners_quotations_and_topics_have_no_role(text):
    assert parts(text) == []


@pytest.mark.parametrize(
    ("text", "subject", "opening"),
    [
        ("Sở Y tế chủ trì mở lớp.", True, True),
        ("Mở lớp học; Sở Y tế chịu trách nhiệm cấp cứu.", True, False),
        ("Phối hợp với Sở Y tế mở lớp.", False, False),
    ],
)
def test_whom_a_sentence_is_about_and_who_opens_the_item(text, subject, opening):
    (part,) = parts(text)
    assert (part.subject, part.opening) == (subject, opening)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mua sách. Bán sách; đọc sách.", 3),
        ("Thư viện TP. Cần Thơ mua sách.", 1),
        ("Đạt 2.500 bản.", 1),
        ("Mua sách./.", 1),
        ("", 0),
    ],
)
def test_stops_and_semicolons_end_a_sentence(text, count):
    assert len(sentences(fold(text))) == count


@pytest.mark.parametrize(
    "text",
    [
        "Đầu tư công trình cho các xã trên địa bàn.",
        "Xây dựng chương trình cho các trường học.",
        "Xây dựng quy trình với Sở Y tế.",
    ],
)
def test_a_work_or_a_programme_is_no_report(text):
    assert "reports_to" not in {part.role.value for part in parts(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theo hướng dẫn của Bộ Y tế, Sở Y tế triển khai.", {"Sở Y tế": "responsible"}),
        ("Chủ trì: Sở Y tế; phối hợp: Sở Tài chính.", {"Sở Y tế": "lead", "Sở Tài chính": "cooperating"}),
        ("Sở Y tế (chủ trì), Sở Tài chính (phối hợp).", {"Sở Y tế": "lead", "Sở Tài chính": "cooperating"}),
        (
            "Triển khai Kế hoạch số 12/KH-UBND về phòng dịch do Sở Y tế chủ trì, phối hợp với Công an tỉnh.",
            {"Sở Y tế": "lead", "Công an tỉnh": "cooperating"},
        ),
        ('Mua màn hình 32", Sở Y tế chủ trì lắp màn hình 55".', {"Sở Y tế": "lead"}),
    ],
)
def test_roles_in_notes_and_behind_titles(text, expected):
    assert {part.mention.name: part.role.value for part in parts(text)} == expected


@pytest.mark.parametrize(
    "note", ["Cơ quan thực hiện", "Đơn vị tổ chức thực hiện", "Trách nhiệm thực hiện", "Phân công thực hiện"]
)
def test_a_note_names_who_does_it(note):
    assert {part.mention.name: part.role.value for part in parts(f"{note}: Sở Y tế.")} == {"Sở Y tế": "responsible"}
