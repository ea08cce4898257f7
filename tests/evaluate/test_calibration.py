"""Calibration: what is learnt from documents, and how it fits those kept aside."""

import tomllib

import pytest

from pipeline.evaluate.calibration import SUREST, curve, expected_error, keep_aside, learn, shares_toml
from pipeline.evaluate.judged import JudgedValue, judge_plan
from pipeline.extract.confidence import WAYS, confidence


def values(right, wrong=0, what="agency", how="text", scan=False, doubted=False):
    return [JudgedValue(what, how, scan, doubted, 0.9, at < right) for at in range(right + wrong)]


def test_what_is_as_often_right_as_it_says_has_no_error():
    assert expected_error(curve([(0.75, True)] * 3 + [(0.75, False)])) == 0


def test_the_error_is_the_distance_weighted_with_the_values_of_each_bin():
    held = [(0.9, True)] * 3 + [(0.9, False)] + [(0.2, False)] * 4
    assert [(one.low, one.count, one.right) for one in curve(held)] == [(0.2, 4, 0.0), (0.9, 4, 0.75)]
    assert expected_error(curve(held)) == pytest.approx((0.15 + 0.2) / 2)


def test_nothing_has_no_error():
    assert expected_error(curve([])) == 0


def test_a_share_is_that_of_the_right_values_of_its_class():
    shares = learn(values(900, 100) + values(500, 500, how="table"))
    assert shares["agency"]["text"]["clean"] == pytest.approx(0.9, abs=0.01)
    assert shares["agency"]["table"]["clean"] == pytest.approx(0.5, abs=0.01)


def test_a_class_without_values_says_what_its_kind_says():
    shares = learn(values(90, 10))
    assert shares["agency"]["heading"]["clean"] == pytest.approx(0.9)
    assert shares["agency"]["heading"]["doubted"] < shares["agency"]["heading"]["clean"]


def test_a_picture_or_a_doubt_never_makes_surer():
    shares = learn(values(50, 50) + values(100, scan=True) + values(100, doubted=True))
    assert shares["agency"]["text"]["scan"] == shares["agency"]["text"]["clean"] == shares["agency"]["text"]["doubted"]


def test_no_share_says_that_all_are_right():
    assert learn(values(10_000))["agency"]["text"]["clean"] == SUREST


def test_nothing_is_learnt_from_what_is_kept_aside():
    report = keep_aside({"a": values(0, 50), "b": values(50), "c": values(50)}, 3)
    assert report.kept_aside == ("a",)
    assert report.shares["agency"]["text"]["clean"] == SUREST
    assert expected_error(report.curve("agency")) == pytest.approx(SUREST)
    assert "agency: 50, expected calibration error 0.990" in report.render()


def test_the_shares_are_written_as_they_are_read():
    read = tomllib.loads(shares_toml(learn(values(9, 1))))
    assert {what: tuple(ways) for what, ways in read.items()} == WAYS


@pytest.mark.parametrize(("what", "how"), [(what, how) for what, ways in WAYS.items() for how in ways])
def test_every_way_has_a_share_and_a_doubt_lowers_it(what, how):
    assert 0 < confidence(what, how, doubted=True) < confidence(what, how) <= SUREST
    assert confidence(what, how, scan=True) <= confidence(what, how)


@pytest.fixture
def judged(models):
    return lambda gold, plan: list(judge_plan(*models(gold, plan)))


def test_what_is_right_is_judged_so(gold, plan, judged):
    found = judged(gold, plan)
    assert [one.what for one in found].count("item") == 3
    assert all(one.right for one in found)


def test_a_wrong_value_is_wrong_and_an_optional_one_that_is_right_is_right(gold, plan, judged):
    extra = plan["tasks"][0]["agencies"][0] | {"name": "Sở Y tế"}
    optional = plan["tasks"][0]["agencies"][0] | {"name": "các đơn vị liên quan", "role": "cooperating"}
    plan["tasks"][0]["agencies"] += [extra, optional]
    assert [one.right for one in judged(gold, plan) if one.what == "agency"].count(False) == 1


def test_values_of_an_item_in_the_wrong_list_are_right_and_the_item_is_not(gold, plan, judged):
    plan["objectives"].append(plan["tasks"].pop())
    found = judged(gold, plan)
    assert [one.right for one in found if one.what == "item"].count(False) == 1
    assert all(one.right for one in found if one.what != "item")


def test_all_values_of_an_item_that_is_none_are_wrong(gold, plan, judged):
    plan["tasks"][0]["text"] = "Một câu khác hẳn mà đáp án không hề có ở nơi nào."
    wrong = [one.what for one in judged(gold, plan) if not one.right]
    assert sorted(wrong) == ["agency", "agency", "deadline", "item"]
