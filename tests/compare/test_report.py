"""A comparison in words."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from pipeline.compare import compare, render
from pipeline.messages import Language
from pipeline.schema import Plan
from tests.compare.making import CAN_THO, VINH_LONG, agency, item, plan, target

LIBRARIES = "thư viện công cộng cấp huyện"


def printed(a: Plan, b: Plan, language: Language = "en", width: int = 120, **asked: Any) -> str:
    stream = StringIO()
    Console(file=stream, width=width).print(render(compare(a, b), language, width, **asked))
    return stream.getvalue()


def libraries(figure: str, **fields: object) -> Plan:
    text = f"Đạt {figure} {LIBRARIES}"
    province = CAN_THO if figure == "80%" else VINH_LONG
    return plan(item("II.1", text, target(figure, LIBRARIES)), province=province, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["differ", "figure: 80.0 | 60.0", "reworded"]), ("vi", ["khác nhau", "số: 80.0 | 60.0", "khác lời văn"])],
)
def test_the_status_and_the_difference_are_said_in_words(language: Language, words: list[str]) -> None:
    shown = printed(libraries("80%"), libraries("60%"), language)
    assert all(word in shown for word in words)


def test_both_plans_and_what_they_carry_out_stand_above() -> None:
    shown = printed(libraries("80%", basis=["20/CT-TTg"]), libraries("60%", basis=["20/CT-TTg"]))
    assert "A: " in shown and "Cần Thơ" in shown and "Vĩnh Long" in shown
    assert "both carry out: 20/CT-TTg" in shown
    assert "no document" in printed(libraries("80%"), libraries("60%"))


def test_brackets_in_a_text_are_no_markup() -> None:
    one = plan(item("I.1", "Mở lớp [bold]tập huấn[/bold]", agencies=[agency("Sở [A]")]))
    shown = printed(one, plan(item("I.1", "Mở lớp [bold]tập huấn[/bold]")))
    assert "[bold]tập huấn[/bold]" in shown and "Sở [A]" in shown


def test_a_kind_that_neither_plan_has_is_said() -> None:
    assert "objectives: neither plan states any" in printed(plan(), plan())


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_asked(width: int) -> None:
    lines = printed(libraries("80%"), libraries("60%"), "vi", width).splitlines()
    assert max(len(line) for line in lines) <= width


def test_an_item_that_stands_within_another_says_where() -> None:
    half = "Xây dựng tủ sách lưu động phục vụ thiếu nhi vùng sâu"
    a = plan(item("I.1", f"{half}. Tổ chức ngày hội đọc sách hằng năm cho học sinh trong các trường học"))
    b = plan(item("I.1", half), item("I.2", "Tổ chức ngày hội đọc sách hằng năm cho học sinh trong các trường học"))
    assert "said within task I.1" in printed(a, b)


def test_only_the_kinds_asked_for_are_shown() -> None:
    shown = printed(libraries("80%"), libraries("60%"), kinds=("target",))
    assert "targets: " in shown
    assert "objectives" not in shown and "tasks" not in shown


def test_what_is_the_same_can_be_left_out_and_is_counted_still() -> None:
    shown = printed(libraries("80%"), libraries("80%"), differing=True)
    assert "targets: agree 1" in shown
    assert LIBRARIES not in shown
    assert LIBRARIES in printed(libraries("80%"), libraries("60%"), differing=True)


def test_the_same_words_with_other_agencies_are_not_the_same() -> None:
    one, other = (
        plan(item("I.1", "Mở lớp tập huấn", agencies=[agency(name)])) for name in ("Sở Nội vụ", "Sở Tài chính")
    )
    assert "Sở Nội vụ" in printed(one, other, differing=True)
