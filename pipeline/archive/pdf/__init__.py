"""The door to pikepdf: a PDF that is opened or made, changed, checked against PDF/A-2b and saved."""

from pipeline.archive.pdf.file import DamagedPdfError, EncryptedPdfError, PdfFile, PdfPage, edit_pdf
from pipeline.archive.pdf.images import ImagePage, PackedImage

__all__ = ["DamagedPdfError", "EncryptedPdfError", "ImagePage", "PackedImage", "PdfFile", "PdfPage", "edit_pdf"]
