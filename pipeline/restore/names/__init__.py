"""Names that are known, and speak for words that were misread."""
