"""The record of a document that a text without a head only tells of, as papers and portals do above a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.document import Foot, Head, Passage
from pipeline.knowledge.documents import parts
from pipeline.language.folding import fold
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.record.foot import is_person
from pipeline.outline.rules import opening

MOST_BEFORE = 6  # paragraphs, among which a text without a head says of what document it tells


def told_of(paragraphs: Sequence[Paragraph]) -> tuple[Head, Foot] | None:
    """Read the head and the signer of the document that a text without a head says it is: "Công điện về sách".

    None where its first line names no document that a sentence below tells of.
    """
    named = fold(paragraphs[0].passage.text) if paragraphs else ""
    for one in paragraphs[1:MOST_BEFORE]:
        found = told(one.passage)
        if found is not None and found[0].document_type and named.startswith(fold(found[0].document_type.text)):
            return found
    return None


def told(passage: Passage) -> tuple[Head, Foot] | None:
    """Read what a sentence tells: "Ngày 04/7/2025, Bộ Y tế ra Công điện 39/CĐ-BYT …", "Thủ tướng … đã ký Chỉ thị …"."""
    match = next(filter(None, (one.match(fold(passage.text)) for one in _sentences())), None)
    if match is None:
        return None
    part = {name: passage.cut(*match.span(name)) for name, words in match.groupdict().items() if words}
    post, signer = _who(part["who"]) if "who" in part else (None, None)
    bodies = (part.get(name) for name in ("whose", "issuer", "instead"))
    head = Head(
        authority=next(filter(None, bodies), post),
        number=part["number"],
        date=part.get("day") or part.get("later"),
        document_type=part["type"],
        title=part.get("title"),
    )
    return head, Foot(capacity=(post,) if post and signer else (), signer=signer)


def _who(said: Passage) -> tuple[Passage | None, Passage | None]:
    """The post and the name of who signed: "Tổng Bí thư Tô Lâm"."""
    folded = fold(said.text)
    found = (one for one in (opening("authorities").match(folded), opening("posts").match(folded)) if one)
    post = max(found, key=lambda one: one.end(), default=None)
    if post is None:
        return None, None
    name = said.cut(post.end())
    return said.cut(0, post.end()), name if is_person(name.text) else None


@cache
def _sentences() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, parts().told))
