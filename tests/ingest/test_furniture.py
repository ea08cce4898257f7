from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Box, Furniture, Line, Page, TextOrigin
from pipeline.errors import notice
from pipeline.ingest import ingest
from pipeline.ingest.furniture import is_page_number, is_signature, set_aside
from pipeline.ingest.text.reading import read_text
from tests.cases import cases

FOOT = "Trung tâm An Bình - ĐT: (04) 3783 3688"


def line(text: str, y: float, x: float = 72, size: float = 12, **more: Any) -> Line:
    return Line(text, text, box=Box(x, y, x + len(text) * size / 2, y + size), **more)


def pages(count: int, furniture: Callable[[int], list[Line]]) -> tuple[Page, ...]:
    out = []
    for number in range(1, count + 1):
        body = [line(f"Nội dung số {number} của dòng thứ {y}", y) for y in range(72, 740, 20)]
        out.append(Page(number, (*furniture(number), *body), TextOrigin.TEXT_LAYER, "", width=595, height=842))
    return set_aside(out)


def aside(marked: tuple[Page, ...]) -> list[tuple[int, str, Furniture]]:
    return [(page.number, line.text, line.furniture) for page in marked for line in page.lines if line.furniture]


def test_page_numbers_that_count_with_the_pages() -> None:
    assert aside(pages(3, lambda n: [line(str(n), 40, 300)])) == [(n, str(n), Furniture.PAGE_NUMBER) for n in (1, 2, 3)]


def test_page_numbers_that_begin_later() -> None:
    assert len(aside(pages(3, lambda n: [line(f"- {n + 14} -", 800, 300)]))) == 3


@pytest.mark.parametrize(("rotation", "x"), [(90, 554), (270, 28)])
def test_page_numbers_stand_above_the_text_of_pages_that_lie_on_their_side(rotation: int, x: float) -> None:
    lying = [
        Page(number, (line(str(number), 417, x),), TextOrigin.OCR, "", width=595, height=842, rotation=rotation)
        for number in (10, 11)
    ]
    assert aside(set_aside(lying)) == [(10, "10", Furniture.PAGE_NUMBER), (11, "11", Furniture.PAGE_NUMBER)]


def long_page(*lines: Line) -> tuple[Page, ...]:
    return set_aside([Page(1, lines, TextOrigin.TEXT_LAYER, "", width=595, height=2600)])


def test_a_number_between_the_lines_of_a_sentence_is_the_pages() -> None:
    marked = long_page(line("Các xã báo cáo", 820), line("2", 850, 300), line("kết quả trong tháng 9", 880))
    assert aside(marked) == [(1, "2", Furniture.PAGE_NUMBER)]


@pytest.mark.parametrize(("x", "before"), [(72, "họp vào ngày"), (300, "Các xã báo cáo.")])
def test_a_number_that_begins_a_line_or_stands_between_sentences_stays(x: float, before: str) -> None:
    assert aside(long_page(line(before, 820), line("2", 850, x), line("tháng 9", 880))) == []


@pytest.mark.parametrize(("apart", "numbers"), [(842, ["2", "3"]), (60, [])])
def test_numbers_that_count_down_a_page_of_joined_sheets(apart: float, numbers: list[str]) -> None:
    text = [line(f"Dòng {y} của trang.", y) for y in range(72, 2500, 90)]
    marked = long_page(*text, line("2", 860, 300), line("3", 860 + apart, 300))
    assert [text for _, text, _ in aside(marked)] == numbers


def test_a_lone_number_that_is_not_the_pages_stays() -> None:
    assert aside(pages(2, lambda n: [line("2023", 40)] if n == 1 else [])) == []


def test_a_single_page_knows_its_number_by_form() -> None:
    assert aside(pages(1, lambda n: [line("1", 40, 300)])) == [(1, "1", Furniture.PAGE_NUMBER)]


def test_a_repeated_footer_is_the_publishers() -> None:
    assert aside(pages(3, lambda n: [line(FOOT, 790)])) == [(n, FOOT, Furniture.PUBLISHER) for n in (1, 2, 3)]


def test_a_running_head_may_carry_changing_digits() -> None:
    marked = pages(4, lambda n: [line(f"Kế hoạch năm 2023, tờ {n}", 36)])
    assert [kind for _, _, kind in aside(marked)] == [Furniture.RUNNING_HEAD] * 4


def test_a_running_head_may_have_the_number_of_its_page_on_either_side() -> None:
    marked = pages(4, lambda n: [line(f"KẾ HOẠCH AN BÌNH | {n}" if n % 2 else f"{n} | KẾ HOẠCH AN BÌNH", 36)])
    assert [kind for _, _, kind in aside(marked)] == [Furniture.RUNNING_HEAD] * 4


@pytest.mark.parametrize("head", ["CÔNG BÁO", "CÔNG BÁO AN BÌNH", "2 CÔNG BÁO/TỈNH AN BÌNH"])
def test_a_gazette_head_is_known_on_a_single_page(head: str) -> None:
    marked = pages(1, lambda n: [line(f"{head}/Số 125 + 126/Ngày 23-01-2014", 40)])
    assert [kind for _, _, kind in aside(marked)] == [Furniture.RUNNING_HEAD]


def test_a_heading_that_recurs_at_the_top_of_the_body_stays() -> None:
    def furniture(number: int) -> list[Line]:
        return [line(f"Phụ lục {number}", 72)] if number > 1 else []

    assert aside(pages(4, furniture)) == []


def test_a_table_head_that_recurs_stays() -> None:
    assert aside(pages(4, lambda n: [line("TT Nhiệm vụ Thời gian", 60, table=0)])) == []


def test_a_signature_drawn_into_the_page_takes_its_small_lines_along() -> None:
    marked = pages(
        1,
        lambda n: [
            line("TRUNG TÂM CÔNG BÁO", 10, 480, 6),
            line("ttcb@anbinh.gov.vn", 17, 480, 6),
            line("09.01.2025 10:21:11 +07:00", 24, 480, 6),
        ],
    )
    assert [kind for _, _, kind in aside(marked)] == [Furniture.DIGITAL_SIGNATURE] * 3


@pytest.mark.parametrize(
    "lines",
    [
        ("TRUNG TÂM CÔNG", "BÁO VÀ TIN HỌC", "tobth@anbinh. 8OV.", "03.02.2025 14:00:35", "+07:00"),
        ("TRUNG TÂM CÔNG BÁO", "VÀ TIN HỌC", "ttcb@)anbinhI.gov.vn", "11. 02055 09:17:04 +07:00"),
        ("TƯ HỘ CÔNG BẢO HN h g NÊN, vs ss", "ttcb@)anbinh.gov.vn", "17.01.2025 14:13:38 +07:00"),
        ("Ký bởi: Ủy ban nhân dân tỉnh", "Cơ quan: Tỉnh An Bình", "Thòi gian ký: 07/01/2025 10:09:57"),
        ("_Ky bơi Ủy ban tỉnh", "ơ quan Ủy ban tỉnh An Bình", "gian ky 02.04 2025 14'24'26 +07-00"),
        (
            "1. Người ky CỔNG THÔNG TIN",
            "Email cong()anbinh vn",
            "Ty Cơ quan TỈNH AN BÌNH",
            "Thời gian ky 29 04.2025 16 35 55",
        ),
    ],
)
@pytest.mark.parametrize("size", [8, 11])  # the size of type that was read from a picture is an estimate
def test_a_signature_is_known_by_its_words_though_some_were_misread(lines: tuple[str, ...], size: int) -> None:
    marked = pages(1, lambda n: [line(text, 8 + 10 * at, 340, size) for at, text in enumerate(lines)])
    assert [text for _, text, _ in aside(marked)] == list(lines)


def test_a_signature_is_known_across_a_line_that_nobody_could_read() -> None:
    signature = [line("BÁO VÀ TIN HỌC", 10, 340, 10), line("03.02.2025 14:00:35", 31, 340, 10)]
    assert len(aside(pages(1, lambda n: signature))) == 2


def test_the_letterhead_of_an_office_that_signs_is_none() -> None:
    assert aside(pages(1, lambda n: [line("TRUNG TÂM CÔNG BÁO", 40), line("Số: 12/TB-TTCB", 54)])) == []


def test_a_signature_does_not_take_the_body_along() -> None:
    marked = pages(1, lambda n: [line("Người ký: Ủy ban nhân dân tỉnh", 62, 72, 7)])
    assert len(aside(marked)) == 1


@cases("furniture/page_numbers", text=str)
def test_forms_of_page_numbers(text: str) -> None:
    assert is_page_number(text)


@cases("furniture/no_page_numbers", text=str)
def test_what_is_no_page_number(text: str) -> None:
    assert not is_page_number(text)


@cases("furniture/signatures", text=str, known=bool)
def test_signatures_are_known_by_form(text: str, known: bool) -> None:
    assert is_signature(text) is known


TRACES = (
    "vanthu.hoabinh - 05/02/2026 09:{n:02} - Lê Thị Mai",
    "Người in: Lê Thị Mai, lúc 9h05 ngày 05/02/2026",
    "VNPT iOffice | bản in số {n}",
    "mai@tinh.gov.vn 10.0.4.17",
)


@pytest.mark.parametrize("trace", TRACES)
def test_what_an_office_system_prints_over_a_page_is_a_watermark(trace: str) -> None:
    [page] = pages(1, lambda n: [line(trace.format(n=at), y) for at, y in enumerate((82, 322, 522))])
    assert [one.furniture for one in page.lines].count(Furniture.WATERMARK) == 3


def test_a_trace_on_each_page_is_a_watermark() -> None:
    marked = pages(2, lambda n: [line(TRACES[0].format(n=n), 330)])
    assert [kind for _, _, kind in aside(marked)] == [Furniture.WATERMARK] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Thời gian hoàn thành: Quý II/2026.",
        "- Họp lúc 8h00 ngày 05/02/2026 tại hội trường",
        "1. Khai mạc 05/02/2026 08:00 tại hội trường",
    ],
)
def test_lines_of_the_document_that_come_again_are_no_watermark(text: str) -> None:
    assert aside(pages(1, lambda n: [line(text, y) for y in (82, 322, 522)])) == []


@cases("furniture/page_marks", text=str)
def test_marks_between_pages_are_furniture_wherever_they_stand(text: str) -> None:
    (page,) = set_aside(read_text(f"1. Rà soát đất\n{text}\ncông tại xã.\n")[1])
    assert [line.furniture for line in page.lines] == [None, Furniture.PAGE_NUMBER, None]


def test_a_number_below_the_mark_of_a_page_is_the_page_s_though_a_line_is_blank_between() -> None:
    (page,) = set_aside(read_text("Rà soát đất\n\n--- PAGE BREAK ---\n\n2\n\ncông tại xã.\n")[1])
    assert [line.text for line in page.lines if line.furniture] == ["--- PAGE BREAK ---", "2"]


def test_a_number_above_the_mark_of_a_page_is_the_page_s_where_it_counts_as_the_marks_do() -> None:
    text = "Rà soát đất\n\n--- PAGE BREAK ---\n\ncông tại xã, gồm\n\n{}\n\n--- PAGE BREAK ---\n\nthôn của xã.\n"
    for number, aside in ((2, True), (3, True), (12, False)):
        (page,) = set_aside(read_text(text.format(number))[1])
        assert (str(number) in [line.text for line in page.lines if line.furniture]) == aside


def text_of_pages(numbers: list[str], between: str, behind: str, high: int = 30) -> str:
    """Pages of as many lines, each number below the last of its page."""
    lines = [f"Dòng {n} của trang này nói về đất công của xã" for n in range(high - 2)]
    words = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy"]
    return "\n".join(
        "\n".join([*lines, between.format(word), number, behind.format(word)])
        for word, number in zip(words, numbers, strict=False)
    )


@pytest.mark.parametrize(("indent", "aside"), [(40, ["2", "3"]), (0, [])])
def test_a_number_in_the_middle_of_a_page_printed_as_text_is_the_pages_below_a_blank_line(
    indent: int, aside: list[str]
) -> None:
    text = "\n".join([*["Sổ xuất, nhập sách của kho;"] * 30, " " * indent + "{}", "", "Hồ sơ thiết kế của kho;"])
    (page,) = set_aside(read_text("\n".join(text.format(number) for number in (2, 3)))[1])
    assert [line.text.strip() for line in page.lines if line.furniture] == aside


@pytest.mark.parametrize(
    ("numbers", "between", "behind"),
    [
        (["- 2 -", "3", "- 4 -", "5", "6"], "Sở Nội vụ rà soát {}", "đất công {}"),
        (["2", "3", "4", "5"], "Sở Nội vụ rà soát {}.", "Sở Y tế {} mua sách."),
        (["2", "3", "4", "5", "6"], "Sở Nội vụ rà soát {}", "đất công {}"),
        (["- 9 -", "- 1O -", "- 1l -"], "Sở Nội vụ rà soát {}", "đất công {}"),
    ],
    ids=["of two forms", "between paragraphs, evenly", "in sentences", "with letters for digits"],
)
def test_numbers_that_count_pages_of_a_text_are_furniture(numbers: list[str], between: str, behind: str) -> None:
    (page,) = set_aside(read_text(text_of_pages(numbers, between, behind))[1])
    assert [line.text for line in page.lines if line.furniture] == numbers


@pytest.mark.parametrize(
    ("numbers", "high"), [(["2", "3", "4", "5"], 8), (["7", "8", "9", "10"], 30), (["2", "3"], 30), (["2020"], 30)]
)
def test_numbers_between_paragraphs_that_count_no_pages_stay(numbers: list[str], high: int) -> None:
    text = text_of_pages(numbers, "Số xã đạt chuẩn {} là:", "Trong đó có {} miền núi.", high)
    (page,) = set_aside(read_text(text)[1])
    assert not any(line.furniture for line in page.lines)


@cases("furniture/no_page_marks", text=str)
def test_other_lines_are_no_marks_between_pages(text: str) -> None:
    (page,) = set_aside(read_text(f"1. Rà soát đất\n{text}\ncông tại xã.\n")[1])
    assert {line.furniture for line in page.lines} == {None}


SIGNED = """Ký bởi: Sở Y tế tỉnh An Bình
Email: soyte@anbinh.example
Cơ quan: Tỉnh An Bình
Ngày ký: 21-02-2026 15:42:11 +07:00"""


def test_a_signature_that_was_copied_with_the_text_around_it_is_furniture() -> None:
    (page,) = set_aside(read_text(f"1. Thư viện báo cáo Sở\n{SIGNED}\nY tế hằng ngày.\n")[1])
    assert [line.text for line in page.lines if not line.furniture] == ["1. Thư viện báo cáo Sở", "Y tế hằng ngày."]
    assert {line.furniture for line in page.lines if line.furniture} == {Furniture.DIGITAL_SIGNATURE}


@pytest.mark.parametrize(
    "text", ["Người ký: Hồ Văn Tý\nNgày ký: 21-02-2026", "Đơn vị: Thư viện\nĐịa điểm: Kho sách, lúc 15:42:11"]
)
def test_lines_of_a_form_are_no_signature(text: str) -> None:
    (page,) = set_aside(read_text(f"1. Mua sách\n{text}\n2. Bán sách\n")[1])
    assert not any(line.furniture for line in page.lines)


def test_what_programs_know_of_a_text_is_furniture() -> None:
    text = "---\ntitle: Kế hoạch\ntags:\n- vi\n  - en\n\nid: 5\n---\n- Rà soát đất\n---\n"
    (page,) = set_aside(read_text(text)[1])
    assert [line.text for line in page.lines if not line.furniture] == ["- Rà soát đất", "---"]


@pytest.mark.parametrize(
    "text",
    [
        "---\nKẾ HOẠCH: Mua sách\nNhiệm vụ:\n- Sở Y tế mua sách.\n---\n",
        "---\nNoi nhan: VT\n---\n",
        "---\n- Rà soát đất\n---\n",
        "---\nKính gửi: Sở Y tế\nRà soát đất\n---\n",
        "Rà soát\n---\na: b\n---\n",
    ],
)
def test_lines_of_dashes_set_nothing_else_aside(text: str) -> None:
    assert not any(line.furniture for line in set_aside(read_text(text)[1])[0].lines)


def test_what_programs_know_of_a_text_is_said_to_be_set_aside(tmp_path: Path) -> None:
    (path := tmp_path / "plan.md").write_text("---\ntitle: Kế hoạch\nlang: vi\n---\n- Rà soát đất\n", encoding="utf-8")
    assert ingest(path).notices == (notice("W236", count=4, text="title: Kế hoạch"),)
    path.write_text("- Rà soát đất\n", encoding="utf-8")
    assert ingest(path).notices == ()


def _in_text(*beside: str) -> list[str]:
    """What is set aside of a text of four pages, of which each breaks in mid-sentence at these lines."""
    lines = ["KẾ HOẠCH"]
    for page in range(2, 5):
        lines += (
            [f"Rà soát đất {'abcde'[page]}, {'m' * at}," for at in range(25)]
            + [one.format(page) for one in beside]
            + [f"phường và đặc khu {'abcde'[page]}."]
        )
    (page,) = set_aside(read_text("\n".join(lines))[1])
    return [line.text for line in page.lines if line.furniture]


def test_page_numbers_that_part_a_sentence_of_a_text_are_furniture() -> None:
    assert _in_text("{}") == ["2", "3", "4"]


def test_what_stands_beside_them_each_time_is_a_running_head() -> None:
    assert _in_text("{}", "CÔNG BÁO/Số 12") == ["2", "CÔNG BÁO/Số 12", "3", "CÔNG BÁO/Số 12", "4", "CÔNG BÁO/Số 12"]
    assert _in_text("Kế hoạch mua sách", "- {} -")[:2] == ["Kế hoạch mua sách", "- 2 -"]


def test_figures_in_lines_of_their_own_are_no_page_numbers() -> None:
    rows = [line for at in range(2, 6) for line in (str(at), f"Mua sách lần {at}", "Sở Y tế")]
    (page,) = set_aside(read_text("\n".join(["Tổng số sách là", "1", "cuốn", *rows]))[1])
    assert not any(line.furniture for line in page.lines)
