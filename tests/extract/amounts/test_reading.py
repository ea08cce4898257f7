"""Figures to be reached."""

from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import TypedDict

from pipeline.extract.amounts.reading import read_figures
from pipeline.extract.citations import find_citations, masks
from pipeline.extract.times.reading import read_times
from tests.cases import cases


def goals(text, objective=True, due_above=None):
    masked = masks(text, find_citations(text))
    dues = read_times(text, 2023, masked).deadlines
    return read_figures(text, dues, masked, objective=objective, due_above=due_above).targets


def only(text, **options):
    (one,) = goals(text, **options)
    return one


def stated(target, field):
    return getattr(target.amount if field in ("value", "value_max", "of") else target, field)


class Wanted(TypedDict, total=False):
    """The fields of a target that are at stake, and the names of those it does not have."""

    value: float
    value_max: float
    of: float
    unit: str
    comparison: str
    per: str
    direction: str
    subject: str
    predicate: str
    baseline: str
    due: str
    absent: list[str]


@cases("targets/objectives", text=str, targets=list[Wanted])
def test_the_targets_of_an_objective_are_read(text, targets):
    found = goals(text)
    assert len(found) == len(targets)
    for one, target in zip(found, targets, strict=True):
        wanted = {field: value for field, value in target.items() if field != "absent"}
        assert {field: stated(one, field) for field in wanted} == wanted
        assert [field for field in target.get("absent", []) if stated(one, field) is not None] == []


def test_without_a_time_of_its_own_a_target_is_due_when_the_heading_says():
    assert only("Đạt 50% thư viện.", due_above="2030").due == "2030"


@cases("targets/none", text=str)
def test_numbers_of_documents_years_hours_and_events_are_no_target(text):
    assert goals(text) == []


@cases("targets/tasks", text=str, count=int)
def test_in_a_task_a_figure_needs_a_word_of_goal(text, count):
    assert len(goals(text, objective=False)) == count


def printed(value):
    return f"{value:,}".replace(",", ".")


@given(
    st.integers(10, 5_000_000).filter(lambda value: not 1900 <= value < 2100),
    st.sampled_from(["bản sách", "lượt người", "thư viện"]),
)
def test_a_planted_count_comes_back(value, noun):
    one = only(f"Đến năm 2025 phấn đấu đạt {printed(value)} {noun}.")
    assert (one.amount.value, one.unit, one.due) == (value, noun, "2025")


@given(st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_planted_shares_come_back_in_their_order(shares):
    nouns = ["trường học", "bảo tàng", "thư viện", "nhà hát", "công viên", "sân vận động"]
    listed = ", ".join(f"{share}% {noun}" for share, noun in zip(shares, nouns, strict=False))
    found = [(one.amount.value, one.unit, one.subject) for one in goals(f"Đạt {listed}.")]
    assert found == [(share, "%", noun) for share, noun in zip(shares, nouns, strict=False)]


def test_a_figure_has_no_space_behind_it():
    text = "Đạt trên 90% dân số."
    (goal,) = goals(text)
    assert text[goal.start : goal.end] == "90%"


def test_a_number_no_float_holds_is_no_figure():
    assert all(goal.amount.value < 1e15 for goal in goals("Đạt " + "9" * 400 + "% dân số."))
