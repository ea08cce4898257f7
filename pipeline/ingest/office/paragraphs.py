"""The lines of DOCX paragraphs: runs in order without what is deleted or struck out, numbers and capitals as shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from docx.oxml.ns import qn

from pipeline.document import Furniture, Line, Side
from pipeline.ingest.clean import Cleaned
from pipeline.ingest.lines import clean_print
from pipeline.ingest.notes.footnotes import WORDS
from pipeline.ingest.notes.marks import read_raised
from pipeline.ingest.office.legacy_fonts import LegacyFont, legacy_font, to_unicode
from pipeline.ingest.office.numbering import Numbering
from pipeline.ingest.office.styles import Styles
from pipeline.language.encodings import Name

BREAK = "\n"


class NoteReference(NamedTuple):
    """What a text refers to beside itself: its kind, and its id among those of its kind."""

    kind: Literal["footnote", "endnote", "comment"]
    id: str


_REFERENCES: dict[str, Literal["footnote", "endnote", "comment"]] = {
    qn("w:footnoteReference"): "footnote",
    qn("w:endnoteReference"): "endnote",
    qn("w:commentReference"): "comment",
}

# Elements whose runs belong to the paragraph they stand in; w:del and w:moveFrom are not among them.
_TRANSPARENT = {
    qn(tag)
    for tag in ("w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple", "w:customXml")
} | {qn("w:dir"), qn("w:bdo")}
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RUN, _PARAGRAPH, _BOX = qn("w:r"), qn("w:p"), qn("w:txbxContent")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULAS = (f"{_MATH}oMath", f"{_MATH}oMathPara")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass
class _StyledText:
    """A stretch of one printed line: its characters, and which of them are letters that print as capitals or bold."""

    chars: list[str] = field(default_factory=list)
    caps: list[bool] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    italic: list[bool] = field(default_factory=list)
    fonts: list[LegacyFont | None] = field(default_factory=list)
    raised: list[tuple[int, int]] = field(default_factory=list)
    """Places of text that stands raised."""

    def add(self, text: str, font: LegacyFont | None, caps: bool, bold: bool, italic: bool, raised: bool) -> None:
        if raised:
            self.raised.append((len(self.chars), len(self.chars) + len(text)))
        for char in text:
            self.chars.append(char)
            self.fonts.append(font)
            self.caps.append(caps)
            self.bold.append(bold)
            self.italic.append(italic)


class ParagraphReader:
    """Reads paragraphs of one document, in order: its lists count as they go.

    Args:
        styles: of the document.
        numbering: of its lists.
        known: encodings of before Unicode that parts of it are surely in.
    """

    def __init__(self, styles: Styles, numbering: Numbering, known: frozenset[Name] = frozenset()) -> None:
        self._styles = styles
        self._numbering = numbering
        self._known = known
        self.struck: list[str] = []
        """The words that are struck out, as they stand; they are in no line."""
        self.notes: dict[NoteReference, str] = {}
        """The footnotes, endnotes and comments that lines refer to, in order, each with the words before it."""
        self.encodings: set[Name] = set()
        """Those of before Unicode that lines were converted from."""

    def lines(
        self,
        paragraph: Any,
        column: Side | None = None,
        table: int | None = None,
        furniture: Furniture | None = None,
    ) -> list[Line]:
        """Read the printed lines of a paragraph; an empty paragraph is one empty line.

        Args:
            paragraph: the w:p element.
            column: the side of a two-column block it stands on.
            table: the index of the table it stands in.
            furniture: set on its lines.
        """
        style = self._styles.of_paragraph(paragraph)
        label = self._numbering.label(paragraph, style)
        pieces = [_StyledText()]
        for run in runs(paragraph):
            if self._styles.toggle(run, style, "w:vanish"):
                continue
            if any(self._styles.toggle(run, style, tag) for tag in ("w:strike", "w:dstrike")):
                self.struck += [words for text in _texts(run) if (words := text.strip())]
                continue
            caps = self._styles.toggle(run, style, "w:caps")
            bold, italic = self._styles.toggle(run, style, "w:b"), self._styles.toggle(run, style, "w:i")
            font = legacy_font(self._styles.font(run, style))
            raised = self._styles.is_raised(run)
            for note in _references(run):
                self.notes.setdefault(note, " ".join("".join(pieces[-1].chars).split()[-WORDS:]))
            for text in _texts(run):
                if text == BREAK:
                    pieces.append(_StyledText())
                else:
                    pieces[-1].add(text, font, caps, bold, italic, raised)
        level = self._styles.heading_level(paragraph, style)
        centred = self._styles.is_centred(paragraph, style)
        out = []
        for at, piece in enumerate(pieces):
            text, raw, origin = self._text(piece, label if at == 0 else "")
            letters = [n for n, char in enumerate(piece.chars) if char.isalnum()]
            out.append(
                Line(
                    text,
                    raw,
                    origin,
                    column=column,
                    table=table,
                    furniture=furniture,
                    bold=bool(letters) and all(piece.bold[n] for n in letters),
                    italic=bool(letters) and all(piece.italic[n] for n in letters),
                    centred=centred and bool(text),
                    heading_level=level if text else None,
                    starts_paragraph=at == 0,
                )
            )
        return out

    def _text(self, piece: _StyledText, label: str) -> tuple[str, str, tuple[int, ...]]:
        raw = "".join(piece.chars)
        text, origin = self._clean(raw, piece)
        if not label and not any(piece.caps):
            return text, raw, origin
        places = origin or tuple(range(len(text)))
        capital = [char.upper() if piece.caps[at] else char for char, at in zip(text, places, strict=True)]
        text = "".join(new if len(new) == 1 else old for new, old in zip(capital, text, strict=True))
        if label:
            printed = clean_print(label).text + (" " if label.endswith(" ") and text else "")
            text, places = printed + text, (-1,) * len(printed) + places
        return text, raw, () if text == raw else places

    def _clean(self, raw: str, piece: _StyledText) -> Cleaned:
        if not any(piece.fonts):
            return clean_print(raw, _raised(raw, piece.raised))
        converted, found = to_unicode(raw, piece.fonts, self._known)
        self.encodings |= found
        cleaned = clean_print(converted.text)
        places = [converted.origin[at] for at in cleaned.origin] if cleaned.origin else converted.origin
        return Cleaned(cleaned.text, () if cleaned.text == raw else tuple(places))


def _raised(raw: str, raised: list[tuple[int, int]]) -> dict[int, str]:
    """What is read in place of raised figures."""
    out: dict[int, str] = {}
    for start, end in raised:
        read = read_raised(raw[:start], raw[start:end].strip(), raw[end:])
        if read is not None:
            out.update(dict.fromkeys(range(start, end), ""))
            out[start] = read
    return out


def _references(run: Any) -> Iterator[NoteReference]:
    for element in run:
        if kind := _REFERENCES.get(element.tag):
            yield NoteReference(kind, element.get(qn("w:id"), ""))


def runs(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph in order, those inside links, insertions, tags and content controls too.

    A formula is one of them.
    """
    for element in paragraph:
        if element.tag == _RUN or element.tag in _FORMULAS:
            yield element
        elif element.tag in _TRANSPARENT:
            yield from runs(element)
        elif element.tag == f"{_MC}AlternateContent":
            for choice in list(element)[:1]:
                yield from runs(choice)


def _texts(run: Any) -> Iterator[str]:
    """The printed text of a run; BREAK for a break of the line, the column or the page."""
    if run.tag in _FORMULAS:
        yield _formula(run)
        return
    for element in run:
        tag = element.tag
        if tag == qn("w:t"):
            yield (element.text or "").replace("\n", " ").replace("\r", " ")
        elif tag in (qn("w:tab"), qn("w:ptab")):
            yield " "
        elif tag in (qn("w:br"), qn("w:cr")):
            yield BREAK
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif tag == qn("w:sym"):
            code = element.get(qn("w:char"), "")
            try:
                yield chr(int(code, 16))
            except (ValueError, OverflowError):
                continue


def _formula(element: Any) -> str:
    """A formula in one line: "1/3", "10⁶" (ECMA-376, Part 1, 22.1)."""
    if element.tag == f"{_MATH}t":
        return element.text or ""
    parts = [(child.tag, _formula(child)) for child in element if isinstance(child.tag, str)]
    if element.tag == f"{_MATH}f":
        return "/".join(text for tag, text in parts if tag in (f"{_MATH}num", f"{_MATH}den"))
    return "".join(text.translate(_RAISED) if tag == f"{_MATH}sup" else text for tag, text in parts)


def join_deleted_marks(root: Any) -> None:
    """Join paragraphs whose end was deleted, a change that is not yet accepted, with those behind them."""
    for paragraph in list(root.iter(_PARAGRAPH)):
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        following = paragraph.getnext()
        if mark is None or following is None or following.tag != _PARAGRAPH:
            continue
        if mark.find(qn("w:del")) is not None or mark.find(qn("w:moveFrom")) is not None:
            first = 1 if len(following) and following[0].tag == qn("w:pPr") else 0
            for at, element in enumerate([one for one in paragraph if one.tag != qn("w:pPr")]):
                following.insert(first + at, element)
            paragraph.getparent().remove(paragraph)


def boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes anchored in a paragraph, each once."""
    stack = list(reversed(list(paragraph)))
    while stack:
        element = stack.pop()
        if element.tag == _BOX:
            yield element
        elif element.tag == f"{_MC}AlternateContent":
            stack.extend(list(element)[:1])
        elif isinstance(element.tag, str) and element.tag not in (qn("w:del"), qn("w:moveFrom")):
            stack.extend(reversed(list(element)))
