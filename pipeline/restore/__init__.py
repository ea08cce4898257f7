"""Restoring Vietnamese as it was printed, from text that was misread, lost its diacritics, or is in an old encoding."""

from pipeline.restore.model import load, log_perplexity
from pipeline.restore.stage import restore

__all__ = ["load", "restore", "log_perplexity"]
