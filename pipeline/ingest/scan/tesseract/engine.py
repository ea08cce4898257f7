"""Calling Tesseract: the picture of a page in, lines of words out.

Boxes are in pixels of the picture from its top left corner; confidences are Tesseract's own, from 0 to 1. Where
tesserocr is installed and loads the data, a process of it is kept and reads (`pool`); else pytesseract starts the
program `tesseract` for each picture.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytesseract
from PIL import Image

from pipeline.files import scratch_folder
from pipeline.ingest.scan.tesseract import pool
from pipeline.ingest.scan.tesseract.data import trained_data
from pipeline.ingest.scan.tesseract.pool import ChildFailure, EngineConfig

_TITLE = re.compile(r"(bbox|baseline|x_size|x_wconf) ([-\d. ]+)")


class TesseractFailure(Exception):
    """Tesseract is not there, failed, or took too long."""


class ReadWord(NamedTuple):
    """A word Tesseract read: x0, y0, x1, y1 in pixels, confidence 0 to 1."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float


class ReadLine(NamedTuple):
    """A line Tesseract read: its baseline is `y = slope * x + base`, `size` the height of its type, in pixels."""

    words: tuple[ReadWord, ...]
    slope: float
    base: float
    size: float


@dataclass(frozen=True)
class Tesseract:
    """The settings of Tesseract.

    `engine` is Tesseract's --oem (1 LSTM, 2 legacy and LSTM), `layout` its --psm, `data` the folder of the trained
    data, None for the one Tesseract knows. `keep` allows a process of tesserocr; without, the program reads.
    """

    language: str = "vie"
    engine: int = 1
    layout: int = 3
    data: Path | None = None
    seconds: float = 120
    keep: bool = True

    def problem(self) -> str | None:
        """Why nothing can be read with these settings; None where all is well.

        Raises:
            TesseractFailure: it cannot be told now, as every process that is started is killed.
        """
        if self._kind() is not None:
            return None
        try:
            known = pytesseract.get_languages(config=self._data())
        except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError) as error:
            return str(error).strip() or "Tesseract is not installed"
        return None if self.language in known else f"no trained data for {self.language!r}"

    def trained(self) -> Path | None:
        """The file of the trained data; None where only Tesseract knows it."""
        return trained_data(self.language, self.data)

    def version(self) -> str:
        """The engine with its version: another may read another text."""
        kept = f"tesserocr {pool.version()} " if self._kind() is not None else ""
        return kept + _program_version()  # a tesserocr that was built here uses the library of the program

    def _kind(self) -> EngineConfig | None:
        """What a process of tesserocr is to load; None where the program reads."""
        file = self.trained() if self.keep and pool.version() else None
        kind = EngineConfig(file.parent, self.language, self.engine) if file else None
        try:
            return kind if kind and pool.reads(kind) else None
        except ChildFailure as failure:  # the program would read another text than the process does
            raise TesseractFailure(str(failure)) from failure

    def _data(self) -> str:
        return f'--tessdata-dir "{self.data}"' if self.data else ""

    def _options(self, dpi: int) -> str:
        # Without a second look at the page in white on black: the same text a sixth faster, measured on real scans.
        options = f"--oem {self.engine} --psm {self.layout} --dpi {_likely(dpi)} -c tessedit_do_invert=0"
        return f"{options} {self._data()}"

    def __call__(self, picture: Image.Image, dpi: int) -> str:
        """The lines read from `picture`, one text line each.

        Raises:
            TesseractFailure: Tesseract failed, or took longer than `seconds`.
        """
        kind = self._kind()
        if kind is not None:
            return self._kept(kind, picture, dpi, hocr=False).decode()
        with _file(picture) as page:
            options = self._options(dpi)
            return str(pytesseract.image_to_string(page, lang=self.language, config=options, timeout=self.seconds))

    def lines(self, picture: Image.Image, dpi: int) -> tuple[ReadLine, ...]:
        """Read a picture.

        Args:
            picture: of a page or a part of one.
            dpi: its pixels to the inch.

        Returns:
            The lines with their words, in Tesseract's order.

        Raises:
            TesseractFailure: Tesseract failed, or took longer than `seconds`.
        """
        kind = self._kind()
        if kind is not None:
            return tuple(_hocr(self._kept(kind, picture, dpi, hocr=True)))
        with _file(picture) as page:
            found = pytesseract.image_to_pdf_or_hocr(
                page, lang=self.language, config=self._options(dpi), extension="hocr", timeout=self.seconds
            )
        return tuple(_hocr(found))

    def _kept(self, kind: EngineConfig, picture: Image.Image, dpi: int, hocr: bool) -> bytes:
        plain = picture if picture.mode in ("L", "RGB") else picture.convert("L" if picture.mode == "1" else "RGB")
        size = {"width": plain.width, "height": plain.height, "depth": len(plain.getbands())}
        about = {**size, "dpi": _likely(dpi), "layout": self.layout, "hocr": hocr}
        try:
            return pool.read(kind, about, plain.tobytes(), self.seconds)
        except (ChildFailure, OSError) as failure:
            raise TesseractFailure(str(failure)) from failure

    def turn(self, picture: Image.Image, dpi: int) -> int | None:
        """Detect by how many degrees a picture must be turned clockwise to stand upright.

        Args:
            picture: of a page.
            dpi: its pixels to the inch.

        Returns:
            0, 90, 180 or 270; None where it is unclear.

        Raises:
            TesseractFailure: Tesseract took longer than `seconds`.
        """
        with _file(picture) as page:
            try:
                said = pytesseract.image_to_osd(page, config=f"--dpi {dpi}", timeout=self.seconds)
            except TesseractFailure:
                raise
            except pytesseract.TesseractError:  # too few letters to tell
                return None
        found = re.search(r"Rotate: (\d+)", said)
        return int(found.group(1)) if found else None


@cache
def _program_version() -> str:
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, SystemExit, OSError):
        return "unknown"


def _likely(dpi: int) -> int:
    """What Tesseract would take itself where it is told less or more."""
    return min(max(dpi, 70), 600)


@contextmanager
def _file(picture: Image.Image) -> Iterator[str]:
    """The picture as a file, in a form that takes no time to write and read once; failures of Tesseract as ours."""
    # The program gets our environment. Its threads cost five times what they save (1.7 s a page against 9 s).
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        with scratch_folder() as folder:
            page = folder / "page.bmp"
            picture.save(page)
            yield str(page)
    except pytesseract.TesseractNotFoundError as error:
        raise TesseractFailure("Tesseract is not installed") from error
    except pytesseract.TesseractError as error:
        raise TesseractFailure(f"Tesseract failed: {_first_line(error.message)}") from error
    except RuntimeError as error:  # pytesseract's for a process that it killed
        raise TesseractFailure(f"Tesseract: {error}") from error


def _first_line(text: object) -> str:
    return (str(text).strip().splitlines() or ["no reason given"])[0][:200]


def _hocr(found: bytes) -> Iterator[ReadLine]:
    """The lines of an hOCR file (hOCR 1.2: baseline is a slope and an offset from the lower left of the line)."""
    kinds = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
    for line in ElementTree.fromstring(found).iter():
        if line.get("class") not in kinds:
            continue
        about = _properties(line)
        x0, _, _, y1 = about["bbox"]
        slope, offset = about.get("baseline", (0.0, 0.0))
        words = []
        for word in line.iter():
            text = "".join(word.itertext()).strip() if word.get("class") == "ocrx_word" else ""
            if text:
                own = _properties(word)
                left, top, right, bottom = (int(value) for value in own["bbox"])
                words.append(ReadWord(text, (left, top, right, bottom), own["x_wconf"][0] / 100))
        if words:
            size = about.get("x_size", (0.0,))[0] or float(y1 - about["bbox"][1])
            yield ReadLine(tuple(words), slope, y1 + offset - slope * x0, size)


def _properties(element: ElementTree.Element) -> dict[str, tuple[float, ...]]:
    return {
        name: tuple(float(value) for value in values.split())
        for name, values in _TITLE.findall(element.get("title", ""))
    }
