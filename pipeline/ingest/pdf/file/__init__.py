"""What the file of a PDF holds beyond what PDFium tells of its pages."""
