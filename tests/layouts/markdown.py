"""A plan as Markdown with pipe tables, in the two ways that converters write merged cells.

docling repeats what a merged cell says in every cell it covers, and writes the second row of a header as the first row
of the table. Others say it once and leave the rest of the row empty; a cell that covers rows is repeated here too,
since nothing else would tell it from an empty one.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.layouts.lists import Counter
from tests.layouts.model import Annex, Block, Boxed, Framed, Grid, Listed, Made, Sides, covering


def write(made: Made, path: Path, repeats: bool = True) -> None:
    """Writes the plan; `repeats`: a cell that covers columns is said in each of them."""
    counter, notes = Counter(made.numbers), list[str]()
    lines = [line for block in made.blocks for line in (*_block(block, counter, notes, repeats), "")]
    foot = [f"[^{at}]: {note}" for at, note in enumerate(notes, start=1)]
    path.write_text("\n".join([*lines, *foot]), encoding="utf-8")


def write_text(made: Made, path: Path) -> None:
    """Writes the plan as plain text: the same without marks of Markdown."""
    write(made, path, repeats=False)
    marked = path.read_text(encoding="utf-8")
    marked = re.sub(r"^(?:#+ |\*\*(.*)\*\*$|\|(?: --- \|)+\n)", r"\1", marked, flags=re.MULTILINE)
    path.write_text(re.sub(r"\[\^(\d)\]:?", r"[\1]", marked), encoding="utf-8")


def _block(block: Block, counter: Counter, notes: list[str], repeats: bool) -> list[str]:
    """The lines of one block."""
    if isinstance(block, Sides):
        return [*block.left, "", *(line for line in block.right if line)]
    if isinstance(block, Annex):
        return [f"# {block.lines[0]}", "", *(f"**{line}**" for line in block.lines[1:])]
    if isinstance(block, Grid):
        return table(block, repeats)
    if isinstance(block, Boxed):
        return list(block.lines)
    if isinstance(block, Framed):
        return [line for one in block.blocks for line in (*_block(one, counter, notes, repeats), "")]
    if isinstance(block, Listed):
        notes += [block.note] * bool(block.note)
        mark = f"[^{len(notes)}]" if block.note else ""
        return [f"{'' if block.level else '## '}{counter.next(block.level)} {block.text}{mark}"]
    return [{"title": "# ", "heading": "## "}.get(block.style, "") + block.text]


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
