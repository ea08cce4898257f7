"""Text as XML and CSV can hold it: without control characters, fields on one line; and a mark for a plan's file."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from pipeline.language.normal import NOT_XML
from pipeline.schema import Plan

_RETURN = re.compile("\r\n?")


def printable(text: str) -> str:
    """Remove the characters XML cannot hold; a carriage return, which XML reads as a line end, becomes one."""
    return _RETURN.sub("\n", NOT_XML.sub("", text))


def file_mark(plan: Plan) -> str:
    """Eight digits that tell a plan's file from those of its other versions, and of plans that share its slug."""
    return plan.source.sha256[:8]


def one_line(text: str | None) -> str:
    """Put a text on one line, printable, every run of white space one space; "" for None."""
    return " ".join(printable(text).split()) if text else ""


def xml_bytes(root: ET.Element) -> bytes:
    """Write a document in UTF-8, with its declaration and a line end."""
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
