"""Where Tesseract's trained data lie; nothing heavy is loaded to find them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_FOLDERS: Final = ("/usr/share/tesseract-ocr/*/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")


def trained_data(language: str, told: Path | None = None) -> Path | None:
    """The file of the trained data of a language, or of "osd"; None where only Tesseract knows it.

    Args:
        language: Tesseract's name of it.
        told: the folder that was told; None: TESSDATA_PREFIX, or where systems put it.
    """
    place = told or os.environ.get("TESSDATA_PREFIX")
    folders = [Path(place)] if place else [found for each in _FOLDERS for found in sorted(Path("/").glob(each[1:]))]
    files = (folder / f"{language}.traineddata" for folder in folders)
    return next((file for file in files if file.is_file()), None)
