"""Scanned pages: a picture in, lines of words with places and confidences out."""
