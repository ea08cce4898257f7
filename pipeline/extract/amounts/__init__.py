"""Amounts in a text: figures, what they count, and targets."""
