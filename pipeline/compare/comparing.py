"""Comparing two plans as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Literal, TypeVar

import numpy as np

from pipeline.compare import items, targets
from pipeline.compare.abbreviations import explained
from pipeline.compare.items import ComparableItem
from pipeline.compare.model import (
    ContainingItem,
    Counts,
    DeadlineDifference,
    Identity,
    ItemDifferences,
    ItemPair,
    ItemSide,
    ItemStatus,
    PlanComparison,
    RoleDifference,
    TargetDifference,
    TargetPair,
    TargetSide,
    TargetStatus,
    in_order,
)
from pipeline.compare.pairing import Candidate
from pipeline.compare.places import PlaceNames, places
from pipeline.compare.similarity import GramIndex
from pipeline.compare.targets import ComparableTarget
from pipeline.language.folding import folded
from pipeline.schema import Deadline, Plan, Provision, Role

_DIGITS = 4  # of a similarity
_Status = TypeVar("_Status", bound=StrEnum)


def compare(a: Plan, b: Plan) -> PlanComparison:
    """Find what two plans have in common, and what only one of them has.

    The same plans give the same comparison; with the sides swapped the same pairs are found.

    Args:
        a: the plan whose order the result follows.
        b: the other plan.
    """
    return _Comparing(a, b).comparison()


class _Comparing:
    """The work on two plans: their items and targets ready for comparing, and the pairs of targets."""

    def __init__(self, a: Plan, b: Plan) -> None:
        self.plans = (a, b)
        short = explained(a, b)
        self.places = (places(a, short), places(b, short))
        self.objectives = tuple(
            items.items(plan.objectives, where) for plan, where in zip(self.plans, self.places, strict=True)
        )
        self.tasks = tuple(items.items(plan.tasks, where) for plan, where in zip(self.plans, self.places, strict=True))
        self.targets = [_target_pair(*pair) for pair in _targets(self.plans, self.places)]
        self.unlike = tuple(_unlike(self.targets, side) for side in ("a", "b"))

    def comparison(self) -> PlanComparison:
        """The whole."""
        objectives = self.pairs("objectives", self.objectives)
        tasks = self.pairs("tasks", self.tasks)
        a, b = self.plans
        return PlanComparison(
            a=_identity(a),
            b=_identity(b),
            legal_basis=sorted(_basis(a) & _basis(b)),
            counts=Counts(
                targets=_count(TargetStatus, (pair.status for pair in self.targets)),
                objectives=_count(ItemStatus, (pair.status for pair in objectives)),
                tasks=_count(ItemStatus, (pair.status for pair in tasks)),
            ),
            targets=self.targets,
            objectives=objectives,
            tasks=tasks,
        )

    def pairs(self, kind: Literal["objectives", "tasks"], sides: tuple[list[ComparableItem], ...]) -> list[ItemPair]:
        """The rows of one kind of item."""
        of_a, of_b = sides
        found = {(one.a, one.b): one for one in items.match(of_a, of_b)}
        rows = in_order(list(found), len(of_a), len(of_b))
        lost_a = [one for one, other in rows if one is not None and other is None]
        lost_b = [other for one, other in rows if other is not None and one is None]
        in_b = self._elsewhere([of_a[at] for at in lost_a], 1)
        in_a = self._elsewhere([of_b[at] for at in lost_b], 0)
        where_a, where_b = dict(zip(lost_a, in_b, strict=True)), dict(zip(lost_b, in_a, strict=True))
        made = []
        for at, other in rows:
            if at is not None and other is not None:
                made.append(self._pair(of_a[at], of_b[other], found[at, other]))
            elif at is not None:
                made.append(_alone(ItemStatus.ONLY_A, of_a[at], where_a[at]))
            elif other is not None:
                made.append(_alone(ItemStatus.ONLY_B, of_b[other], where_b[other]))
        return made

    def _elsewhere(self, lost: Sequence[ComparableItem], side: int) -> list[ContainingItem | None]:
        """For each item without a counterpart the item of the other plan that says it among other things."""
        objectives, tasks = self.objectives[side], self.tasks[side]
        whole = [*objectives, *tasks]
        if not lost or not whole:
            return [None] * len(lost)
        text = GramIndex([one.text for one in lost], [one.text for one in whole])
        found: list[ContainingItem | None] = []
        for at, one in enumerate(lost):
            share = np.nan_to_num(text.within_b(at))
            best = int(np.argmax(share))
            if share[best] < items.WITHIN or not one.is_long:
                found.append(None)
            else:
                kind: Literal["objective", "task"] = "objective" if best < len(objectives) else "task"
                found.append(ContainingItem(kind=kind, id=whole[best].provision.id))
        return found

    def _pair(self, a: ComparableItem, b: ComparableItem, found: Candidate) -> ItemPair:
        return ItemPair(
            status=ItemStatus.SAME if a.words == b.words else ItemStatus.REWORDED,
            a=_item_side(a.provision),
            b=_item_side(b.provision),
            differences=ItemDifferences(
                agencies=_roles(a.provision, b.provision, self.places),
                deadlines=_deadlines(a.provision, b.provision),
                targets=_unlike_targets(a.provision, b.provision, self.unlike),
            ),
            similarity=round(found.likeness, _DIGITS),
            within=None,
        )


def _alone(status: ItemStatus, item: ComparableItem, within: ContainingItem | None) -> ItemPair:
    side = _item_side(item.provision)
    a, b = (side, None) if status is ItemStatus.ONLY_A else (None, side)
    return ItemPair(status=status, a=a, b=b, differences=None, similarity=None, within=within)


def _targets(
    plans: tuple[Plan, Plan], where: tuple[PlaceNames, PlaceNames]
) -> list[tuple[ComparableTarget | None, ComparableTarget | None, Candidate | None]]:
    """The rows of targets, of objectives and tasks alike: what one plan calls a goal another gives as a task."""
    a, b = (targets.aims([*plan.objectives, *plan.tasks], place) for plan, place in zip(plans, where, strict=True))
    found = {(one.a, one.b): one for one in targets.match(a, b)}
    return [
        (
            None if at is None else a[at],
            None if other is None else b[other],
            None if at is None or other is None else found[at, other],
        )
        for at, other in in_order(list(found), len(a), len(b))
    ]


def _target_pair(a: ComparableTarget | None, b: ComparableTarget | None, found: Candidate | None) -> TargetPair:
    if a is not None and b is not None and found is not None:
        differ = targets.differences(a, b)
        status, similarity = TargetStatus.DIFFER if differ else TargetStatus.AGREE, round(found.likeness, _DIGITS)
    else:
        differ, status, similarity = [], TargetStatus.ONLY_B if a is None else TargetStatus.ONLY_A, None
    sides = [None if one is None else _target_side(one) for one in (a, b)]
    return TargetPair(status=status, a=sides[0], b=sides[1], differences=differ, similarity=similarity)


def _unlike(pairs: Iterable[TargetPair], side: Literal["a", "b"]) -> dict[str, list[str]]:
    """By item, the targets of one side that agree with none."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        one = pair.a if side == "a" else pair.b
        if one is not None and pair.status is not TargetStatus.AGREE:
            found.setdefault(one.item, []).append(one.id)
    return found


def _unlike_targets(a: Provision, b: Provision, unlike: tuple[Mapping[str, list[str]], ...]) -> TargetDifference | None:
    only_a, only_b = unlike[0].get(a.id, []), unlike[1].get(b.id, [])
    return TargetDifference(only_a=only_a, only_b=only_b) if only_a or only_b else None


def _roles(a: Provision, b: Provision, where: tuple[PlaceNames, PlaceNames]) -> list[RoleDifference]:
    """The agencies of each role that only one side names; "Công an tỉnh" is "Công an thành phố"."""
    found = []
    for role in Role:
        names = [
            {items.agency_key(one.name, place): one.name for one in provision.agencies if one.role is role}
            for provision, place in zip((a, b), where, strict=True)
        ]
        only = [[name for key, name in mine.items() if key not in theirs] for mine, theirs in (names, reversed(names))]
        if only[0] or only[1]:
            found.append(RoleDifference(role=role, only_a=only[0], only_b=only[1]))
    return found


def _deadlines(a: Provision, b: Provision) -> DeadlineDifference | None:
    mine, theirs = ({_time(one): one.text for one in provision.deadlines} for provision in (a, b))
    only_a = [text for key, text in mine.items() if key not in theirs]
    only_b = [text for key, text in theirs.items() if key not in mine]
    return DeadlineDifference(only_a=only_a, only_b=only_b) if only_a or only_b else None


def _time(deadline: Deadline) -> tuple[str, ...]:
    """What a time is compared by: its days and recurrence, its words where it could not be put into dates."""
    days = (deadline.start, deadline.end, deadline.recurrence)
    if any(days):
        return tuple(str(one or "") for one in days)
    return (folded(deadline.text),)


def _identity(plan: Plan) -> Identity:
    record = plan.metadata
    return Identity(
        plan_id=plan.plan_id,
        number=record.number,
        attached_to=record.attached_to,
        title=record.title,
        province=record.province.name if record.province else None,
        issued_on=record.issued_on,
    )


def _basis(plan: Plan) -> set[str]:
    """The numbers of what a plan rests on, written one way."""
    return {"".join(one.number.split()) for one in plan.legal_basis if one.number}


def _target_side(one: ComparableTarget) -> TargetSide:
    target = one.target
    return TargetSide(
        id=one.id,
        item=one.provision.id,
        number=one.provision.number,
        heading=_heading(one.provision),
        text=target.text,
        subject=target.subject,
        statement=target.statement,
        value=target.value,
        value_max=target.value_max,
        comparison=target.comparison,
        unit=target.unit,
        of=target.of,
        per=target.per,
        direction=target.direction,
        due=target.due,
        baseline=target.baseline,
        page=target.evidence.page,
        quote=target.evidence.quote,
    )


def _item_side(one: Provision) -> ItemSide:
    return ItemSide(
        id=one.id,
        number=one.number,
        heading=_heading(one),
        text=one.text,
        page=one.evidence.page,
        quote=one.evidence.quote,
    )


def _heading(one: Provision) -> str | None:
    return one.headings[-1] if one.headings else None


def _count(statuses: type[_Status], found: Iterable[_Status]) -> dict[_Status, int]:
    counted = Counter(found)
    return {status: counted[status] for status in statuses}
