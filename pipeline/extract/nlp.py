"""The spaCy pipeline: which components read a passage, in which order.

What they find stands in `doc.spans`, under "agencies", "clauses", "times", "amounts" and "refused", where displaCy and
components of others see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extract import tokens  # noqa: F401  registers the tokenizer
from pipeline.extract.agencies.mention import Mention
from pipeline.extract.agencies.mentions import find
from pipeline.extract.amounts.model import FigureReading
from pipeline.extract.amounts.reading import read_figures
from pipeline.extract.citations import find_citations, masks
from pipeline.extract.clauses.reading import ClauseReading, read_clauses
from pipeline.extract.times.model import ParsedDeadline
from pipeline.extract.times.reading import read_times
from pipeline.extract.tokens import spelled_out

LONGEST = 1_000_000  # characters of a passage: spaCy takes no more, and reading them takes a minute
COMPONENTS = ("citations", "agencies", "clauses", "deadlines", "targets")


@dataclass(frozen=True)
class Context:
    """What reading a passage needs to know of its plan."""

    year: int | None = None  # the plan's own year, for dates without one
    issued: date | None = None  # nothing falls due before
    objective: bool = False
    due_above: str | None = None  # from the headings, for targets without a time of their own
    issuer: str | None = None  # the ministry or department that writes
    report: bool = False  # it tells what has been done


@dataclass(frozen=True)
class PassageReading:
    """What was read from a passage; all offsets are into its text."""

    mentions: Sequence[Mention]
    clauses: ClauseReading
    deadlines: Sequence[ParsedDeadline]
    figures: FigureReading


for _name, _default in (
    ("source", ""),  # the text itself: `doc.text` is joined anew at every call
    ("context", Context()),
    ("citations", ()),
    ("masks", ()),
    ("mentions", ()),
    ("clauses", ClauseReading()),
    ("deadlines", ()),
    ("figures", FigureReading([], [])),
):
    Doc.set_extension(_name, default=_default, force=True)


@Language.component("citations")
def citations(doc: Doc) -> Doc:
    """Component: documents cited, and the stretches in which nobody gets a role."""
    found = doc._
    found.citations = find_citations(found.source)
    found.masks = masks(found.source, found.citations)
    return doc


@Language.component("agencies")
def agencies(doc: Doc) -> Doc:
    """Component: mentions of agencies."""
    found = doc._
    mentions = found.mentions = find(spelled_out(found.source), found.context.issuer)
    _show(doc, "agencies", [(one.start, one.end, "agency") for one in mentions])
    return doc


@Language.component("clauses")
def clauses(doc: Doc) -> Doc:
    """Component: who orders, acts, helps, is told and receives."""
    found = doc._
    read = found.clauses = read_clauses(found.source, found.mentions, found.masks)
    _show(doc, "clauses", [(one.start, one.end, one.rule) for one in read.clauses])
    _show(doc, "refused", [(one.start, one.end, one.rule) for one in read.refused])
    return doc


@Language.component("deadlines")
def deadlines(doc: Doc) -> Doc:
    """Component: deadlines."""
    found = doc._
    read = read_times(found.source, found.context.year, found.masks, found.context.issued)
    found.deadlines = read.deadlines
    _show(doc, "times", [(one.start, one.end, one.rule) for one in read.deadlines])
    _show(doc, "refused", [(one.start, one.end, one.rule) for one in read.refused])
    return doc


@Language.component("targets")
def targets(doc: Doc) -> Doc:
    """Component: targets."""
    found = doc._
    context = found.context
    figures = found.figures = read_figures(
        found.source,
        found.deadlines,
        found.masks,
        objective=context.objective,
        due_above=context.due_above,
        report=context.report,
    )
    _show(doc, "amounts", [(one.start, one.end, one.rule) for one in figures.targets])
    _show(doc, "refused", [(one.start, one.end, one.rule) for one in figures.refused])
    return doc


def _show(doc: Doc, group: str, found: Iterable[tuple[int, int, str]]) -> None:
    """Put values among the spans of a document, each with the rule that made it as its label and id."""
    spans = [doc.char_span(start, end, rule, span_id=rule, alignment_mode="expand") for start, end, rule in found]
    if group not in doc.spans:
        doc.spans[group] = []
    doc.spans[group].extend([span for span in spans if span is not None])


@cache
def build() -> Language:
    """Build the pipeline: Vietnamese, our syllable tokenizer, the components in their order."""
    config = {"nlp": {"tokenizer": {"@tokenizers": "kehoach.syllables.v1"}}}
    nlp = spacy.blank("vi", config=config)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def reader() -> Callable[[str, Context], PassageReading]:
    """Make a function that reads one passage in its context."""
    nlp = build()

    def read(text: str, context: Context) -> PassageReading:
        if len(text) > LONGEST:
            return PassageReading((), ClauseReading(), (), FigureReading([], []))
        doc = nlp.make_doc(text)
        found = doc._
        found.context = context
        found.source = text
        found = nlp(doc)._
        return PassageReading(found.mentions, found.clauses, found.deadlines, found.figures)

    return read
