"""Where names end, by how names go on in texts."""

import pytest

from pipeline.extract.agencies.endings import Endings, endings, stands_behind, words_of
from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.agencies import CountBehind
from tests.cases import cases


@cases("agencies/ending_words", syllable=str, stops=bool)
def test_words_of_grammar_are_small_between_names(syllable, stops):
    assert endings().is_small(syllable) is stops


@cases("agencies/verbs_behind", name=str, behind=list[str])
def test_a_name_ends_where_a_verb_begins_whatever_the_verb_is(name, behind):
    texts = [f"{name} {words}" for words in behind]
    found = [find(spelled_out(text)) for text in texts]
    assert [text[one[0].start : one[0].end] for text, one in zip(texts, found, strict=True)] == [name] * len(texts)


@cases("agencies/whole_names", text=str, names=list[str])
def test_names_are_found_whole(text, names):
    assert [text[one.start : one.end] for one in find(spelled_out(text))] == names


def model():
    names = [(words_of("vụ pháp chế"), 9), (words_of("vụ kế hoạch tài chính"), 5)]
    return Endings(names, {("chủ", "trì"): CountBehind(9, 9)}, {})


@pytest.mark.parametrize(
    ("before", "last", "word", "behind", "more"),
    [
        ("vụ", "pháp", "chế", "chủ", True),
        ("pháp", "chế", "chủ", "trì", False),
        ("kế", "hoạch", "tài", "chính", True),
        ("pháp", "chế", "lạ", "lùng", False),
        ("pháp", "chế", "lạ", None, False),
    ],
)
def test_a_name_goes_on_with_what_names_go_on_with(before, last, word, behind, more):
    assert model().goes_on(before, last, word, behind) is more


def test_a_name_that_nobody_has_seen_ends_at_a_word_in_small_letters():
    assert not Endings([], {}, {}).goes_on("^", "vụ", "pháp", None)


@pytest.mark.parametrize(("text", "behind"), [("chủ trì", True), ("Chủ trì", False), ("kinh tế", False), ("(", False)])
def test_words_stand_behind_names_or_in_them(text, behind):
    assert stands_behind(spelled_out(text), 0) is behind


def test_numbers_are_all_the_same():
    assert words_of("thuế cơ sở 5, 12") == ["thuế", "cơ", "sở", "#", ",", "#"]
