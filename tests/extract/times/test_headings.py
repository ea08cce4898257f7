"""Which times of headings hold for the items below."""

from datetime import date

import pytest

from pipeline.extract.times.headings import lends
from pipeline.extract.times.model import ParsedDeadline
from pipeline.schema import DeadlineKind


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Mục tiêu đến năm 2030:", True),
        ("Từ nay đến năm 2030, các sở tập trung vào các nội dung sau:", True),
        ("Phê duyệt kèm theo các mục tiêu đến năm 2030:", True),
        ("Phê duyệt Quy hoạch thư viện đến năm 2030 với các nội dung chính sau:", False),
        ("Ban hành Chính sách đọc sách đến năm 2030, gồm các nội dung như sau:", False),
    ],
)
def test_the_year_of_a_document_that_is_issued_is_of_its_name(text: str, held: bool) -> None:
    start = text.index("đến năm 2030")
    days = None, date(2030, 12, 31)
    assert lends(text, ParsedDeadline(start, start + 12, DeadlineKind.BY, *days, "../2030-12-31", rule="")) is held
