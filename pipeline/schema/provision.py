"""Tasks and objectives: a leaf item of the plan with the agencies, deadlines and targets it states."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from pipeline.schema.evidence import ContractModel, Evidence


def _finite(value: float | int) -> float | int:
    """Refuse a whole number that is too large to count with, as JSON's other numbers are."""
    try:
        float(value)
    except OverflowError as error:
        raise ValueError("the number is larger than 1.8e308") from error
    return value


Figure = Annotated[float | int, AfterValidator(_finite)]


class Role(StrEnum):
    """What an agency has to do with a task."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"
    DIRECTED = "directed"
    REPORTS_TO = "reports_to"


class StatedIn(StrEnum):
    """Where the agency of a task is named."""

    HEADING = "heading"
    LEAD_IN = "lead_in"
    TEXT = "text"
    TABLE = "table"


class DeadlineKind(StrEnum):
    """The kind of a deadline."""

    BY = "by"
    IN = "in"
    DURING = "during"
    RECURRING = "recurring"
    ONGOING = "ongoing"


class Comparison(StrEnum):
    """How the figure is to be met."""

    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOUT = "~"


class Direction(StrEnum):
    """Whether the figure is a level to reach or a change to make."""

    REACH = "reach"
    INCREASE = "increase"
    DECREASE = "decrease"


class Agency(ContractModel):
    """An agency in its role."""

    name: str = Field(description="full name; abbreviations are written out")
    agency_id: str = Field(description="slug of the name, the same wherever the agency is named so")
    role: Role = Field(description="lead, responsible, cooperating, directed or reports_to")
    stated_in: StatedIn = Field(description="heading, lead_in, text or table")
    evidence: Evidence = Field(description="where it is printed")


class Deadline(ContractModel):
    """A time by, in or during which something is to be done."""

    text: str = Field(description="as printed, line breaks joined")
    kind: DeadlineKind | None = Field(description="null when the time cannot be put into dates")
    start: date | None = Field(description="first day, inclusive")
    end: date | None = Field(description="last day, inclusive")
    edtf: str | None = Field(description="Extended Date/Time Format, level 2")
    recurrence: str | None = Field(description="RFC 5545 RRULE body, e.g. FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30")
    evidence: Evidence = Field(description="where it is printed")


class Target(ContractModel):
    """A figure to be reached."""

    text: str = Field(description="the figure as printed")
    value: Figure = Field(description="the figure; the lower end of a range")
    value_max: Figure | None = Field(description="the upper end of a range")
    comparison: Comparison = Field(description="=, >=, <= or ~")
    unit: str | None = Field(description='"%" or the counted noun')
    of: Figure | None = Field(description='9 in "4/9"')
    per: str | None = Field(description='"year" for "mỗi năm"')
    direction: Direction = Field(description="reach, increase or decrease")
    subject: str | None = Field(description="what is counted or measured")
    statement: str = Field(description="the clause the figure stands in")
    baseline: str | None = Field(description="what it is measured against, as printed")
    due: str | None = Field(description='year "2025" or ISO date')
    evidence: Evidence = Field(description="where it is printed")


class Provision(ContractModel):
    """A leaf item: a task or an objective."""

    id: str = Field(description='unique in the plan: number, "-2" for the second bullet, "~2" for a repeated number')
    number: str | None = Field(description='printed path "III.1.a"; nearest numbered ancestor for a bullet')
    ordinal: int | None = Field(
        description="position of an unnumbered item under that number, from 1; null if numbered"
    )
    headings: list[str] = Field(description="titles from the top down")
    text: str = Field(description="one paragraph, line breaks joined")
    agencies: list[Agency] = Field(description="agencies in their roles")
    deadlines: list[Deadline] = Field(description="times")
    targets: list[Target] = Field(description="figures to be reached")
    result: str | None = Field(
        default=None, description="the product or result that a table's column states, as printed; since 1.1"
    )
    refers_to: list[str] = Field(
        default_factory=list, description='ids of the tables the item points to ("chi tiết tại Phụ lục II"); since 1.1'
    )
    evidence: Evidence = Field(description="where the item stands")
    confidence: float = Field(ge=0, le=1, description="how far the item can be trusted")
    lowered_by: list[str] = Field(description="codes of what lowers the confidence; empty at 1.0")
