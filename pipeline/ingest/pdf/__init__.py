"""PDF files: what PDFium gives of a page, laid out, or read from its picture where its text layer is wrong."""
