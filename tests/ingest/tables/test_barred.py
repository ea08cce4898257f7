"""Tables whose bars stand on lines of their own."""

from pipeline.ingest.text.reading import read_text

HEADER = "|\n**TT**\n|\n**Nhiệm\nvụ**\n|\n**Chủ trì**\n|\n**Thời gian**\n|\n"


def rows(text):
    """The cells of each row, empty ones too; None where no table stands."""
    _, (page,) = read_text(f"## A\n{text}")
    if not page.tables:
        return None
    (table,) = page.tables
    said = [""] * len(table.cells)
    for line in page.lines:
        for part in line.cells:
            said[part.cell] = f"{said[part.cell]} {line.text[part.start : part.end]}".strip()
    out = [[""] * 4 for _ in range(1 + max(cell.row for cell in table.cells))]
    for cell, words in zip(table.cells, said, strict=True):
        out[cell.row][cell.column] = words
    return out


def test_a_row_is_a_bar_and_cells_with_a_bar_behind_each():
    assert rows(
        f"{HEADER}|\n1\n|\nTrồng\ncây\n|\nSở Y tế\n|\nQuý I\n|\n|\n2\n|\nMua sách\n|\nSở Nội vụ\n|\n2026\n|"
    ) == [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"],
        ["1", "Trồng cây", "Sở Y tế", "Quý I"],
        ["2", "Mua sách", "Sở Nội vụ", "2026"],
    ]


def test_empty_cells_are_nothing_between_bars():
    assert rows(f"{HEADER}|\n1\n|\nTrồng cây\n|\n|\nQuý I\n|\n|\n2\n|\nMua sách\n|\nSở Nội vụ\n|\n|\n")[1:] == [
        ["1", "Trồng cây", "", "Quý I"],
        ["2", "Mua sách", "Sở Nội vụ", ""],
    ]


def test_two_bars_may_stand_on_one_line():
    assert rows(f"{HEADER}|\n1\n|\nTrồng cây\n|\nSở Y tế\n||\n|\n2\n|\nMua sách\n|\nSở Nội vụ\n|\n2026\n||\n")[1:] == [
        ["1", "Trồng cây", "Sở Y tế", ""],
        ["2", "Mua sách", "Sở Nội vụ", "2026"],
    ]


def test_merged_cells_are_written_once():
    text = f"{HEADER}|\nI\n|\nCây\n|\n|\n1\n|\nTrồng cây\n|\nSở Y tế\n|\nQuý I\n|"
    text += "\n|\nTưới cây\n|\nSở Nội vụ\n|\n|\n2\n|\nMua\n|\nNơi nhận:"
    assert rows(text)[1:] == [
        ["I", "Cây", "", ""],
        ["1", "Trồng cây", "Sở Y tế", "Quý I"],
        ["", "Tưới cây", "Sở Nội vụ", ""],
        ["2", "Mua", "", ""],
    ]


def test_what_stands_behind_the_last_row_is_no_cell():
    text = f"{HEADER}|\n1\n|\nTrồng cây\n|\nSở Y tế\n|\nQuý I\n|\nNơi nhận:\n- Như trên;\n"
    assert rows(text)[-1] == ["1", "Trồng cây", "Sở Y tế", "Quý I"]


def test_a_head_of_two_columns_is_no_table():
    assert rows("|\nỦY BAN\n|\nCỘNG HÒA\n|\n|\nSố: 5\n|\nHà Nội\n|\n") is None
