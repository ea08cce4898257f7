"""From a form to corrections: which value is meant, what becomes of it, and who says so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pipeline.corrections import known_by
from pipeline.errors import EntryError, NotServedError, RequestFormError, ValueChangedError
from pipeline.schema import Comparison, DeadlineKind, Role
from pipeline.schema.correction import REVIEWED, TAKEN_BACK, Correction
from pipeline.web.desk.entries import agency_key, fields_of, read_day, read_figure, read_time
from pipeline.web.desk.shelf import OpenPlan
from pipeline.web.page.findings import token_of
from pipeline.web.page.questions import MISSING, settled_with

LISTS: Final = ("agencies", "persons", "deadlines", "targets", "doubts")
RECORD: Final = (
    "document_type", "number", "attached_to", "issuer", "parent_issuer", "place", "issued", "title", "period", "signer",
)  # fmt: skip
_TELLING: Final[Mapping[str, tuple[str, ...]]] = {
    "agencies": ("name", "printed", "role"),
    "persons": ("name", "post", "role"),
    "deadlines": ("text", "kind", "start", "end", "edtf", "recurrence", "relative"),
    "targets": ("text", "value", "value_max", "comparison", "unit", "of", "subject", "due"),
    "doubts": ("code", "params"),
}
"""What tells a value also when the document is read anew: not how sure it is, nor what its register adds."""
_LONGEST: Final = 4000  # characters of one field
_MOST: Final = 1000  # values at once
_NEXT: Final = timedelta(microseconds=1)
"""Between what was done to one value and to the next of several that were accepted at once."""


@dataclass(frozen=True)
class Meant:
    """A value of a plan that a form is about: `value` is JSON, `item` the JSON of the item it stands in."""

    path: str
    value: Any
    item: Mapping[str, Any] | None

    @property
    def name(self) -> str:
        """Of its field or list; "item" where it is a whole task or objective."""
        steps = self.path.split("/")
        return "item" if steps[0] in ("tasks", "objectives") and len(steps) == 2 else steps[-1]


def meant(opened: OpenPlan, path: str, token: str) -> Meant:
    """The value of a path that a token tells from the others there; without a token one that is to be added.

    Raises:
        NotServedError: there is no such place.
        ValueChangedError: the value is not there any more.
    """
    raw = opened.plan.model_dump(mode="json", by_alias=True)
    kind, _, rest = path.partition("/")
    if kind == "metadata" and rest in RECORD:
        return _unchanged(Meant(path, raw["metadata"][rest], None), token)
    if kind not in ("tasks", "objectives"):
        raise NotServedError(file=path[:200])
    name = rest.rpartition("/")[2] if rest.rpartition("/")[2] in LISTS else ""
    id_ = rest.removesuffix(f"/{name}") if name else rest
    item = next((one for one in raw[kind] if one["id"] == id_), None)
    if item is None:
        raise ValueChangedError(file=path[:200])
    if not name:
        return _unchanged(Meant(path, item["text"], item), token)
    if not token:
        return Meant(path, None, item)
    for value in item[name]:
        if token_of(value) == token:
            return Meant(path, value, item)
    raise ValueChangedError(file=path[:200])


def asked_by(one: Meant) -> Meant:
    """What a doubt asks to be filled in: a value to be added, or the text of its item; else itself."""
    lacks = MISSING.get(one.value["code"]) if one.name == "doubts" and one.value and one.item else None
    if lacks is None or one.item is None:
        return one
    path = one.path.removesuffix("/doubts")
    return Meant(path, one.item["text"], one.item) if lacks == "item" else Meant(f"{path}/{lacks}", None, one.item)


def several(opened: OpenPlan, sent: str) -> list[Meant]:
    """The values that are named by a JSON list of their paths and tokens.

    Raises:
        RequestFormError: it is none.
        ValueChangedError: one of them is not there any more.
    """
    try:
        named = [(str(path), str(token)) for path, token in json.loads(sent or "[]")]
    except (ValueError, TypeError, RecursionError) as error:
        raise RequestFormError(file=opened.name, problem="also") from error
    if len(named) > _MOST or not all(path and token for path, token in named):
        raise RequestFormError(file=opened.name, problem="also")
    return [meant(opened, path, token) for path, token in named]


def _unchanged(found: Meant, token: str) -> Meant:
    if token_of(found.value) != token:
        raise ValueChangedError(file=found.path[:200])
    return found


class Pen:
    """Makes the corrections of one reviewer at one moment: what is taken back together was made together.

    Of several values that are accepted at once each has a moment of its own, a microsecond behind the one before: one
    can be taken back alone, and what a reviewer did last is all of them.
    """

    def __init__(self, opened: OpenPlan, by: str, why: str = "") -> None:
        """Write as `by` about a plan, for the reason `why`."""
        self._opened = opened
        self._by = by
        self._why = " ".join(why.split())[:_LONGEST] or None
        self._at = datetime.now(UTC)

    def _made(self, path: str, old: Any, new: Any, item: Mapping[str, Any] | None = None) -> Correction:
        text = known_by(item["text"]) if item else None
        source = self._opened.machine.source.sha256
        return Correction(
            at=self._at, by=self._by, path=path, old=old, new=new, why=self._why, item_text=text, sha256=source
        )

    def accept(self, one: Meant) -> list[Correction]:
        """Say that a value is right; of a doubt that nothing is missing there."""
        if one.name == "doubts":
            return self.reject(one)
        if one.name in LISTS:
            told = _telling(one)
            return [self._made(one.path, told, told, one.item), *self._settled(one)]
        if one.name == "item":
            return [self._made(f"{one.path}/text", one.value, one.value, one.item)]
        return [self._made(one.path, one.value, one.value)]

    def accept_all(self, these: Iterable[Meant]) -> list[Correction]:
        """Say of several values that each is right."""
        made = []
        for one in these:
            made += self.accept(one)
            self._at += _NEXT
        return made

    def reject(self, one: Meant) -> list[Correction]:
        """Take a value out."""
        if one.name == "item" and one.item is not None:
            told = {"id": one.item["id"], "text": one.item["text"]}
            return [self._made(one.path.partition("/")[0], told, None)]
        if one.name in LISTS:
            return [self._gone(one), *self._settled(one)]
        if one.value is None:
            return []
        return [self._made(one.path, one.value, None)]

    def _gone(self, one: Meant) -> Correction:
        return self._made(one.path, {**_telling(one), "evidence": one.value["evidence"]}, None, one.item)

    def _settled(self, one: Meant) -> list[Correction]:
        """Take out what was doubtful about a value: who says something about it has looked at that."""
        if one.item is None or one.value is None or one.name in ("doubts", "persons"):
            return []
        path = f"{one.path.rpartition('/')[0]}/doubts"
        return [self._gone(Meant(path, doubt, one.item)) for doubt in settled_with(one.item, one.name, one.value)]

    def fill(self, one: Meant, fields: Mapping[str, str]) -> list[Correction]:
        """Edit what was asked for by a doubt of its item, which is settled by that.

        Raises:
            EntryError: what was typed is nothing that stands there.
        """
        path = f"{one.path}/doubts" if one.name == "item" else f"{one.path.rpartition('/')[0]}/doubts"
        doubts = [doubt for doubt in (one.item or {}).get("doubts", ()) if token_of(doubt) == fields.get("doubt")]
        gone = [self._gone(Meant(path, doubt, one.item)) for doubt in doubts[:1]]
        return [*gone, *self.edit(one, fields)]

    def edit(self, one: Meant, fields: Mapping[str, str]) -> list[Correction]:
        """Put what was typed in the place of a value, or add it where there is none.

        Raises:
            EntryError: what was typed is nothing that stands there.
        """
        if any(len(value) > _LONGEST for value in fields.values()):
            raise RequestFormError(file=one.path[:200], problem=f"> {_LONGEST}")
        if one.name == "item" and one.item is not None:
            return self._edit_item(one, one.item, fields)
        if one.name not in LISTS:
            return self._edit_record(one, fields)
        if one.name == "doubts":
            raise RequestFormError(file=one.path[:200], problem="doubts")
        new = {"agencies": self._agency, "persons": _person, "deadlines": self._deadline, "targets": _target}[one.name](
            one, fields
        )
        old = None if one.value is None else {**_telling(one), "evidence": one.value["evidence"]}
        if one.value is not None and all(one.value.get(name) == value for name, value in new.items()):
            return self.accept(one)
        return [self._made(one.path, old, new, one.item), *self._settled(one)]

    def _agency(self, one: Meant, fields: Mapping[str, str]) -> dict[str, Any]:
        name, role = _line(fields, "name"), _choice(fields, "role", [each.value for each in Role])
        if not name:
            raise EntryError(file=one.path, field="name", typed=name)
        if one.value is not None and one.value["name"] == name:
            return {"name": name, "role": role}
        return {"name": name, "role": role, "key": agency_key(name, self._opened.plan)}

    def _deadline(self, one: Meant, fields: Mapping[str, str]) -> dict[str, Any]:
        typed = _line(fields, "text")
        kind = fields.get("kind", "")
        if one.value is not None and typed == one.value["text"] and kind in ("", one.value["kind"]):
            return {name: one.value[name] for name in _TELLING["deadlines"] if name != "text"}
        made = fields_of(read_time(typed, self._opened.plan))
        if kind and kind != made["kind"]:
            made["kind"] = _choice(fields, "kind", [each.value for each in DeadlineKind])
            if made["kind"] == DeadlineKind.BY and made["end"]:  # what is due by a day begins on none
                made |= {"start": None, "edtf": f"../{made['end']}"}
        return made if one.value is not None else {"text": typed, **made}

    def _edit_item(self, one: Meant, item: Mapping[str, Any], fields: Mapping[str, str]) -> list[Correction]:
        text, kind = _line(fields, "text"), one.path.partition("/")[0].removesuffix("s")
        asked = _choice(fields, "kind", ["task", "objective"])
        if not text:
            raise EntryError(file=one.path, field="text", typed=text)
        made = []
        if asked != kind:
            made.append(self._made(f"{one.path}/kind", kind, asked, item))
        if text != " ".join(item["text"].split()) or not made:
            made.append(self._made(f"{one.path}/text", item["text"], text, item))
        return made

    def _edit_record(self, one: Meant, fields: Mapping[str, str]) -> list[Correction]:
        typed: Any = _line(fields, "value") or None
        if one.name in ("issuer", "parent_issuer") and typed:
            typed = {"name": typed}
        elif one.name == "signer" and typed:
            capacity = one.value["capacity"] if one.value else []
            typed = {"name": typed, "position": _line(fields, "position") or None, "capacity": capacity}
        elif one.name == "issued":
            edtf, day = read_day(typed) if typed else (None, None)
            was = self._opened.plan.metadata.issued_on
            old_day = was.isoformat() if was else None
            made = [self._made(one.path, one.value, edtf)]
            return made if day == old_day else [*made, self._made("metadata/issued_on", old_day, day)]
        return [self._made(one.path, one.value, typed)]

    def take_back(self, at: str = "") -> list[Correction]:
        """Take back what was made at a moment, by anyone; without one what this reviewer did last."""
        own = [
            one
            for one, _ in self._opened.corrected.outcomes
            if (one.at.isoformat() == at if at else one.by == self._by)
        ]
        found: list[Correction] = []
        for one in sorted(own, key=lambda one: one.at, reverse=True):
            if found and found[-1].at - one.at > _MOST * _NEXT:
                break
            found.append(one)
        moments = dict.fromkeys((one.at, one.by) for one in found)
        return [self._made(TAKEN_BACK, {"at": at.isoformat(), "by": by}, None) for at, by in moments]

    def done(self) -> list[Correction]:
        """Say that the plan is reviewed, or no longer where it was; what was said of another document goes."""
        marks = [one for one, _ in self._opened.corrected.outcomes if one.path == REVIEWED]
        gone = [self._made(TAKEN_BACK, {"at": one.at.isoformat(), "by": one.by}, None) for one in marks]
        return gone if self._opened.reviewed else [*gone, self._made(REVIEWED, None, True)]


def _telling(one: Meant) -> dict[str, Any]:
    if one.value is None:  # nothing was named
        raise ValueChangedError(file=one.path[:200])
    return {name: one.value[name] for name in _TELLING[one.name]}


def _line(fields: Mapping[str, str], name: str) -> str:
    return " ".join(fields.get(name, "").split())


def _choice(fields: Mapping[str, str], name: str, known: list[str]) -> str:
    value = fields.get(name, "")
    if value not in known:
        raise EntryError(file="form", field=name, typed=value[:80])
    return value


def _person(one: Meant, fields: Mapping[str, str]) -> dict[str, Any]:
    name = _line(fields, "name")
    if not name:
        raise EntryError(file=one.path, field="name", typed=name)
    return {
        "name": name,
        "post": _line(fields, "post") or None,
        "role": _choice(fields, "role", [each.value for each in Role]),
    }


def _target(one: Meant, fields: Mapping[str, str]) -> dict[str, Any]:
    value, most = read_figure(fields.get("value", ""), "value"), read_figure(fields.get("value_max", ""), "value_max")
    if value is None or (most is not None and most < value):
        raise EntryError(file=one.path, field="value", typed=_line(fields, "value" if value is None else "value_max"))
    made: dict[str, Any] = {
        "value": value,
        "value_max": most,
        "comparison": _choice(fields, "comparison", [each.value for each in Comparison]),
        "unit": _line(fields, "unit") or None,
        "subject": _line(fields, "subject") or None,
        "due": _line(fields, "due") or None,
    }
    return (
        made
        if one.value is not None
        else {"text": " ".join(filter(None, (_line(fields, "value"), made["unit"]))), **made}
    )
