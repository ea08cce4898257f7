"""How often somebody may do something."""

import pytest

from pipeline.errors import TooManyRequestsError
from pipeline.web.desk.access import Pace


@pytest.fixture
def clock(monkeypatch):
    at = [1000.0]
    monkeypatch.setattr("pipeline.web.desk.access.pace.monotonic", lambda: at[0])
    return at


def test_each_has_so_many_a_minute_and_gets_them_back_with_time(clock):
    pace = Pace(60)
    for _ in range(60):
        pace.step("a")
    with pytest.raises(TooManyRequestsError) as raised:
        pace.step("a")
    assert raised.value.params["seconds"] == "2"
    pace.step("b")
    clock[0] += 2
    pace.step("a")
    pace.step("a")
    with pytest.raises(TooManyRequestsError):
        pace.step("a")


def test_a_form_that_is_sent_a_thousand_times_is_slowed_down(reviewer, monkeypatch):
    monkeypatch.setattr("pipeline.web.desk.access.pace.monotonic", lambda: 1000.0)
    answers = [reviewer.client.post("/reviewer", data={}) for _ in range(1300)]
    assert {one.status_code for one in answers} == {403, 429}
    assert answers[-1].headers["retry-after"] == "1" and "E761" in answers[-1].text
    assert reviewer.client.get("/").status_code == 200
