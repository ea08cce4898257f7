"""A plan as one HTML file that asks nothing of a network: styles, script and pictures stand in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pipeline.archive.page_images import MEDIA_TYPE, PageImage
from pipeline.messages import Language
from pipeline.schema import Plan
from pipeline.web.page.findings import ShownPlan, ShownValue, shown
from pipeline.web.page.marking import pieces
from pipeline.web.templates import asset, render


@dataclass(frozen=True)
class Sheet:
    """A page as a picture in the frame of its boxes: `picture` is an address, "" where there is none."""

    page: int
    width: float
    height: float
    picture: str


def sheets_of(plan: Plan, images: Iterable[PageImage]) -> tuple[Sheet, ...]:
    """The pages of a plan that have a size, each with its picture as a data address."""
    drawn = {one.page: one for one in images}
    sheets = []
    for one in plan.source.pages:
        image = drawn.get(one.page)
        if one.width and one.height:
            data = image.data if image else None
            address = f"data:{MEDIA_TYPE};base64,{b64encode(data).decode()}" if data else ""
            sheets.append(Sheet(one.page, one.width, one.height, address))
    return tuple(sheets)


def page(plan: Plan, text: str, sheets: Sequence[Sheet], language: Language, why: str = "") -> str:
    """Make the page.

    Args:
        plan: the plan.
        text: its restored text; "" where it is not there.
        sheets: its pages with their pictures; none where the source has none, or is not there.
        language: of the words around it.
        why: what to say where pictures were expected and are missing.
    """
    style, script = asset("plan.css").decode(), asset("plan.js").decode()
    context = plan_context(plan, text, sheets, shown(plan, language), why)
    hashes = {"style": _hash(style), "script": _hash(script)}
    return render("page.html.j2", language, **context, style=style, script=script, hashes=hashes)


def plan_context(plan: Plan, text: str, sheets: Sequence[Sheet], found: ShownPlan, why: str = "") -> dict[str, Any]:
    """What the template of a plan names, as `page` takes it; `found` is what is shown of it."""
    findings = list(found.findings())
    return {
        "plan": plan,
        "shown": found,
        "sheets": [one for one in sheets if one.picture],
        "boxes": _boxes(findings),
        "pieces": list(pieces(text, findings, plan.restorations)) if text else [],
        "counts": _counts(plan),
        "doubtful": sum(one.unsure for one in findings),
        "warned": sum(one[0] not in ("note", "settled") and not one[4] for one in found.warnings),
        "why": why,
    }


def _counts(plan: Plan) -> dict[str, int]:
    items = [*plan.objectives, *plan.tasks]
    return {
        "tasks": len(plan.tasks),
        "objectives": len(plan.objectives),
        "agencies": sum(len(one.agencies) for one in items),
        "deadlines": sum(len(one.deadlines) for one in items),
        "targets": sum(len(one.targets) for one in items),
    }


def _boxes(findings: Sequence[ShownValue]) -> dict[int, list[dict[str, Any]]]:
    """The boxes of each page; small ones last, so that they lie on top and can be pointed at."""
    boxes: dict[int, list[dict[str, Any]]] = {}
    for one in findings:
        if one.evidence and one.evidence.page is not None:
            for x0, y0, x1, y1 in one.evidence.boxes:
                box = {"id": one.id, "kind": one.kind, "x": x0, "y": y0, "w": x1 - x0, "h": y1 - y0}
                boxes.setdefault(one.evidence.page, []).append(box)
    for page_boxes in boxes.values():
        page_boxes.sort(key=lambda box: -box["w"] * box["h"])
    return boxes


def _hash(text: str) -> str:
    """As a Content-Security-Policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
