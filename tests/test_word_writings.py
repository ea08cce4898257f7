"""A plan in Word, made as people and Word itself make it, is read as the same plan."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.run import run
from tests.layouts import docx as word
from tests.layouts.model import Boxed, Cell, Grid, Listed
from tests.layouts.offices import OFFICES, typed
from tests.test_offices import FRESH, meaning

W = nsdecls("w")
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
CHANGED = 'w:id="1" w:author="A"'


def starting(document: Any, words: str) -> Any:
    """The paragraph that starts with these words."""
    return next(one for one in document.paragraphs if one.text.startswith(words))


def around(tag: str, inner: str = "") -> Callable[[Any], None]:
    """An element around each run, or, with one within it, around each paragraph."""

    def change(document: Any) -> None:
        for paragraph in list(document.paragraphs):
            for element in [paragraph._p] if inner else [one._r for one in paragraph.runs]:
                outer = OxmlElement(tag)
                element.addprevious(outer)
                holder = outer if inner in ("", tag) else OxmlElement(inner)
                if holder is not outer:
                    outer.append(holder)
                holder.append(element)

    return change


def controls_of_rows(document: Any) -> None:
    for row in list(document.tables[1]._tbl.tr_lst):
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        row.addprevious(control)
        control.append(content)
        content.append(row)


def runs_cut(document: Any) -> None:
    """Runs of three letters, as checking the spelling leaves them."""
    for paragraph in document.paragraphs:
        for one in list(paragraph.runs):
            before = one._r
            for at in range(0, len(one.text), 3):
                piece = copy.deepcopy(one._r)
                docx.text.run.Run(piece, paragraph).text = one.text[at : at + 3]
                before.addnext(piece)
                before = piece
            one._r.getparent().remove(one._r)


def words_deleted(document: Any) -> None:
    xml = f"<w:del {W} {CHANGED}><w:r><w:delText> và bãi bỏ</w:delText></w:r></w:del>"
    starting(document, "1. Rà soát")._p.append(parse_xml(xml))


def delete_mark(paragraph: Any) -> None:
    paragraph.get_or_add_pPr().append(parse_xml(f"<w:rPr {W}><w:del {CHANGED}/></w:rPr>"))


def paragraph_deleted(document: Any) -> None:
    """With its number, which nobody counts any more."""
    here = starting(document, "Rà soát, đơn giản")._p
    deleted = copy.deepcopy(here)
    for one in deleted.findall(qn("w:r")):
        outer = OxmlElement("w:del")
        one.addprevious(outer)
        outer.append(one)
    for text in list(deleted.iter(qn("w:t"))):
        text.tag = qn("w:delText")
    delete_mark(deleted)
    here.addprevious(deleted)


def paragraphs_joined(document: Any) -> None:
    first = starting(document, "a) Sở Khoa")
    at = first.text.index(" cho 120")
    second = copy.deepcopy(first._p)
    first.runs[0].text, rest = first.text[:at], first.text[at:]
    delete_mark(first._p)
    docx.text.paragraph.Paragraph(second, first._parent).runs[0].text = rest
    first._p.addnext(second)


def moved(document: Any) -> None:
    here = starting(document, "b) Công an")._p
    left = copy.deepcopy(here)
    for paragraph, tag in ((here, "w:moveTo"), (left, "w:moveFrom")):
        for one in paragraph.findall(qn("w:r")):
            outer = OxmlElement(tag)
            one.addprevious(outer)
            outer.append(one)
    left.get_or_add_pPr().append(parse_xml(f"<w:rPr {W}><w:moveFrom {CHANGED}/></w:rPr>"))
    starting(document, "1. Rà soát")._p.addprevious(left)


def fields(document: Any) -> None:
    for paragraph in document.paragraphs:
        for one in list(paragraph.runs):
            for inside in ('<w:fldChar w:fldCharType="begin"/>', "<w:instrText>REF a</w:instrText>"):
                one._r.addprevious(parse_xml(f"<w:r {W}>{inside}</w:r>"))
            one._r.addprevious(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="separate"/></w:r>'))
            one._r.addnext(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))


def hidden(document: Any) -> None:
    starting(document, "1. Rà soát").add_run(" NỘI DUNG ẨN").font.hidden = True


def broken_lines(document: Any) -> None:
    """Two items in one paragraph, with a line break between."""
    first, second = starting(document, "a) Sở Tư"), starting(document, "b) Văn phòng")
    first.add_run().add_break()
    first.add_run(second.text)
    second._p.getparent().remove(second._p)


def head_in_header(document: Any) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    section.first_page_header._element.insert(0, document.tables[0]._tbl)


def head_by_tabs(document: Any) -> None:
    table = document.tables[0]
    for left, right in zip(table.cell(0, 0).paragraphs, table.cell(0, 1).paragraphs, strict=True):
        xml = f"<w:p {W}><w:r><w:t>{left.text}</w:t><w:tab/><w:t>{right.text}</w:t></w:r></w:p>"
        table._tbl.addprevious(parse_xml(xml))
    table._tbl.getparent().remove(table._tbl)


def number_in_a_box(document: Any) -> None:
    cell = document.tables[0].cell(0, 0)
    cell.paragraphs[2].runs[0].text = ""
    word._boxed(cell, Boxed(("Số: 15/KH-UBND",)))


def contents(document: Any) -> None:
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    here = starting(document, "Thực hiện chương trình")
    for at, title in enumerate(("I. MỤC ĐÍCH, YÊU CẦU", "II. MỤC TIÊU", "III. NHIỆM VỤ", "IV. TỔ CHỨC"), start=1):
        here.insert_paragraph_before(f"{title}\t{at}", style="toc 1")


def formula(document: Any) -> None:
    one = starting(document, "1. Tỷ lệ")
    before, behind = one.text.split("80%")
    one.runs[0].text = before
    one._p.append(parse_xml(f"<m:oMath {MATH}><m:r><m:t>80%</m:t></m:r></m:oMath>"))
    one.add_run(behind)


def capitals(document: Any) -> None:
    for one in document.paragraphs:
        if found := re.match(r"[IV]+\. ", one.text):
            one.runs[0].text = found[0] + one.text[found.end() :].capitalize()
            one.runs[0].font.all_caps = True


def soft_hyphen(document: Any) -> None:
    one = starting(document, "1. Rà soát").runs[0]
    before, behind = one.text.split("soát")
    one.text = before + "so"
    one._r.append(OxmlElement("w:softHyphen"))
    one._r.append(parse_xml(f"<w:t {W}>át{behind}</w:t>"))


def table_in_a_box(document: Any) -> None:
    table = document.tables[1]._tbl
    shape = "<v:shape><v:textbox><w:txbxContent/></v:textbox></v:shape>"
    box = parse_xml(f'<w:p {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict>{shape}</w:pict></w:r></w:p>')
    table.addprevious(box)
    next(box.iter(qn("w:txbxContent"))).append(table)


def page_number(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "2"


def round_bullets(document: Any) -> None:
    """Bullets of the font Symbol, by their codes of private use."""
    for one in document.part.numbering_part.element.iter(qn("w:lvlText")):
        one.set(qn("w:val"), one.get(qn("w:val")).replace("-", "\uf0b7"))


CHANGES: dict[str, tuple[str, Callable[[Any], None]]] = {
    "content controls around paragraphs": ("typed", around("w:sdt", "w:sdtContent")),
    "content controls around words": ("typed", around("w:sdt")),
    "content controls around rows": ("table", controls_of_rows),
    "custom XML": ("typed", around("w:customXml", "w:customXml")),
    "runs cut by checking": ("typed", runs_cut),
    "words inserted": ("typed", around("w:ins")),
    "words deleted": ("typed", words_deleted),
    "a paragraph deleted": ("automatic", paragraph_deleted),
    "two paragraphs joined": ("typed", paragraphs_joined),
    "words moved": ("typed", moved),
    "simple fields": ("typed", around("w:fldSimple")),
    "fields": ("typed", fields),
    "links": ("typed", around("w:hyperlink")),
    "hidden words": ("typed", hidden),
    "line breaks between items": ("typed", broken_lines),
    "the head in the header": ("typed", head_in_header),
    "the head by tabs": ("typed", head_by_tabs),
    "the number in a text box": ("typed", number_in_a_box),
    "a table of contents": ("typed", contents),
    "a formula": ("typed", formula),
    "capitals by format": ("typed", capitals),
    "a soft hyphen": ("typed", soft_hyphen),
    "a table in a text box": ("table", table_in_a_box),
    "page numbers in the header": ("typed", page_number),
    "round bullets": ("bullets", round_bullets),
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("plain")
    out = {}
    for layout in {layout for layout, _ in CHANGES.values()}:
        word.write(OFFICES[layout](), folder / f"{layout}.docx")
        out[layout] = meaning(run(folder / f"{layout}.docx", FRESH))
    return out


@pytest.mark.parametrize("name", CHANGES)
def test_word_as_it_is_written(plain: dict[str, Any], name: str, tmp_path: Path) -> None:
    layout, change = CHANGES[name]
    path = tmp_path / "plan.docx"
    word.write(OFFICES[layout](), path)
    document = docx.Document(str(path))
    change(document)
    document.save(str(path))
    assert meaning(run(path, FRESH)) == plain[layout]


def test_a_form_of_ten_columns_is_read_whole(tmp_path: Path) -> None:
    heads = ("TT", "Nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Lãnh đạo phụ trách", "Bắt đầu")
    heads += ("Hoàn thành", "Kinh phí (triệu đồng)", "Ghi chú")
    row = ("1", "Tập huấn kỹ năng số", "Lớp tập huấn", "Sở Nội vụ", "Sở Tài chính", "Đ/c Trần Thị Bình", "Tháng 2/2025")
    row += ("Tháng 6/2025", "320", "Xã hội hóa")
    grid = Grid((tuple(map(Cell, heads)),), (tuple(map(Cell, row)),), (1.0,) * 10)
    made = typed()
    at = next(at for at, block in enumerate(made.blocks) if block == Listed(0, "NHIỆM VỤ"))
    word.write(
        type(made)(made.name, (*made.blocks[: at + 1], grid, made.blocks[-1]), numbers=made.numbers),
        tmp_path / "a.docx",
    )
    (task,) = run(tmp_path / "a.docx", FRESH).tasks
    assert (task.text, task.result, [(one.name, one.role.value) for one in task.agencies]) == (
        row[1],
        row[2],
        [("Sở Nội vụ", "lead"), ("Sở Tài chính", "cooperating")],
    )
    assert [one.name for one in task.persons] == ["Trần Thị Bình"]
    assert [one.edtf for one in task.deadlines] == ["2025-02/2025-06"]
