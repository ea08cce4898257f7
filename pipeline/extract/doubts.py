"""Words of a role or of a time by which nothing was read: they make their item doubtful."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.knowledge.passages import doubt_words
from pipeline.language.folding import fold
from pipeline.schema import Doubt, Role, Target

_ROLES = {Role.LEAD: "lead", Role.COOPERATING: "cooperating", Role.REPORTS_TO: "reports_to"}


NEAR = 40  # characters: a time that stands so near behind the word in its clause is the one it speaks of
_LABEL_OF_TIME = re.compile(r"\bthời \w+\b|\btiến độ\b|\bhạn(?: \w+){0,2}$|^\W*hoàn \w+")
_LABEL_OF_MONEY = re.compile(r"kinh phí|ngân sách|\bvốn\b|giải thưởng")
_CLAUSE_ENDS = re.compile(r"[.;,](?=\s)|(?<!\w)và(?!\w)")


@dataclass(frozen=True, slots=True)
class UnreadWords:
    """Words that say something of which nothing was read: the code of the doubt, and their offsets in the text."""

    code: str
    start: int
    end: int


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    patterns: tuple[str, ...] = getattr(doubt_words(), kind)
    whole_words = "|".join(rf"(?:{one})(?!\w)" for one in patterns)
    return re.compile(rf"(?<!\w)(?:{whole_words})")


def unread_words(
    text: str, roles: Collection[Role], times: Sequence[tuple[int, int]], timed: bool
) -> Iterator[UnreadWords]:
    """Find the words of an item by which nothing was read.

    Args:
        text: of the item.
        roles: those its agencies have, wherever they are named.
        times: where the times that were read stand in the text.
        timed: whether a time was read elsewhere, in a cell or a line of the item's own.
    """
    folded = fold(text)
    for role, kind in _ROLES.items():
        if role not in roles and (found := _pattern(kind).search(folded)):
            yield UnreadWords("W414", found.start(), found.end())
    if not {Role.LEAD, Role.RESPONSIBLE}.intersection(roles) and (found := _pattern("ordered").search(folded)):
        yield UnreadWords("W414", found.start(), found.end())
    if timed:
        return
    for found in _pattern("time").finditer(folded):
        clause = _CLAUSE_ENDS.search(folded, found.end(), found.end() + NEAR)
        reach = clause.start() if clause else found.end() + NEAR
        if not any(start < reach and found.start() < end for start, end in times):
            yield UnreadWords("W415", found.start(), found.end())
            return


def unread_line(text: str, roles: Collection[object], times: Collection[object]) -> UnreadWords | None:
    """The words of a line about an activity, where its label announces who or when and nothing was read behind it.

    Args:
        text: of the line: "Đơn vị chủ trì: Tổ xung kích".
        roles: the agencies and persons that it gives a role.
        times: the times that it states.
    """
    label, colon, rest = text.partition(":")
    if not colon or not rest.strip(" .;"):
        return None
    if _LABEL_OF_TIME.search(fold(label)):
        return None if times else UnreadWords("W415", 0, len(text.rstrip()))
    return UnreadWords("W414", 0, len(text.rstrip())) if not roles else None


def unsaid(text: str, figures: Collection[object], times: Collection[object]) -> bool:
    """Whether a line that says where, with whom or how says a figure or a time too; sums of money are none."""
    return bool(times or figures) and not _LABEL_OF_MONEY.search(fold(text.partition(":")[0]))


def without_subject(item: str, target: Target) -> Doubt:
    """The doubt of a figure of which the text does not say what it counts or measures."""
    return Doubt(code="W416", params={"item": item, "text": target.text}, evidence=target.evidence)
