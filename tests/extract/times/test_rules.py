"""The examples of the rules of times: each reads what it says there, and nothing where it refuses."""

import pytest

from pipeline.extract.grammar import TokenizedText
from pipeline.extract.times.cells import FIND_IN_CELLS
from pipeline.extract.times.reading import FIND, grammar
from pipeline.extract.times.showing import show

RULES = {rule.id: rule for rule in grammar().rules}
READS = [(rule.id, text, shown) for rule in RULES.values() for text, shown in rule.reads.items()]
REFUSES = [(rule.id, text) for rule in RULES.values() for text in rule.refuses]


def found(rule, text):
    category = RULES[rule].category
    together = next((one for one in (FIND, FIND_IN_CELLS) if category in one), (category,))
    return [one for one in grammar().read(TokenizedText(text), together) if one.rule == f"times.{rule}"]


@pytest.mark.parametrize(("rule", "text", "shown"), READS)
def test_an_example_is_read_by_its_rule(rule, text, shown):
    assert "; ".join(show(one.value) for one in found(rule, text)) == shown


@pytest.mark.parametrize(("rule", "text"), REFUSES)
def test_a_rule_makes_nothing_of_what_it_refuses(rule, text):
    assert found(rule, text) == []


def test_each_rule_has_an_example():
    assert [rule.id for rule in RULES.values() if not rule.reads] == []
