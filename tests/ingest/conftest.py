"""Small files made on the spot: PDFs written by hand, so that a test can set every glyph where it wants it."""

import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.ingest.scan.tesseract import pool
from pipeline.ingest.scan.tesseract.engine import Tesseract
from pipeline.ingest.scan.tesseract.pool import Children

_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def
/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap CMapName currentdict /CMap defineresource pop end end"""
_FONTS = {"regular": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}
ADVANCE = 0.5  # em: every glyph is as wide


class PdfMaker:
    """A PDF in the making: glyphs are half an em wide, y counts from the top of the page."""

    def __init__(self, width: float = 595, height: float = 842) -> None:
        self.width, self.height = width, height
        self.pages: list[tuple[list[str], int, list[str]]] = []

    def page(self, rotate: int = 0) -> "PdfMaker":
        self.pages.append(([], rotate, []))
        return self

    def text(
        self, x: float, y: float, text: str, size: float = 12, font: str = "regular", turn: str = "1 0 0 1"
    ) -> "PdfMaker":
        codes = "".join(f"{ord(char):04x}" for char in text)
        self.pages[-1][0].append(f"BT /{font} {size} Tf {turn} {x} {self.height - y} Tm <{codes}> Tj ET")
        return self

    def centred(self, middle: float, y: float, text: str, size: float = 12, font: str = "regular") -> "PdfMaker":
        return self.text(middle - len(text) * ADVANCE * size / 2, y, text, size, font)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "PdfMaker":
        self.pages[-1][0].append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, colour: str) -> "PdfMaker":
        """A rectangle filled with a colour: red, green and blue, each 0 to 1."""
        box = f"{x0} {self.height - y1} {x1 - x0} {y1 - y0}"
        self.pages[-1][0].append(f"q {colour} rg {box} re f Q")
        return self

    def stamp(self, x: float, y: float, lines: list[str], size: float = 6) -> "PdfMaker":
        """A signature field whose appearance prints lines."""
        body = "".join(
            f"BT /regular {size} Tf 1 0 0 1 0 {(len(lines) - 1 - at) * size * 1.1 + 2} Tm "
            f"<{''.join(f'{ord(char):04x}' for char in line)}> Tj ET\n"
            for at, line in enumerate(lines)
        )
        wide = max(len(line) for line in lines) * ADVANCE * size + 2
        high = len(lines) * size * 1.1 + 4
        self.pages[-1][2].append(f"{x}|{self.height - y - high}|{x + wide}|{self.height - y}|{body}")
        return self

    def bytes(self) -> bytes:
        objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]

        def add(body: bytes) -> int:
            objects.append(body)
            return len(objects)

        def stream(data: bytes, entries: str = "") -> int:
            packed = zlib.compress(data)
            head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>".encode()
            return add(head + b"\nstream\n" + packed + b"\nendstream")

        cmap = stream(_CMAP)
        fonts = ""
        for name, base in _FONTS.items():
            flags = 2 | 32 | (64 if name == "italic" else 0)
            descriptor = add(
                f"<< /Type /FontDescriptor /FontName /{base} /Flags {flags} /FontBBox [0 -220 1000 900] /ItalicAngle "
                f"{-12 if name == 'italic' else 0} /Ascent 900 /Descent -220 /CapHeight 660 /StemV 80 >>".encode()
            )
            kid = add(
                f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{base} /FontDescriptor {descriptor} 0 R /DW 500 "
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>".encode()
            )
            font = add(
                f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H "
                f"/DescendantFonts [{kid} 0 R] /ToUnicode {cmap} 0 R >>".encode()
            )
            fonts += f"/{name} {font} 0 R "
        kids = []
        for content, rotate, stamps in self.pages:
            notes = []
            for stamp in stamps:
                x0, y0, x1, y1, look_body = stamp.split("|", 4)
                wide, high = float(x1) - float(x0), float(y1) - float(y0)
                look = stream(
                    look_body.encode(),
                    f"/Type /XObject /Subtype /Form /BBox [0 0 {wide} {high}] /Resources << /Font << {fonts} >> >>",
                )
                notes.append(
                    add(
                        f"<< /Type /Annot /Subtype /Widget /FT /Sig /F 4 /Rect [{x0} {y0} {x1} {y1}] "
                        f"/AP << /N {look} 0 R >> >>".encode()
                    )
                )
            drawn = stream("\n".join(content).encode())
            annots = f"/Annots [{' '.join(f'{note} 0 R' for note in notes)}]" if notes else ""
            kids.append(
                add(
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {self.width} {self.height}] /Rotate {rotate} "
                    f"/Resources << /Font << {fonts} >> >> /Contents {drawn} 0 R {annots} >>".encode()
                )
            )
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
        out, places = b"%PDF-1.7\n", []
        for number, made in enumerate(objects, start=1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + made + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
        return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


@pytest.fixture
def maker() -> type[PdfMaker]:
    """The class that makes PDFs."""
    return PdfMaker


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Writes a file into the test's folder."""

    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[Children]:
    """Processes of this test alone."""
    own = Children()
    monkeypatch.setattr(pool, "children", lambda: own)
    yield own
    own.end()


@pytest.fixture
def faulty(children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has the first picture that any process reads end in `fault`, a line of Python."""

    def spoil(fault: str) -> None:
        program = tmp_path / "faulty.py"
        program.write_text(
            "import importlib.util, os, signal, sys, time\n"
            f"spec = importlib.util.spec_from_file_location('child', {str(pool.PROGRAM)!r})\n"
            "child = importlib.util.module_from_spec(spec)\n"
            "spec.loader.exec_module(child)\n"
            "real = child._read\n"
            "def read(*asked):\n"
            f"    mark = {str(tmp_path / 'fault')!r}\n"
            "    if not os.path.exists(mark):\n"
            "        open(mark, 'w').close()\n"
            f"        {fault}\n"
            "    return real(*asked)\n"
            "child._read = read\n"
            "child.main(*sys.argv[1:])\n"
        )
        assert Tesseract().version().startswith("tesserocr")  # found out once, before anything is broken
        children.end()
        monkeypatch.setattr(pool, "PROGRAM", program)

    return spoil


@pytest.fixture
def hanging(faulty: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the first picture that any process reads hang for ever; its time is over as soon as it hangs."""
    over = []

    class Watch(threading.Thread):
        """In place of the timer of a process: calls `stop` when the process hangs, whatever the clock says."""

        def __init__(self, seconds: float, stop: Callable[[], None]) -> None:
            super().__init__(daemon=True)
            self.stop, self.cancelled = stop, threading.Event()

        def run(self) -> None:
            while not over and not self.cancelled.wait(0.01):
                if (tmp_path / "fault").exists():
                    over.append(True)
                    self.stop()

        def cancel(self) -> None:
            self.cancelled.set()

    faulty("time.sleep(600)")
    monkeypatch.setattr(pool, "Timer", Watch)
