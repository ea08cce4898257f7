"""Every rule of figures with its examples: what it reads, and what it refuses."""

import pytest

from pipeline.extract.amounts.grammar import findings, grammar
from pipeline.extract.amounts.reading import show
from pipeline.extract.grammar import TokenizedText

RULES = {rule.id: rule for rule in grammar().rules}
READS = [(rule.id, text, shown) for rule in RULES.values() for text, shown in rule.reads.items()]
REFUSES = [(rule.id, text) for rule in RULES.values() for text in rule.refuses]
INNER = ("range", "rate", "number", "sided", "unitword")  # categories of parts of figures


def found(text: str) -> set[str]:
    return {one.rule.removeprefix("amounts.") for one in findings(TokenizedText(text))}


@pytest.mark.parametrize(("rule", "text", "shown"), READS, ids=[f"{rule}: {text}" for rule, text, _ in READS])
def test_an_example_of_a_rule_is_read(rule: str, text: str, shown: str) -> None:
    assert show(text) == shown


@pytest.mark.parametrize(("rule", "text", "shown"), READS, ids=[f"{rule}: {text}" for rule, text, _ in READS])
def test_it_is_the_rule_itself_that_reads_its_example(rule: str, text: str, shown: str) -> None:
    if not rule.startswith(INNER):
        assert rule in found(text)


@pytest.mark.parametrize(("rule", "text"), REFUSES, ids=[f"{rule}: {text}" for rule, text in REFUSES])
def test_a_rule_does_not_read_what_it_refuses(rule: str, text: str) -> None:
    assert rule not in found(text)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.startswith(("amount.", "refused.", "scale."))])
def test_a_rule_has_an_example(rule: str) -> None:
    assert RULES[rule].reads
