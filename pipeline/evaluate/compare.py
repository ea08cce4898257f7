"""Comparing one plan with its gold annotation.

Tasks and objectives are matched apart. A gold item that is missed counts as missed with its number and all it states; a
predicted item that matches nothing counts as wrong with all it states; one that matches an optional gold item does not
count, nor does its content.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.evaluate.gold import GoldItem, GoldPlan
from pipeline.evaluate.match import match, prepare_found, prepare_gold
from pipeline.evaluate.record import compare_record, miss_record
from pipeline.evaluate.scoring import add_item, judge_item, lose_item
from pipeline.evaluate.tables import compare_tables
from pipeline.evaluate.tally import Score, ScoredKind, Tally
from pipeline.evaluate.unmatched import Leftovers, explain
from pipeline.schema import Plan, Provision

_NOTHING = Score({kind: Tally() for kind in ScoredKind})


def compare(gold: GoldPlan, plan: Plan) -> Score:
    """Count what is right, wrong and missed in a plan, and list every difference.

    Args:
        gold: what is to be found.
        plan: what was found; its text helps to find gold items that are given by their first and last words.
    """
    result = _NOTHING + compare_record(gold.meta, plan)
    tasks, part = _compare_list(ScoredKind.TASKS, gold.tasks, gold.optional_tasks, plan.tasks, plan.text)
    result += part
    objectives, part = _compare_list(
        ScoredKind.OBJECTIVES, gold.objectives, gold.optional_objectives, plan.objectives, plan.text
    )
    if gold.tables is not None:
        part += compare_tables(gold.tables, plan)
    return result + part + Score({}, explain(tasks, objectives, gold.purposes))


def compare_missing(gold: GoldPlan) -> Score:
    """The counts where there is no output: everything is missed."""
    result = _NOTHING + miss_record(gold.meta)
    for kind, items in ((ScoredKind.TASKS, gold.tasks), (ScoredKind.OBJECTIVES, gold.objectives)):
        for item in items:
            result += Score({kind: Tally(fn=1)}) + lose_item(item)
    return result


def _compare_list(
    kind: ScoredKind,
    required: Sequence[GoldItem],
    optional: Sequence[GoldItem],
    provisions: Sequence[Provision],
    text: str,
) -> tuple[Leftovers, Score]:
    """One list of items: what matching leaves over; the counts, and the differences within matched items."""
    first = match(prepare_gold(required, text), prepare_found(provisions))
    second = match(prepare_gold(optional, text), first.extra)
    result = Score({kind: Tally(len(first.pairs), len(second.extra), len(first.missed))})
    for wanted, found in first.pairs:
        result += judge_item(wanted.item, found.provision)
    for wanted in first.missed:
        result += lose_item(wanted.item)
    for found in second.extra:
        result += add_item(found.provision)
    return Leftovers(kind, first.missed, second.extra, first.pairs + second.pairs), result
