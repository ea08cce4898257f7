"""What headings give to the items below them: titles that are nothing but agencies, and topics that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.document import Node, Passage
from pipeline.extract.agencies.full_names import begins_post
from pipeline.extract.agencies.mention import Grade, Mention
from pipeline.extract.agencies.people import titled_group, titled_people, titled_post
from pipeline.extract.clauses.model import RoleMention
from pipeline.extract.items.openings import rule
from pipeline.extract.tables.persons import titles_pattern
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.agencies import names
from pipeline.language.folding import fold
from pipeline.language.sentences import sentences
from pipeline.schema import Role, SectionKind, StatedIn


@dataclass(frozen=True)
class InheritedRole:
    """A role that a heading gives to the items below it, and where it is printed."""

    part: RoleMention
    passage: Passage
    stated_in: StatedIn


@cache
def _in_charge() -> re.Pattern[str]:
    """Who is in charge of a body, in brackets behind it: "Ban Giám hiệu (đồng chí Lê Văn Nam – Hiệu trưởng)"."""
    return re.compile(rf"\(\s*(?:do )?{titles_pattern().pattern}[^()]*\)")


@cache
def _organisation() -> re.Pattern[str]:
    """What a body is, before its name: elsewhere "tổ chức" is what is to be done."""
    return re.compile(rf"tổ chức (?:{'|'.join(map(re.escape, names().organisations))})\b")


_BRACKETS = re.compile(r"\([^()]*\)")
_DUTY = re.compile(r"trách nhiệm(?:,? [^\W\d]+){0,3}? của ")  # a heading says whose duty stands below it
_ORDERED = ("clauses.role.ordered", "clauses.role.leads")
_IN_CHARGE = re.compile(r"\b(?:có|chịu) (?:trách nhiệm|nhiệm vụ)[^.;:]{0,40}:$")
_TITLE = "role.heading"  # the rule of agencies that are a heading


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def title_roles(text: str, mentions: Sequence[Mention], kind: SectionKind | None) -> list[RoleMention]:
    """A title that is nothing but agencies ("Công an tỉnh, Bộ Chỉ huy quân sự tỉnh") makes them responsible."""
    whom = rule("of_whom").match(fold(text))
    said = " " * whom.end() + _BRACKETS.sub(_blank, text[whom.end() :]) if whom else text
    person = titled_post(spelled_out(said)) if whom or kind is SectionKind.ORGANISATION else None
    if person is not None:
        mentions = [person, *(one for one in mentions if one.start >= person.end)]
    for who in _in_charge().finditer(fold(text)):
        text = text[: who.start()] + " " * (who.end() - who.start()) + text[who.end() :]
        mentions = [one for one in mentions if not who.start() <= one.start < who.end()]
    if not mentions:
        whole = titled_group(spelled_out(text)) if kind is SectionKind.ORGANISATION else None
        theirs = kind is SectionKind.ORGANISATION or whom is not None and not whom.group().startswith("đối")
        people = titled_people(spelled_out(said)) if theirs and whole is None else []
        somebody = [whole] if whole else people
        return [RoleMention(one, Role.RESPONSIBLE, _TITLE, subject=True, opening=True) for one in somebody]
    rest = text
    for one in reversed(mentions):
        rest = rest[: one.start] + rest[one.end :]
    if _organisation().match(fold(text)):
        rest = rest[len("Tổ chức") :]
    left = re.sub(
        r"(?:kính |trân trọng )?đề nghị"
        r"|(?:trách nhiệm|nhiệm vụ)(?:,? [^\W\d]+){0,3}? của|^(?:trách nhiệm|nhiệm vụ)"
        r"|đối với|về phía|và|[\s,;:./()-]",
        "",
        fold(rest),
    )
    named = [one for one in mentions if not is_topic(one, kind)]
    beside = _people_beside(said, mentions) if left and kind is SectionKind.ORGANISATION else []
    if beside:
        named = sorted([*named, *beside], key=lambda one: one.start)
    elif left:
        duty = _DUTY.match(fold(text))
        whose = named[:1] if duty and named and named[0].start == duty.end() else []
        named = [person] if person is not None else whose
    return [RoleMention(one, Role.RESPONSIBLE, _TITLE, subject=True, opening=True) for one in named]


def _people_beside(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The people whom a title names beside bodies, where it names nothing else: "Hiệu trưởng và giáo viên"."""
    out: list[Mention] = []
    bounds = [0, *(at for one in mentions for at in (one.start, one.end)), len(text)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        stretch = text[start:end]
        begin = start + len(stretch) - len(stretch.lstrip(" ,;.:-"))
        begin += 3 if fold(text[begin:end]).startswith("và ") else 0
        rest = text[begin:end].rstrip(" ,;.:-")
        rest = rest[:-3] if fold(rest).endswith(" và") else rest
        if not rest or fold(rest) == "và":
            continue
        found = titled_people(spelled_out(rest))
        if not found:
            return []
        out += [replace(one, start=one.start + begin, end=one.end + begin) for one in found]
    return out


def is_topic(mention: Mention, kind: SectionKind | None) -> bool:
    """A kind of institution is a topic under nhiệm vụ and an agency under tổ chức thực hiện."""
    if mention.institution and mention.grade is Grade.BARE:
        return True
    named = any(one.isupper() or one.isdigit() for one in mention.name[1:])
    return mention.institution and kind is SectionKind.TASK and not named


def lead_ins(node: Node) -> Iterable[Passage]:
    """What a heading says: its title, and the paragraph that opens its items."""
    if node.title is not None:
        yield node.title
    if node.body is not None and node.children:
        yield node.body


def line_roles(text: str, roles: Sequence[RoleMention]) -> Iterator[RoleMention]:
    """The roles in a line below an order: those who only "phối hợp" help, whoever the order itself goes to."""
    helps = bool(rule("helps_alone").match(rule("by_when").sub("", fold(text))))
    for one in roles:
        yield replace(one, role=Role.COOPERATING) if helps and one.role is Role.RESPONSIBLE else one


def leading(inherited: InheritedRole) -> InheritedRole:
    """The role of a heading's agency below an order that opens with "Chủ trì": it leads."""
    part = inherited.part
    if part.role is not Role.RESPONSIBLE:
        return inherited
    return replace(inherited, part=replace(part, role=Role.LEAD))


def reports(lead_in: str, text: str) -> bool:
    """Tell whether who gets the reports that a lead-in announces gets those of an item below it too.

    "Thực hiện chế độ báo cáo cho Thành ủy như sau:" over "Khi có bão: báo cáo 02 lần/ngày"; not where it names others.
    """
    folded = fold(text)
    announced = "báo cáo" in fold(lead_in) and "báo cáo" in folded
    return announced and not re.search(r"báo cáo(?: [^\W\d_]+){0,6} (?:cho|về|lên|với|gửi) ", folded)


def own_roles(
    roles: Sequence[RoleMention], kind: SectionKind | None, inherited: Sequence[InheritedRole]
) -> list[RoleMention]:
    """An item's own roles less those of topics, and of each of those whom its heading names.

    "Mỗi xã …" below "Ủy ban nhân dân các xã" is no other body.
    """
    named = f" {' '.join(fold(one.part.mention.name) for one in inherited if one.part.subject)} "
    return [one for one in roles if not (one.subject and (is_topic(one.mention, kind) or _is_each(one, named)))]


def _is_each(one: RoleMention, named: str) -> bool:
    """Whether a role is that of each of those who are named."""
    first, _, rest = fold(one.mention.name).partition(" ")
    return one.opening and first in ("mỗi", "từng") and f" {rest} " in named


def headed(inherited: Sequence[InheritedRole], heads: Sequence[RoleMention]) -> list[InheritedRole]:
    """The roles of the bodies that those a lead-in names head: of "Công an tỉnh" below "Giám đốc Công an tỉnh"."""
    posts = [f" {fold(one.mention.name)}" for one in heads if begins_post(one.mention.name)]
    return [one for one in inherited if any(post.endswith(f" {fold(one.part.mention.name)}") for post in posts)]


def announced(text: str, roles: Sequence[RoleMention]) -> list[RoleMention]:
    """Those whom the last sentence of a text orders to do what stands below: "… yêu cầu các sở thực hiện như sau:"."""
    folded = fold(text)
    last = sentences(folded)[-1][0]
    said = [one for one in roles if one.subject and one.mention.start >= last]
    return [one for one in said if one.rule in _ORDERED or _IN_CHARGE.search(folded, one.mention.end)]
