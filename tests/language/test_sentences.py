import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.folding import fold
from pipeline.language.sentences import ends_line, ends_sentence, seam, sentences
from tests.cases import cases


@cases("sentences/ends", text=str, count=int)
def test_stops_and_semicolons_end_a_sentence(text: str, count: int) -> None:
    assert len(sentences(fold(text))) == count


@given(st.text("ab .;/tp", max_size=40))
def test_sentences_come_in_order_and_do_not_overlap(text: str) -> None:
    bounds = [at for pair in sentences(text) for at in pair]
    assert bounds == sorted(bounds)
    assert all(0 <= at <= len(text) for at in bounds)


@cases("sentences/stops", text=str, ends=bool)
def test_a_sentence_ends_with_a_stop(text: str, ends: bool) -> None:
    assert ends_sentence(text) is ends


@cases("sentences/paragraphs", text=str, ends=bool)
def test_a_paragraph_may_end_with_a_stop_or_colon(text: str, ends: bool) -> None:
    assert ends_line(text) is ends


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("Công văn số 31/STC-", "QLG ngày 05/3/2026", ""),
        ("Thông tư liên tịch số 08/2012/TTLT-BTC-", "BKHĐT", ""),
        ("Số: /KH-", "UBND", ""),
        ("giai đoạn 2026 -", "2030", " "),
        ("các sở, ban, ngành -", "Công an tỉnh", " "),
        ("theo Quyết định số 14/QĐ-UBND", "Ngày 05/3", " "),
        ("sơ kết và/hoặc-", "tổng kết", " "),
    ],
)
def test_a_number_that_a_line_breaks_is_joined(before: str, after: str, between: str) -> None:
    assert seam(before, after) == between
