"""The order of the stages, for one document; nobody else knows it."""

from __future__ import annotations

from pathlib import Path

from pipeline.document import Document
from pipeline.extract import extract
from pipeline.ingest import ingest, ingest_text, is_text
from pipeline.outline import outline
from pipeline.restore import load, restore, surprise
from pipeline.schema import Plan
from pipeline.settings import Settings


def run(path: Path | str, settings: Settings | None = None) -> Plan:
    """Read one file into a plan.

    Raises:
        KehoachError: the file cannot be read; its code and text say why and what to do.
    """
    settings = settings or Settings()
    document = restore(ingest(Path(path), settings, surprise), settings)
    return extract(document, outline(document))


def prepare() -> None:
    """Load what every document needs, so that processes forked afterwards share it.

    Raises:
        KehoachError: E604, the restoration model is missing or damaged.
    """
    load()


def read_restored(source: Path | bytes, settings: Settings | None = None) -> Document:
    """Read a file, or text as bytes, and restore it; a text keeps every line, space and sign as it stands.

    Raises:
        KehoachError: the file cannot be read.
    """
    settings = settings or Settings()
    if isinstance(source, Path):
        if not is_text(source, settings):
            return restore(ingest(source, settings, surprise), settings)
        return restore(ingest_text(source.read_bytes(), source.name), settings)
    return restore(ingest_text(source, "-"), settings)
