"""Making training pairs: typesetting, degrading, OCR and alignment, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import MissingToolError, NoTrainingTextError, NoUsableFontError
from pipeline.ingest.scan.tesseract.engine import Tesseract
from pipeline.training.pairs import make_pairs, write_pairs
from pipeline.training.text import paragraphs
from pipeline.training.typesetting import has_every_letter

LONGEST = 600  # characters of a paragraph that are typeset: more pages of different text
BLOCK = 6  # Tesseract's --psm for one block of text, as these pages are


@dataclass(frozen=True)
class MakeResult:
    """The result: how many syllables were printed, and the fonts that lack letters."""

    syllables: int
    left_out: tuple[Path, ...]


def make(
    texts: Sequence[Path], fonts: Sequence[Path], reader: str, pages: int, seed: int, jobs: int, out: Path
) -> MakeResult:
    """Write the pairs of many pages to a file.

    Args:
        texts: files of clean text.
        fonts: font files; those without every Vietnamese letter are left out.
        reader: the OCR model, LANGUAGE[:ENGINE[:FOLDER]].
        pages: how many pages are made.
        seed: of all that is drawn at random.
        jobs: pages made at the same time.
        out: the file of pairs.

    Raises:
        NoTrainingTextError: there is no text.
        NoUsableFontError: no font has every letter.
        MissingToolError: the OCR program or its model is missing.
        OSError: a file cannot be read or written.
    """
    good = [font for font in fonts if has_every_letter(font)]
    left_out = tuple(font for font in fonts if font not in good)
    if not good:
        raise NoUsableFontError(file=str(fonts[0]))
    chosen = [text[:LONGEST].rsplit(" ", 1)[0] for file in texts for text in paragraphs(file)]
    if not chosen:
        raise NoTrainingTextError(file=str(texts[0]))
    language, _, rest = reader.partition(":")
    engine, _, folder = rest.partition(":")
    read = Tesseract(language, int(engine) if engine.isdigit() else 1, BLOCK, Path(folder) if folder else None)
    problem = read.problem()
    if problem:
        raise MissingToolError(file=reader, reason=problem)
    return MakeResult(write_pairs(make_pairs(chosen, good, read, pages, seed, jobs), language, out), left_out)
