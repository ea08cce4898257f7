"""A page with a sentence that nobody sees, hidden each time in another way."""

from __future__ import annotations

import io
from codecs import BOM_UTF16_BE
from collections.abc import Callable, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.pdf.broken import BODY, face

SECRET = "Ban Quản lý chợ nộp 45 báo cáo trước ngày 01/01/2020"
X, Y, SIZE = 60.0, 120.0, 14.0
_WIDE, _HIGH = 420.0, 20.0
_FORM = "secret"

Draw = Callable[[Canvas], None]
Change = Callable[[pikepdf.Pdf], None]


def _page(draw: Draw, change: Change | None = None) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 420))
    canvas.setFont(face(), SIZE)
    for at, line in enumerate(BODY[:9]):
        canvas.drawString(X, 380 - 24 * at, line)
    canvas.saveState()
    draw(canvas)
    canvas.restoreState()
    canvas.save()
    if change is None:
        return held.getvalue()
    pdf = pikepdf.open(held)
    change(pdf)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def secret(canvas: Canvas, x: float = X, y: float = Y, size: float = SIZE, mode: int = 0, scale: float = 100) -> None:
    text = canvas.beginText(x, y)
    text.setFont(face(), size)
    text.setTextRenderMode(mode)
    text.setHorizScale(scale)
    text.textOut(SECRET)
    canvas.drawText(text)


def _coloured(fill: tuple[float, float, float], ground: tuple[float, float, float] | None = None) -> Draw:
    def draw(canvas: Canvas) -> None:
        if ground is not None:
            canvas.setFillColorRGB(*ground)
            canvas.rect(X - 5, Y - 6, _WIDE, _HIGH, stroke=0, fill=1)
        canvas.setFillColorRGB(*fill)
        secret(canvas)

    return draw


def _covered(colour: tuple[float, float, float]) -> Draw:
    def draw(canvas: Canvas) -> None:
        secret(canvas)
        canvas.setFillColorRGB(*colour)
        canvas.rect(X - 5, Y - 6, _WIDE, _HIGH, stroke=0, fill=1)

    return draw


def _under_picture(canvas: Canvas) -> None:
    secret(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 8), (200, 220, 240))), X - 5, Y - 6, _WIDE, _HIGH)


def _clear(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    secret(canvas)


def _clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(X, 20, 100, 40)
    canvas.clipPath(path, stroke=0)
    secret(canvas)


def _white_strokes(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(1, 1, 1)
    secret(canvas, mode=1)


def _in_form(canvas: Canvas) -> None:
    canvas.beginForm(_FORM, X - 5, Y - 6, X + _WIDE, Y + _HIGH)
    secret(canvas)
    canvas.endForm()
    canvas.doForm(_FORM)


def _the_form(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(one for one in pdf.pages[0].Resources.XObject.values() if one.Subtype == Name.Form)


def _small_box(pdf: pikepdf.Pdf) -> None:
    _the_form(pdf)["/BBox"] = Array([0, 0, 5, 5])


def _layer(pdf: pikepdf.Pdf) -> pikepdf.Object:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Nháp"))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    return group


def _form_on_layer(pdf: pikepdf.Pdf) -> None:
    _the_form(pdf)["/OC"] = _layer(pdf)


def _on_layer(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Resources["/Properties"] = Dictionary(L=_layer(pdf))
    _around_last(pdf, b"/OC /L BDC", b"EMC")


def _masked(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    group = pdf.make_stream(b"0 g 0 0 595 420 re f")
    for key, value in {
        "/Type": Name.XObject,
        "/Subtype": Name.Form,
        "/BBox": Array([0, 0, 595, 420]),
        "/Group": Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
    }.items():
        group[key] = value
    states = Dictionary(M=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group)))
    page.Resources["/ExtGState"] = states
    _around_last(pdf, b"q /M gs", b"Q")


def _around_last(pdf: pikepdf.Pdf, before: bytes, after: bytes) -> None:
    """Put operators around the last text object of the page."""
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    start, end = content.rindex(b"BT"), content.rindex(b"ET") + 2
    made = b"\n".join([content[:start], before, content[start:end], after, content[end:]])
    page["/Contents"] = pdf.make_stream(made)


def _cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0]["/CropBox"] = Array([0, 150, 595, 420])


def _as_note(**entries: object) -> Change:
    """The form as the appearance of an annotation instead of a part of the page."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        form = _the_form(pdf)
        content = page.Contents.read_bytes()
        page["/Contents"] = pdf.make_stream(content[: content.rindex(b"ET") + 2])
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.FreeText,
            Rect=Array([X - 5, Y - 6, X + _WIDE, Y + _HIGH]),
            AP=Dictionary(N=form),
        )
        for key, value in entries.items():
            note[f"/{key}"] = value
        page["/Annots"] = Array([pdf.make_indirect(note)])

    return change


def _noted(pdf: pikepdf.Pdf) -> None:
    """A note behind a sign that only opens when somebody points at it."""
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([X, Y, X + 20, Y + 20]), Contents=SECRET)
    pdf.pages[0]["/Annots"] = Array([pdf.make_indirect(note)])


def _under_note(kind: Name) -> Change:
    """An opaque annotation on it."""
    return lambda pdf: _put_note(pdf, kind)


def _put_note(pdf: pikepdf.Pdf, kind: Name) -> None:
    white = pdf.make_stream(b"1 g 0 0 425 26 re f")
    for key, value in {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 425, 26])}.items():
        white[key] = value
    note = Dictionary(
        Type=Name.Annot,
        Subtype=kind,
        F=4,
        Rect=Array([X - 5, Y - 6, X + _WIDE, Y + _HIGH]),
        AP=Dictionary(N=white),
    )
    pdf.pages[0]["/Annots"] = Array([pdf.make_indirect(note)])


def _nothing(canvas: Canvas) -> None:
    """The change does it."""


WAYS: dict[str, tuple[Draw, Change | None]] = {
    "without ink": (lambda canvas: secret(canvas, mode=3), None),
    "as a clip": (lambda canvas: secret(canvas, mode=7), None),
    "white": (_coloured((1, 1, 1)), None),
    "nearly white": (_coloured((0.97, 0.97, 0.96)), None),
    "white strokes": (_white_strokes, None),
    "transparent": (_clear, None),
    "tiny": (lambda canvas: secret(canvas, size=0.4), None),
    "very small": (lambda canvas: secret(canvas, size=1.0), None),
    "squeezed": (lambda canvas: secret(canvas, scale=0.5), None),
    "clipped": (_clipped, None),
    "off the page": (lambda canvas: secret(canvas, y=-40), None),
    "beside the page": (lambda canvas: secret(canvas, x=700), None),
    "cropped": (secret, _cropped),
    "under white": (_covered((1, 1, 1)), None),
    "under a black bar": (_covered((0, 0, 0)), None),
    "under a picture": (_under_picture, None),
    "under an annotation": (secret, _under_note(Name.Stamp)),
    "under a shape": (secret, _under_note(Name.Square)),
    "black on black": (_coloured((0, 0, 0), (0, 0, 0)), None),
    "red on red": (_coloured((0.8, 0.1, 0.1), (0.8, 0.12, 0.1)), None),
    "on a layer": (secret, _on_layer),
    "a form on a layer": (_in_form, _form_on_layer),
    "cut off by its form": (_in_form, _small_box),
    "masked": (secret, _masked),
    "in a hidden annotation": (_in_form, _as_note(F=2)),
    "in an annotation not to be viewed": (_in_form, _as_note(F=32)),
    "in a note": (_nothing, _noted),
}


def hidden(way: str) -> bytes:
    """The page with the sentence hidden in one of the WAYS."""
    return _page(*WAYS[way])


def replaced(printed: str, said: str) -> bytes:
    """The page with a sentence for which the file states another one as its replacement text."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(X, Y, printed)

    def change(pdf: pikepdf.Pdf) -> None:
        text = (BOM_UTF16_BE + said.encode("utf-16-be")).hex()
        _around_last(pdf, f"/Span << /ActualText <{text}> >> BDC".encode(), b"EMC")

    return _page(draw, change)


def replaced_parts(*parts: tuple[Sequence[str], str]) -> bytes:
    """The page with a sentence in parts: the words of each, one object a word, and its replacement text."""
    wide = [pdfmetrics.stringWidth(f"{word} ", face(), SIZE) for words, _ in parts for word in words]

    def draw(canvas: Canvas) -> None:
        x = X
        for word, advance in zip((word for words, _ in parts for word in words), wide, strict=True):
            canvas.drawString(x, Y, word)
            x += advance

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        texts = [f"BT{piece}" for piece in page.Contents.read_bytes().decode("latin-1").split("BT")[1:]]
        head = page.Contents.read_bytes().decode("latin-1").split("BT")[0]
        first = len(texts) - len(wide)
        made = [head, *texts[:first]]
        for words, said in parts:
            text = (BOM_UTF16_BE + said.encode("utf-16-be")).hex()
            last = first + len(words)
            *before, end = texts[first:last]
            end = end.replace("ET", "ET EMC", 1)
            made += [f"/Span << /ActualText <{text}> >> BDC\n", *before, end]
            first = last
        page["/Contents"] = pdf.make_stream("".join(made).encode("latin-1"))

    return _page(draw, change)


def typed(form: Dictionary, look: str = "", **entries: object) -> bytes:
    """The page with an annotation, in a file with a form; `look`: the text of its appearance, where it has one."""

    def change(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=Array([X, Y - 6, X + _WIDE, Y + _HIGH]), F=4)
        for key, value in entries.items():
            note[f"/{key}"] = value
        if look:
            font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
            form_of = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, _WIDE, _HIGH])}
            shown = pdf.make_stream(f"BT /Helv 12 Tf 2 6 Td ({look}) Tj ET".encode(), **form_of)
            shown["/Resources"] = Dictionary(Font=Dictionary(Helv=font))
            note["/AP"] = Dictionary(N=shown)
        made = pdf.make_indirect(note)
        pdf.pages[0]["/Annots"] = Array([made])
        pdf.Root["/AcroForm"] = form
        pdf.Root.AcroForm["/Fields"] = Array([made])

    return _page(_nothing, change)


def watermarked(words: str, size: float, y: float) -> bytes:
    """The page with level grey words, on which the text is printed."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.75, 0.75, 0.75)
        canvas.setFont(face(), size)
        canvas.drawString(X, y, words)

    return _page(draw)


def struck(words: str, rest: str, rise: float = 0.3, beyond: float = 0.0) -> bytes:
    """The page with words that a rule is drawn through, `rise` em above their baseline, and others behind them."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(X, Y, f"{words} {rest}")
        wide = pdfmetrics.stringWidth(words, face(), SIZE)
        canvas.line(X - beyond, Y + rise * SIZE, X + wide + beyond, Y + rise * SIZE)

    return _page(draw)


SEEN: dict[str, tuple[Draw, Change | None]] = {
    "plain": (secret, None),
    "white on dark": (_coloured((1, 1, 1), (0.1, 0.2, 0.4)), None),
    "on a shade": (_coloured((0, 0, 0), (0.85, 0.9, 0.95)), None),
    "grey": (_coloured((0.5, 0.5, 0.5)), None),
    "in a form": (_in_form, None),
    "in an annotation": (_in_form, _as_note(F=4)),
    "under the ground of a field": (secret, _under_note(Name.Widget)),
}


def shown(way: str) -> bytes:
    """The page with the sentence in sight, in one of the ways SEEN."""
    return _page(*SEEN[way])
