"""What a name goes on with although nobody has seen it do so."""

from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from tests.cases import cases


@cases("agencies/remainders", text=str, name=str)
def test_a_name_goes_on_with_what_cannot_stand_behind_it(text, name):
    first = find(spelled_out(text))[0]
    assert text[first.start : first.end] == name
