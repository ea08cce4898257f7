"""What stands below an order and belongs to it: papers of its object, names of projects, amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Node
from pipeline.extract.items.actors import names_actor
from pipeline.extract.items.openings import acts, begins_order, rule
from pipeline.extract.items.orders import allots, titles
from pipeline.language.folding import fold

_ANNOUNCED = re.compile(r"[\s,]*(?:bao gồm|gồm|trong đó|cụ thể)[^,.;:]*:$")


def lists_parts(node: Node, children: Sequence[Node]) -> bool:
    """Tell whether an order has below it only what belongs to its object: "Lập hồ sơ, bao gồm:", "- Đơn đề nghị;".

    So have the names of the projects that it counts, and what each of them gets: "Đường A: 5 tỷ đồng".
    """
    text = fold(node.title.text) if node.title is not None else ""
    said = node.paragraphs[-1:] or tuple(filter(None, (node.body or node.title,)))
    last = fold(said[0].text) if said else ""
    if node.fields or not last.endswith(":") or not acts(last):
        return False
    below = [child.title.text for child in children if child.title is not None and not child.children]
    if len(below) != len(children) or any(map(names_actor, below)):
        return False
    if node.body is None and rule("parts").search(text):
        return not any(map(acts, below))
    if rule("counted").search(last):
        return not any(begins_order(one) or rule("done_when").search(fold(one)) for one in below)
    announced = _ANNOUNCED.sub("", last)
    if rule("no_order").match(announced) or rule("allotted").match(announced):
        return False
    return all(rule("no_order").match(fold(one)) for one in below) or allots(last, below)


def are_facts(node: Node, children: Sequence[Node]) -> bool:
    """Tell whether an order has below it only facts of its object: "Xây dựng thư viện:", "- Tổng mức đầu tư: …"."""
    said = node.title.text if node.title is not None else ""
    below = [child.title.text for child in children if child.title is not None and child.body is None]
    if node.fields or node.body is not None or node.style == "dieu" or len(below) != len(children):
        return False
    if any(child.children or child.fields for child in children) or not (begins_order(said) or names_actor(said)):
        return False
    titled = any(pattern.search(fold(said)) for pattern, _ in titles())  # "Tổ chức thực hiện"
    return bool(below) and not titled and all(map(_is_fact, below))


def _is_fact(text: str) -> bool:
    """Whether a bullet states a fact of what stands above it, and orders nothing behind its label."""
    folded, behind = fold(text), text.partition(":")[2].strip()
    if rule("described").match(folded):
        return True
    if begins_order(behind) or rule("told_to").search(folded):
        return False
    if rule("described_as").match(folded):
        return True
    if names_actor(behind) or rule("aim").match(folded):
        return False
    return bool(rule("fact").match(folded) or rule("fact_beside").match(folded))
