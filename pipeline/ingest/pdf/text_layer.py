"""Judging the text layer of a page: by its letters, syllables and words, and by whether they cover the ink.

Letters that only Vietnamese has are at least 18.8 % of a page's where it was read as Vietnamese, and none where it was
read as another language; 10 % parts the two on pages of 200 letters or more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.document import Line
from pipeline.extras import MissingPackage, missing
from pipeline.ingest.language_check import SHARE, LogPerplexity, syllable_share
from pipeline.ingest.page_reason import PageReason
from pipeline.ingest.pdf.faces import MAX_LOG_PERPLEXITY, broken_letters, sense
from pipeline.ingest.pdf.pdfium import SCANNED, RawPage
from pipeline.language.letters import LETTER, VIETNAMESE_LETTER

if TYPE_CHECKING:
    from pipeline.ingest.scan.picture import Picture

LETTERS = 40  # fewer on a page with a picture are a publisher's imprint or a stamp
SYLLABLES = 0.72  # of the words: right Vietnamese has 80 % and more, with its numbers of documents and abbreviations
MOJIBAKE = 0.02  # of the letters: signs that no Vietnamese text has
COVERED = 0.6  # of the ink: a layer that covers less leaves out a part of the page

_FOREIGN = re.compile(
    "[\ufffd\u00b6-\u00bf\u00d7\u00d8\u00de\u00df\u00f0\u00f7\u00f8\u00fe\u00ff\u00a1-\u00a9\u00ac\u00ae]"
)


@dataclass(frozen=True)
class LayerDoubt:
    """Why the text layer of a page is not trusted; `empty` where it has next to no text."""

    reason: str
    empty: bool
    absent: MissingPackage | None = None
    """What is needed to compare the layer with its picture, where nothing else speaks against it."""
    broken: bool = False
    """Whether its letters are not those that are printed."""


def doubt(
    raw: RawPage,
    look: Callable[[], Picture],
    lay: Callable[[], Sequence[Line]],
    log_perplexity: LogPerplexity | None = None,
) -> LayerDoubt | None:
    """Judge the text layer of a page.

    Args:
        raw: the page as PDFium gives it.
        look: gives a small grey picture of the page; called only where the layer has words and a picture stands behind.
        lay: gives the lines of the layer; called only where its letters seem wrong.
        log_perplexity: of lines of text under a language model, in nats a word.

    Returns:
        Why the page should be read by OCR; None where its text layer is right, or all there is.
    """
    text = raw.glyphs.text[: raw.own]  # what a records office stamps on is read from the picture too
    letters = len(LETTER.findall(text))
    pictured = raw.image is not None and raw.image.share >= SCANNED
    if letters < LETTERS and pictured:
        return LayerDoubt(PageReason.PICTURE, True)
    if not letters and (raw.drawn or any(run.guessed for run in raw.glyphs.runs)):
        return LayerDoubt(PageReason.DRAWN, True)
    if pictured and (reason := _misread(text, letters, log_perplexity)):
        return LayerDoubt(reason, False)
    if broken := broken_letters(raw, lay, log_perplexity):
        return LayerDoubt(broken, False, broken=True)
    if letters < LETTERS or not pictured:
        return None
    if absent := missing("cv2"):
        return LayerDoubt("whether its text layer covers what is printed cannot be seen", False, absent)
    covered = coverage(raw, look())
    if covered < COVERED:
        return LayerDoubt(f"its text layer covers {covered:.0%} of what is printed", False)
    return None


def _misread(text: str, letters: int, log_perplexity: LogPerplexity | None) -> str | None:
    """Why a text that was read from a picture is not what is printed there, in words; None where it may be."""
    own = len(VIETNAMESE_LETTER.findall(text)) / letters
    if own < SHARE:
        return f"its text layer was read as another language: {own:.0%} of its letters are Vietnamese"
    odd = len(_FOREIGN.findall(text)) / letters
    if odd > MOJIBAKE:
        return f"its text layer is in disorder: {odd:.0%} of its letters are no Vietnamese ones"
    valid = syllable_share(text)
    if valid < SYLLABLES:
        return f"its text layer is in disorder: {valid:.0%} of its words are syllables"
    nats = log_perplexity(text.splitlines()) if log_perplexity else None
    if nats is not None and nats > MAX_LOG_PERPLEXITY:
        return f"its text layer makes no sense: {nats:.1f} nats a word"
    return None


def coverage(raw: RawPage, small: Picture) -> float:
    """The share of the ink of a page that lies under its glyphs, 0 to 1; rules and large dark areas do not count.

    Args:
        raw: the page as PDFium gives it.
        small: a grey picture of it.
    """
    from pipeline.ingest.scan.picture import text_ink  # loads OpenCV

    scale = small.shape[0] / raw.height
    ink = text_ink(small, scale)
    total = int(ink.sum())
    if total < 50:
        return 1.0
    mask = np.zeros_like(ink)
    glyphs = raw.glyphs
    boxes = np.stack([glyphs.x0 - 2, glyphs.y0 - 2, glyphs.x1 + 2, glyphs.y1 + 2], axis=1) * scale
    for (x0, y0, x1, y1), run in zip(np.clip(np.rint(boxes), 0, 1e5).astype(int).tolist(), glyphs.run, strict=True):
        if run >= 0:
            mask[y0:y1, x0:x1] = 1
    return float((ink & mask).sum()) / total


ENOUGH = 0.75  # of the letters of a layer: what is read from the picture must have as many to take its place


FEWER = 0.7  # of the wrong words of broken letters: what is read from the picture has no more


def is_better(read: Sequence[Line], layer: Sequence[Line], broken: bool = False) -> bool:
    """Tell whether OCR lines are better than the text layer that was doubted.

    Args:
        read: the lines by OCR.
        layer: the lines of the text layer.
        broken: its letters seem not to be those that are printed: names and foreign words would be wrong in both.
    """
    if broken:
        (words, wrong), (other_words, other_wrong) = (sense([line.text for line in lines]) for lines in (read, layer))
        if words < ENOUGH * other_words or (other_wrong and wrong > FEWER * other_wrong):
            return False
    ours, theirs = (LETTER.findall("".join(line.text for line in lines)) for lines in (read, layer))
    own, other = (len(VIETNAMESE_LETTER.findall("".join(letters))) for letters in (ours, theirs))
    if len(ours) < ENOUGH * len(theirs):
        return False
    return own >= SHARE * len(ours) or own * len(theirs) > other * len(ours)
