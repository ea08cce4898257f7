"""A plan as one Akoma Ntoso 3.0 document (OASIS LegalDocML), the XML of legal and administrative documents.

The tree is `aknbody`'s. A date the plan does not state is 0001-01-01 where the schema wants one, as other programs
(cobalt) have it. Nothing is dated by the clock: the same plan gives the same bytes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Final

from pipeline.export.aknbody import main_body
from pipeline.export.aknnames import ElementNames, slug
from pipeline.export.text_forms import file_mark, one_line, xml_bytes
from pipeline.schema import LegalBasis, Plan, Signer

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SOURCE_NAMESPACE: Final = "urn:kehoach:akn"
"""Of the elements inside <proprietary>: which file the document was read from."""

_NO_DATE: Final = "0001-01-01"
_OPEN: Final = frozenset(("p", "num", "heading", "listIntroduction"))  # white space inside them counts


def akoma_ntoso(plan: Plan, version: str) -> bytes:
    """Write a plan as XML in UTF-8.

    Args:
        plan: the plan.
        version: that of kehoach, which the document names as its editor.
    """
    names = ElementNames()
    names.refer("Organization", "kehoach", f"kehoach {version}")
    metadata = plan.metadata
    name = slug(metadata.document_type) or "van-ban"
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    first, *others = name.split("-")
    document = ET.SubElement(root, "doc", {"name": first + "".join(one.capitalize() for one in others)})
    meta = ET.SubElement(document, "meta")
    parts = [_preface(plan, names), _preamble(plan, names), main_body(plan, names), _conclusions(plan, names)]
    _identify(meta, plan, names)
    _live(meta, plan, names)
    ET.SubElement(meta, "references", {"source": "#organization-kehoach"}).extend(names.references())
    meta.append(_source(plan))
    document.extend(part for part in parts if part is not None)
    _indent(root)
    return xml_bytes(root)


def work_uri(plan: Plan) -> str:
    """The document's address by the naming convention: /akn/vn/doc/ke-hoach/<issuer>/2023-02-23/55-kh-ubnd.

    It is the same for all versions of a plan.
    """
    metadata = plan.metadata
    issuer = _named(metadata.issuer.name if metadata.issuer else None, "")
    parts = [_named(metadata.document_type, "van-ban"), *([issuer] if issuer else [])]
    return f"/akn/vn/doc/{'/'.join(parts)}/{_issued(plan)}/{_number(plan)}"


def _number(plan: Plan) -> str:
    """The number; others lack a serial ("/KH-UBND") or a date too, so such a plan has the mark of its file as well."""
    number = slug(plan.metadata.number)
    if number and not (number[0].isdigit() and plan.metadata.issued_on):
        return f"{number}-{file_mark(plan)}"
    return number or slug(plan.plan_id) or "0"


def _named(text: str | None, otherwise: str) -> str:
    """A part of an address; one that begins with a digit would be read as a date."""
    found = slug(text)
    return found if found[:1].isalpha() else otherwise


def _issued(plan: Plan) -> str:
    return plan.metadata.issued_on.isoformat() if plan.metadata.issued_on else _NO_DATE


def _identify(meta: ET.Element, plan: Plan, names: ElementNames) -> None:
    """Work, expression and manifestation (FRBR)."""
    metadata = plan.metadata
    identification = ET.SubElement(meta, "identification", {"source": "#organization-kehoach"})
    work, issued = work_uri(plan), _issued(plan)
    author = names.refer("Organization", metadata.issuer.name) if metadata.issuer else ""
    expression = f"{work}/vie@{issued},{file_mark(plan)}"
    for level, this, uri, day, by in (
        ("FRBRWork", f"{work}/!main", work, issued, author),
        ("FRBRExpression", f"{expression}/!main", expression, issued, author),
        ("FRBRManifestation", f"{expression}/!main.xml", f"{expression}.akn", _NO_DATE, "#organization-kehoach"),
    ):
        element = ET.SubElement(identification, level)
        ET.SubElement(element, "FRBRthis", {"value": this})
        ET.SubElement(element, "FRBRuri", {"value": uri})
        if level == "FRBRWork":
            if metadata.title:
                ET.SubElement(element, "FRBRalias", {"value": one_line(metadata.title), "name": "title"})
            ET.SubElement(element, "FRBRalias", {"value": one_line(plan.plan_id), "name": "kehoach"})
        ET.SubElement(element, "FRBRdate", {"date": day, "name": "unknown" if day == _NO_DATE else "issued"})
        ET.SubElement(element, "FRBRauthor", {"href": by})
        if level == "FRBRWork":
            ET.SubElement(element, "FRBRcountry", {"value": "vn"})
            if metadata.document_type:
                ET.SubElement(element, "FRBRsubtype", {"value": _named(metadata.document_type, "van-ban")})
            if metadata.number:
                ET.SubElement(element, "FRBRnumber", {"value": one_line(metadata.number)})
        elif level == "FRBRExpression":
            ET.SubElement(element, "FRBRlanguage", {"language": "vie"})
        else:
            ET.SubElement(element, "FRBRformat", {"value": "application/akn+xml"})


def _live(meta: ET.Element, plan: Plan, names: ElementNames) -> None:
    """The one event known of the document: that it was issued."""
    issued = plan.metadata.issued_on
    if issued is None:
        return
    event = names.refer("Event", "issued", "Ban hành")
    lifecycle = ET.SubElement(meta, "lifecycle", {"source": "#organization-kehoach"})
    attributes = {"date": issued.isoformat(), "source": event, "type": "generation", "refersTo": event}
    ET.SubElement(lifecycle, "eventRef", attributes)


def _source(plan: Plan) -> ET.Element:
    source = plan.source
    element = ET.Element("proprietary", {"source": "#organization-kehoach"})
    facts = {"fileName": source.file_name, "sha256": source.sha256, "mediaType": source.media_type}
    if source.page_count is not None:
        facts["pageCount"] = str(source.page_count)
    ET.SubElement(
        element, "source", {"xmlns": SOURCE_NAMESPACE} | {key: one_line(value) for key, value in facts.items()}
    )
    return element


def _preface(plan: Plan, names: ElementNames) -> ET.Element | None:
    """The head: who issues it, number, place and date, type, title."""
    metadata = plan.metadata
    preface = ET.Element("preface")
    for issuer in (metadata.parent_issuer, metadata.issuer):
        if issuer:
            attributes = {"refersTo": names.refer("Organization", issuer.name)}
            _inline(_paragraph(preface, "issuer"), "docProponent", issuer.name, attributes)
    if metadata.number:
        _inline(_paragraph(preface, "number"), "docNumber", metadata.number)
    if metadata.attached_to:
        _paragraph(preface, "attached").text = f"Ban hành kèm theo văn bản số {one_line(metadata.attached_to)}"
    issued = metadata.issued_on
    if issued or metadata.place:
        paragraph = _paragraph(preface, "date")
        if metadata.place:
            place = {"refersTo": names.refer("Location", metadata.place)}
            _inline(paragraph, "location", metadata.place, place).tail = ", " if issued else None
        if issued:
            printed = f"ngày {issued.day:02} tháng {f'{issued.month:02}' if issued.month < 3 else issued.month}"
            _inline(paragraph, "docDate", f"{printed} năm {issued.year}", {"date": issued.isoformat()})
    if metadata.document_type:
        _inline(_paragraph(preface, "type"), "docType", metadata.document_type)
    if metadata.title:
        title = ET.SubElement(preface, "longTitle", {"eId": names.eid("longTitle", None)})
        _inline(ET.SubElement(title, "p"), "docTitle", metadata.title)
    return preface if len(preface) else None


def _preamble(plan: Plan, names: ElementNames) -> ET.Element | None:
    """The documents it rests on, each as it is cited."""
    if not plan.legal_basis:
        return None
    preamble = ET.Element("preamble")
    citations = ET.SubElement(preamble, "citations", {"eId": names.eid("citations", None)})
    for count, basis in enumerate(plan.legal_basis, start=1):
        eid = names.eid("citation", str(count), citations.attrib["eId"])
        paragraph = ET.SubElement(ET.SubElement(citations, "citation", {"eId": eid}), "p")
        text = one_line(basis.evidence.quote)
        number = one_line(basis.number)
        href = _cited(basis)
        if href and number and text.count(number) == 1:
            paragraph.text, _, rest = text.partition(number)
            _inline(paragraph, "ref", number, {"href": href}).tail = rest
        else:
            paragraph.text = text
    return preamble


def _cited(basis: LegalBasis) -> str | None:
    """The address of a document cited with its type, number and date; other citations leave it open."""
    name, number = _named(basis.document_type, ""), slug(basis.number)
    if not (name and number and basis.issued_on):
        return None
    issuer = _named(basis.issuer, "")
    return "/".join(["/akn/vn/doc", name, *([issuer] if issuer else []), basis.issued_on.isoformat(), number])


def _conclusions(plan: Plan, names: ElementNames) -> ET.Element | None:
    """The foot: who signed, and who receives it."""
    conclusions = ET.Element("conclusions")
    if plan.metadata.signer:
        _sign(conclusions, plan.metadata.signer, names)
    if plan.metadata.recipients:
        eid = names.eid("blockList", "recipients")
        recipients = ET.SubElement(conclusions, "blockList", {"eId": eid})
        ET.SubElement(recipients, "listIntroduction").text = "Nơi nhận"
        for count, recipient in enumerate(plan.metadata.recipients, start=1):
            item = ET.SubElement(recipients, "item", {"eId": names.eid("item", str(count), eid)})
            ET.SubElement(item, "p").text = one_line(recipient.text)
    return conclusions if len(conclusions) else None


def _sign(conclusions: ET.Element, signer: Signer, names: ElementNames) -> None:
    for line in signer.capacity:
        _paragraph(conclusions, "capacity").text = one_line(line)
    attributes = {"refersTo": names.refer("Person", signer.name)}
    if signer.position:
        attributes["as"] = names.refer("Role", signer.position)
    signature = ET.SubElement(_paragraph(conclusions, "signature"), "signature")
    _inline(signature, "person", signer.name, attributes)


def _paragraph(parent: ET.Element, kind: str) -> ET.Element:
    return ET.SubElement(parent, "p", {"class": kind})


def _inline(parent: ET.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> ET.Element:
    element = ET.SubElement(parent, name, attributes or {})
    element.text = one_line(text)
    return element


def _indent(element: ET.Element, depth: int = 0) -> None:
    """A line an element, except inside a paragraph, where white space would be text."""
    if element.tag in _OPEN or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = element.text
    element[-1].tail = "\n" + "  " * depth
