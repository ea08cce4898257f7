"""Files that hold documents: zip archives, saved mail and PDFs that carry files, unpacked into a folder."""

from pipeline.ingest.containers.unpacking import Member, is_document, may_hold_documents, unpack

__all__ = ["Member", "is_document", "may_hold_documents", "unpack"]
