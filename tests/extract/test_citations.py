"""Documents cited."""

from datetime import date

import pytest

from pipeline.extract.citations import LAW, find_citations, masks

PROGRAMME = (
    "Quyết định số 1520/QĐ-TTg ngày 09/12/2022 của Thủ tướng Chính phủ phê duyệt Chương trình “Đẩy mạnh; mở rộng”"
)


def only(text):
    (one,) = find_citations(text)
    return one


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        (PROGRAMME, "Quyết định", "1520/QĐ-TTg"),
        ("Nghị định số 93/NĐ-CP của Chính phủ", "Nghị định", "93/NĐ-CP"),
        ("theo Nghị quyết 29-NQ/TW", "Nghị quyết", "29-NQ/TW"),
        ("Công văn số 2490/BVHTTDL-TV", "Công văn", "2490/BVHTTDL-TV"),
        ("Thông tư liên tịch số 12/2015/TTLT-BYT-BTC", "Thông tư liên tịch", "12/2015/TTLT-BYT-BTC"),
        ("Kế hoạch số 15a/KH-UBND", "Kế hoạch", "15a/KH-UBND"),
        ("Quyết định số 84 /QĐ-UBND", "Quyết định", "84/QĐ-UBND"),
        ("Nghị định số 123/2020/NĐ- CP ngày 19/10/2020", "Nghị định", "123/2020/NĐ-CP"),
        ("Công văn số 287/STC- HCSN ngày 04/02/2025", "Công văn", "287/STC-HCSN"),
        ("Kế hoạch số 12/KH- Sở Tài chính", "Kế hoạch", "12/KH"),
        ("quyết định số 84/QĐ-SVH&TT", "quyết định", "84/QĐ-SVH&TT"),
    ],
)
def test_type_and_number_are_read(text, kind, number):
    assert (only(text).document_type, only(text).number) == (kind, number)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Quyết định số 1520/QĐ-TTg ngày 09/12/2022", date(2022, 12, 9)),
        ("Công điện số 131/CĐ- TTg ngày 11/12/2024", date(2024, 12, 11)),
        ("Quyết định số 1520/QĐ-TTg, ngày 9-12-2022", date(2022, 12, 9)),
        ("Nghị định số 93/NĐ-CP ngày 18 tháng 8 năm 2020", date(2020, 8, 18)),
        ("Quyết định số 84/QĐ-TTg ngày 31/02/2022", None),
        ("Quyết định số 84/QĐ-TTg", None),
    ],
)
def test_the_date_is_read_when_it_is_one(text, day):
    assert only(text).issued_on == day


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (PROGRAMME, "Thủ tướng Chính phủ"),
        ("Kế hoạch số 97/KH-UBND ngày 04/6/2018 của UBND TP.Cần Thơ", "Ủy ban nhân dân thành phố Cần Thơ"),
        (
            "Công văn số 2490/BVHTTDL-TV ngày 12/7/2022 của Bộ Văn hóa, Thể thao và Du lịch về việc hướng dẫn",
            "Bộ Văn hóa, Thể thao và Du lịch",
        ),
        ("Quyết định số 1520/QĐ-TTg về đổi mới", None),
    ],
)
def test_the_issuer_is_read_with_its_full_name(text, issuer):
    assert only(text).issuer == issuer


@pytest.mark.parametrize(
    ("behind", "title"),
    [
        (" về việc mua sách; các đơn vị thực hiện", "về việc mua sách"),
        (" về việc mua sách. Các đơn vị thực hiện", "về việc mua sách"),
        (" về đổi mới giáo dục, Sở Giáo dục và Đào tạo chủ trì", "về đổi mới giáo dục"),
        (" về việc mua sách, phối hợp với các trường", "về việc mua sách"),
        (
            " phê duyệt Chương trình “Mua sách; bán sách” đến năm 2030; Sở",
            "phê duyệt Chương trình “Mua sách; bán sách” đến năm 2030",
        ),
        (" có hiệu lực từ năm 2023", None),
        (", phối hợp với Sở Tài chính", None),
    ],
)
def test_the_title_ends_where_the_order_goes_on(behind, title):
    assert only("Thực hiện Quyết định số 1520/QĐ-TTg ngày 09/12/2022" + behind).title == title


def test_a_document_in_the_title_of_another_is_nested():
    text = "Kế hoạch số 154/KH-UBND ngày 12/01/2023 về việc thực hiện Quyết định số 1520/QĐ-TTg"
    assert [one.nested for one in find_citations(text)] == [False, True]


@pytest.mark.parametrize("text", ["tổ chức 2-3 lần", "từ năm 2021 - 2025", "đạt 4/9 thư viện", "Kế hoạch này", ""])
def test_other_figures_cite_nothing(text):
    assert find_citations(text) == []


def test_what_is_cited_or_quoted_is_masked():
    text = f"Thực hiện {PROGRAMME}; phát động phong trào “Đọc sách”, mua sách"
    spans = [text[start:end] for start, end in masks(text, find_citations(text))]
    assert spans == [PROGRAMME, "“Đẩy mạnh; mở rộng”", "“Đọc sách”"]


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;", "Tổ chức Chính phủ", "ngày 25 tháng 12 năm 2001"),
        ("Căn cứ Luật Thư viện;", "Thư viện", None),
        ("Căn cứ Luật Thư viện, Luật Di sản", "Thư viện", None),
        ("Căn cứ Luật Thư viện ngày 21/11/2019; Luật Di sản", "Thư viện", "ngày 21/11/2019"),
        ("Căn cứ Pháp lệnh Phòng, chống lụt, bão ngày 20/3/1993;", "Phòng, chống lụt, bão", "ngày 20/3/1993"),
        ("Căn cứ Luật Thư viện, Luật Di sản ngày 29/6/2001", "Thư viện", None),
        ("Căn cứ Bộ luật Lao động năm 2019", "Lao động", None),
    ],
)
def test_a_law_is_cited_by_its_name(text, name, day):
    found = LAW.match(text)
    assert (found["dated"] or found["name"], found["day"]) == (name, day)


def test_a_law_with_a_number_is_cited_by_that():
    assert LAW.match("Căn cứ Luật số 46/2019/QH14") is None


def test_laws_are_cited_one_behind_the_other():
    text = "Căn cứ Luật Thư viện ngày 21/11/2019; Luật sửa đổi, bổ sung một số điều của Luật Di sản ngày 18/6/2009;"
    assert [one["dated"] for one in LAW.finditer(text)] == [
        "Thư viện",
        "sửa đổi, bổ sung một số điều của Luật Di sản",
    ]


BESIDE = "và Quyết định số 7/QĐ-UBND ngày 13/12/2023 của Ủy ban nhân dân huyện về việc thu hồi đất"


@pytest.mark.parametrize(
    ("title", "nested"),
    [
        ("về việc giao đất cho ông Nam", False),
        ("sửa đổi, bổ sung Quyết định số 5/QĐ-UBND", True),
        ("về việc thi hành Luật Đất đai", True),
    ],
)
def test_a_document_cited_beside_another_is_no_part_of_its_title(title, nested):
    found = find_citations(f"Quyết định số 3/QĐ-UBND ngày 1/12/2023 của Ủy ban nhân dân huyện {title} {BESIDE}")
    assert (found[0].title == title, found[-1].nested) == (not nested, nested)
