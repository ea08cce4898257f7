"""Times that are reckoned from something that is no date."""

import pytest

from pipeline.extract.times.relative import relative, relative_times


@pytest.mark.parametrize(
    ("text", "count", "unit", "start"),
    [
        ("10 ngày làm việc kể từ ngày ban hành", 10, "working_day", "ngày ban hành"),
        ("trong vòng ba (03) ngày làm việc, kể từ khi nhận hồ sơ", 3, "working_day", "nhận hồ sơ"),
        ("trước 5 ngày trước kỳ họp", 5, "day", "trước kỳ họp"),
        ("sau 6 tháng kể từ ngày có hiệu lực, báo cáo", 6, "month", "ngày có hiệu lực"),
    ],
)
def test_count_unit_and_start_are_read(text, count, unit, start):
    found = relative(text)
    assert (found.count, found.unit, found.from_) == (count, unit, start)


@pytest.mark.parametrize("text", ["trước ngày 30/11", "10 ngày", "0 ngày kể từ ngày ban hành", "khi có yêu cầu"])
def test_other_times_are_none(text):
    assert relative(text) is None


def test_in_a_sentence_it_stands_with_the_words_before_it():
    text = "Gửi báo cáo trong vòng 10 ngày làm việc kể từ ngày ban hành, và mua sách."
    assert [text[one.start : one.end] for one in relative_times(text, [])] == [
        "trong vòng 10 ngày làm việc kể từ ngày ban hành"
    ]


def test_what_was_put_into_dates_is_not_read_again():
    text = "Gửi báo cáo trong vòng 10 ngày kể từ ngày 5/3/2023."
    assert relative_times(text, [(text.index("ngày 5/3"), len(text) - 1)]) == []
