"""The order of the stages, for one document; nobody else knows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.document import Document
from pipeline.errors import DocumentError, Notice, notice
from pipeline.extract import extract
from pipeline.ingest import ingest, ingest_text, is_text
from pipeline.outline import outline
from pipeline.restore import load, restore, surprise
from pipeline.schema import Plan
from pipeline.settings import Settings


def run(path: Path | str, settings: Settings | None = None) -> Plan:
    """Read one file into a plan.

    Raises:
        DocumentError: the file cannot be read; its class says why, its text what to do.
    """
    settings = settings or Settings()
    document = restore(ingest(Path(path), settings, surprise), settings)
    files, said = _kept(Path(path), document, settings)
    document = replace(document, notices=document.notices + said)
    return extract(document, outline(document)).with_files(files)


def _kept(path: Path, document: Document, settings: Settings) -> tuple[dict[str, bytes], tuple[Notice, ...]]:
    """What archivists asked to keep, by the suffix of its file; a copy that cannot be made costs nothing else."""
    files: dict[str, bytes] = {}
    said: list[Notice] = []
    if not document.has_pages or not (settings.searchable_pdf or settings.hocr or settings.alto):
        return files, ()
    from pipeline.archive import alto, hocr, searchable_pdf  # pikepdf is loaded where it is asked for

    if settings.searchable_pdf:
        try:
            copy = searchable_pdf(path, document)
            files["searchable.pdf"] = copy.data
            if copy.claims is None:
                said.append(notice("W214", reason=copy.reason))
        except DocumentError as error:
            said.append(notice("W215", reason=error.params.get("reason", error.code)))
    if settings.hocr:
        files["hocr"] = hocr(document).encode()
    if settings.alto:
        files["alto.xml"] = alto(document).encode()
    return files, tuple(said)


def prepare() -> None:
    """Load what every document needs, so that processes forked afterwards share it.

    Raises:
        ModelError: the restoration model is missing or damaged.
    """
    load()


def read_restored(source: Path | bytes, settings: Settings | None = None) -> Document:
    """Read a file, or text as bytes, and restore it; a text keeps every line, space and sign as it stands.

    Raises:
        DocumentError: the file cannot be read.
    """
    settings = settings or Settings()
    if isinstance(source, Path):
        if not is_text(source, settings):
            return restore(ingest(source, settings, surprise), settings)
        return restore(ingest_text(source.read_bytes(), source.name), settings)
    return restore(ingest_text(source, "-"), settings)
