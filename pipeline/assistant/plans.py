"""One plan of the store, as the tools tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from pipeline.assistant.answers import Heading, PlanOutline, QuotedItem
from pipeline.errors import ItemNotFoundError
from pipeline.messages import Language, catalogue, say
from pipeline.schema import Plan, Provision


def cited(plan: Plan, ref: str | None = None, page: int | None = None) -> str:
    """A plan, an item of it and its page in one line."""
    metadata = plan.metadata
    named = " ".join(part for part in (metadata.document_type, metadata.number or metadata.attached_to) if part)
    issuer = metadata.issuer.name if metadata.issuer else None
    place = [f"mục {ref}"] if ref else []
    return ", ".join(
        [one for one in (named or plan.source.file_name, issuer, metadata.issued) if one]
        + place
        + ([f"trang {page}"] if page is not None else [])
    )


def outline_of(plan: Plan, language: Language) -> PlanOutline:
    """A plan's record, headings and ids of items."""
    below = Counter(one.section for one in (*plan.objectives, *plan.tasks))
    return PlanOutline(
        plan_id=plan.plan_id,
        file_name=plan.source.file_name,
        status=plan.status.value,
        metadata=plan.metadata.model_dump(mode="json", exclude={"evidence"}),
        legal_basis=[" ".join(filter(None, (one.document_type, one.number, one.title))) for one in plan.legal_basis],
        headings=[
            Heading(number=one.number, title=one.title, kind=one.kind, items=below[one.id], page=one.evidence.page)
            for one in plan.sections
        ],
        refs=[one.id for one in (*plan.objectives, *plan.tasks)],
        tasks=len(plan.tasks),
        objectives=len(plan.objectives),
        warnings=[_said(one.code, one.params, language) for one in plan.warnings],
    )


def chosen(plan: Plan, refs: Sequence[str] | None) -> list[Provision]:
    """The items of a plan with these ids, in their order in the plan; all of them where none is given.

    Raises:
        ItemNotFoundError: the plan has no such item.
    """
    every = {one.id: one for one in (*plan.objectives, *plan.tasks)}
    for ref in refs or ():
        if ref not in every:
            known = ", ".join(get_close_matches(ref, every, 5, 0.3))
            raise ItemNotFoundError(file=plan.source.file_name, item=ref, known=known)
    return [one for one in every.values() if refs is None or one.id in refs]


def citation_of(plan: Plan, ref: str, language: Language) -> QuotedItem:
    """Where an item stands, in the words of the document.

    Raises:
        ItemNotFoundError: the plan has no such item.
    """
    (item,) = chosen(plan, [ref])
    at = item.evidence
    return QuotedItem(
        cited=cited(plan, ref, at.page),
        quote=at.quote,
        page=at.page,
        start=at.start,
        end=at.end,
        boxes=[list(box) for box in at.boxes],
        rule=at.rule,
        confidence=item.confidence,
        doubts=[_said(one.code, one.params, language) for one in item.doubts],
    )


def _said(code: str, params: Mapping[str, str], language: Language) -> str:
    return f"{code}: {say(code, language, **params)}" if code in catalogue() else code
