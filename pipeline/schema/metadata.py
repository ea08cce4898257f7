"""The metadata of a document, from its head and foot (Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from pipeline.schema.evidence import ContractModel, Evidence


class Organisation(ContractModel):
    """An agency with its full name."""

    name: str = Field(description='full name with its place, e.g. "Ủy ban nhân dân thành phố Hải Phòng"')


class Province(ContractModel):
    """The province a plan is for, as of its date, and what it belongs to since 1 July 2025."""

    code: str = Field(description="ISO 3166-2:VN code as of the date", examples=["VN-HP"])
    name: str = Field(description="name as of the date", examples=["Hải Phòng"])
    current_name: str = Field(description="name after 1 July 2025 (Resolution 202/2025/QH15)")
    current_code: str = Field(description="ISO 3166-2:VN code of that province")


class Signer(ContractModel):
    """Who signed, as what, and for whom."""

    name: str = Field(description="the person")
    position: str | None = Field(description='e.g. "Phó Chủ tịch"')
    capacity: list[str] = Field(
        description='lines of authority as printed, e.g. ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]'
    )


class LegalBasis(ContractModel):
    """A document this one rests on or carries out (căn cứ, thực hiện)."""

    document_type: str | None = Field(description='e.g. "Quyết định"')
    number: str | None = Field(description='e.g. "1520/QĐ-TTg"')
    issued_on: date | None = Field(description="ISO date")
    issuer: str | None = Field(description="full name of who issued it")
    title: str | None = Field(description="what it is about, as cited")
    evidence: Evidence = Field(description="where it is cited")


class Metadata(ContractModel):
    """The record of a document."""

    document_type: str | None = Field(description='e.g. "Kế hoạch"; "Công văn" for a letter, which prints none')
    number: str | None = Field(
        description='as printed, spaces removed: "55/KH-UBND"; "/KH-SVHTTDL" with a blank serial'
    )
    attached_to: str | None = Field(description='the decision a plan is issued with: "596/QĐ-UBND"')
    issuer: Organisation | None = Field(description="who issues it")
    parent_issuer: Organisation | None = Field(description="the body above the issuer, when printed in the head")
    province: Province | None = Field(description="null for a central agency's document")
    place: str | None = Field(description="the place before the date, as printed")
    issued_on: date | None = Field(description="ISO date; null when the day or month is blank")
    title: str | None = Field(description="trích yếu: what the document is about, in one line")
    period: str | None = Field(description='EDTF: "2023", "2023/2030"')
    signer: Signer | None = Field(description="who signed")
    recipients: list[str] = Field(description="Kính gửi, then Nơi nhận, one an entry, as printed without its mark")
    evidence: dict[str, Evidence] = Field(description="for each field that is not null: where it is printed")
