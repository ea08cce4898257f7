"""The marks of a list that stands in one line: numbers, letters or small Roman numerals that count on, or dashes."""

from __future__ import annotations

import re

from pipeline.knowledge.passages import task_words
from pipeline.language.letters import LATIN_LETTERS, LIST_LETTERS

_NUMBERS = tuple(map(str, range(1, 40)))
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_BEHIND = re.compile(r"(?<=[.;] )\((?P<label>[ivx]{1,4}|\d{1,2})\)\s+(?=[^\W\d_])")


def list_marks(text: str) -> list[re.Match[str]] | None:
    """Find the marks of a list in a line, two at least; the group `label` is what counts, "" of dashes."""
    for pattern in task_words().run_in:
        marks = list(re.finditer(pattern, text))
        labels = tuple(one["label"] for one in marks)
        counted = (_NUMBERS, LIST_LETTERS, LATIN_LETTERS, _ROMAN, ("",) * 40)
        if len(marks) > 1 and any(labels == tuple(alphabet[: len(labels)]) for alphabet in counted):
            return marks
    return None


def marks_behind(own: str, text: str) -> list[re.Match[str]]:
    """Find the marks that go on counting behind the sentences of an item: "(ii)" and "(iii)" in that of "(i)".

    Args:
        own: the item's own numeral or number.
        text: of the item, without its mark.
    """
    marks = list(_BEHIND.finditer(text))
    counted = next((one for one in (_ROMAN, _NUMBERS) if own in one), ())
    start = counted.index(own) + 1 if counted else 0
    labels = tuple(one["label"] for one in marks)
    return marks if counted and labels == counted[start : start + len(labels)] else []
