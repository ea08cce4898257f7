"""No list of words stands in two files, be it data, a list of code, or the alternatives of a pattern."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

import pytest

from pipeline.knowledge.agencies import continuations
from pipeline.knowledge.passages import figure_words, word_uses
from pipeline.language.folding import fold
from tests.knowledge.word_lists import WordList, in_code, in_data, pattern, plain

SHARED = 4  # words that two lists have in common, when these are
BIG = 0.5  # of the shorter list at least: then it stands in both files
IN_CODE = 5  # words in one tuple, set, list or dictionary of code: such a list is data
IN_PATTERN = 7  # words in one pattern of code
# Words that sentences of any kind are made of do not tell what a list is of: those of grammar and of orders, and units
# of time.
BEHIND_NAMES = {" ".join(words) for words, seen in continuations().behind.items() if seen.names >= 100}
UNITS_OF_TIME = {"ngày", "tuần", "tháng", "quý", "năm", "giờ", "lần", "kỳ"}
AROUND_FIGURES = {*figure_words().among, *figure_words().attribute}
ANYWHERE = frozenset({*map(fold, word_uses()), *AROUND_FIGURES, *BEHIND_NAMES, *UNITS_OF_TIME})
GRAMMAR = "passages/words.toml keys"
NAMES_OF_PLACES = "pipeline/knowledge/places/"  # of districts are those of their towns, of communes those of old ones

# Lists that must have words in common, and why. A pattern that is a rule has the words it was measured with: it is not
# made from a list that is longer.
ALLOWED = {
    (
        "extract/times/rules/refusals.toml words.MEETINGS",
        "extract/times/rules/relative.toml time.reckoned-ahead.match",
    ): "where something was said; before what a time is reckoned",
    (
        "documents/numerals.toml numbered",
        "extract/amounts/rules/refused.toml words.NUMBERED",
    ): "what Roman numerals stand behind; what bears a number",
    (
        "documents/parts.toml before_part",
        "extract/amounts/rules/refused.toml words.NUMBERED",
    ): "whose number the next line begins with; what bears a number",
    ("documents/parts.toml before_part", "passages/tasks.toml no_order"): "at the end of a line; what only cites",
    ("agencies/groups.toml keys", "agencies/kinds.toml kind[village].words"): "nouns of many; kinds of one",
    ("agencies/kinds.toml kind[village].words", "agencies/names.toml called"): "kinds; whose names are all in capitals",
    ("agencies/persons.toml posts", "agencies/posts.toml keys"): "before names of persons; in place of an agency",
    (
        "agencies/names.toml handed",
        "extract/clauses/rules/clauses.toml words.INSTRUMENT",
    ): "what is handed; what is led",
    (
        "agencies/names.toml handed",
        "extract/clauses/rules/clauses.toml words.PAPER",
    ): "what is handed; what is passed on",
    ("documents/columns.toml products", "extract/clauses/rules/clauses.toml words.PAPER"): "headers; what is passed on",
    ("extract/clauses/rules/clauses.toml words.DOES", "passages/figures.toml verb"): "what bodies do; verbs of figures",
    ("agencies/names.toml handed", "passages/cells.toml refers"): "what bodies are handed; what a cell refers to",
    ("agencies/names.toml within", "agencies/persons.toml given"): "what parts of agencies begin with; of persons",
    ("agencies/abbreviations.toml issuers =", "passages/cells.toml owners"): "what symbols mean; what begins an owner",
    ("agencies/groups.toml keys", "agencies/names.toml local"): "first words of names, with what may not follow them",
    ("agencies/groups.toml keys", "passages/cells.toml owners"): "what begins the name of an owner of units",
    (
        "agencies/groups.toml keys",
        "passages/doubts.toml reports_to",
    ): "who is reported to, by the first word of its name",
    (
        "agencies/names.toml deeds",
        "extract/clauses/rules/clauses.toml words.ALSO_DIRECTS",
    ): "duties of people; of bodies",
    (
        "agencies/names.toml deeds",
        "extract/clauses/rules/refusals.toml refused.looked-at.match",
    ): "duties of people; what is done about what others do",
    ("agencies/names.toml deeds", "passages/tasks.toml calls"): "duties of people; calls to carry out a plan",
    (
        "extract/clauses/rules/refusals.toml words.DONE_TO",
        "passages/figures.toml verb",
    ): "what is done to a body; what orders do to a figure",
    ("agencies/names.toml local", "passages/cells.toml owners"): "what begins a local name; that of an owner of units",
    ("agencies/names.toml staff", "agencies/persons.toml posts"): "with a field of work in a title; what a person is",
    ("agencies/names.toml staff", "documents/columns.toml role[responsible].patterns"): "in titles; in headers",
    (
        "agencies/persons.toml titles",
        "extract/clauses/rules/clauses.toml words.BETWEEN",
    ): "before names of persons; between an order and a post",
    ("agencies/persons.toml posts", "passages/tasks.toml seat"): "posts of persons; seats in a body that is set up",
    ("agencies/posts.toml keys", "passages/tasks.toml seat"): "posts; seats in a body that is set up, before a colon",
    ("agencies/persons.toml posts", "passages/tasks.toml member"): "posts of persons; seats in a body that is set up",
    (
        "documents/columns.toml captions",
        "extract/tables/references.py _KIND",
    ): "four of the words for tables have numbers",
    ("documents/columns.toml counted", "passages/figures.toml head"): "in headers; what a figure measures",
    (
        "documents/columns.toml times",
        "extract/times/rules/cells.toml words.TIME_WORDS",
    ): "what a cell that says a time begins with, to tell it from others; what such a cell holds",
    (
        "documents/columns.toml times",
        "extract/times/rules/refusals.toml describing.current.match",
    ): "times of the work that is to be done; of what is described",
    (
        "documents/columns.toml figure",
        "extract/amounts/rules/figures.toml words.COMPARED",
    ): "before a cell's figure; what changes",
    (
        "documents/columns.toml group_rows",
        "documents/numbering.toml style[named].pattern",
    ): "rows over a table; what bears a number",
    ("documents/columns.toml role[work].patterns", "documents/numbering.toml style[named].pattern"): "headers; marks",
    (
        "documents/numbering.toml style[named].pattern",
        "extract/clauses/rules/clauses.toml words.INSTRUMENT",
    ): "what bears a number; what somebody leads",
    (
        "extract/clauses/rules/about.toml words.GROUND",
        "passages/tasks.toml ground",
    ): "lead-ins; what stands before who acts",
    ("documents/numbering.toml style[named].pattern", "documents/sections.toml kind[task].patterns"): "marks; titles",
    ("documents/sections.toml kind[objective].patterns", "passages/tasks.toml aim"): "titles; before a colon",
    ("documents/sections.toml kind[objective].patterns", "passages/tasks.toml aims_below"): "titles; lead-ins",
    (
        "extract/clauses/rules/clauses.toml role.approves.match",
        "passages/tasks.toml no_order",
    ): "who agrees to what others do; a sentence that only agrees",
    ("documents/columns.toml group_rows", "documents/sections.toml kind[task].patterns"): "rows over a table; titles",
    (
        "documents/columns.toml money_units",
        "extract/amounts/rules/figures.toml words.SCALE",
    ): "in headers and captions; behind figures",
    (
        "documents/columns.toml role[money].patterns",
        "extract/amounts/rules/figures.toml words.SCALE",
    ): "in headers and captions; behind figures",
    (
        "extract/times/rules/recurrences.toml words.GIVES",
        "passages/figures.toml verb",
    ): "what is given again and again; what else orders do to a figure",
    ("documents/parts.toml shared_labels", "extract/clauses/rules/clauses.toml role.label.match"): "lines; roles",
    ("documents/parts.toml shared_lines", "extract/clauses/rules/clauses.toml role.label.match"): "lines; roles",
    ("documents/parts.toml asks_who_acts", "extract/clauses/rules/clauses.toml role.label.match"): "lines; roles",
    ("documents/columns.toml role[responsible].patterns", "documents/parts.toml shared_labels"): "headers; lines",
    (
        "documents/columns.toml role[responsible].patterns",
        "extract/clauses/rules/clauses.toml role.label.match",
    ): "headers; roles",
    ("documents/columns.toml role[responsible].patterns", "documents/parts.toml asks_who_acts"): "headers; lines",
    ("documents/columns.toml role[cooperating].patterns", "documents/parts.toml asks_who_helps"): "headers; lines",
    (
        "extract/amounts/rules/figures.toml words.APART",
        "places/levels.toml words",
    ): "what bears a number; whose level is told",
    (
        "extract/amounts/rules/figures.toml words.PER",
        "passages/figures.toml event",
    ): "what a figure is reckoned per; held, whoever orders it",
    ("agencies/groups.toml keys", "agencies/names.toml alone"): "what a class is of; bodies that stand without a name",
    ("documents/parts.toml asks_who_acts", "passages/tasks.toml who_alone"): "labels of lines; items of names alone",
    ("documents/parts.toml shared_lines", "passages/tasks.toml who_alone"): "labels of lines; items of names alone",
    (
        "documents/parts.toml time_lines",
        "extract/times/rules/refusals.toml describing.current.match",
    ): "lines of nothing but a time; times of what is described",
    (
        "documents/columns.toml role[responsible].patterns",
        "extract/clauses/rules/clauses.toml role.ordered-label.match",
    ): "headers; roles",
    ("documents/columns.toml captions", "documents/parts.toml aside_lines"): "captions; lines that point to them",
    ("documents/columns.toml role[monitor].patterns", "documents/parts.toml aside_lines"): "headers; lines",
    ("documents/columns.toml part_of_day", "extract/times/rules/bounds.toml words.SESSIONS"): "rows alone; in times",
    ("documents/columns.toml times", "documents/parts.toml period_titles"): "columns; lines that are only a time",
    ("documents/numbering.toml style[named].pattern", "passages/tasks.toml approved_below"): "counted; announced",
    ("documents/numbering.toml style[named].pattern", "passages/tasks.toml named_below"): "counted; announced",
    ("documents/parts.toml aside_lines", "passages/tasks.toml fact"): "lines of an item; facts of a project",
    ("documents/parts.toml aside_lines", "passages/tasks.toml described_as"): "lines of an item; facts of a project",
    ("documents/columns.toml held", "extract/times/rules/bounds.toml words.SESSIONS"): "a day in a cell; its parts",
    ("documents/columns.toml role[work].patterns", "documents/sections.toml kind[task].patterns"): "headers; titles",
    ("documents/parts.toml authorities", "passages/cells.toml owners"): "who decides; what begins an owner of units",
    (
        "export/aknbody.py _WORDS",
        "extract/amounts/rules/refused.toml words.NUMBERED",
    ): "what bears a number; what four of them are in Akoma Ntoso",
    (
        "extract/amounts/rules/figures.toml words.COMPARED",
        "extract/times/rules/relative.toml words.LEAST",
    ): "signs of a figure; the least of a time",
    (
        "extract/amounts/rules/figures.toml words.COUNTED",
        "extract/metadata.py _with_place",
    ): "counted in words; parts of other rules",
    (
        "extract/amounts/rules/figures.toml words.COUNTED",
        "passages/figures.toml event",
    ): "counted in words; held, whoever orders it",
    (
        "extract/amounts/rules/figures.toml words.PER",
        "extract/metadata.py _with_place",
    ): "what a figure is reckoned per; within a name",
    ("extract/metadata.py _with_place", "passages/cells.toml levels"): "within a name; at its end, with the State's",
    ("extract/metadata.py _with_place", "places/levels.toml words"): "an issuer of a town gets its province's name too",
    ("passages/cells.toml levels", "places/levels.toml words"): "what ends a name that needs no owner beside it",
}
# Patterns of code with many words that are rules, not lists, and what they are of.
RULES = {
    "outline/table_nodes.py _TOTAL": "a line of sums: what is summed, over what",
    "register/place_phrases.py _QUALIFIED": "qualifiers as they combine, those of agencies/names.toml among them",
}


def _name(one: WordList) -> str:
    return re.sub(r"\[\d+\]", "", str(one)).removeprefix("pipeline/").removeprefix("knowledge/")


def _stand_twice(one: WordList, other: WordList) -> bool:
    shared = len(one.words & other.words)
    return shared >= SHARED and shared >= BIG * min(len(one.words), len(other.words))


def _are_places(one: WordList, other: WordList) -> bool:
    """Whether two lists are columns of places, or one is the column that says the level of each."""
    columns = [this for this in (one, other) if this.file.startswith(NAMES_OF_PLACES) and this.file.endswith(".csv")]
    return len(columns) == 2 or any(this.at == "kind" for this in columns)


def _twice(lists: Iterable[WordList]) -> dict[tuple[str, str], frozenset[str]]:
    """The pairs of lists of different files that are the same list, by their names, with the words they share."""
    telling = [replace(one, words=one.words - ANYWHERE) for one in lists if _name(one) != GRAMMAR]
    found: dict[tuple[str, str], frozenset[str]] = {}
    for one, other in combinations([one for one in telling if len(one.words) >= SHARED], 2):
        if one.file != other.file and not _are_places(one, other) and _stand_twice(one, other):
            first, second = sorted((_name(one), _name(other)))
            found[first, second] = one.words & other.words
    return found


def test_no_list_of_words_stands_in_two_files():
    assert set(_twice([*in_data(), *in_code()])) == set(ALLOWED)


def test_no_list_of_words_stands_in_code():
    long = {_name(one) for one in in_code() if one.plain and len(one.words - ANYWHERE) >= IN_CODE}
    assert {one for one in long if not one.startswith("language/")} == set()  # what Vietnamese itself needs


def test_no_pattern_of_code_is_a_list_of_words():
    long = {_name(one) for one in in_code() if not one.plain and len(one.words - ANYWHERE) >= IN_PATTERN}
    assert long == set(RULES)


@pytest.mark.parametrize(
    ("one", "other", "twice"),
    [
        (("sở", "bộ", "tỉnh", "huyện"), ("sở", "bộ", "tỉnh", "huyện"), True),
        (("sở", "bộ", "tỉnh", "huyện"), ("Sở", "Bộ", "Tỉnh", "Xã", "Huyện", "quận", "phường"), True),
        (("sở", "bộ", "tỉnh"), ("sở", "bộ", "tỉnh"), False),  # too few to be a list
        (("năm", "của", "đến", "và"), ("năm", "của", "đến", "và"), False),  # they stand in every sentence
        (tuple("ăâđêôơưàáảãạ"), tuple("ăâđêôèéẻẽẹìíỉĩị"), False),  # a small part of both
    ],
)
def test_lists_are_compared_by_what_they_share(one, other, twice):
    assert bool(_twice([plain("one", "", one), plain("other", "", other)])) is twice


def test_patterns_are_compared_with_lists_and_with_patterns():
    words = plain("pipeline/knowledge/places/levels.toml", "words", ("huyện", "quận", "thị xã", "xã", "phường"))
    one = pattern("pipeline/extract/a.py", "_LEVEL", ["(?:huyện|quận|thị xã|xã)\\b"])
    other = pattern("pipeline/register/b.py", "_level", ["^(?:xã|thị xã|quận|huyện) "])
    assert {pair for pair in _twice([words, one, other])} == {
        ("extract/a.py _LEVEL", "places/levels.toml words"),
        ("places/levels.toml words", "register/b.py _level"),
        ("extract/a.py _LEVEL", "register/b.py _level"),
    }
