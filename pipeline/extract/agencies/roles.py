"""Roles: who leads, does, cooperates, is directed or receives the report, by the words around the names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extract.agencies import role_cues
from pipeline.extract.agencies.mention import Grade, Mention
from pipeline.language.folding import fold
from pipeline.language.sentences import sentences
from pipeline.schema import Role

# Between two agencies of one list; a missing comma is read as one.
_JOIN = re.compile(r"\s*(?:[,;/]|,?\s*và|,?\s*hoặc|,?\s*cùng(?:\s+với)?|,?\s*với|&|,?\s*(?:như|gồm|bao gồm)\s*:?)?\s*$")


# "Giao Sở Nội vụ tiếp thu các ý kiến, chủ trì, phối hợp với …": the agency's second verb.
_LEADS_LATER = re.compile(r"[^.;:]{0,90}, (?:và )?chủ trì(?:,| phối hợp)")


_LONGEST_TOPIC = 30  # syllables before a colon


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A mention in a role. `subject`: it is the subject of its sentence; `opening`: it opens the item."""

    mention: Mention
    role: Role
    subject: bool = False
    opening: bool = False


def _whole_lists(bounds: Sequence[tuple[int, int]], mentions: Sequence[Mention], folded: str) -> list[tuple[int, int]]:
    """The sentences, less the bounds that only divide two agencies of one list ("A; B và C")."""
    starts = {one.start for one in mentions}
    ends = {one.end for one in mentions}
    out: list[tuple[int, int]] = []
    for start, end in bounds:
        first = start + len(folded[start:end]) - len(folded[start:end].lstrip())
        if out and first in starts and out[-1][1] in ends and folded[out[-1][1]] == ";":
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _lists(mentions: Sequence[Mention], folded: str, start: int, end: int) -> list[list[Mention]]:
    """The mentions between `start` and `end`, those joined by commas and "và" together."""
    out: list[list[Mention]] = []
    for one in mentions:
        if not start <= one.start < end:
            continue
        if out and _JOIN.match(folded[out[-1][-1].end : one.start]) and out[-1][-1].end <= one.start:
            out[-1].append(one)
        else:
            out.append([one])
    return out


def assign(text: str, mentions: Sequence[Mention], masked: Sequence[tuple[int, int]] = ()) -> list[RoleMention]:
    """Assign roles to mentions by the words around them; a mention without a role is left out.

    Args:
        text: of a passage.
        mentions: in it.
        masked: stretches in which nobody gets a role, as `citations.masks` gives them.
    """
    folded = fold(text)
    free = [one for one in mentions if not any(a <= one.start < b for a, b in masked)]
    out: list[RoleMention] = []
    for start, end in _whole_lists(sentences(folded), free, folded):
        for group in _lists(free, folded, start, end):
            if _helps(group, folded, end, free):
                out.extend(_all(group, Role.COOPERATING))
            else:
                out.extend(_roles_of(group, folded, start, end))
    return out


def _helps(group: list[Mention], folded: str, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether a list helps one that leads: "A chủ trì; B, C phối hợp thực hiện", but not "B phối hợp với C"."""
    behind = role_cues.after("helping").match(folded[group[-1].end : end])
    if not behind:
        return False
    partner = group[-1].end + behind.end() + 1
    if any(one.start == partner for one in mentions):
        return False  # "B phối hợp C"
    before = folded[max(0, group[0].start - 3 * role_cues.WINDOW) : group[0].start]
    return bool(role_cues.before("helping").search(before))


def _all(group: Sequence[Mention], role: Role, *, subject: bool = False, opening: bool = False) -> list[RoleMention]:
    """All of a list in one role, less institutions that only their kind names."""
    named = (one for one in group if not (one.grade is Grade.BARE and one.institution))
    return [RoleMention(one, role, subject, opening) for one in named]


def _roles_of(group: list[Mention], folded: str, start: int, end: int) -> Iterable[RoleMention]:
    before = folded[max(start, group[0].start - role_cues.WINDOW) : group[0].start]
    if len(group) > 1 and role_cues.before("followed").search(before) and folded[group[0].end] == ",":
        return _roles_of(group[1:], folded, start, end)
    behind = folded[group[-1].end : end]
    whole_before = folded[start : group[0].start]
    leads = bool(role_cues.after("lead").match(behind))
    if role_cues.before("cooperating").search(before) or role_cues.after("cooperating").match(behind):
        return _all(group, Role.COOPERATING)
    if role_cues.before("lead").search(before):
        return _all(group, Role.LEAD, subject=True)
    if not leads:
        if role_cues.before("directed").search(before):
            return _all(group, Role.DIRECTED)
        if not _opens_sentence(whole_before) and role_cues.before("reports_to").search(before):
            return _all(group, Role.REPORTS_TO)
    if role_cues.after("ordering").match(behind) and _opens_sentence(whole_before):
        return []  # who gives the order has no role in it
    if leads or _opens_sentence(whole_before) and _acts(behind):
        role = Role.LEAD if leads or _LEADS_LATER.match(behind) else Role.RESPONSIBLE
        opening = start == 0 and _opens_sentence(whole_before)
        return _all(group, role, subject=True, opening=opening)
    if role_cues.after("acting").match(behind) and _after_phrase(whole_before) and group[0].grade is Grade.PROPER:
        return _all(group, Role.RESPONSIBLE, subject=True, opening=start == 0)
    if role_cues.before("responsible").search(before) and _LEADS_LATER.match(behind):
        return _all(group, Role.LEAD, subject=True)
    if role_cues.before("responsible").search(before) or (
        role_cues.after("responsible").match(behind) and not role_cues.before("none").search(before)
    ):
        return _all(group, Role.RESPONSIBLE, subject=True)
    return []


def _opens_sentence(before: str) -> bool:
    return len(before) < 2 * role_cues.WINDOW and bool(role_cues.subject().match(before))


def _after_phrase(before: str) -> bool:
    """Whether what stands before is one short phrase and a comma, or a topic and a colon: "Rà soát hộ nghèo: …"."""
    stripped = before.strip()
    if stripped.endswith(":"):
        return stripped.count(":") == 1 and len(stripped.split()) <= _LONGEST_TOPIC
    return stripped.endswith(",") and stripped.count(",") == 1 and len(stripped.split()) <= 10


def _acts(behind: str) -> bool:
    """Whether a sentence goes on behind its first agencies as about them: not a list of other things."""
    rest = behind.lstrip(" )")
    return not rest.startswith(("và ", "của ", "hoặc "))
