"""ALTO 4.4 (https://www.loc.gov/standards/alto/): the words of a document with their places, as libraries keep them."""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree as ET

from pipeline import __version__
from pipeline.archive.markup import element, to_xml
from pipeline.archive.words import PlacedWord, bounding_box, line_directions, placed_words, require_pages
from pipeline.document import Box, Document, Line, Page

UNIT = 1200 / 72  # of inch1200 to a point
_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = f"{_NAMESPACE} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"


def alto(document: Document) -> str:
    """Write a document in ALTO 4.4: all pages in one file, in reading order, furniture included and tagged.

    Lengths are in 1/1200 inch from the top left of the page as displayed. `WC` is the probability that a word is right,
    0 to 1; it is left out where none is known. `CONTENT` is the restored text; the text of the file and the next likely
    reading stand in `ALTERNATIVE` with the PURPOSE "raw" and "runner-up". Lines of one table, of one column or of the
    text between them make a TextBlock.

    Raises:
        ValueError: the document has no pages, so its words have no place.
    """
    require_pages(document)
    schema = {"xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:schemaLocation": _SCHEMA}
    root = ET.Element("alto", {"xmlns": _NAMESPACE, **schema, "SCHEMAVERSION": "4.4"})
    about = element(root, "Description")
    element(about, "MeasurementUnit", "inch1200")
    image = element(about, "sourceImageInformation")
    element(image, "fileName", document.name)
    element(image, "fileIdentifier", f"sha256:{document.sha256}")
    step = element(about, "Processing", ID="kehoach")
    element(step, "processingCategory", "contentGeneration")
    software = element(step, "processingSoftware")
    element(software, "softwareName", "kehoach")
    element(software, "softwareVersion", __version__)
    kinds = sorted({line.furniture.value for _, line in document.lines() if line.furniture is not None})
    if kinds:
        tags = element(root, "Tags")
        for kind in kinds:
            element(tags, "LayoutTag", ID=f"furniture_{kind}", TYPE="furniture", LABEL=kind)
    layout = element(root, "Layout")
    for page in document.pages:
        _page(layout, page)
    return to_xml(root)


def _page(layout: ET.Element, page: Page) -> None:
    name = f"page_{page.number}"
    size = {"WIDTH": _measure(page.width or 0), "HEIGHT": _measure(page.height or 0)}
    sure = None if page.confidence is None else f"{min(1.0, max(0.0, page.confidence)):.3f}"
    out = element(layout, "Page", ID=name, PHYSICAL_IMG_NR=str(page.number), LANG="vi", PC=sure, **size)
    space = element(out, "PrintSpace", HPOS="0", VPOS="0", **size)
    ways = line_directions(page)
    rows = [(number, line, placed_words(line), ways[number - 1]) for number, line in enumerate(page.lines, 1)]
    spoken = (row for row in rows if row[2])
    for at, (_, group) in enumerate(groupby(spoken, lambda row: (row[1].table, row[1].column, row[3])), 1):
        members = list(group)
        way = members[0][3]
        box = bounding_box([word for row in members for word in row[2]])
        turned = str((360 - way) % 360) if way else None  # counter-clockwise
        block = element(space, "TextBlock", ID=f"{name}_block_{at}", ROTATION=turned, **_place(box))
        for number, line, words, _ in members:
            _line(block, f"{name}_line_{number}", line, words, way)


def _line(block: ET.Element, name: str, line: Line, words: tuple[PlacedWord, ...], way: int) -> None:
    tag = None if line.furniture is None else f"furniture_{line.furniture.value}"
    row = element(block, "TextLine", ID=name, TAGREFS=tag, **_place(bounding_box(words)))
    for at, word in enumerate(words):
        if at:
            element(row, "SP", **_place(_between(words[at - 1].box, word.box, way)))
        sure = None if word.confidence is None else f"{word.confidence:.3f}"
        out = element(row, "String", ID=f"{name}_{at + 1}", CONTENT=word.text, WC=sure, **_place(word.box))
        if word.raw:
            element(out, "ALTERNATIVE", word.raw, PURPOSE="raw")
        if word.runner_up:
            element(out, "ALTERNATIVE", word.runner_up, PURPOSE="runner-up")


def _between(one: Box, other: Box, way: int) -> Box:
    """The space from a word to the next, in the direction they run; of no width where they touch."""
    if way in (0, 180):
        low, high = (one.x1, other.x0) if way == 0 else (other.x1, one.x0)
        return Box(low, one.y0, max(low, high), one.y1)
    low, high = (one.y1, other.y0) if way == 90 else (other.y1, one.y0)
    return Box(one.x0, low, one.x1, max(low, high))


def _place(box: Box) -> dict[str, str]:
    return {
        "HPOS": _measure(box.x0),
        "VPOS": _measure(box.y0),
        "WIDTH": _measure(box.x1 - box.x0),
        "HEIGHT": _measure(box.y1 - box.y0),
    }


def _measure(points: float) -> str:
    return str(round(points * UNIT))
