"""What stands below an order and belongs to it: papers of its object, names of projects, amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Node
from pipeline.extract.items.openings import acts, rule
from pipeline.extract.items.paragraphs import names_actor
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
    named = rule("counted").search(last) and not any(rule("done_when").search(fold(one)) for one in below)
    orders_ = rule("no_order").match(_ANNOUNCED.sub("", last)) is None
    return bool(named) or orders_ and all(rule("no_order").match(fold(one)) for one in below)
