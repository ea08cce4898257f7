"""Tables built column by column: what each row prints and what it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.layouts import words
from tests.layouts.model import Cell, Item, Row, Time

AGENT = {"lead": "lead", "responsible": "responsible", "cooperating": "cooperating"}
WIDTHS = {"number": 1.0, "text": 5.5, "time": 2.2, "start": 1.6, "finish": 1.6, "note": 1.8, "result": 2.4}
ROMAN = ("I", "II", "III", "IV", "V")


@dataclass(frozen=True)
class Value:
    """A cell of one row: what it prints, None where a cell above runs on, and what it means."""

    printed: str | None
    agencies: tuple[str, ...] = ()
    times: tuple[Time, ...] = ()
    result: str | None = None
    rows: int = 1


Record = dict[str, Value]
Section = tuple[str | None, Sequence[Record]]


def record(rng: Random, columns: Sequence[str], at: int, empty: float = 0.0, seen: Sequence[str] = ()) -> Record:
    """One row, its work not among those `seen`; cells but those of number and work stay empty with a chance."""
    work = words.sentence(rng)
    while work in seen:
        work = words.sentence(rng)
    made = {"text": Value(work)}
    for kind in columns:
        if kind in made or kind in ("number", "start", "finish"):
            continue
        if rng.random() < empty:
            made[kind] = Value("")
        elif kind in AGENT:
            but = " ".join(value.printed or "" for value in made.values())
            most = 2 if kind == "lead" else 3
            made[kind] = Value(*words.agencies(rng, most, kind == "cooperating", but))
        elif kind == "time":
            time = words.time(rng, at % words.KINDS)
            made[kind] = Value(time.printed, times=(time,))
        elif kind == "result":
            product = rng.choice(words.PRODUCTS)
            made[kind] = Value(product, result=product)
        else:
            made[kind] = Value(rng.choice(("", "Đường truyền", "Thiết bị, đường truyền")))
    if "start" in columns:
        made.update(_from_to(rng))
    return made


def _from_to(rng: Random) -> Record:
    """A beginning and an end, or an end alone."""
    start, finish = rng.randint(2, 6), rng.randint(7, 12)
    end = words.month(finish)
    if rng.random() < 0.3:
        return {"start": Value(""), "finish": Value(end.printed, times=(end,))}
    both = words.between(start, finish)
    return {"start": Value(f"{start}/{words.YEAR}"), "finish": Value(end.printed, times=(both,))}


def merged(rng: Random, records: Sequence[Record], kind: str) -> None:
    """Makes cells of a column hold for up to five rows."""
    for run in _runs(rng, len(records)):
        first = records[run[0]][kind]
        records[run[0]][kind] = replace(first, rows=len(run))
        for at in run[1:]:
            records[at][kind] = replace(first, printed=None)


def same_as_above(rng: Random, records: Sequence[Record], kind: str) -> None:
    """Prints a mark for "the cell above" in all but the first of some rows."""
    for run in _runs(rng, len(records)):
        first = records[run[0]][kind]
        if first.printed:
            for at in run[1:]:
                records[at][kind] = replace(first, printed=rng.choice(words.DITTO))


def _runs(rng: Random, count: int) -> list[range]:
    out, at = [], 0
    while at < count:
        size = min(rng.randint(1, 5), count - at)
        out.append(range(at, at + size))
        at += size
    return out


def item(number: str | None, headings: tuple[str, ...], made: Record) -> Item:
    """What a row means."""
    return Item(
        number=number,
        text=made["text"].printed or "",
        headings=headings,
        result=made["result"].result if "result" in made else None,
        agencies=tuple((name, AGENT[kind]) for kind in AGENT if kind in made for name in made[kind].agencies),
        times=tuple(time for kind in ("time", "finish") if kind in made for time in made[kind].times),
    )


def table(
    rng: Random, columns: Sequence[str], sections: Sequence[Section], above: str | None = None
) -> tuple[tuple[Row, ...], tuple[Item, ...]]:
    """The rows of a task table, and the tasks they mean; `above` is the number of the section or annex."""
    out: list[Row] = []
    items: list[Item] = []
    dot, restart, at = rng.choice(("", ".")), rng.random() < 0.5, 0
    own = rng.random() < 0.5 and columns[0] == "number"  # the section's number stands in the number column
    for index, (title, records) in enumerate(sections):
        roman = ROMAN[index] if title else None
        if title:
            out.append(_heading(str(roman), title, len(columns), own))
            at = 0 if restart else at
        for made in records:
            at += 1
            made = {**made, "number": Value(f"{at}{dot}")}
            out.append(tuple(_cell(made[kind]) for kind in columns))
            path = [above, roman, str(at) if "number" in columns else None]
            number = ".".join(part for part in path if part) or None
            items.append(item(number, (title,) if title else (), made))
    return tuple(out), tuple(items)


def _cell(value: Value) -> Cell | None:
    return None if value.printed is None else Cell(value.printed, rows=value.rows)


def _heading(roman: str, title: str, columns: int, own: bool) -> Row:
    if own:
        return (Cell(roman, bold=True), Cell(title, columns=columns - 1, bold=True), *(None,) * (columns - 2))
    return (Cell(f"{roman}. {title}", columns=columns, bold=True), *(None,) * (columns - 1))


def widths(columns: Sequence[str]) -> tuple[float, ...]:
    return tuple(WIDTHS.get(kind, 2.6) for kind in columns)


def header(rng: Random, columns: Sequence[str], over: dict[str, Sequence[str]] | None = None, **own: str) -> list[Row]:
    """The header; `over` maps a word to the neighbours below it, `own` gives wordings that are not drawn."""
    texts = [own.get(kind) or rng.choice(words.HEADERS[kind]) for kind in columns]
    if not over:
        return [tuple(Cell(text, bold=True) for text in texts)]
    upper: list[Cell | None] = [Cell(text, rows=2, bold=True) for text in texts]
    lower: list[Cell | None] = [None] * len(columns)
    for word, below in over.items():
        for kind in below:
            at = columns.index(kind)
            upper[at], lower[at] = None, Cell(texts[at], bold=True)
        upper[columns.index(below[0])] = Cell(word, columns=len(below), bold=True)
    return [tuple(upper), tuple(lower)]


def counted(columns: Sequence[str]) -> Row:
    """The row of column numbers under a header."""
    return tuple(Cell(f"({at})") for at in range(1, len(columns) + 1))


def sections(
    rng: Random,
    columns: Sequence[str],
    sizes: Sequence[int],
    titles: bool,
    fill: Callable[[list[Record]], None] = lambda records: None,
    empty: float = 0.0,
) -> list[Section]:
    """Records in sections of these sizes, without titles in one; `fill` changes those of each section."""
    names = rng.sample(words.SECTIONS, len(sizes)) if titles else [None] * len(sizes)
    out: list[Section] = []
    seen: list[str] = []
    for name, size in zip(names, sizes, strict=True):
        records = []
        for _ in range(size):
            records.append(record(rng, columns, len(seen), empty, seen))
            seen.append(records[-1]["text"].printed or "")
        fill(records)
        out.append((name, records))
    return out
