"""Whom a sentence names: who acts in it, who is asked or told, and whether it says no more than that."""

from __future__ import annotations

import re

from pipeline.extract.agencies.mentions import find
from pipeline.extract.items.openings import behind_name, rule, without_names
from pipeline.extract.tokens import spelled_out
from pipeline.language.folding import fold

_TWO_WORDS = re.compile(r"\w+\W+\w")
_BRACKETS = re.compile(r"\([^()]*\)")


def names_actor(text: str) -> bool:
    """Tell whether a sentence begins with who acts, or with when or why, and then who: "Hằng quý, các Sở …"."""
    folded = fold(text)
    if rule("itself").match(folded):
        return True
    found = find(spelled_out(text))
    if found and rule("before_actor").match(folded[: found[0].start]):
        return True
    return any(rule("ground").match(folded[: one.start]) for one in found[1:])


def only_names(text: str, behind: str = "behind_actor") -> bool:
    """Whether words name bodies and, in brackets, for what; what else they say is of the list `behind`."""
    text = _BRACKETS.sub(lambda found: " " * len(found.group()), text)
    rest = without_names(text)
    return rest != text and bool(rule(behind).fullmatch(fold(rest).strip(" ,;.:")))


def is_asked(text: str) -> bool:
    """Tell whether a paragraph begins with whom it asks: "Giao Sở Y tế …", "Về hồ sơ, đề nghị Nhà đầu tư …"."""
    found = find(spelled_out(text))
    return bool(found) and bool(rule("asks").match(fold(text)[: found[0].start]))


def only_calls(text: str) -> bool:
    """Tell whether a sentence only calls for carrying out what stands above it, whomever it asks."""
    folded = fold(text)
    for one in reversed(find(spelled_out(text))):
        folded = folded[: one.start] + folded[one.end :]
    return bool(rule("calls").fullmatch(folded))


def asks_itself(text: str) -> bool:
    """Tell whether a paragraph says who asks and then whom: "Để kịp năm học, Sở Y tế đề nghị các bệnh viện …"."""
    found = find(spelled_out(text))
    if len(found) < 2 or not rule("before_actor").match(fold(text)[: found[0].start]):
        return False
    return bool(rule("asks").match(fold(text)[found[0].end : found[1].start].lstrip()))


def passes_on(text: str) -> bool:
    """Tell whether a paragraph gives somebody an order, or passes one on: "Thủ tướng Chính phủ giao Bộ Tài chính …"."""
    folded = fold(text)
    return any(rule("passes_on").search(folded, 0, one.start) for one in find(spelled_out(text)))


def told_behind(text: str) -> int:
    """Where an order to somebody begins behind the label of a line, "Kinh phí: Giao Sở Tài chính …"; 0 for none.

    Who does what without being asked belongs to what stands above: "Hình thức: Các xã tổ chức vòng sơ khảo".
    """
    said = text.partition(":")[2].lstrip()
    names = not _TWO_WORDS.search(without_names(behind_name(said)))
    return 0 if names or not is_asked(said) else len(text) - len(said)
