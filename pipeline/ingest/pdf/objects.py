"""Path and image objects of a page, with the matrices of the forms around them."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import pypdfium2.raw as native
from pypdfium2 import PdfPage

from pipeline.document import Box
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.file.typed import TypedText
from pipeline.ingest.pdf.frame import DisplayFrame

MAX_PATHS = 20_000  # path objects read on one page; a drawing or a map has more, a table never
MAX_OBJECTS = 10 * MAX_PATHS
MAX_DEPTH = 3  # forms within forms

MAX_NOTES = 500  # annotations looked at on one page

_PRINTING = (native.FPDF_ANNOT_WIDGET, native.FPDF_ANNOT_STAMP, native.FPDF_ANNOT_FREETEXT)
_COVERING = (
    native.FPDF_ANNOT_SQUARE,
    native.FPDF_ANNOT_CIRCLE,
    native.FPDF_ANNOT_POLYGON,
    native.FPDF_ANNOT_INK,
    native.FPDF_ANNOT_STRIKEOUT,
)

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class PlacedObject(NamedTuple):
    """An object's handle, the matrix of the forms around it, and its place in the order of drawing."""

    item: int
    matrix: Matrix
    order: int


class DrawnObjects(NamedTuple):
    """The path and image objects of a page; `paths` is None when there are too many to be a table's.

    `texts` holds the place of each text object in the order of drawing, `nested` those that stand in forms.
    """

    paths: tuple[PlacedObject, ...] | None
    images: tuple[PlacedObject, ...]
    texts: dict[int, int]
    nested: frozenset[int]


class LargestImage(NamedTuple):
    """The largest image of a page: the share of the page it covers, 0 to 1, and its resolution as shown (dpi)."""

    share: float
    dpi: float


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def matrix_of(item: int) -> Matrix:
    """The matrix of an object, given by its address."""
    matrix = (calls.FLOAT * 6)()
    if not calls.object_matrix(item, ctypes.addressof(matrix)):
        return IDENTITY
    return (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5])


def drawn_objects(page: int) -> DrawnObjects:
    """The path and image objects of a page, given by its address, those in forms too."""
    paths: list[PlacedObject] = []
    images: list[PlacedObject] = []
    texts: dict[int, int] = {}
    nested: set[int] = set()
    count = min(calls.count_objects(page), MAX_OBJECTS)
    pending = [(calls.page_object(page, at), IDENTITY, 0) for at in reversed(range(count))]
    seen = 0
    while pending:
        item, matrix, depth = pending.pop()
        seen += 1
        if seen > MAX_OBJECTS or len(paths) > MAX_PATHS:
            return DrawnObjects(None, tuple(images), texts, frozenset(nested))
        kind = calls.object_type(item) if item else 0
        if kind == native.FPDF_PAGEOBJ_PATH:
            paths.append(PlacedObject(item, matrix, seen))
        elif kind == native.FPDF_PAGEOBJ_IMAGE:
            images.append(PlacedObject(item, matrix, seen))
        elif kind == native.FPDF_PAGEOBJ_TEXT:
            texts[item] = seen
            if depth:
                nested.add(item)
        elif kind == native.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = times(matrix_of(item), matrix)
            count = min(calls.form_count(item), MAX_OBJECTS)
            pending.extend((calls.form_object(item, at), inner, depth + 1) for at in reversed(range(count)))
    return DrawnObjects(tuple(paths), tuple(images), texts, frozenset(nested))


def share_of(item: int, around: Matrix, frame: DisplayFrame) -> float:
    """The share of a page that an image covers; it fills the unit square of its space (PDF 32000-1, 8.9.5.1)."""
    a, b, c, d, e, f = times(matrix_of(item), around)
    corners = [frame.point(a * x + c * y + e, b * x + d * y + f) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
    x0, x1 = max(0.0, min(x for x, _ in corners)), min(frame.width, max(x for x, _ in corners))
    y0, y1 = max(0.0, min(y for _, y in corners)), min(frame.height, max(y for _, y in corners))
    share: float = max(0.0, x1 - x0) * max(0.0, y1 - y0) / max(frame.width * frame.height, 1e-6)
    return share


def largest_image(images: tuple[PlacedObject, ...], frame: DisplayFrame) -> LargestImage | None:
    """Find the image that covers most of a page."""
    best: LargestImage | None = None
    for item, around, _ in images:
        share = share_of(item, around, frame)
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        if best is not None and share <= best.share:
            continue
        if not calls.image_size(item, ctypes.addressof(wide), ctypes.addressof(high)):
            continue
        a, b, *_ = times(matrix_of(item), around)
        shown = max((a * a + b * b) ** 0.5, 1e-6)
        best = LargestImage(share, 72 * wide.value / shown)
    return best


def image_boxes(images: tuple[PlacedObject, ...], frame: DisplayFrame) -> tuple[Box, ...]:
    """Find where images stand on the page as displayed, in points; what lies outside it is cut off."""
    out = []
    for item, around, _ in images:
        a, b, c, d, e, f = times(matrix_of(item), around)
        corners = [frame.point(a * x + c * y + e, b * x + d * y + f) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
        x0, x1 = max(0.0, min(x for x, _ in corners)), min(frame.width, max(x for x, _ in corners))
        y0, y1 = max(0.0, min(y for _, y in corners)), min(frame.height, max(y for _, y in corners))
        if x0 < x1 and y0 < y1:
            out.append(Box(x0, y0, x1, y1))
    return tuple(out)


class Annotations(NamedTuple):
    """The boxes of the annotations of a page that can print text, on the page as displayed, in points.

    `signed` are those of fields for signatures, `fields` those of all fields to be filled in. `any`: one can print or
    cover text. `typed` is what was typed without an appearance, with its box.
    """

    notes: tuple[Box, ...]
    signed: tuple[Box, ...]
    fields: tuple[Box, ...]
    any: bool
    typed: tuple[tuple[Box, TypedText], ...]


def notes_of(page: PdfPage, frame: DisplayFrame, typed: Mapping[int, TypedText]) -> Annotations:
    """Find the annotations of an open page; those that are not to be viewed are taken out, and those typed."""
    out, signed, fields, covering, texts = [], [], [], False, []
    rect = native.FS_RECTF()
    for at in reversed(range(min(native.FPDFPage_GetAnnotCount(page), MAX_NOTES))):
        note = native.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        kind = native.FPDFAnnot_GetSubtype(note)
        if native.FPDFAnnot_GetFlags(note) & native.FPDF_ANNOT_FLAG_NOVIEW:
            native.FPDFPage_CloseAnnot(note)
            native.FPDFPage_RemoveAnnot(page, at)
            continue
        if kind in _PRINTING and native.FPDFAnnot_GetRect(note, rect):
            out.append(_shown_at(rect, frame))
            if at in typed:
                texts.append((out[-1], typed[at]))
                native.FPDFPage_CloseAnnot(note)
                native.FPDFPage_RemoveAnnot(page, at)
                continue
            covering = True
            if kind == native.FPDF_ANNOT_WIDGET:
                fields.append(out[-1])
            if _is_signature_field(note):
                signed.append(out[-1])
        covering |= kind in _COVERING
        native.FPDFPage_CloseAnnot(note)
    return Annotations(tuple(reversed(out)), tuple(reversed(signed)), tuple(fields), covering, tuple(reversed(texts)))


def remove_signed(page: PdfPage, frame: DisplayFrame, boxes: Collection[Box]) -> None:
    """Take the fields for signatures that stand in one of these boxes off an open page."""
    rect = native.FS_RECTF()
    for at in reversed(range(min(native.FPDFPage_GetAnnotCount(page), MAX_NOTES))):
        note = native.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        placed = _is_signature_field(note) and native.FPDFAnnot_GetRect(note, rect)
        native.FPDFPage_CloseAnnot(note)
        if placed and _shown_at(rect, frame) in boxes:
            native.FPDFPage_RemoveAnnot(page, at)


def _shown_at(rect: Any, frame: DisplayFrame) -> Box:
    ax, ay = frame.point(rect.left, rect.top)
    bx, by = frame.point(rect.right, rect.bottom)
    return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _is_signature_field(note: Any) -> bool:
    kind = (ctypes.c_ushort * 8)()
    native.FPDFAnnot_GetStringValue(note, b"FT", kind, ctypes.sizeof(kind))
    return bytes(kind).startswith("Sig\0".encode("utf-16-le"))
