"""Search results and the calendar as text for the terminal and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from pipeline.language.normal import nfc
from pipeline.messages import Language, say, visible
from pipeline.store.managing import SHORT
from pipeline.store.query.agenda import AgendaEntry
from pipeline.store.query.listing import PlanEntry, VersionEntry
from pipeline.store.query.results import Hit, PlanHit


def hit_json(hit: Hit) -> str:
    """Write a hit as one line of JSON; dates as ISO 8601."""
    return json.dumps(asdict(hit), ensure_ascii=False, default=str)


def plan_json(hit: PlanHit) -> str:
    """Write a plan that was found as one line of JSON; its "kind" tells it from the items."""
    return json.dumps({"kind": "plan", **asdict(hit)}, ensure_ascii=False, default=str)


def entry_json(entry: AgendaEntry | PlanEntry) -> str:
    """Write an entry of the calendar, or of the list of plans, as one line of JSON; dates as ISO 8601."""
    return json.dumps(asdict(entry), ensure_ascii=False, default=str)


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)


def print_hits(hits: Sequence[Hit], language: Language) -> None:
    """Print each plan once, below it the items found in it, best plan first.

    Items found by their words stand best first, those found by filters alone in the order of their plan.
    """
    console = _console()
    order = {plan: at for at, plan in reversed(list(enumerate(hit.plan for hit in hits)))}
    for _, group in groupby(sorted(hits, key=lambda hit: order[hit.plan]), key=lambda hit: hit.plan):
        of_plan = list(group)
        if not any(hit.passage.marks for hit in of_plan):
            of_plan.sort(key=lambda hit: hit.provision)
        _print(console, _plan_line(of_plan[0], language))
        for hit in of_plan:
            _print(console, _item(hit, language), "  ")


def print_plans(hits: Sequence[PlanHit], language: Language) -> None:
    """Print the plans found by their names, a line each, with what of them has the words."""
    console = _console()
    for hit in hits:
        line = _plan_line(hit, language)
        by = say(f"cli.search.by.{hit.by}", language)
        _print(console, line.append(f"  {by}", "cyan"))


def _print(console: Console, text: Text, indent: str = "") -> None:
    """Print a text wrapped and indented, without the blanks that rich pads lines with."""
    text.plain = visible(text.plain, lines=True)
    for line in text.wrap(console, console.width - len(indent)):
        line.rstrip()
        console.print(Text(indent).append_text(line), soft_wrap=True)


def _plan_line(hit: Hit | PlanHit, language: Language) -> Text:
    issued = hit.issued_on.strftime("%d/%m/%Y") if hit.issued_on else None
    if isinstance(hit, Hit):
        number, issuer, title = hit.plan_number, hit.issuer or hit.province, hit.plan_title
    else:
        number, issuer, title = hit.number, hit.issuer, hit.title
    parts = [number or hit.attached_to or hit.file_name, issuer, issued, title]
    line = Text(" · ".join(part for part in parts if part))
    line.stylize("bold", 0, len(parts[0] or ""))
    if not hit.is_current:
        status = say(f"status.{hit.status}", language)
        line.append(" ").append(say("cli.search.superseded", language, status=status), "red")
    return line


def _item(hit: Hit, language: Language) -> Text:
    page = "" if hit.page is None else say("cli.search.page", language, page=hit.page)
    where = f"{hit.ref} ({page})" if page else hit.ref
    line = Text(f"{where}  ", "cyan")
    said = Text(hit.passage.text, "default")
    for start, end in hit.passage.marks:
        said.stylize("bold yellow", start, end)
    line.append_text(said)
    for printed, name, role in dict.fromkeys((one.printed, one.agency, one.role) for one in hit.assigned):
        line.append("\n    ").append(say(f"role.{role}", language), "magenta").append(f": {beside(printed, name)}")
    for due in hit.deadlines:
        until = due.end.strftime("%d/%m/%Y") if due.end else due.recurrence
        line.append("\n    ").append(say("kind.deadline", language), "magenta").append(f": {due.text}")
        line.append(f" [{until}]" if until else "")
    for goal in hit.targets:
        line.append("\n    ").append(say("kind.target", language), "magenta").append(f": {_goal(goal)}")
    return line


def beside(printed: str, registered: str) -> str:
    """An agency in the plan's own words, and beside them the register's name where that is another."""
    return printed if nfc(printed).casefold() == nfc(registered).casefold() else f"{printed} [{registered}]"


def _goal(goal: Any) -> str:
    subject = f" – {goal.subject}" if goal.subject else ""
    due = f" ({goal.due})" if goal.due else ""
    return f"{goal.text}{subject}{due}"


def print_entries(entries: Iterable[PlanEntry], language: Language) -> None:
    """Print each plan, below it its versions, with why the first counts."""
    console = _console()
    for entry in entries:
        parts = [entry.number or entry.attached_to or entry.plan_id, entry.issuer, entry.issued, entry.title]
        line = Text(" · ".join(part for part in parts if part))
        line.stylize("bold", 0, len(parts[0] or ""))
        _print(console, line)
        for one in entry.versions:
            _print(console, _version_line(one, entry.why, language), "  ")


def _version_line(one: VersionEntry, why: str | None, language: Language) -> Text:
    line = Text(f"{one.sha256[:SHORT]}  ", "cyan").append(f"{one.file_name}  ", "default")
    status = say(f"status.{one.status}", language)
    line.append(say("cli.plans.version", language, status=status, items=one.items, doubts=one.doubts))
    if one.cut_off:
        line.append(", ").append(say("cli.plans.cut_off", language), "red")
    if why and one.is_current:
        line.append("  ").append(say(f"cli.plans.why.{why}", language), "green")
    return line


def print_agenda(entries: Iterable[AgendaEntry], language: Language) -> int:
    """Print each day once, below it what falls due.

    Returns:
        The number of entries.
    """
    console = _console()
    count = 0
    for due, group in groupby(entries, key=lambda entry: entry.due):
        console.print(Text(due.strftime("%d/%m/%Y"), "bold"))
        for entry in group:
            count += 1
            line = Text(f"{entry.plan_number or entry.attached_to or entry.file_name} {entry.ref}", "cyan")
            doers = "; ".join(map(beside, entry.agencies, entry.registered))
            line.append(f"  {doers}: " if doers else "  ", "magenta")
            line.append(entry.text if len(entry.text) <= 200 else entry.text[:199].rsplit(" ", 1)[0] + " …")
            line.append(f"  [{entry.deadline}]", "dim")
            if entry.open_ended:
                line.append(" ").append(say("cli.calendar.open", language), "dim")
            _print(console, line, "  ")
    return count
