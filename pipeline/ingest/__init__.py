"""Reading files: PDF, images, DOCX, Markdown and text in, a Document out."""

from pipeline.ingest.reading import ingest, ingest_text, is_text

__all__ = ["ingest", "ingest_text", "is_text"]
