"""Notes, comments and raised figures of DOCX."""

from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.document import Document, Furniture
from pipeline.errors import notice
from tests.ingest.office.test_docx import read, texts


def with_notes(tmp_path: Path, kind: str, element: str) -> Document:
    """A paragraph "Đạt 95% số xã." that refers to a note at 95%, saved with the part that holds the note."""
    made = docx.Document()
    paragraph = made.add_paragraph("1. Đạt 95%")
    reference = {"footnotes": "footnoteReference", "endnotes": "endnoteReference", "comments": "commentReference"}[kind]
    paragraph.add_run()._r.append(parse_xml(f'<w:{reference} {nsdecls("w")} w:id="7"/>'))
    paragraph.add_run(" số xã.")
    xml = f"<w:{kind} {nsdecls('w')}>{element}</w:{kind}>"
    uri = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + kind
    content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    part = Part(PackURI(f"/word/{kind}.xml"), content, xml.encode(), made.part.package)
    made.part.relate_to(part, uri)
    return read(tmp_path, made)


@pytest.mark.parametrize(("kind", "element"), [("footnotes", "footnote"), ("endnotes", "endnote")])
def test_a_note_is_no_body_and_told_with_its_place(tmp_path: Path, kind: str, element: str) -> None:
    note = f'<w:{element} w:id="7"><w:p><w:r><w:t>Trừ 04 xã.</w:t></w:r></w:p></w:{element}>'
    unused = f'<w:{element} w:id="0"><w:p><w:r><w:t>Bỏ</w:t></w:r></w:p></w:{element}>'
    document = with_notes(tmp_path, kind, unused + note)
    lines = [(line.text, line.furniture) for _, line in document.lines()]
    assert lines == [("1. Đạt 95% số xã.", None), ("Trừ 04 xã.", Furniture.FOOTNOTE)]
    assert document.notices == (notice("W227", 1, mark=1, at="1. Đạt 95%", text="Trừ 04 xã."),)


def test_a_comment_is_told_and_no_text(tmp_path: Path) -> None:
    comment = '<w:comment w:id="7" w:author="Lan"><w:p><w:r><w:t>Xem lại số</w:t></w:r></w:p></w:comment>'
    document = with_notes(tmp_path, "comments", comment)
    assert texts(document) == ["1. Đạt 95% số xã."]
    assert document.notices == (notice("W228", 1, author="Lan", at="1. Đạt 95%", text="Xem lại số"),)


@pytest.mark.parametrize(
    ("before", "raised", "after", "text"),
    [
        ("Duy trì 30", "1", " xã", "Duy trì 30 xã"),
        ("Xây 1.500 m", "2", " nhà", "Xây 1.500 m2 nhà"),
        ("20.000 m", "3", " nước", "20.000 m3 nước"),
        ("Bước ", "1", "/2", "Bước 1/2"),
        ("Xây 1.000m", "2", " nhà", "Xây 1.000m2 nhà"),
        ("Họp lúc 14h", "30", " cùng ngày", "Họp lúc 14h30 cùng ngày"),
        ("Giữ ở 8", "0", "C", "Giữ ở 8°C"),
        ("Có 3 x 10", "6", " cây", "Có 3 x 10⁶ cây"),
    ],
)
def test_a_raised_figure_is_a_mark_or_a_power(tmp_path: Path, before: str, raised: str, after: str, text: str) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph(before)
    paragraph.add_run(raised).font.superscript = True
    paragraph.add_run(after)
    line = read(tmp_path, made).pages[0].lines[0]
    assert (line.text, line.raw) == (text, before + raised + after)
