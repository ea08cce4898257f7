"""Building XML: hOCR and ALTO share it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pipeline.language.normal import NOT_XML


def legal_xml(text: str) -> str:
    """Replace each character that XML 1.0 cannot hold by U+FFFD."""
    return NOT_XML.sub("\ufffd", text)


def element(parent: ET.Element, tag: str, text: str | None = None, **attributes: str | None) -> ET.Element:
    """Add a last child to an element.

    Args:
        parent: the element that gets the child.
        tag: the child's name.
        text: its text, None for none.
        attributes: its attributes; those that are None are left out, a trailing underscore of a name is cut.
    """
    given = {name.rstrip("_"): legal_xml(value) for name, value in attributes.items() if value is not None}
    child = ET.SubElement(parent, tag, given)
    child.text = None if text is None else legal_xml(text)
    return child


def to_xml(root: ET.Element, doctype: str = "") -> str:
    """Write an indented document that ends with a line feed; `doctype` is a line of its own in front."""
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}{ET.tostring(root, "unicode")}\n'
