"""Hostile files other than PDFs: pictures, Word and Excel files, texts, mails."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial

import docx
from PIL import Image

MEBI = 1 << 20
LINE = "1. Sở Tài chính bố trí 100% kinh phí trước ngày 30/11/2024.\n"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def png(wide: int, high: int, data: bytes | None = None, bits: int = 1) -> bytes:
    """A PNG that says it has so many pixels; its data are zeros where none are given."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", wide, high, bits, 0, 0, 0, 0)
    packed = zlib.compress(bytes((wide * bits + 7) // 8 + 1) * high, 1) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def tiff(pages: int, loop: bool = False) -> bytes:
    """A TIFF of white pages of 8 × 8 pixels; `loop`: the last leads to the first."""
    out, size = bytearray(b"II*\0" + struct.pack("<I", 16) + bytes(8)), 2 + 7 * 12 + 4
    for number in range(pages):
        start = 16 + number * size
        behind = start + size if number + 1 < pages else 16 if loop else 0
        tags = ((256, 8), (257, 8), (258, 1), (259, 1), (262, 0), (273, 8), (279, 8))
        out += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        out += struct.pack("<I", behind)
    return bytes(out)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    held = io.BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()


def word(change: Callable[[str], str], files: Mapping[str, bytes] = {}) -> bytes:  # noqa: B006 - never changed
    """A Word file whose body was changed."""
    sound, held = io.BytesIO(), io.BytesIO()
    made = docx.Document()
    made.add_paragraph("HERE")
    made.save(sound)
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == "word/document.xml" else data)
        for name, data in files.items():
            new.writestr(name, data)
    return held.getvalue()


def body(inside: str) -> bytes:
    """A Word file with this in its body."""

    def change(xml: str) -> str:
        start, end = xml.index("<w:p>"), xml.index("</w:p>") + len("</w:p>")
        return xml[:start] + inside + xml[end:]

    return word(change)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def laughs(levels: int = 9) -> bytes:
    """The XML bomb of a billion laughs in a Word file."""
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, levels + 1)
    )
    return word(lambda xml: xml.replace("?>", f"?><!DOCTYPE a [{entities}]>", 1).replace("HERE", f"&l{levels};"))


def outside(where: str) -> bytes:
    """A Word file that asks for another file."""
    entity = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{where}">]>'
    return word(lambda xml: xml.replace("?>", f"?>{entity}", 1).replace("HERE", "&e;"))


def tables(depth: int) -> bytes:
    cell = paragraph(LINE)
    for _ in range(depth):
        cell = f"<w:tbl><w:tr><w:tc>{cell}<w:p/></w:tc></w:tr></w:tbl>"
    return body(cell)


def spanned(columns: int) -> bytes:
    wide = f'<w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>'
    return body(f"<w:tbl><w:tr><w:tc>{wide}{paragraph(LINE)}</w:tc></w:tr></w:tbl>")


def grid(rows: int, columns: int) -> bytes:
    row = "<w:tr>" + f"<w:tc>{paragraph('a')}</w:tc>" * columns + "</w:tr>"
    return body(f"<w:tbl>{row * rows}</w:tbl>")


def workbook(sheet: str, shared: str = "") -> bytes:
    """An Excel file with one sheet."""
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{rels}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_CELLS}" xmlns:r="{rels}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{rels}/worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_CELLS}">{sheet}</worksheet>',
        **({"xl/sharedStrings.xml": shared} if shared else {}),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return held.getvalue()


def cell(where: str, text: str = "KẾ HOẠCH") -> str:
    return f'<row><c r="{where}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def nested_mail(depth: int) -> bytes:
    text = b"Content-Type: text/plain; charset=utf-8\n\nKE HOACH\n"
    for _ in range(depth):
        text = b"Content-Type: message/rfc822\n\n" + b"From: a@xa.vn\nSubject: KH\n" + text
    return b"From: a@xa.vn\nTo: b@xa.vn\nSubject: KH\nMIME-Version: 1.0\n" + text


def crowded(count: int) -> bytes:
    """A Word file with very many files in it."""
    return word(lambda xml: xml, {f"word/media/{number}.txt": b"" for number in range(count)})


def text(some: str) -> Callable[[], bytes]:
    return partial(some.encode, "utf-8")


FILES: dict[str, Callable[[], bytes]] = {
    "wide-60000.png": partial(png, 60_000, 60_000),
    "says-2-billion.png": partial(png, 2**31 - 1, 2**31 - 1, b""),
    "one-row.png": partial(png, 60_000, 1),
    "one-column.png": partial(png, 1, 60_000),
    "no-pixels.png": partial(png, 0, 0, b""),
    "one-pixel.png": partial(png, 1, 1),
    "cut.png": lambda: png(1000, 1000)[:80],
    "noise.png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50,
    "pages-500.tiff": partial(tiff, 500),
    "pages-501.tiff": partial(tiff, 501),
    "loop.tiff": partial(tiff, 3, True),
    "cut.tiff": lambda: tiff(3)[:60],
    "noise.tiff": lambda: b"II*\0\x08\0\0\0" + bytes(range(256)) * 50,
    "frames.gif": lambda: saved(
        Image.new("P", (8, 8)),
        "GIF",
        save_all=True,
        append_images=[Image.new("P", (8, 8), at % 255) for at in range(50)],
    ),
    "cut.jpg": lambda: saved(Image.new("L", (900, 900)), "JPEG")[:300],
    "cut.jp2": lambda: saved(Image.new("L", (90, 90)), "JPEG2000")[:90],
    "huge.bmp": lambda: (
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 2**30, 2**30, 1, 24, 0, 0, 0, 0, 0, 0)
    ),
    "white.webp": lambda: saved(Image.new("L", (300, 300), 255), "WEBP"),
    "laughs.docx": laughs,
    "outside-file.docx": partial(outside, "file:///etc/passwd"),
    "outside-net.docx": partial(outside, "http://127.0.0.1:9/x"),
    "tables-deep.docx": partial(tables, 200),
    "tables-deeper.docx": partial(tables, 5000),
    "elements-deep.docx": lambda: body(
        "<w:sdt><w:sdtContent>" * 20_000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 20_000
    ),
    "span-huge.docx": partial(spanned, 2**31 - 1),
    "span-no-number.docx": lambda: body(
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='a'/></w:tcPr>{paragraph(LINE)}</w:tc></w:tr></w:tbl>"
    ),
    "grid.docx": partial(grid, 100, 60),
    "rows-without-cells.docx": lambda: body("<w:tbl>" + "<w:tr/>" * 5000 + "</w:tbl>" + paragraph(LINE)),
    "paragraphs-empty.docx": lambda: body("<w:p/>" * 10_000),
    "paragraph-long.docx": lambda: body(paragraph(LINE * 4000)),
    "runs-many.docx": lambda: body("<w:p>" + "<w:r><w:t>a </w:t></w:r>" * 20_000 + "</w:p>"),
    "numbering-odd.docx": lambda: body(
        paragraph(LINE, '<w:pPr><w:numPr><w:ilvl w:val="99999"/><w:numId w:val="-7"/></w:numPr></w:pPr>') * 50
    ),
    "field-unclosed.docx": lambda: body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 500 + paragraph(LINE)
    ),
    "no-body.docx": lambda: word(lambda xml: xml[: xml.index("<w:body>")] + "</w:document>"),
    "no-xml.docx": lambda: word(lambda xml: "nothing"),
    "crowded.docx": partial(crowded, 20_000),
    "far-cell.xlsx": lambda: workbook(f"<sheetData>{cell('XFD1048576')}</sheetData>"),
    "says-huge.xlsx": lambda: workbook(f'<dimension ref="A1:XFD1048576"/><sheetData>{cell("A1")}</sheetData>'),
    "merged.xlsx": lambda: workbook(
        f'<sheetData>{cell("A1")}</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "cell-odd.xlsx": lambda: workbook(f"<sheetData>{cell('ZZZZZZ99999999999')}{cell('1A')}</sheetData>"),
    "laughs.xlsx": lambda: workbook("<sheetData/>").replace(b"PK", b"PK"),
    "no-sheet.xlsx": lambda: workbook("<<<"),
    "rows-many.xlsx": lambda: workbook(
        "<sheetData>" + "".join(cell(f"A{at}", "a") for at in range(1, 2001)) + "</sheetData>"
    ),
    "mail-deep.eml": partial(nested_mail, 300),
    "mail-no-end.eml": lambda: b"From: a@xa.vn\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" * 3,
    "line-long.txt": text("Sở Tài chính " * 10_000),
    "lines-many.txt": text("a\n" * 10_000),
    "brackets.txt": text("(" * 200_000),
    "stars.txt": text("KẾ HOẠCH\n## A\n" + "*" * 100_000),
    "numbers.txt": text("KẾ HOẠCH\n" + LINE * 1000),
    "one-number.txt": text("KẾ HOẠCH\n1." + "1." * 50_000),
    "digits.txt": text("KẾ HOẠCH\n1. Đạt " + "9" * 200_000 + "%"),
    "pipes.txt": text("KẾ HOẠCH\n" + "|" * 20_000 + "\n"),
    "columns.md": text("# KẾ HOẠCH\n" + "| a " * 1000 + "|\n" + "|---" * 1000 + "|\n" + "| b " * 1000 + "|\n"),
    "accents.txt": text("KẾ HOẠCH\na" + "\u0301" * 200_000),
    "unseen.txt": text("KẾ HOẠCH\n" + "\u200b\u202e\ufeff" * 50_000 + LINE),
    "marks.txt": text("\ufeff" * 1000 + LINE),
    "utf-16.txt": lambda: (LINE * 50).encode("utf-16"),
    "utf-16-odd.txt": lambda: (LINE * 50).encode("utf-16")[:-1],
    "utf-32.txt": lambda: (LINE * 50).encode("utf-32"),
    "surrogates.txt": lambda: b"\xed\xa0\x80\xed\xb0\x80" * 500,
    "one-byte.txt": lambda: b"a",
    "blanks.txt": lambda: b" \n\t" * 10_000,
    "page-ends.txt": text("\f" * 20_000 + LINE),
    "quarters.txt": text("KẾ HOẠCH\n1. Sở Y tế báo cáo " + "quý/tháng/" * 1000),
    "shares.txt": text("KẾ HOẠCH\n1. Đạt " + "90% " * 10_000),
    "offices.txt": text("KẾ HOẠCH\n1. " + "Sở Y tế, Sở Tài chính và " * 1000),
    "days.txt": text("KẾ HOẠCH\n1. Trước " + "ngày 30/11/2024 và " * 1000),
    "headings.txt": text("".join(f"{at}. Nhiệm vụ thứ {at}\n" for at in range(1000))),
    "romans.txt": text("KẾ HOẠCH\n" + "".join(f"{'I' * (at % 30 + 1)}. Việc\n" for at in range(1000))),
}
"""Name of a hostile file -> what makes it."""

NAMES = (
    *(
        "hai\ndòng.txt",
        "ngoặc\"kép'đơn.txt",
        "$(touch x);`id`.txt",
        "-o.txt",
        "--help.txt",
        " trước và sau .txt",
        "%s%n.txt",
    ),
    *(
        "\u202efdp.txt",
        "a\x1b[2J\x07.txt",
        "é.txt",
        "e\u0301.txt",
        "...txt",
        "con.txt",
        "a" * 246 + ".txt",
        "ạ" * 82 + ".txt",
    ),
)
"""Names that files may have."""

RAW_NAMES = (b"\xff\xfe.txt", b"caf\xe9.txt")
"""Names that are no UTF-8."""
