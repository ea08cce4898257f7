"""The examples of the rules of clauses: each reads what it says there, and nothing where it refuses."""

import pytest

from pipeline.extract.agencies.mentions import find
from pipeline.extract.clauses.model import show
from pipeline.extract.clauses.reading import FIND, grammar, marked, read_clauses
from pipeline.extract.tokens import spelled_out

RULES = {rule.id: rule for rule in grammar().rules}
READS = [(rule.id, text, shown) for rule in RULES.values() for text, shown in rule.reads.items()]
REFUSES = [(rule.id, text) for rule in RULES.values() for text in rule.refuses]


def found(rule, text):
    """The rules that read a text beside a rule, and what they make of it."""
    mentions = find(spelled_out(text))
    if RULES[rule].category in FIND:
        read = read_clauses(text, mentions)
        return [(one.rule, show(one)) for one in read.clauses] + [(one.rule, "nothing") for one in read.refused]
    tokens = marked(text, mentions)
    return [(one.rule, show(one.value)) for one in grammar().read(tokens, (RULES[rule].category,))]


@pytest.mark.parametrize(("rule", "text", "shown"), READS)
def test_an_example_is_read_with_its_rule(rule, text, shown):
    said = found(rule, text)
    assert f"clauses.{rule}" in {by for by, _ in said}
    assert "; ".join(dict.fromkeys(what for _, what in said)) == shown


@pytest.mark.parametrize(("rule", "text"), REFUSES)
def test_a_rule_makes_nothing_of_what_it_refuses(rule, text):
    assert f"clauses.{rule}" not in {by for by, _ in found(rule, text)}


def test_each_rule_has_an_example():
    assert [rule.id for rule in RULES.values() if not rule.reads] == []
