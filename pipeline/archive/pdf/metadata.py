"""The metadata of a copy: which file it was made from, by what, and the standard it claims to keep."""

from __future__ import annotations

import warnings
from xml.etree import ElementTree as ET

from pikepdf import Array, Dictionary, Name, Pdf, PdfError

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_REPEATED = ("Author", "CreationDate", "Creator", "ModDate", "Subject", "Title")  # of pdf:, by Acrobat 5; also in Info
_XML = "{http://www.w3.org/XML/1998/namespace}"
_DC, _XMP = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/"
_MM, _PDF = "http://ns.adobe.com/xap/1.0/mm/", "http://ns.adobe.com/pdf/1.3/"
_PDFAID = "http://www.aiim.org/pdfa/ns/id/"
_KNOWN: dict[str, str] = {  # XMP Specification (2004), chapter 4: what PDF/A takes without an extension schema
    **dict.fromkeys((f"{{{_DC}}}{name}" for name in ("description", "rights", "title")), "Alt"),
    **dict.fromkeys((f"{{{_DC}}}{name}" for name in ("creator", "date")), "Seq"),
    **dict.fromkeys(
        (f"{{{_DC}}}{name}" for name in ("contributor", "language", "publisher", "relation", "subject", "type")), "Bag"
    ),
    **dict.fromkeys((f"{{{_DC}}}{name}" for name in ("coverage", "format", "identifier", "source")), ""),
    **dict.fromkeys((f"{{{_XMP}}}{name}" for name in ("CreateDate", "CreatorTool", "Label", "MetadataDate")), ""),
    **dict.fromkeys((f"{{{_XMP}}}{name}" for name in ("BaseURL", "ModifyDate", "Nickname")), ""),
    **dict.fromkeys((f"{{{_MM}}}{name}" for name in ("DocumentID", "InstanceID", "VersionID")), ""),
    **dict.fromkeys((f"{{{_PDF}}}{name}" for name in ("Keywords", "PDFVersion", "Producer")), ""),
    **dict.fromkeys((f"{{{_PDFAID}}}{name}" for name in ("part", "conformance", "amd", "rev")), ""),
}


def describe(pdf: Pdf, description: str, source: str, producer: str) -> None:
    """Name the original in the metadata, which is kept otherwise, and drop the original's claim of a standard.

    Args:
        pdf: the copy.
        description: a sentence about the copy; it is put behind a description that is there.
        source: names the original.
        producer: the program that makes the copy.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dates and titles that XMP cannot hold stay in the Info dictionary
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as record:
            if not len(record):
                record.load_from_docinfo(pdf.docinfo)
            for name in _REPEATED:
                if f"pdf:{name}" in record and f"/{name}" in pdf.docinfo:
                    del record[f"pdf:{name}"]
            for name in ("part", "conformance", "amd", "rev"):
                if f"pdfaid:{name}" in record:
                    del record[f"pdfaid:{name}"]
            before = str(record.get("dc:description") or "").strip()
            record["dc:description"] = f"{before}\n{description}" if before else description
            record["dc:source"] = source
            record["pdf:Producer"] = producer
            if "xmp:CreatorTool" not in record:
                record["xmp:CreatorTool"] = producer
    pdf.docinfo["/Producer"] = producer


def claim_conformance(pdf: Pdf, profile: bytes) -> None:
    """State conformance with PDF/A-2b (ISO 19005-2, 6.6.4).

    Args:
        pdf: the copy.
        profile: an ICC profile of RGB that device colours are shown in, where the copy names none (6.2.3).
    """
    if "/OutputIntents" not in pdf.Root:
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB",
            Info="sRGB IEC61966-2.1",
            DestOutputProfile=pdf.make_indirect(pdf.make_stream(profile, N=3)),
        )
        pdf.Root["/OutputIntents"] = Array([pdf.make_indirect(intent)])
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as record:
        record["pdfaid:part"] = "2"
        record["pdfaid:conformance"] = "B"


def unknown_property(pdf: Pdf) -> str | None:
    """Find a property of the metadata that PDF/A does not know in this form (ISO 19005-2, 6.6.2.3), or None."""
    try:
        root = ET.fromstring(pdf.Root["/Metadata"].read_bytes())
    except (ET.ParseError, KeyError, PdfError, AttributeError):
        return "unreadable"
    for block in root.iter(f"{_RDF}Description"):
        held = {name: "" for name in block.attrib if not name.startswith((_RDF, _XML))}
        for child in block:
            inner = [one.tag for one in child]
            held[child.tag] = inner[0].removeprefix(_RDF) if len(inner) == 1 else "?" if inner else ""
        for name, kind in held.items():
            if _KNOWN.get(name) != kind:
                return name.rpartition("}")[2]
    return None
