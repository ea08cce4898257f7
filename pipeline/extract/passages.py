"""What a passage says: citations, agencies, clauses, times and figures are read one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from pipeline.extract.agencies.mention import Mention
from pipeline.extract.agencies.mentions import find
from pipeline.extract.amounts.model import FigureReading
from pipeline.extract.amounts.reading import read_figures
from pipeline.extract.citations import find_citations, masks
from pipeline.extract.clauses.reading import ClauseReading, read_clauses
from pipeline.extract.times.cells import in_brackets
from pipeline.extract.times.reading import BEFORE_ISSUE, TimeReading, read_times
from pipeline.extract.tokens import spelled_out

LONGEST = 1_000_000  # characters of a passage: spaCy takes no more, and reading them takes ten seconds


@dataclass(frozen=True)
class Context:
    """What reading a passage needs to know of its plan."""

    year: int | None = None  # the plan's own year, for dates without one
    issued: date | None = None  # nothing falls due before
    objective: bool = False
    due_above: str | None = None  # from the headings, for targets without a time of their own
    issuer: str | None = None  # the ministry or department that writes
    report: bool = False  # it tells what has been done
    bodies: tuple[tuple[str, str], ...] = ()  # the document's own abbreviations of bodies, written out


@dataclass(slots=True)
class PassageReading:
    """What is read from a passage; all offsets are into its text.

    `masks` are the stretches in which nobody gets a role and nothing falls due: documents cited and quotations.
    """

    text: str
    context: Context = Context()
    masks: Sequence[tuple[int, int]] = ()
    mentions: Sequence[Mention] = ()
    clauses: ClauseReading = ClauseReading()
    times: TimeReading = TimeReading()
    figures: FigureReading = field(default_factory=FigureReading)


def citations(read: PassageReading) -> None:
    """Documents cited, and quotations."""
    read.masks = masks(read.text, find_citations(read.text))


def agencies(read: PassageReading) -> None:
    """Mentions of agencies."""
    words = spelled_out(read.text, dict(read.context.bodies))
    read.mentions = find(words, read.context.issuer, duties=not read.context.objective)


def clauses(read: PassageReading) -> None:
    """Who orders, acts, helps, is told and receives."""
    read.clauses = read_clauses(read.text, read.mentions, read.masks, measured=read.context.objective)


def times(read: PassageReading) -> None:
    """Deadlines."""
    read.times = read_times(read.text, read.context.year, read.masks, read.context.issued)
    labelled = in_brackets(read.text, read.times.deadlines, read.context.year, read.context.issued)
    if labelled:
        said = sorted([*read.times.deadlines, *labelled], key=attrgetter("start"))
        read.times = replace(read.times, deadlines=said)


def amounts(read: PassageReading) -> None:
    """Targets."""
    context = read.context
    names = [(one.start, one.end) for one in read.mentions if any(map(str.isdigit, read.text[one.start : one.end]))]
    read.figures = read_figures(
        read.text,
        read.times.deadlines,
        sorted([*read.masks, *names]),  # the number of "Ban Chỉ đạo 389" counts nothing
        objective=context.objective,
        due_above=context.due_above,
        report=context.report,
        over=[(one.start, one.end) for one in read.times.refused if one.rule == BEFORE_ISSUE],
        actors=[(one.mention.start, one.mention.end) for one in read.clauses.roles if one.subject],
    )


STEPS: tuple[Callable[[PassageReading], None], ...] = (citations, agencies, clauses, times, amounts)


def read_passage(text: str, context: Context) -> PassageReading:
    """Read a passage in its context."""
    reading = PassageReading(text, context)
    for step in STEPS:
        step(reading)
    return reading
