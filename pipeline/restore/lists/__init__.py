"""The signs of lists and headings in text that says nothing of how surely it was read."""
