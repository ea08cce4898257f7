"""Finding the item that a correction is about, in a plan that may have been read anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from pipeline.schema.correction import Correction

BEGINNING: Final = 60
"""Characters of an item's text that older corrections hold, and by which what was taken out is known again."""

_Item = TypeVar("_Item", bound=Mapping[str, object])


def known_by(text: object) -> str:
    """An item's text, by which a correction finds it again."""
    return _on_one_line(str(text))


@lru_cache(maxsize=4096)  # each correction looks at every item of its plan
def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def item_of(items: Sequence[_Item], id_: str, one: Correction, foreign: bool = False) -> _Item | None:
    """The one item that a correction is about; None where none says it, or several do.

    Args:
        items: all items of the plan.
        id_: as the path of the correction has it. It decides between items that say the same; alone it is enough only
            where the correction holds no text.
        one: the correction.
        foreign: it was made on another document, whose ids say nothing here.
    """
    named = [] if foreign else [item for item in items if item["id"] == id_]
    if one.item_text is None:
        return _only(named)
    same = [item for item in items if known_by(item["text"]) == one.item_text]
    if len(same) > 1:
        same = [item for item in same if any(item is other for other in named)]
    elif not same and one.sha256 is None and len(one.item_text) == BEGINNING:
        same = [item for item in items if known_by(item["text"]).startswith(one.item_text)]
    if not same and one.path.endswith("/text"):  # what it says is what was corrected
        same = [item for item in named if known_by(item["text"]) == known_by(one.new)]
    return _only(same)


def _only(found: Sequence[_Item]) -> _Item | None:
    return found[0] if len(found) == 1 else None
