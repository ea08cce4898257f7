"""What people did to the values of a plan, in words, at the place where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pipeline.corrections import Corrected, Outcome, item_of
from pipeline.messages import Language, catalogue, say, say_of_item
from pipeline.schema.correction import REVIEWED, Correction
from pipeline.web.page.findings import figure, token_of, told_by
from pipeline.web.recurrences import recurrence_words

_ITEMS: Final = ("tasks", "objectives")


@dataclass(frozen=True)
class Told:
    """A correction in words, and what takes it back."""

    at: str
    by: str
    words: str
    where: str
    """The id of its item; "" for the record."""


class History:
    """The corrections of a plan by the place of what they are about, as the plan stands now."""

    def __init__(self, corrected: Corrected, language: Language) -> None:
        """Find the place of each correction."""
        self._language = language
        self._items = {
            f"{kind}/{item.id}": item.model_dump(mode="json", by_alias=True)
            for kind in _ITEMS
            for item in getattr(corrected.plan, kind)
        }
        self._made: dict[tuple[str, str], str] = {}
        self._gone: dict[str, list[Told]] = {}
        self.conflicts: list[Told] = []
        for one, outcome in corrected.outcomes:
            if outcome is Outcome.CONFLICT:
                self.conflicts.append(self._told(one, self._changed(one)))
            elif one.path != REVIEWED:
                self._take(one)

    def made(self, path: str, token: str) -> str:
        """What people did to the value of a path; "" where nobody did anything."""
        return self._made.get((path, token), "")

    def gone(self, item: str) -> list[Told]:
        """What people took out of an item, by its path; of the plan by "tasks" and "objectives"."""
        return self._gone.get(item, [])

    def _take(self, one: Correction) -> None:
        holder, _, name = self._path(one).rpartition("/")
        path = f"{holder}/{name}" if holder else name
        if one.new is None and isinstance(one.old, dict):
            self._gone.setdefault(holder or name, []).append(self._told(one, brief(name, one.old, self._language)))
        elif isinstance(one.new, dict) and holder in self._items and isinstance(self._items[holder].get(name), list):
            for value in self._items[holder][name]:
                if _has(value, one.new):
                    self._made[path, token_of(value)] = self._words(one, name)
        else:
            self._made[path, token_of(one.new)] = self._words(one, name)

    def _path(self, one: Correction) -> str:
        """The path of a correction in the plan as it is: its item may have another id by now."""
        kind, _, rest = one.path.partition("/")
        item, _, name = rest.rpartition("/")
        found = item_of(list(self._items.values()), item, one) if kind in _ITEMS and item else None
        place = next((path for path, other in self._items.items() if other is found), None)
        return f"{place}/{name}" if place else one.path

    def _words(self, one: Correction, name: str) -> str:
        about: dict[str, object] = {"by": one.by, "day": f"{one.at:%d/%m/%Y}"}
        if one.old == one.new:
            return say("desk.history.confirmed", self._language, **about)
        if one.old is None:
            return say("desk.history.added", self._language, **about)
        return say("desk.history.changed", self._language, old=brief(name, one.old, self._language), **about)

    def _changed(self, one: Correction) -> str:
        name = one.path.rpartition("/")[2]
        old, new = (brief(name, value, self._language) for value in (one.old, one.new))
        return f"{old} → {new}"

    def _told(self, one: Correction, words: str) -> Told:
        parts = one.path.split("/")
        where = parts[1] if parts[0] in _ITEMS and len(parts) == 3 else ""
        return Told(one.at.isoformat(), one.by, words, where)


def brief(name: str, value: object, language: Language) -> str:
    """A value in a few words, by the name of the field or list it stands in."""
    if isinstance(value, Mapping):
        return " · ".join(_parts(name, value, language)) or "–"
    if name == "kind" and isinstance(value, str) and f"kind.{value}" in catalogue():
        return say(f"kind.{value}", language)
    text = "–" if value is None else str(value)
    return text if len(text) <= 160 else f"{text[:159]}…"


def _parts(name: str, value: Mapping[str, Any], language: Language) -> Iterator[str]:
    if name == "doubts":
        code, params = str(value.get("code")), value.get("params") or {}
        yield say_of_item(code, language, **params) if code in catalogue() else code
        return
    for field in ("name", "text", "value"):
        said = value.get(field)
        if said is not None and not (field == "value" and "text" in value and name != "targets"):
            yield figure(said) if isinstance(said, int | float) else " ".join(str(said).split())[:120]
    if value.get("role"):
        yield say(f"role.{value['role']}", language)
    if value.get("unit"):
        yield str(value["unit"])
    if value.get("recurrence"):
        yield recurrence_words(str(value["recurrence"]), language)
    elif when := value.get("end") or value.get("start") or value.get("edtf"):
        yield _day(str(when))


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def _has(value: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether an element has all that a correction gave it."""
    return all(value.get(name) == one for name, one in told_by(new).items())
