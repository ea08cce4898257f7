"""Gold annotations: what a careful reader finds in a plan, as `tests/gold/README.md` defines it.

An item is named by its full `text`, or by its first and last words (`starts`, `ends`) and its page. Unknown keys are
kept and reported: a slip of the pen in a gold file must not silently change a score.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import FileAccessError, InvalidGoldError
from pipeline.language.syllables import syllables
from pipeline.schema import Comparison, DeadlineKind, Direction, Role, TableKind


class GoldModel(BaseModel):
    """The base of what a gold file holds: frozen; unknown keys are kept for `unknown_keys`."""

    model_config = ConfigDict(extra="allow", frozen=True)


class GoldAgency(GoldModel):
    """An agency with its role; one that is optional is neither required nor wrong."""

    name: str
    role: Role
    optional: bool = False


class GoldDeadline(GoldModel):
    """A deadline; only the fields given are compared, so one with nothing but a `note` fits any of its kind."""

    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    note: str | None = None
    optional: bool = False


class GoldTarget(GoldModel):
    """A target; `direction` is given only for a change (increase, decrease)."""

    value: float
    value_max: float | None = None
    comparison: Comparison = Comparison.EQUAL
    unit: str | None = None
    of: float | None = None
    per: str | None = None
    direction: Direction | None = None
    subject: str | None = None
    predicate: str | None = None  # read, not scored: a fair reader parts the two elsewhere
    due: str | None = None
    optional: bool = False


class GoldItem(GoldModel):
    """A task or an objective: its number, its text or the edges of it, and what it states."""

    number: str | None
    number_alt: list[str | None] = Field(default_factory=list)
    page: int | None = None
    text: str | None = None
    starts: str | None = None
    ends: str | None = None
    agencies: list[GoldAgency] = Field(default_factory=list)
    deadlines: list[GoldDeadline] = Field(default_factory=list)
    targets: list[GoldTarget] = Field(default_factory=list)
    result: str | None = None
    notes: list[str] | str | None = None

    @property
    def quote(self) -> str:
        """A few words that name it in a report."""
        if self.text is not None:
            return self.text
        tail = syllables(self.ends or "")
        if self.starts and tail and syllables(self.starts)[-len(tail) :] != tail:
            return f"{self.starts} … {self.ends}"
        return self.starts or self.ends or ""


class GoldTable(GoldModel):
    """A table over all its pages.

    Cells are digests of their text (`tables.digest`); a merged one stands in each row it covers. Without `rows` only
    pages and kind are compared.
    """

    pages: list[int]
    kind: TableKind
    kind_alt: list[TableKind] = Field(default_factory=list)
    header: list[str] = Field(default_factory=list)
    rows: list[list[str]] = Field(default_factory=list)


class GoldMeta(GoldModel):
    """The metadata of the document; a field that is not given is not compared."""

    document_type: str | None = None
    number: str | None = None
    attached_to: str | None = None
    issuer: str | None = None
    parent_issuer: str | None = None
    issued_on: date | None = None
    place: str | None = None
    signer: str | None = None
    signer_position: str | None = None
    basis: list[str] | None = None
    basis_optional: list[str] = Field(default_factory=list)
    recipients: int | None = None


class GoldPlan(GoldModel):
    """The annotation of one document."""

    source: str | None = None
    held_out: bool = False
    meta: GoldMeta = Field(default_factory=GoldMeta)
    objectives: list[GoldItem] = Field(default_factory=list)
    tasks: list[GoldItem] = Field(default_factory=list)
    optional_tasks: list[GoldItem] = Field(default_factory=list)
    optional_objectives: list[GoldItem] = Field(default_factory=list)
    tables: list[GoldTable] | None = None
    purposes: list[str | GoldItem] = Field(default_factory=list)
    closing: object = None
    notes: list[str] | str | None = None


def read_gold(path: Path) -> GoldPlan:
    """Read a gold file.

    Raises:
        InvalidGoldError: it is not in the form of a gold file.
        FileAccessError: it cannot be opened.
    """
    try:
        return GoldPlan.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FileAccessError(file=path.name, reason=error.strerror or type(error).__name__) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise InvalidGoldError(file=path.name, reason=reason) from error


def unknown_keys(model: BaseModel, where: str = "") -> Iterator[str]:
    """The path of every key of a gold file that the form does not have, e.g. "tasks.3.agencies.0.rolle".

    Args:
        model: what was read.
        where: the path to it, put in front.
    """
    for key in model.model_extra or ():
        yield f"{where}{key}"
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from unknown_keys(value, f"{where}{name}.")
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, BaseModel):
                    yield from unknown_keys(entry, f"{where}{name}.{index}.")
