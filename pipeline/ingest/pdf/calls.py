"""PDFium's C functions without ctypes' checks: arguments are plain addresses and numbers.

A page has thousands of characters, and looking each argument up and down costs more than PDFium's own work.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as native


def _prototype(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


POINTER, INT, FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
loose_box = _prototype(native.FPDFText_GetLooseCharBox, INT, POINTER, INT, POINTER)
text_object = _prototype(native.FPDFText_GetTextObject, POINTER, POINTER, INT)
origin = _prototype(native.FPDFText_GetCharOrigin, INT, POINTER, INT, POINTER, POINTER)
matrix = _prototype(native.FPDFText_GetMatrix, INT, POINTER, INT, POINTER)
font_size = _prototype(native.FPDFText_GetFontSize, ctypes.c_double, POINTER, INT)
map_error = _prototype(native.FPDFText_HasUnicodeMapError, INT, POINTER, INT)
unicode = _prototype(native.FPDFText_GetUnicode, ctypes.c_uint, POINTER, INT)
get_text = _prototype(native.FPDFText_GetText, INT, POINTER, INT, INT, POINTER)
object_font = _prototype(native.FPDFTextObj_GetFont, POINTER, POINTER)
render_mode = _prototype(native.FPDFTextObj_GetTextRenderMode, INT, POINTER)
font_name = _prototype(native.FPDFFont_GetBaseFontName, ctypes.c_size_t, POINTER, POINTER, ctypes.c_size_t)
font_flags = _prototype(native.FPDFFont_GetFlags, INT, POINTER)
font_weight = _prototype(native.FPDFFont_GetWeight, INT, POINTER)
object_type = _prototype(native.FPDFPageObj_GetType, INT, POINTER)
object_bounds = _prototype(native.FPDFPageObj_GetBounds, INT, POINTER, POINTER, POINTER, POINTER, POINTER)
object_matrix = _prototype(native.FPDFPageObj_GetMatrix, INT, POINTER, POINTER)
stroke_colour = _prototype(native.FPDFPageObj_GetStrokeColor, INT, POINTER, POINTER, POINTER, POINTER, POINTER)
has_transparency = _prototype(native.FPDFPageObj_HasTransparency, INT, POINTER)
count_marks = _prototype(native.FPDFPageObj_CountMarks, INT, POINTER)
mark = _prototype(native.FPDFPageObj_GetMark, POINTER, POINTER, ctypes.c_ulong)
mark_name = _prototype(native.FPDFPageObjMark_GetName, INT, POINTER, POINTER, ctypes.c_ulong, POINTER)
mark_blob = _prototype(
    native.FPDFPageObjMark_GetParamBlobValue, INT, POINTER, ctypes.c_char_p, POINTER, ctypes.c_ulong, POINTER
)
clip_path = _prototype(native.FPDFPageObj_GetClipPath, POINTER, POINTER)
count_clips = _prototype(native.FPDFClipPath_CountPaths, INT, POINTER)
count_clip_segments = _prototype(native.FPDFClipPath_CountPathSegments, INT, POINTER, INT)
clip_segment = _prototype(native.FPDFClipPath_GetPathSegment, POINTER, POINTER, INT, INT)
fill_colour = _prototype(native.FPDFPageObj_GetFillColor, INT, POINTER, POINTER, POINTER, POINTER, POINTER)
image_size = _prototype(native.FPDFImageObj_GetImagePixelSize, INT, POINTER, POINTER, POINTER)
draw_mode = _prototype(native.FPDFPath_GetDrawMode, INT, POINTER, POINTER, POINTER)
count_segments = _prototype(native.FPDFPath_CountSegments, INT, POINTER)
segment = _prototype(native.FPDFPath_GetPathSegment, POINTER, POINTER, INT)
segment_point = _prototype(native.FPDFPathSegment_GetPoint, INT, POINTER, POINTER, POINTER)
segment_type = _prototype(native.FPDFPathSegment_GetType, INT, POINTER)
segment_close = _prototype(native.FPDFPathSegment_GetClose, INT, POINTER)
count_objects = _prototype(native.FPDFPage_CountObjects, INT, POINTER)
page_object = _prototype(native.FPDFPage_GetObject, POINTER, POINTER, INT)
form_count = _prototype(native.FPDFFormObj_CountObjects, INT, POINTER)
form_object = _prototype(native.FPDFFormObj_GetObject, POINTER, POINTER, ctypes.c_ulong)
