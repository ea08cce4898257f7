"""Titles that are somebody."""

import pytest

from pipeline.extract.agencies.people import titled_group, titled_people
from pipeline.extract.tokens import spelled_out
from tests.cases import cases


@cases("agencies/titles", title=str, name=str | None)
def test_a_title_that_is_one_group(title, name):
    found = titled_group(spelled_out(title))
    assert (found and found.name) == name


@pytest.mark.parametrize("words", ["Các", "5. Toàn thể các", "Giáo viên và các", "Các đồng chí", "Giáo viên,", "-"])
def test_a_title_of_which_the_rest_is_lost_is_nobody_more(words):
    assert len(titled_people(spelled_out(words))) <= 1
