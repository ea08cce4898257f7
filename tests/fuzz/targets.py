"""The doors that are fuzzed: each takes bytes, and fails where it breaks what it promises.

A file that cannot be read is refused with a code; any other exception is a finding, and so is a broken promise.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import docx
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Document
from pipeline.errors import DocumentError
from pipeline.extract import extract
from pipeline.ingest import ingest, ingest_text
from pipeline.language import accents, casing, dates, encodings, folding, normal, numerals, sentences, syllables, tones
from pipeline.outline import outline
from pipeline.restore import restore
from pipeline.schema import MadeBy
from pipeline.schema.checking import check
from pipeline.schema.rendering import plan_json
from pipeline.settings import Settings

PROJECT: Final = Path(__file__).parents[2]
SETTINGS: Final = Settings(cache="off", page_seconds=20, max_file_mb=1)
_MADE_BY: Final = MadeBy(program="kehoach", version="0", model="0", settings="0")
_BODY: Final = "word/document.xml"
WORDS: Final = (
    *("I. ", "II.1 ", "a) ", "- ", "+ ", "1.2.3. ", "Điều 1.", "Phụ lục", "KẾ HOẠCH", "Số: 12/KH-UBND", "Kính gửi:"),
    *("ỦY BAN NHÂN DÂN", "Nơi nhận:", "CHỦ TỊCH", "Sở Tài chính", "UBND tỉnh", "các sở, ngành", "Bộ Y tế", "và", ","),
    *("chủ trì", "phối hợp", "tham mưu", "giao", "báo cáo", "trước ngày 30/11/2024", "quý I", "hằng năm", "tháng 6"),
    *("giai đoạn 2021-2025", "đến năm 2030", "100%", "từ 5 đến 7%", "1.000 tỷ đồng", "ít nhất", "tăng", "trên 90", "|"),
    *(
        "Căn cứ Quyết định số 12/QĐ-TTg",
        "Đồng chí Nguyễn Văn A",
        "(",
        ")",
        "[",
        "**",
        "…",
        "TT | Nhiệm vụ | Đơn vị",
        ";",
    ),
)
"""Words of plans, of which fuzzers make texts."""


def language(data: bytes) -> None:
    text = normal.nfc(data.decode("utf-8", "replace"))
    folded = folding.fold(text)
    assert len(folded) == len(text)
    last = 0
    for start, end in sentences.sentences(folded):
        assert last <= start <= end <= len(folded)
        last = end
    words = text.split()
    for name in (*encodings.IN_UNICODE, *encodings.OF_BYTES):
        converted = encodings.convert(text, name)
        assert len(converted.text) == len(converted.origin)
    encodings.detect(text.splitlines())
    accents.remove_accents(text)
    casing.in_capitals(text), casing.title_case(text)
    dates.read_date(text)
    numerals.from_roman(text), numerals.from_numeral(text), numerals.from_words([word.lower() for word in words])
    syllables.rejoined(text), syllables.share_of_syllables(words)
    tones.modern(text), tones.traditional(text)


def restoring(data: bytes) -> None:
    read = ingest_text(data, "-")
    restored = restore(read, SETTINGS)
    assert [line.raw for page in read.pages for line in page.lines] == [
        line.raw for page in restored.pages for line in page.lines
    ]


def outlining(data: bytes) -> None:
    outline(ingest_text(data, "-"))


def extracting(data: bytes) -> None:
    _plan(ingest_text(data, "-"))


def _plan(document: Document) -> None:
    """What is read of a document keeps the contract."""
    plan = extract(document, outline(document), _MADE_BY)
    if broken := check(plan_json(plan).encode(), plan.text):
        raise AssertionError(f"the plan breaks the contract: {broken[:3]}")


def text(data: bytes) -> None:
    _file("a.txt", data)


def word(data: bytes) -> None:
    """The bytes are the body of a Word file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made, zipfile.ZipFile(_word_file()) as sound:
        for name in sound.namelist():
            made.writestr(name, data if name == _BODY else sound.read(name))
    _file("a.docx", held.getvalue())


def pdf(data: bytes) -> None:
    _file("a.pdf", data if data.startswith(b"%PDF-") else b"%PDF-1.7\n" + data)


def _file(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            document = ingest(path, SETTINGS)
        except DocumentError as error:
            assert error.code.startswith("E1")
            return
        assert document.pages or document.notices, "nothing was read, and nobody is told"
        _plan(restore(document, SETTINGS))


def _word_file() -> io.BytesIO:
    made = docx.Document()
    made.add_paragraph("KẾ HOẠCH")
    made.add_paragraph("1. Sở Tài chính bố trí 100% kinh phí trước ngày 30/11/2024.")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Nhiệm vụ", "Quý I"
    held = io.BytesIO()
    made.save(held)
    held.seek(0)
    return held


def _texts() -> Iterator[bytes]:
    """Pieces of the corpus, as long as a page."""
    for path in sorted((PROJECT / "corpus").glob("*.txt")):
        whole = path.read_text(encoding="utf-8")
        for start in range(0, min(len(whole), 12_000), 3000):
            yield whole[start : start + 1200].encode()


def _words() -> Iterator[bytes]:
    with zipfile.ZipFile(_word_file()) as made:
        yield made.read(_BODY)


def _pdfs() -> Iterator[bytes]:
    for pages in (1, 2):
        held = io.BytesIO()
        canvas = Canvas(held, pagesize=(300, 200), pageCompression=0)
        for _ in range(pages):
            canvas.drawString(30, 150, "KE HOACH")
            canvas.drawString(30, 120, "1. So Tai chinh bo tri kinh phi.")
            canvas.line(30, 110, 200, 110)
            canvas.showPage()
        canvas.save()
        yield held.getvalue()


TARGETS: Final[dict[str, tuple[Callable[[bytes], None], Callable[[], Iterator[bytes]]]]] = {
    "language": (language, _texts),
    "restore": (restoring, _texts),
    "outline": (outlining, _texts),
    "extract": (extracting, _texts),
    "text": (text, _texts),
    "word": (word, _words),
    "pdf": (pdf, _pdfs),
}
"""Name of a door -> what is called with bytes, and inputs to begin with."""
