"""What Vietnamese itself needs, once: how its letters, syllables, numbers and dates are written and compared.

The lowest layer: it imports nothing of ours, and nothing here depends on what a document is.
"""
