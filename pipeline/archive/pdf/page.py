"""The attributes of a page of a PDF (ISO 32000-1, 7.7.3), and setting a text layer into one."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Object, Pdf

from pipeline.document import Box


def inherited(page: Object, key: str) -> Object | None:
    """Find an attribute of a page, its own or that of a node above it (ISO 32000-1, 7.7.3.4); None where absent."""
    node: Object | None = page
    for _ in range(64):
        if node is None:
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def copied(held: Object | None) -> Dictionary:
    """Copy a dictionary, whose original other pages may share; an empty one for None."""
    return Dictionary({} if held is None else dict(held.items()))


def visible_box(page: Object) -> Box:
    """The part of a page that is shown: its CropBox within its MediaBox, US letter where it has neither.

    Returns:
        Left, bottom, right and top in points of user space, y upwards.
    """
    media = _box(inherited(page, "/MediaBox")) or Box(0, 0, 612, 792)
    crop = _box(inherited(page, "/CropBox")) or media
    cut = Box(max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return cut if cut[0] < cut[2] and cut[1] < cut[3] else media


def rotation(page: Object) -> int:
    """Degrees, 0 to 359, by which a page is turned clockwise for display."""
    return int(float(inherited(page, "/Rotate") or 0)) % 360


def _box(value: Object | None) -> Box | None:
    try:
        x0, y0, x1, y1 = (float(number) for number in value)  # type: ignore[union-attr]
    except (TypeError, ValueError):
        return None
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box.x0 < box.x1 and box.y0 < box.y1 else None


def put_under(pdf: Pdf, page: Object, layer: bytes, font: Object, name: str) -> None:
    """Set a text layer before what a page draws.

    There it needs no account of the state that the page's own operators leave behind, and invisible text is found and
    marked wherever it stands in the order of drawing.

    Args:
        pdf: the file of the page.
        page: the page's dictionary; its contents and resources are exchanged for new ones.
        layer: content operators that leave the graphics state as it was.
        font: the font that the layer uses.
        name: the name the layer calls it by, with its slash.
    """
    contents = page.get("/Contents")
    parts = [] if contents is None else list(contents) if isinstance(contents, Array) else [contents]
    page["/Contents"] = Array([pdf.make_indirect(pdf.make_stream(layer)), *parts])
    resources = copied(inherited(page, "/Resources"))
    fonts = copied(resources.get("/Font"))
    fonts[name] = font
    resources["/Font"] = fonts
    page["/Resources"] = resources
