"""Documents in Vietnamese and English."""

import pytest

from pipeline.extract import extract
from pipeline.outline import outline
from pipeline.outline.converted.bilingual import is_bilingual, is_english, said_once
from pipeline.outline.paragraphs import rows_of
from pipeline.run import run
from tests.documents import document

PLAN = """TRƯỜNG ĐẠI HỌC CẦN THƠ     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
CAN THO UNIVERSITY     SOCIALIST REPUBLIC OF VIET NAM
Số/No: 77/KH-ĐHCT     Cần Thơ, ngày/date 3 tháng/month 3 năm/year 2026

KẾ HOẠCH
PLAN
Mua sách năm 2026
Purchase of books in 2026

I. NHIỆM VỤ / TASKS
1. Phòng Đào tạo mua 40 bản sách.
The Academic Affairs Office buys 40 books.
2. Các khoa gửi danh sách về Phòng Đào tạo. (Faculties send lists.)
3. Thư viện kê 12 giá sách/The library sets up 12 shelves

Nơi nhận (Recipients):
- Lưu: VT.
"""


def test_what_stands_in_english_is_told_once():
    read = outline(document(PLAN))
    plan = extract(document(PLAN), read)
    assert [one.text for one in plan.tasks] == [
        "Phòng Đào tạo mua 40 bản sách.",
        "Các khoa gửi danh sách về Phòng Đào tạo.",
        "Thư viện kê 12 giá sách",
    ]
    assert [target.value for one in plan.tasks for target in one.targets] == [40, 12]
    head = plan.metadata
    assert (head.number, head.issued, head.title) == ("77/KH-ĐHCT", "2026-03-03", "Mua sách năm 2026")
    assert head.issuer.name == "Trường Đại học Cần Thơ"
    assert [(one.code, dict(one.params)) for one in read.notices] == [("W426", {"count": "7"})]


def test_a_table_in_two_languages(tmp_path):
    table = (
        "| TT/No | Nhiệm vụ/Tasks | Cơ quan chủ trì/Lead agency | Thời gian/Time |\n|---|---|---|---|\n"
        "| 1 | Mua 40 bản sách/Buying 40 books | Sở Y tế/Department of Health | Quý II/2026 |\n"
        "| 2 | Kê lại giá sách/Setting up shelves | Sở Nội vụ/Department of Home Affairs | Quý III/2026 |\n"
    )
    (file := tmp_path / "plan.md").write_text(f"I. NHIỆM VỤ\n{table}", encoding="utf-8")
    tasks = run(file).tasks
    assert [one.text for one in tasks] == ["Mua 40 bản sách", "Kê lại giá sách"]
    assert [agency.name for one in tasks for agency in one.agencies] == ["Sở Y tế", "Sở Nội vụ"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The Academic Affairs Office buys books.", True),
        ("UBND tinh Lao Cai ban hanh ke hoach", False),
        ("Phần mềm Microsoft Office", False),
        ("Số: 542/TB-UBND", False),
    ],
)
def test_a_line_is_english_by_its_syllables(text, english):
    assert is_english(text, 2) is english


def test_names_and_addresses_make_no_document_bilingual():
    lines = ["Mua phần mềm Microsoft Office", "Số: 542 /TB-UBND", "abc@hagiang.gov.vn", "- VPUB: CVP, PCVP;"]
    assert not is_bilingual([*lines, *["Kê lại giá sách của thư viện."] * 30])


FESTIVAL = """KẾ HOẠCH
Ngày hội khởi nghiệp
I. NHIỆM VỤ
1. Sở Khoa học và Công nghệ tổ chức các sự kiện:
- Startup Weekend;
- Techfest Challenge;
- Gala Dinner, Networking;
- Smart City Expo 2026;
2. Sở Tài chính bố trí kinh phí.
"""


def test_events_with_names_in_english_are_items_of_a_vietnamese_plan():
    read = outline(document(FESTIVAL))
    assert [one.code for one in read.notices] == []
    assert len(extract(document(FESTIVAL), read).tasks) == 5


@pytest.mark.parametrize(
    "kept",
    [
        "Số: 12/KH-CTU",
        "Căn cứ Nghị quyết số 57-NQ/TW",
        "Đăng ký tại http://ctu.edu.vn/Forms.",
        "5. Khoa Kinh tế mở lớp (Digital Marketing)",
        "- Startup Weekend;",
    ],
)
def test_numbers_addresses_and_names_are_not_cut_in_a_plan_in_two_languages(kept):
    lines = [one.text for one in said_once(rows_of(document(f"{PLAN}\n{kept}")))[0]]
    assert lines[-1] == kept
