"""Times that come again, in words."""

import pytest

from pipeline.web.recurrences import recurrence_words


@pytest.mark.parametrize(
    ("rule", "vi", "en"),
    [
        ("FREQ=YEARLY", "hằng năm", "every year"),
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý", "every quarter"),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần", "every half year"),
        ("FREQ=MONTHLY;BYMONTHDAY=5", "hằng tháng, ngày 5", "every month, on the 5"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "hằng năm, ngày 30/11", "every year, on the 30/11"),
        ("FREQ=YEARLY;BYMONTH=1", "hằng năm, tháng 1", "every year, in month 1"),
        ("FREQ=WEEKLY;BYDAY=FR", "hằng tuần, thứ Sáu", "every week, on Friday"),
    ],
)
def test_usual_rules_are_said_as_a_clerk_says_them(rule, vi, en):
    assert (recurrence_words(rule, "vi"), recurrence_words(rule, "en")) == (vi, en)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=MONTHLY;BYDAY=2FR,4FR", "FREQ=MONTHLY;INTERVAL=5", "FREQ=YEARLY;BYSETPOS=1", "FREQ=MONTHLY;BYMONTHDAY=-1"],
)
def test_another_rule_stands_as_it_is(rule):
    assert recurrence_words(rule, "vi") == rule
