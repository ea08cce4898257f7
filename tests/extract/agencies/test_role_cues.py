"""The patterns of the words around agencies at their borders."""

from pipeline.extract.agencies import role_cues
from tests.cases import cases


@cases("cues/before", role=str, text=str, found=bool)
def test_a_cue_ends_right_before_the_agency(role, text, found):
    assert bool(role_cues.before(role).search(text)) is found


@cases("cues/behind", role=str, text=str, found=bool)
def test_a_cue_begins_right_behind_the_agency(role, text, found):
    assert bool(role_cues.after(role).match(text)) is found


@cases("cues/opening", text=str, opens=bool)
def test_an_item_may_open_with_the_lead(text, opens):
    assert bool(role_cues.lead_opening().match(text)) is opens


@cases("cues/subject", text=str, about=bool)
def test_little_may_stand_before_the_subject(text, about):
    assert bool(role_cues.subject().match(text)) is about
