"""A page set in real faces whose map from glyphs to letters is broken, each time in another way; it prints as ever."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache

import fontpkg
import pikepdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.language.accents import remove_accents

HEAD = ("ỦY BAN NHÂN DÂN HUYỆN ĐỒNG PHÚ", "KẾ HOẠCH KIỂM TRA CÔNG TÁC PHÒNG CHÁY")
BODY = (
    "1. Phòng Nội vụ rà soát, bổ sung thủ tục hành chính của các đơn vị",
    "trực thuộc, hoàn thành trước ngày 30 tháng 6 và gửi kết quả về Văn",
    "phòng để tổng hợp, báo cáo Thường trực Ủy ban nhân dân huyện.",
    "2. Các xã, thị trấn tổ chức tuyên truyền, vận động người dân tham gia",
    "giữ gìn vệ sinh môi trường; phấn đấu đạt chỉ tiêu được giao.",
    "3. Phòng Tài chính bố trí kinh phí từ nguồn ngân sách được phân bổ,",
    "hướng dẫn thanh toán, quyết toán đúng quy định của pháp luật hiện hành.",
    "4. Trong quá trình thực hiện nếu có khó khăn, vướng mắc thì phản ánh",
    "kịp thời về Phòng Nội vụ để được hướng dẫn, giải quyết theo quy định.",
    "5. Trưởng các phòng, ban chịu trách nhiệm trước Chủ tịch về kết quả",
    "thực hiện nhiệm vụ của cơ quan, đơn vị mình, kiểm điểm cuối năm.",
    "6. Đề nghị các đoàn thể phối hợp động viên hội viên hưởng ứng tích cực.",
)
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>(?=\s*\n)")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>|<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{2})>\s*\[([^\]]*)\]"
)

Letters = Callable[[int, str], str | None]
"""What the file shall say of a glyph: of its code and its letter, the text; None for nothing."""


@cache
def _faces() -> tuple[str, str]:
    for name, weight in (("plain", 400), ("heavy", 700)):
        pdfmetrics.registerFont(TTFont(f"Broken-{name}", str(fontpkg.path("Spectral", weight=weight))))
    return "Broken-plain", "Broken-heavy"


def face(heavy: bool = False) -> str:
    """The name of a face that reportlab can set every Vietnamese letter in."""
    return _faces()[heavy]


def printed(apart: bool = False) -> bytes:
    """The page as it should be; `apart`: letter by letter."""
    plain, heavy = _faces()
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 420))
    for at, line in enumerate((*HEAD, *BODY)):
        face, x, y = heavy if at < len(HEAD) else plain, 60.0, 380 - 24 * at
        canvas.setFont(face, 14)
        for piece in line if apart else (line,):
            canvas.drawString(x, y, piece)
            x += pdfmetrics.stringWidth(piece, face, 14)
    canvas.save()
    return held.getvalue()


def broken(letters: Letters | None, heavy_only: bool = False) -> bytes:
    """The page with another map in its faces; None: without a map."""
    pdf = pikepdf.open(io.BytesIO(printed()))
    for font in pdf.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != pikepdf.Name.Font:
            continue
        if "/ToUnicode" not in font or (heavy_only and "Bold" not in str(font.BaseFont)):
            continue
        if letters is None:
            del font["/ToUnicode"]
        else:
            said = {code: letters(code, char) for code, char in _stated(font.ToUnicode.read_bytes()).items()}
            font["/ToUnicode"] = pdf.make_stream(_map(said))
    held = io.BytesIO()
    pdf.save(held)
    return held.getvalue()


def _stated(cmap: bytes) -> dict[int, str]:
    out: dict[int, str] = {}
    for found in _RANGE.finditer(cmap):
        first, last, start, low, _, texts = found.groups()
        if start:
            out.update(
                {at: chr(int(start, 16) + at - int(first, 16)) for at in range(int(first, 16), int(last, 16) + 1)}
            )
        else:
            out.update(
                {int(low, 16) + at: chr(int(one, 16)) for at, one in enumerate(re.findall(rb"<(\w{4})>", texts))}
            )
    return out


def _map(said: dict[int, str | None]) -> bytes:
    rows = [f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in said.items() if text]
    blocks = "\n".join(
        f"{len(rows[at : at + 90])} beginbfchar\n" + "\n".join(rows[at : at + 90]) + "\nendbfchar"
        for at in range(0, len(rows), 90)
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{blocks}\nendcmap end end"
    ).encode()


_NEXT = str.maketrans("aáàảãạeéèẻẽẹoóòỏõọiíìỉĩịuúùủũụnth", "áạảàaãéẹẻèeẽóọỏòoõíịỉìiĩúụủùuũhnt")
_SPLIT = {"ế": "ê´", "ấ": "â´", "ề": "ê`", "ầ": "â`", "ộ": "ô.", "ậ": "â.", "ố": "ô´", "á": "a´", "à": "a`", "ệ": "ê."}
WAYS: dict[str, dict[str, object]] = {
    "none": {"letters": None},
    "exchanged": {"letters": lambda code, char: char.translate(_NEXT)},
    "shifted": {"letters": lambda code, char: char if char == " " else chr(ord(char) + 1)},
    "glyph numbers": {"letters": lambda code, char: chr(code % 31 + 1)},
    "private use": {"letters": lambda code, char: chr(0xE100 + code)},
    "letters and blanks": {"letters": lambda code, char: char + " "},
    "accents apart": {"letters": lambda code, char: _SPLIT.get(char, char)},
    "one face": {"letters": lambda code, char: chr(code % 31 + 1), "heavy_only": True},
    "all blank": {"letters": lambda code, char: " "},
    "no accents": {"letters": lambda code, char: remove_accents(char)},
    "holes": {"letters": lambda code, char: char if char.isascii() else None},
    "another script": {"letters": lambda code, char: char if char == " " else chr(0x4D0 + code)},
}


def made(way: str) -> bytes:
    """The page broken in one of the WAYS."""
    return broken(**WAYS[way])  # type: ignore[arg-type]
