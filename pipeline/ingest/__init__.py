"""PDF, DOCX, Markdown and text files in, a Document out."""

from pipeline.ingest.reading import ingest, ingest_text, is_text

__all__ = ["ingest", "ingest_text", "is_text"]
