"""Capitals turned into names; phrases in tries."""

import pytest

from pipeline.extract.agencies.casing import from_capitals, match, matches, spaced
from pipeline.extract.agencies.lexicon import trie
from pipeline.extract.tokens import spelled_out
from tests.cases import cases

TREE = trie([("sở", "kind"), ("sở y tế", "name")])


@pytest.mark.parametrize(
    ("text", "found"), [("Sở Y tế", (3, "name")), ("Sở Y", (1, "kind")), ("Bộ Y tế", (0, None)), ("", (0, None))]
)
def test_the_longest_phrase_is_taken(text, found):
    assert match(TREE, spelled_out(text), 0) == found


def test_all_phrases_are_given_longest_first():
    assert matches(TREE, spelled_out("Sở Y tế"), 0) == [(3, "name"), (1, "kind")]


@cases("agencies/capitals", shouted=str, name=str)
def test_capitals_become_a_name(shouted, name):
    assert from_capitals(spelled_out(shouted)) == name


def test_no_space_stands_before_a_sign():
    assert spaced(["Văn", "hóa", ",", "Thể", "thao"]) == "Văn hóa, Thể thao"
