"""Footnotes: their marks in the text, and the notes themselves."""
