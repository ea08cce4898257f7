import pytest

from pipeline.document import LanguageVerdict, Line, Page, TextOrigin
from pipeline.ingest.language_check import judge, syllable_share

VIETNAMESE = "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về đẩy mạnh hoạt động phục vụ học tập suốt đời. " * 5
STRIPPED = "Thuc hien Ke hoach cua Uy ban nhan dan tinh ve day manh hoat dong phuc vu hoc tap suot doi. " * 5
MANGLED = "Triên khai thwe hién Chi thi cta Thu tuéng Chinh phi vé ddy manh doi méi hoat dong ctia thu vién. " * 5
ENGLISH = "The committee shall report to the council before the end of every year on what has been achieved. " * 5
FRENCH = "Le comité présente chaque année au conseil un rapport détaillé sur les résultats obtenus en été. " * 5


def page(text: str, number: int = 1, sized: bool = True) -> Page:
    return Page(number, (Line(text, text),), TextOrigin.TEXT_LAYER, "", height=842 if sized else None)


RIGHT = LanguageVerdict()
ALL_UNACCENTED = LanguageVerdict(unaccented=(None,))
ALL_FOREIGN = LanguageVerdict(foreign=(None,))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (VIETNAMESE, RIGHT),
        (STRIPPED, ALL_UNACCENTED),
        (MANGLED, ALL_UNACCENTED),
        (ENGLISH, ALL_FOREIGN),
        (FRENCH, ALL_FOREIGN),
        ("Sum", RIGHT),
    ],
)
def test_verdict_on_a_text(text: str, verdict: LanguageVerdict) -> None:
    assert judge([page(text, sized=False)]) == verdict


def test_the_page_that_is_wrong_is_named() -> None:
    verdict = judge([page(VIETNAMESE), page(STRIPPED, 2), page(ENGLISH, 3), page(STRIPPED, 4)])
    assert verdict == LanguageVerdict(unaccented=(2, 4), foreign=(3,))


def test_a_document_that_is_wrong_throughout_is_named_once() -> None:
    assert judge([page(STRIPPED), page(STRIPPED, 2)]) == ALL_UNACCENTED


def test_short_pages_are_judged_together() -> None:
    assert judge([page(ENGLISH[:120], n) for n in range(1, 5)]) == ALL_FOREIGN


def test_figures_say_nothing_of_the_language() -> None:
    assert judge([page("1.234 5.678 " * 200)]) == RIGHT


def test_syllables_are_told_from_other_words() -> None:
    assert syllable_share("nghiêng khuỷu quyết giường oách uýnh yêu") == 1.0
    assert syllable_share("the strength of which should") < 0.5


def test_what_was_misread_from_syllables_counts_as_they_do() -> None:
    assert syllable_share("kang buych nghoat") == 1.0  # an onset and a rhyme that do not go together


def test_a_mark_on_a_letter_that_has_none_parts_no_word() -> None:
    assert syllable_share("q\u0323ua") == 1.0
