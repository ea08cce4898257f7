"""Tables against gold, cell by cell."""

import pytest

from pipeline.evaluate.gold import GoldTable
from pipeline.evaluate.tables import DIGITS, compare_tables, digest
from pipeline.evaluate.tally import DifferenceKind, ScoredKind
from pipeline.schema import Place, TableRecord
from tests.plans import a_plan

HEADER = ["TT", "Nhiệm vụ"]
ROWS = [["1", "Rà soát"], ["2", "Tập huấn"]]


def gold(rows=ROWS, kind="task", page=1, **fields):
    cells = [[digest(cell) for cell in row] for row in rows]
    header = [digest(cell) for cell in HEADER] if rows else []
    return GoldTable(pages=[page], kind=kind, header=header, rows=cells, **fields)


def found(rows=ROWS, kind="task", page=1, name="table-1"):
    places = [Place(page=page, box=None)]
    return TableRecord(id=name, kind=kind, reason="", title=None, header=HEADER, rows=rows, places=places)


def compared(wanted, got):
    return compare_tables(wanted, a_plan().model_copy(update={"tables": got}))


def counts(result, kind):
    one = result.tallies[kind]
    return one.tp, one.fp, one.fn


def whats(result, kind):
    return [one.what for one in result.differences if one.kind is kind]


def test_a_table_read_right_has_no_difference():
    result = compared([gold()], [found()])
    assert (counts(result, ScoredKind.TABLES), counts(result, ScoredKind.CELLS)) == ((1, 0, 0), (6, 0, 0))


def test_a_cell_read_wrong_is_one():
    result = compared([gold()], [found([["1", "Rà soát"], ["2", "Tập huấn x"]])])
    assert (counts(result, ScoredKind.CELLS), whats(result, ScoredKind.CELLS)) == ((5, 1, 1), [DifferenceKind.WRONG])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([ROWS[0]], (4, 0, 2), id="missed"),
        pytest.param([*ROWS, ["3", "Kiểm tra"]], (6, 2, 0), id="extra"),
        pytest.param([["1", "Rà soát", "x"], ROWS[1]], (6, 1, 0), id="an extra column"),
    ],
)
def test_rows_stand_side_by_side(rows, expected):
    assert counts(compared([gold()], [found(rows)]), ScoredKind.CELLS) == expected


def test_an_empty_cell_counts_for_nothing():
    result = compared([gold([["1", ""]])], [found([["1", ""]])])
    assert counts(result, ScoredKind.CELLS) == (3, 0, 0)


def test_a_missed_table_misses_its_cells():
    result = compared([gold()], [])
    assert (counts(result, ScoredKind.TABLES), counts(result, ScoredKind.CELLS)) == ((0, 0, 1), (0, 0, 6))


def test_an_extra_table_is_one_too_many():
    assert whats(compared([], [found()]), ScoredKind.TABLES) == [DifferenceKind.EXTRA]


def test_a_table_of_another_kind_is_wrong():
    assert whats(compared([gold(kind="target")], [found()]), ScoredKind.TABLES) == [DifferenceKind.WRONG]


def test_a_fair_reader_may_take_it_for_another():
    assert counts(compared([gold(kind="target", kind_alt=["task"])], [found()]), ScoredKind.TABLES) == (1, 0, 0)


def test_tables_are_found_by_their_page_and_their_order_there():
    tables = [found(page=2, kind="other"), found(page=2, name="table-2")]
    wanted = [gold(page=2, kind="other"), gold(page=2)]
    assert counts(compared(wanted, tables), ScoredKind.TABLES) == (2, 0, 0)


def test_a_gold_without_rows_compares_no_cells():
    assert counts(compared([gold([])], [found()]), ScoredKind.CELLS) == (0, 0, 0)


@pytest.mark.parametrize("text", ["Rà  soát", " Rà soát ", "Rà\nsoát"])
def test_runs_of_spaces_are_one(text):
    assert digest(text) == digest("Rà soát")


def test_a_digest_is_short_and_empty_for_nothing():
    assert (len(digest("x")), digest(" ")) == (DIGITS, "")


def test_a_table_of_a_text_stands_on_no_page():
    wanted = GoldTable(pages=[], kind="task")
    places = [Place(page=None, box=None)]
    result = compared([wanted], [found().model_copy(update={"places": places})])
    assert counts(result, ScoredKind.TABLES) == (1, 0, 0)
