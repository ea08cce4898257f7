"""hOCR 1.2 (http://kba.github.io/hocr-spec/1.2/): the words of a document with their places, as XHTML."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pipeline import __version__
from pipeline.archive.markup import element, legal_xml, to_xml
from pipeline.archive.words import PlacedWord, bounding_box, line_directions, placed_words, require_pages
from pipeline.document import Box, Document, Page

DPI = 300
_XHTML = "http://www.w3.org/1999/xhtml"


def hocr(document: Document) -> str:
    """Write a document in hOCR: `ocr_page`, `ocr_line` and `ocrx_word` in reading order, furniture included.

    Boxes are in pixels at 300 dpi from the top left of the page as displayed. `x_wconf` is the probability, in percent,
    that a word is right; it is left out where none is known. The text is the restored one; the text of the file stands
    in `data-raw` where it differs, the next likely reading in `data-runner-up`, why a line is set aside in
    `data-furniture`.

    Raises:
        ValueError: the document has no pages, so its words have no place.
    """
    require_pages(document)
    root = ET.Element("html", {"xmlns": _XHTML, "lang": "vi", "xml:lang": "vi"})
    head = element(root, "head")
    element(head, "meta", charset="utf-8")
    element(head, "title", document.name)
    for name, content in (
        ("ocr-system", f"kehoach {__version__}"),
        ("ocr-capabilities", "ocr_page ocr_line ocrx_word ocrp_wconf"),
        ("ocr-langs", "vi"),
        ("ocr-number-of-pages", str(len(document.pages))),
    ):
        element(head, "meta", name=name, content=content)
    body = element(root, "body")
    for at, page in enumerate(document.pages):
        _page(body, document.name, at, page)
    return to_xml(root, "<!DOCTYPE html>\n")


def _page(body: ET.Element, name: str, at: int, page: Page) -> None:
    size = Box(0, 0, page.width or 0, page.height or 0)
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    title = f'image "{quoted}"; {_bbox(size)}; ppageno {at}; scan_res {DPI} {DPI}'
    out = element(body, "div", class_="ocr_page", id=f"page_{page.number}", title=title)
    ways = line_directions(page)
    for number, line in enumerate(page.lines, 1):
        words = placed_words(line)
        if not words:
            continue
        way = ways[number - 1]
        turned = f"; textangle {(360 - way) % 360}" if way else ""  # counter-clockwise, as the specification has it
        box = bounding_box(words)
        row = element(
            out,
            "span",
            class_="ocr_line",
            id=f"line_{page.number}_{number}",
            title=_bbox(box) + turned,
        )
        if line.furniture is not None:
            row.set("data-furniture", line.furniture.value)
        for count, word in enumerate(words, 1):
            _word(row, f"word_{page.number}_{number}_{count}", word)


def _word(row: ET.Element, name: str, word: PlacedWord) -> None:
    sure = "" if word.confidence is None else f"; x_wconf {round(100 * word.confidence)}"
    out = element(row, "span", word.text, class_="ocrx_word", id=name, title=_bbox(word.box) + sure)
    if word.raw is not None:
        out.set("data-raw", legal_xml(word.raw))
    if word.runner_up is not None:
        out.set("data-runner-up", legal_xml(word.runner_up))


def _bbox(box: Box) -> str:
    return "bbox " + " ".join(str(max(0, round(value * DPI / 72))) for value in box)
