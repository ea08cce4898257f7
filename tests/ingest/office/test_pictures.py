"""Pictures in a DOCX: those of text are read where they stand, a document of pictures page by page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image

from pipeline.document import Document, TextOrigin
from pipeline.errors import NoTextError
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.ingest.scan.scanned import DATA, PRINTED

pytestmark = pytest.mark.ocr


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Document]:
    def make(*parts: str | Path, wide: float = 460) -> Document:
        document = docx.Document()
        for part in parts:
            if isinstance(part, Path):
                document.add_picture(str(part), width=Pt(wide))
            else:
                document.add_paragraph(part)
        document.save(str(tmp_path / "a.docx"))
        return ingest(tmp_path / "a.docx", Settings(cache="off"))

    return make


def lines(document: Document) -> list[str]:
    return [line.text for _, line in document.lines() if line.text]


def test_a_picture_of_text_stands_in_its_place(made: Callable[..., Document]) -> None:
    document = made("Phần đầu của văn bản", DATA / "scan.png", "Phần cuối của văn bản")
    read = lines(document)
    assert (read[0], read[-1]) == ("Phần đầu của văn bản", "Phần cuối của văn bản")
    assert PRINTED in " ".join(read[1:-1])
    assert all(line.box is None for _, line in document.lines())


def test_a_document_of_pictures_is_read_page_by_page(made: Callable[..., Document]) -> None:
    document = made(DATA / "scan.png", DATA / "scan.png")
    assert [(page.number, page.text_origin) for page in document.pages] == [(1, TextOrigin.OCR), (2, TextOrigin.OCR)]
    assert all(PRINTED in " ".join(line.text for line in page.lines) for page in document.pages)


def test_a_small_picture_is_an_ornament(made: Callable[..., Document]) -> None:
    assert lines(made("Văn bản", DATA / "scan.png", wide=90)) == ["Văn bản"]


def test_a_picture_without_text_has_none(made: Callable[..., Document], tmp_path: Path) -> None:
    Image.new("RGB", (900, 300), (210, 180, 90)).save(tmp_path / "plain.png")
    with pytest.raises(NoTextError):
        made(tmp_path / "plain.png")


def test_a_picture_that_was_deleted_or_hidden_is_not_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Văn bản")
    for tag in ("w:del", "w:vanish"):
        document.add_picture(str(DATA / "scan.png"), width=Pt(460))
        run = document.paragraphs[-1].runs[0]._r
        if tag == "w:del":
            deleted = OxmlElement(tag)
            run.addprevious(deleted)
            deleted.append(run)
        else:
            run.get_or_add_rPr().append(OxmlElement(tag))
    document.save(str(tmp_path / "a.docx"))
    assert lines(ingest(tmp_path / "a.docx", Settings(cache="off"))) == ["Văn bản"]


def with_picture(tmp_path: Path, change: Callable[[Any], None]) -> Document:
    """A document with a picture of text that was changed."""
    document = docx.Document()
    document.add_paragraph("Văn bản")
    document.add_picture(str(DATA / "scan.png"), width=Pt(460))
    change(document)
    document.save(str(tmp_path / "a.docx"))
    return ingest(tmp_path / "a.docx", Settings(cache="off"))


def drawn_in_another_way(document: Any) -> None:
    (part,) = [one for one in document.part.related_parts.values() if one.partname.endswith(".png")]
    part._blob = b"\x01\x00\x00\x00 a metafile"


def linked(document: Any) -> None:
    (blip,) = document.element.body.iter(qn("a:blip"))
    name = document.part.relate_to("file:///C:/bang.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), name)


@pytest.mark.parametrize(
    ("change", "reason"), [(drawn_in_another_way, "image/png"), (linked, "it lies in a file elsewhere")]
)
def test_a_picture_that_cannot_be_read_is_told(tmp_path: Path, change: Callable[[Any], None], reason: str) -> None:
    document = with_picture(tmp_path, change)
    assert lines(document) == ["Văn bản"]
    assert [(one.code, dict(one.params)) for one in document.notices] == [("W216", {"reason": reason})]


def test_an_ornament_that_cannot_be_read_is_not_told(tmp_path: Path) -> None:
    def small(document: Any) -> None:
        drawn_in_another_way(document)
        (extent,) = document.element.body.iter(qn("wp:extent"))
        extent.set("cx", str(Pt(90)))

    assert with_picture(tmp_path, small).notices == ()
