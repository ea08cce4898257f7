"""The store for assistants, by the Model Context Protocol: they ask, and cite the pages; nothing is changed."""

from pipeline.assistant.server import make_server

__all__ = ["make_server"]
