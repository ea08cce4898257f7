"""Text set in fonts of before Unicode, which may stand beside Unicode in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.language.encodings import Converted, Name, convert, is_open, keeps_words, mends


class LegacyFont(NamedTuple):
    """What a font of before Unicode draws for the characters it is given."""

    encoding: Name
    capitals: bool
    """It draws small letters as capitals."""


# The ABC fonts (.VnTime, .VnArial; those of capitals end in H) are of TCVN 5712:1993, the VNI fonts of VNI's table.
_ABC, _VNI = re.compile(r"\.vn", re.I), re.compile(r"vni[- ]", re.I)


def legacy_font(name: str | None) -> LegacyFont | None:
    """Tell what a font of before Unicode draws by its name; None for any other font."""
    if name is None:
        return None
    if _ABC.match(name):
        return LegacyFont("tcvn3", name.rstrip().endswith("H"))
    return LegacyFont("vni", False) if _VNI.match(name) else None


def to_unicode(
    text: str, fonts: Sequence[LegacyFont | None], known: frozenset[Name]
) -> tuple[Converted, frozenset[Name]]:
    """Convert what a text has in fonts of before Unicode.

    Programs keep the name of such a font for Unicode that was typed later, so that a stretch is converted only where
    that makes words of it; in a document known to be in that encoding, or other words ("Sè" is a syllable as "Số" is).

    Args:
        text: as it is stored.
        fonts: of each of its characters.
        known: encodings that other stretches of the document are surely in.

    Returns:
        The text in Unicode, each character with the index of the one it came from, and the encodings it was in.
    """
    out: list[str] = []
    origin: list[int] = []
    found: set[Name] = set()
    for font, places in groupby(range(len(text)), key=fonts.__getitem__):
        at = list(places)
        whole = text[at[0] : at[-1] + 1]
        for start, part in _parts(whole, font):
            done = Converted(part, tuple(range(len(part))))
            believed = keeps_words if font is not None and font.encoding in known and part == whole else mends
            if font is not None and believed(part, font.encoding):
                done = convert(part, font.encoding, fonts_known=True)
                found.add(font.encoding)
            capitals = font is not None and font.capitals and is_open(part)
            out.append(done.text.upper() if capitals and len(done.text.upper()) == len(done.text) else done.text)
            origin.extend(at[0] + start + place for place in done.origin)
    return Converted("".join(out), tuple(origin)), frozenset(found)


def _parts(text: str, font: LegacyFont | None) -> Iterator[tuple[int, str]]:
    """What is judged as one, and where it begins: the whole, or word by word where some of it is Unicode."""
    if font is None or is_open(text):
        yield 0, text
        return
    for match in re.finditer(r"\s*\S+|\s+$", text):
        yield match.start(), match.group()
