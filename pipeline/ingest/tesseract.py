"""The door to Tesseract: a picture of a page in, what it reads out."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytesseract
from PIL import Image

# Set before Tesseract starts: its threads cost five times what they save (1.7 s a page against 9 s).
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


@dataclass(frozen=True)
class Tesseract:
    """How a page is read.

    `engine` is Tesseract's --oem (1 LSTM, 2 legacy and LSTM), `layout` its --psm, `data` the folder of the trained
    data, None for the one Tesseract knows.
    """

    language: str = "vie"
    engine: int = 1
    layout: int = 3
    data: Path | None = None
    seconds: float = 120

    def problem(self) -> str | None:
        """Why nothing can be read this way; None where all is well."""
        try:
            known = pytesseract.get_languages(config=self._data())
        except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError) as error:
            return str(error).strip() or "Tesseract is not installed"
        return None if self.language in known else f"no trained data for {self.language!r}"

    def _data(self) -> str:
        return f'--tessdata-dir "{self.data}"' if self.data else ""

    def __call__(self, picture: Image.Image, dpi: int) -> str:
        """The lines read from `picture`, one text line each.

        Raises:
            pytesseract.TesseractError: Tesseract failed.
            RuntimeError: it took longer than `seconds`.
        """
        options = f"--oem {self.engine} --psm {self.layout} --dpi {dpi} {self._data()}"
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.bmp"  # no time is lost on compressing what is read once
            picture.save(page)
            return str(pytesseract.image_to_string(str(page), lang=self.language, config=options, timeout=self.seconds))
