"""What of a plan's clean reading is found in that of its spoilt text, and what is said otherwise without a doubt."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import DOUBTFUL
from pipeline.evaluate.similarity import align, likeness
from pipeline.language.accents import remove_accents
from pipeline.language.syllables import syllables
from pipeline.schema import Plan

ALIKE = 0.6  # likeness without accents from which two items are one
NUMBERED = 0.15  # what the same number adds
VALUES = ("agencies", "deadlines", "targets")


@dataclass
class Losses:
    """Counts by kind: `total` of the clean reading, `found` of them; `other` said otherwise, `silent` of these."""

    total: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def __iadd__(self, more: Losses) -> Losses:
        for name in ("total", "found", "other", "silent"):
            getattr(self, name).update(getattr(more, name))
        self.told += more.told
        return self

    def __str__(self) -> str:
        return ", ".join(
            f"{kind} {self.found[kind]}/{self.total[kind]}"
            + (f" ({self.other[kind]} other, {self.silent[kind]} silent)" if self.other[kind] else "")
            for kind in ("items", *VALUES, "record")
        )


def compare(clean: Plan, spoilt: Plan, name: str = "") -> Losses:
    """Compare two readings of one plan; items are paired by their words without accents, in their order."""
    out = Losses()
    one, other = _items(clean), _items(spoilt)
    pairs = align([[_weight(a, b) for b in other] for a in one])
    warned = {warning.item for warning in spoilt.warnings}
    out.total["items"] = len(one)
    for row, column in pairs:
        a, b = one[row], other[column]
        doubted = bool(b["doubts"]) or b["id"] in warned
        if a["number"] == b["number"] and a["ordinal"] == b["ordinal"]:
            out.found["items"] += 1
        elif a["number"] != b["number"]:
            _differs(out, "items", doubted, f"{name}: {a['number']} is {b['number']}: {b['text'][:70]!r}")
        else:
            out.found["items"] += 1  # another bullet of the same list before it was lost
        for kind in VALUES:
            _values(out, kind, a, b, doubted, name)
    lost = set(range(len(one))) - {row for row, _ in pairs}
    for row in sorted(lost):
        out.told.append(f"LOST item {name}: {one[row]['number']}-{one[row]['ordinal']} {one[row]['text'][:110]!r}")
        for kind in VALUES:
            out.total[kind] += len(_facts(one[row], kind))
    for column in sorted(set(range(len(other))) - {column for _, column in pairs}):
        b = other[column]
        doubted = bool(b["doubts"]) or b["id"] in warned
        out.other["extra"] += 1
        out.told.append(
            f"EXTRA {'doubted ' if doubted else ''}{name}: {b['number']}-{b['ordinal']} {b['text'][:110]!r}"
        )
    _record(out, clean, spoilt, name)
    return out


def _differs(out: Losses, kind: str, doubted: bool, told: str) -> None:
    out.other[kind] += 1
    out.silent[kind] += not doubted
    out.told.append(f"{'doubted' if doubted else 'SILENT'} {kind} {told}")


def _items(plan: Plan) -> list[dict[str, Any]]:
    said = json.loads(plan.model_dump_json(include={"objectives", "tasks"}))
    items = [{**one, "part": part} for part in ("objectives", "tasks") for one in said[part]]
    items.sort(key=lambda one: one["evidence"]["start"])
    for one in items:
        one["syllables"] = syllables(remove_accents(one["text"]))
    return items


def _weight(a: dict[str, Any], b: dict[str, Any]) -> float:
    alike = likeness(a["syllables"], b["syllables"], ALIKE)
    if alike < ALIKE:
        return 0.0
    return alike + NUMBERED * (a["number"] == b["number"]) + 0.02 * (a["ordinal"] == b["ordinal"])


def _facts(item: dict[str, Any], kind: str) -> Counter[Hashable]:
    if kind == "agencies":
        return Counter((_plain(one["name"]), one["role"]) for one in item[kind])
    if kind == "deadlines":
        return Counter(
            (
                one["kind"],
                one["edtf"] or one["recurrence"] or json.dumps(one["relative"])
                if one["kind"] or one["relative"]
                else "?",
            )
            for one in item[kind]
        )
    return Counter((one["value"], one["value_max"], one["comparison"], _plain(one["unit"] or "")) for one in item[kind])


def _plain(text: str) -> str:
    return " ".join(syllables(text))


def _values(out: Losses, kind: str, a: dict[str, Any], b: dict[str, Any], doubted: bool, name: str) -> None:
    wanted, got = _facts(a, kind), _facts(b, kind)
    out.total[kind] += wanted.total()
    out.found[kind] += (wanted & got).total()
    for one in (got - wanted).elements():
        missing = list((wanted - got).elements())
        _differs(out, kind, doubted, f"{name}: {b['number']} has {one}, not {missing}: {b['text'][:200]!r}")
    missing = list((wanted - got).elements())
    if missing and not got - wanted:
        doubt = " (doubted)" if doubted else ""
        out.told.append(f"lost {kind} {name}{doubt}: {b['number']} lacks {missing}: {b['text'][:240]!r}")


def _record(out: Losses, clean: Plan, spoilt: Plan, name: str) -> None:
    one, other = (_said(plan) for plan in (clean, spoilt))
    unsure = {restored.line for restored in spoilt.restorations if (restored.probability or 0) < DOUBTFUL}
    for key, wanted in one.items():
        if wanted is None:
            continue
        out.total["record"] += 1
        if other[key] == wanted:
            out.found["record"] += 1
        elif other[key] is not None:
            place = spoilt.metadata.evidence.get(key)
            lines = (
                range(spoilt.text.count("\n", 0, place.start) + 1, spoilt.text.count("\n", 0, place.end) + 2)
                if place
                else ()
            )
            _differs(out, "record", not unsure.isdisjoint(lines), f"{name}: {key} is {other[key]!r}, not {wanted!r}")
        else:
            out.told.append(f"lost record {name}: {key}, {wanted!r}")


def _said(plan: Plan) -> dict[str, str | None]:
    """The record as plain texts."""
    own = plan.metadata
    issuer = own.issuer and own.issuer.name
    texts = {"number": own.number, "issuer": issuer, "title": own.title, "document_type": own.document_type}
    return {
        "issued_on": own.issued_on and str(own.issued_on),
        **{key: said and _plain(said) for key, said in texts.items()},
    }
