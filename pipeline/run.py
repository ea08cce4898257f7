"""The order of the stages, for one document; nobody else knows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pipeline import __version__
from pipeline.document import Document
from pipeline.errors import MissingKeeperError, Notice
from pipeline.extract import extract
from pipeline.ingest import ingest, ingest_text, is_text
from pipeline.outline import outline
from pipeline.restore import load, log_perplexity, restore
from pipeline.schema import MadeBy, Plan
from pipeline.settings import Settings


class Keeper(Protocol):
    """Makes files of a document to keep beside its plan: `pipeline.archive.keep` does."""

    def __call__(
        self, path: Path, document: Document, settings: Settings, /
    ) -> tuple[dict[str, bytes], tuple[Notice, ...]]:
        """Give the bytes of each file by its suffix, and what is to be said about them."""


def run(path: Path | str, settings: Settings | None = None, keep: Keeper | None = None) -> Plan:
    """Read one file into a plan, in this process: the limits of time and memory are those of `pipeline.batch`.

    Args:
        path: a PDF, an image, a DOCX or a text.
        settings: limits and choices; None for those of the environment.
        keep: makes the plan's `files`, which are none without it; the copies that the settings ask for need
            `pipeline.archive.keep`.

    Raises:
        MissingKeeperError: the settings ask for copies, and there is no `keep`.
        DocumentError: the file cannot be read; its class says why, its text what to do.
        ModelError: the restoration model is missing or damaged.
        WrongUsageError: `settings` is None, and the environment states a wrong one.
    """
    path, settings = Path(path), settings or Settings()
    if keep is None and (asked := [name for name in ("searchable_pdf", "hocr", "alto") if getattr(settings, name)]):
        raise MissingKeeperError(file=", ".join(asked))
    document = restore(ingest(path, settings, log_perplexity), settings)
    files: dict[str, bytes] = {}
    if keep is not None:
        files, notices = keep(path, document, settings)
        document = replace(document, notices=document.notices + notices)
    return extract(document, outline(document), _made_by(settings)).with_files(files)


def _made_by(settings: Settings) -> MadeBy:
    return MadeBy(program="kehoach", version=__version__, model=load().digest[:12], settings=settings.digest()[:12])


def prepare() -> None:
    """Load what every document needs, so that processes forked afterwards share it.

    Raises:
        ModelError: the restoration model is missing or damaged.
    """
    _ = load().digest  # read once, for all that are forked


def read_restored(source: Path | bytes, settings: Settings | None = None) -> Document:
    """Read a file, or text as bytes, and restore it; a text keeps every line, space and sign as it stands.

    Raises:
        DocumentError: the file cannot be read.
        ModelError: the restoration model is missing or damaged.
        WrongUsageError: `settings` is None, and the environment states a wrong one.
    """
    settings = settings or Settings()
    if isinstance(source, Path):
        if not is_text(source, settings):
            return restore(ingest(source, settings, log_perplexity), settings)
        return restore(ingest_text(source.read_bytes(), source.name), settings)
    return restore(ingest_text(source, "-"), settings)
