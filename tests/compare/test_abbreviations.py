"""Abbreviations that a plan explains."""

from pipeline.compare import compare
from pipeline.compare.abbreviations import explained, write_out
from tests.compare.making import item, plan

FULL = "Kiểm soát chặt chẽ các thủ tục hành chính (TTHC) mới ban hành"


def test_letters_that_begin_the_words_before_them_stand_for_these() -> None:
    assert explained(plan(item("I.1", FULL))) == {"TTHC": "thủ tục hành chính"}
    assert explained(plan(item("I.1", "Quản lý tài sản công (TTHC)"))) == {}
    assert explained(plan(item("I.1", "dịch vụ công (sau đây gọi tắt là DVC)"))) == {"DVC": "dịch vụ công"}
    assert explained(plan(item("I.1", "dịch vụ công (gọi tắt là DVC)"))) == {"DVC": "dịch vụ công"}


def test_what_stands_for_two_things_stands_for_none() -> None:
    other = plan(item("I.1", "xây dựng trung tâm hội chợ (TTHC)"))
    assert explained(plan(item("I.1", FULL)), other) == {}


def test_abbreviations_are_written_out_and_their_explanation_is_left_out() -> None:
    words = [("TTHC", "thủ tục hành chính")]
    assert write_out("Công bố TTHC", words) == "Công bố thủ tục hành chính"
    assert write_out(FULL, words) == FULL.replace(" (TTHC)", "")


def test_what_one_plan_abbreviates_is_what_the_other_writes_out() -> None:
    a = plan(item("I.1", FULL), item("I.2", "Công bố công khai các TTHC của Bộ"))
    b = plan(item("I.1", "Công bố công khai các thủ tục hành chính của Bộ"))
    assert [(one.status, one.a.id) for one in compare(a, b).tasks if one.a and one.b] == [("same", "I.2")]
