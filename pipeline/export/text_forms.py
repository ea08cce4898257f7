"""Text as XML and CSV can hold it: without control characters, fields on one line; and a mark for a plan's file."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Final

from pipeline.language.folding import slug
from pipeline.language.normal import NOT_XML
from pipeline.schema import Plan

_RETURN = re.compile("\r\n?")
# "Naming Files, Paths, and Namespaces" of Windows: these name devices, whatever ending follows.
_DEVICES: Final = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))}
_LONGEST: Final = 150  # characters of a file's name, which may get a mark and an ending


def printable(text: str) -> str:
    """Remove the characters XML cannot hold; a carriage return, which XML reads as a line end, becomes one."""
    return _RETURN.sub("\n", NOT_XML.sub("", text))


def file_mark(plan: Plan) -> str:
    """Eight digits that tell a plan's file from those of its other versions, and of plans that share its slug."""
    return plan.source.sha256[:8]


def file_stem(text: str) -> str:
    """Make the name of a file of an identifier, without its ending: "hai-phong/2023/55" -> "hai-phong_2023_55".

    Whatever the text is, the name is one of letters, digits, hyphens and underscores of ASCII, stays in its folder, is
    short enough for any file system and none of a device. Different texts may get the same.
    """
    name = "_".join(filter(None, map(slug, text.split("/")))) or "plan"
    return f"plan-{name}" if name in _DEVICES else name[:_LONGEST]


def one_line(text: str | None) -> str:
    """Put a text on one line, printable, every run of white space one space; "" for None."""
    return " ".join(printable(text).split()) if text else ""


def xml_bytes(root: ET.Element) -> bytes:
    """Write a document in UTF-8, with its declaration and a line end."""
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
