from pipeline.document import DOUBTFUL, Document, Line, Page, TextOrigin
from pipeline.restore import restore
from pipeline.restore.lists.bullets import bullets
from pipeline.restore.lists.gaps import filled
from tests.cases import cases


@cases("restored_numbers/layers", lines=list, right=dict, doubted=bool | None)
def test_a_sign_is_what_the_numbering_misses(lines: list[str], right: dict[str, str], doubted: bool | None) -> None:
    found = dict(filled(lines)) | dict(bullets(lines))
    assert {str(at): reading.text for at, reading in found.items()} == right
    assert all((reading.probability < DOUBTFUL) == bool(doubted) for reading in found.values())


def test_what_stood_there_is_said() -> None:
    [(at, reading)] = filled(["I. MỤC ĐÍCH", "  Il . NỘI DUNG", None, "III. KINH PHÍ"])
    assert (at, reading.start, reading.end, reading.text, reading.runner_up) == (1, 2, 6, "II.", "Il .")


@cases("restored_numbers/miswritten", lines=list[str], right=list[str])
def test_a_numeral_that_was_copied_wrong_is_told_by_those_around_it(lines: list[str], right: list[str]) -> None:
    found = dict(filled(lines))
    assert [found[at].text if at in found else f"{line.split('.')[0]}." for at, line in enumerate(lines)] == right


def test_the_rest_of_a_citation_on_the_next_line_is_no_number_of_an_item() -> None:
    lines = ["1. Sở Y tế rà soát theo khoản 1,", "2, Điều 5 Nghị định số 10/2025/NĐ-CP.", "2. Sở Nội vụ mua sách."]
    assert list(filled(lines)) == []


MISREAD = ["e Tặng sách.", "« Đọc sách.", "¢ Trao giải.", "I. MỤC ĐÍCH"]


@cases("restored_numbers/bullets", lines=list[str], right=dict[str, str], doubted=list[int] | None)
def test_where_bullets_were_misread_others_are_told_by_the_list(
    lines: list[str], right: dict[str, str], doubted: list[int] | None
) -> None:
    found = {at - len(MISREAD): reading for at, reading in bullets([*MISREAD, *lines]) if at >= len(MISREAD)}
    assert {str(at): reading.text for at, reading in found.items()} == right
    assert [at for at, reading in found.items() if reading.probability < DOUBTFUL] == (doubted or [])


def test_where_no_bullet_was_misread_paragraphs_stay() -> None:
    assert list(bullets(["- Mở lớp.", "Mua sách cho thư viện xã.", "- Tặng sách.", "* Trao giải."])) == []


def test_where_a_writer_typed_another_sign_for_bullets_none_was_lost() -> None:
    lines = ["_ Mở lớp.", "_ Tặng sách.", "_ Trao giải.", "Mua sách cho thư viện xã.", "_ Đọc sách."]
    assert {at: reading.text for at, reading in bullets(lines)} == {0: "-", 1: "-", 2: "-", 4: "-"}


def test_a_bullet_that_was_lost_is_put_before_the_words_as_they_are_restored() -> None:
    lines = [*MISREAD[:3], "- Mở lớp đọc.", "Thưc hiện tốt việc mua sách.", "- Tặng sách."]
    page = Page(1, tuple(Line(line, line) for line in lines), TextOrigin.PLAIN, "text")
    done = restore(Document("plan", "0" * 64, "text/plain", (page,), has_pages=False))
    assert done.pages[0].lines[4].text == "- Thực hiện tốt việc mua sách."
    assert [(word.raw, word.restored) for word in done.restorations if word.line == 5] == [("", "- "), ("Thưc", "Thực")]
