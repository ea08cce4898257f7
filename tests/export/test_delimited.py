"""CSV, read back by csv and pandas; no text of it is a formula."""

import csv
import json
import unicodedata

import pandas
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.delimited import write_csv
from pipeline.spreadsheets import defuse, restore
from pipeline.store.frames import frames
from tests.cases import cases
from tests.export.made import frame_of, texts
from tests.store.two_plans import FORMULA, LONG, QUOTED

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LIKE_FORMULA = st.text(st.sampled_from("=+-@＝＋－＠﹣'\"\t\r\n \u00a0\u3000\ufeff\u200b\x00a1đ"))


def read(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_cells_are_written_by_their_type(connection, tmp_path):
    plans, targets, evidence = frames(connection, ["plans", "targets", "evidence"])
    for frame in (plans, targets, evidence):
        write_csv(frame, tmp_path / f"{frame.name}.csv")
    first, second, _ = read(tmp_path / "plans.csv")
    assert first["title"] == "'" + FORMULA
    assert (first["issued_on"], first["loaded_at"]) == ("1885-07-05", "2026-01-02T03:04:05Z")
    assert (first["is_current"], first["page_count"]) == ("true", "3")
    assert json.loads(first["signer_capacity"]) == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]
    assert (second["title"], second["page_count"], second["signer_capacity"]) == ("", "", "[]")
    first, second = read(tmp_path / "targets.csv")
    assert (first["value"], first["text"], first["statement"]) == ("-10.0", "'-10 đến 15,5%", "'+10% bản sách")
    assert float(second["value"]) == 1e-7
    assert json.loads(read(tmp_path / "evidence.csv")[0]["boxes"]) == [[1.5, 2, 3, 4], [5, 6, 7, 8.25]]


def test_pandas_reads_it_with_numbers_and_dates(connection, tmp_path):
    for name in ("items", "targets"):
        write_csv(frames(connection, [name])[0], tmp_path / f"{name}.csv")
    items = pandas.read_csv(tmp_path / "items.csv", parse_dates=["issued_on"])
    assert items["text"].tolist() == [QUOTED, LONG, "Việc"]
    assert items["issued_on"][0].year == 1885
    assert pandas.read_csv(tmp_path / "targets.csv")["value"].tolist() == [-10.0, 1e-7]


def test_lines_end_as_rfc_4180_says(tmp_path):
    write_csv(texts('a "b"', "c,d", "e\nf"), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b'at,text\r\n0,"a ""b"""\r\n1,"c,d"\r\n2,"e\nf"\r\n'


def test_a_byte_order_mark_on_request(tmp_path):
    write_csv(texts("Đ"), tmp_path / "with.csv", bom=True)
    write_csv(texts("Đ"), tmp_path / "without.csv")
    mark = "\ufeff".encode()
    assert (tmp_path / "with.csv").read_bytes() == mark + (tmp_path / "without.csv").read_bytes()
    assert read(tmp_path / "with.csv", "utf-8-sig")[0] == {"at": "0", "text": "Đ"}


@cases("export/formulas", text=str)
def test_what_looks_like_a_formula_is_defused(text):
    assert defuse(text) == "'" + text
    assert restore(defuse(text)) == text


@cases("export/no_formulas", text=str)
def test_what_does_not_stays_as_it_is(text):
    assert defuse(text) == text == restore(text)


@given(ANY_TEXT | LIKE_FORMULA)
def test_defusing_loses_nothing(text):
    assert restore(defuse(text)) == text


@given(ANY_TEXT | LIKE_FORMULA)
def test_no_cell_begins_like_a_formula(text):
    cell = defuse(text)
    seen = "".join(c for c in cell if unicodedata.category(c) not in {"Cf", "Cc", "Zs", "Zl", "Zp"})
    assert len(seen) == 1 or seen[:1] not in {*"=+-@＝＋－＠"}
    assert cell[:1] not in {"\t", "\r", "\n"}


@given(st.lists(ANY_TEXT | LIKE_FORMULA, min_size=1))
def test_any_text_comes_back(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    write_csv(texts(*cells), path)
    assert [restore(row["text"]) for row in read(path)] == cells


@given(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_stay_numbers(tmp_path_factory, whole, real):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    write_csv(frame_of("a", {"whole": "integer", "real": "number"}, [(whole, real)]), path)
    (row,) = read(path)
    assert (int(row["whole"]), float(row["real"])) == (whole, real)
