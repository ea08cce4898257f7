import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.document import Cell, Document, Furniture, Side
from pipeline.errors import KehoachError, notice
from pipeline.ingest import ingest
from tests.documents import table_texts


def read(tmp_path: Path, document: Any) -> Document:
    path = tmp_path / "a.docx"
    document.save(str(path))
    return ingest(path)


def texts(document: Document) -> list[str]:
    return [line.text for _, line in document.lines() if line.text]


def insert(paragraph: Any, xml: str) -> None:
    paragraph._p.append(parse_xml(xml.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1)))


def test_paragraphs_carry_their_style(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("I. Mục tiêu", level=2)
    made.add_paragraph().add_run("Nghiêng").italic = True
    title = made.add_paragraph()
    title.add_run("KẾ HOẠCH").bold = True
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    one, two, three = read(tmp_path, made).pages[0].lines
    assert one.heading_level == 2
    assert two.italic and not two.bold
    assert three.bold and three.centred


def test_a_soft_break_divides_lines(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph().add_run("TM. ỦY BAN\nCHỦ TỊCH\tA")
    lines = read(tmp_path, made).pages[0].lines
    assert [(line.text, line.starts_paragraph) for line in lines] == [("TM. ỦY BAN", True), ("CHỦ TỊCH A", False)]


def test_capitals_are_printed_and_the_raw_text_kept(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph().add_run("Kế hoạch").font.all_caps = True
    line = read(tmp_path, made).pages[0].lines[0]
    assert (line.text, line.raw, line.origin) == ("KẾ HOẠCH", "Kế hoạch", tuple(range(8)))


def test_deletions_are_left_out_and_insertions_kept(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Sở ")
    insert(paragraph, '<w:del w:id="1" w:author="a"><w:r><w:delText>Nội vụ</w:delText></w:r></w:del>')
    insert(paragraph, '<w:ins w:id="2" w:author="a"><w:r><w:t>Tài chính</w:t></w:r></w:ins>')
    insert(paragraph, '<w:hyperlink w:anchor="x"><w:r><w:t>, Y tế</w:t></w:r></w:hyperlink>')
    insert(paragraph, "<w:sdt><w:sdtContent><w:r><w:t> và Công an</w:t></w:r></w:sdtContent></w:sdt>")
    assert texts(read(tmp_path, made)) == ["Sở Tài chính, Y tế và Công an"]


def test_hidden_text_is_left_out(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Hiện").add_run("ẩn").font.hidden = True
    assert texts(read(tmp_path, made)) == ["Hiện"]


def test_symbols_are_spelled_out(tmp_path: Path) -> None:
    made = docx.Document()
    insert(made.add_paragraph(), '<w:r><w:sym w:font="Wingdings" w:char="F0A7"/><w:t> Sở Y tế</w:t></w:r>')
    assert texts(read(tmp_path, made)) == ["• Sở Y tế"]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    made = docx.Document()
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    made.add_paragraph("Trước")._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")}><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{box}</mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert texts(read(tmp_path, made)) == ["Trước", "Trong khung"]


def test_a_table_without_rules_is_two_columns(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 2)
    for (row, column), text in {(0, 0): "UBND", (1, 0): "Số: 1/KH", (0, 1): "QUỐC HIỆU", (1, 1): "ngày 1"}.items():
        table.cell(row, column).text = text
    document = read(tmp_path, made)
    assert [(line.text, line.column) for _, line in document.lines() if line.text] == [
        ("UBND", Side.LEFT),
        ("Số: 1/KH", Side.LEFT),
        ("QUỐC HIỆU", Side.RIGHT),
        ("ngày 1", Side.RIGHT),
    ]
    assert document.pages[0].tables == ()


def test_a_longer_table_without_rules_is_a_table(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(3, 2)
    for at, text in enumerate(("Nhiệm vụ", "Đơn vị", "Lập đề án", "Sở Y tế", "Cấp kinh phí", "Sở Tài chính")):
        table.cell(at // 2, at % 2).text = text
    assert table_texts(read(tmp_path, made).pages[0], 0)[1] == ("Lập đề án", "Sở Y tế")


def test_a_ruled_table_stays_in_place(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Trước")
    table = made.add_table(2, 3, style="Table Grid")
    for at, text in enumerate(("TT", "Nhiệm vụ", "Thời gian", "1", "Lập dự toán", "Quý II")):
        table.cell(at // 3, at % 3).text = text
    made.add_paragraph("Sau")
    page = read(tmp_path, made).pages[0]
    assert table_texts(page, 0) == (("TT", "Nhiệm vụ", "Thời gian"), ("1", "Lập dự toán", "Quý II"))
    assert [line.table for line in page.lines] == [None] + [0] * 6 + [None]


def test_a_ruled_table_that_speaks_of_the_party_is_a_table(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 2, style="Table Grid")
    for at, text in enumerate(("Nhiệm vụ", "Đơn vị", "Triển lãm ảnh về Đảng Cộng sản Việt Nam", "Sở Y tế")):
        table.cell(at // 2, at % 2).text = text
    rows = table_texts(read(tmp_path, made).pages[0], 0)
    assert rows == (("Nhiệm vụ", "Đơn vị"), ("Triển lãm ảnh về Đảng Cộng sản Việt Nam", "Sở Y tế"))


def test_merged_cells_keep_the_grid(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(3, 3, style="Table Grid")
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "gộp"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "dọc"
    rows = table_texts(read(tmp_path, made).pages[0], 0)
    assert rows == (("00", "gộp", ""), ("dọc", "11", "12"), ("", "21", "22"))


def test_a_coloured_cell_is_one(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 3, style="Table Grid")
    for at, text in enumerate(("Nhiệm vụ", "T1", "T2", "Lập đề án", "", "")):
        table.cell(at // 3, at % 3).text = text
    for at, fill in ((1, "00B0F0"), (2, "FFFFFF")):
        table.cell(1, at)._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>')
        )
    assert [cell.shaded for cell in read(tmp_path, made).pages[0].tables[0].cells[3:]] == [False, True, False]


def test_a_table_within_a_cell_is_text_of_the_cell(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "TT", "Nhiệm vụ", "1"
    cell = table.cell(1, 1)
    cell.text = "Gồm:"
    inner = cell.add_table(2, 2)
    for at, text in enumerate(("Lập dự toán", "Quý I", "Quyết toán", "Quý II")):
        inner.cell(at // 2, at % 2).text = text
    cell.add_paragraph("theo quy định")
    page = read(tmp_path, made).pages[0]
    assert table_texts(page, 0) == (
        ("TT", "Nhiệm vụ"),
        ("1", "Gồm: Lập dự toán Quý I Quyết toán Quý II theo quy định"),
    )
    assert len(page.tables) == 1


def test_a_table_of_work_within_a_cell_is_a_table_below(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 2, style="Table Grid")
    for at, text in enumerate(("Nhóm", "Việc")):
        table.cell(0, at).text = text
    table.cell(1, 0).text = "Vệ sinh"
    cell = table.cell(1, 1)
    cell.paragraphs[0].text = "Gồm:"
    inner = cell.add_table(2, 3)
    for at, text in enumerate(
        ("Công việc", "Đơn vị thực hiện", "Thời hạn", "Nạo vét cống", "Tổ dân phố 3", "30/4/2026")
    ):
        inner.cell(at // 3, at % 3).text = text
    page = read(tmp_path, made).pages[0]
    assert [table_texts(page, at) for at in (0, 1)] == [
        (("Nhóm", "Việc"), ("Vệ sinh", "Gồm:")),
        (("Công việc", "Đơn vị thực hiện", "Thời hạn"), ("Nạo vét cống", "Tổ dân phố 3", "30/4/2026")),
    ]


def test_a_frame_of_one_cell_is_no_table_and_what_stands_in_it_is(tmp_path: Path) -> None:
    document = docx.Document()
    frame = document.add_table(1, 1, style="Table Grid").cell(0, 0)
    frame.paragraphs[0].add_run("1. Rà soát đất công")
    inner = frame.add_table(2, 2)
    inner.style = document.styles["Table Grid"]
    for cell, text in zip(inner._cells, ("Nhiệm vụ", "Thời gian", "Rà soát", "Quý I"), strict=True):
        cell.text = text
    page = read(tmp_path, document).pages[0]
    assert [(line.text, line.table) for line in page.lines if line.text] == [
        ("1. Rà soát đất công", None),
        *((text, 0) for text in ("Nhiệm vụ", "Thời gian", "Rà soát", "Quý I")),
    ]


def test_tables_side_by_side_in_a_frame_without_rules_stand_below_one_another(tmp_path: Path) -> None:
    document = docx.Document()
    frame = document.add_table(1, 2)
    for at, (name, work) in enumerate((("Phòng Kinh tế", "Cấp giống lúa"), ("Phòng Y tế", "Tiêm phòng"))):
        cell = frame.cell(0, at)
        cell.paragraphs[0].add_run(name)
        inner = cell.add_table(2, 2)
        inner.style = document.styles["Table Grid"]
        for one, text in zip(inner._cells, ("Việc", "Hạn", work, "Quý I"), strict=True):
            one.text = text
    page = read(tmp_path, document).pages[0]
    assert [(line.text, line.table) for line in page.lines if line.text] == [
        ("Phòng Kinh tế", None),
        *((text, 0) for text in ("Việc", "Hạn", "Cấp giống lúa", "Quý I")),
        ("Phòng Y tế", None),
        *((text, 1) for text in ("Việc", "Hạn", "Tiêm phòng", "Quý I")),
    ]


def test_a_merged_cell_that_begins_nowhere_is_read(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 3, style="Table Grid")
    for at, text in enumerate(("TT", "Nhiệm vụ", "Thời gian", "1", "Lập", "Quý I")):
        table.cell(at // 3, at % 3).text = text
    for row in range(2):
        table._tbl.tr_lst[row].tc_lst[0].get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))
    page = read(tmp_path, made).pages[0]
    assert table_texts(page, 0)[0] == ("TT", "Nhiệm vụ", "Thời gian")
    assert page.tables[0].cells[0] == Cell(0, 0, 2, 1)


def test_cells_merged_sideways_as_old_files_do(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 3, style="Table Grid")
    for at, text in enumerate(("TT", "Đơn vị", "", "1", "Sở A", "Sở B")):
        table.cell(at // 3, at % 3).text = text
    for at, kind in ((1, "restart"), (2, "continue")):
        table.cell(0, at)._tc.get_or_add_tcPr().append(parse_xml(f'<w:hMerge {nsdecls("w")} w:val="{kind}"/>'))
    assert read(tmp_path, made).pages[0].tables[0].cells[:2] == (Cell(0, 0), Cell(0, 1, 1, 2))


def test_the_rows_of_a_head_may_be_divided_at_different_places(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(3, 3)
    for row, (left, right, at) in enumerate(
        [
            ("SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 2),
            ("Số: 1/SYT-TC", "ngày 1", 1),
            ("Kính gửi:", "- Sở Nội vụ;", 2),
        ]
    ):
        table.cell(row, 0).merge(table.cell(row, at - 1)).text = left
        table.cell(row, at).merge(table.cell(row, 2)).text = right
    found = [(line.text, line.column) for _, line in read(tmp_path, made).lines() if line.text]
    assert found == [
        ("SỞ Y TẾ", Side.LEFT),
        ("Số: 1/SYT-TC", Side.LEFT),
        ("Kính gửi:", Side.LEFT),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Side.RIGHT),
        ("ngày 1", Side.RIGHT),
        ("- Sở Nội vụ;", Side.RIGHT),
    ]


def test_the_head_is_two_columns_even_when_ruled(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(1, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert [line.column for _, line in read(tmp_path, made).lines() if line.text] == [Side.LEFT, Side.RIGHT]


def test_headers_and_footers_are_set_aside(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Nội dung")
    made.sections[0].header.paragraphs[0].text = "Kế hoạch năm 2023"
    made.sections[0].footer.paragraphs[0].text = "2"
    assert [(line.text, line.furniture) for _, line in read(tmp_path, made).lines()] == [
        ("Kế hoạch năm 2023", Furniture.RUNNING_HEAD),
        ("Nội dung", None),
        ("2", Furniture.PAGE_NUMBER),
    ]


def code(path: Path) -> str:
    with pytest.raises(KehoachError) as caught:
        ingest(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", ["W231"]),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", []),
    ],
)
def test_templates_and_files_with_macros_are_read(tmp_path: Path, kind: str, codes: list[str]) -> None:
    made = docx.Document()
    made.add_paragraph("Nội dung")
    made.save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(tmp_path / "b.docm", "w") as new:
        for name in old.namelist():
            data = old.read(name).decode("latin-1").replace(CONTENT_TYPE.WML_DOCUMENT_MAIN, kind)
            new.writestr(name, data.encode("latin-1"))
        for _ in codes:
            new.writestr("word/vbaProject.bin", b"")
    document = ingest(tmp_path / "b.docm")
    assert texts(document) == ["Nội dung"]
    assert [one.code for one in document.notices] == codes


def test_a_docx_without_text(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    assert code(tmp_path / "a.docx") == "E106"


@pytest.mark.parametrize("xml", ["<w:document", "", "<a/>", "<?xml version='1.0'?><a xmlns='x'><b></a>"])
def test_a_damaged_docx(tmp_path: Path, xml: str) -> None:
    path = tmp_path / "a.docx"
    made = docx.Document()
    made.add_paragraph("x")
    made.save(str(path))
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in members.items():
            new.writestr(name, xml if name == "word/document.xml" else data)
    assert code(path) == "E105"


def test_an_archive_that_unpacks_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", " " * 30_000_000)
    assert code(path) == "E108"


def test_what_other_files_within_it_say_is_not_read_and_told(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("1. Mở lớp học hè")
    cell = made.add_table(1, 1).cell(0, 0)._tc
    for parent in (made.element.body, cell):
        parent.append(parse_xml(f"<w:altChunk {nsdecls('w')}/>"))
    document = read(tmp_path, made)
    assert (texts(document), document.notices) == (["1. Mở lớp học hè"], (notice("W234", 1, count=2),))


def test_what_is_struck_out_is_not_read_and_said(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Hoàn thành trước ngày ")
    paragraph.add_run("30/6").font.strike = True
    paragraph.add_run("31/8")
    paragraph.add_run(" hoặc 01/9").font.double_strike = True
    paragraph.add_run("/2026").font.strike = False
    document = read(tmp_path, made)
    assert texts(document) == ["Hoàn thành trước ngày 31/8/2026"]
    assert [(one.code, dict(one.params)["words"]) for one in document.notices] == [("W226", "30/6 … hoặc 01/9")]


def in_font(paragraph: Any, font: str, text: str) -> None:
    paragraph.add_run(text).font.name = font


def test_fonts_of_before_unicode_stand_beside_unicode_in_a_line(tmp_path: Path) -> None:
    made = docx.Document()
    line = made.add_paragraph("1. Sở Tài chính ")
    in_font(line, ".VnTime", "bè trÝ kinh phÝ ")
    line.add_run("trong Quý II/2025")
    in_font(made.add_paragraph(), "VNI-Times", "Uûy ban nhaân daân tænh")
    document = read(tmp_path, made)
    assert texts(document) == ["1. Sở Tài chính bố trí kinh phí trong Quý II/2025", "Ủy ban nhân dân tỉnh"]
    first = document.pages[0].lines[0]
    assert first.raw[first.origin[first.text.index("phí")]] == "p"
    assert [note.code for note in document.notices] == ["W208", "W208"]


def test_a_font_of_capitals_prints_capitals(tmp_path: Path) -> None:
    made = docx.Document()
    in_font(made.add_paragraph(), ".VnTimeH", "ñy ban nh©n d©n")
    assert texts(read(tmp_path, made)) == ["ỦY BAN NHÂN DÂN"]


def test_a_word_that_is_one_either_way_is_told_by_the_rest_of_the_document(tmp_path: Path) -> None:
    made = docx.Document()
    in_font(made.add_paragraph(), ".VnTime", "Sè: 127/KH-UBND")
    in_font(made.add_paragraph(), ".VnTime", "Céng hßa x· héi chñ nghÜa")
    assert texts(read(tmp_path, made))[0] == "Số: 127/KH-UBND"


def test_unicode_typed_later_in_such_a_font_stays(tmp_path: Path) -> None:
    made = docx.Document()
    in_font(made.add_paragraph(), ".VnTime", "có các sở, ngành và công an tham gia")
    document = read(tmp_path, made)
    assert (texts(document), document.notices) == (["có các sở, ngành và công an tham gia"], ())
