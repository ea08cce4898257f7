import pytest

from pipeline.document import CellSpan, Document, Line, Page, TextOrigin
from pipeline.restore import restore

TEXT = """Sở Y tế chủ trì, phối hợp với Ủy ban nhân dân các xã xây dựng kế hoạch nâng cấp trạm y tế trước ngày 15/3.
Ủy ban nhân dân các xã bố trí đất, huy động nhân dân tham gia và báo cáo kết quả về Sở Y tế để tổng hợp.
Công an tỉnh bảo đảm an ninh, trật tự; Sở Tài chính bảo đảm kinh phí thực hiện kế hoạch này.
Các sở, ngành theo chức năng được giao tuyên truyền để nhân dân biết, hưởng ứng và giám sát việc thực hiện.
Trung tâm Kiểm soát bệnh tật tập huấn cho nhân viên y tế thôn, đánh giá kết quả và đề xuất khen thưởng."""


def restored(text: str) -> Document:
    page = Page(1, tuple(Line(line, line) for line in text.split("\n")), TextOrigin.PLAIN, "text")
    return restore(Document("plan", "0" * 64, "text/plain", (page,), has_pages=False))


@pytest.mark.parametrize("letters", ["âếộ", "âếảề"])
@pytest.mark.parametrize("left", ["", " "], ids=["dropped", "a space"])
def test_letters_that_were_lost_are_told_by_the_words_that_lack_them(letters: str, left: str) -> None:
    whole = "\n".join([TEXT] * 6)
    text = "".join(left if char.lower() in letters else char for char in whole)
    assert text != whole
    read = [line.text for line in restored(text).pages[0].lines]
    wanted, found = (" ".join(" ".join(lines).split()).split() for lines in (whole.split("\n"), read))
    assert len(found) == len(wanted)
    assert sum(one == other for one, other in zip(found, wanted, strict=True)) > 0.97 * len(wanted)


def test_that_letters_were_lost_is_said() -> None:
    text = "\n".join([TEXT] * 6).replace("ế", "").replace("â", "")
    assert "W237" in {notice.code for notice in restored(text).notices}


@pytest.mark.parametrize(
    "line",
    ["theo điểm c khoản 1, điểm d khoản 2 và mục b", "rộng 5 m, dài 12 km, nặng 3 kg", "a) Tìm sách; b) Mua sách"],
)
def test_signs_and_units_are_no_rests_of_words(line: str) -> None:
    text = "\n".join([TEXT, line] * 6).replace("ế", "").replace("â", "")
    read = [one.text for one in restored(text).pages[0].lines]
    assert read[5::6] == [line] * 6


def test_a_text_that_lost_nothing_stays() -> None:
    text = "\n".join([TEXT, "vitamin B, nhóm c, lớp n"] * 6)
    assert "\n".join(line.text for line in restored(text).pages[0].lines) == text


ROWS = [
    ("Sửa đường thôn Đông", "m", "350", "Phòng Kinh tế"), ("Nạo vét kênh Bắc", "km", "12", "Phòng Kinh tế"),
    ("Cấp giống lúa", "kg", "300", "Sở Y tế"), ("Chi thù lao", "tr", "30", "Phòng Kinh tế"),
    ("Họp dân", "x", "", "Sở Y tế"),
    ("Lắp bóng đèn", "c", "40", "Phòng Kinh tế"), ("Mua nước", "l", "90", "Sở Y tế"), ("Thuê xe", "h", "8", "Sở Y tế"),
]  # fmt: skip


def in_table(rows: list[tuple[str, ...]], before: str = "") -> list[tuple[str, list[str]]]:
    """Lines as they are restored, each with the texts of its cells."""
    lines = [Line(line, line) for line in before.split("\n") if line]
    for row in rows:
        text, spans = "", []
        for column, cell in enumerate(row):
            spans.append(CellSpan(len(text), len(text) + len(cell), column))
            text += f"{cell} | "
        lines.append(Line(text, text, table=0, cells=tuple(spans)))
    page = Page(1, tuple(lines), TextOrigin.PLAIN, "text")
    read = restore(Document("plan", "0" * 64, "text/plain", (page,), has_pages=False)).pages[0].lines
    return [(line.text, [line.text[part.start : part.end] for part in line.cells]) for line in read if line.cells]


def test_units_and_signs_in_cells_are_no_rests_of_words() -> None:
    assert [tuple(cells) for _, cells in in_table(ROWS * 3)] == ROWS * 3
    lines = [" ".join(row) for row in ROWS * 3]
    assert [line.text for line in restored("\n".join(lines)).pages[0].lines] == lines


@pytest.mark.parametrize("letters", ["âế", "âếộ"])
def test_the_cells_of_a_text_that_lost_letters_are_whole(letters: str) -> None:
    before, rows = "\n".join([TEXT] * 6), ROWS
    for letter in letters:
        before = before.replace(letter, "")
        rows = [tuple(cell.replace(letter, "") for cell in row) for row in rows]
    found = in_table(rows, before)
    assert [tuple(cells) for _, cells in found] == ROWS
    assert all(text == "".join(f"{cell} | " for cell in cells) for text, cells in found)


def test_short_forms_of_a_writer_are_no_rests_of_words() -> None:
    text = "\n".join([TEXT, "Các gv cho hs và ph biết, bgh cùng cb, nv và các đv nhóm c, lớp n tham gia"] * 6)
    assert "\n".join(line.text for line in restored(text).pages[0].lines) == text
