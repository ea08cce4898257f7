"""Items of 1.x with their values, as 2.0 has them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from pipeline.schema.identities import CLOSING, UNDER_NO_NUMBER, Identities
from pipeline.schema.upgrade.knowledge import Knowledge, Raw
from pipeline.schema.upgrade.warnings import SortedWarnings, doubt_names

_BEHIND_NUMBER = re.compile(r"(?:~(?P<copy>\d+))?(?:-\d+)?(?:~\d+)?")
DOUBTFUL_READING = "W411", "doubtful_reading"


def number_item(identities: Identities, item: Raw, sections: Sequence[Raw]) -> tuple[str, int | None]:
    """Give an item its id, made of its printed number and its words.

    Args:
        identities: of the plan.
        item: of 1.x.
        sections: of 1.x; the heading that printed the number of an item without one of its own is among them.
    """
    closing = item["id"].startswith(f"{CLOSING}-") and not item["headings"]
    base = item["number"] or (CLOSING if closing else UNDER_NO_NUMBER)
    numbered = item["number"] is not None and item["ordinal"] is None
    behind = _BEHIND_NUMBER.fullmatch(item["id"].removeprefix(base))
    copy = int(behind["copy"] or 1) if behind else 1
    title = item["text"]
    if not numbered:
        titles = [one["title"] for one in sections if one["number"] is not None and one["number"] == item["number"]]
        title = titles[copy - 1] if copy <= len(titles) else (item["headings"] or [""])[-1]
    return identities.item(base, item["text"], numbered=numbered, holder=copy, title=title)


def evidence_of(old: Raw) -> Raw:
    """Evidence of 1.x, which did not say by what rule a value was made."""
    return {**old, "rule": None}


class ItemUpgrade:
    """Upgrades the items of one plan."""

    def __init__(
        self,
        knowledge: Knowledge,
        said: SortedWarnings,
        sections: Sequence[Raw],
        table_ids: Mapping[str, str],
        cells: Collection[str],
        scanned: Collection[int],
    ) -> None:
        """What is known of the plan.

        Args:
            knowledge: of its agencies.
            said: its warnings.
            sections: its headings, with their new ids.
            table_ids: the new id of each table by its old one.
            cells: what stands in the cells of tables of tasks and targets.
            scanned: the pages whose text was read from a picture, or restored.
        """
        self._knows = knowledge
        self._said = said
        self._table_ids = table_ids
        self._cells = cells
        self._scanned = scanned
        titles: dict[str, list[str]] = {}
        self._paths: list[tuple[list[str], Raw]] = []
        for one in sections:
            titles[one["id"]] = [*titles.get(one["parent"], []), one["title"]]
            self._paths.append((titles[one["id"]], one))

    def upgrade(self, item: Raw, identity: str, ordinal: int | None) -> Raw:
        """Upgrade an item.

        Args:
            item: of 1.x.
            identity: its new id.
            ordinal: its position among the items without a number of their own under its number.
        """
        doubts = self._doubts(item, identity)
        agencies = [self._agency(one, doubts) for one in item["agencies"]]
        deadlines = [self._deadline(one, item, doubts) for one in item["deadlines"]]
        targets = [self._target(one, item, doubts) for one in item["targets"]]
        unsure = DOUBTFUL_READING[1] in item["lowered_by"]
        trust = [self._trust("item", "item", item["evidence"], unsure)]
        trust += [one["confidence"] for one in (*agencies, *deadlines, *targets)]
        return {
            "id": identity,
            "section": self._section(item),
            "number": item["number"],
            "ordinal": ordinal,
            "headings": item["headings"],
            "text": item["text"],
            "agencies": agencies,
            "persons": [],
            "deadlines": deadlines,
            "targets": targets,
            "result": item.get("result"),
            "refers_to": [self._table_ids[one] for one in item.get("refers_to", [])],
            "doubts": doubts,
            "evidence": evidence_of(item["evidence"]),
            "confidence": min(trust),
        }

    def _section(self, item: Raw) -> str | None:
        """The last heading before the item whose path of titles its headings begin with, the longest of them."""
        found, length = None, 0
        for titles, section in self._paths:
            before = section["evidence"]["start"] <= item["evidence"]["start"]
            if before and len(titles) >= length and item["headings"][: len(titles)] == titles:
                found, length = section["id"], len(titles)
        return found

    def _doubts(self, item: Raw, identity: str) -> list[Raw]:
        """What the item's warnings and `lowered_by` say, each where it stands as far as the JSON tells."""
        doubts = [one | {"evidence": _place(one["params"].get("text"), item)} for one in self._said.doubts[identity]]
        said = {one["code"] for one in doubts}
        for name in item["lowered_by"]:
            code, evidence = doubt_names().get(name), None
            if name == DOUBTFUL_READING[1]:
                code, evidence = DOUBTFUL_READING[0], item["evidence"]
            if code is not None and code not in said:
                params = {"item": identity} | ({"text": "…"} if evidence is None and name not in _WITHOUT_TEXT else {})
                doubts.append({"code": code, "params": params, "evidence": evidence and evidence_of(evidence)})
        return doubts

    def _is_scan(self, evidence: Raw) -> bool:
        return (evidence["page"] or 1) in self._scanned

    def _trust(
        self, what: Literal["agency", "deadline", "target", "item"], how: str, evidence: Raw, doubted: bool
    ) -> float:
        words = self._said.unsure.get(evidence["page"], ())
        doubted = doubted or what != "item" and any(one in evidence["quote"].split() for one in words)
        return self._knows.confidence(what, how, scan=self._is_scan(evidence), doubted=doubted)

    def _agency(self, old: Raw, doubts: Sequence[Raw]) -> Raw:
        doubted = old["stated_in"] == "table" and _stands_at(doubts, old["evidence"])
        return {
            "name": old["name"],
            "printed": " ".join(old["evidence"]["quote"].split()),
            "key": self._knows.key(old["name"]),
            "role": old["role"],
            "stated_in": old["stated_in"],
            "confidence": self._trust("agency", old["stated_in"], old["evidence"], doubted),
            "evidence": evidence_of(old["evidence"]),
        }

    def _deadline(self, old: Raw, item: Raw, doubts: Sequence[Raw]) -> Raw:
        in_table = item["text"] in self._cells and old["text"] in self._cells
        inherited = not in_table and old["evidence"]["end"] <= item["evidence"]["start"]
        how = "table" if in_table else "inherited" if inherited else "own"
        years = {"year_from_title", "open_ended_period"} & set(item["lowered_by"])
        doubted = old["kind"] is None or bool(years) or _stands_at(doubts, old["evidence"])
        return {
            **{name: old[name] for name in ("text", "kind", "start", "end", "edtf", "recurrence")},
            "relative": self._knows.relative(old["text"]) if old["kind"] is None else None,
            "act": None,
            "inherited": inherited,
            "confidence": self._trust("deadline", how, old["evidence"], doubted),
            "evidence": evidence_of(old["evidence"]),
        }

    def _target(self, old: Raw, item: Raw, doubts: Sequence[Raw]) -> Raw:
        how = "table" if item["text"] in self._cells and old["statement"] == item["text"] else "text"
        doubted = old["subject"] is None or _stands_at(doubts, old["evidence"])
        trust = self._trust("target", how, old["evidence"], doubted)
        return {**old, "predicate": None, "confidence": trust, "evidence": evidence_of(old["evidence"])}


_WITHOUT_TEXT = ("year_from_title", "open_ended_period")


def _values(item: Raw) -> Iterator[Raw]:
    yield from (one for one in item["agencies"] if one["stated_in"] == "table")
    yield from (one for one in item["deadlines"] if one["kind"] is None)


def _place(text: str | None, item: Raw) -> Raw | None:
    """Where the words of a doubt stand: at the value of the item that begins with them; None where none does."""
    if text is None:
        return None
    for value in _values(item):
        if " ".join(value["evidence"]["quote"].split()).startswith(text):
            return evidence_of(value["evidence"])
    return None


def _stands_at(doubts: Sequence[Raw], evidence: Raw) -> bool:
    return any(one["evidence"] and one["evidence"]["start"] == evidence["start"] for one in doubts)
