"""What the data files say about titles."""

import pytest

from pipeline.outline.rules import kind_of, says_deed
from pipeline.schema import SectionKind
from tests.cases import cases


@cases("sections/titles", title=str, kind=SectionKind)
def test_a_title_says_what_its_section_is_about(title, kind):
    assert kind_of(title) is kind


@cases("sections/other_titles", title=str)
def test_other_titles_say_nothing(title):
    assert kind_of(title) is None


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Sở Y tế mở lớp tập huấn", True),
        ("Các trường ký cam kết", True),
        ("Sở Y tế, 12 lớp", True),
        ("Bộ Tư lệnh Quân khu 9", False),
        ("Mặt trận Tổ quốc Việt Nam; các tổ chức, đoàn thể và cơ quan tổ chức có liên quan", False),
    ],
)
def test_a_name_that_goes_on_with_a_deed_or_a_figure_is_none(text, deed):
    assert says_deed(text) is deed
