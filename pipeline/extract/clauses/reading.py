"""Reading the clauses of a passage, and the roles that they give to the agencies in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pipeline.extract.agencies.lexicon import beginnings
from pipeline.extract.agencies.mention import Grade, Mention
from pipeline.extract.clauses.model import AgencyList, Clause, RoleMention
from pipeline.extract.grammar import Finding, Grammar, PlacedToken, Refusal, TokenizedText
from pipeline.extract.grammar.text import NAMES, START, SUBJECT
from pipeline.knowledge import agencies
from pipeline.knowledge.passages import words_that
from pipeline.language.folding import fold
from pipeline.language.sentences import sentences
from pipeline.schema import Role

FIND = ("role", "refused")
_BESIDE = "clauses.role.partner-beside-lead"
_ACTS = "clauses.role.acts"
_ORDERED = "clauses.role.ordered"
_BEHIND_COMMA = "clauses.role.acts-too"
_SHARE = "clauses.about.share"
_TOPIC = "clauses.followed.topic"
_LEAD_AND_PARTNERS = "clauses.role.lead-partner-label"
# Between two agencies of one list, with what the first is in brackets; a missing comma is read as one.
_JOIN = re.compile(
    r"(?:\s*\((?!(?:(?:cơ quan|đơn vị) )?(?:chủ trì|phối hợp|đầu mối)|qua |theo )[^()]{3,90}\))?"
    r"\s*(?:[,;/]|,?\s*và|,?\s*hoặc|,?\s*cùng(?:\s+với)?|,?\s*với|&|,?\s*(?:như|gồm|bao gồm)\s*:?)?\s*$"
)
# Right before a body that is meant though only its kind names it: "phối hợp với Thư viện".
_ADDRESSED = re.compile(r"\b(?:phối hợp(?: chặt chẽ)?(?: với)?|giao(?: cho)?|đề nghị|yêu cầu) $")
_PERSONS = re.compile(r"(?:các )?(?:đồng chí|đ/c) $")  # before the second of them
_LED = re.compile(
    r"(?:chủ trì|đầu mối)\b[^.]{0,400}(?:\.[^.]{0,260})?$"
    r"|(?:[(,]|^giao(?: cho)?) ?[^(),;]{3,80} (?:tham mưu|thực hiện)[;,] ?$"
    r"|\bdo [^.;:]{3,80} (?:thực hiện|đảm nh\w+|phụ trách), ?$"
)
# Right before who receives.
_RECEIVED = re.compile(r"\b(?:tham mưu|trình|báo cáo|gửi|gửi về|đề xuất|kiến nghị) (?:cho |về |lên )?$")
# Between two bodies: another sentence, or words behind which the second is told, asked or only named.
_OTHERS = re.compile(
    r"[.;:]\s|\b(?:chỉ đạo|hướng dẫn|đôn đốc|phối hợp|với|giao|yêu cầu|đề nghị|của|theo|cho|tại|gồm|như|thuộc|về|để|do"
    r"|trình|được|đã|mà|những|sau khi)\b"
)
_NEAR = 40  # characters before a body in which the verb stands that addresses it
_REACH = 780  # characters before a helper in which a lead may stand


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """The clauses of a passage in order, words of roles that make none, and the roles that the clauses give."""

    clauses: Sequence[Clause] = ()
    refused: Sequence[Refusal] = ()
    roles: Sequence[RoleMention] = ()

    @property
    def leads_above(self) -> bool:
        """Whether an order of the passage, before it names who acts, makes the agency of the heading above lead."""
        return any(one.above for one in self.clauses)


@cache
def _listed() -> re.Pattern[str]:
    """Those of whom a list at the end says who they are: "các cơ quan sau đây chủ trì …: Sở Y tế; Sở Nội vụ"."""
    below = r"(?:(?:có tên|được nêu|nêu) )?(?:sau đây|dưới đây|sau)(?=:| (?!khi\b|đó\b|này\b))"
    bodies = "|".join(sorted(agencies.groups(), key=len, reverse=True))
    which = "|".join(sorted(agencies.names().qualifiers, key=len, reverse=True))
    many = rf"(?:{bodies})(?:(?:, | và )(?:{bodies})){{0,4}}(?: (?:{which})(?=:))?"
    return re.compile(
        rf"\b(?:các|những) (?:[^.;:()\d]{{2,60}}? {below}"
        rf"|{many}(?=:| (?:chủ trì|thực hiện|tham gia)[^.:;]{{0,30}}:))"
    )


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(f"{verb} " for verb in words_that("acts"))


@cache
def grammar() -> Grammar:
    """The rules of clauses."""
    makers: dict[str, Callable[..., object]] = {"clause": _clause, "subject": _subject}
    words = {"ACTS": words_that("acts"), "TIME_FIRST": agencies.names().time_first}
    return Grammar.load("pipeline.extract.clauses", makers, words)


def read_clauses(
    text: str, mentions: Sequence[Mention], masked: Sequence[tuple[int, int]] = (), *, measured: bool = False
) -> ClauseReading:
    """Read the clauses of a text; a mention that has no part in any is in no role.

    Args:
        text: of a passage.
        mentions: of agencies in it.
        masked: stretches in which nobody gets a role, as `citations.masks` gives them.
        measured: the passage is an objective: a share of bodies in it is what is measured, and does nothing.
    """
    tokens = marked(text, _outside(mentions, sorted(masked)), measured=measured)
    clauses: list[Clause] = []
    refused: list[Refusal] = []
    for found in grammar().read(tokens, FIND):
        if isinstance(found.value, Clause):
            clause = _settled(found.value, found.rule, tokens, clauses)
            known = clause.unknown and any(a.start < clause.end and clause.start < a.end for a in mentions)
            alone = clause.rule == _BEHIND_COMMA and not _acts_before(clauses, clause, tokens, mentions)
            clauses += [] if known or alone else [clause]
        else:
            refused.append(Refusal(found.start, found.end, found.rule))
    second = tokens.lows.index(START, 1) if START in tokens.lows[1:] else len(tokens.lows)  # sentence
    opening = {id(one) for at, one in tokens.values.items() if tokens.lows[at] == SUBJECT and at <= second}
    for orders, one in pairwise(clauses):
        if id(orders.orders) in opening:  # "Ủy ban nhân dân tỉnh giao Sở Y tế …": whom the order goes to opens the item
            opening |= {id(names) for names in (one.leads, one.acts) if names}
    clauses = _told_on(_led(clauses, opening), tokens.folded)
    roles = [part for one in clauses for part in _roles(one, opening)]
    if text.isupper():  # "ĐOÀN KIỂM TRA, THỜI GIAN KIỂM TRA": topics of a heading, of which none does anything
        roles = [part for part in roles if text[part.mention.end : part.mention.end + 1] != ","]
    return ClauseReading(clauses, refused, roles)


def _led(clauses: list[Clause], opening: set[int]) -> list[Clause]:
    """The clauses, where a later sentence opens with "Chủ trì": who opens the item leads, and not the heading."""
    first = next((at for at, one in enumerate(clauses) if opening & {id(one.leads), id(one.acts)}), None)
    if first is None or not any(one.above for one in clauses[first:]):
        return clauses
    leads = clauses[first].leads or clauses[first].acts
    opening.add(id(leads))
    promoted = replace(clauses[first], leads=leads, acts=())
    return [*clauses[:first], promoted, *(replace(one, above=False) for one in clauses[first + 1 :])]


def _told_on(clauses: list[Clause], folded: str) -> list[Clause]:
    """The clauses, where a list of those who are told goes on, up to an order of its own.

    "Chỉ đạo Sở Y tế mở lớp; Sở Nội vụ cấp thẻ": both are told.
    """
    if not clauses or not clauses[0].told or folded[: clauses[0].start].strip(" -–+*•"):
        return clauses
    out: list[Clause] = []
    for at, one in enumerate(clauses):
        if one.leads or one.above or one.orders or one.acts and one.rule != _ACTS:
            return [*out, *clauses[at:]]
        goes_on = one.acts and folded[: one.start].rstrip()[-1:] == ";"
        out.append(replace(one, told=one.acts, acts=()) if goes_on else one)
    return out


def marked(text: str, mentions: Sequence[Mention], *, measured: bool = False) -> TokenizedText:
    """A text as the rules read it: its sentences' starts, its lists of agencies, and whom sentences are about."""
    folded = fold(text)
    bounds = sentences(folded)
    lists = _lists(mentions, folded, bounds)
    tokens = _placed(text, bounds, lists)
    if not lists:
        return tokens
    if (listed := _listed_below(lists, folded)) is not None:
        tokens = _placed(text, bounds, *listed)
    elif followed := grammar().read(tokens, ("followed",)):
        for found in followed:
            lists = [part for names in lists for part in _parted(names, found, folded)]
        tokens = _placed(text, bounds, lists)
    for found in grammar().read(tokens, ("about",)):
        if not (measured and found.rule == _SHARE):
            tokens.mark(found.last - 1, SUBJECT)
    return tokens


def _lists(mentions: Sequence[Mention], folded: str, bounds: Sequence[tuple[int, int]]) -> list[AgencyList]:
    """The mentions of each sentence, those joined by commas and "và" together; "A; B và C" is one list too."""
    if not mentions:
        return []
    starts = {start + len(folded[start:end]) - len(folded[start:end].lstrip()) for start, end in bounds}
    out: list[list[Mention]] = []
    for one in mentions:
        if out and _goes_on(out[-1], one, folded, starts):
            out[-1].append(one)
        else:
            out.append([one])
    addressed = (bool(_ADDRESSED.search(folded, max(0, names[0].start - _NEAR), names[0].start)) for names in out)
    return [
        tuple(names) for names, meant in zip(out, addressed, strict=True) if meant or not all(map(_is_unnamed, names))
    ]


def _goes_on(names: Sequence[Mention], one: Mention, folded: str, starts: set[int]) -> bool:
    """Whether a mention is of one list with those before it; a semicolon joins, a stop does not.

    "Báo cáo Sở Y tế; Sở Nội vụ rà soát": who stands behind the semicolon acts, and receives nothing.
    """
    last = names[-1]
    if last.end > one.start or not _JOIN.match(_PERSONS.sub("", folded[last.end : one.start])):
        return False
    if folded[last.end] == ";" and _RECEIVED.search(folded, max(0, names[0].start - _NEAR), names[0].start):
        return not folded[one.end :].lstrip().startswith(_verbs())
    return one.start not in starts or folded[last.end] == ";"


def _listed_below(lists: Sequence[AgencyList], folded: str) -> tuple[list[AgencyList], tuple[int, int]] | None:
    """The lists, last the one that says who is meant before its colon, and where that stands; None without one.

    It ends the text, or stands right behind those whom it lists: "Giao các đơn vị: Sở Y tế, Sở Nội vụ thực hiện".
    """
    for names in lists:
        before = folded[: names[0].start].rstrip(" -+•")
        found = _listed().search(before) if before.endswith(":") else None
        beside = found is not None and found.end() + 1 == len(before)
        if found is None or not beside and folded[names[-1].end :].strip(" .;,/"):
            continue
        others = [one for one in lists if one[0].start >= found.end() or one[-1].end <= found.start()]
        return [*(one for one in others if one is not names), names], (
            found.start(),
            names[-1].end if beside else found.end(),
        )
    return None


def _is_unnamed(one: Mention) -> bool:
    """Whether a mention is an institution that only its kind names: a library, a newspaper."""
    return one.grade is Grade.BARE and one.institution


def _parted(names: AgencyList, found: Finding, folded: str) -> list[AgencyList]:
    """A list in two where a rule says so: whose guidance an order follows is in no list with who follows it."""
    behind = names[0].end
    if names[-1].end != found.end or len(names) == 1 or folded[behind] != ",":
        return [names]
    if found.rule == _TOPIC and " và " in folded[behind : names[-1].start]:
        return [names]  # "Đối với A, B và C": all are one topic
    return [names[:1], names[1:]]


def _placed(
    text: str, bounds: Sequence[tuple[int, int]], lists: Sequence[AgencyList], last: tuple[int, int] | None = None
) -> TokenizedText:
    """The tokens of a text, its lists among them; `last`: where the last of these is read, if not where it stands."""
    spans = [(names[0].start, names[-1].end) for names in lists[: -1 if last else None]] + ([last] if last else [])
    placed = [PlacedToken(*span, NAMES, names) for span, names in sorted(zip(spans, lists, strict=True))]
    spans.sort()
    for start, _ in bounds:
        index = bisect_left(spans, (start, 0)) - 1
        if index < 0 or spans[index][1] <= start:
            placed.append(PlacedToken(start, start, START))
    return TokenizedText(text, placed=sorted(placed, key=lambda one: (one.start, one.end)))


def _outside(mentions: Sequence[Mention], masked: Sequence[tuple[int, int]]) -> list[Mention]:
    """The mentions that begin in no masked stretch; both in order."""
    out, index, reach = [], 0, 0
    for one in mentions:
        while index < len(masked) and masked[index][0] <= one.start:
            reach, index = max(reach, masked[index][1]), index + 1
        if one.start >= reach:
            out.append(one)
    return out


def _acts_before(clauses: Sequence[Clause], clause: Clause, tokens: TokenizedText, mentions: Sequence[Mention]) -> bool:
    """Whether the sentence of a clause says right before it that somebody else acts, and names no third body."""
    for one in clauses:
        third = any(one.end <= other.start and other.end < clause.start for other in mentions)
        if (one.acts or one.leads) and not third and not _OTHERS.search(tokens.folded[one.end : clause.start]):
            return True
    return False


def _settled(clause: Clause, rule: str, tokens: TokenizedText, before: Sequence[Clause]) -> Clause:
    """The clause with its rule; who "phối hợp" beside nobody who acts does so, and a body that is not known leads."""
    led = any(one.acts or one.leads for one in before)
    if rule == _BESIDE and not led and not _LED.search(tokens.folded[max(0, clause.start - _REACH) : clause.start]):
        return replace(clause, rule="clauses.role.in-charge", acts=clause.helps, helps=())
    if rule == _LEAD_AND_PARTNERS:
        return replace(clause, rule=rule, leads=clause.leads[:1], helps=clause.leads[1:])
    if clause.unknown:
        start = tokens.folded.index(clause.unknown, clause.start)
        end = start + len(clause.unknown)
        unknown = Mention(start, end, tokens.text[start:end], Grade.UNKNOWN, False, 0, 0)
        return replace(clause, rule=rule, leads=(unknown,))
    return replace(clause, rule=rule)


def _roles(clause: Clause, opening: set[int]) -> Iterator[RoleMention]:
    for inner in clause.within:
        yield from _roles(replace(inner, rule=clause.rule), opening)
    for role, names in (
        (Role.LEAD, clause.leads),
        (Role.RESPONSIBLE, clause.acts),
        (Role.COOPERATING, clause.helps),
        (Role.DIRECTED, clause.told),
        (Role.REPORTS_TO, clause.receives),
    ):
        subject = role in (Role.LEAD, Role.RESPONSIBLE)
        for one in names:
            addressed = " " in one.name and (role is Role.COOPERATING or clause.rule == _ORDERED)  # not "Báo, Đài"
            if addressed or not _is_unnamed(one):
                yield RoleMention(one, role, clause.rule, subject, subject and id(names) in opening)


def _clause(
    place: tuple[int, int],
    verb: object = "",
    orders: AgencyList = (),
    leads: AgencyList = (),
    acts: AgencyList = (),
    helps: AgencyList = (),
    told: AgencyList = (),
    receives: AgencyList = (),
    through: AgencyList = (),
    above: bool = False,
    unknown: str = "",
    within: tuple[Clause, ...] = (),
    grades: Sequence[str] = (),
    begins: Sequence[str] = (),
) -> Clause | None:
    if begins and fold((orders or acts)[0].name).split()[0] not in begins:
        return None
    if grades and (leads or acts or told or receives or orders)[0].grade not in grades:
        return None
    if unknown and not _is_body(unknown):
        return None
    receives += tuple(one for one in through if fold(one.name).split()[0] not in agencies.names().carriers)
    return Clause(*place, str(verb or ""), orders, leads, acts, helps, told, receives, above, unknown, within)


def _is_body(folded: str) -> bool:
    """Whether words begin as the names of bodies do, and not with what is done: "Tổ chức hội nghị"."""
    verbs = (*words_that("acts"), *words_that("opens"), *words_that("resumes"))
    return folded.split()[0] in beginnings() and not folded.startswith(tuple(f"{verb} " for verb in verbs))


def _subject(subject: AgencyList, grade: str | None = None) -> AgencyList | None:
    return subject if grade is None or subject[0].grade == grade else None
