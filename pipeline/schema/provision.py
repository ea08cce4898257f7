"""Tasks and objectives: a leaf item of the plan with the agencies, deadlines and targets it states."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from pipeline.schema.evidence import ContractModel, Described, Evidence

Confidence = Annotated[
    float,
    Field(
        ge=0, le=1, description="the share of such values that were right on documents kept aside; docs/confidence.md"
    ),
]


def _finite(value: float | int) -> float | int:
    """Refuse a whole number that is too large to count with, as JSON's other numbers are."""
    try:
        float(value)
    except OverflowError as error:
        raise ValueError("the number is larger than 1.8e308") from error
    return value


Figure = Annotated[float | int, AfterValidator(_finite)]


class Role(Described):
    """What an agency has to do with a task."""

    LEAD = "lead", "leads the work (chủ trì)"
    RESPONSIBLE = "responsible", "has to do it"
    COOPERATING = "cooperating", "works with whoever leads (phối hợp)"
    DIRECTED = "directed", "is told to do it by whoever is named before"
    REPORTS_TO = "reports_to", "gets the report, is advised, or decides"


class StatedIn(Described):
    """Where the agency of a task is named."""

    HEADING = "heading", "in a heading above the item"
    LEAD_IN = "lead_in", "in the paragraph or line that opens the list it stands in"
    TEXT = "text", "in the item itself"
    TABLE = "table", "in a column of the row"


class DeadlineKind(Described):
    """The kind of a deadline."""

    BY = "by", "at the latest on the last day"
    IN = "in", "at some time inside the period"
    DURING = "during", "all through the period"
    RECURRING = "recurring", "again and again, as `recurrence` says"
    ONGOING = "ongoing", "from the first day on, or always"


class Comparison(Described):
    """How the figure is to be met."""

    EQUAL = "=", "just the figure"
    AT_LEAST = ">=", "the figure or more"
    AT_MOST = "<=", "the figure or less"
    ABOUT = "~", "about the figure"


class Direction(Described):
    """Whether the figure is a level to reach or a change to make."""

    REACH = "reach", "the figure is a level to be reached"
    INCREASE = "increase", "the figure is how much is added"
    DECREASE = "decrease", "the figure is how much is taken away"


class Agency(ContractModel):
    """An agency in its role."""

    name: str = Field(description="full name; abbreviations are written out")
    printed: str = Field(description="the words as printed, line breaks joined")
    key: str | None = Field(
        description="the register's key, the same for one agency whatever it is called; null for a kind it lacks"
    )
    role: Role = Field(description="lead, responsible, cooperating, directed or reports_to")
    stated_in: StatedIn = Field(description="heading, lead_in, text or table")
    confidence: Confidence
    evidence: Evidence = Field(description="where it is printed")


class Person(ContractModel):
    """A person by name in a role."""

    name: str = Field(description="the name as printed")
    post: str | None = Field(description='the post as printed, e.g. "Phó Chủ tịch"')
    role: Role = Field(description="lead, responsible, cooperating, directed or reports_to")
    evidence: Evidence = Field(description="where it is printed")


class RelativeUnit(Described):
    """The unit of a time that is reckoned from something."""

    DAY = "day", "calendar days"
    WORKING_DAY = "working_day", "working days (ngày làm việc)"
    MONTH = "month", "months"


class RelativeTime(ContractModel):
    """A time reckoned from something that is no date."""

    count: int = Field(ge=1, description="how many units")
    unit: RelativeUnit = Field(description="day, working_day or month")
    from_: str = Field(
        alias="from",
        description='what it is reckoned from, as printed: "ngày ban hành"; "trước kỳ họp" where it is counted back',
    )


class Deadline(ContractModel):
    """A time by, in or during which something is to be done."""

    text: str = Field(description="as printed, line breaks joined")
    kind: DeadlineKind | None = Field(description="null when the time is no date")
    start: date | None = Field(description="first day, inclusive")
    end: date | None = Field(description="last day, inclusive")
    edtf: str | None = Field(description="Extended Date/Time Format, level 2")
    recurrence: str | None = Field(description="RFC 5545 RRULE body, e.g. FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30")
    relative: RelativeTime | None = Field(description='"trong 10 ngày làm việc kể từ ngày ban hành"')
    act: str | None = Field(description="words of the act it belongs to, where an item states several")
    inherited: bool = Field(description="whether a heading or lead-in above states it")
    confidence: Confidence
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
    predicate: str | None = Field(description='what shall be true of it: "có thẻ bảo hiểm y tế"')
    statement: str = Field(description="the clause the figure stands in")
    baseline: str | None = Field(description="what it is measured against, as printed")
    due: str | None = Field(description='year "2025" or ISO date')
    confidence: Confidence
    evidence: Evidence = Field(description="where it is printed")


class Doubt(ContractModel):
    """What is doubtful about an item, at the place where it stands."""

    code: str = Field(description="stable code; docs/messages.md tells each")
    params: dict[str, str] = Field(description="what fills the placeholders of the message")
    evidence: Evidence | None = Field(description="the words in question; null for the item as a whole")


class Provision(ContractModel):
    """A leaf item: a task or an objective."""

    id: str = Field(
        description="unique among sections, tables and items of the plan, without blanks, whatever stands before it"
    )
    section: str | None = Field(description="id of the section it stands in; null outside all")
    number: str | None = Field(description='printed path "III.1.a"; nearest numbered ancestor for a bullet')
    ordinal: int | None = Field(
        description="position of an unnumbered item under that number, from 1; null if numbered"
    )
    headings: list[str] = Field(description="titles from the top down")
    text: str = Field(description="one paragraph, line breaks joined")
    agencies: list[Agency] = Field(description="agencies in their roles")
    persons: list[Person] = Field(description="persons by name in their roles")
    deadlines: list[Deadline] = Field(description="times")
    targets: list[Target] = Field(description="figures to be reached")
    result: str | None = Field(description="the product or result that a table's column states, as printed")
    refers_to: list[str] = Field(description='ids of the tables the item points to ("chi tiết tại Phụ lục II")')
    doubts: list[Doubt] = Field(description="what is doubtful about it; empty when nothing is")
    evidence: Evidence = Field(description="where the item stands")
    confidence: Confidence
