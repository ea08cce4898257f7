"""Tesseract: kept processes of tesserocr where it is installed, else the program `tesseract`."""
