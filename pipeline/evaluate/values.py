"""Comparing an agency, a deadline or a target with gold, and writing each for a report."""

from __future__ import annotations

import re
from datetime import date
from math import isclose

from pipeline.evaluate.gold import GoldAgency, GoldDeadline, GoldTarget
from pipeline.evaluate.similarity import overlap
from pipeline.language.folding import folded
from pipeline.language.syllables import syllables
from pipeline.schema import Agency, Comparison, Deadline, Direction, Target

SUBJECT_OVERLAP = 0.5  # from this F1 of shared syllables on, two subjects are the same


def agency_faults(gold: GoldAgency, found: Agency) -> tuple[str, ...]:
    """List what differs: "name", "role"."""
    faults = [] if folded(gold.name) == folded(found.name) else ["name"]
    return tuple(faults + ([] if gold.role == found.role else ["role"]))


def agency_nearness(gold: GoldAgency, found: Agency) -> float:
    """The similarity of two agencies: 1.0 for the same name, below it for a similar one, 0.0 for another agency."""
    if folded(gold.name) == folded(found.name):
        return 1.0
    shared = overlap(gold.name, found.name)
    return 0.9 * shared + 0.05 * (gold.role == found.role) if shared >= 0.5 else 0.0


def deadline_faults(gold: GoldDeadline, found: Deadline) -> tuple[str, ...]:
    """List what differs: the kind, and those of start, end and recurrence that the gold gives."""
    faults = [] if gold.kind == found.kind else ["kind"]
    faults += ["start"] if gold.start is not None and gold.start != found.start else []
    faults += ["end"] if gold.end is not None and gold.end != found.end else []
    wanted = _parts(gold.recurrence)
    faults += ["recurrence"] if wanted is not None and wanted != _parts(found.recurrence) else []
    return tuple(faults)


def deadline_nearness(gold: GoldDeadline, found: Deadline) -> float:
    """The similarity of two deadlines: 1.0 for the same dates or recurrence, 0.5 for the same kind or end, else 0.1."""
    faults = deadline_faults(gold, found)
    if not set(faults) - {"kind"} and (gold.end or gold.start or gold.recurrence):
        return 1.0
    agree = gold.kind == found.kind or (gold.end is not None and gold.end == found.end)
    return 0.5 if agree else 0.1


def target_faults(gold: GoldTarget, found: Target) -> tuple[str, ...]:
    """List the fields given by the gold that differ; the subject is compared apart (`same_subject`)."""
    faults = [] if isclose(gold.value, found.value) else ["value"]
    for name, wanted, got in (("value_max", gold.value_max, found.value_max), ("of", gold.of, found.of)):
        if wanted is not None and (got is None or not isclose(wanted, got)):
            faults.append(name)
    faults += [] if gold.comparison == found.comparison else ["comparison"]
    if gold.unit is not None and folded(gold.unit) != folded(found.unit or ""):
        faults.append("unit")
    if gold.per is not None and _rate(gold.per) != _rate(found.per or ""):
        faults.append("per")
    if gold.direction is not None and gold.direction != found.direction:
        faults.append("direction")
    if gold.due is not None and _last_day(gold.due) != _last_day(found.due):
        faults.append("due")
    return tuple(faults)


_TIMES = {"năm": "year", "quý": "quarter", "tháng": "month", "tuần": "week", "ngày": "day"}


def _rate(per: str) -> str:
    """What a figure is reckoned per, times as the contract names them: "năm" of a gold written by hand is "year"."""
    return _TIMES.get(folded(per), folded(per))


def target_nearness(gold: GoldTarget, found: Target) -> float:
    """The similarity of two targets: 0.6 and more for the same figure, the more when subject and due date agree."""
    same = isclose(gold.value, found.value)
    subject = overlap(gold.subject or "", found.subject or "")
    due = gold.due is not None and _last_day(gold.due) == _last_day(found.due)
    return (0.6 if same else 0.1) + 0.25 * subject + 0.1 * due


def target_unasked(gold: GoldTarget, found: Target) -> tuple[str, ...]:
    """List the fields that the output states and the gold does not: no error, but worth a look."""
    notes = []
    if gold.direction is None and found.direction != Direction.REACH:
        notes.append(f"direction {found.direction}")
    for name in ("value_max", "of", "per"):
        if getattr(gold, name) is None and getattr(found, name) is not None:
            notes.append(f"{name} {getattr(found, name)}")
    return tuple(notes)


def same_subject(gold: str, found: str | None, predicate: str | None = None) -> bool:
    """Tell whether two subjects are about the same: half of the syllables shared (F1), or one within the other.

    Args:
        gold: the subject, with the predicate where the gold has both in one.
        found: the subject.
        predicate: what shall be true of it.
    """
    if not found:
        return False
    return _alike(gold, found) or (predicate is not None and _alike(gold, f"{found} {predicate}"))


def _alike(one: str, other: str) -> bool:
    if overlap(one, other) >= SUBJECT_OVERLAP:
        return True
    inner, outer = sorted((f" {' '.join(syllables(text))} " for text in (one, other)), key=len)
    return bool(inner.strip()) and inner in outer


def show_agency(agency: GoldAgency | Agency) -> str:
    """E.g. "Sở Tài chính [lead]", behind it where the output says it is stated."""
    shown = f"{agency.name} [{agency.role}]"
    if isinstance(agency, Agency):
        return f"{shown} (in {agency.stated_in}: {quoted(agency.evidence.quote, 60)})"
    return shown


def show_deadline(deadline: GoldDeadline | Deadline) -> str:
    """E.g. "by ..2025-12-31" or "recurring FREQ=YEARLY", behind it the words it was read from."""
    shown = str(deadline.kind or "undated")
    if deadline.start or deadline.end:
        shown += f" {_day(deadline.start)}..{_day(deadline.end)}"
    if deadline.recurrence:
        shown += f" {deadline.recurrence}"
    if isinstance(deadline, GoldDeadline):
        return f"{shown} ({deadline.note})" if deadline.note else shown
    return f"{shown} (read from {quoted(deadline.text, 60)})"


def show_target(target: GoldTarget | Target) -> str:
    """E.g. ">= 85 % «cán bộ chuyên trách» due 2020"."""
    shown = "" if target.comparison == Comparison.EQUAL else f"{target.comparison} "
    if target.direction in (Direction.INCREASE, Direction.DECREASE):
        shown = f"{target.direction} {shown}"
    shown += f"{target.value:g}" if abs(target.value) < 1e5 else f"{target.value:.15g}"
    shown += "" if target.value_max is None else f" - {target.value_max:.15g}"
    shown += "" if target.of is None else f" of {target.of:.15g}"
    shown += f" {target.unit}" if target.unit else ""
    shown += f" per {target.per}" if target.per else ""
    shown += f" «{target.subject}»" if target.subject else ""
    shown += f" due {target.due}" if target.due else ""
    return f"{shown} (read from {quoted(target.text, 40)})" if isinstance(target, Target) else shown


def quoted(text: str, length: int) -> str:
    """Write a text in one line and in quotes; of a longer one both ends, `length` characters in all."""
    line = " ".join(text.split())
    if len(line) > length:
        tail = length // 3
        first = line[: length - tail - 3].rsplit(" ", 1)[0]
        last = line[-tail:].split(" ", 1)[-1]
        line = f"{first} … {last}"
    return f"“{line}”"


def deadline_identity(deadline: GoldDeadline | Deadline) -> tuple[object, ...]:
    """A key that is equal for two deadlines of one item that are the same."""
    note = deadline.note if isinstance(deadline, GoldDeadline) else None
    return deadline.kind, deadline.start, deadline.end, _parts(deadline.recurrence), note


def _parts(recurrence: str | None) -> frozenset[str] | None:
    """The parts of an RFC 5545 rule, lists within a part in one order; None without a rule."""
    if recurrence is None:
        return None
    parts = re.sub(r"^RRULE:", "", recurrence.upper()).replace(" ", "").split(";")
    named = (part.partition("=") for part in parts if part)
    return frozenset(f"{name}={','.join(sorted(value.split(',')))}" for name, _, value in named)


def _last_day(due: str | None) -> str | None:
    """The last day of a year given alone: "2025" and "2025-12-31" are one due date."""
    return f"{due}-12-31" if due is not None and re.fullmatch(r"\d{4}", due) else due


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
