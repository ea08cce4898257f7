"""Formatting of a DOCX: direct formatting, then the style chain, then defaults (ECMA-376, Part 1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"^(?:heading|tiêu đề|đề mục) ([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|contents) \d$", re.IGNORECASE)
MAX_CHAIN = 20  # styles based on styles; a damaged file can make a circle


def child(element: Any, *path: str) -> Any:
    """Find the element at a path of tags below an element; None when any is missing."""
    for tag in path:
        if element is None:
            return None
        element = element.find(qn(tag))
    return element


def value(element: Any, *path: str) -> str | None:
    """The w:val of the element at a path; None when it is missing."""
    found = child(element, *path)
    return None if found is None else found.get(qn("w:val"))


def is_on(element: Any) -> bool:
    """Tell whether a toggle such as w:b is on."""
    return element.get(qn("w:val")) not in ("0", "false", "off", "none")


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any) -> None:
        self._by_id: dict[str, Any] = {}
        self._default: str | None = None
        self._defaults = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr") if root is not None else None
        for style in root.findall(qn("w:style")) if root is not None else ():
            identifier = style.get(qn("w:styleId"))
            if identifier is None:
                continue
            self._by_id.setdefault(identifier, style)
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on"):
                self._default = identifier

    def chain(self, identifier: str | None) -> Iterator[Any]:
        """A style and those it is based on, nearest first."""
        for _ in range(MAX_CHAIN):
            style = self._by_id.get(identifier or "")
            if style is None:
                return
            yield style
            identifier = value(style, "w:basedOn")

    def of_paragraph(self, paragraph: Any) -> str | None:
        """The id of a paragraph's style."""
        return value(paragraph, "w:pPr", "w:pStyle") or self._default

    def is_contents(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is a line of a table of contents, by its style."""
        names = [value(style, "w:name") or "" for style in self.chain(self.of_paragraph(paragraph))]
        return any(_CONTENTS.match(name) for name in names)

    def toggle(self, run: Any, style: str | None, tag: str) -> bool:
        """Tell whether a run is bold, italic, in capitals, struck out or hidden.

        Args:
            run: the w:r element.
            style: the id of its paragraph's style.
            tag: w:b, w:i, w:caps, w:strike, w:dstrike or w:vanish.
        """
        direct = child(run, "w:rPr", tag)
        if direct is not None:
            return is_on(direct)
        for identifier in (value(run, "w:rPr", "w:rStyle"), style):
            for link in self.chain(identifier):
                found = child(link, "w:rPr", tag)
                if found is not None:
                    return is_on(found)
        found = child(self._defaults, tag)
        return found is not None and is_on(found)

    def font(self, run: Any, style: str | None) -> str | None:
        """The name of the font of a run's Latin letters, by which Vietnamese is set too; None where none is named."""
        links = [link for name in (value(run, "w:rPr", "w:rStyle"), style) for link in self.chain(name)]
        found = [child(run, "w:rPr", "w:rFonts"), *(child(link, "w:rPr", "w:rFonts") for link in links)]
        for fonts in (*found, child(self._defaults, "w:rFonts")):
            name = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) if fonts is not None else None
            if name is not None:
                return str(name)
        return None

    def is_raised(self, run: Any) -> bool:
        """Tell whether a run stands raised and small, as marks of notes and powers do."""
        direct = value(run, "w:rPr", "w:vertAlign")
        if direct is not None:
            return direct == "superscript"
        links = self.chain(value(run, "w:rPr", "w:rStyle"))
        return next((v for link in links if (v := value(link, "w:rPr", "w:vertAlign"))), None) == "superscript"

    def is_centred(self, paragraph: Any, style: str | None) -> bool:
        """Tell whether a paragraph is centred."""
        direct = value(paragraph, "w:pPr", "w:jc")
        if direct is not None:
            return direct == "center"
        for link in self.chain(style):
            found = value(link, "w:pPr", "w:jc")
            if found is not None:
                return found == "center"
        return False

    def heading_level(self, paragraph: Any, style: str | None) -> int | None:
        """1 to 6 for a heading style or an outline level, None for body text."""
        level = value(paragraph, "w:pPr", "w:outlineLvl")
        for link in self.chain(style):
            hit = _HEADING.match(value(link, "w:name") or "")
            if hit:
                return min(6, int(hit[1]))
            level = level or value(link, "w:pPr", "w:outlineLvl")
        if level is not None and level.isdigit() and int(level) < 9:
            return min(6, int(level) + 1)
        return None

    def numbering(self, paragraph: Any, style: str | None) -> tuple[str | None, str | None, str | None]:
        """The list a paragraph belongs to.

        Returns:
            Its numId and level, as written, and the style the list comes from; None where there is none.
        """
        number = value(paragraph, "w:pPr", "w:numPr", "w:numId")
        level = value(paragraph, "w:pPr", "w:numPr", "w:ilvl")
        if number is not None:
            return number, level, None
        for link in self.chain(style):
            number = value(link, "w:pPr", "w:numPr", "w:numId")
            if number is not None:
                level = level or value(link, "w:pPr", "w:numPr", "w:ilvl")
                return number, level, link.get(qn("w:styleId"))
        return None, None, None

    def linked_list(self, identifier: str | None) -> str | None:
        """The numId of a list style."""
        for link in self.chain(identifier):
            number = value(link, "w:pPr", "w:numPr", "w:numId")
            if number is not None:
                return number
        return None

    def table_borders(self, identifier: str | None) -> Iterator[Any]:
        """The border settings of a table style, nearest first."""
        for link in self.chain(identifier):
            found = child(link, "w:tblPr", "w:tblBorders")
            if found is not None:
                yield found
