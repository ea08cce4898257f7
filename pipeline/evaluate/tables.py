"""Comparing tables with gold, cell by cell, letter by letter; a cell is found by its row and column.

Gold keeps no text of documents that are not ours: a cell is the first digits of the hash of its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256

from pipeline.evaluate.gold import GoldTable
from pipeline.evaluate.tally import Difference, DifferenceKind, Score, ScoredKind, Tally
from pipeline.schema import Plan, TableRecord

DIGITS = 10


def digest(text: str) -> str:
    """Hash the text of a cell as gold keeps it, in hexadecimal; "" for an empty cell. Runs of spaces are one."""
    plain = " ".join(text.split())
    return sha256(plain.encode()).hexdigest()[:DIGITS] if plain else ""


def compare_tables(gold: Sequence[GoldTable], plan: Plan) -> Score:
    """Score the kinds of tables and their cells; a table is identified by the page it begins on and its order there."""
    result = Score({ScoredKind.TABLES: Tally(), ScoredKind.CELLS: Tally()})
    left = list(plan.tables)
    for wanted in gold:
        page = next(iter(wanted.pages), 1)  # a text has no pages
        found = next((one for one in left if _page(one) == page), None)
        if found is None:
            cells = sum(bool(cell) for row in [wanted.header, *wanted.rows] for cell in row)
            result += Score({ScoredKind.TABLES: Tally(fn=1), ScoredKind.CELLS: Tally(fn=cells)})
            result += Score({}, (_difference(DifferenceKind.MISSED, f"page {page}", wanted.kind, None),))
            continue
        left.remove(found)
        if found.kind == wanted.kind or found.kind in wanted.kind_alt:
            result += Score({ScoredKind.TABLES: Tally(tp=1)})
        else:
            result += Score(
                {ScoredKind.TABLES: Tally(fp=1, fn=1)},
                (_difference(DifferenceKind.WRONG, found.id, wanted.kind, found.kind),),
            )
        if wanted.rows:
            result += _cells(wanted, found)
    for extra in left:
        result += Score(
            {ScoredKind.TABLES: Tally(fp=1)}, (_difference(DifferenceKind.EXTRA, extra.id, None, extra.kind),)
        )
    return result


def _page(table: TableRecord) -> int:
    return next((place.page for place in table.places), None) or 1


def _difference(what: DifferenceKind, where: str, expected: str | None, got: str | None) -> Difference:
    return Difference(ScoredKind.TABLES, what, where, None, "", expected, got)


def _cells(gold: GoldTable, found: TableRecord) -> Score:
    printed = [[" ".join(cell.split()) for cell in row] for row in [found.header, *found.rows]]
    theirs = [tuple(digest(cell) for cell in row) for row in printed]
    ours = [tuple(gold.header), *(tuple(row) for row in gold.rows)]
    result = Score()
    for at, wanted, got in _rows(ours, theirs):
        for column in range(max(len(wanted or ()), len(got or ()))):
            one = wanted[column] if wanted and column < len(wanted) else ""
            two = got[column] if got and column < len(got) else ""
            if one == two:
                result += Score({ScoredKind.CELLS: Tally(tp=int(bool(one)))})
                continue
            text = printed[at][column] if at is not None and two else None
            what = DifferenceKind.WRONG if one and two else DifferenceKind.MISSED if one else DifferenceKind.EXTRA
            said = Difference(ScoredKind.CELLS, what, found.id, None, f"column {column + 1}", one or None, text)
            result += Score({ScoredKind.CELLS: Tally(fp=int(bool(two)), fn=int(bool(one)))}, (said,))
    return result


Cells = tuple[str, ...]


def _rows(ours: Sequence[Cells], theirs: Sequence[Cells]) -> Iterator[tuple[int | None, Cells | None, Cells | None]]:
    """The rows side by side; rows of one side alone stand beside nothing."""
    for _, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for step in range(max(b - a, d - c)):
            at = c + step if c + step < d else None
            yield at, ours[a + step] if a + step < b else None, theirs[at] if at is not None else None
