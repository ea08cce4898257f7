"""Document -> Outline: head, numbered tree, sign-off, and the documents issued with it."""

from pipeline.outline.parts import outline

__all__ = ["outline"]
