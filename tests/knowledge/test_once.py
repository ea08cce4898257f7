"""No list of words stands in two files, and none in Python code."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from tests.knowledge.word_lists import WordList, in_code, in_data, plain

SHARED = 5  # words that two lists have in common, when these are
BIG = 0.5  # of the shorter list at least: then it stands in both files
IN_CODE = 8  # words in one tuple, set, list or dictionary of code: such a list is data
IN_PATTERN = 15  # words in one pattern of code
NAMES_OF_PLACES = "pipeline/knowledge/places/"  # of districts are those of their towns, of communes those of old ones

# Lists that must have words in common, and why.
ALLOWED = {
    ("agencies/groups.toml keys", "agencies/kinds.toml kind.words"): "a kind has a noun for many: Phòng, các phòng",
    ("agencies/groups.toml keys", "agencies/names.toml local"): "first words of names, with what may not follow them",
}
# Patterns of code that are rules, not lists: they become data when the rules do.
RULES = {"recurrences.py", "nouns.py", "place_phrases.py"}


def _stand_twice(one: WordList, other: WordList) -> bool:
    shared = len(one.words & other.words)
    return shared >= SHARED and shared >= BIG * min(len(one.words), len(other.words))


def _are_places(one: WordList, other: WordList) -> bool:
    return all(this.file.startswith(NAMES_OF_PLACES) and this.file.endswith(".csv") for this in (one, other))


def _pair(one: WordList, other: WordList) -> tuple[str, str]:
    names = (re.sub(r"\[\d+\]", "", str(this)).removeprefix("pipeline/knowledge/") for this in (one, other))
    first, second = sorted(names)
    return first, second


def test_no_list_of_words_stands_in_two_files():
    lists = [one for one in in_data() if one.plain and len(one.words) >= SHARED]
    twice = {
        _pair(one, other)
        for one, other in combinations(lists, 2)
        if one.file != other.file and not _are_places(one, other) and _stand_twice(one, other)
    }
    assert twice == set(ALLOWED)


def test_no_list_of_words_stands_in_code():
    long = [str(one) for one in in_code() if one.plain and len(one.words) >= IN_CODE]
    assert [one for one in long if not one.startswith("pipeline/language/")] == []  # what Vietnamese itself needs


def test_no_pattern_of_code_is_a_list_of_words():
    long = {Path(one.file).name for one in in_code() if not one.plain and len(one.words) > IN_PATTERN}
    assert long == RULES


@pytest.mark.parametrize(
    ("one", "other", "twice"),
    [
        (("sở", "bộ", "tỉnh", "xã", "huyện"), ("sở", "bộ", "tỉnh", "xã", "huyện"), True),
        (("sở", "bộ", "tỉnh", "xã", "huyện"), ("Sở", "Bộ", "Tỉnh", "Xã", "Huyện", "quận", "phường"), True),
        (("sở", "bộ", "tỉnh", "xã"), ("sở", "bộ", "tỉnh", "xã"), False),  # too few to be a list
        (tuple("ăâđêôơưàáảãạ"), tuple("ăâđêôèéẻẽẹìíỉĩị"), False),  # a small part of both
    ],
)
def test_lists_are_compared_by_what_they_share(one, other, twice):
    assert _stand_twice(plain("one", "", one), plain("other", "", other)) is twice
