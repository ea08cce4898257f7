"""Copies of a document for archives: a searchable PDF, and hOCR and ALTO files of its words.

The searchable PDF alone needs pikepdf: `searchable_pdf` is taken from `pipeline.archive.searchable`.
"""

from pipeline.archive.alto import alto
from pipeline.archive.hocr import hocr
from pipeline.archive.keeping import keep, keep_without_copy

__all__ = ["alto", "hocr", "keep", "keep_without_copy"]
