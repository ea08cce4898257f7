"""What was passed over: words of a role or of a time by which nothing was read, and lines that are in no list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from pipeline.document import DocumentPart, Node, Outline, Passage
from pipeline.errors import Notice, notice
from pipeline.extract.items.actors import names_actor, only_names
from pipeline.extract.items.leaves import LINES
from pipeline.extract.items.openings import rule
from pipeline.extract.items.orders import ITEM_KINDS, Leaf, is_member
from pipeline.knowledge.passages import doubt_words, words_that
from pipeline.language.folding import fold
from pipeline.schema import Doubt, Role, SectionKind, Target

_ROLES = {Role.LEAD: "lead", Role.COOPERATING: "cooperating", Role.REPORTS_TO: "reports_to"}

SHOWN = 80  # characters by which a line is told
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


_NO_ORDERS = ("formula", "no_order", "allotted", "meaning", "described", "described_as", "agenda")
_PAST = re.compile(r"\bđã\b")


def left_out(plan: Outline, found: Collection[Leaf]) -> Iterator[Notice]:
    """Tell of the numbered and bulleted lines that may order something and are in no list, once for each heading.

    Where the title says that a section describes something only lines that begin with who acts or with a deed are told,
    and only behind the first item; of annexes only such lines, of reports, which tell what was done, none.

    Args:
        plan: the outline.
        found: its leaves that are tasks or objectives.
    """
    made = {id(leaf.element) for leaf in found} | {id(one) for leaf in found for one in (*leaf.lines, *leaf.shared)}
    kind = plan.parts[plan.main].head.document_type
    if kind is not None and fold(kind.text) == "báo cáo":
        return
    for number, part in enumerate(plan.parts):
        if part.is_form and number:
            continue
        for lines in _unlisted(part, made, strict=number > 0):
            said = lines[0]
            yield notice("W422", said.page, text=" ".join(said.text[:SHOWN].split()), count=len(lines))


def _unlisted(part: DocumentPart, made: Set[int], *, strict: bool) -> Iterator[list[Passage]]:
    """The lines of a part that are in no list, those below one heading together."""
    behind = False

    def walk(node: Node, siblings: list[Passage]) -> Iterator[list[Passage]]:
        nonlocal behind
        behind = behind or id(node) in made
        children = [child for child in node.children if child.style not in LINES]
        if children and id(node) not in made or len(children) > 1:
            below: list[Passage] = []
            for child in children:
                yield from walk(child, below)
            if below:
                yield below
        elif not {id(node), id(node.title)} & made and (said := _may_be_order(node, behind, strict)) is not None:
            siblings.append(said)

    top: list[Passage] = []
    for node in part.nodes:
        yield from walk(node, top)
    if top:
        yield top


def _may_be_order(node: Node, behind: bool, strict: bool) -> Passage | None:
    """What a line says that may order something; None of others. Only lines with a mark of their own are looked at."""
    said = node.body or node.title
    if said is None or node.style in ("table", "section", "title", "paragraph", "passage", "order", "dieu"):
        return None
    folded = fold(said.text)
    if said.text.isupper() or only_names(said.text) or is_member(said.text) or rule("money").match(folded):
        return None
    if any(rule(one).search(folded) for one in _NO_ORDERS) or _PAST.search(folded, 0, SHOWN):
        return None
    if folded.startswith(_deeds()) or names_actor(said.text):
        return said if behind or node.kind in ITEM_KINDS else None
    plain = node.kind in ITEM_KINDS - {SectionKind.FUNDING} and not strict and not folded.rstrip().endswith(":")
    return said if plain else None


@cache
def _deeds() -> tuple[str, ...]:
    return tuple(f"{verb} " for use in ("acts", "opens") for verb in words_that(use) if " " in verb)
