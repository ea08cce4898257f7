"""PDF, DOCX, Markdown and text files in, a Document out."""

from pipeline.ingest.door import ingest

__all__ = ["ingest"]
