"""Numbers on pages that were read from pictures."""

from dataclasses import replace

import pytest

from pipeline.document import Box, Line, Word
from pipeline.restore.readings import RestoredReading
from pipeline.restore.scan_figures import (
    UNCLEAR,
    ditto,
    is_head,
    known_forms,
    misread,
    months,
    quarters,
    serial,
    stroke_of_serial,
    subject,
    with_figures,
)
from tests.cases import cases


def line(text: str, confidence: float) -> Line:
    words, at = [], 0
    for part in text.split(" "):
        words.append(Word(at, at + len(part), Box(0, 0, 10, 10), confidence))
        at += len(part) + 1
    return Line(text, text, words=tuple(words))


def written(text: str, confidence: float, readings: list[RestoredReading] | None = None, by_hand: bool = False) -> str:
    out = text
    for reading in reversed(list(with_figures(line(text, confidence), readings or [], by_hand))):
        out = out[: reading.start] + reading.text + out[reading.end :]
    return out


@cases("restored_figures/digits", read=str, right=str)
def test_letters_among_digits_are_the_digits_they_look_like(read, right):
    assert written(read, 0.6) == right


def test_a_number_read_with_confidence_stays():
    assert written("§0%c", 0.96) == "§0%c"


@pytest.mark.parametrize(("confidence", "doubtful"), [(0.72, True), (0.91, True), (0.96, False)])
def test_a_number_that_may_be_written_by_hand_is_doubtful(confidence, doubtful):
    [reading] = with_figures(line("44", confidence), [RestoredReading(0, 2, "44", 1.0)], by_hand=True)
    assert (reading.probability < UNCLEAR) is doubtful


@cases("restored_figures/heads", text=str, head=bool)
def test_the_lines_of_serial_and_date_are_known(text, head):
    assert is_head(line(text, 0.9)) is head


@cases("restored_figures/quarters", read=str, right=str | None)
def test_a_quarter_is_one_of_four(read, right):
    assert [one.text for one in quarters(line(read, 0.9))] == ([right] if right else [])


@cases("restored_figures/serials", read=str, right=str | None)
def test_what_stands_before_a_serial_is_its_word(read, right):
    assert [one.text for one in serial(line(read, 0.9))] == ([right] if right else [])


@cases("restored_figures/doubted_shares", text=str, confidence=float, doubtful=bool)
def test_a_figure_among_shares_that_may_be_one_is_doubted(text, confidence, doubtful):
    readings = list(with_figures(line(text, confidence), []))
    assert any(one.probability < UNCLEAR for one in readings) is doubtful
    assert all(one.text == text[one.start : one.end] for one in readings)


@cases("restored_figures/room_of_shares", read=str, room=float, right=str)
def test_the_room_of_a_figure_among_shares_says_what_it_is(read, room, right):
    text = f"đạt 100% và {read} các"
    words = [
        Word(0, 3, Box(0, 0, 20, 10), 0.96),
        Word(4, 8, Box(30, 0, 30 + 46.6, 10), 0.96),
        Word(9, 11, Box(90, 0, 100, 10), 0.96),
        Word(12, 12 + len(read), Box(110, 0, 110 + 10 * room, 10), 0.7),
    ]
    [reading] = with_figures(Line(text, text, words=tuple(words)), [])
    assert text[: reading.start] + reading.text + text[reading.end :] == f"đạt 100% và {right} các"
    assert (reading.probability < UNCLEAR) is (read == right)


def test_a_capital_with_a_stroke_is_one_letter():
    assert written("40/QĐÐ-UBND", 0.4, [RestoredReading(3, 6, "QĐÐ", 1.0)]) == "40/QĐ-UBND"


def test_a_word_without_another_beside_it_is_as_sure_as_its_reader():
    """Rounding made its probability a little more than 1, and "IVJ2025" was not doubted."""
    known, rounded = (RestoredReading(0, 3, "IVJ", one) for one in (1.0, 1.0000000000000318))
    assert [next(with_figures(line("IVJ2025", 0.3), [one])).probability for one in (known, rounded)] == [0.4, 0.4]


def test_less_confidence_is_more_doubt():
    chances = [misread(confidence / 100) for confidence in range(0, 101, 5)]
    assert chances == sorted(chances, reverse=True)


@cases("restored_figures/months", read=str, right=str | None)
def test_a_stroke_read_as_a_letter_parts_month_and_year(read, right):
    found = [read[: one.start] + one.text + read[one.end :] for one in months(line(read, 0.8))]
    assert found == ([right] if right else [])


def test_the_numeral_of_a_quarter_is_no_number():
    assert written("Quý II/2025", 0.45) == "Quý II/2025"
    assert written("III/2025", 0.45) == "III/2025"


@cases("restored_figures/broken_quarters", above=str, right=str | None)
def test_a_quarter_may_be_broken_over_two_lines(above, right):
    assert [one.text for one in quarters(line("11/2025", 0.5), above)] == ([right] if right else [])


def test_as_above_is_read_in_cells_alone():
    read = line("nr", 0.9)
    assert not list(ditto(read))
    assert [one.text for one in ditto(replace(read, table=0))] == ["nt"]


@cases("restored_figures/subjects", read=str, right=str | None)
def test_the_subject_of_a_letter_begins_with_its_sign(read, right):
    assert [one.text for one in subject(line(read, 0.96))] == ([right] if right else [])


@cases("restored_figures/copies", read=str, right=str, doubted=list[str] | None)
def test_short_forms_of_what_a_copy_is_for_have_a_slash(read, right, doubted):
    found = sorted(known_forms(line(read, 0.96)), key=lambda one: one.start)
    text = read
    for one in reversed(found):
        text = text[: one.start] + one.text + text[one.end :]
    assert text == right
    assert [one.text for one in found if one.probability < UNCLEAR] == (doubted or [])


def test_a_short_form_that_is_right_is_no_other():
    found = [(one.start, one.end, one.text) for one in known_forms(line("- Công an (để p/h);", 0.6))]
    assert found == [(14, 17, "p/h")]


@cases("restored_figures/under_hand", read=str, right=str)
def test_the_printed_symbol_is_parted_from_the_hand_before_it(read, right):
    text = read
    for one in sorted(stroke_of_serial(line(read, 0.4)), key=lambda one: -one.start):
        text = text[: one.start] + one.text + text[one.end :]
    assert text == right


def test_the_type_of_a_symbol_under_a_hand_is_doubted():
    [reading] = stroke_of_serial(line("Số: 12 JKH-UBND", 0.4))
    assert (reading.text, reading.runner_up) == ("/KH", "JKH") and reading.probability < UNCLEAR
