"""Scanned pages: a picture in, lines of words with boxes and confidences out."""
