"""The text of a plan cut into pieces, each with what was found there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.schema import Restoration
from pipeline.web.page.findings import ShownValue


@dataclass(frozen=True)
class Piece:
    """A piece of the text: `kinds` and `ids` are of the findings that stand over it, the widest first.

    `raw` is what the file held where the piece is a restored word, None elsewhere; `sure` the chance in percent that it
    was restored rightly.
    """

    text: str
    ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    raw: str | None = None
    sure: int | None = None
    runner_up: str = ""


def pieces(text: str, findings: Iterable[ShownValue], restored: Sequence[Restoration]) -> Iterator[Piece]:
    """Cut a text where a finding or a restored word begins or ends.

    Args:
        text: the restored text.
        findings: what was found in it; those without a place are passed over.
        restored: words that were read otherwise than they stood.
    """
    starts: dict[int, list[ShownValue]] = defaultdict(list)
    ends: dict[int, list[ShownValue]] = defaultdict(list)
    for one in findings:
        if one.evidence is not None and one.evidence.start < one.evidence.end <= len(text):
            starts[one.evidence.start].append(one)
            ends[one.evidence.end].append(one)
    words = dict(_places(text, restored))
    cuts = {0, len(text), *starts, *ends, *words, *(at + len(one.restored) for at, one in words.items())}
    over: list[ShownValue] = []
    bounds = sorted(cuts)
    for start, end in zip(bounds, bounds[1:], strict=False):
        gone = {id(one) for one in ends.get(start, ())}
        over = [one for one in over if id(one) not in gone]
        over += sorted(starts.get(start, ()), key=lambda one: -_end(one))
        word = words.get(start)
        yield Piece(
            text[start:end],
            tuple(one.id for one in over),
            tuple(dict.fromkeys(one.kind for one in over)),
            word.raw if word else None,
            None if word is None or word.probability is None else round(100 * word.probability),
            word.runner_up or "" if word else "",
        )


def _places(text: str, restored: Sequence[Restoration]) -> Iterator[tuple[int, Restoration]]:
    """Where each restored word stands: those of a line follow each other."""
    lines = [0]
    for line in text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    reached: dict[int, int] = {}
    for one in restored:
        if not one.restored or not 1 <= one.line < len(lines):
            continue
        line_end = lines[one.line] - 1
        at = text.find(one.restored, reached.get(one.line, lines[one.line - 1]), line_end)
        if at >= 0:
            reached[one.line] = at + len(one.restored)
            yield at, one


def _end(one: ShownValue) -> int:
    return one.evidence.end if one.evidence else 0
