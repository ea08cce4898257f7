"""The order of the stages, for one document; nobody else knows it."""

from __future__ import annotations

from pathlib import Path

from pipeline.extract import extract
from pipeline.ingest import ingest
from pipeline.outline import outline
from pipeline.schema import Plan
from pipeline.settings import Settings


def run(path: Path | str, settings: Settings | None = None) -> Plan:
    """Read one file into a plan.

    Raises:
        KehoachError: the file cannot be read; its code and text say why and what to do.
    """
    document = ingest(Path(path), settings or Settings())
    return extract(document, outline(document))
