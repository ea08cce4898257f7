"""Documents cited."""

from datetime import date

import pytest

from pipeline.extract.citations import LAW, find_citations, masks
from tests.cases import cases

PROGRAMME = (
    "Quyết định số 1520/QĐ-TTg ngày 09/12/2022 của Thủ tướng Chính phủ phê duyệt Chương trình “Đẩy mạnh; mở rộng”"
)


def only(text):
    (one,) = find_citations(text)
    return one


@cases("citations/numbers", text=str, kind=str, number=str)
def test_type_and_number_are_read(text, kind, number):
    assert (only(text).document_type, only(text).number) == (kind, number)


@cases("citations/dates", text=str, day=date | None)
def test_the_date_is_read_when_it_is_one(text, day):
    assert only(text).issued_on == day


@cases("citations/issuers", text=str, issuer=str | None)
def test_the_issuer_is_read_with_its_full_name(text, issuer):
    assert only(text).issuer == issuer


@cases("citations/titles", behind=str, title=str | None)
def test_the_title_ends_where_the_order_goes_on(behind, title):
    assert find_citations("Thực hiện Quyết định số 1520/QĐ-TTg ngày 09/12/2022" + behind)[0].title == title


def test_a_document_in_the_title_of_another_is_nested():
    text = "Kế hoạch số 154/KH-UBND ngày 12/01/2023 về việc thực hiện Quyết định số 1520/QĐ-TTg"
    assert [one.nested for one in find_citations(text)] == [False, True]


@cases("citations/none", text=str)
def test_other_figures_cite_nothing(text):
    assert find_citations(text) == []


def test_what_is_cited_or_quoted_is_masked():
    text = f"Thực hiện {PROGRAMME}; phát động phong trào “Đọc sách”, mua sách"
    spans = [text[start:end] for start, end in masks(text, find_citations(text))]
    assert spans == [PROGRAMME, "“Đẩy mạnh; mở rộng”", "“Đọc sách”"]


@cases("citations/laws", text=str, name=str, day=str | None)
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


def test_further_documents_of_a_type_need_only_their_numbers():
    found = find_citations(
        "Căn cứ các Công văn số 12/SNV-CCHC ngày 5/1/2024, số 15/SNV-CCHC và 16/SNV-CCHC của Sở Nội vụ;"
    )
    assert [one.number for one in found] == ["12/SNV-CCHC", "15/SNV-CCHC", "16/SNV-CCHC"]
    assert {(one.document_type, one.issuer) for one in found} == {("Công văn", "Sở Nội vụ")}


def test_a_law_that_is_cited_by_name_and_number_has_its_name_as_title():
    found = find_citations("Căn cứ Luật Phòng, chống ma túy số 73/2021/QH14 ngày 30/3/2021;")
    assert [(one.number, one.title, str(one.issued_on)) for one in found] == [
        ("73/2021/QH14", "Phòng, chống ma túy", "2021-03-30")
    ]


def test_a_further_number_goes_on_with_the_list_whose_type_it_has():
    found = find_citations("góp ý theo Công văn số 5/STC-NS về Nghị định số 103/2024/NĐ-CP; số 7/STC-NS;")
    assert [(one.document_type, one.number) for one in found if not one.nested] == [
        ("Công văn", "5/STC-NS"),
        ("Công văn", "7/STC-NS"),
    ]


def test_documents_of_one_list_share_who_issues_them_and_their_only_day():
    text = "Căn cứ các Quyết định của Bộ Y tế: Số 12/QĐ-BYT ngày 5/3/2024 về việc mua sách; số 13/QĐ-BYT ngày 6/3/2024;"
    assert [(one.number, one.issuer) for one in find_citations(text)] == [
        ("12/QĐ-BYT", "Bộ Y tế"),
        ("13/QĐ-BYT", "Bộ Y tế"),
    ]
    text = "Căn cứ các Quyết định số: 12/QĐ-BYT, 13/QĐ-BYT ngày 31/12/2024 của Bộ Y tế về việc mua sách;"
    assert {str(one.issued_on) for one in find_citations(text)} == {"2024-12-31"}


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ các Quyết định số: 12/QĐ-BYT, 950/QĐ-BYT ngày 31/12/2024 của Bộ Y tế về việc mua sách;",
        "Căn cứ các Quyết định số: 12/QĐ-BYT, 60/QĐ-BYT ngày 31/12/2024 của Bộ Y tế về việc mua sách;",
        "Căn cứ các Quyết định số: 12/QĐ-UBND, 13/QĐ-BYT ngày 31/12/2024 về việc mua sách;",
        "Căn cứ các Nghị định số 12/2021/NĐ-CP, số 13/2024/NĐ-CP ngày 31/12/2024 của Chính phủ về sách;",
    ],
)
def test_a_day_behind_a_list_is_of_the_last_alone_where_another_cannot_be_of_it(text):
    assert [str(one.issued_on) for one in find_citations(text)] == ["None", "2024-12-31"]


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("Theo đề nghị của Sở Y tế tại Tờ trình số 12/TTr-SYT ngày 5/1/2024", ["Sở Y tế"]),
        (
            "Xét đề nghị của Sở Xây dựng tại Tờ trình số 12/TTr-SXD ngày 5/1/2024 và Báo cáo số 13/BC-SXD; của Sở Y tế "
            "tại các văn bản số 3/SYT-KH ngày 6/1/2024, số 4/SYT-KH",
            ["Sở Xây dựng", "Sở Xây dựng", "Sở Y tế", "Sở Y tế"],
        ),
        ("của Sở Y tế tại Tờ trình số 12/TTr-SYT về sách; Công văn số 3/SNV-VP", ["Sở Y tế", None]),
        ("thẩm quyền của Sở Y tế. Tại Tờ trình số 12/TTr-SXD", [None]),
    ],
)
def test_who_brings_a_document_in_is_its_issuer(text, issuers):
    assert [one.issuer for one in find_citations(text)] == issuers
