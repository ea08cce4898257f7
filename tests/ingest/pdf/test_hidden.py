"""Nothing is read that nobody sees, and it is told that it is there; what is in sight is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.ingest.pdf.broken import BODY
from tests.ingest.pdf.hiding import SECRET, SEEN, WAYS, hidden, shown

Save = Callable[[str, bytes | str], Path]
UNTOLD = {  # beyond the page, or in what is not part of its content
    "off the page",
    "beside the page",
    "cropped",
    "in a hidden annotation",
    "in an annotation not to be viewed",
    "in a note",
}


def read(path: Path) -> tuple[Document, list[str]]:
    document = ingest(path, Settings(cache="off"))
    return document, [line.text for _, line in document.lines()]


@pytest.mark.parametrize("way", WAYS)
def test_what_nobody_sees_is_not_read(save: Save, way: str) -> None:
    document, lines = read(save("a.pdf", hidden(way)))
    assert lines == list(BODY[:9])
    told = [dict(said.params)["text"] for said in document.notices if said.code == "W229"]
    assert told == ([] if way in UNTOLD else [SECRET])


@pytest.mark.parametrize("way", SEEN)
def test_what_is_in_sight_is_read(save: Save, way: str) -> None:
    document, lines = read(save("a.pdf", shown(way)))
    assert lines == [*BODY[:9], SECRET]
    assert not [said for said in document.notices if said.code == "W229"]
