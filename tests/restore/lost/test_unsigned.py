import pytest

from pipeline.document import Document, Line, Page, TextOrigin
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
