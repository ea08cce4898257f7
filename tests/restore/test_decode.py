import pytest

from pipeline.language.accents import remove_accents
from pipeline.restore.decode import Decoder
from pipeline.restore.model import load
from pipeline.restore.readings import LineCondition
from tests.cases import cases


def read(line: str, kind: LineCondition, noise: float = 1.0) -> str:
    readings = Decoder(load(), noise).decode([line], [kind])[0]
    for reading in reversed(readings):
        line = line[: reading.start] + reading.text + line[reading.end :]
    return line


@cases("restored_lines/marks", line=str, right=str)
def test_marks_come_back(line: str, right: str) -> None:
    assert read(line, LineCondition.STRIPPED) == right


@cases("restored_lines/names", about=str, line=str, right=str)
def test_known_names_are_read_as_those_of_the_province(about: str, line: str, right: str) -> None:
    kinds = [LineCondition.STRIPPED] * 2
    readings = Decoder(load()).decode([about, line], kinds)[1]
    for reading in reversed(readings):
        line = line[: reading.start] + reading.text + line[reading.end :]
    assert line == right


@cases("restored_lines/other_languages", line=str, right=str)
def test_what_was_read_as_another_language_is_read_back(line: str, right: str) -> None:
    assert read(line, LineCondition.MISREAD) == right


@cases("restored_lines/slips", line=str, right=str)
def test_a_slip_of_a_right_reader_is_mended(line: str, right: str) -> None:
    assert read(line, LineCondition.RIGHT) == right


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


@pytest.mark.parametrize("line", ["phòng chống lụt, bão, úng", "Bơm tiêu úng, chống úng", "tránh úng ngập, ngập úng"])
def test_one_odd_word_says_nothing_of_the_others(line: str) -> None:
    """A rare word is no sign that its document was misread, where it is the document's only one."""
    assert Decoder(load()).estimate_noise([line]) < 0.05


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("hiện trạng các di tích đã được xếp hạng đẻ có phương án tu bổ", "để"),
        ("Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai nhiêm vụ năm 2025", "nhiệm"),
        ("Sở Tài chính tham mưu bố trí kinh phí thực hiên theo quy định", "hiện"),
    ],
)
def test_a_mark_that_small_type_lost_is_put_back(line: str, right: str) -> None:
    wrong = [[0.02] * len(line)]
    assert right in [one.text for one in Decoder(load(), 0.3).decode([line], [LineCondition.RIGHT], wrong)[0]]


def test_a_right_word_of_other_marks_stays() -> None:
    line = "hỗ trợ phụ nữ sinh đẻ tại nhà ở vùng sâu, tu bổ đê điều, bỏ sót"
    readings = Decoder(load(), 0.3).decode([line], [LineCondition.RIGHT], [[0.02] * len(line)])[0]
    assert all(one.text.lower() == line[one.start : one.end].lower() for one in readings)


def test_what_a_cell_says_is_not_continued_by_the_next() -> None:
    lines = ["Việt", "Năm 2025", "ha"]
    wrong = [[0.008] * len(line) for line in lines]
    kinds = [LineCondition.RIGHT] * 3

    def read(begins: tuple[int, ...]) -> list[str]:
        found = Decoder(load()).decode(lines, kinds, wrong, begins)
        return [(readings or [None])[0].text if readings else line for line, readings in zip(lines, found, strict=True)]

    assert read(())[1] == "Nam"
    assert read((0, 1, 2)) == ["Việt", "Năm", "ha"]
