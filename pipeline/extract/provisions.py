"""Making provisions of leaves: agencies (also those taken over from headings), deadlines, targets, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.document import Passage
from pipeline.errors import Notice, notice
from pipeline.extract.agencies.full_names import names_body, written_out
from pipeline.extract.agencies.mention import Grade
from pipeline.extract.amounts.cells import turned_in
from pipeline.extract.amounts.model import ParsedTarget
from pipeline.extract.clauses import titles
from pipeline.extract.clauses.model import RoleMention
from pipeline.extract.clauses.persons import acting, persons_of
from pipeline.extract.clauses.titles import InheritedRole, is_topic, lead_ins
from pipeline.extract.confidence import What, confidence
from pipeline.extract.doubts import UnreadWords, unread_line, unread_words, unsaid, without_subject
from pipeline.extract.evidence import Locator
from pipeline.extract.identities import heading_title
from pipeline.extract.items.orders import Leaf
from pipeline.extract.items.paragraphs import own_order
from pipeline.extract.passages import LONGEST, Context, PassageReading, read_passage
from pipeline.extract.tables.model import RowFigure, RowReading
from pipeline.extract.tables.persons import NamedPerson
from pipeline.extract.tables.rows import read_row
from pipeline.extract.times.cells import in_line
from pipeline.extract.times.headings import lends, years_of
from pipeline.extract.times.model import ParsedDeadline
from pipeline.language.folding import fold
from pipeline.register import PlanOrigin, identify
from pipeline.schema import (
    Agency,
    Deadline,
    Direction,
    Doubt,
    Evidence,
    Person,
    Provision,
    Role,
    SectionKind,
    StatedIn,
    Target,
)

SHOWN = 60  # characters by which a passage is told

_BRACKETED = re.compile(r"\s*\(\s*(?P<unit>[^()]{1,20})\s*\)\s*$")


class ProvisionReader:
    """Reads leaves one after another; what a heading says is read once."""

    def __init__(
        self,
        locator: Locator,
        year: int | None,
        issued: date | None,
        terms: Mapping[str, str],
        issuer: str | None,
        origin: PlanOrigin,
        *,
        report: bool = False,
    ) -> None:
        """A reader of one plan's leaves.

        Args:
            locator: finds passages in the document.
            year: the plan's own, for dates that state none.
            issued: nothing falls due before.
            terms: the abbreviations that the document makes, written out.
            issuer: the ministry or department that writes.
            report: it is a report: what stands under no heading of aims and tasks tells what has been done.
            origin: the plan's province, date and issuer, by which the register knows its agencies.
        """
        self._origin = origin
        self._report = report
        self._issuer = issuer
        self._terms = terms
        self._bodies = tuple((short, full) for short, full in terms.items() if names_body(full))
        self._issued = issued
        self._locator = locator
        self._year = year
        self._headings: dict[tuple[int, int | None], tuple[Passage, PassageReading]] = {}
        self.notices: list[Notice] = []  # what a reader should look at in long passages

    def provision(self, leaf: Leaf, identity: str, ordinal: int | None, section: str | None) -> Provision:
        """Read the provision of one leaf.

        Args:
            leaf: the leaf.
            identity: its id.
            ordinal: its position among items without a number of their own, None for a numbered one.
            section: the id of the section it stands in.
        """
        aims = leaf.kind in (SectionKind.OBJECTIVE, SectionKind.TASK)
        year = next((due.last.year for due, _ in years_of(leaf.above) if due.last and aims), self._year)
        times_above = self._times_above(leaf, year)
        due_above = next((due.due for due, _ in reversed(times_above) if due.due), None)
        told = self._report and leaf.kind not in (SectionKind.OBJECTIVE, SectionKind.TASK, SectionKind.ORGANISATION)
        context = Context(year, self._issued, leaf.objective, due_above, self._issuer, told, self._bodies)
        reading = self._passage(leaf.text, context)
        inherited = self._inherited(leaf)
        row = read_row(leaf.node.fields if leaf.node else (), self._terms, year, self._issued)
        said = [(due, leaf.text) for due in reading.times.deadlines]
        said += [(due, line) for line in leaf.lines for due in self._line(line, year)]
        own = row.times or said
        spans = [(due.start, due.end) for due in reading.times.deadlines]
        spans += [(one.start, one.end) for one in reading.figures.targets if one.says_how_often]
        alone = not row.times and all(due.in_words for due, _ in own)
        lent = [one for one in times_above if alone and one not in own]
        times = [*((*one, False) for one in own), *((*one, True) for one in lent)]
        deadlines = [self._deadline(due, passage, above, passage in leaf.lent) for due, passage, above in times]
        agencies = self._agencies(leaf, reading, inherited, row)
        targets = [self._target(target, leaf.text) for target in ([] if row.figures else reading.figures.targets)]
        targets += [self._figure(figure, leaf.text, due_above) for figure in row.figures]
        for cell in (*row.results, *row.statements):
            figures = self._passage(cell, replace(context, objective=True)).figures.targets
            if cell in row.statements:
                figures = [
                    replace(one, subject=one.subject or leaf.text.text, due=one.due or row.due) for one in figures
                ]
                if not figures:
                    row.doubt("W408", cell)
            targets += [self._target(one, cell) for one in figures]
        evidence = self._locator.evidence(leaf.text)
        doubts = list(self._doubts(identity, row, own or times_above, evidence))
        timed = bool(row.times) or len(said) > len(reading.times.deadlines)
        doubted = {part.mention.name for part in reading.clauses.roles if part.mention.grade is Grade.UNKNOWN}
        persons = row.persons or list(persons_of(leaf.text, reading.masks, (*leaf.lines, *leaf.shared), leaf.above))
        read_roles = {one.role for one in agencies if one.name not in doubted} | {one.role for one, _ in persons}
        unread = list(unread_words(leaf.text.text, read_roles, spans, timed))
        doubts += [self._unread(identity, leaf.text, one) for one in unread]
        doubts += self._of_lines(identity, leaf, year)
        doubts += [without_subject(identity, one) for one in targets if one.subject is None]
        trust = [self._confidence("item", "item", evidence, bool(unread))]
        trust += [one.confidence for one in agencies] + [one.confidence for one in deadlines]
        trust += [one.confidence for one in targets]
        return Provision(
            id=identity,
            section=section,
            number=leaf.number,
            ordinal=ordinal,
            headings=[heading_title(node.title.text) for node in leaf.above if node.title]
            + ([heading_title(leaf.topic.text)] if leaf.topic else []),
            text=leaf.text.text,
            agencies=agencies,
            persons=[self._person(one, cell) for one, cell in persons],
            deadlines=deadlines,
            targets=targets,
            result=row.result or leaf.result,
            refers_to=[],
            doubts=doubts,
            evidence=evidence,
            confidence=min(trust),
        )

    def states_figures(self, leaf: Leaf) -> bool:
        """Tell whether the words of a leaf state figures that are to be reached."""
        return bool(self._passage(leaf.text, Context(self._year, self._issued, objective=True)).figures.targets)

    def _doubts(
        self, item: str, row: RowReading, deadlines: Iterable[tuple[ParsedDeadline, Passage]], evidence: Evidence
    ) -> Iterable[Doubt]:
        """What a reader should look at in the item."""
        for one in row.doubts:
            where = self._locator.evidence(one.passage, one.start, one.end)
            yield Doubt(code=one.code, params={"item": item, "text": one.text}, evidence=where)
        for due, passage in deadlines:
            if not (due.assumed_year or due.open_ended or due.undated or due.no_such_day):
                continue
            where = self._locator.evidence(passage, due.start, due.end)
            if due.assumed_year:
                yield Doubt(code="W405", params={"item": item}, evidence=where)
            if due.open_ended:
                yield Doubt(code="W406", params={"item": item}, evidence=where)
            if due.undated:
                yield Doubt(code="W415", params={"item": item, "text": where.quote}, evidence=where)
            if due.no_such_day:
                yield Doubt(code="W417", params={"item": item, "text": where.quote}, evidence=where)
        if self._locator.is_doubtful(evidence):
            yield Doubt(code="W411", params={"item": item}, evidence=evidence)

    def _of_lines(self, item: str, leaf: Leaf, year: int | None) -> Iterable[Doubt]:
        """What the item's own lines say of which nothing was read, or nothing is made."""
        for line in leaf.lines:
            actors = [*self._heading(line).clauses.roles, *acting(line.text)]
            if words := unread_line(line.text, actors, self._line(line, year)):
                yield self._unread(item, line, words)
        for line in leaf.lent[:1]:
            yield self._unread(item, line, UnreadWords("W419", 0, len(line.text)))
        for line in leaf.asides:
            read = self._passage(line, Context(year, self._issued, objective=True))
            if unsaid(line.text, read.figures.targets, read.times.deadlines):
                yield self._unread(item, line, UnreadWords("W418", 0, len(line.text)))

    def _unread(self, item: str, passage: Passage, words: UnreadWords) -> Doubt:
        text = passage.text[words.start : words.end]
        where = self._locator.evidence(passage, words.start, words.end)
        return Doubt(code=words.code, params={"item": item, "text": text}, evidence=where)

    def _heading(self, passage: Passage, year: int | None = None) -> PassageReading:
        key = (id(passage), year or self._year)
        if key not in self._headings:
            context = Context(key[1], self._issued, issuer=self._issuer, bodies=self._bodies)
            reading = self._passage(passage, context)
            self._headings[key] = passage, reading  # both are kept, so that no other passage gets its id
        return self._headings[key][1]

    def _line(self, line: Passage, year: int | None) -> Sequence[ParsedDeadline]:
        return in_line(line.text, self._heading(line, year).times.deadlines, year or self._year, self._issued)

    def _passage(self, passage: Passage, context: Context) -> PassageReading:
        """What is read of a passage; nothing, and a notice, of one that is too long."""
        if (count := len(passage.text)) > LONGEST:
            begins = " ".join(passage.text[:SHOWN].split())
            self.notices.append(notice("W409", self._locator.evidence(passage).page, text=begins, count=count))
            return PassageReading(passage.text, context)
        return read_passage(passage.text, context)

    def _inherited(self, leaf: Leaf) -> list[InheritedRole]:
        """The roles the headings and shared lines above give, nearest heading first to speak."""
        inherited: list[InheritedRole] = []
        for node in leaf.above:
            for passage in lead_ins(node):
                inherited = self._under(passage, inherited, leaf)
        for passage in leaf.shared:
            for part in titles.line_roles(passage.text, self._heading(passage).clauses.roles):
                inherited.append(InheritedRole(part, passage, StatedIn.LEAD_IN))
        return inherited

    def _announced(self, leaf: Leaf) -> list[InheritedRole]:
        """Whom the paragraph before all items orders to do them: "… yêu cầu các sở, ngành thực hiện như sau:"."""
        if leaf.opening is None:
            return []
        ordered = titles.announced(leaf.opening.text, self._heading(leaf.opening).clauses.roles)
        return [InheritedRole(part, leaf.opening, StatedIn.LEAD_IN) for part in ordered]

    def _under(self, passage: Passage, inherited: list[InheritedRole], leaf: Leaf) -> list[InheritedRole]:
        reading = self._heading(passage)
        text = passage.text
        parts = list(reading.clauses.roles)
        titled = [] if leaf.objective else titles.title_roles(text, reading.mentions, leaf.kind)
        whole = bool(titled) and titled[0].mention not in reading.mentions  # "Cán bộ phụ trách văn hóa chỉ đạo …"
        if whole:
            parts = titled + [part for part in parts if part.mention.start >= titled[-1].mention.end]
        elif len(titled) > sum(part.subject for part in parts):  # "Hiệu trưởng, giáo viên": people beside bodies
            parts = titled + [part for part in parts if not part.subject]
        subjects = [part for part in parts if part.subject and not is_topic(part.mention, leaf.kind)]
        lead_in = text.rstrip().endswith(":")
        if subjects:
            stated = StatedIn.LEAD_IN if lead_in and len(text) > subjects[-1].mention.end + 3 else StatedIn.HEADING
            others = [part for part in parts if not part.subject and part.role is not Role.REPORTS_TO]
            if not (lead_in or whole) and all(part.role is not Role.LEAD for part in subjects):
                ends = len(text.rstrip(" .;"))  # "Bộ Chỉ huy quân sự tỉnh chỉ đạo Bộ đội Biên phòng"
                others = [part for part in others if part.role is Role.DIRECTED and part.mention.end == ends]
            named = [InheritedRole(part, passage, stated) for part in [*subjects, *others]]
            return titles.headed(inherited, subjects) + named
        if lead_in and parts:
            if reading.clauses.leads_above:
                inherited = [titles.leading(one) for one in inherited]
            parts = [part for part in parts if part.role is not Role.REPORTS_TO or titles.reports(text, leaf.text.text)]
            return inherited + [InheritedRole(part, passage, StatedIn.LEAD_IN) for part in parts]
        return inherited

    def _agencies(
        self, leaf: Leaf, reading: PassageReading, inherited: Sequence[InheritedRole], row: RowReading
    ) -> list[Agency]:
        own = titles.own_roles(reading.clauses.roles, leaf.kind, inherited)
        if row.agencies and row.names_who_acts:  # the columns say who does it; the text may only add others
            own = [part for part in own if not part.subject]
            inherited = []
        elif not inherited and not any(part.subject for part in own):
            inherited = self._announced(leaf)
        found: list[tuple[RoleMention, Passage, StatedIn]] = []
        if any(part.opening for part in own):  # who opens an item takes nothing over but from its own lines
            inherited = [one for one in inherited if one.passage in leaf.lines]
        elif reading.clauses.leads_above:
            inherited = [titles.leading(one) for one in inherited]
        found += [(one.part, one.passage, one.stated_in) for one in inherited]
        found += [(part, leaf.text, StatedIn.TEXT) for part in own]
        named = [
            (one.name, one.role, (passage, one.start, one.end, "column.agency"), StatedIn.TABLE, not one.known)
            for one, passage in row.agencies
        ]
        for part, passage, stated in found:
            full = written_out(part.mention.name, self._terms)
            where = (passage, part.mention.start, part.mention.end, part.rule)
            doubted = part.mention.grade is Grade.UNKNOWN or passage in leaf.lent
            named.append((full, part.role, where, stated, doubted))
        out: list[Agency] = []
        seen: set[tuple[str, Role]] = set()
        leads = {fold(name) for name, role, *_ in named if role is Role.LEAD}
        for name, role, where, stated, doubted in named:
            key = (fold(name), role)
            done = {other for known, other in seen if known == key[0]}
            if role in done or role is Role.RESPONSIBLE and key[0] in leads:
                continue
            seen.add(key)
            evidence = self._locator.evidence(*where)
            out.append(
                Agency(
                    name=name,
                    printed=where[0].text[where[1] : where[2]],
                    key=identify(name, self._origin).key,
                    role=role,
                    stated_in=stated,
                    confidence=self._confidence("agency", stated, evidence, doubted),
                    evidence=evidence,
                )
            )
        return out

    def _times_above(self, leaf: Leaf, year: int | None) -> list[tuple[ParsedDeadline, Passage]]:
        """The times of the nearest heading or shared line that lends one to its items, or a year not the plan's own."""
        for passage in leaf.shared:
            if deadlines := self._line(passage, year):
                return [(due, passage) for due in deadlines]
        for node in reversed(leaf.above):
            if node.title is not None and own_order(node.title.text):
                continue  # the time is that of its own order
            for passage in reversed(list(lead_ins(node))):
                lent = [due for due in self._heading(passage, year).times.deadlines if lends(passage.text, due)]
                if lent:  # "Học kỳ I (từ tháng 9/2025 đến tháng 01/2026)" is one time
                    return [
                        (due, passage) for due in {(one.first, one.last, one.recurrence): one for one in lent}.values()
                    ]
        return [] if self._year in (None, year) else list(years_of(leaf.above))[:1]

    def _confidence(self, what: What, how: str, evidence: Evidence, doubted: bool = False) -> float:
        scan = self._locator.is_scan(evidence)
        return confidence(what, how, scan=scan, doubted=doubted or self._locator.is_doubtful(evidence))

    def _deadline(self, due: ParsedDeadline, passage: Passage, inherited: bool, lent: bool = False) -> Deadline:
        evidence = self._locator.evidence(passage, due.start, due.end, due.rule)
        how = "table" if due.rule.startswith("column.") else "inherited" if inherited else "own"
        text = passage.text[due.start : due.end]
        doubted = due.kind is None and due.relative is None or due.assumed_year or due.open_ended or lent
        return Deadline(
            text=text,
            kind=due.kind,
            start=due.first,
            end=due.last,
            edtf=due.edtf,
            recurrence=due.recurrence,
            relative=due.relative,
            act=due.act,
            inherited=inherited,
            confidence=self._confidence("deadline", how, evidence, doubted),
            evidence=evidence,
        )

    def _target(self, target: ParsedTarget, passage: Passage) -> Target:
        evidence = self._locator.evidence(passage, target.start, target.end, target.rule)
        return Target(
            text=passage.text[target.start : target.end],
            value=target.amount.value,
            value_max=target.amount.value_max,
            comparison=target.comparison,
            unit=target.unit,
            of=target.amount.of,
            per=target.per,
            direction=target.direction,
            subject=target.subject,
            predicate=target.predicate,
            statement=passage.text[target.clause[0] : target.clause[1]].strip(" ,;."),
            baseline=target.baseline,
            due=target.due,
            confidence=self._confidence("target", "text", evidence, target.subject is None),
            evidence=evidence,
        )

    def _person(self, one: NamedPerson, cell: Passage) -> Person:
        evidence = self._locator.evidence(cell, one.start, one.end, one.rule)
        return Person(name=one.name, post=one.post, role=one.role, evidence=evidence)

    def _figure(self, one: RowFigure, work: Passage, due_above: str | None) -> Target:
        subject = ", ".join(filter(None, (_BRACKETED.sub("", work.text).strip(" .:;"), one.of)))
        evidence = self._locator.evidence(one.passage, rule="column.figure")
        unit = one.unit or ((found := _BRACKETED.search(work.text)) and found["unit"].strip()) or None
        return Target(
            text=one.passage.text,
            value=one.figure.value,
            value_max=one.figure.value_max,
            comparison=one.figure.comparison,
            unit=unit,
            of=one.figure.of,
            per=one.per,
            direction=turned_in(subject) if one.figure.direction is Direction.REACH else one.figure.direction,
            subject=subject,
            predicate=None,
            statement=work.text,
            baseline=one.baseline,
            due=one.due or due_above,
            confidence=self._confidence("target", "table", evidence),
            evidence=evidence,
        )
