import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Box, Document, Line, Page, TextOrigin, Word
from pipeline.ingest import ingest_text
from pipeline.restore import restore
from pipeline.settings import Settings
from tests.cases import cases

MISREAD = [
    "Uy ban nhan dan thanh phd ban hanh ké hoach trién khai thuc hién Chi thi s6",
    "20/CT-TTg ngay 01/11/2022 ctia Thu tuéng Chinh pha vé diy manh doi méi hoat",
    "dong cua thu vién trong phat trién k¥ ning doc, tiép can va xur Iy thong tin cho thiéu",
]
RIGHT = [
    "Giám đốc các sở, Thủ trưởng các ban, ngành thuộc Ủy ban nhân dân tỉnh, Chủ tịch",
    "Ủy ban nhân dân các huyện, thị xã, thành phố chịu trách nhiệm thi hành quyết định này.",
]


def document(lines: list[str], **kept: object) -> Document:
    made = tuple(Line(line, line) for line in lines)
    return Document("a.txt", "0" * 64, "text/plain", (Page(1, made, TextOrigin.PLAIN, "plain text"),), **kept)


def texts(done: Document) -> list[str]:
    return [line.text for _, line in done.lines()]


def test_lines_read_as_another_language_are_read_back() -> None:
    done = restore(document(MISREAD))
    assert texts(done)[0] == "Ủy ban nhân dân thành phố ban hành kế hoạch triển khai thực hiện Chỉ thị số"
    assert texts(done)[1].startswith("20/CT-TTg ngày 01/11/2022 của Thủ tướng Chính phủ về đẩy mạnh đổi mới")
    page = done.pages[0]
    assert page.text_origin is TextOrigin.RESTORED_LAYER
    assert page.confidence is not None and 0.9 < page.confidence <= 1


def test_right_text_is_given_back_as_it_was() -> None:
    done = restore(document(RIGHT))
    assert texts(done) == RIGHT
    assert done.notices == ()
    assert done.pages[0].text_origin is TextOrigin.PLAIN


def test_a_page_of_a_few_words_is_judged_with_the_page_before() -> None:
    made = document(RIGHT)
    last = Page(2, (Line("5", "5"), Line("tiên vùng sâu, vùng xa", "tiên vùng sâu, vùng xa")), TextOrigin.PLAIN, "text")
    done = restore(replace(made, pages=(*made.pages, last)))
    assert texts(done)[-1] == "tiên vùng sâu, vùng xa" and not done.notices


def test_the_raw_text_stays_and_every_word_leads_back_to_it() -> None:
    for _, line in restore(document(MISREAD)).lines():
        assert line.raw in MISREAD
        assert len(line.origin) == len(line.text)
        for token in line.tokens:
            assert 0 <= token.raw_start < token.raw_end <= len(line.raw)
            assert line.text[token.start : token.end].strip()
            assert 0 <= token.probability <= 1


def test_the_raw_place_goes_through_the_map_a_line_already_had() -> None:
    given = document(["x"])
    line = Line(
        "Uy ban nhan dan tinh to chuc thuc hien", "  Uy ban nhan dan tinh to chuc thuc hien", tuple(range(2, 40))
    )
    page = replace(given.pages[0], lines=(line,))
    done = restore(replace(given, pages=(page,)))
    first = done.pages[0].lines[0].tokens[0]
    assert (first.raw_start, first.raw_end) == (2, 4)


def test_boxes_follow_their_words() -> None:
    text = "Uy ban nhan dan thanhphé Hai Phong ban hanh ké hoach trién khai thuc hién"
    words, at = [], 0
    for number, word in enumerate(text.split()):
        at = text.index(word, at)
        words.append(Word(at, at + len(word), Box(number, 0, number + 1, 1)))
        at += len(word)
    given = document([text])
    page = replace(given.pages[0], lines=(Line(text, text, words=tuple(words)),))
    line = restore(replace(given, pages=(page,))).pages[0].lines[0]
    assert [line.text[word.start : word.end] for word in line.words][:6] == [
        "Ủy", "ban", "nhân", "dân", "thành phố", "Hải",
    ]  # fmt: skip


def test_what_is_doubtful_is_said_with_the_other_reading() -> None:
    done = restore(document([*MISREAD, "Lé Khac Nam"]))
    assert done.restorations
    assert all(one.restored != one.runner_up for one in done.restorations)
    assert {one.notice().code for one in done.restorations} == {"W206"}


def test_a_correction_is_said() -> None:
    done = restore(document([*RIGHT * 10, "thanh tra, kiếm tra việc chấp hành pháp luật của các cơ quan, đơn vị."]))
    (said,) = done.restorations
    assert (said.raw, said.restored, said.notice().code) == ("kiếm", "kiểm", "W207")


@cases("restored_lines/no_slips", line=str)
def test_what_is_no_slip_is_not_mended(line: str) -> None:
    assert texts(restore(document([*RIGHT * 5, line])))[-1] == line


def test_a_misspelt_number_stays_in_a_right_text() -> None:
    lines = [*RIGHT, "Quyết định số 1520/QĐ-TTE ngày 09/1 2/2022 của Thủ tướng Chính phủ."]
    assert texts(restore(document(lines)))[-1] == lines[-1]


def test_capitals_that_no_hand_puts_are_made_small_in_dirty_text() -> None:
    dirty = [
        "Giám đôc các sở, Thủ trưởng các ban, nghành thuộc Uy ban nhân dân tỉnh, Chủ tịch",
        "Ủy ban nhân dân các huyện, thi xã, thành phô chịu trách nhiệm thi hành quyêt định này",
        "và báo cáo kêt quả vỆ Ủy ban nhân dân tỉnh trước ngày 30 tháng 11 hằng năm.",
    ]
    assert " về Ủy ban" in texts(restore(document(dirty)))[-1]


@pytest.mark.parametrize(("setting", "expected"), [("auto", "hoà"), ("traditional", "hoà"), ("modern", "hòa")])
def test_tones_stand_as_the_document_has_them(setting: str, expected: str) -> None:
    right = ["Uỷ ban nhân dân tỉnh hoà giải các tranh chấp về thuỷ lợi và văn hoá."] * 3
    stripped = ["Cong hoa xa hoi chu nghia Viet Nam, phat trien van hoa va giao duc"] * 9
    done = restore(document(right + stripped), Settings(tone_placement=setting))
    assert expected in texts(done)[-1]


def test_without_a_habit_tones_stand_as_schoolbooks_have_them() -> None:
    assert "Cộng hòa" in texts(restore(document(["Cong hoa xa hoi chu nghia Viet Nam, doc lap, tu do, hanh phuc"])))[0]


def test_an_old_encoding_is_converted_and_said() -> None:
    raw = "ñy ban nh©n d©n thµnh phè h¶i phßng ban hµnh kÕ ho¹ch thùc hiÖn chØ thÞ cña thñ t\u00adíng"
    done = restore(document([raw]))
    assert texts(done) == ["ủy ban nhân dân thành phố hải phòng ban hành kế hoạch thực hiện chỉ thị của thủ tướng"]
    assert [notice.code for notice in done.notices] == ["W208"]


VNI = "Taát caû hoà sô cuûa huyeän ñöôïc löu tröõ taïi Vaên phoøng UÛy ban nhaân daân, töø ngaøy 15 thaùng 3"


def test_what_is_a_syllable_as_it_stands_goes_with_a_document_that_is_all_in_an_old_encoding() -> None:
    assert texts(restore(document([VNI, "Soá: 12/QÑ-UB", "Hoà Vang"])))[1:] == ["Số: 12/QĐ-UB", "Hồ Vang"]


def test_beside_a_line_in_unicode_a_syllable_stays_what_it_is() -> None:
    assert texts(restore(document([VNI, "Ủy ban nhân dân phường", "Hoà Vang"])))[2] == "Hoà Vang"


@given(st.lists(st.text(max_size=80).map(lambda text: text.replace("\n", " ")), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_through_line_for_line(lines: list[str]) -> None:
    done = restore(document(lines))
    assert [line.raw for _, line in done.lines()] == lines
    for _, line in done.lines():
        assert not line.origin or len(line.origin) == len(line.text)


@pytest.mark.parametrize(
    "line",
    [
        "\x00\x01\x02 Uy ban\x00nhan dan \x7f",
        "人民委员会关于计划的通知",
        "!!! ??? ... ((( ))) §§§ ¥¥¥ ***",
        "thànhphốhảiphòngbanhànhkếhoạchtriểnkhai",
        "\u202eUy ban\u0301\u0301\u0301 nhan dan",
        "𝒰𝓎 𝒷𝒶𝓃 😀 nhân dân",
    ],
)
def test_odd_lines_lose_nothing_but_marks(line: str) -> None:
    done = restore(document([line, *MISREAD]))
    kept = [char for char in texts(done)[0] if not char.isalpha() and not unicodedata.combining(char)]
    assert kept == [char for char in line if not char.isalpha() and not unicodedata.combining(char)]
    assert len(texts(done)[0].split()) == len(line.split())


@pytest.mark.slow
def test_a_line_of_a_megabyte_comes_through() -> None:
    lines = ["a" * 1_000_000, "12 " * 300_000]
    assert texts(restore(document(lines))) == lines


@pytest.mark.parametrize("kind", [MISREAD, ["Uy ban nhan dan tinh to chuc thuc hien nhiem vu duoc giao"] * 3])
@pytest.mark.parametrize("cited", ["12-NQ/TU", "05/CT-TU", "12/TB-HU", "15/BC-CA", "21/TTr-CA"])
def test_no_vowel_of_a_citation_gets_a_mark(kind: list[str], cited: str) -> None:
    assert cited in texts(restore(document([*kind, f"theo van ban so {cited} ngay 01/01/2020 cua Tinh uy"])))[-1]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_raw_place_of_a_word_holds_all_its_characters(form: str) -> None:
    raw = unicodedata.normalize(form, "thị xã về nhà ở của các hộ dân trên địa bàn tỉnh, thành phố")
    done = restore(ingest_text("\n".join([*RIGHT, raw]).encode(), "a.txt"))
    line = done.pages[0].lines[-1]
    for token in line.tokens:
        assert unicodedata.normalize("NFC", raw[token.raw_start : token.raw_end]) == line.text[token.start : token.end]


def test_right_lines_in_a_text_of_an_old_encoding_stay() -> None:
    old = "ñy ban nh©n d©n thµnh phè h¶i phßng ban hµnh kÕ ho¹ch thùc hiÖn chØ thÞ"
    right = "Thông tin công ty: ông Lê Công Thành"
    assert texts(restore(document([old, old, right])))[-1] == right


def test_capitals_of_an_old_font_are_capitals() -> None:
    old = "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM"
    small = "ñy ban nh©n d©n thµnh phè h¶i phßng ban hµnh kÕ ho¹ch thùc hiÖn chØ thÞ"
    assert texts(restore(document([old, small])))[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_a_document_without_pages_says_nothing() -> None:
    assert restore(Document("a", "0" * 64, "text/plain", ())).notices == ()


def test_a_long_chain_of_figures_takes_no_time() -> None:
    line = "1-" * 20_000
    assert texts(restore(document([*RIGHT, line])))[-1] == line


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Sở Nội vụ báo cáo kết quả thực hiện trong quý lI/2026.", "quý II/2026"),
        ("Sở Tài chính gửi báo cáo trong Quí Il/2026.", "Quí II/2026"),
        ("Sở Y tế hoàn thành việc rà soát trong quý N/2026.", "quý N/2026"),
    ],
)
def test_a_numeral_typed_with_other_letters_keeps_its_strokes(typed: str, right: str) -> None:
    assert right in texts(restore(document([*RIGHT, typed])))[-1]


def pictured(lines: list[str], confidence: float) -> Document:
    """A page that was read from its picture, each word as surely as the others."""
    made = []
    for line in lines:
        words, end = [], 0
        for word in line.split():
            start = line.index(word, end)
            end = start + len(word)
            words.append(Word(start, end, Box(start, 0, end, 1), confidence))
        made.append(Line(line, line, words=tuple(words)))
    given = document([])
    return replace(given, pages=(Page(1, tuple(made), TextOrigin.OCR, "picture"),))


@pytest.mark.parametrize(("times", "written"), [(1, "Sơn"), (2, "Sến")])
def test_a_name_that_was_read_more_than_once_on_scans_is_no_commoner_one(times: int, written: str) -> None:
    lines = [*RIGHT, *["Sở Công Thương kiểm tra kho chứa của dự án thủy điện Móng", "Sến 1 tại xã Tả Phìn."] * times]
    assert texts(restore(pictured(lines, 0.9)))[-1].split()[0] == written


def test_bytes_that_ingest_does_not_show_are_not_lost_where_an_encoding_is_read_back() -> None:
    line = "Đến năm 2030, cả nước có các thư viện và phục vụ tốt kỳ nghỉ của đồng bào"
    for times in (1, 2):
        shown = line
        for _ in range(times):
            shown = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in shown.encode())
        done = restore(ingest_text(shown.encode(), "a.txt"))
        assert done.text == line, times
