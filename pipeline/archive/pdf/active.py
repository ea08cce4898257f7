"""What acts in a PDF, or is carried by it: a copy keeps none of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Object, Pdf, Stream

_ACTIONS: Final = frozenset(
    {
        *("/GoTo3DView", "/GoToE", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Rendition"),
        *("/ResetForm", "/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Trans"),
    }
)
"""Kinds of actions that do more than lead to a place or an address (ISO 32000-1, 12.6.4)."""

_NOTES: Final = frozenset(["/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"])
"""Kinds of annotations that carry a file or something that plays."""

_OF_ROOT: Final = ("/AF", "/Collection", "/Requirements")
_OF_NAMES: Final = ("/AlternatePresentations", "/EmbeddedFiles", "/JavaScript", "/Renditions")
_DEEPEST: Final = 50


def remove_active(pdf: Pdf) -> None:
    """Take scripts, what starts programs or sends forms, what plays, and attached files out of a copy.

    Links to places and addresses stay, and so do the pictures of form fields.
    """
    for key in _OF_ROOT:
        if key in pdf.Root:
            del pdf.Root[key]
    names = pdf.Root.get("/Names")
    for key in _OF_NAMES:
        if isinstance(names, Dictionary) and key in names:
            del names[key]
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        del form["/XFA"]
    for found in _dictionaries(pdf):
        _disarm(found)


def _disarm(found: Object) -> None:
    for key in ("/AA", "/JS", "/EF"):
        if key in found:
            del found[key]
    for key in ("/A", "/PA", "/OpenAction", "/Next"):
        value = found.get(key)
        if _acts(value):
            del found[key]
        elif isinstance(value, Array) and any(map(_acts, value)):
            found[key] = Array([one for one in value if not _acts(one)])
    notes = found.get("/Annots")
    if isinstance(notes, Array) and any(map(_carries, notes)):
        found["/Annots"] = Array([one for one in notes if not _carries(one)])


def _acts(value: object) -> bool:
    return isinstance(value, Dictionary) and str(value.get("/S", "")) in _ACTIONS


def _carries(value: object) -> bool:
    return isinstance(value, Dictionary) and str(value.get("/Subtype", "")) in _NOTES


def _dictionaries(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary, that of each stream too, wherever it stands."""
    waiting: list[tuple[Object, int]] = [(one, 0) for one in pdf.objects]
    while waiting:
        found, depth = waiting.pop()
        if isinstance(found, Stream):
            found = found.stream_dict
        inside: list[Object] = []
        if isinstance(found, Dictionary):
            yield found
            inside = [found[key] for key in found.keys()]  # noqa: SIM118 - of a PDF's object
        elif isinstance(found, Array):
            inside = list(found)
        if depth < _DEEPEST:
            waiting += [
                (one, depth + 1) for one in inside if isinstance(one, (Dictionary, Array)) and not one.is_indirect
            ]
