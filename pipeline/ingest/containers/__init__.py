"""Files that hold documents: zip archives and saved mail, unpacked into a folder."""

from pipeline.ingest.containers.unpacking import Member, may_hold_documents, unpack

__all__ = ["Member", "may_hold_documents", "unpack"]
