"""Comparing a document's metadata and legal basis with gold."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate.gold import GoldMeta
from pipeline.evaluate.tally import Difference, DifferenceKind, Score, ScoredKind, Tally
from pipeline.language.folding import folded
from pipeline.schema import Plan

_SELDOM_STATED = ("attached_to", "parent_issuer")  # gold leaves them out where the document has none


def compare_record(gold: GoldMeta, plan: Plan) -> Score:
    """Score each field that the gold gives, each number of the legal basis, and the number of recipients."""
    result = Score({ScoredKind.METADATA: Tally()})
    found = _fields(plan)
    for name, got in found.items():
        wanted = getattr(gold, name)
        shown = None if wanted is None else str(wanted)
        if shown is None:
            if got is not None and (name in _SELDOM_STATED or name in gold.model_fields_set):
                result += _differ(name, DifferenceKind.NOTE, None, got, Tally(), "not in the gold")
        elif got is None:
            result += _differ(name, DifferenceKind.MISSED, shown, None, Tally(fn=1))
        elif _same(name, shown, got):
            result += Score({ScoredKind.METADATA: Tally(tp=1)})
        else:
            result += _differ(name, DifferenceKind.WRONG, shown, got, Tally(fp=1, fn=1))
    for part in _basis(gold, plan):
        result += part
    if gold.recipients is not None:
        result += _recipients(gold.recipients, [one.text for one in plan.metadata.recipients])
    return result


def miss_record(gold: GoldMeta) -> Score:
    """Count every field that the gold gives as missed: there is no output."""
    given = [name for name in _FIELDS if getattr(gold, name) is not None]
    lost = len(given) + len({_number(one) for one in gold.basis or ()}) + (gold.recipients is not None)
    return Score({ScoredKind.METADATA: Tally(fn=lost)})


_FIELDS = (
    "document_type",
    "number",
    "attached_to",
    "issuer",
    "parent_issuer",
    "issued_on",
    "place",
    "signer",
    "signer_position",
)


def _fields(plan: Plan) -> dict[str, str | None]:
    meta = plan.metadata
    values = (
        meta.document_type,
        meta.number,
        meta.attached_to,
        meta.issuer.name if meta.issuer else None,
        meta.parent_issuer.name if meta.parent_issuer else None,
        meta.issued_on.isoformat() if meta.issued_on else None,
        meta.place,
        meta.signer.name if meta.signer else None,
        meta.signer.position if meta.signer else None,
    )
    return dict(zip(_FIELDS, values, strict=True))


def _same(name: str, wanted: str, got: str) -> bool:
    if name in ("number", "attached_to"):
        return _number(wanted) == _number(got)
    return folded(wanted) == folded(got)


def _basis(gold: GoldMeta, plan: Plan) -> Iterator[Score]:
    if gold.basis is None:
        return
    wanted = {_number(one): one for one in gold.basis}
    optional = {_number(one) for one in gold.basis_optional}
    got = {_number(one.number): one for one in plan.legal_basis if one.number}
    yield Score({ScoredKind.METADATA: Tally(tp=len(wanted.keys() & got.keys()))})
    for key, number in wanted.items():
        if key not in got:
            yield _differ("basis", DifferenceKind.MISSED, number, None, Tally(fn=1))
    for key, cited in got.items():
        if key not in wanted and key not in optional:
            shown = " ".join(filter(None, (cited.document_type, cited.number)))
            yield _differ("basis", DifferenceKind.EXTRA, None, shown, Tally(fp=1))


def _recipients(wanted: int, got: list[str]) -> Score:
    if wanted == len(got):
        return Score({ScoredKind.METADATA: Tally(tp=1)})
    shown = f"{len(got)}: {'; '.join(got)}" if got else "0"
    return _differ("recipients", DifferenceKind.WRONG, str(wanted), shown, Tally(fp=1, fn=1))


def _differ(
    name: str, what: DifferenceKind, expected: str | None, got: str | None, tally: Tally, why: str = ""
) -> Score:
    difference = Difference(ScoredKind.METADATA, what, None, None, name, expected, got, why)
    return Score({ScoredKind.METADATA: tally}, (difference,))


def _number(number: str) -> str:
    return "".join(folded(number).split())
