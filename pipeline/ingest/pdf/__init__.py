"""PDF files: pages laid out from PDFium's glyphs, or read by OCR where the text layer is wrong."""
