"""The result of comparing two plans: a small contract of its own beside the plan's, with its own version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from pipeline.schema import Comparison as How
from pipeline.schema import Direction, Role
from pipeline.schema.evidence import ContractModel

COMPARISON_VERSION: Final = "1.0"
"""The version of the written form. A field added compatibly raises the minor number, anything else the major one."""


class TargetStatus(StrEnum):
    """What is found about a pair of targets."""

    AGREE = "agree"
    DIFFER = "differ"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


class ItemStatus(StrEnum):
    """What is found about a pair of tasks or of objectives, by its wording alone."""

    SAME = "same"
    REWORDED = "reworded"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


class TargetField(StrEnum):
    """The fields in which two matched targets can differ.

    A difference in `subject` is one of scope: one side names a level or kind that the other does not ("cấp tỉnh, cấp
    huyện" beside "cấp huyện"); other words alone are no difference.
    """

    SUBJECT = "subject"
    VALUE = "value"
    VALUE_MAX = "value_max"
    COMPARISON = "comparison"
    UNIT = "unit"
    OF = "of"
    PER = "per"
    DIRECTION = "direction"
    DUE = "due"
    BASELINE = "baseline"


class Identity(ContractModel):
    """Names the plan on one side."""

    plan_id: str = Field(description="as in the plan")
    number: str | None = Field(description="as in the plan's record")
    attached_to: str | None = Field(description="the decision the plan is issued with")
    title: str | None = Field(description="trích yếu")
    province: str | None = Field(description="name as of the plan's date; null for a central agency")
    issued_on: date | None = Field(description="ISO date")


class TargetSide(ContractModel):
    """A target of one plan: what it is compared by, and where it is printed."""

    id: str = Field(description='the item\'s id, "#" and the position among the item\'s targets, from 1: "II.2-1#3"')
    item: str = Field(description="id of the task or objective it stands in")
    number: str | None = Field(description="printed path of that item")
    heading: str | None = Field(description="the lowest heading above it")
    text: str = Field(description="the figure as printed")
    subject: str | None = Field(description="what is counted or measured")
    statement: str = Field(description="the clause the figure stands in")
    value: float | int = Field(description="the figure; the lower end of a range")
    value_max: float | int | None = Field(description="the upper end of a range")
    comparison: How = Field(description="=, >=, <= or ~")
    unit: str | None = Field(description='"%" or the counted noun')
    of: float | int | None = Field(description='9 in "4/9"')
    per: str | None = Field(description='"year" for "mỗi năm"')
    direction: Direction = Field(description="reach, increase or decrease")
    due: str | None = Field(description="year or ISO date")
    baseline: str | None = Field(description="what it is measured against, as printed")
    page: int | None = Field(description="page number from 1; null where the source has no pages")
    quote: str = Field(description="the exact text of the plan at its place")


class ItemSide(ContractModel):
    """A task or an objective of one plan."""

    id: str = Field(description="as in the plan")
    number: str | None = Field(description="printed path")
    heading: str | None = Field(description="the lowest heading above it")
    text: str = Field(description="one paragraph, restored Vietnamese")
    page: int | None = Field(description="page number from 1; null where the source has no pages")
    quote: str = Field(description="the exact text of the plan at its place, line breaks included")


class ContainingItem(ContractModel):
    """The longer item of the other plan that says, among other things, what this one says."""

    kind: Literal["objective", "task"] = Field(description="what the item is in its plan")
    id: str = Field(description="its id in its plan")


class TargetPair(ContractModel):
    """A target of both plans, or a target of one plan without a counterpart in the other."""

    status: TargetStatus = Field(description="agree, differ, only_a or only_b")
    a: TargetSide | None = Field(description="null for only_b")
    b: TargetSide | None = Field(description="null for only_a")
    differences: list[TargetField] = Field(description="what the two differ in; empty unless they differ")
    similarity: float | None = Field(description="how alike what they count is, 0 to 1; null without a counterpart")


class RoleDifference(ContractModel):
    """The agencies that only one side names in a role; place names in agencies' names are ignored."""

    role: Role = Field(description="lead, responsible, cooperating, directed or reports_to")
    only_a: list[str] = Field(description="full names as in plan a")
    only_b: list[str] = Field(description="full names as in plan b")


class DeadlineDifference(ContractModel):
    """The deadlines that only one side states; compared by first day, last day and recurrence."""

    only_a: list[str] = Field(description="as printed in plan a")
    only_b: list[str] = Field(description="as printed in plan b")


class TargetDifference(ContractModel):
    """The targets of the two items that do not agree; ids as in `targets`."""

    only_a: list[str] = Field(description="targets of a that differ from their counterpart, or have none")
    only_b: list[str] = Field(description="targets of b that differ from their counterpart, or have none")


class ItemDifferences(ContractModel):
    """How two matched items differ besides their words."""

    agencies: list[RoleDifference] = Field(description="one entry a role that differs")
    deadlines: DeadlineDifference | None = Field(description="null where they agree")
    targets: TargetDifference | None = Field(description="null where they agree")

    @property
    def any(self) -> bool:
        """Whether there is a difference."""
        return bool(self.agencies) or self.deadlines is not None or self.targets is not None


class ItemPair(ContractModel):
    """A task or objective of both plans, or one without a counterpart in the other."""

    status: ItemStatus = Field(description="same or reworded, by the words alone; only_a or only_b")
    a: ItemSide | None = Field(description="null for only_b")
    b: ItemSide | None = Field(description="null for only_a")
    differences: ItemDifferences | None = Field(description="null without a counterpart")
    similarity: float | None = Field(description="how alike the two are, 0 to 1; null without a counterpart")
    within: ContainingItem | None = Field(
        description="for only_a and only_b: the longer item of the other plan that says this too, if any"
    )


class Counts(ContractModel):
    """The number of pairs of each status."""

    targets: dict[TargetStatus, int] = Field(description="agree, differ, only_a, only_b")
    objectives: dict[ItemStatus, int] = Field(description="same, reworded, only_a, only_b")
    tasks: dict[ItemStatus, int] = Field(description="same, reworded, only_a, only_b")


class PlanComparison(ContractModel):
    """Two plans side by side; every target, objective and task of both stands in it once.

    Rows follow plan a; what only plan b has stands behind what it follows there.
    """

    comparison_version: Literal["1.0"] = Field(default=COMPARISON_VERSION, description="version of this form")
    a: Identity = Field(description="the first plan")
    b: Identity = Field(description="the second plan")
    legal_basis: list[str] = Field(description="numbers of the documents that both rest on or carry out, sorted")
    counts: Counts = Field(description="how many pairs of each status")
    targets: list[TargetPair] = Field(description="targets, of objectives and of tasks")
    objectives: list[ItemPair] = Field(description="objectives")
    tasks: list[ItemPair] = Field(description="tasks")


def comparison_json(comparison: PlanComparison) -> str:
    """Write a comparison as JSON: UTF-8 letters, indented, keys in the order of the fields."""
    return comparison.model_dump_json(indent=2) + "\n"


def in_order(made: Sequence[tuple[int, int]], of_a: int, of_b: int) -> list[tuple[int | None, int | None]]:
    """Put the members of two lists in the order of the rows of a comparison.

    Args:
        made: the pairs, as places in list a and in list b.
        of_a: the length of list a.
        of_b: the length of list b.

    Returns:
        Rows of places in a and in b, None for no counterpart: in order of a, what only b has behind what it follows in
        b.
    """
    partner = dict(made)
    taken = {b: a for a, b in made}
    behind: dict[int | None, list[int]] = {}
    last: int | None = None
    for b in range(of_b):
        if b in taken:
            last = taken[b]
        else:
            behind.setdefault(last, []).append(b)
    rows: list[tuple[int | None, int | None]] = [(None, b) for b in behind.get(None, [])]
    for a in range(of_a):
        rows.append((a, partner.get(a)))
        rows.extend((None, b) for b in behind.get(a, []))
    return rows
