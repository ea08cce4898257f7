import pytest

from pipeline.language.accents import remove_accents
from pipeline.restore.decode import Decoder
from pipeline.restore.kinds import LineCondition
from pipeline.restore.model import load


def read(line: str, kind: LineCondition, noise: float = 1.0) -> str:
    readings = Decoder(load(), noise).decode([line], [kind])[0]
    for reading in reversed(readings):
        line = line[: reading.start] + reading.text + line[reading.end :]
    return line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Uy ban nhan dan tinh to chuc thuc hien", "Ủy ban nhân dân tỉnh tổ chức thực hiện"),
        ("BO TRUONG BO TAI CHINH", "BỘ TRƯỞNG BỘ TÀI CHÍNH"),
        ("Can cu Nghi dinh so 30/2020/ND-CP ngay 05/3/2020", "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020"),
        ("theo QD-TTg cua Thu tuong Chinh phu", "theo QĐ-TTg của Thủ tướng Chính phủ"),
    ],
)
def test_marks_come_back(line: str, expected: str) -> None:
    assert read(line, LineCondition.STRIPPED) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("trién khai thwe hién Chi thi s6 20/CT-TTg", "triển khai thực hiện Chỉ thị số 20/CT-TTg"),
        (
            "phat trién k¥ niing doc, tiép cin va xir 1y thong tin",
            "phát triển kỹ năng đọc, tiếp cận và xử lý thông tin",
        ),
        ("co quan, t6 chirc, ca nhan c6 lién quan", "cơ quan, tổ chức, cá nhân có liên quan"),
        ("S6:55 /KH-UBND ngay 23 thang 02 nim 2023", "Số:55 /KH-UBND ngày 23 tháng 02 năm 2023"),
        ("Uy ban nhan dan thanhphé Hai Phong", "Ủy ban nhân dân thành phố Hải Phòng"),
    ],
)
def test_what_was_read_as_another_language_is_read_back(line: str, expected: str) -> None:
    assert read(line, LineCondition.MISREAD) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("thanh tra, kiếm tra việc chấp hành pháp luật", "thanh tra, kiểm tra việc chấp hành pháp luật"),
        ("phần đầu đạt 70% kế hoạch được giao", "phấn đấu đạt 70% kế hoạch được giao"),
        ("Cùng cố tổ chức bộ máy của các cơ quan", "Củng cố tổ chức bộ máy của các cơ quan"),
        ("giải quyết khiêu nại, tố cáo của công dân", "giải quyết khiếu nại, tố cáo của công dân"),
        ("các cơ quan, đơn vịthuộc Bộ Tài chính", "các cơ quan, đơn vị thuộc Bộ Tài chính"),
    ],
)
def test_a_slip_of_a_right_reader_is_mended(line: str, expected: str) -> None:
    assert read(line, LineCondition.RIGHT) == expected


@pytest.mark.parametrize("kind", [LineCondition.RIGHT, LineCondition.STRIPPED, LineCondition.MISREAD])
@pytest.mark.parametrize("text", ["20/CT-TTg", "01/11/2022", "12.500.000", "2021-2025", "§", "", "   "])
def test_numbers_and_citations_stay(text: str, kind: LineCondition) -> None:
    assert read(text, kind) == text


def test_a_foreign_line_has_no_readings() -> None:
    assert Decoder(load()).decode(["The committee met."], [LineCondition.FOREIGN]) == [[]]


def test_a_document_teaches_its_own_words() -> None:
    """A word that is read with confidence elsewhere in the document decides where its neighbours do not."""
    rich = ["thư viện phục vụ bạn đọc, khuyến khích thói quen đọc sách, văn hóa đọc, phòng đọc của thư viện"] * 8
    line = "phong trao doc, chu dong"
    alone = Decoder(load()).decode([line], [LineCondition.STRIPPED])[0]
    lines = [remove_accents(one) for one in rich] + [line]
    together = Decoder(load()).decode(lines, [LineCondition.STRIPPED] * len(lines))[-1]
    assert [reading.text for reading in alone][2] == "độc"
    assert [reading.text for reading in together][2] == "đọc"


def test_dirt_is_told_from_clean_text() -> None:
    clean = ["Giám đốc các sở, Thủ trưởng các ban, ngành chịu trách nhiệm thi hành quyết định này."] * 20
    dirty = ["Giám đôc các sở, Thủ trưỏng các ban, nghành chịu trách nhiệm thi hành quyêt định này."] * 20
    decoder = Decoder(load())
    assert decoder.estimate_noise(clean) < 0.1 < decoder.estimate_noise(dirty)
