"""The main body of an Akoma Ntoso document: the numbered tree of a plan."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from pipeline.export.aknnames import ElementNames
from pipeline.export.inline_marks import InlineMark, write
from pipeline.export.text_forms import one_line
from pipeline.schema import Agency, Deadline, Plan, Provision, Section, StatedIn, Target

# The element of an item by what its printed number looks like; one in arabic numerals below another is smaller.
_WORDS = {"phần": "part", "chương": "chapter", "mục": "section", "điều": "article"}
_STYLES = (
    (re.compile(r"[IVXLC]+"), "section"),
    (re.compile(r"[A-ZĐ]"), "part"),
    (re.compile(r"\d+"), "paragraph"),
    (re.compile(r"[a-zđ]{1,2}"), "point"),
)
_BELOW = {("paragraph", "paragraph"): "subparagraph", ("paragraph", "subparagraph"): "level"}


def main_body(plan: Plan, names: ElementNames) -> ET.Element:
    """Build the main body: sections as a tree, the provisions in it as leaves, all in the order of the document.

    Args:
        plan: the plan.
        names: gives eIds and references; it grows.
    """
    return _BodyWriter(plan, names).build()


class _BodyWriter:
    """One body being written: the element of each section, and which sections are open."""

    def __init__(self, plan: Plan, names: ElementNames) -> None:
        self._names = names
        self._root = ET.Element("mainBody")
        self._sections = {section.id: section for section in plan.sections}
        self._elements: dict[str, ET.Element] = {}
        self._open: list[Section] = []
        self._plan = plan
        headed = [
            agency
            for provision in (*plan.objectives, *plan.tasks)
            for agency in provision.agencies
            if agency.stated_in is StatedIn.HEADING
        ]
        first = {(one.evidence.start, one.evidence.end): one for one in reversed(headed)}
        self._heading_marks = [self._organization(one) for one in first.values()]

    def build(self) -> ET.Element:
        goals = {id(one) for one in self._plan.objectives}
        for item, upcoming in _in_order(self._plan):
            if isinstance(item, Section):
                self._section(item)
            else:
                self._provision(item, "objective" if id(item) in goals else "task", upcoming)
        if not len(self._root):
            ET.SubElement(self._root, "p")  # the schema wants something
        return self._root

    def _section(self, section: Section) -> None:
        parent = self._sections.get(section.parent or "")
        while self._open and self._open[-1] is not parent:
            self._open.pop()
        above = self._elements.get(section.parent or "", self._root)
        element = self._item(above, section.number, parent.number if parent else None, "level")
        element.set("class", section.kind.value)
        write(ET.SubElement(element, "heading"), section.title, section.evidence, self._heading_marks)
        self._elements[section.id] = element
        self._open.append(section)

    def _provision(self, provision: Provision, kind: str, upcoming: Section | None) -> None:
        depth = self._depth(provision, upcoming)
        above = self._elements[self._open[depth - 1].id] if depth else self._root
        shared = _common([one.title for one in self._open[:depth]], provision.headings)
        for title in provision.headings[shared:]:
            above = self._group(above, title)
        number = provision.number if provision.ordinal is None else None
        outer = self._open[depth - 1].number if depth else None
        element = self._item(above, number, outer, "alinea" if provision.ordinal is None else "indent")
        element.set("class", kind)
        content = ET.SubElement(element, "content", {"eId": f"{element.attrib['eId']}__content"})
        write(ET.SubElement(content, "p"), provision.text, provision.evidence, self._marks(provision))

    def _depth(self, provision: Provision, upcoming: Section | None) -> int:
        """How many of the open sections the provision stands in: those its headings name.

        Never fewer than the next section does, as the order of the document would be lost.
        """
        titles = [one.title for one in self._open]
        above = self._sections.get(upcoming.parent or "") if upcoming else None
        floor = self._open.index(above) + 1 if above in self._open and above is not None else 0
        return max(_common(titles, provision.headings), floor)

    def _group(self, above: ET.Element, title: str) -> ET.Element:
        """A heading above the items that is no section of the plan: one element for those that follow on each other."""
        shown = one_line(title)
        last = above[-1] if len(above) else None
        if last is not None and last.get("class") == "heading" and last.findtext("heading") == shown:
            return last
        element = ET.SubElement(above, "level", {"class": "heading"})
        element.set("eId", self._names.eid("level", str(_place(above)), above.get("eId")))
        ET.SubElement(element, "heading").text = shown
        return element

    def _item(self, above: ET.Element, number: str | None, outer: str | None, unnumbered: str) -> ET.Element:
        """A new element with its number as printed: without the path of its section, none for the section's own."""
        own = number.removeprefix(f"{outer}.") if number and outer else number
        own = None if own == outer else own
        name = _element(own, above.tag) if own else unnumbered
        element = ET.SubElement(above, name)
        element.set("eId", self._names.eid(name, _bare(own) if own else str(_place(above)), above.get("eId")))
        if own:
            ET.SubElement(element, "num").text = one_line(own)
        return element

    def _marks(self, provision: Provision) -> list[InlineMark]:
        found = [self._organization(one) for one in provision.agencies]
        found += [mark for one in provision.deadlines if (mark := _date(one))]
        return [*found, *(self._quantity(one) for one in provision.targets)]

    def _organization(self, agency: Agency) -> InlineMark:
        attributes = (("refersTo", self._names.refer("Organization", agency.name)), ("class", agency.role.value))
        return InlineMark(agency.evidence, "organization", attributes)

    def _quantity(self, target: Target) -> InlineMark:
        unit = self._names.refer("Concept", one_line(target.unit) or "1")
        attributes = (("refersTo", unit), ("normalized", f"{target.value}"))
        return InlineMark(target.evidence, "quantity", attributes)


def _in_order(plan: Plan) -> Iterator[tuple[Section | Provision, Section | None]]:
    """Sections and provisions as they are printed, each with the section that comes next."""
    items: list[Section | Provision] = [*plan.sections, *plan.objectives, *plan.tasks]
    items.sort(key=lambda one: (one.evidence.start, not isinstance(one, Section)))
    sections = [index for index, one in enumerate(items) if isinstance(one, Section)]
    for index, item in enumerate(items):
        while sections and sections[0] <= index:
            sections.pop(0)
        upcoming = items[sections[0]] if sections else None
        yield item, upcoming if isinstance(upcoming, Section) else None


def _common(titles: Sequence[str], headings: Sequence[str]) -> int:
    """How many of the two begin alike."""
    count = 0
    for one, other in zip(titles, headings, strict=False):
        if one != other:
            break
        count += 1
    return count


def _bare(number: str) -> str:
    """The number without its word: "5" for "Điều 5"."""
    word, _, rest = number.partition(" ")
    return rest if rest and word.lower() in _WORDS else number


def _element(number: str, above: str) -> str:
    last = number.rpartition(".")[2].strip()
    word = _WORDS.get(last.partition(" ")[0].lower())
    if word:
        return word
    name = next((name for style, name in _STYLES if style.fullmatch(last)), "level")
    return _BELOW.get((name, above), name)


def _place(above: ET.Element) -> int:
    """The place of the newest element among those below `above` that are numbered or could be."""
    return sum(1 for one in above if one.tag not in ("num", "heading"))


def _date(deadline: Deadline) -> InlineMark | None:
    """A deadline with the one day it names: when it is due, else when it begins."""
    day = deadline.end or deadline.start
    return InlineMark(deadline.evidence, "date", (("date", day.isoformat()),)) if day else None
