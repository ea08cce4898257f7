"""The door: whole golds against whole plans."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import KehoachError
from pipeline.evaluate import ScoredKind, Tally, evaluate
from pipeline.evaluate.compare import compare
from pipeline.evaluate.tally import DifferenceKind, Score

Fields = dict[str, Any]
SHARED = Path(__file__).parents[3] / "shared" / "gold"
OWN = Path(__file__).parents[1] / "gold"

_words = st.sampled_from(["tổ", "chức", "hội", "nghị", "thư", "viện", "rà", "soát", "báo", "cáo", "kinh", "phí"])
_agency = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Sở Y tế", "Sở Tài chính", "Công an tỉnh", "các Sở, ngành liên quan"]),
        "role": st.sampled_from(["lead", "responsible", "cooperating", "directed", "reports_to"]),
        "optional": st.booleans(),
    }
)
_deadline = st.one_of(
    st.fixed_dictionaries({"kind": st.just("by"), "end": st.sampled_from(["2025-12-31", "2030-12-31"])}),
    st.just({"kind": "recurring", "recurrence": "FREQ=YEARLY"}),
    st.just({"kind": "recurring", "note": "periodic", "optional": True}),
)
_target = st.fixed_dictionaries(
    {
        "value": st.integers(1, 3),
        "unit": st.sampled_from(["%", "bản sách"]),
        "subject": st.sampled_from(["hộ nghèo", "thư viện"]),
        "due": st.sampled_from(["2025", "2030"]),
        "optional": st.booleans(),
    }
)
_item = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["I.1", "I.2", "II.1.a", None]),
        "text": st.lists(_words, min_size=1, max_size=20).map(" ".join),
        "agencies": st.lists(_agency, max_size=3),
        "deadlines": st.lists(_deadline, max_size=2),
        "targets": st.lists(_target, max_size=3),
    }
)
_gold = st.fixed_dictionaries(
    {"tasks": st.lists(_item, min_size=1, max_size=6), "objectives": st.lists(_item, max_size=4)}
)

ITEM_KINDS = (ScoredKind.TASKS, ScoredKind.OBJECTIVES)
CONTENT = [
    kind
    for kind in ScoredKind
    if kind not in (*ITEM_KINDS, ScoredKind.METADATA, ScoredKind.SUBJECTS, ScoredKind.TABLES, ScoredKind.CELLS)
]


@pytest.fixture(scope="session")
def compared(models: Callable[..., Any]) -> Callable[[Fields, Fields], Score]:
    """The result for a gold and a plan given as plain values."""
    return lambda gold, plan: compare(*models(gold, plan))


@given(_gold)
def test_the_plan_made_from_a_gold_is_all_right(
    compared: Callable[..., Score], plan_of: Callable[..., Fields], gold: Fields
) -> None:
    tallies = compared(gold, plan_of(gold)).tallies
    assert {kind for kind, tally in tallies.items() if tally.fp or tally.fn} == set()


@given(_gold, st.data())
def test_a_dropped_item_costs_recall_only(
    compared: Callable[..., Score], plan_of: Callable[..., Fields], gold: Fields, data: st.DataObject
) -> None:
    plan = plan_of(gold)
    plan["tasks"].pop(data.draw(st.integers(0, len(plan["tasks"]) - 1)))
    tally = compared(gold, plan).tallies[ScoredKind.TASKS]
    assert tally == Tally(len(gold["tasks"]) - 1, 0, 1)


@given(_gold, st.data())
def test_an_added_item_costs_precision_only(
    compared: Callable[..., Score], plan_of: Callable[..., Fields], gold: Fields, data: st.DataObject
) -> None:
    plan = plan_of(gold)
    at = data.draw(st.integers(0, len(plan["tasks"])))
    extra = plan_of({"tasks": [{"number": "X", "text": "hoàn toàn không liên quan gì"}]})["tasks"][0]
    plan["tasks"].insert(at, extra)
    assert compared(gold, plan).tallies[ScoredKind.TASKS] == Tally(len(gold["tasks"]), 1, 0)


@pytest.mark.slow
@given(_gold)
def test_every_counted_error_has_its_difference(
    compared: Callable[..., Score], plan_of: Callable[..., Fields], gold: Fields
) -> None:
    other = plan_of(gold)
    for item in other["tasks"]:
        item["number"] = "XX"
        item["agencies"] = item["agencies"][1:]
    result = compared(gold, other)
    listed = sum(one.what != DifferenceKind.NOTE for one in result.differences)
    tallies = [result.tallies[kind] for kind in (ScoredKind.NUMBERS, ScoredKind.AGENCIES)]
    counted = sum(max(tally.fp, tally.fn) for tally in tallies)
    assert listed == counted


def test_missed_item_loses_what_it_states(compared: Callable[..., Score], gold: Fields, plan: Fields) -> None:
    del plan["tasks"][0]
    lost = {kind: compared(gold, plan).tallies[kind].fn for kind in CONTENT}
    assert lost == {
        ScoredKind.NUMBERS: 1,
        ScoredKind.AGENCIES: 2,
        ScoredKind.AGENCY_NAMES: 2,
        ScoredKind.DEADLINES: 1,
        ScoredKind.TARGETS: 0,
        ScoredKind.RESULTS: 0,
    }


def test_extra_item_adds_what_it_states(compared: Callable[..., Score], gold: Fields, plan: Fields) -> None:
    del gold["tasks"][1]
    added = {kind: compared(gold, plan).tallies[kind].fp for kind in CONTENT}
    assert added == {
        ScoredKind.NUMBERS: 1,
        ScoredKind.AGENCIES: 1,
        ScoredKind.AGENCY_NAMES: 1,
        ScoredKind.DEADLINES: 1,
        ScoredKind.TARGETS: 0,
        ScoredKind.RESULTS: 0,
    }


@pytest.mark.parametrize("given_out", [True, False])
def test_optional_item_counts_nowhere(
    compared: Callable[..., Score], gold: Fields, plan: Fields, given_out: bool
) -> None:
    gold["optional_tasks"] = [gold["tasks"].pop()]
    if not given_out:
        plan["tasks"].pop()
    tallies = compared(gold, plan).tallies
    assert {kind for kind, tally in tallies.items() if tally.fp or tally.fn} == set()


def test_item_in_the_wrong_list_is_missed_and_extra(compared: Callable[..., Score], gold: Fields, plan: Fields) -> None:
    plan["objectives"].append(plan["tasks"].pop())
    tallies = compared(gold, plan).tallies
    assert (tallies[ScoredKind.TASKS], tallies[ScoredKind.OBJECTIVES]) == (Tally(1, 0, 1), Tally(1, 1, 0))


def test_item_in_the_wrong_list_is_said_once(compared: Callable[..., Score], gold: Fields, plan: Fields) -> None:
    plan["objectives"].append(plan["tasks"].pop())
    assert [one.why for one in compared(gold, plan).differences] == ["in the wrong list: objectives"]


def test_item_cut_short_is_shown_beside_the_right_one(
    compared: Callable[..., Score], gold: Fields, plan: Fields
) -> None:
    plan["tasks"][0]["text"] = "Chủ trì, phối hợp với Sở Tài chính"
    items = [one for one in compared(gold, plan).differences if one.kind == ScoredKind.TASKS]
    assert [(one.why, one.got) for one in items] == [("cut differently", "II.1-0 “Chủ trì, phối hợp với Sở Tài chính”")]


def test_item_swallowed_by_another_is_said_where_it_is(
    compared: Callable[..., Score], gold: Fields, plan: Fields
) -> None:
    long = " ".join(["rà soát quy hoạch mạng lưới thư viện công cộng toàn tỉnh đến từng xã"] * 4)
    gold["tasks"][0]["text"] = long
    plan["tasks"][0]["text"] = f"{long} {plan['tasks'].pop()['text']}"
    (missed,) = (one for one in compared(gold, plan).differences if one.kind == ScoredKind.TASKS)
    assert missed.why.startswith("its words stand in II.1-0")


def test_purpose_taken_for_a_task_is_said(compared: Callable[..., Score], gold: Fields, plan: Fields) -> None:
    gold["purposes"] = [gold["tasks"].pop()["text"]]
    assert [one.why for one in compared(gold, plan).differences] == ["a purpose in the gold"]


@pytest.fixture
def folders(tmp_path: Path, gold: Fields, plan: Fields) -> tuple[Path, Path]:
    """A folder of two golds and one of two perfect outputs."""
    golds, outputs = tmp_path / "gold", tmp_path / "outputs"
    for folder, content in ((golds, gold), (outputs, plan)):
        folder.mkdir()
        for stem in ("a", "b"):
            (folder / f"{stem}.json").write_text(json.dumps(content), encoding="utf-8")
    return golds, outputs


def test_folders_are_paired_by_stem(folders: tuple[Path, Path]) -> None:
    assert [one.name for one in evaluate(*folders).documents] == ["a", "b"]


def test_totals_are_sums(folders: tuple[Path, Path]) -> None:
    assert evaluate(*folders).totals[ScoredKind.TASKS] == Tally(4)


def test_one_gold_and_one_output_need_no_common_stem(folders: tuple[Path, Path]) -> None:
    assert evaluate(folders[0] / "a.json", folders[1] / "b.json").totals[ScoredKind.TASKS] == Tally(2)


def test_one_output_takes_its_gold_from_a_folder(folders: tuple[Path, Path]) -> None:
    assert [one.name for one in evaluate(folders[0], folders[1] / "b.json").documents] == ["b"]


def test_document_without_output_misses_everything(folders: tuple[Path, Path]) -> None:
    (folders[1] / "a.json").unlink()
    tallies = evaluate(*folders).documents[0].result.tallies
    assert {kind for kind, tally in tallies.items() if tally.tp or tally.fp} == set()


def test_an_output_with_the_whole_name_of_its_source_is_found(folders: tuple[Path, Path]) -> None:
    gold = json.loads((folders[0] / "a.json").read_text(encoding="utf-8"))
    (folders[0] / "a.json").write_text(json.dumps({**gold, "source": "a.docx"}), encoding="utf-8")
    expected = evaluate(*folders).documents[0].result.tallies
    (folders[1] / "a.json").rename(folders[1] / "a.docx.json")
    assert evaluate(*folders).documents[0].result.tallies == expected


def test_document_without_output_is_said(folders: tuple[Path, Path]) -> None:
    (folders[1] / "a.json").unlink()
    assert "there is no output a.json" in evaluate(*folders).render()


def test_unknown_key_of_a_gold_is_said(folders: tuple[Path, Path], gold: Fields) -> None:
    gold["tasks"][0]["agencies"][0]["optonal"] = True
    (folders[0] / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    assert "tasks.0.agencies.0.optonal" in evaluate(*folders).documents[0].notes[0]


@pytest.mark.parametrize(
    ("folder", "content", "code"),
    [
        (0, b"{", "E401"),
        (0, b'{"tasks": [{"number": "1", "agencies": [{"name": "x", "role": "boss"}]}]}', "E401"),
        (1, b"{}", "E402"),
        (1, b"\xff\xfe", "E402"),
    ],
)
def test_broken_file_is_a_coded_error(folders: tuple[Path, Path], folder: int, content: bytes, code: str) -> None:
    (folders[folder] / "a.json").write_bytes(content)
    with pytest.raises(KehoachError) as caught:
        evaluate(*folders)
    assert caught.value.code == code


def test_folder_without_gold_is_a_coded_error(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(KehoachError) as caught:
        evaluate(tmp_path / "none", folders[1])
    assert caught.value.code == "E403"


@pytest.mark.parametrize("which", [0, 1])
def test_path_that_is_not_there_is_a_coded_error(folders: tuple[Path, Path], which: int) -> None:
    paths = list(folders)
    paths[which] = paths[which] / "none"
    with pytest.raises(KehoachError) as caught:
        evaluate(*paths)
    assert caught.value.code == "E107"


def test_rendered_table_gives_the_figures(folders: tuple[Path, Path], plan: Fields) -> None:
    plan["tasks"].pop()
    (folders[1] / "a.json").write_text(json.dumps(plan), encoding="utf-8")
    row = next(line for line in evaluate(*folders).render().splitlines() if line.strip().startswith("tasks"))
    assert row.split() == ["tasks", "1.000", "0.500", "0.666", "1", "0", "1"]


def test_each_difference_is_one_line(folders: tuple[Path, Path], plan: Fields) -> None:
    plan["tasks"][1]["agencies"][0]["role"] = "lead"
    plan["tasks"][1]["agencies"][0]["evidence"]["quote"] = "Ủy ban\nnhân dân"
    (folders[1] / "a.json").write_text(json.dumps(plan), encoding="utf-8")
    (line,) = (line for line in evaluate(*folders).render().splitlines() if "| expected" in line)
    place, expected, got = line.split(" | ")
    assert place.startswith("  agencies wrong (role): II.2 (id II.2-1) “Báo cáo Ủy ban")
    assert expected == "expected Ủy ban nhân dân tỉnh [reports_to]"
    assert got == "got Ủy ban nhân dân tỉnh [lead] (in text: “Ủy ban nhân dân”)"


def test_figures_alone_show_no_word_of_a_document(folders: tuple[Path, Path], plan: Fields) -> None:
    plan["tasks"].pop()
    (folders[1] / "a.json").write_text(json.dumps(plan), encoding="utf-8")
    assert "expected" not in evaluate(*folders).render(differences=False)


def test_held_out_documents_have_a_table_of_their_own(folders: tuple[Path, Path], gold: Fields) -> None:
    (folders[0] / "b.json").write_text(json.dumps(gold | {"held_out": True}), encoding="utf-8")
    heads = [line for line in evaluate(*folders).render().splitlines() if line and line[0] != " "]
    assert heads == ["a", "b (held out)", "the 1 held out", "all 2 documents"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gold is not on this machine")
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.json")), ids=lambda path: path.stem)
def test_the_plan_made_from_a_real_gold_is_all_right(
    compared: Callable[..., Score], plan_of: Callable[..., Fields], path: Path
) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert compared(gold, plan_of(gold)).differences == ()


@pytest.mark.parametrize("path", sorted(OWN.glob("*.json")), ids=lambda path: path.stem)
def test_own_gold_is_well_written(path: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("out").mkdir()
    assert evaluate(path, tmp_path / "out").documents[0].notes[:-1] == ()
