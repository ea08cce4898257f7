"""The data files say what the code can read."""

from datetime import date

import pytest

from pipeline.register import lexicon, places, titles

MERGERS = lexicon.mergers()


def test_every_merger_names_known_kinds_and_sectors():
    ids = {one["id"] for one in lexicon._kinds()["named"] if "id" in one}
    for one in MERGERS["merger"]:
        for side in (*one["from"], one["into"]):
            kind, _, rest = side.partition(".")
            assert kind in titles()["kind"], side
            assert rest in titles()["sector"] or rest in ids, side


@pytest.mark.parametrize("table", ["merger", "ended", "under", "renamed_province"])
def test_every_change_has_a_day_and_a_source(table):
    assert MERGERS[table]
    for one in MERGERS[table]:
        assert isinstance(one["on"], date)
        assert one["source"]


def test_mergers_end():
    into = {old: one["into"] for one in MERGERS["merger"] for old in one["from"]}
    for start in into:
        seen, here = [], start
        while here in into:
            assert here not in seen
            seen.append(here)
            here = into[here]


def test_every_kind_sector_and_level_has_titles():
    kinds = {one["code"] for one in lexicon._kinds()["kind"]}
    assert kinds == set(titles()["kind"])
    for table in titles().values():
        assert all(title.vi and title.en for title in table.values())
    used = {one.get("sector") for one in (*lexicon._kinds()["kind"], *lexicon._kinds()["named"])} - {None}
    assert used <= set(titles()["sector"])


def test_named_agencies_positions_and_classes_are_of_known_kinds():
    kinds = set(titles()["kind"])
    table = lexicon._kinds()
    assert {one["kind"] for one in table["named"]} <= kinds
    assert {kind for kinds in table["positions"].values() for kind in kinds} - {"*"} <= kinds
    assert set(table["classes"].values()) <= kinds
    assert {one["kind"] for one in MERGERS["ended"]} - {"*"} <= kinds


def test_no_abbreviation_or_wording_means_two_sectors():
    seen = {}
    for code, one in lexicon._sectors().items():
        for text in [*map(lexicon._key, one["words"]), *(f"={short.lower()}" for short in one["short"])]:
            assert seen.setdefault(text, code) == code, text


def test_former_districts_lie_in_known_ones():
    for row in places._rows("pipeline.register", "former.csv"):
        assert row["how"] in ("merged", "renamed")
        assert all(f"{row['province']}-{code}" in places._districts() for code in row["into"].split(";")), row
