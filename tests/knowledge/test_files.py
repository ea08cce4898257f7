"""Every file of the room says what it is, is read by a typed loader, and is refused with a key that nobody knows."""

import csv
import io
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline import knowledge
from pipeline.knowledge import agencies, documents, loading, passages, places

ROOM = Path(knowledge.__file__).parent
LOADERS: dict[str, Callable[[], object]] = {
    "agencies/abbreviations.toml": agencies.abbreviations,
    "agencies/bodies.toml": agencies.bodies,
    "agencies/groups.toml": agencies.groups,
    "agencies/kinds.toml": agencies.kinds,
    "agencies/mergers.toml": agencies.changes,
    "agencies/mined/behind.csv": agencies.behind_seen,
    "agencies/mined/by_hand.toml": agencies.by_hand,
    "agencies/mined/names.csv": agencies.names_seen,
    "agencies/mined/pairs.csv": agencies.pairs_seen,
    "agencies/names.toml": agencies.names,
    "agencies/persons.toml": agencies.person_words,
    "agencies/posts.toml": agencies.posts,
    "agencies/sectors.toml": agencies.sectors,
    "documents/citations.toml": documents.citation_words,
    "documents/columns.toml": documents.columns,
    "documents/furniture.toml": documents.page_furniture,
    "documents/numbering.toml": documents.numbering_styles,
    "documents/numerals.toml": documents.numeral_words,
    "documents/parts.toml": documents.parts,
    "documents/sections.toml": documents.section_titles,
    "documents/types.toml": documents.document_types,
    "passages/cells.toml": passages.cell_words,
    "passages/contrasts.toml": passages.contrast_words,
    "passages/doubts.toml": passages.doubt_words,
    "passages/figures.toml": passages.figure_words,
    "passages/tasks.toml": passages.task_words,
    "passages/times.toml": passages.time_words,
    "passages/words.toml": passages.word_uses,
    "places/communes.csv": lambda: list(places.communes()),
    "places/communes2025.csv": lambda: list(places.current_communes()),
    "places/districts.csv": places.districts,
    "places/former.csv": places.former_districts,
    "places/levels.toml": places.levels,
    "places/provinces.csv": places.provinces,
}


def _fresh(name: str) -> object:
    """What the loader of a file reads now, whatever it has kept."""
    loader = LOADERS[name]
    return getattr(loader, "__wrapped__", loader)()


def test_every_file_has_a_loader():
    files = [path for path in ROOM.rglob("*") if path.suffix in (".toml", ".csv", ".json", ".txt")]
    assert {str(path.relative_to(ROOM)) for path in files} - {"places/NOTICE.txt"} == set(LOADERS)


@pytest.mark.parametrize("name", LOADERS)
def test_the_head_says_what_it_is_who_reads_it_and_where_it_is_from(name):
    lines = (ROOM / name).read_text(encoding="utf-8").splitlines()
    head = [line for line in lines[: next(at for at, line in enumerate(lines) if not line.startswith("#"))]]
    assert len(head[0]) > 20
    assert any(line.startswith("# Who reads it: ") for line in head)
    assert any(line.startswith(("# Source: ", "# Sources: ", "# Made by ")) for line in head)


@pytest.mark.parametrize("name", LOADERS)
def test_it_is_read(name):
    assert _fresh(name)


@pytest.mark.parametrize("name", [name for name in LOADERS if name.endswith(".toml")])
def test_an_unknown_key_is_refused(name, monkeypatch):
    text = (ROOM / name).read_text(encoding="utf-8")
    first = next(iter(tomllib.loads(text).values()))
    by_name = isinstance(first, dict)  # its entries have the fields
    entry = "[unheard_of]\nunheard_of = 1\n" if by_name else "unheard_of = 1\n"
    monkeypatch.setattr(loading, "_text", lambda *path: f"{text}\n{entry}" if by_name else f"{entry}{text}")
    with pytest.raises(ValidationError, match="unheard_of"):
        _fresh(name)


@pytest.mark.parametrize("name", [name for name in LOADERS if name.endswith(".csv")])
def test_an_unknown_column_is_refused(name, monkeypatch):
    text = (ROOM / name).read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))[:1]
    out = io.StringIO()
    writer = csv.DictWriter(out, [*rows[0], "unheard_of"])
    writer.writeheader()
    writer.writerow({**rows[0], "unheard_of": "x"})
    monkeypatch.setattr(loading, "_text", lambda *path: out.getvalue())
    with pytest.raises(TypeError, match="unheard_of"):
        _fresh(name)
