"""PDF, DOCX, Markdown and text files in, a Document out."""

from pipeline.ingest.door import ingest, ingest_text, is_text

__all__ = ["ingest", "ingest_text", "is_text"]
