"""What was typed into fields and notes is read where the file leaves their appearance to the program that shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.ingest.pdf.broken import BODY
from tests.ingest.pdf.hiding import typed

Save = Callable[[str, bytes | str], Path]
WORDS = "Phòng Y tế kiểm tra trước ngày 30/9"
FIELD = {"Subtype": Name.Widget, "T": "a", "DA": "/Helv 12 Tf 0 g"}


def lines(save: Save, form: Dictionary | None = None, look: str = "", **entries: object) -> list[str]:
    document = ingest(save("a.pdf", typed(form or Dictionary(), look, **entries)), Settings(cache="off"))
    assert not [one for one in document.notices if one.code == "W229"]
    return [line.text for _, line in document.lines()][len(BODY[:9]) :]


@pytest.mark.parametrize(
    "entries",
    [
        {"Subtype": Name.FreeText, "Contents": WORDS, "DA": "/Helv 11 Tf 0 g"},
        {"FT": Name.Tx, "V": WORDS, **FIELD},
        {"FT": Name.Tx, "V": WORDS, **FIELD, "DA": "/Helv 0 Tf 0 g"},
        {"FT": Name.Ch, "V": "y", "Opt": Array([Array(["y", WORDS]), Array(["n", "Phòng Nội vụ"])]), **FIELD},
        {"Parent": Dictionary(FT=Name.Tx, V=WORDS), **FIELD},
    ],
)
def test_what_was_typed_is_read(save: Save, entries: dict[str, object]) -> None:
    assert lines(save, **entries) == [WORDS]


def test_long_text_is_read_line_by_line(save: Save) -> None:
    entries = {"FT": Name.Tx, "Ff": 1 << 12, "V": f"{WORDS}, báo cáo kết quả\rPhòng Nội vụ tổng hợp", **FIELD}
    assert lines(save, **entries) == [f"{WORDS}, báo cáo kết quả", "Phòng Nội vụ tổng hợp"]


@pytest.mark.parametrize(("anew", "words"), [(True, WORDS), (False, "Phong Noi vu")])
def test_an_appearance_is_read_unless_the_form_says_that_it_is_old(save: Save, anew: bool, words: str) -> None:
    assert lines(save, Dictionary(NeedAppearances=anew), "Phong Noi vu", FT=Name.Tx, V=WORDS, **FIELD) == [words]


@pytest.mark.parametrize("entries", [{"F": 2}, {"F": 32}, {"Ff": 1 << 13}, {"FT": Name.Btn}])
def test_what_is_not_shown_is_not_read(save: Save, entries: dict[str, object]) -> None:
    assert lines(save, **{"FT": Name.Tx, "V": WORDS, **FIELD, **entries}) == []
