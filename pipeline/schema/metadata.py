"""The metadata of a document, from its head and foot (Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

from datetime import date, datetime

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


class Recipient(ContractModel):
    """Who gets the document."""

    text: str = Field(description="as printed, without its mark")
    agency_key: str | None = Field(description="the register's key; null where it is no agency it knows")


class DigitalSignature(ContractModel):
    """A digital signature inside the file, as it states itself; whether its signer can be trusted is not checked."""

    name: str | None = Field(
        description="the subject's common name in the certificate; its chain and revocation are not checked"
    )
    organisation: str | None = Field(description="the subject's organisation in the certificate")
    signed_at: datetime | None = Field(description="time of signing as the signature states it; not proven")
    covers_whole_file: bool = Field(
        description="whether the signed bytes are all of the file but the signature itself; of several signatures the "
        "last one's alone are"
    )
    intact: bool | None = Field(
        description="whether the signed bytes are unchanged: their digest is the signed one, the signature is by the "
        "certificate's key; null where that could not be checked"
    )


class Metadata(ContractModel):
    """The record of a document."""

    document_type: str | None = Field(description='e.g. "Kế hoạch"; "Công văn" for a letter, which prints none')
    number: str | None = Field(
        description='as printed, spaces removed: "55/KH-UBND"; "/KH-SVHTTDL" with a blank serial'
    )
    serial_by_hand: bool = Field(
        description="the serial is blank or written by hand: what `number` has of it is a guess"
    )
    attached_to: str | None = Field(description='the decision a plan is issued with: "596/QĐ-UBND"')
    issuer: Organisation | None = Field(description="who issues it")
    parent_issuer: Organisation | None = Field(description="the body above the issuer, when printed in the head")
    province: Province | None = Field(description="null for a central agency's document")
    place: str | None = Field(description="the place before the date, as printed")
    issued: str | None = Field(description='EDTF: "2025-02-17", "2025-02" when the day is blank or by hand, "2025"')
    issued_on: date | None = Field(description="ISO date; null when the day or month is blank or by hand")
    title: str | None = Field(description="trích yếu: what the document is about, in one line")
    period: str | None = Field(description='EDTF: "2023", "2023/2030"')
    signer: Signer | None = Field(description="who signed")
    signatures: list[DigitalSignature] = Field(
        description="digital signatures inside the file, in the order in which they were put"
    )
    recipients: list[Recipient] = Field(description="Kính gửi, then Nơi nhận, one an entry")
    evidence: dict[str, Evidence] = Field(description="for each field that is not null: where it is printed")
