"""What corrections by people say: gold to measure against, and which rules were corrected most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.corrections import Corrected, Outcome, apply, corrections_file, read_corrections
from pipeline.evaluate import read_plan
from pipeline.schema import Metadata, Plan, Provision
from pipeline.schema.correction import CORRECTED

_KINDS: Final = {"agencies": "agency", "persons": "person", "deadlines": "deadline", "targets": "target"}


@dataclass
class RuleTally:
    """How many values of a kind a rule made in the plans that people corrected, and how many of them they changed."""

    rule: str
    kind: str
    made: int = 0
    changed: int = 0
    taken_out: int = 0

    @property
    def corrected(self) -> int:
        """How many were wrong."""
        return self.changed + self.taken_out


def corrected_plans(outputs: Path) -> list[tuple[Path, Plan, Corrected]]:
    """The plans that people corrected, each as the machine read it and as it stands now.

    Args:
        outputs: one plan as JSON, or a folder of them.

    Raises:
        CorrectionsError: a file of corrections cannot be read.
        InvalidOutputError: a plan does not keep the contract.
        FileAccessError: it cannot be opened.
    """
    files = [outputs] if outputs.is_file() else sorted(outputs.rglob("*.json"))
    found = []
    for file in files:
        if corrections_file(file).is_file():
            plan = read_plan(file)
            found.append((file, plan, apply(plan, read_corrections(file))))
    return found


def tally_rules(plans: Iterable[tuple[Path, Plan, Corrected]]) -> list[RuleTally]:
    """Count by rule what people corrected, the most corrected first; values that they added were made by none."""
    tallies: dict[tuple[str, str], RuleTally] = {}

    def of(rule: str | None, kind: str) -> RuleTally:
        key = rule or "-", kind
        return tallies.setdefault(key, RuleTally(*key))

    for _, plan, corrected in plans:
        for item in (*plan.objectives, *plan.tasks):
            for name, kind in _KINDS.items():
                for value in getattr(item, name):
                    of(value.evidence.rule, kind).made += 1
        gone = _rules(plan)
        for one, outcome in corrected.outcomes:
            name = one.path.rpartition("/")[2]
            if outcome is Outcome.CONFLICT or name not in _KINDS or not isinstance(one.old, dict) or one.old == one.new:
                continue
            rule = _rule_of(one.old, gone[name])
            if rule is None:
                continue  # what people made themselves before
            tally = of(rule, _KINDS[name])
            tally.taken_out += one.new is None
            tally.changed += one.new is not None
    return sorted(tallies.values(), key=lambda one: (-one.corrected, -one.made, one.rule, one.kind))


def _rules(plan: Plan) -> Mapping[str, Sequence[tuple[dict[str, Any], str]]]:
    """The values of a plan by kind, each with its rule."""
    found: dict[str, list[tuple[dict[str, Any], str]]] = defaultdict(list)
    for item in (*plan.objectives, *plan.tasks):
        for name in _KINDS:
            for value in getattr(item, name):
                found[name].append((value.model_dump(mode="json", by_alias=True), value.evidence.rule or "-"))
    return found


def _rule_of(old: Mapping[str, Any], values: Iterable[tuple[Mapping[str, Any], str]]) -> str | None:
    """The rule that made a value: as its evidence says, else that of a value of its kind with its fields."""
    evidence = old.get("evidence")
    if isinstance(evidence, Mapping) and evidence.get("rule"):
        return None if evidence["rule"] == CORRECTED else str(evidence["rule"])
    told = {name: one for name, one in old.items() if name not in ("evidence", "confidence")}
    return next((rule for value, rule in values if all(value.get(name) == one for name, one in told.items())), None)


def gold_of(plan: Plan) -> dict[str, Any]:
    """A plan that people went through, in the form of tests/gold: what `kehoach evaluate` compares with."""
    return {
        "source": plan.source.file_name,
        "held_out": False,
        "meta": _meta(plan.metadata),
        "objectives": [_item(one) for one in plan.objectives],
        "tasks": [_item(one) for one in plan.tasks],
    }


def _meta(record: Metadata) -> dict[str, Any]:
    made = record.model_dump(mode="json")
    names = ("document_type", "number", "attached_to", "issued_on", "place")
    return {
        **{name: made[name] for name in names},
        "issuer": record.issuer.name if record.issuer else None,
        "parent_issuer": record.parent_issuer.name if record.parent_issuer else None,
        "signer": record.signer.name if record.signer else None,
        "signer_position": record.signer.position if record.signer else None,
        "recipients": len(record.recipients),
    }


def _item(one: Provision) -> dict[str, Any]:
    made = one.model_dump(mode="json")
    return {
        "number": one.number,
        "page": one.evidence.page,
        "text": one.text,
        "agencies": [{"name": agency["name"], "role": agency["role"]} for agency in made["agencies"]],
        "deadlines": [
            _given(due, "kind", "start", "end", "recurrence") for due in made["deadlines"] if due["kind"] is not None
        ],
        "targets": [
            _given(target, "value", "value_max", "comparison", "unit", "of", "per", "subject", "due")
            | ({} if target["direction"] == "reach" else {"direction": target["direction"]})
            for target in made["targets"]
        ],
        "result": one.result,
    }


def _given(value: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value[name] for name in names if value[name] is not None}
