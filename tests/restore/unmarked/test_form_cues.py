import pytest

from pipeline.restore.unmarked.form_cues import year_of_issue
from tests.restore.test_stage import document, restore, texts

ABOUT = "UBND TINH LAM DONG\nLam Dong, ngay 12 thang 01 nam {year}\nUy ban nhan dan tinh ban hanh ke hoach thuc hien"


def restored(line: str, year: int = 2026) -> str:
    return texts(restore(document([*ABOUT.format(year=year).split("\n"), line])))[-1]


def test_the_year_of_the_first_date() -> None:
    lines = ["Số: 12/KH-UBND", "Lâm Đồng, ngày 12 tháng 01 năm 2026", "ngay 5 thang 3 nam 2021"]
    assert year_of_issue(lines) == 2026
    assert year_of_issue(lines[2:]) == 2021
    assert year_of_issue(["den nam 2030"]) is None


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("So:       /BC-SNV", "Số:       /BC-SNV"),
        ("ban hanh kem theo Ke hoach so      /KH-UBND", "ban hành kèm theo Kế hoạch số      /KH-UBND"),
        ("So kien nghi da thuc hien", "Số kiến nghị đã thực hiện"),
        ("So Tai chinh chu tri, phoi hop", "Sở Tài chính chủ trì, phối hợp"),
        ("So, ban, nganh lien quan", "Sở, ban, ngành liên quan"),
    ],
)
def test_what_counts_is_a_number_and_no_department(line: str, right: str) -> None:
    assert restored(line) == right


@pytest.mark.parametrize(("year", "right"), [(2012, "Báo cáo định kỳ hàng quý"), (2026, "Báo cáo định kỳ hằng quý")])
def test_the_spelling_that_was_usual_in_the_year_of_issue(year: int, right: str) -> None:
    assert restored("Bao cao dinh ky hang quy", year) == right


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("tai Phuong 2, phuong 12", "tại Phường 2, phường 12"),
        ("Qua hon 01 thang thuc hien", "Qua hơn 01 tháng thực hiện"),
        ("Qua trinh thuc hien phai bao cao", "Quá trình thực hiện phải báo cáo"),
        ("to trinh so 12 va phuong an 2", "tờ trình số 12 và phương án 2"),
        (
            "Ke hoach so 42-KH/DU, so 95/KH-BCD06, so 171/SKHCN-CDS",
            "Kế hoạch số 42-KH/ĐU, số 95/KH-BCĐ06, số 171/SKHCN-CĐS",
        ),
        ("D/c Pho Chu tich chu tri", "Đ/c Phó Chủ tịch chủ trì"),
    ],
)
def test_levels_that_are_numbered_openings_and_symbols(line: str, right: str) -> None:
    assert restored(line) == right


def test_a_capital_inside_a_sentence_speaks_for_a_name() -> None:
    assert restored("Giao d/c Phuc phuc vu hoi nghi") == "Giao đ/c Phúc phục vụ hội nghị"
