"""Markers at the start of a line."""

import pytest

from pipeline.outline.numbering import read_marker, styles


@pytest.mark.parametrize(
    ("text", "style", "label", "value", "rest"),
    [
        ("Phần thứ nhất. MỤC TIÊU", "phan", "Phần thứ nhất", 1, "MỤC TIÊU"),
        ("PHẦN II: GIẢI PHÁP", "phan", "PHẦN II", 2, "GIẢI PHÁP"),
        ("Phần năm", "phan", "Phần năm", 5, ""),
        ("CHƯƠNG IV", "chuong", "CHƯƠNG IV", 4, ""),
        ("Mục 2. Tổ chức", "muc", "Mục 2", 2, "Tổ chức"),
        ("Điều 3. Giám đốc", "dieu", "Điều 3", 3, "Giám đốc"),
        ("Điều 3: Giám đốc", "dieu", "Điều 3", 3, "Giám đốc"),
        ("Điều 3 - Giám đốc", "dieu", "Điều 3", 3, "Giám đốc"),
        ("Điều3. Giám đốc", "dieu", "Điều 3", 3, "Giám đốc"),
        ("Điều 1:- Phê duyệt", "dieu", "Điều 1", 1, "Phê duyệt"),
        ("A. MỤC TIÊU", "upper", "A", 1, "MỤC TIÊU"),
        ("Đ. NỘI DUNG", "upper", "Đ", 5, "NỘI DUNG"),
        ("I. MỤC ĐÍCH", "roman", "I", 1, "MỤC ĐÍCH"),
        ("V/ TỔ CHỨC", "roman", "V", 5, "TỔ CHỨC"),
        ("IV/ TỔ CHỨC", "roman", "IV", 4, "TỔ CHỨC"),
        ("II - NHIỆM VỤ", "roman", "II", 2, "NHIỆM VỤ"),
        ("1. Sở Tài chính", "decimal", "1", 1, "Sở Tài chính"),
        ("1 . Sở Tài chính", "decimal", "1", 1, "Sở Tài chính"),
        ("12. Sở Tài chính", "decimal", "12", 12, "Sở Tài chính"),
        ("2/ Sở Tài chính", "decimal", "2", 2, "Sở Tài chính"),
        ("5: Sở Tài chính", "decimal", "5", 5, "Sở Tài chính"),
        ("__2- Các sở", "decimal", "2", 2, "Các sở"),
        ("4- Ủy ban", "decimal", "4", 4, "Ủy ban"),
        ("5- Đảng đoàn", "decimal", "5", 5, "Đảng đoàn"),
        ("_2. Các sở", "decimal", "2", 2, "Các sở"),
        ("3-Ban Tuyên giáo", "decimal", "3", 3, "Ban Tuyên giáo"),
        ("I.2. Sở Tài chính", "roman2", "I.2", 2, "Sở Tài chính"),
        ("3.b) Sở Tài chính", "decimal_letter", "3.b", 2, "Sở Tài chính"),
        ("a/ Sở Tài chính", "letter", "a", 1, "Sở Tài chính"),
        ("a- Sở Tài chính", "letter", "a", 1, "Sở Tài chính"),
        ("A- MỤC TIÊU", "upper", "A", 1, "MỤC TIÊU"),
        ("2.1- Sở Tài chính", "decimal2", "2.1", 1, "Sở Tài chính"),
        ("→ Sở Tài chính", "dot", "→", 0, "Sở Tài chính"),
        ("2.1. Sở Tài chính", "decimal2", "2.1", 1, "Sở Tài chính"),
        ("2.1 Sở Tài chính", "decimal2", "2.1", 1, "Sở Tài chính"),
        ("1.2.3. Mua sách", "decimal3", "1.2.3", 3, "Mua sách"),
        ("1.2.3.4. Mua sách", "decimal4", "1.2.3.4", 4, "Mua sách"),
        ("a) Chủ trì", "letter", "a", 1, "Chủ trì"),
        ("đ) Theo dõi", "letter", "đ", 5, "Theo dõi"),
        ("b. Chủ trì", "letter", "b", 2, "Chủ trì"),
        ("a1) Mua sách", "letter2", "a1", 1, "Mua sách"),
        ("(1) Mua sách", "bracket", "1", 1, "Mua sách"),
        ("1) Mua sách", "bracket", "1", 1, "Mua sách"),
        ("(a) Mua sách", "bracket_letter", "a", 1, "Mua sách"),
        ("(ii) Mua sách", "bracket_roman", "ii", 2, "Mua sách"),
        ("- Tổ chức", "dash", "-", 0, "Tổ chức"),
        ("-Tổ chức", "dash", "-", 0, "Tổ chức"),
        ("– Tổ chức", "dash", "–", 0, "Tổ chức"),
        ("- 5 lớp", "dash", "-", 0, "5 lớp"),
        ("+ Sách", "plus", "+", 0, "Sách"),
        ("* Sách", "star", "*", 0, "Sách"),
        ("• Đọc", "dot", "•", 0, "Đọc"),
    ],
)
def test_each_way_of_numbering_is_read(text, style, label, value, rest):
    marker = read_marker(text)
    assert (marker.style.name, marker.label, marker.value, text[marker.end :]) == (style, label, value, rest)


@pytest.mark.parametrize(
    "text",
    [
        "15-CTr/TU ngày 1 tháng 5",
        "19-NQ/TW của Bộ Chính trị",
        "c/ biên bản",
        "",
        "21/4 là Ngày Sách và Văn hóa đọc",
        "21/4",
        "01/02/2023 của Ủy ban nhân dân",
        "2023",
        "2.500 bản sách",
        "10,5% dân số",
        "10.5%",
        "30% thư viện",
        "-5 độ",
        "15-20 người",
        "3 - 5 lớp",
        "(2023)",
        "Điều 5 của Luật Thư viện",
        "Phần mềm quản lý",
        "Phần lớn người dân",
        "Mục tiêu chung",
        "Chương trình 135",
        "TP. Cần Thơ",
        "I",
        "IIX. SAI",
        "- ",
        "a, b và c",
        "Sở Tài chính",
        "V/v mua sách",
        "1: Xuất sắc",
        "12: xem phụ lục",
        "__ Sở Tài chính",
    ],
)
def test_what_only_looks_like_a_number_is_none(text):
    assert read_marker(text) is None


@pytest.mark.parametrize("labels", ["a b c d đ e g h i k l m n o p q r s t u v x y", "a b c d e f g h i j k"])
def test_letters_go_on_as_in_vietnamese_or_as_in_word(labels):
    markers = [read_marker(f"{letter}) Mua sách") for letter in labels.split()]
    assert all(after.follows(before) for before, after in zip(markers, markers[1:], strict=False))


@pytest.mark.parametrize(
    ("before", "after"), [("a)", "c)"), ("c)", "b)"), ("d)", "g)"), ("2.1.", "3.2."), ("1.", "3.")]
)
def test_a_gap_does_not_go_on(before, after):
    assert not read_marker(f"{after} Mua sách").follows(read_marker(f"{before} Mua sách"))


def test_bullets_are_the_styles_that_count_nothing():
    assert {style.name for style in styles() if style.is_bullet} == {"dash", "plus", "star", "dot"}


@pytest.mark.parametrize(("text", "style"), [("2. 1. Sở Tài chính", "decimal2"), ("1. 000 cuốn sách", None)])
def test_a_space_inside_a_number(text, style):
    marker = read_marker(text)
    assert (marker and marker.style.name) == style


@pytest.mark.parametrize(("text", "value"), [("Phần thứ sáu. NHIỆM VỤ", 6), ("PHẦN THỨ BẢY", 7), ("Phần thứ tư", 4)])
def test_parts_counted_in_words(text, value):
    assert read_marker(text).value == value


def test_f_is_a_capital_letter_like_another():
    assert read_marker("F. TỔ CHỨC THỰC HIỆN").style.name == "upper"
