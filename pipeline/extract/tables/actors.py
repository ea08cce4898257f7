"""Who a cell names: persons and agencies, each in its role; in a column of both leads and partners the first leads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pipeline.document import Passage
from pipeline.extract.agencies.cells import CellAgency, agencies_in
from pipeline.extract.tables.persons import NamedPerson, persons_in
from pipeline.knowledge.passages import cell_words
from pipeline.language.folding import fold
from pipeline.schema import Role

NEAR = 4  # characters behind a name in which a colon stands


@dataclass(frozen=True, slots=True)
class Actors:
    """Who a cell names; `elsewhere` are the stretches that say where else it is named."""

    persons: Sequence[NamedPerson]
    agencies: Sequence[CellAgency]
    elsewhere: Sequence[tuple[int, int]]


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(getattr(cell_words(), key))


def actors_in(cell: Passage, role: Role, header: str, terms: Mapping[str, str]) -> Actors:
    """Read who a cell names.

    Args:
        cell: the cell's text.
        role: of its column.
        header: of its column.
        terms: abbreviations that the document defines, with their full forms.
    """
    persons = persons_in(cell, role)
    rest = _without(cell, [(one.start, one.end) for one in persons])
    elsewhere = [found.span() for found in _words("refers").finditer(fold(rest.text))]
    rest = _without(rest, elsewhere)
    agencies = agencies_in(rest, role, terms) if any(map(str.isalnum, rest.text)) else []
    agencies = _sharing(cell, agencies, role)
    if role is Role.RESPONSIBLE and _words("both").search(fold(header)):
        persons = [replace(one, role=own) for one, own in zip(persons, _parted(cell, persons), strict=True)]
        agencies = [replace(one, role=own) for one, own in zip(agencies, _parted(cell, agencies), strict=True)]
    return Actors(persons, agencies, elsewhere)


def _sharing(cell: Passage, agencies: Sequence[CellAgency], role: Role) -> list[CellAgency]:
    """The agencies, those before one whose role stands behind a colon with its role: "Sở A, Sở B: phối hợp"."""
    out = list(agencies)
    for at in range(len(out) - 2, -1, -1):
        one, after = out[at], out[at + 1]
        behind = fold(cell.text[after.end : after.end + NEAR]).lstrip()
        together = (
            one.role is role
            and after.role is not role
            and (behind.startswith(":") or out[at + 1] is not agencies[at + 1])
        )
        if together and not _ends_leads(cell, one.end, after.start):
            out[at] = replace(one, role=after.role)
    return out


def _without(cell: Passage, stretches: Sequence[tuple[int, int]]) -> Passage:
    """The cell with a separator in the place of each stretch, so that what is left keeps its place."""
    out, at = [], 0
    for start, end in stretches:
        out += [cell.text[at:start], ";".ljust(end - start)]
        at = end
    return Passage("".join([*out, cell.text[at:]]), cell.pieces, cell.page)


def _parted(cell: Passage, named: Sequence[NamedPerson | CellAgency]) -> list[Role]:
    """The roles of those in a column "Chủ trì/phối hợp": where the cell does not say otherwise, the first leads.

    Those before the first strong sign (a semicolon, a stroke, a line break) lead: "Sở A, Sở B; Sở C"; without one in
    the cell only the first does.
    """
    led = any(one.role is Role.LEAD for one in named)
    unsaid = [one for one in named if one.role is Role.RESPONSIBLE]
    ends = [_ends_leads(cell, one.end, two.start) for one, two in pairwise(unsaid)]
    leads = 0 if led else ends.index(True) + 1 if True in ends else 1
    leading = unsaid[:leads]
    return [
        one.role if one.role is not Role.RESPONSIBLE else Role.LEAD if one in leading else Role.COOPERATING
        for one in named
    ]


def _ends_leads(cell: Passage, start: int, end: int) -> bool:
    ends = [piece.at for piece in cell.pieces if start < piece.at <= end]
    broken = any(not cell.text[start:at].rstrip().endswith(",") for at in ends)  # else a name goes on in the next line
    return broken or bool(_words("leads_end").search(cell.text[start:end]))
