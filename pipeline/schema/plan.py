"""One plan, one JSON file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field, PrivateAttr

from pipeline.schema.evidence import Box, ContractModel, Evidence
from pipeline.schema.metadata import LegalBasis, Metadata
from pipeline.schema.provision import Provision
from pipeline.schema.version import SCHEMA_VERSION


class SectionKind(StrEnum):
    """What a section is about."""

    PURPOSE = "purpose"
    REQUIREMENT = "requirement"
    VIEWPOINT = "viewpoint"
    OBJECTIVE = "objective"
    TASK = "task"
    ORGANISATION = "organisation"
    FUNDING = "funding"
    REPORTING = "reporting"
    OTHER = "other"


class TableKind(StrEnum):
    """What the rows of a table are."""

    TASK = "task"
    TARGET = "target"
    OTHER = "other"


class PageSource(ContractModel):
    """How the text of one page was had."""

    page: int = Field(ge=1, description="page number from 1")
    text_origin: Literal["text_layer", "ocr", "restored_layer", "plain"] = Field(description="how its text was had")
    reason: str = Field(description="why it was had that way")
    confidence: float | None = Field(description="mean confidence 0 to 1; null where nothing measures it")


class Source(ContractModel):
    """The file a plan was read from."""

    file_name: str = Field(description="name without its folder")
    sha256: str = Field(description="of the file's bytes, hexadecimal")
    media_type: str = Field(description="by content, not by extension")
    page_count: int | None = Field(description="null where the format has no pages")
    pages: list[PageSource] = Field(description="one entry a page; one in all where the format has no pages")


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
    """A table as it is printed, put together over its pages; since 1.1."""

    id: str = Field(description='"table-1", "table-2" in reading order')
    kind: TableKind = Field(description="task: its rows are tasks; target: they are objectives; other: neither")
    reason: str = Field(description="why it is taken for that kind")
    title: str | None = Field(description="the caption above it")
    header: list[str] = Field(description='one entry a column, levels joined by " / "; "" where a column has none')
    rows: list[list[str]] = Field(description='cell by cell; a merged cell in each row it covers, "" where empty')
    places: list[Place] = Field(description="one entry a page it stands on")


class PlanWarning(ContractModel):
    """Something a reader should check; never silent."""

    code: str = Field(description="stable code")
    message: str = Field(description="what is wrong and what to do next, in English")
    page: int | None = Field(description="page number from 1; null for the whole document")

    _params: dict[str, str] | None = PrivateAttr(default=None)

    @property
    def params(self) -> dict[str, str] | None:
        """What fills the placeholders of the message in any language; None of a plan loaded from JSON alone."""
        return self._params

    def with_params(self, params: Mapping[str, str]) -> PlanWarning:
        """The same warning, knowing its parameters."""
        warning = self.model_copy()
        warning._params = dict(params)
        return warning


class Plan(ContractModel):
    """An administrative plan: its record, its numbered tree, its objectives and tasks."""

    schema_version: Literal["1.0", "1.1"] = Field(
        default=SCHEMA_VERSION, description="version of this contract; files of 1.0 lack what came with 1.1"
    )
    plan_id: str = Field(description="stable slug province/year/number, else sha256/<first 16 digits of the hash>")
    source: Source = Field(description="the file it was read from")
    metadata: Metadata = Field(description="the document's record")
    legal_basis: list[LegalBasis] = Field(description="documents it rests on")
    sections: list[Section] = Field(description="the numbered tree of headings")
    objectives: list[Provision] = Field(description="leaf items of sections that state goals")
    tasks: list[Provision] = Field(description="leaf items that say what is to be done, and by whom")
    tables: list[TableRecord] = Field(default_factory=list, description="every table, whatever its kind; since 1.1")
    warnings: list[PlanWarning] = Field(description="what a reader should check")

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
