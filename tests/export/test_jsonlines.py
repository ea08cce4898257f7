"""JSON Lines, read back by json."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.jsonlines import write_jsonlines
from pipeline.store.frames import frames
from tests.export.made import frame_of, texts
from tests.store.two_plans import FORMULA


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_rows_are_objects_with_typed_values(connection, tmp_path):
    (frame,) = frames(connection, ["plans"])
    write_jsonlines(frame, tmp_path / "plans.jsonl")
    first, second, _ = read(tmp_path / "plans.jsonl")
    assert list(first) == [column.name for column in frame.columns]
    assert first["title"] == FORMULA
    assert first["issued_on"] == "1885-07-05"
    assert first["loaded_at"] == "2026-01-02T03:04:05Z"
    assert first["signer_capacity"] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]
    assert first["is_current"] is True and first["page_count"] == 3
    assert second["title"] is None and second["page_count"] is None


def test_letters_are_real(connection, tmp_path):
    write_jsonlines(frames(connection, ["plans"])[0], tmp_path / "plans.jsonl")
    assert "Ủy ban nhân dân thành phố Hải Phòng" in (tmp_path / "plans.jsonl").read_text(encoding="utf-8")


def test_nested_dates_and_times_too(tmp_path):
    made = frame_of("a", {"a": "object"}, [({"on": date(2023, 1, 2), "at": datetime(2023, 1, 2, 3)},)])
    write_jsonlines(made, tmp_path / "a.jsonl")
    assert read(tmp_path / "a.jsonl") == [{"a": {"on": "2023-01-02", "at": "2023-01-02T03:00:00Z"}}]


def test_a_number_that_json_lacks_is_refused(tmp_path):
    with pytest.raises(ValueError):
        write_jsonlines(frame_of("a", {"a": "number"}, [(float("nan"),)]), tmp_path / "a.jsonl")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_text_comes_back_and_is_one_line(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("jsonl") / "a.jsonl"
    write_jsonlines(texts(*cells), path)
    assert [row["text"] for row in read(path)] == cells
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(cells)
