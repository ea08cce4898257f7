"""One plan as a page that carries everything: pictures or text, what was found, doubts, words restored."""

from pipeline.web.page.rendering import Sheet, page, sheets_of

__all__ = ["Sheet", "page", "sheets_of"]
