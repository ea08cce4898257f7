"""Vietnamese as it was printed, out of text that was misread, stripped of its marks, or written in an old encoding."""

from pipeline.restore.model import load
from pipeline.restore.perplexity import log_perplexity
from pipeline.restore.stage import restore

__all__ = ["load", "restore", "log_perplexity"]
