"""What archivists keep of a document: a searchable copy of its PDF, and hOCR and ALTO of its words."""

from pipeline.archive.alto import alto
from pipeline.archive.hocr import hocr
from pipeline.archive.keeping import keep
from pipeline.archive.searchable import Searchable, searchable_pdf

__all__ = ["Searchable", "alto", "hocr", "keep", "searchable_pdf"]
