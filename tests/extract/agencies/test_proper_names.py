"""Where a proper name ends."""

from pipeline.extract.agencies.proper_names import proper
from pipeline.extract.tokens import spelled_out
from tests.cases import cases


@cases("agencies/ends_of_names", text=str, name=str)
def test_a_name_goes_on_to_a_word_that_ends_it(text, name):
    found = spelled_out(text)
    end = proper(found, 0, 0)
    assert (text[: found[end - 1].end] if end else "") == name
