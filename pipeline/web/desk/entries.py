"""What a reviewer types, read: a day as a clerk writes it, a figure with Vietnamese separators, an agency's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from pipeline.document import FieldRole
from pipeline.errors import EntryError
from pipeline.extract.times.cells import times_in
from pipeline.extract.times.model import ParsedDeadline
from pipeline.language.accents import bare
from pipeline.language.folding import fold
from pipeline.language.numerals import from_digits
from pipeline.messages import Language, say
from pipeline.register import PlanOrigin, find_province, identify, titles
from pipeline.schema import Plan
from pipeline.web.page.findings import day_of
from pipeline.web.recurrences import recurrence_words

_FIGURE: Final = re.compile(
    r"(-?)([1-9][0-9]{0,2}(?:\.[0-9]{3}){1,90}(?:,[0-9]+)?|[0-9]{1,300}(?:,[0-9]+)?|[0-9]{1,300}\.[0-9]{1,2}|0\.[0-9]+)"
)
_MOST: Final = 12  # names that are suggested
_DEPARTMENTS: Final = "Sở"


def read_time(text: str, plan: Plan) -> ParsedDeadline:
    """The time that a text says, as the column of a table would be read: "30/11/2025", "tháng 11", "quý IV/2025".

    Raises:
        EntryError: it is no time, or several.
    """
    issued = plan.metadata.issued_on
    year = issued.year if issued else _year(plan.metadata.issued) or _year(plan.metadata.period)
    found = times_in(text, "", FieldRole.TIME, year, issued)
    if len(found) != 1 or found[0].no_such_day or (found[0].kind is None and found[0].relative is None):
        raise EntryError(file="deadline", field="text", typed=text)
    return found[0]


def _year(edtf: str | None) -> int | None:
    return int(edtf[:4]) if edtf and edtf[:4].isdecimal() else None


def fields_of(due: ParsedDeadline) -> dict[str, Any]:
    """A time that was read as the fields of a deadline in JSON."""
    return {
        "kind": due.kind.value if due.kind else None,
        "start": due.first.isoformat() if due.first else None,
        "end": due.last.isoformat() if due.last else None,
        "edtf": due.edtf,
        "recurrence": due.recurrence,
        "relative": due.relative.model_dump(mode="json", by_alias=True) if due.relative else None,
    }


def in_words(due: ParsedDeadline, language: Language) -> str:
    """How a time was read."""
    if due.relative is not None:
        unit = say(f"desk.unit.{due.relative.unit}", language)
        return f"{due.relative.count} {unit} ({due.relative.from_})"
    kind = say(f"page.due.{due.kind}", language) if due.kind else ""
    days = list(dict.fromkeys(day_of(one) for one in (due.first, due.last) if one))
    again = recurrence_words(due.recurrence, language) if due.recurrence else ""
    return " ".join(part for part in (kind, " – ".join(days), again) if part)


def read_day(text: str) -> tuple[str, str | None]:
    """A day, a month or a year as EDTF, and the day alone as ISO date: "3/7/2023", "7/2023", "2023".

    Raises:
        EntryError: it is none.
    """
    parts = text.strip().replace("-", "/").replace(".", "/").split("/")
    if len(parts[0]) == 4:
        parts.reverse()
    try:
        numbers = [int(one) for one in parts]
        if not 1 <= len(numbers) <= 3 or not 1900 <= numbers[-1] <= 2200:
            raise ValueError(text)
        first = date(numbers[-1], numbers[-2] if len(numbers) > 1 else 1, numbers[0] if len(numbers) == 3 else 1)
    except ValueError as error:
        raise EntryError(file="metadata", field="issued", typed=text) from error
    whole = first.isoformat()
    return (whole, whole) if len(numbers) == 3 else (whole[: 7 if len(numbers) == 2 else 4], None)


def read_figure(text: str, field: str) -> int | float | None:
    """A figure as Vietnamese prints it: "1.200", "2,5"; None where nothing is typed.

    Raises:
        EntryError: it is none.
    """
    if not text.strip():
        return None
    typed = _FIGURE.fullmatch(text.strip())
    if typed is None:  # "1,234.5" and "1234.567" could be either figure
        raise EntryError(file="target", field=field, typed=text)
    value = from_digits(typed[2])
    return -value if typed[1] else value


def origin_of(plan: Plan) -> PlanOrigin:
    """What the names of agencies in a plan are relative to."""
    record = plan.metadata
    return PlanOrigin(
        record.province.code if record.province else None,
        record.issued_on,
        record.issuer.name if record.issuer else None,
    )


def agency_key(name: str, plan: Plan) -> str | None:
    """The register's key of an agency; None for a kind it lacks."""
    found = identify(name, origin_of(plan))
    return None if found.kind == "other" else found.key


def suggestions(typed: str, plan: Plan) -> list[str]:
    """Names of agencies that go on as is typed, with or without accents: of the plan, then of the register."""
    wanted = bare(fold(typed)).split()
    named = Counter(agency.name for item in (*plan.objectives, *plan.tasks) for agency in item.agencies)
    known = [name for name, _ in named.most_common()]
    known += list(_registered(plan))
    if typed.strip():
        entry = identify(typed, origin_of(plan))
        if entry.kind != "other":
            known.append(entry.name)
    fitting = (name for name in dict.fromkeys(known) if all(word in bare(fold(name)) for word in wanted))
    return [name for name, _ in zip(fitting, range(_MOST), strict=False)]


def _registered(plan: Plan) -> Iterator[str]:
    """Bodies as the register calls them: departments by sector of a province's plan, kinds of bodies."""
    place = find_province(plan.metadata.province.code) if plan.metadata.province else None
    for sector in titles()["sector"].values():
        yield f"{_DEPARTMENTS if place else 'Bộ'} {sector.vi}"
    for kind in titles()["kind"].values():
        yield kind.vi
