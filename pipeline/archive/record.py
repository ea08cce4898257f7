"""What a copy says of itself: made from which file, by what; and that it is not signed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError

from pipeline import __version__
from pipeline.document import Document

READ_ONLY = 1  # bit of a field's flags (ISO 32000-1, table 221)
CLAIM = "PDF/A-2b"
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


def unsign(pdf: Pdf) -> bool:
    """Take the signatures out of a copy; True where it had one.

    A signature holds for the bytes it was made over. Left in a copy it would be reported as broken, which says
    something untrue of the original; so its value goes, with what serves to verify it, while its picture stays and
    its field is locked, that nobody signs there by mistake.
    """
    signed = False
    for field in _signature_fields(pdf):
        signed = signed or "/V" in field
        for key in ("/V", "/DV"):
            if key in field:
                del field[key]
        field["/Ff"] = int(field.get("/Ff", 0)) | READ_ONLY
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/SigFlags" in form:
        del form["/SigFlags"]
    for key in ("/Perms", "/DSS"):
        if key in pdf.Root:
            del pdf.Root[key]
    return signed


def _signature_fields(pdf: Pdf) -> Iterator[Object]:
    form = pdf.Root.get("/AcroForm")
    waiting = list(form.get("/Fields", [])) if isinstance(form, Dictionary) else []
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        waiting.extend(notes if isinstance(notes, Array) else [])
    seen: set[tuple[int, int]] = set()
    while waiting:
        field = waiting.pop()
        if not isinstance(field, Dictionary) or (field.is_indirect and field.objgen in seen):
            continue
        seen.add(field.objgen)
        kids = field.get("/Kids")
        waiting.extend(kids if isinstance(kids, Array) else [])
        if field.get("/FT") == Name.Sig:
            yield field


def describe(pdf: Pdf, document: Document, signed: bool) -> None:
    """Name the original in the metadata, which is kept otherwise, and drop a claim of conformance it made."""
    made = f"kehoach {__version__}"
    said = f"Copy with a text layer, made from {document.name}, SHA-256 {document.sha256}."
    if signed:
        said += " The digital signatures hold for the original only and are not part of this copy."
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
            record["dc:description"] = f"{before}\n{said}" if before else said
            record["dc:source"] = f"{document.name} (SHA-256 {document.sha256})"
            record["pdf:Producer"] = made
            if "xmp:CreatorTool" not in record:
                record["xmp:CreatorTool"] = made
    pdf.docinfo["/Producer"] = made


def claim(pdf: Pdf, profile: bytes) -> None:
    """State conformance with PDF/A-2b (ISO 19005-2, 6.6.4), colours being those of an RGB profile (6.2.3)."""
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
    """A property of the metadata that PDF/A does not know in this form (ISO 19005-2, 6.6.2.3); None where all are."""
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
