"""Asking the store: filters, the full-text index, search, the calendar."""
