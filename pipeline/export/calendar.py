"""Deadlines as an iCalendar file (RFC 5545): an all-day event each, for the calendar of any agency.

Needs icalendar, of the extra "export". Events are dated by the plan, not by the clock: the same plans give the same
bytes, and a calendar that is read again recognises the events it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pipeline.export.text_forms import file_mark, one_line
from pipeline.schema import Agency, Deadline, Plan, Provision, Role
from pipeline.store.occurrences import DUE, Occurrence, occurrences

if TYPE_CHECKING:
    from icalendar import Event

_SUMMARY: Final = 90  # characters a calendar shows of an event
_LONGEST_SPAN: Final = timedelta(days=14)  # what lasts longer (a quarter) stands on the day it is due
_AGAIN: Final = timedelta(hours=12)  # how often a calendar that is subscribed to is asked for again
_UNDATED: Final = date(2000, 1, 1)  # for DTSTAMP, which every event must have
_WORDS: Final = ("FREQ", "BYDAY", "WKST")  # parts of a rule that are no numbers
_ROLES: Final = {
    Role.LEAD: "Chủ trì",
    Role.RESPONSIBLE: "Thực hiện",
    Role.COOPERATING: "Phối hợp",
    Role.DIRECTED: "Được chỉ đạo",
    Role.REPORTS_TO: "Nhận báo cáo",
}


@dataclass(frozen=True)
class CalendarEntry:
    """One deadline for the calendar: which of `provision.deadlines`, of which plan."""

    plan: Plan
    provision: Provision
    index: int

    @property
    def deadline(self) -> Deadline:
        """The deadline itself."""
        return self.provision.deadlines[self.index]


def entries(plan: Plan) -> list[CalendarEntry]:
    """List every deadline of a plan, in the order of its objectives and tasks."""
    found = [*plan.objectives, *plan.tasks]
    return [CalendarEntry(plan, provision, index) for provision in found for index in range(len(provision.deadlines))]


def events(items: Iterable[CalendarEntry], from_: date | None = None, to: date | None = None) -> Iterator[Event]:
    """Make events of deadlines; those without a day are left out.

    A rule stays a rule, whole, if an occurrence of it lies in the span; where spans of days recur, each is an event.

    Args:
        items: the deadlines.
        from_: the first day of the span, None for any.
        to: its last day, inclusive.
    """
    for entry in items:
        yield from _events(entry, from_, to)


def calendar(made: Iterable[Event], version: str, name: str = "") -> bytes:
    """Write events as iCalendar.

    Args:
        made: the events.
        version: that of kehoach.
        name: what a calendar that is subscribed to is called (RFC 7986); it is asked for again twice a day.
    """
    from icalendar import Calendar

    whole = Calendar()
    whole.add("PRODID", f"-//kehoach//kehoach {version}//VI")
    whole.add("VERSION", "2.0")
    whole.add("CALSCALE", "GREGORIAN")
    whole.add("METHOD", "PUBLISH")
    if name:
        name = " ".join(name.split())
        whole.add("NAME", name)
        whole.add("X-WR-CALNAME", name)  # the same, as most programs know it
        whole.add("REFRESH-INTERVAL", _AGAIN, parameters={"VALUE": "DURATION"})
        whole.add("X-PUBLISHED-TTL", "PT12H")
    for event in made:
        whole.add_component(event)
    written: bytes = whole.to_ical()
    return written


def _events(entry: CalendarEntry, from_: date | None, to: date | None) -> Iterator[Event]:
    metadata, deadline = entry.plan.metadata, entry.deadline
    due = occurrences(deadline, metadata.period, metadata.issued_on, from_, to)
    if not due:
        return
    if deadline.recurrence is None:
        yield _event(entry, due[0], "")
        return
    whole = occurrences(deadline, metadata.period, metadata.issued_on) or due
    if rule := _kept(deadline.recurrence, whole):
        event = _event(entry, replace(whole[0], start=whole[0].due), "")
        event.add("RRULE", rule)
        yield event
        return
    for one in due:
        yield _event(entry, one, f"-{one.due:%Y%m%d}")


def _kept(recurrence: str, due: list[Occurrence]) -> dict[str, list[str | int | date]] | None:
    """The rule up to its last day, as icalendar takes it, with the day its periods are due; None for spans of days."""
    parts = dict(part.split("=") for part in recurrence.strip().upper().removeprefix("RRULE:").split(";"))
    named = "BYDAY" in parts or "BYMONTHDAY" in parts
    if named and any(one.start != one.due for one in due):
        return None
    if not named:
        if "BYMONTH" in parts:
            return None
        parts |= DUE[parts["FREQ"]]
    kept: dict[str, list[str | int | date]] = {
        name: [one if name in _WORDS else int(one) for one in value.split(",")]
        for name, value in parts.items()
        if name not in ("COUNT", "UNTIL")
    }
    return kept | {"UNTIL": [due[-1].due]}


def _event(entry: CalendarEntry, due: Occurrence, suffix: str) -> Event:
    from icalendar import Event

    plan, provision = entry.plan, entry.provision
    start = due.start if due.due - due.start < _LONGEST_SPAN else due.due
    stamp = plan.metadata.issued_on or _UNDATED
    event = Event()
    place = f"{provision.id}/{entry.index + 1}{suffix}"
    event.add("UID", one_line(f"{plan.plan_id}/{place}-{file_mark(plan)}@kehoach"))
    event.add("DTSTAMP", datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC))
    event.add("DTSTART", start)
    if due.due < date.max:
        event.add("DTEND", due.due + timedelta(days=1))  # the day behind it; without one it is a day long
    event.add("SUMMARY", _shortened(one_line(provision.text)))
    event.add("DESCRIPTION", "\n".join(_description(entry, due)))
    event.add("CATEGORIES", _categories(entry))
    event.add("TRANSP", "TRANSPARENT")  # it takes nobody's time
    return event


def _shortened(text: str) -> str:
    """The text up to a word's end, with … where it goes on."""
    if len(text) <= _SUMMARY:
        return text
    head = text[: _SUMMARY - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:.") + "…"


def _description(entry: CalendarEntry, due: Occurrence) -> Iterator[str]:
    """Where it is from, what is due, and who has to do with it."""
    metadata, provision = entry.plan.metadata, entry.provision
    named = " ".join(one_line(part) for part in (metadata.document_type, metadata.number) if part)
    title = one_line(metadata.title)
    yield f"{named or one_line(entry.plan.source.file_name)}{': ' if title else ''}{title}"
    place = [f"Mục {one_line(provision.number)}"] if provision.number else []
    page = provision.evidence.page
    if place or page is not None:
        yield ", ".join([*place, *([f"trang {page}"] if page is not None else [])])
    yield one_line(provision.text)
    yield f"Thời hạn: {one_line(entry.deadline.text)}" + (" (không nêu ngày kết thúc)" if due.open_ended else "")
    for role, label in _ROLES.items():
        agencies = _names(provision.agencies, role)
        if agencies:
            yield f"{label}: {'; '.join(agencies)}"


def _categories(entry: CalendarEntry) -> list[str]:
    """Objective or task, and the agencies that have to do it."""
    goal = any(entry.provision is one for one in entry.plan.objectives)
    agencies = entry.provision.agencies
    return ["Mục tiêu" if goal else "Nhiệm vụ", *_names(agencies, Role.LEAD), *_names(agencies, Role.RESPONSIBLE)]


def _names(agencies: Iterable[Agency], role: Role) -> list[str]:
    """The agencies in a role, each in the plan's own words, with its full name where that is longer."""
    return list(dict.fromkeys(_named(agency) for agency in agencies if agency.role is role))


def _named(agency: Agency) -> str:
    printed, name = one_line(agency.printed), one_line(agency.name)
    return printed if printed.casefold() == name.casefold() else f"{printed} ({name})"
