"""One plan, one JSON file."""

from __future__ import annotations

from pydantic import Field, PrivateAttr

from pipeline.schema.evidence import Box, ContractModel, Described, Evidence
from pipeline.schema.metadata import LegalBasis, Metadata
from pipeline.schema.provision import Provision
from pipeline.schema.source import MadeBy, Source, Status
from pipeline.schema.version import SCHEMA_VERSION


class SectionKind(Described):
    """What a section is about."""

    PURPOSE = "purpose", "what it is for (mục đích)"
    REQUIREMENT = "requirement", "how it is to be done (yêu cầu)"
    VIEWPOINT = "viewpoint", "what guides it (quan điểm)"
    OBJECTIVE = "objective", "aims and figures (mục tiêu, chỉ tiêu)"
    TASK = "task", "what is to be done (nhiệm vụ, giải pháp)"
    ORGANISATION = "organisation", "who does what (tổ chức thực hiện)"
    FUNDING = "funding", "money (kinh phí)"
    REPORTING = "reporting", "reports (báo cáo)"
    OTHER = "other", "none of these"


class TableKind(Described):
    """What the rows of a table are."""

    TASK = "task", "its rows are tasks"
    TARGET = "target", "its rows are objectives"
    OTHER = "other", "neither"


class Section(ContractModel):
    """A heading of the numbered tree."""

    id: str = Field(description="unique in the plan")
    number: str | None = Field(description='printed path, e.g. "III.1"')
    title: str = Field(description="the heading in one line")
    kind: SectionKind = Field(description="what the section is about")
    parent: str | None = Field(description="id of the section above")
    evidence: Evidence = Field(description="where the heading is printed")


class Place(ContractModel):
    """Where a table stands on one of its pages."""

    page: int | None = Field(description="page number from 1; null where the source has no pages")
    box: Box | None = Field(description="null where the source has no pages")


class TableRecord(ContractModel):
    """A table as it is printed, put together over its pages."""

    id: str = Field(description="unique in the plan")
    kind: TableKind = Field(description="task: its rows are tasks; target: they are objectives; other: neither")
    reason: str = Field(description="why it is taken for that kind")
    title: str | None = Field(description="the caption above it")
    header: list[str] = Field(description='one entry a column, levels joined by " / "; "" where a column has none')
    rows: list[list[str]] = Field(description='cell by cell; a merged cell in each row it covers, "" where empty')
    places: list[Place] = Field(description="one entry a page it stands on")


class Severity(Described):
    """How much a warning matters."""

    LOST = "lost", "something that is printed is missing here"
    DOUBTFUL = "doubtful", "something here may be wrong"
    NOTE = "note", "good to know"


class PlanWarning(ContractModel):
    """Something a reader should know; the words are made from code and params in the reader's language."""

    code: str = Field(description="stable code; docs/messages.md tells each")
    severity: Severity = Field(
        description="lost: something printed is missing; doubtful: something may be wrong; note: good to know"
    )
    params: dict[str, str] = Field(description="what fills the placeholders of the message")
    page: int | None = Field(description="page number from 1; null for the whole document")
    item: str | None = Field(description="id of the section, table, objective or task it is about")


class Restoration(ContractModel):
    """A word that was read otherwise than it stood in the file."""

    page: int | None = Field(description="page number from 1; null where the source has no pages")
    line: int = Field(ge=1, description="line of <stem>.txt, from 1")
    raw: str = Field(description="what the file held")
    restored: str = Field(description="what it is taken for")
    probability: float | None = Field(
        ge=0, le=1, description="the chance that `restored` is right; null in a plan upgraded from 1.x"
    )
    runner_up: str | None = Field(description="the next likely reading")


class Plan(ContractModel):
    """An administrative plan: its record, its numbered tree, its objectives and tasks."""

    schema_version: str = Field(
        default=SCHEMA_VERSION, pattern=r"^2\.[0-9]+$", description="version of this contract; 2.x adds fields to 2.0"
    )
    made_by: MadeBy = Field(description="program, version, model and settings")
    plan_id: str = Field(
        description="stable slug province/issuer/year/number, else sha256/<first 16 digits of the file's hash>"
    )
    status: Status = Field(description="signed, draft or unknown, and why")
    source: Source = Field(description="the file it was read from")
    metadata: Metadata = Field(description="the document's record")
    legal_basis: list[LegalBasis] = Field(description="documents it rests on")
    sections: list[Section] = Field(description="the numbered tree of headings")
    objectives: list[Provision] = Field(description="leaf items of sections that state goals")
    tasks: list[Provision] = Field(description="leaf items that say what is to be done, and by whom")
    tables: list[TableRecord] = Field(description="every table, whatever its kind")
    warnings: list[PlanWarning] = Field(description="what a reader should know of the whole, a page or an item")
    restorations: list[Restoration] = Field(description="words that were read otherwise than they stood")

    _text: str = PrivateAttr(default="")
    _files: dict[str, bytes] = PrivateAttr(default_factory=dict)

    @property
    def text(self) -> str:
        """The restored text the offsets point into (the file <stem>.txt); empty on a plan loaded from JSON alone."""
        return self._text

    @property
    def files(self) -> dict[str, bytes]:
        """What else is kept of the document, by the suffix of its file: "searchable.pdf", "hocr", "alto.xml"."""
        return self._files

    def with_files(self, files: dict[str, bytes]) -> Plan:
        """The same plan, with what else is kept of its document."""
        plan = self.model_copy()
        plan._files = files
        return plan

    def with_text(self, text: str) -> Plan:
        """The same plan, knowing its text."""
        plan = self.model_copy()
        plan._text = text
        return plan
