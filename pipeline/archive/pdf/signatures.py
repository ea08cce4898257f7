"""Digital signatures of a PDF: a copy carries none."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf

READ_ONLY = 1  # bit of a field's flags (ISO 32000-1, table 221)


def remove_signatures(pdf: Pdf) -> bool:
    """Take the digital signatures out of a copy.

    A signature holds for the bytes it was made over. Left in a copy it would be reported as broken, which says
    something untrue of the original; so its value goes, with what serves to verify it, while its picture stays and
    its field is locked, that nobody signs there by mistake.

    Returns:
        True where there was one.
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
