"""Figures that are no targets are refused by a rule that is told; no figure falls through."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.amounts.reading import read_figures
from tests.cases import cases

PIECES = st.lists(
    st.sampled_from(
        ["100%", "05 mô hình", "12,5 km", "tỷ lệ hộ nghèo", "đạt", "giảm", "và", ",", ";", ":", "(", ")", "2025", "3/4"]
        + [
            "trong đó",
            "phấn đấu",
            "đã",
            "kinh phí",
            "Điều 5",
            "7",
            "8.5.2",
            "1/3",
            "xã",
            "trên",
            "từ",
            "lên",
            "mỗi năm",
        ]
    ),
    max_size=30,
)


@cases("targets/refused", text=str, rule=str, targets=int | None, report=bool | None)
def test_a_figure_is_refused_by_its_rule(text, rule, targets, report):
    read = read_figures(text, (), objective=False, report=bool(report))
    assert f"amounts.clause.{rule}" in [one.rule for one in read.refused]
    assert len(read.targets) == (targets or 0)


@given(PIECES, st.booleans())
def test_every_figure_in_digits_is_a_target_or_refused(pieces, objective):
    text = " ".join(pieces)
    read = read_figures(text, (), objective=objective)
    told = [(one.start, one.end) for one in (*read.targets, *read.refused)]
    for digits in re.finditer(r"\d+", text):
        assert any(start <= digits.start() < end for start, end in told), (digits.group(), text)


@pytest.mark.parametrize(
    "piece",
    [
        "Đạt 100% xã có nhà văn hóa, ",
        "xây dựng 05 mô hình và ",
        "tỷ lệ 5% (",
        "1/3 ",
        "mỗi năm, ",
        "đã giảm từ 3% lên ",
    ],
)
def test_the_time_grows_with_the_length(piece):
    def seconds(count):
        text = piece * count
        begin = time.process_time()
        read_figures(text, (), objective=True)
        return time.process_time() - begin

    seconds(100)
    short, long = seconds(1000), seconds(8000)
    assert long < 30 * (short + 0.02)
