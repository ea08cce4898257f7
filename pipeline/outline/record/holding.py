"""Which document a file is of that holds several, and which others have a record of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.document import DocumentPart
from pipeline.errors import Notice, notice
from pipeline.knowledge.documents import transmittals
from pipeline.language.folding import fold


def main_part(parts: Sequence[DocumentPart]) -> int:
    """The index of the part that a file is of: the first, or the document that a letter without orders sends."""
    first = parts[0]
    kind = first.head.document_type
    sends = fold(kind.text).strip(" *:.") in transmittals() if kind else bool(first.head.addressees or not first.nodes)
    if not sends or any(node.number is not None for node in first.nodes):
        return 0
    return next((at for at, part in enumerate(parts) if at and part.nodes and _has_record(part)), 0)


def _has_record(part: DocumentPart) -> bool:
    """Whether a part is a document of its own: it states its type, its number, and the day or who signs."""
    head = part.head
    own = head.document_type is not None and head.number is not None and not part.is_form
    return own and (head.date is not None or part.foot.signer is not None)


def other_records(parts: Sequence[DocumentPart], main: int, has_pages: bool) -> Iterator[Notice]:
    """That a file holds other documents with a record of their own, of which the plan tells none."""
    for at, part in enumerate(parts):
        letter = at == 0 and part.head.number is not None
        if at == main or not (letter or _has_record(part)):
            continue
        head = part.head
        said = [one.text for one in (head.document_type, head.number, head.date, part.foot.signer) if one is not None]
        page = head.number.page if has_pages and head.number is not None else None
        yield notice("W425", page, text=" · ".join(" ".join(one.split()) for one in said))
