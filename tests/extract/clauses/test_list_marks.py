"""The marks of lists in one line."""

import pytest

from pipeline.extract.clauses.list_marks import list_marks, marks_behind


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("(1) Mua sách; (2) Mở cửa", ["1", "2"]),
        ("Các việc: a) Mua sách; b) Mở cửa; c) Cho mượn", ["a", "b", "c"]),
        ("(i) Mua sách; (ii) Mở cửa", ["i", "ii"]),
        ("Theo khoản (2) và (3)", None),
        ("Mua sách (1)", None),
    ],
)
def test_marks_count_from_the_first(text, labels):
    found = list_marks(text)
    assert (found and [one["label"] for one in found]) == labels


@pytest.mark.parametrize(
    ("own", "text", "labels"),
    [
        ("i", "Mua sách; (ii) Mở cửa. (iii) Cho mượn.", ["ii", "iii"]),
        ("2", "Mua sách; (3) Mở cửa.", ["3"]),
        ("i", "Mua sách; (iii) Mở cửa.", []),
        ("1", "Mua sách theo khoản (2) Điều 5.", []),
        ("a", "Mua sách; (2) Mở cửa.", []),
    ],
)
def test_marks_behind_an_item_go_on_with_its_own(own, text, labels):
    assert [one["label"] for one in marks_behind(own, text)] == labels
