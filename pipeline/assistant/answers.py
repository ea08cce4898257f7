"""What the tools answer."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from pipeline.schema import Provision
from pipeline.store.overview.duties import AgencyCount
from pipeline.store.overview.goals import GoalEntry
from pipeline.store.query.agenda import AgendaEntry
from pipeline.store.query.listing import PlanEntry
from pipeline.store.query.results import Hit


class AssistantAnswer(BaseModel):
    """The base of the answers; `more` says that there is more than was asked for."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class FoundItems(AssistantAnswer):
    """Items of plans, best first."""

    items: list[Hit]
    more: bool
    nearest: str | None
    """Where nothing was found: words like these that find something."""
    accents_ignored: bool
    """Nothing has the words with the accents they were given; these have them without."""


class FoundPlans(AssistantAnswer):
    """Plans, the newest first."""

    plans: list[PlanEntry]
    total: int


class Heading(AssistantAnswer):
    """A heading of a plan, and how many items stand below it."""

    number: str | None
    title: str
    kind: str
    items: int
    page: int | None


class PlanOutline(AssistantAnswer):
    """A plan's record and headings; `items` gives what stands below these."""

    plan_id: str
    file_name: str
    status: str
    metadata: dict[str, Any]
    """As the contract says, without evidence."""
    legal_basis: list[str]
    headings: list[Heading]
    refs: list[str]
    """The ids of all items, in order."""
    tasks: int
    objectives: int
    warnings: list[str]
    """What a reader should check."""


class PlanItems(AssistantAnswer):
    """Items of one plan as the contract says: agencies, deadlines and targets with the words they were read from."""

    plan_id: str
    plan: str
    """How the plan is cited."""
    items: list[Provision]
    more: bool


class Deadlines(AssistantAnswer):
    """What falls due, in order of days."""

    deadlines: list[AgendaEntry]
    more: bool


class Targets(AssistantAnswer):
    """Figures to be reached, by province, year and what is counted."""

    targets: list[GoalEntry]
    more: bool


class Agencies(AssistantAnswer):
    """Agencies, those that have most to do first."""

    agencies: list[AgencyCount]
    more: bool


class QuotedItem(AssistantAnswer):
    """The words of a document that something was read from, and where they stand."""

    cited: str
    """Plan, item and page in one line, to stand behind what is said of it."""
    quote: str
    """The exact words, with the document's ends of lines."""
    page: int | None
    """From 1; null where the document has no pages."""
    start: int
    """First character in the plan's text."""
    end: int
    boxes: list[list[float]]
    """On the page, x0, y0, x1, y1."""
    rule: str | None
    """The rule that read it."""
    confidence: float
    """Of the item, 0 to 1."""
    doubts: list[str]
    """What is doubtful about it."""
