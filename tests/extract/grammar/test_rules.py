"""The engine: what patterns match, what is made of it, and that reading stays linear."""

import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.grammar import Grammar, TokenizedText

CALENDAR = """
[words]
BY = ["trước", "chậm nhất là"]
[words.UNIT]
"năm" = "year"
"quý" = "quarter"

[day.printed]
match = "'ngày'? day:DAY '/' month:MONTH ('/' year:YEAR)?"
make = "day"

[time.by]
match = "BY point:day"
make = "by"

[time.listed]
match = "'các ngày' each:day (',' each:day)*"
make = "listed"

[time.every]
match = "'mỗi' unit:UNIT"
make = "every"
with = { factor = 2 }

[time.skipped]
match = "'xong' ..3 at:day"
make = "by"

[refused.budget]
match = "'ngân sách' WORD{0,1} 'mỗi năm'"
"""


def grammar(source: str = CALENDAR, **makers: object) -> Grammar:
    made = {
        "day": lambda day, month, year=None: (day, month, year) if day != 31 or month != 11 else None,
        "by": lambda point=None, at=None: ("by", point or at),
        "listed": lambda each: each,
        "every": lambda unit, factor: (unit, factor),
        **makers,
    }
    return Grammar("calendar", [tomllib.loads(source)], made)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def calendar() -> Grammar:
    return grammar()


def read(calendar: Grammar, text: str) -> list[tuple[str, str, object]]:
    found = calendar.read(TokenizedText(text), ("refused", "time"))
    return [(text[one.start : one.end], one.rule, one.value) for one in found]


def test_labelled_parts_become_the_arguments_of_the_maker(calendar: Grammar) -> None:
    assert read(calendar, "vào Trước ngày 15/8/2026.") == [
        ("Trước ngày 15/8/2026", "calendar.time.by", ("by", (15, 8, 2026)))
    ]


def test_a_label_that_can_stand_several_times_is_a_tuple(calendar: Grammar) -> None:
    assert read(calendar, "các ngày 1/2, 3/4/2025") == [
        ("các ngày 1/2, 3/4/2025", "calendar.time.listed", ((1, 2, None), (3, 4, 2025)))
    ]
    assert read(calendar, "các ngày 1/2") == [("các ngày 1/2", "calendar.time.listed", ((1, 2, None),))]


def test_a_class_gives_its_value_and_constants_go_along(calendar: Grammar) -> None:
    assert read(calendar, "mỗi quý") == [("mỗi quý", "calendar.time.every", ("quarter", 2))]


def test_a_rule_without_maker_claims_its_words_and_gives_no_value(calendar: Grammar) -> None:
    assert read(calendar, "ngân sách tỉnh mỗi năm") == [("ngân sách tỉnh mỗi năm", "calendar.refused.budget", None)]


def test_a_maker_that_gives_nothing_fails_its_rule(calendar: Grammar) -> None:
    assert read(calendar, "trước 31/11/2025") == []


def test_tokens_are_passed_over_up_to_the_end_of_a_sentence(calendar: Grammar) -> None:
    assert read(calendar, "xong cả đợt 1/2")[0][0] == "xong cả đợt 1/2"
    assert read(calendar, "xong đợt. Ngày 1/2") == []
    assert read(calendar, "xong 1 2 3 4 1/2") == []


def test_nothing_is_found_in_a_masked_stretch(calendar: Grammar) -> None:
    text = "trước ngày 15/8, trước 16/8"
    found = calendar.read(TokenizedText(text, [(0, 15)]), ("time",))
    assert [text[one.start : one.end] for one in found] == ["trước 16/8"]


@pytest.mark.parametrize(
    ("pattern", "text", "matched"),
    [
        ("^ 'a' !'b' ANY", "a c", "a c"),
        ("^ 'a' !'b' ANY", "a b", None),
        ("^ 'a' !'b' ANY", "c a c", None),
        ("<'đợt' DIGITS", "đợt 5", "5"),
        ("<!BY DIGITS", "chậm nhất là 5", None),
        ("<!BY DIGITS", "vào 5", "5"),
        ("NUMBER ~ '%'", "95,5%", "95,5%"),
        ("NUMBER ~ '%'", "95,5 %", None),
        ("NUMBER", "1.200.000", "1.200.000"),
        ("COUNT", "ba (03) ngày", "ba (03)"),
        ("COUNT 'xã'", "hai mươi lăm xã", "hai mươi lăm xã"),
        ("'quý' ROMAN $", "Quý IV", "Quý IV"),
        ("'quý' ROMAN $", "Quý IV năm", None),
        ("WORD{2,2} SIGN", "sở y tế:", "y tế:"),
        ("('a' | 'a b') 'c'", "a b c", None),  # a choice is not taken back
    ],
)
def test_a_pattern_matches(pattern: str, text: str, matched: str | None) -> None:
    source = f'words.BY = ["chậm nhất là"]\n[time.it]\nmatch = "{pattern}"'
    found = grammar(source).read(TokenizedText(text), ("time",))
    assert [text[one.start : one.end] for one in found] == ([] if matched is None else [matched])


def test_a_rule_may_hold_its_category_behind_another_token() -> None:
    source = "[time.it]\nmatch = \"'a' time? 'b'\""
    found = grammar(source).read(TokenizedText("a a b b"), ("time",))
    assert [(one.start, one.end) for one in found] == [(0, 7)]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('match = "NOTHING"', "no class, terminal or category is called 'NOTHING'"),
        ('match = "it"', "begins with itself"),
        ("match = \"'a'? it\"", "begins with itself"),
        ('match = "(A"', "expected at"),
        ('match = "\'a\'"\nmake = "unheard"', "no maker is called 'unheard'"),
        ('match = "\'a\'"\nmakes = "by"', "unknown makes"),
        ("match = \"<('a' | 'b') 'c'\"", "can stand behind '<'"),
    ],
)
def test_a_faulty_rule_is_named(rule: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"calendar.time.it|calendar.it.it.*{said}") as caught:
        grammar(f"[{'it' if 'itself' in said else 'time'}.it]\n{rule}")
    assert said in str(caught.value)


WORDS = ["trước", "ngày", "15", "/", "8", "2026", "các", ",", "ngân", "sách", "mỗi", "năm", "xong", ".", ";", "ư", "ﬁ"]


@given(st.lists(st.sampled_from(WORDS)))
def test_findings_are_in_order_and_inside_the_text(calendar: Grammar, words: list[str]) -> None:
    text = " ".join(words)
    at = 0
    for one in calendar.read(TokenizedText(text), ("refused", "time")):
        assert at <= one.start < one.end <= len(text)
        at = one.end


def test_reading_is_linear_in_the_length(calendar: Grammar) -> None:
    def cost(count: int) -> float:
        text = "các ngày 1/2, 3/4, xong trước ngày ngân sách tỉnh " * count
        started = time.process_time()
        calendar.read(TokenizedText(text), ("refused", "time"))
        return time.process_time() - started

    cost(100)
    assert cost(4000) < 12 * cost(1000)  # four times as long; sixteen times would be quadratic
