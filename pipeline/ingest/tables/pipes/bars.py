"""What a line of a pipe table is: a row of cells, a rule between rows, or a rule under some of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.tables.text import TextSpan
from pipeline.language.normal import nfc

BAR = re.compile(r"(?<!\\)[|│┃║]")
DELIMITER = re.compile(r"^\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\s*$")
_RULE = re.compile(r"^\s*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?\s*$")
_DRAWN = re.compile(r"^(?=.*[-=─━═]{3})[\s|│┃║+:=─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╞╪╡╟╫╢╤╧┏┳┓┣╋┫┗┻┛-]+$")
_OTHER_BLOCK = re.compile(r"^\s*(?:#{1,6}[ \t]|>|[*+-][ \t])")
_DASHES = re.compile(r"[-=─━═]+")
_CROSSES = "+┬┼┴╦╬╩╤╧╪┳╋┻"
_BESIDE = "+|│┃║├┤┼╠╣╬╟╢╫╞╡╪┣┫╋"  # stands where the edges of cells are


def is_row(raw: str) -> bool:
    """Tell whether a line has cells between bars."""
    return bool(BAR.search(raw)) and bool(spans(raw)) and (bool(DELIMITER.match(raw)) or not _OTHER_BLOCK.match(raw))


def is_rule(raw: str) -> bool:
    """Tell whether a line is a rule below all cells of a row."""
    return bool(_RULE.match(raw)) or is_drawn(raw)


def is_drawn(raw: str) -> bool:
    """Whether a line is a rule that crosses upright ones: "+-----+----+"."""
    return bool(_DRAWN.match(raw)) and sum(char in _CROSSES for char in raw) >= 2


def is_grid(run: Sequence[str]) -> bool:
    """Whether rows stand between drawn rules."""
    return len(run) > 2 and is_drawn(run[0]) and sum(map(is_drawn, run)) > 1


def is_closed(raw: str, wide: int) -> bool:
    """Whether a row stands between pipes and has so many cells."""
    bare = raw.strip()
    return bare.startswith("|") and bare.endswith("|") and len(spans(raw)) == wide


def spans(raw: str, bare: bool = False) -> list[TextSpan]:
    """Where the cells of a row stand in it; none for a line without a pipe.

    The pipes around a row are left out; in a table that is `bare` of these, what stands before the first one is a cell,
    which may be empty.
    """
    bars = [hit.start() for hit in BAR.finditer(raw)]
    if not bars:
        return []
    spans = list(zip([0, *(bar + 1 for bar in bars)], [*bars, len(raw)], strict=True))
    if not bare and not raw[: bars[0]].strip():
        spans.pop(0)
    if spans and not raw[bars[-1] + 1 :].strip():
        spans.pop()
    return spans


def texts_of(raw: str) -> list[str]:
    """What the cells of a row say, without marks of Markdown around it."""
    return [raw[start:end].strip(" *_\t") for start, end in spans(raw)]


def is_bare(raws: Sequence[str], first: int) -> bool:
    """Whether the first row of a table has no pipes around it: then those below have none either."""
    raw = next((one for one in raws[first:] if not is_rule(one)), "")
    return bool(BAR.search(raw)) and not BAR.match(raw.strip()) and not BAR.match(raw.strip()[::-1])


def edges(raw: str) -> tuple[int, ...]:
    """The places of the pipes of a line, counted in printed characters."""
    return tuple(len(nfc(raw[: hit.start()])) for hit in BAR.finditer(raw))


def grid_edges(raws: Sequence[str], first: int) -> tuple[int, ...]:
    """Where the edges of cells stand in a grid that begins with a drawn rule: as its rules say; () in other tables."""
    places: set[int] = set()
    for raw in raws[first:] if is_drawn(raws[first]) else ():
        if not raw.strip():
            break
        bare = raw.rstrip()
        if is_drawn(raw):
            inner = (at for at, char in enumerate(bare) if char in _CROSSES)
            places.update((len(bare) - len(bare.lstrip()), *inner, len(bare) - 1))
    return tuple(sorted(places))


def part_rule(raw: str, places: Sequence[int]) -> frozenset[int] | None:
    """The columns that go on over a rule that is drawn under some cells alone: "| 2 | Rà soát +------+-----+".

    Args:
        raw: the line.
        places: where the edges of the cells stand.

    Returns:
        The columns without the rule; None for any other line.
    """
    bare = raw.rstrip()
    if len(places) < 3 or len(bare) != places[-1] + 1 or any(bare[at] not in _BESIDE for at in places):
        return None
    ruled = [bool(_DASHES.fullmatch(bare[a + 1 : b])) for a, b in zip(places, places[1:], strict=False)]
    return frozenset(at for at, one in enumerate(ruled) if not one) if any(ruled) and not all(ruled) else None
