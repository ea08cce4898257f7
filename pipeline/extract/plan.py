"""Outline -> Plan: the metadata, the tree of sections, objectives and tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipeline.document import AssembledTable, Document, Node, Outline
from pipeline.errors import Notice, notice
from pipeline.extract.agencies.full_names import defined, spelled
from pipeline.extract.evidence import Locator
from pipeline.extract.metadata import plan_id, read_metadata
from pipeline.extract.provisions import ProvisionReader
from pipeline.extract.references import refers_to
from pipeline.extract.tasks import Leaf, leaves
from pipeline.language.folding import fold, slug
from pipeline.schema import PageSource, Place, Plan, PlanWarning, Provision, Section, SectionKind, Source, TableRecord

TELLING = 4  # words: a shorter text can be that of two different tasks


def extract(document: Document, outline: Outline) -> Plan:
    """Extract the plan of a document.

    Args:
        document: restored; its text is what offsets in the plan point into.
        outline: of the same document.
    """
    locator = Locator(document)
    metadata, basis = read_metadata(outline, locator)
    notices: list[Notice] = [*document.notices, *outline.notices]
    year = _year(metadata.period, metadata.issued_on.year if metadata.issued_on else None)
    names = _ProvisionIds()
    terms = {**spelled(document.text), **defined(document.text)}
    issuer = metadata.issuer.name if metadata.issuer else None
    provisions = ProvisionReader(locator, year, metadata.issued_on, terms, issuer)
    sections = list(_sections(outline, locator))
    objectives: list[Provision] = []
    tasks: list[Provision] = []
    rows: list[Provision] = []
    for leaf in leaves(outline):
        identity, ordinal = names.of(leaf)
        made = provisions.provision(leaf, identity, ordinal)
        if pointed := refers_to(made.text, outline.tables):
            made = made.model_copy(update={"refers_to": [f"table-{number}" for number in pointed]})
        (objectives if leaf.objective else tasks).append(made)
        if leaf.node is not None and leaf.node.fields:
            rows.append(made)
    tasks, said = _once(tasks, rows)
    notices += said
    notices += provisions.notices if document.has_pages else [replace(one, page=None) for one in provisions.notices]
    number = metadata.number or metadata.attached_to
    notices += _checks(metadata.document_type, number, metadata.issued_on is None, tasks, objectives)
    for name in ("number", "issued_on"):
        evidence = metadata.evidence.get(name)
        if evidence is not None and locator.is_doubtful(evidence):
            notices.append(notice("W213", evidence.page, value=evidence.quote))
    return Plan(
        plan_id=plan_id(metadata, document.sha256),
        source=_source(document),
        metadata=metadata,
        legal_basis=basis,
        sections=sections,
        objectives=objectives,
        tasks=tasks,
        tables=[_table(number, sheet, document.has_pages) for number, sheet in enumerate(outline.tables, 1)],
        warnings=[_warning(one) for one in notices],
    ).with_text(document.text)


def _warning(said: Notice) -> PlanWarning:
    return PlanWarning(code=said.code, message=said.text("en"), page=said.page).with_params(dict(said.params))


def _year(period: str | None, issued: int | None) -> int | None:
    """The year that a date without one is in: the plan's single year, else the year of issue."""
    if period and period.isdigit():
        return int(period)
    return issued


def _source(document: Document) -> Source:
    return Source(
        file_name=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        page_count=len(document.pages) if document.has_pages else None,
        pages=[
            PageSource(
                page=page.number, text_origin=page.text_origin.value, reason=page.reason, confidence=page.confidence
            )
            for page in document.pages
        ],
    )


def _once(tasks: list[Provision], rows: list[Provision]) -> tuple[list[Provision], list[Notice]]:
    """The tasks without items of the body that say what a row of a table says, and nothing more."""
    by_text = {_words(row): row for row in rows}
    own = {id(row) for row in rows}
    kept, notices = [], []
    for one in tasks:
        row = by_text.get(_words(one))
        if row is None or id(one) in own or not _says_no_more(one, row):
            kept.append(one)
        else:
            notices.append(notice("W307", one.evidence.page, item=one.id, row=row.id))
    return kept, notices


def _words(one: Provision) -> str:
    return " ".join(fold(one.text).split()).strip(" .;:,")


def _says_no_more(one: Provision, row: Provision) -> bool:
    agencies = {(agency.name, agency.role) for agency in row.agencies}
    times = {(due.kind, due.start, due.end, due.recurrence) for due in row.deadlines}
    return (
        len(one.text.split()) >= TELLING
        and not one.targets
        and all((agency.name, agency.role) in agencies for agency in one.agencies)
        and all((due.kind, due.start, due.end, due.recurrence) in times for due in one.deadlines)
    )


def _table(number: int, sheet: AssembledTable, has_pages: bool) -> TableRecord:
    return TableRecord(
        id=f"table-{number}",
        kind=sheet.kind,
        reason=sheet.reason,
        title=sheet.title,
        header=list(sheet.header),
        rows=[list(row) for row in sheet.rows],
        places=[
            Place(page=page if has_pages else None, box=[round(value, 1) for value in box] if box else None)
            for page, box in sheet.places
        ],
    )


class _ProvisionIds:
    """Identities: the number, "-2" for the second unnumbered item, "~2" when a printed number comes again."""

    def __init__(self) -> None:
        self._holders: dict[str, list[int]] = {}
        self._bullets: Counter[str] = Counter()
        self._given: Counter[str] = Counter()

    def of(self, leaf: Leaf) -> tuple[str, int | None]:
        base = leaf.number or ("muc" if leaf.node is not None else "ket")
        holder = self._holder(leaf)
        holders = self._holders.setdefault(base, [])
        if holder not in holders:
            holders.append(holder)
        copy = holders.index(holder) + 1
        name = base if copy == 1 else f"{base}~{copy}"
        ordinal = None
        if leaf.ordinal is not None or leaf.number is None:
            self._bullets[name] += 1
            ordinal = self._bullets[name]
            name = f"{name}-{ordinal}"
        self._given[name] += 1
        if self._given[name] > 1:
            name = f"{name}~{self._given[name]}"
        return name, ordinal

    @staticmethod
    def _holder(leaf: Leaf) -> int:
        """Which element printed the number: the leaf itself, or the nearest numbered heading."""
        if leaf.node is None:
            return 0
        if leaf.ordinal is None:
            return id(leaf.node)
        return next((id(node) for node in reversed(leaf.above) if node.ordinal is None), 0)


def _sections(outline: Outline, locator: Locator) -> Iterator[Section]:
    given: Counter[str] = Counter()

    def walk(node: Node, parent: str | None) -> Iterator[Section]:
        heading = node.children or (node.body is not None and node.title is not None)
        if not heading or node.title is None:
            return
        base = (
            node.number
            if node.number and node.ordinal is None
            else f"{parent or 'muc'}-{node.ordinal or slug(node.style)}"
        )
        given[base] += 1
        identity = base if given[base] == 1 else f"{base}~{given[base]}"
        yield Section(
            id=identity,
            number=node.number if node.ordinal is None else None,
            title=node.title.text.strip().rstrip(":").rstrip(),
            kind=node.kind or SectionKind.TASK,
            parent=parent,
            evidence=locator.evidence(node.title),
        )
        for child in node.children:
            if child.style != "shared":
                yield from walk(child, identity)

    for part in outline.parts:
        for node in part.nodes:
            yield from walk(node, None)


def _checks(
    document_type: str | None, number: str | None, undated: bool, tasks: list[Provision], objectives: list[Provision]
) -> list[Notice]:
    """What a reader should look at in the whole."""
    out: list[Notice] = []
    if document_type is None:
        out.append(notice("W401"))
    if number is None or number.startswith(("/", "-")):
        out.append(notice("W402"))
    if undated:
        out.append(notice("W403"))
    if not tasks and not objectives:
        out.append(notice("W404"))
    for one in [*objectives, *tasks]:
        page = one.evidence.page
        if "year_from_title" in one.lowered_by:
            out.append(notice("W405", page, item=one.id))
        if "open_ended_period" in one.lowered_by:
            out.append(notice("W406", page, item=one.id))
    return out
