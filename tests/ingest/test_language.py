import pytest

from pipeline.document import Line, Page, TextOrigin
from pipeline.ingest.language import judge, syllable_share

VIETNAMESE = "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về đẩy mạnh hoạt động phục vụ học tập suốt đời. " * 5
STRIPPED = "Thuc hien Ke hoach cua Uy ban nhan dan tinh ve day manh hoat dong phuc vu hoc tap suot doi. " * 5
MANGLED = "Triên khai thwe hién Chi thi cta Thu tuéng Chinh phi vé ddy manh doi méi hoat dong ctia thu vién. " * 5
ENGLISH = "The committee shall report to the council before the end of every year on what has been achieved. " * 5
FRENCH = "Le comité présente chaque année au conseil un rapport détaillé sur les résultats obtenus en été. " * 5


def page(text: str, number: int = 1, sized: bool = True) -> Page:
    return Page(number, (Line(text, text),), TextOrigin.TEXT_LAYER, "", height=842 if sized else None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [(VIETNAMESE, []), (STRIPPED, ["W202"]), (MANGLED, ["W202"]), (ENGLISH, ["W203"]), (FRENCH, ["W203"]), ("Sum", [])],
)
def test_verdict_on_a_text(text: str, codes: list[str]) -> None:
    assert [said.code for said in judge([page(text, sized=False)])] == codes


def test_the_page_that_is_wrong_is_named() -> None:
    said = judge([page(VIETNAMESE), page(STRIPPED, 2), page(VIETNAMESE, 3)])
    assert [(one.code, one.page) for one in said] == [("W202", 2)]


def test_a_document_that_is_wrong_throughout_is_named_once() -> None:
    assert [(one.code, one.page) for one in judge([page(STRIPPED), page(STRIPPED, 2)])] == [("W202", None)]


def test_short_pages_are_judged_together() -> None:
    assert [one.code for one in judge([page(ENGLISH[:120], n) for n in range(1, 5)])] == ["W203"]


def test_figures_say_nothing_of_the_language() -> None:
    assert judge([page("1.234 5.678 " * 200)]) == ()


def test_syllables_are_told_from_other_words() -> None:
    assert syllable_share("nghiêng khuỷu quyết giường oách uýnh yêu") == 1.0
    assert syllable_share("the strength of which should") < 0.5
