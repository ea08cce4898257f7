"""No words whatever cost a document: sentences are cut anywhere, as lines, cells and bad scans cut them."""

import re
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import FieldRole, Passage, SourceSpan
from pipeline.extract.agencies.cells import agencies_in
from pipeline.extract.amounts.cells import figure_in
from pipeline.extract.passages import Context, read_passage
from pipeline.extract.times.cells import times_in
from pipeline.schema import Role
from tests.corpus import CORPUS

ISSUED = date(2024, 3, 5)


@cache
def sentences() -> list[str]:
    lines = {line.strip() for file in CORPUS.values() for line in file.read_text(encoding="utf-8").splitlines()}
    return sorted(line for line in lines if len(line) > 20)


@st.composite
def fragments(draw: st.DrawFn) -> str:
    line = draw(st.sampled_from(sentences()))
    edges = [0, *(word.end() for word in re.finditer(r"\w+|\S", line))]
    start, end = sorted((draw(st.sampled_from(edges)), draw(st.sampled_from(edges))))
    return line[start:end].strip()


def read(text: str) -> None:
    read_passage(text, Context(2024, ISSUED, objective=True))
    read_passage(text, Context(None, None, issuer="Sở Tài chính"))
    agencies_in(Passage(text, (SourceSpan(0, 0, len(text)),), 1), Role.LEAD, {})
    figure_in(text)
    for role in (FieldRole.TIME, FieldRole.END):
        times_in(text, "Thời gian", role, 2024, ISSUED)


@given(fragments())
def test_a_sentence_may_be_cut_anywhere(text):
    read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Giao UBND các tỉnh, thành phố trực thuộc Trung",
        "các cơ quan thuộc Trung",
        "Văn phòng thuộc Tổng",
        "Chi nhánh - Chi",
    ],
)
def test_names_that_end_too_early(text):
    read(text)
