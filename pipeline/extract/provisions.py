"""Making provisions of leaves: agencies (also those taken over from headings), deadlines, targets, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.document import Node, Passage
from pipeline.errors import Notice, notice
from pipeline.extract.agencies import role_cues
from pipeline.extract.agencies.full_names import written_out
from pipeline.extract.agencies.groups import titled_group
from pipeline.extract.agencies.mention import Grade, Mention
from pipeline.extract.agencies.roles import RoleMention
from pipeline.extract.amounts.targets import ParsedTarget
from pipeline.extract.evidence import Locator
from pipeline.extract.nlp import LONGEST, Context, PassageReading, reader
from pipeline.extract.table_rows import RowFigure, RowReading, read_row
from pipeline.extract.tasks import Leaf
from pipeline.extract.times.model import ParsedDeadline
from pipeline.extract.tokens import spelled_out
from pipeline.language.folding import fold, slug
from pipeline.schema import Agency, Deadline, DeadlineKind, Direction, Provision, Role, SectionKind, StatedIn, Target

SHOWN = 60  # characters by which a passage is told

_BRACKETED = re.compile(r"\s*\(\s*(?P<unit>[^()]{1,20})\s*\)\s*$")


@dataclass(frozen=True)
class InheritedRole:
    """A role that a heading gives to the items below it, and where it is printed."""

    part: RoleMention
    passage: Passage
    stated_in: StatedIn


class ProvisionReader:
    """Reads leaves one after another; what a heading says is read once."""

    def __init__(
        self,
        locator: Locator,
        year: int | None,
        issued: date | None,
        terms: Mapping[str, str],
        issuer: str | None = None,
    ) -> None:
        """A reader of one plan's leaves.

        Args:
            locator: finds passages in the document.
            year: the plan's own, for dates that state none.
            issued: nothing falls due before.
            terms: the abbreviations that the document makes, written out.
            issuer: the ministry or department that writes.
        """
        self._issuer = issuer
        self._terms = terms
        self._issued = issued
        self._locator = locator
        self._year = year
        self._read = reader()
        self._headings: dict[int, PassageReading] = {}
        self.notices: list[Notice] = []  # what a reader should look at in long passages and the rows of tables

    def provision(self, leaf: Leaf, identity: str, ordinal: int | None) -> Provision:
        """Read the provision of one leaf.

        Args:
            leaf: the leaf.
            identity: its id.
            ordinal: its position among items without a number of their own, None for a numbered one.
        """
        times_above = self._times_above(leaf)
        due_above = next((due.due for due, _ in reversed(times_above) if due.due), None)
        context = Context(self._year, self._issued, leaf.objective, due_above, self._issuer)
        reading = self._passage(leaf.text, context)
        inherited = self._inherited(leaf)
        row = read_row(identity, leaf.node.fields if leaf.node else (), self._terms, self._year, self._issued)
        self.notices += row.notices
        doubts: list[str] = list(row.doubts)
        said = [(due, leaf.text) for due in reading.deadlines]
        said += [(due, line) for line in leaf.lines for due in self._heading(line).deadlines]
        deadlines = row.times or said or times_above
        if any(due.assumed_year for due, _ in deadlines):
            doubts.append("year_from_title")
        if any(due.open_ended for due, _ in deadlines):
            doubts.append("open_ended_period")
        evidence = self._locator.evidence(leaf.text)
        if self._locator.is_doubtful(evidence):
            doubts.append("doubtful_reading")
        return Provision(
            id=identity,
            number=leaf.number,
            ordinal=ordinal,
            headings=[title for node in leaf.above if (title := _title(node))]
            + ([_clean(leaf.topic.text)] if leaf.topic else []),
            text=leaf.text.text,
            agencies=self._agencies(leaf, reading, inherited, row),
            deadlines=[self._deadline(due, passage) for due, passage in deadlines],
            targets=[self._target(target, leaf.text) for target in ([] if row.figures else reading.targets)]
            + [self._figure(figure, leaf.text) for figure in row.figures],
            result=row.result,
            evidence=evidence,
            confidence=round(0.9 ** len(doubts), 2),
            lowered_by=doubts,
        )

    def _heading(self, passage: Passage) -> PassageReading:
        key = id(passage)
        if key not in self._headings:
            self._headings[key] = self._passage(passage, Context(self._year, self._issued, issuer=self._issuer))
        return self._headings[key]

    def _passage(self, passage: Passage, context: Context) -> PassageReading:
        """What is read of a passage; nothing, and a notice, of one that is too long."""
        if (count := len(passage.text)) > LONGEST:
            begins = " ".join(passage.text[:SHOWN].split())
            self.notices.append(notice("W409", self._locator.evidence(passage).page, text=begins, count=count))
        return self._read(passage.text, context)

    def _inherited(self, leaf: Leaf) -> list[InheritedRole]:
        """The roles the headings and shared lines above give, nearest heading first to speak."""
        inherited: list[InheritedRole] = []
        for node in leaf.above:
            for passage in _lead_ins(node):
                inherited = self._under(passage, inherited, leaf)
        for passage in leaf.shared:
            for part in self._heading(passage).roles:
                inherited.append(InheritedRole(part, passage, StatedIn.LEAD_IN))
        return inherited

    def _under(self, passage: Passage, inherited: list[InheritedRole], leaf: Leaf) -> list[InheritedRole]:
        reading = self._heading(passage)
        text = passage.text
        parts = list(reading.roles)
        if not any(part.subject for part in parts) and not leaf.objective:
            parts = _title_agencies(text, reading.mentions, leaf.kind) + parts
        subjects = [part for part in parts if part.subject and not _topic(part.mention, leaf.kind)]
        lead_in = text.rstrip().endswith(":")
        if subjects:
            stated = StatedIn.LEAD_IN if lead_in and len(text) > subjects[-1].mention.end + 3 else StatedIn.HEADING
            others = (
                [part for part in parts if not part.subject and part.role is not Role.REPORTS_TO] if lead_in else []
            )
            return [InheritedRole(part, passage, stated) for part in [*subjects, *others]]
        if lead_in and parts:
            if role_cues.lead_opening().match(fold(text)):
                inherited = [_leading(one) for one in inherited]
            parts = [part for part in parts if part.role is not Role.REPORTS_TO]
            return inherited + [InheritedRole(part, passage, StatedIn.LEAD_IN) for part in parts]
        return inherited

    def _agencies(
        self, leaf: Leaf, reading: PassageReading, inherited: Sequence[InheritedRole], row: RowReading
    ) -> list[Agency]:
        own = [part for part in reading.roles if not _topic(part.mention, leaf.kind) or not part.subject]
        if row.agencies:  # the columns say who does it; the text may only add others
            own = [part for part in own if not part.subject]
            inherited = []
        found: list[tuple[RoleMention, Passage, StatedIn]] = []
        if not any(part.opening for part in own):
            if role_cues.lead_opening().match(fold(leaf.text.text)):
                inherited = [_leading(one) for one in inherited]
            found += [(one.part, one.passage, one.stated_in) for one in inherited]
        found += [(part, leaf.text, StatedIn.TEXT) for part in own]
        named = [(one.name, one.role, (passage, one.start, one.end), StatedIn.TABLE) for one, passage in row.agencies]
        for part, passage, stated in found:
            full = written_out(part.mention.name, self._terms)
            named.append((full, part.role, (passage, part.mention.start, part.mention.end), stated))
        out: list[Agency] = []
        seen: set[tuple[str, Role]] = set()
        for name, role, place, stated in named:
            key = (fold(name), role)
            done = {other for known, other in seen if known == key[0]}
            if role in done or role is Role.RESPONSIBLE and Role.LEAD in done:
                continue
            seen.add(key)
            evidence = self._locator.evidence(*place)
            out.append(Agency(name=name, agency_id=slug(name), role=role, stated_in=stated, evidence=evidence))
        return out

    def _times_above(self, leaf: Leaf) -> list[tuple[ParsedDeadline, Passage]]:
        """The times of the nearest heading or shared line that states one and lends it to its items."""
        for passage in leaf.shared:
            if deadlines := self._heading(passage).deadlines:
                return [(due, passage) for due in deadlines]
        for node in reversed(leaf.above):
            for passage in reversed(list(_lead_ins(node))):
                deadlines = [due for due in self._heading(passage).deadlines if _lends(passage.text, due)]
                if deadlines:
                    return [(due, passage) for due in deadlines]
        return []

    def _deadline(self, due: ParsedDeadline, passage: Passage) -> Deadline:
        return Deadline(
            text=passage.text[due.start : due.end],
            kind=due.kind,
            start=due.first,
            end=due.last,
            edtf=due.edtf,
            recurrence=due.recurrence,
            evidence=self._locator.evidence(passage, due.start, due.end),
        )

    def _target(self, target: ParsedTarget, passage: Passage) -> Target:
        return Target(
            text=passage.text[target.start : target.end],
            value=target.value,
            value_max=target.value_max,
            comparison=target.comparison,
            unit=target.unit,
            of=target.of,
            per=target.per,
            direction=target.direction,
            subject=target.subject,
            statement=passage.text[target.clause[0] : target.clause[1]].strip(" ,;."),
            baseline=target.baseline,
            due=target.due,
            evidence=self._locator.evidence(passage, target.start, target.end),
        )

    def _figure(self, one: RowFigure, work: Passage) -> Target:
        subject = _BRACKETED.sub("", work.text).strip(" .:;")
        unit = one.unit or ((found := _BRACKETED.search(work.text)) and found["unit"].strip()) or None
        return Target(
            text=one.passage.text,
            value=one.figure.value,
            value_max=one.figure.value_max,
            comparison=one.figure.comparison,
            unit=unit,
            of=one.figure.of,
            per=None,
            direction=Direction.REACH,
            subject=subject,
            statement=work.text,
            baseline=one.baseline,
            due=one.due,
            evidence=self._locator.evidence(one.passage),
        )


def _title(node: Node) -> str | None:
    return _clean(node.title.text) if node.title else None


def _clean(text: str) -> str:
    return text.strip().rstrip(":").rstrip()


def _lead_ins(node: Node) -> Iterable[Passage]:
    """What a heading says: its title, and the paragraph that opens its items."""
    if node.title is not None:
        yield node.title
    if node.body is not None and node.children:
        yield node.body


def _lends(text: str, due: ParsedDeadline) -> bool:
    """Whether a heading's time holds for the items below: "Mục tiêu đến năm 2030:"; not the year of a plan's name."""
    if due.kind is DeadlineKind.IN:
        return due.start <= len("Trong cả ") and text.rstrip().endswith(":")
    return due.kind in (DeadlineKind.BY, DeadlineKind.DURING)


def _leading(inherited: InheritedRole) -> InheritedRole:
    part = inherited.part
    if part.role is not Role.RESPONSIBLE:
        return inherited
    return replace(inherited, part=replace(part, role=Role.LEAD))


def _title_agencies(text: str, mentions: Sequence[Mention], kind: SectionKind | None) -> list[RoleMention]:
    """A title that is nothing but agencies ("Công an tỉnh, Bộ Chỉ huy quân sự tỉnh") makes them responsible."""
    if not mentions:
        whole = titled_group(spelled_out(text)) if kind is SectionKind.ORGANISATION else None
        return [RoleMention(whole, Role.RESPONSIBLE, subject=True, opening=True)] if whole else []
    rest = text
    for one in reversed(mentions):
        rest = rest[: one.start] + rest[one.end :]
    left = re.sub(
        r"(?:kính |trân trọng )?đề nghị|trách nhiệm(?: thực hiện)? của|nhiệm vụ của|đối với|và|[\s,;:./()-]",
        "",
        fold(rest),
    )
    if left:
        return []
    return [RoleMention(one, Role.RESPONSIBLE, subject=True, opening=True) for one in mentions if not _topic(one, kind)]


def _topic(mention: Mention, kind: SectionKind | None) -> bool:
    """A kind of institution is a topic under nhiệm vụ and an agency under tổ chức thực hiện."""
    if mention.institution and mention.grade is Grade.BARE:
        return True
    return mention.institution and kind is SectionKind.TASK and not any(c.isupper() for c in mention.name[1:])
