"""What was typed into a PDF and has no appearance: fields that were filled in, notes written onto the page.

A program that shows the page draws their text itself (PDF 32000-1, 12.7.3.3); PDFium has no Vietnamese letters for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import literal_name

from pipeline.ingest.pdf.file.strings import text_string

MAX_ANNOTATIONS = 500  # of one page
MAX_PARENTS = 8  # fields above a field
SMALLEST, LARGEST = 1.0, 200.0  # points: what else a field says of its type is no size
SIZE = 12.0  # points: where a field leaves it to the program

_UNSEEN = 2 | 32  # hidden, not to be viewed: PDF 32000-1, table 165
_MULTILINE, _PASSWORD = 1 << 12, 1 << 13  # table 228
_SIZE = re.compile(r"(\d*\.?\d+)\s+Tf\b")


class TypedText(NamedTuple):
    """What was typed: its text, the size of its type in points, whether it may run over several lines."""

    text: str
    size: float
    wraps: bool


def typed_on(annotations: object, form: Mapping[str, Any]) -> dict[int, TypedText]:
    """Find what was typed on a page and has no appearance of its own.

    Args:
        annotations: those of the page, as the file has them.
        form: the file's interactive form, which may say that appearances have to be made anew.

    Returns:
        By the number of the annotation on its page, from 0.
    """
    found = resolve1(annotations)
    out: dict[int, TypedText] = {}
    for at, one in enumerate(found[:MAX_ANNOTATIONS] if isinstance(found, list) else ()):
        note = resolve1(one)
        if not isinstance(note, dict) or _number(note.get("F")) & _UNSEEN:
            continue
        kind = _name(note.get("Subtype"))
        drawn = isinstance(resolve1((resolve1(note.get("AP")) or {}).get("N")), PDFStream)
        if kind == "FreeText" and not drawn:
            text = _text(note.get("Contents"))
        elif kind == "Widget" and not (drawn and not resolve1(form.get("NeedAppearances"))):
            text = _value(note)
        else:
            continue
        if text.strip():
            stated = _SIZE.search(_text(_inherited(note, "DA") or form.get("DA")))
            size = min(float(stated.group(1)), LARGEST) if stated else 0.0
            wraps = kind == "FreeText" or bool(_number(_inherited(note, "Ff")) & _MULTILINE)
            out[at] = TypedText(text, size if size >= SMALLEST else SIZE, wraps)
    return out


def _value(field: Mapping[str, Any]) -> str:
    """What is filled into a field of text or choice; a choice shows its words, not what it stands for."""
    kind = _name(_inherited(field, "FT"))
    if kind not in ("Tx", "Ch") or (kind == "Tx" and _number(_inherited(field, "Ff")) & _PASSWORD):
        return ""
    said = _text(_inherited(field, "V"))
    choices = [resolve1(one) for one in resolve1(_inherited(field, "Opt")) or ()] if kind == "Ch" else ()
    pairs = [one for one in choices if isinstance(one, list) and len(one) == 2]
    return next((_text(shown) for stands, shown in pairs if _text(stands) == said), said)


def _inherited(field: Mapping[str, Any], key: str) -> Any:
    """An entry of a field, or of the fields above it (PDF 32000-1, 12.7.3.1)."""
    for _ in range(MAX_PARENTS):
        if key in field:
            return resolve1(field[key])
        parent = resolve1(field.get("Parent"))
        if not isinstance(parent, dict):
            break
        field = parent
    return None


def _name(value: Any) -> str:
    return str(literal_name(resolve1(value))) if value is not None else ""


def _number(value: Any) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0


def _text(value: Any) -> str:
    value = resolve1(value)
    return text_string(value) if isinstance(value, bytes) else ""
