"""Recipients and signature."""

import pytest

from pipeline.document import Side
from pipeline.outline.foot import begins_foot, begins_recipients, is_person, read_foot
from pipeline.outline.paragraphs import rows_of
from tests.documents import document, line

MARKDOWN = """**Nơi nhận:**
- Bộ Văn hóa, Thể thao và Du lịch;
- UBND quận, huyện;
- Lưu: VT,k.
**TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH**
**Nguyễn Thực Hiện**"""
TWO_COLUMNS = """Nơi nhận:          TM. ỦY BAN NHÂN DÂN
- Như trên;          KT. CHỦ TỊCH
- Các sở, ban, ngành          PHÓ CHỦ TỊCH
tỉnh;
- Lưu: VT.
                     Trần Văn Nam"""
CLOSED_UP = """Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Như trên; KT. CHỦ TỊCH
- Lưu: VT. PHÓ CHỦ TỊCH
Trần Văn Nam"""
DIRECTOR = """Nơi nhận:
- Thư viện tỉnh;
- Lưu: VT, QLVH.
GIÁM ĐỐC
PGS.TS. Lê Thị Thu Hà"""

MISREAD = """nhận: TL. CHỦ TỊCH
- Như trên;
- Hội đồng nhân dân tỉnh:
- Lưu: VT, TTHC
CHÁNH VĂN PHÒNG
Nguyễn Quốc Việt"""
GOES_ON = """Nơi nhận;
- Như Điều 3;
- Lưu: VT, NĐ,
TH
Đơn xin giao đất"""


def foot(text):
    return read_foot(rows_of(document(text)))


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        (MARKDOWN, ["Bộ Văn hóa, Thể thao và Du lịch", "UBND quận, huyện", "Lưu: VT,k"]),
        (TWO_COLUMNS, ["Như trên", "Các sở, ban, ngành tỉnh", "Lưu: VT"]),
        (CLOSED_UP, ["Như trên", "Lưu: VT"]),
        (DIRECTOR, ["Thư viện tỉnh", "Lưu: VT, QLVH"]),
        (MISREAD, ["Như trên", "Hội đồng nhân dân tỉnh", "Lưu: VT, TTHC"]),
        (GOES_ON, ["Như Điều 3", "Lưu: VT, NĐ, TH"]),
    ],
)
def test_recipients_are_read_without_their_marks(text, recipients):
    assert [one.text for one in foot(text).recipients] == recipients


@pytest.mark.parametrize(
    ("text", "capacity"),
    [
        (TWO_COLUMNS, ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (CLOSED_UP, ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (DIRECTOR, ["GIÁM ĐỐC"]),
        (MISREAD, ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
    ],
)
def test_the_lines_of_authority_are_read_in_their_order(text, capacity):
    assert [one.text for one in foot(text).capacity] == capacity


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (MARKDOWN, "Nguyễn Thực Hiện"),
        (TWO_COLUMNS, "Trần Văn Nam"),
        (CLOSED_UP, "Trần Văn Nam"),
        (DIRECTOR, "PGS.TS. Lê Thị Thu Hà"),
        (MISREAD, "Nguyễn Quốc Việt"),
    ],
)
def test_the_signer_is_read(text, name):
    assert foot(text).signer.text == name


def test_the_columns_that_ingest_tells_apart_are_not_mixed():
    left = [line(text, column=Side.LEFT) for text in ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.")]
    right = [line(text, column=Side.RIGHT) for text in ("BỘ TRƯỞNG", "Nguyễn Thị Kim Tiến")]
    read = foot([*left, *right])
    assert ([one.text for one in read.recipients], read.signer.text) == (
        ["Như Điều 3", "Lưu: VT"],
        "Nguyễn Thị Kim Tiến",
    )


def test_a_foot_without_a_name_has_no_signer():
    assert foot("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH").signer is None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Nguyễn Thực Hiện", True),
        ("**Trần Văn Nam**", True),
        ("Đại tá Lê Văn Ba", True),
        ("ThS. Lê Thu Hà", True),
        ("Nguyễn", False),
        ("NGUYỄN VĂN NAM", False),
        ("Sở Tài chính", False),
        ("Mua sách mới", False),
        ("Nguyễn Văn Nam, Giám đốc", False),
    ],
)
def test_a_name_is_two_to_five_syllables_with_capitals(text, person):
    assert is_person(text) is person


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Nơi nhận:", True),
        ("**Nơi nhận:**", True),
        ("TM. ỦY BAN NHÂN DÂN", True),
        ("T/M ỦY BAN NHÂN DÂN", True),
        ("KT. BỘ TRƯỞNG", True),
        ("TL. BỘ TRƯỞNG", True),
        ("TUQ. CHỦ TỊCH", True),
        ("GIÁM ĐỐC", True),
        ("Giám đốc", False),
        ("GIÁM ĐỐC SỞ TÀI CHÍNH CHỦ TRÌ", False),
        ("Tm. ủy ban", False),
        ("TỔ CHỨC THỰC HIỆN", False),
    ],
)
def test_a_sign_off_begins_with_recipients_authority_or_office(text, begins):
    assert begins_foot(rows_of(document(text))[0]) is begins


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Nơi nhận:\n- Sở Tài chính.", True),
        ("Nơi nhận;\n- Sở Tài chính.", True),
        ("ơi nhận:\n- Như Điều 3", True),
        ("Noi nhận:\n- Sở Tài chính;\n- Lưu: VT.", True),
        ("Nơi nhãn\n- Sở Tài chính;\n- Lưu: VT.", True),
        ("nhận: TL. CHỦ TỊCH\n- Như trên;", True),
        ("- Như trên;\n- Sở Tài chính;\n- Lưu: VT.", True),
        ("nhận: 49, trong đó tháng trước chuyển sang: 20\n- Như trên;", False),
        ("nhận:\n- Sách mới;\n- Sách cũ.", False),
        ("- Như trên;\n- Sách cũ.", False),
        ("- Như trên;\n1. Sách mới\n- Lưu: VT.", False),
        ("nơi nhận.\n- Sách mới;", False),
    ],
)
def test_a_list_of_recipients_is_known_by_its_heading_or_by_its_items(text, begins):
    assert begins_recipients(rows_of(document(text)), 0) is begins
