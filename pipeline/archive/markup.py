"""What hOCR and ALTO share: characters that XML can hold, and elements as text."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def legal(text: str) -> str:
    """The text with U+FFFD for each character XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def element(parent: ET.Element, tag: str, text: str | None = None, **attributes: str | None) -> ET.Element:
    """A new last child; attributes that are None are left out, a trailing underscore of a name is cut."""
    given = {name.rstrip("_"): legal(value) for name, value in attributes.items() if value is not None}
    child = ET.SubElement(parent, tag, given)
    child.text = None if text is None else legal(text)
    return child


def written(root: ET.Element, doctype: str = "") -> str:
    """An indented document that ends with a line feed."""
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}{ET.tostring(root, "unicode")}\n'
