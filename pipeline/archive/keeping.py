"""The copies of a document for archives that the settings ask for."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive.alto import alto
from pipeline.archive.hocr import hocr
from pipeline.document import Document
from pipeline.errors import DocumentError, Notice, notice
from pipeline.extras import missing
from pipeline.settings import Settings


def keep(path: Path, document: Document, settings: Settings) -> tuple[dict[str, bytes], tuple[Notice, ...]]:
    """Make the searchable PDF, the hOCR and the ALTO of a document that the settings ask for.

    Args:
        path: the file that was read.
        document: what was read of it.
        settings: `searchable_pdf`, `hocr` and `alto` say which.

    Returns:
        The bytes of each file by its suffix ("searchable.pdf", "hocr", "alto.xml"), and notices: a searchable PDF that
        cannot be made, or is no PDF/A, costs nothing else. None of both for a document without pages.
    """
    files: dict[str, bytes] = {}
    notices: list[Notice] = []
    if not document.has_pages:
        return files, ()
    if settings.searchable_pdf and (absent := missing("pikepdf")):
        notices.append(notice("W224", package=absent.package, extra=absent.extra))
    elif settings.searchable_pdf:
        from pipeline.archive.searchable import searchable_pdf

        try:
            copy = searchable_pdf(path, document)
            files["searchable.pdf"] = copy.data
            if copy.claims is None:
                notices.append(notice("W214", reason=copy.reason))
        except DocumentError as error:
            notices.append(notice("W215", reason=error.params.get("reason") or error.what()))
        except Exception as error:  # of any kind: a copy that cannot be made costs the copy alone
            notices.append(notice("W215", reason=f"{type(error).__name__}: {error}"[:200].rstrip(": ")))
    if settings.hocr:
        files["hocr"] = hocr(document).encode()
    if settings.alto:
        files["alto.xml"] = alto(document).encode()
    return files, tuple(notices)


def keep_without_copy(
    reason: str, path: Path, document: Document, settings: Settings
) -> tuple[dict[str, bytes], tuple[Notice, ...]]:
    """Make what the settings ask for but the searchable PDF, and say that there is none because of `reason` (W215)."""
    files, notices = keep(path, document, settings.model_copy(update={"searchable_pdf": False}))
    return files, (*notices, notice("W215", reason=reason)) if document.has_pages else notices
