"""Metadata and legal basis, with differences planted one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.evaluate.record import compare_record, miss_record
from pipeline.evaluate.tally import DifferenceKind, Score, ScoredKind, Tally

Fields = dict[str, Any]
ALL = 10  # what the gold of conftest states: seven fields, two numbers of the basis, the recipients


@pytest.fixture
def recorded(models: Callable[..., Any], gold: Fields, plan: Fields) -> Callable[[], Score]:
    """The result for `gold` and `plan` as they are when it is called."""

    def run() -> Score:
        gold_plan, output = models(gold, plan)
        return compare_record(gold_plan.meta, output)

    return run


def test_all_right(recorded: Callable[[], Score]) -> None:
    assert recorded() == Score({ScoredKind.METADATA: Tally(ALL)})


@pytest.mark.parametrize("field", ["document_type", "number", "place"])
def test_wrong_value(recorded: Callable[[], Score], plan: Fields, field: str) -> None:
    plan["metadata"][field] = "khác"
    assert recorded().tallies[ScoredKind.METADATA] == Tally(ALL - 1, 1, 1)


@pytest.mark.parametrize("field", ["document_type", "number", "issuer", "issued_on", "place"])
def test_missing_value(recorded: Callable[[], Score], plan: Fields, field: str) -> None:
    plan["metadata"][field] = None
    assert recorded().tallies[ScoredKind.METADATA] == Tally(ALL - 1, 0, 1)


def test_missing_signer_misses_name_and_position(recorded: Callable[[], Score], plan: Fields) -> None:
    plan["metadata"]["signer"] = None
    assert recorded().tallies[ScoredKind.METADATA] == Tally(ALL - 2, 0, 2)


def test_difference_names_the_field(recorded: Callable[[], Score], plan: Fields) -> None:
    plan["metadata"]["issuer"] = {"name": "Hội đồng nhân dân tỉnh Hà Giang"}
    (one,) = recorded().differences
    expected = "Ủy ban nhân dân tỉnh Hà Giang"
    assert (one.quote, one.expected, one.got) == ("issuer", expected, "Hội đồng nhân dân tỉnh Hà Giang")


def test_number_of_the_basis_missed(recorded: Callable[[], Score], plan: Fields) -> None:
    del plan["legal_basis"][0]
    assert recorded().tallies[ScoredKind.METADATA] == Tally(ALL - 1, 0, 1)


@pytest.mark.parametrize(("number", "extra"), [("99/NQ-CP", 1), ("7/CT-TTg", 0), ("45/ QĐ–TTg", 0), (None, 0)])
def test_number_of_the_basis_added(recorded: Callable[[], Score], plan: Fields, number: str | None, extra: int) -> None:
    plan["legal_basis"].append(plan["legal_basis"][0] | {"number": number})
    assert recorded().tallies[ScoredKind.METADATA] == Tally(ALL, extra, 0)


def test_number_of_recipients(recorded: Callable[[], Score], plan: Fields) -> None:
    plan["metadata"]["recipients"].pop()
    assert recorded().tallies[ScoredKind.METADATA] == Tally(ALL - 1, 1, 1)


def test_value_the_gold_does_not_have_is_noted(recorded: Callable[[], Score], plan: Fields) -> None:
    plan["metadata"]["attached_to"] = "1/QĐ-UBND"
    result = recorded()
    assert result.tallies[ScoredKind.METADATA] == Tally(ALL)
    assert [one.what for one in result.differences] == [DifferenceKind.NOTE]


def test_without_an_output_all_is_missed(models: Callable[..., Any], gold: Fields, plan: Fields) -> None:
    assert miss_record(models(gold, plan)[0].meta) == Score({ScoredKind.METADATA: Tally(fn=ALL)})
