"""Frames made of values, without a store."""

from pipeline.store.frames import Frame, FrameColumn


def frame_of(name, kinds, rows, **more):
    """A frame with columns name -> type."""
    columns = tuple(FrameColumn(name=column, type=kind, description=column) for column, kind in kinds.items())
    return Frame(name, name, name, columns, (), lambda: iter(rows), **more)


def texts(*cells):
    return frame_of("texts", {"at": "integer", "text": "string"}, list(enumerate(cells)))
