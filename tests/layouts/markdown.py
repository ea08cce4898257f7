"""A plan as Markdown with pipe tables, in the two ways that converters write merged cells.

docling repeats what a merged cell says in every cell it covers, and writes the second row of a header as the first row
of the table. Others say it once and leave the rest of the row empty; a cell that covers rows is repeated here too,
since nothing else would tell it from an empty one.
"""

from __future__ import annotations

from pathlib import Path

from tests.layouts.model import Annex, Grid, Made, Sides, Text, covering


def write(made: Made, path: Path, repeats: bool = True) -> None:
    """Writes the plan; `repeats`: a cell that covers columns is said in each of them."""
    out: list[str] = []
    for block in made.blocks:
        if isinstance(block, Sides):
            out += [*block.left, "", *(line for line in block.right if line)]
        elif isinstance(block, Annex):
            out += [f"# {block.lines[0]}", "", *(f"**{line}**" for line in block.lines[1:])]
        elif isinstance(block, Grid):
            out += table(block, repeats)
        elif isinstance(block, Text):
            mark = {"title": "# ", "heading": "## "}.get(block.style, "")
            out.append(mark + block.text)
        out.append("")
    path.write_text("\n".join(out), encoding="utf-8")


def table(grid: Grid, repeats: bool) -> list[str]:
    """The lines of a pipe table."""
    rows = (*grid.header, *grid.rows)
    texts = [[""] * len(grid.widths) for _ in rows]
    for at, column, cell in covering(rows):
        for down in range(cell.rows):
            for right in range(cell.columns if repeats else 1):
                texts[at + down][column + right] = cell.text.replace("\n", "<br>").replace("|", "\\|")
    lines = ["| " + " | ".join(row) + " |" for row in texts]
    return [lines[0], "|" + " --- |" * len(grid.widths), *lines[1:]]
