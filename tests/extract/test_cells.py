"""The agencies that a cell of a task table names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.cells import agencies_in
from pipeline.schema import Role
from tests.documents import in_lines


def named(text, role=Role.LEAD, terms=()):
    """Name and role of each agency of a cell whose lines are parted by "/" with blanks around it."""
    return [(one.name, one.role) for one in agencies_in(in_lines(*text.split(" / ")), role, dict(terms))]


def names(text, **kwargs):
    return [name for name, _ in named(text, **kwargs)]


def known(text):
    return [one.known for one in agencies_in(in_lines(text), Role.LEAD, {})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Y tế, Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Y tế; Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Y tế / Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Y tế và Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("- Sở Y tế; / - Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("1. Sở Y tế / 2. Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Y tế - Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Y tế/Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Y tế cùng Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Các sở: Nội vụ, Tài chính, Y tế", ["Sở Nội vụ", "Sở Tài chính", "Sở Y tế"]),
        ("Các Sở Nội vụ, Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
        ("Sở Y tế; UBND các xã, phường", ["Sở Y tế", "Ủy ban nhân dân các xã, phường"]),
        ("Sở Y tế và các sở, ngành liên quan", ["Sở Y tế", "các sở, ngành liên quan"]),
        ("Công an tỉnh, Bộ CHQS tỉnh", ["Công an tỉnh", "Bộ Chỉ huy quân sự tỉnh"]),
        ("Tỉnh đoàn, Hội Nông dân tỉnh", ["Tỉnh đoàn", "Hội Nông dân tỉnh"]),
        ("TAND tỉnh; VKSND tỉnh", ["Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh"]),
        ("Sở VHTT&DL, Sở TN&MT", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Tài nguyên và Môi trường"]),
        ("Bưu điện tỉnh; Viettel; VNPT", ["Bưu điện tỉnh", "Viettel", "VNPT"]),
    ],
)
def test_the_agencies_of_a_cell_are_told_apart(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Nông nghiệp / và Môi trường", "Sở Nông nghiệp và Môi trường"),
        ("Sở Văn hóa, / Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Ủy ban nhân dân các / xã, phường", "Ủy ban nhân dân các xã, phường"),
        ("Phòng Kế hoạch - Tài chính", "Phòng Kế hoạch - Tài chính"),
        ("Văn phòng UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("Các sở, ban, ngành", "Các sở, ban, ngành"),
        ("Các phòng chuyên môn, đơn vị trực thuộc", "Các phòng chuyên môn, đơn vị trực thuộc"),
        ("Báo và Đài PTTH tỉnh", "Báo và Đài Phát thanh và Truyền hình tỉnh"),
        ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("BHXH tỉnh", "Bảo hiểm xã hội tỉnh"),
        ("Chi cục Thuế khu vực VII", "Chi cục Thuế khu vực VII"),
        ("Vụ Pháp chế Bộ Xây dựng", "Vụ Pháp chế Bộ Xây dựng"),
        ("Giám đốc Sở Y tế", "Giám đốc Sở Y tế"),
        ("Sở Tư pháp (Phòng Phổ biến)", "Sở Tư pháp"),
        ("STC", "Sở Tài chính"),
        ("Văn phòng", "Văn phòng"),
        ("Ban Chỉ đạo 35 tỉnh", "Ban Chỉ đạo 35 tỉnh"),
    ],
)
def test_a_name_is_one(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)",
        "Sở Y tế (CT); Sở Nội vụ (PH)",
        "Sở Y tế chủ trì, phối hợp với Sở Nội vụ",
        "Sở Y tế chủ trì; Sở Nội vụ phối hợp",
        "Sở Y tế chủ trì, Sở Nội vụ phối hợp thực hiện",
        "Chủ trì: Sở Y tế / Phối hợp: Sở Nội vụ",
        "- Đơn vị chủ trì: Sở Y tế; / - Đơn vị phối hợp: Sở Nội vụ",
        "Chủ trì: Sở Y tế. Phối hợp với: Sở Nội vụ",
    ],
)
def test_words_in_a_cell_say_who_leads(text):
    assert named(text, role=Role.RESPONSIBLE) == [("Sở Y tế", Role.LEAD), ("Sở Nội vụ", Role.COOPERATING)]


def test_who_is_not_said_to_lead_has_the_role_of_the_column():
    assert named("Sở Y tế phối hợp Sở Nội vụ") == [("Sở Y tế", Role.LEAD), ("Sở Nội vụ", Role.COOPERATING)]


@pytest.mark.parametrize("role", list(Role))
def test_the_column_gives_its_role(role):
    assert named("Sở Y tế", role=role) == [("Sở Y tế", role)]


@pytest.mark.parametrize(
    "text",
    [
        "Viettel",
        "SNV",  # Nội vụ or Ngoại vụ
        "Đồng chí Nguyễn Văn A",
        "Đ/c Hà",
        "Công dân",
        "Phòng chống dịch",
        "Ban hành văn bản",
        "Không",
        "thường xuyên kiểm tra việc thực hiện " * 5,
    ],
)
def test_what_is_no_agency_is_not_taken_for_a_known_one(text):
    assert known(text) == [False]


def test_what_an_agency_does_is_no_part_of_its_name():
    assert (names("Sở Tài chính thẩm định"), known("Sở Tài chính thẩm định")) == (["Sở Tài chính"], [False])


def test_a_unit_may_be_called_by_what_it_does_which_is_not_sure():
    text = "Phòng Quản lý kiểm tra đê điều"
    assert (names(text), known(text)) == ([text], [False])


def test_what_a_group_does_says_which_are_meant():
    assert names("các cơ quan soạn thảo văn bản") == ["các cơ quan soạn thảo văn bản"]


def test_who_is_named_in_a_sentence_is_not_sure():
    assert known("Sở Tài chính thẩm định trình UBND tỉnh quyết định") == [False, False]


def test_the_document_s_own_abbreviations_are_written_out():
    assert names("Phòng QLVH; CĐS", terms={"Phòng QLVH": "Phòng Quản lý văn hóa", "CĐS": "chuyển đổi số"}) == [
        "Phòng Quản lý văn hóa",
        "Chuyển đổi số",
    ]


def test_an_agency_stands_where_it_is_printed():
    cell = in_lines("Sở Y tế;", "UBND tỉnh (phối hợp)")
    assert [cell.text[one.start : one.end] for one in agencies_in(cell, Role.LEAD, {})] == ["Sở Y tế", "UBND tỉnh"]


@pytest.mark.parametrize("text", ["", " ", "-", ";,", "(", "()", "1.", "/", "và"])
def test_a_cell_without_names_names_nobody(text):
    assert names(text) == []


@pytest.mark.parametrize(("text", "count"), [("Sở Y tế", 2500), ("Sở Y tế,", 2500), (",", 0)])
def test_a_cell_of_thousands_of_lines_is_read(text, count):
    assert len(agencies_in(in_lines(*[text] * 2500), Role.LEAD, {})) == count


@settings(max_examples=60)
@given(st.text(alphabet="Sở Ytế,;-/()và.1:\nchủrìphốihợp", max_size=80))
def test_offsets_lie_in_their_cell_and_in_order(text):
    cell = in_lines(*text.split("\n"))
    found = [(one.start, one.end) for one in agencies_in(cell, Role.LEAD, {})]
    assert found == sorted(found) and all(0 <= a < b <= len(cell.text) for a, b in found)
