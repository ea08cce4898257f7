"""Copies of a document for archives: a searchable PDF, and hOCR and ALTO files of its words."""

from pipeline.archive.alto import alto
from pipeline.archive.hocr import hocr
from pipeline.archive.keeping import keep
from pipeline.archive.searchable import SearchableCopy, searchable_pdf

__all__ = ["SearchableCopy", "alto", "hocr", "keep", "searchable_pdf"]
