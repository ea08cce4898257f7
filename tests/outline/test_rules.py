"""What the data files say about titles."""

from pipeline.outline.rules import kind_of
from pipeline.schema import SectionKind
from tests.cases import cases


@cases("sections/titles", title=str, kind=SectionKind)
def test_a_title_says_what_its_section_is_about(title, kind):
    assert kind_of(title) is kind


@cases("sections/other_titles", title=str)
def test_other_titles_say_nothing(title):
    assert kind_of(title) is None
