"""eIds of an Akoma Ntoso document, each given once, and references to what stands outside it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from pipeline.export.text_forms import one_line
from pipeline.language.folding import slug as folded_slug

# Prefixes of the naming convention (OASIS AKN-NC 1.0, section 5.4); the others are short as they are.
_SHORT = {
    "article": "art",
    "chapter": "chp",
    "section": "sec",
    "paragraph": "para",
    "subparagraph": "subpara",
    "level": "lvl",
    "citations": "cits",
    "citation": "cit",
    "blockList": "list",
}


def slug(text: str | None) -> str:
    """Write a text in ASCII letters, digits and hyphens, for an address; "" for None."""
    return folded_slug(one_line(text))


@dataclass
class ElementNames:
    """The eIds and references given so far; grows while a document is written."""

    _taken: set[str] = field(default_factory=set)
    _references: dict[tuple[str, str], ET.Element] = field(default_factory=dict)

    def eid(self, element: str, number: str | None, within: str | None = None) -> str:
        """Give an element its eId: "sec_III__para_1"; a second one of that name ends in "_2".

        Args:
            element: the prefix of the element's kind, such as "sec".
            number: the printed number, if any.
            within: the eId of the element above it.
        """
        name = _SHORT.get(element, element)
        if number is not None:
            name += "_" + (re.sub(r"[^\w]+", "-", number).strip("-") or "0")
        return self._unique(f"{within}__{name}" if within else name)

    def refer(self, kind: str, name: str, shown: str | None = None) -> str:
        """Give a reference "#..." to a thing outside the document.

        Args:
            kind: the element of its reference, such as Organization, Person or Role.
            name: what identifies it among its kind.
            shown: what a reader sees; None for the name.
        """
        known = self._references.get((kind, name))
        if known is None:
            eid = self._unique(f"{kind.lower()}-{slug(name) or 'unnamed'}")
            address = f"/akn/ontology/{kind.lower()}/vn/{slug(name) or 'unnamed'}"
            known = ET.Element(f"TLC{kind}", {"eId": eid, "href": address, "showAs": one_line(shown or name) or "?"})
            self._references[kind, name] = known
        return "#" + known.attrib["eId"]

    def references(self) -> list[ET.Element]:
        """All references given, as elements, in the order of the first use."""
        return list(self._references.values())

    def _unique(self, name: str) -> str:
        count, unique = 1, name
        while unique in self._taken:
            count += 1
            unique = f"{name}_{count}"
        self._taken.add(unique)
        return unique
