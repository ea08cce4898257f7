"""The archival record of a document: input metadata of electronic archival documents, Circular 02/2019/TT-BNV.

Eighteen fields in the circular's order and under its short names. What the plan does not state is left empty, for the
archivist to fill in: codes an archive gives (DocCode, FileCode, DocOrdinal, InforSign), keywords, handwriting, use.
Nothing is cut to the lengths the circular allows.
"""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Final

from pipeline.export.text_forms import one_line, xml_bytes
from pipeline.schema import Plan
from pipeline.spreadsheets import defuse

FIELDS: Final = (
    "DocCode",
    "FileCode",
    "DocOrdinal",
    "TypeName",
    "CodeNumber",
    "CodeNotation",
    "IssuedDate",
    "OrganName",
    "Subject",
    "Language",
    "PageAmount",
    "Description",
    "InforSign",
    "Keyword",
    "Mode",
    "ConfidenceLevel",
    "Autograph",
    "Format",
)
"""The short names of the circular, in the order of `ArchiveRecord`."""

_LANGUAGE: Final = "Tiếng Việt"
_FOREIGN: Final = "W203"  # the contract has no field for the language: this warning says that it is another
_DIGITISED: Final = "Số hóa"
_PICTURE: Final = "the page is a picture"
_BLANK: Final = "the page is blank"
_NUMBER: Final = re.compile(r"(?P<number>\d+[^\W\d_]?)?\s*[/-]\s*(?P<notation>.*[^\W\d_].*)")


@dataclass(frozen=True)
class ArchiveRecord:
    """The record of one document; every value is one line of text, "" where the plan states none."""

    doc_code: str
    """Mã định danh văn bản: given by the archive."""
    file_code: str
    """Mã hồ sơ: of the file it is kept in."""
    doc_ordinal: str
    """Số thứ tự văn bản trong hồ sơ."""
    type_name: str
    """Tên loại văn bản: "Kế hoạch"."""
    code_number: str
    """Số của văn bản: "55" in "55/KH-UBND"."""
    code_notation: str
    """Ký hiệu của văn bản: "KH-UBND"."""
    issued_date: str
    """Ngày, tháng, năm văn bản: DD/MM/YYYY."""
    organ_name: str
    """Tên cơ quan, tổ chức ban hành."""
    subject: str
    """Trích yếu nội dung."""
    language: str
    """Ngôn ngữ."""
    page_amount: str
    """Số lượng trang; empty where the format has no pages."""
    description: str
    """Ghi chú: the decision a plan is issued with."""
    infor_sign: str
    """Ký hiệu thông tin."""
    keyword: str
    """Từ khóa."""
    mode: str
    """Chế độ sử dụng."""
    confidence_level: str
    """Mức độ tin cậy: "Số hóa" for a scan; empty otherwise, as a file alone does not show that it is the original."""
    autograph: str
    """Bút tích."""
    format: str
    """Tình trạng vật lý."""


def archive_record(plan: Plan) -> ArchiveRecord:
    """Make the record of a plan."""
    metadata, source = plan.metadata, plan.source
    number, notation = _number(one_line(metadata.number))
    issued = metadata.issued_on
    attached = one_line(metadata.attached_to)
    return ArchiveRecord(
        doc_code="",
        file_code="",
        doc_ordinal="",
        type_name=one_line(metadata.document_type),
        code_number=number,
        code_notation=notation,
        issued_date=f"{issued.day:02}/{issued.month:02}/{issued.year:04}" if issued else "",
        organ_name=one_line(metadata.issuer.name) if metadata.issuer else "",
        subject=one_line(metadata.title),
        language="" if any(one.code == _FOREIGN and one.page is None for one in plan.warnings) else _LANGUAGE,
        page_amount="" if source.page_count is None else str(source.page_count),
        description=f"Ban hành kèm theo văn bản số {attached}" if attached else "",
        infor_sign="",
        keyword="",
        mode="",
        confidence_level=_DIGITISED if _is_scan(plan) else "",
        autograph="",
        format="",
    )


def archive_csv(records: Iterable[ArchiveRecord], bom: bool = False) -> bytes:
    """Write records as CSV (RFC 4180, UTF-8, CRLF) with a header; cells are defused, as those of all CSV.

    Args:
        records: the records.
        bom: whether it begins with a byte order mark, for programs that need it to see UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    writer.writerows([defuse(value) for value in astuple(record)] for record in records)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def archive_xml(records: Iterable[ArchiveRecord]) -> bytes:
    """Write records as XML: <Documents>, a <Document> each, an element a field (empty ones too)."""
    root = ET.Element("Documents")
    for record in records:
        document = ET.SubElement(root, "Document")
        for name, value in zip(FIELDS, astuple(record), strict=True):
            ET.SubElement(document, name).text = one_line(value)
    ET.indent(root)
    return xml_bytes(root)


def _number(number: str) -> tuple[str, str]:
    """Serial and symbol: "55/KH-UBND", "/KH-SVHTTDL", "12-KH/TU" (the Party's), "01/2010/NĐ-CP"."""
    match = _NUMBER.fullmatch(number)
    if match:
        return match["number"] or "", match["notation"]
    return (number, "") if number.isdecimal() else ("", number)


def _is_scan(plan: Plan) -> bool:
    """Is every page that is not blank a picture of a printed one?"""
    pages = [page for page in plan.source.pages if page.reason != _BLANK]
    return bool(pages) and all(page.text_origin == "ocr" and page.reason == _PICTURE for page in pages)
