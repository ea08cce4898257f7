"""Titles that are somebody."""

from pipeline.extract.agencies.people import titled_group
from pipeline.extract.tokens import spelled_out
from tests.cases import cases


@cases("agencies/titles", title=str, name=str | None)
def test_a_title_that_is_one_group(title, name):
    found = titled_group(spelled_out(title))
    assert (found and found.name) == name
