"""Outline -> Plan: the metadata, the tree of sections, objectives and tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import islice
from math import inf
from typing import Literal, cast

from pipeline import __version__
from pipeline.document import DOUBTFUL, AssembledTable, Document, Foot, Node, Outline, Page
from pipeline.errors import Notice, notice
from pipeline.extract.agencies.full_names import defined, short_names, spelled
from pipeline.extract.doubts import left_out
from pipeline.extract.evidence import Locator, in_unit
from pipeline.extract.identities import heading_title, item_identity
from pipeline.extract.items.leaves import leaves
from pipeline.extract.metadata import plan_id, read_metadata, signed_days
from pipeline.extract.provisions import ProvisionReader
from pipeline.extract.tables.references import refers_to
from pipeline.knowledge.documents import document_types
from pipeline.language.folding import fold
from pipeline.register import PlanOrigin
from pipeline.schema import (
    LegalBasis,
    MadeBy,
    Metadata,
    PageSource,
    Place,
    Plan,
    PlanWarning,
    Provision,
    Region,
    RegionKind,
    Restoration,
    Section,
    SectionKind,
    Severity,
    Source,
    Status,
    StatusValue,
    TableRecord,
)
from pipeline.schema.identities import Identities

HEAD_LINES = 25  # among the first lines a draft says that it is one
_DRAFT = re.compile(r"\W*(?:bản\s+)?dự\s*thảo(?:\s+lần\s+\w+)?\W*")
TELLING = 4  # words: a shorter text can be that of two different tasks


def extract(document: Document, outline: Outline, made_by: MadeBy | None = None) -> Plan:
    """Extract the plan of a document.

    Args:
        document: restored; its text is what offsets in the plan point into.
        outline: of the same document.
        made_by: program, model and settings; the program alone where None.
    """
    locator = Locator(document)
    metadata, basis = read_metadata(outline, locator, document.signatures)
    identities = Identities()
    sections, section_of = _sections(outline, locator, identities)
    pages = {page.number: page for page in document.pages} if document.has_pages else {}
    tables = [_table(one, identities, pages) for one in outline.tables]
    issuer = metadata.issuer.name if metadata.issuer else None
    provisions = ProvisionReader(
        locator,
        year_of(metadata),
        metadata.issued_on,
        {**spelled(document.text), **defined(document.text), **short_names(document.text)},
        issuer,
        PlanOrigin(metadata.province.code if metadata.province else None, metadata.issued_on, issuer),
        report=metadata.document_type == "Báo cáo",
    )
    objectives: list[Provision] = []
    tasks: list[Provision] = []
    rows: list[Provision] = []
    found = list(leaves(outline))
    for leaf in found:
        if leaf.holds and not provisions.states_figures(leaf):
            continue
        identity, ordinal = item_identity(identities, leaf)
        holders = (leaf.element, *reversed(leaf.above))
        section = next((section_of[id(node)] for node in holders if id(node) in section_of), None)
        made = provisions.provision(leaf, identity, ordinal, section)
        said = " ".join([made.text, *(line.text for line in leaf.asides)])
        if pointed := refers_to(said, outline.tables):
            made = made.model_copy(update={"refers_to": [tables[number - 1].id for number in pointed]})
        (objectives if leaf.objective else tasks).append(made)
        if leaf.node is not None and leaf.node.fields:
            rows.append(made)
    notices = [*document.notices, *outline.notices, *_repeated(tasks, rows), *provisions.notices, *_restored(document)]
    notices += [*left_out(outline, found), *_checks(metadata, tasks, objectives)]
    foot = outline.parts[outline.main].foot
    marks = _marks_below(document, foot, locator)
    status = _status(document, metadata, foot, marks)
    notices += _sign_off(metadata, status, foot, marks, locator)
    for name in ("number", "issued_on", "title"):
        evidence = metadata.evidence.get(name)
        if evidence is not None and locator.is_doubtful(evidence):
            notices.append(notice("W213", evidence.page, value=evidence.quote))
    later = _grounds_after(metadata, basis)
    if later is not None:
        notices.append(later)
    notices += _hints(metadata, locator, doubted=later is not None)
    ids = {one.id for one in sections} | {one.id for one in tables} | {one.id for one in (*objectives, *tasks)}
    names = {f"table-{number}": one.id for number, one in enumerate(tables, 1)}  # as the outline counts them
    return Plan(
        made_by=made_by or MadeBy(program="kehoach", version=__version__, model=None, settings=None),
        plan_id=plan_id(metadata, document.sha256),
        status=status,
        source=_source(document),
        metadata=metadata,
        legal_basis=basis,
        sections=sections,
        objectives=objectives,
        tasks=tasks,
        tables=tables,
        warnings=[_warning(one, ids, names, document.has_pages) for one in notices],
        restorations=[
            Restoration(
                page=one.page if document.has_pages else None,
                line=one.line,
                raw=one.raw,
                restored=one.restored,
                probability=one.probability,
                runner_up=one.runner_up,
            )
            for one in document.restorations
        ],
    ).with_text(document.text)


def _warning(said: Notice, ids: Set[str], names: Mapping[str, str], has_pages: bool) -> PlanWarning:
    params = {key: names.get(value, value) if key == "table" else value for key, value in said.params}
    return PlanWarning(
        code=said.code,
        severity=Severity(said.severity),
        params=params,
        page=said.page if has_pages else None,
        item=next((params[name] for name in ("row", "item", "table") if params.get(name) in ids), None),
    )


def _restored(document: Document) -> Iterator[Notice]:
    """That words were restored otherwise than they stood, or read unsurely: `restorations` lists them."""
    if document.restorations:
        doubtful = sum(one.probability < DOUBTFUL for one in document.restorations)
        yield notice("W220", count=len(document.restorations), doubtful=doubtful)


def draft_line(text: str) -> str | None:
    """The line of a document's head that says that it is a draft; None where there is none."""
    lines = islice(text.split("\n"), HEAD_LINES)
    return next((line.strip() for line in lines if _DRAFT.fullmatch(fold(line))), None)


def _marks_below(document: Document, foot: Foot, locator: Locator) -> list[tuple[RegionKind, int]]:
    """The signatures and seals that are seen beside the sign-off or below it, with their pages."""
    tops: dict[int | None, float] = {}
    for said in map(locator.evidence, (*foot.recipients, *foot.capacity)):
        for box in said.boxes:
            tops[said.page] = min(tops.get(said.page, box[1]), box[1])
    return [
        (kind, page.number)
        for page in document.pages
        for kind, box in page.regions
        if kind in (RegionKind.SIGNATURE, RegionKind.STAMP) and in_unit(box, page)[3] > tops.get(page.number, inf)
    ]


def _status(document: Document, metadata: Metadata, foot: Foot, marks: Sequence[tuple[RegionKind, int]]) -> Status:
    """Whether the document was signed; what is blank or by hand makes no draft.

    Text that was typed shows no signature: where its serial and its day are still to be filled in, the name below it is
    of who is to sign.
    """
    if draft := draft_line(document.text):
        return Status(value=StatusValue.DRAFT, reason=f"its head says “{draft}”")
    if any(one.intact is not False for one in metadata.signatures):
        return Status(value=StatusValue.SIGNED, reason="it is signed digitally")
    if metadata.signer is not None and not document.has_pages and metadata.serial_by_hand and not metadata.issued_on:
        reason = f"the name of {metadata.signer.name} stands under it, but its serial and its day are blank"
        return Status(value=StatusValue.UNKNOWN, reason=reason)
    if metadata.signer is not None:
        return Status(value=StatusValue.SIGNED, reason=f"the name of {metadata.signer.name} stands under it")
    by_hand = [page for kind, page in marks if kind is RegionKind.SIGNATURE]
    if by_hand:
        return Status(value=StatusValue.SIGNED, reason=f"a signature is seen under it, on page {by_hand[0]}")
    if marks:
        reason = f"a seal is seen under it, on page {marks[0][1]}, but no name of who signed was read"
        return Status(value=StatusValue.UNKNOWN, reason=reason)
    seen = any(kind is RegionKind.SIGNATURE for page in document.pages for kind, _ in page.regions)
    nobody = "no name of who signed" if seen or foot.capacity else "no signature"
    return Status(value=StatusValue.UNKNOWN, reason=f"{nobody} and no word of a draft was found")


def _sign_off(
    metadata: Metadata, status: Status, foot: Foot, marks: Sequence[tuple[RegionKind, int]], locator: Locator
) -> Iterator[Notice]:
    """That who signed was not read, or not for certain."""
    signer = metadata.evidence.get("signer")
    if signer is not None and (foot.marred or locator.is_doubtful(signer)):
        yield notice("W421", signer.page, value=signer.quote)
    if signer is None and status.value is not StatusValue.DRAFT and (foot.capacity or marks):
        said = [locator.evidence(one).page for one in foot.capacity]
        yield notice("W420", said[-1] if said else marks[-1][1])


def year_of(metadata: Metadata) -> int | None:
    """The year that a date without one is in: the plan's single year, else the year of issue.

    Of a plan for several years a year of issue whose day is blank says nothing: "trong năm" is each of them.
    """
    if metadata.period and metadata.period.isdigit():
        return int(metadata.period)
    years = [int(one[:4]) for one in (metadata.period or "").split("/") if one[:4].isdigit()]
    if metadata.issued_on or not metadata.issued or (years and years[-1] - years[0] > 1):
        return metadata.issued_on.year if metadata.issued_on else None
    return int(metadata.issued[:4])


def _source(document: Document) -> Source:
    return Source(
        file_name=document.name,
        contained_in=None,
        sha256=document.sha256,
        media_type=document.media_type,
        page_count=len(document.pages) if document.has_pages else None,
        pages=[_page(page, document.has_pages) for page in document.pages],
    )


def _page(page: Page, has_pages: bool) -> PageSource:
    sized = has_pages and page.width is not None and page.height is not None
    wide, high = (round((side or 0.0) * (page.pixels or 1.0), 2) for side in (page.width, page.height))
    return PageSource(
        page=page.number,
        width=wide if sized else None,
        height=high if sized else None,
        unit=("pt" if page.pixels is None else "px") if sized else None,
        rotation=cast("Literal[0, 90, 180, 270]", page.rotation),
        text_origin=page.text_origin.value,
        reason=page.reason,
        confidence=page.confidence,
        regions=[Region(kind=kind, box=in_unit(box, page)) for kind, box in page.regions],
    )


def _repeated(tasks: list[Provision], rows: list[Provision]) -> Iterator[Notice]:
    """The items of the body that say what a row of a table says, and nothing more: both are printed, both are kept."""
    by_text = {_words(row): row for row in rows}
    own = {id(row) for row in rows}
    for one in tasks:
        row = by_text.get(_words(one))
        if row is not None and id(one) not in own and _says_no_more(one, row):
            yield notice("W307", one.evidence.page, item=one.id, row=row.id)


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


def _table(sheet: AssembledTable, identities: Identities, pages: Mapping[int, Page]) -> TableRecord:
    return TableRecord(
        id=identities.table(sheet.title, sheet.header, sheet.rows),
        kind=sheet.kind,
        reason=sheet.reason,
        title=sheet.title,
        header=list(sheet.header),
        rows=[list(row) for row in sheet.rows],
        places=[
            Place(
                page=page if page in pages else None, box=in_unit(box, pages[page]) if box and page in pages else None
            )
            for page, box in sheet.places
        ],
    )


def _sections(outline: Outline, locator: Locator, identities: Identities) -> tuple[list[Section], dict[int, str]]:
    """The headings in reading order, and the id of each by its node."""
    out: list[Section] = []
    ids: dict[int, str] = {}

    def walk(node: Node, parent: str | None) -> None:
        heading = node.children or (node.body is not None and node.title is not None)
        if not heading or node.title is None:
            return
        title = heading_title(node.title.text)
        number = node.number if node.ordinal is None else None
        ids[id(node)] = identity = identities.section(number, title, parent)
        out.append(
            Section(
                id=identity,
                number=number,
                title=title,
                kind=node.kind or SectionKind.TASK,
                parent=parent,
                evidence=locator.evidence(node.title),
            )
        )
        for child in node.children:
            if child.style != "shared":
                walk(child, identity)

    for part in outline.parts:
        for node in part.nodes:
            walk(node, None)
    return out, ids


def _grounds_after(metadata: Metadata, basis: Sequence[LegalBasis]) -> Notice | None:
    """That a document cites in its grounds what was issued after it: one of the two days is not right."""
    issued, evidence = metadata.issued_on, metadata.evidence.get("issued_on")
    named = [(one.issued_on, one.number or " ".join(filter(None, (one.document_type, one.title)))) for one in basis]
    dated = [(day, document) for day, document in named if day is not None and document]
    if issued is None or evidence is None or not dated or max(dated)[0] <= issued:
        return None
    day, document = max(dated)
    return notice("W423", evidence.page, date=issued.isoformat(), day=day.isoformat(), document=document)


def _hints(metadata: Metadata, locator: Locator, *, doubted: bool) -> Iterator[Notice]:
    """On which days a document without a sure date was signed: a hint for its date, which is not taken from it."""
    evidence = metadata.evidence.get("issued_on")
    if metadata.issued_on is None or doubted or (evidence is not None and locator.is_doubtful(evidence)):
        days = signed_days(metadata)
        if days and metadata.issued_on not in days:
            yield notice("W410", days=", ".join(day.isoformat() for day in days))


def _checks(metadata: Metadata, tasks: list[Provision], objectives: list[Provision]) -> Iterator[Notice]:
    """What a reader should look at in the whole."""
    number = metadata.number or metadata.attached_to
    if metadata.document_type is None:
        yield notice("W401")
    if number is None or number.startswith(("/", "-")):
        yield notice("W402")
    if metadata.issued_on is None:
        yield notice("W403")
    if not tasks and not objectives:
        yield notice("W404")
    if tasks and (kind := _regulation(metadata)) is not None:
        yield notice("W424", kind=kind, count=len(tasks))


def _regulation(metadata: Metadata) -> str | None:
    """The type of a document that lays down rules, its own or that of what it issues: "Ban hành Quy chế …"."""
    if (found := _regulations().match(fold(metadata.title or ""))) is not None:
        return found["kind"].capitalize()
    known = document_types().get((metadata.document_type or "").lower())
    return metadata.document_type if known is not None and known.regulates else None


@cache
def _regulations() -> re.Pattern[str]:
    kinds = "|".join(name for name, one in document_types().items() if one.regulates)
    return re.compile(rf"(?:về việc )?(?:(?:ban hành|phê duyệt)(?: kèm theo)? )?(?P<kind>{kinds})\b")
