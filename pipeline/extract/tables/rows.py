"""Reading the cells of a table's row: agencies, deadlines, result, targets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.document import FieldRole, Passage, RowField
from pipeline.extract.tables.actors import Actors, actors_in
from pipeline.extract.tables.model import RowReading
from pipeline.extract.tables.row_figures import read_figures
from pipeline.extract.tables.row_times import read_times
from pipeline.extract.tables.shared_columns import parted, unparted
from pipeline.knowledge.passages import cell_words
from pipeline.language.folding import fold
from pipeline.schema import Role

ROLES = {
    FieldRole.LEAD: Role.LEAD,
    FieldRole.RESPONSIBLE: Role.RESPONSIBLE,
    FieldRole.COOPERATING: Role.COOPERATING,
    FieldRole.REPORTS_TO: Role.REPORTS_TO,
    FieldRole.MONITOR: Role.REPORTS_TO,
}


def read_row(fields: Sequence[RowField], terms: Mapping[str, str], year: int | None, issued: date | None) -> RowReading:
    """Read a row.

    Args:
        fields: its cells, without its number and its work.
        terms: abbreviations that the document defines, with their full forms.
        year: the plan's own, for times without one.
        issued: when the plan was issued.
    """
    out = RowReading()
    for one in fields:
        if one.passage is not None and one.role is FieldRole.RESULT and unparted(one, year, issued):
            out.doubt("W407", one.passage)
    fields = [part for one in fields for part in parted(one, year, issued)]
    filled = [(one, one.passage) for one in fields if one.passage is not None]
    for one, passage in filled:
        if role := ROLES.get(one.role):
            if said := _role_alone(passage.text):
                out.agencies = [(replace(agency, role=said), cell) for agency, cell in out.agencies]
                continue
            if _names_nobody(passage.text):
                if one.role in (FieldRole.LEAD, FieldRole.RESPONSIBLE):
                    out.doubt("W414", passage)
                continue
            actors = actors_in(passage, role, one.header, terms)
            if one.role is FieldRole.MONITOR:  # who does the work does not report to itself
                doing = {fold(agency.name) for agency, _ in out.agencies}
                actors = replace(
                    actors, agencies=[agency for agency in actors.agencies if fold(agency.name) not in doing]
                )
            _actors(out, actors, passage)
    out.times = read_times(out, fields, year, issued)
    out.results = [passage for one, passage in filled if one.role is FieldRole.RESULT]
    results = [cell for one, cell in filled if one.role is FieldRole.RESULT or _is_result(one)]
    out.result = "; ".join(cell.text for cell in results) or None
    read_figures(out, filled, year, issued)
    return out


def _is_result(one: RowField) -> bool:
    """Whether a column of figures is one of results too: "Dự kiến kết quả", in which some say no figure."""
    return one.role is FieldRole.FIGURE and bool(re.search(r"kết quả|sản phẩm|đầu ra", fold(one.header)))


def _role_alone(text: str) -> Role | None:
    """The role that a cell says and nothing else: of those in the cells before it."""
    folded = fold(text).strip(" .;:-")
    return next((Role(name) for name, rule in cell_words().roles_alone.items() if re.fullmatch(rule, folded)), None)


def _names_nobody(text: str) -> bool:
    """Whether a cell says that there is nobody: "Không" below "Cơ quan phối hợp"."""
    return bool(re.fullmatch(cell_words().nobody, fold(text).strip(" .;:-()")))


def _actors(out: RowReading, actors: Actors, cell: Passage) -> None:
    out.persons += [(person, cell) for person in actors.persons]
    out.agencies += [(agency, cell) for agency in actors.agencies]
    for start, end in actors.elsewhere:
        out.doubt("W414", cell, start, end)
    for agency in actors.agencies:
        if not agency.known:
            out.doubt("W306", cell, agency.start, agency.end)
