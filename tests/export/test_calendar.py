"""Deadlines as iCalendar, read back by icalendar and by dateutil."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st
from icalendar import Calendar

from pipeline.export.calendar import calendar, entries
from pipeline.export.calendar import events as made
from pipeline.export.text_forms import one_line
from pipeline.schema import DeadlineKind, Plan, Role
from pipeline.store.occurrences import occurrences
from tests.plans import a_plan

OUTPUTS = sorted((Path(__file__).parents[2] / "outputs").glob("*.json"))
ISSUED = date(2023, 2, 23)


def planned(text="Báo cáo", agencies=None, period="2023/2024", issued_on=ISSUED, id="I.1", **deadline):
    plan = a_plan()
    (task,) = plan.tasks
    due = task.deadlines[0].model_copy(update=deadline)
    changed = {"id": id, "text": text, "deadlines": [due]} | ({} if agencies is None else {"agencies": agencies})
    metadata = plan.metadata.model_copy(
        update={"issued_on": issued_on, "period": period, "number": "7/KH-UBND", "title": "Về thư viện"}
    )
    return plan.model_copy(update={"metadata": metadata, "tasks": [task.model_copy(update=changed)]})


def recurring(rule, **more):
    return planned(kind=DeadlineKind.RECURRING, end=None, recurrence=rule, **more)


def events(plan, *window):
    return Calendar.from_ical(calendar(made(entries(plan), *window), "1.2")).walk("VEVENT")


def test_a_deadline_is_an_event_of_the_day_it_is_due():
    (event,) = events(planned())
    assert event["DTSTART"].dt == date(2024, 11, 30)
    assert event["DTEND"].dt == date(2024, 12, 1)
    assert event["UID"] == "sha256/0123456789abcdef/I.1/1-00000000@kehoach"
    assert event["DTSTAMP"].dt.date() == ISSUED
    assert event["SUMMARY"] == "Báo cáo"
    assert event["DESCRIPTION"].splitlines() == [
        "Kế hoạch 7/KH-UBND: Về thư viện",
        "Mục I.1",
        "Báo cáo",
        "Thời hạn: trước ngày 30 tháng 11 năm 2024",
        "Thực hiện: Sở Tài chính",
    ]
    assert event["CATEGORIES"].cats == ["Nhiệm vụ", "Sở Tài chính"]


def test_roles_and_page_are_described():
    plan = planned()
    (task,) = plan.tasks
    agency = task.agencies[0]
    agencies = [
        agency.model_copy(update={"role": role, "name": f"Sở {role}", "printed": f"sở {role}"}) for role in Role
    ]
    agencies[1] = agencies[1].model_copy(update={"printed": "Sở TC"})
    evidence = task.evidence.model_copy(update={"page": 3})
    goal = task.model_copy(update={"agencies": agencies, "evidence": evidence})
    (event,) = events(plan.model_copy(update={"tasks": [], "objectives": [goal]}))
    assert event["DESCRIPTION"].splitlines()[1] == "Mục I.1, trang 3"
    assert event["DESCRIPTION"].splitlines()[-5:] == [
        "Chủ trì: sở lead",
        "Thực hiện: Sở TC (Sở responsible)",
        "Phối hợp: sở cooperating",
        "Được chỉ đạo: sở directed",
        "Nhận báo cáo: sở reports_to",
    ]
    assert event["CATEGORIES"].cats == ["Mục tiêu", "sở lead", "Sở TC (Sở responsible)"]


def test_a_time_of_days_spans_them_a_longer_one_stands_on_its_last():
    (event,) = events(planned(start=date(2023, 4, 19), end=date(2023, 4, 23)))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2023, 4, 19), date(2023, 4, 24))
    (event,) = events(planned(start=date(2023, 1, 1), end=date(2023, 12, 31)))
    assert event["DTSTART"].dt == date(2023, 12, 31)
    (event,) = events(planned(end=date.max))
    assert event["DTSTART"].dt == date.max


RULES = [
    "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTHDAY=25",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=MONTHLY;BYDAY=3FR",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYMONTHDAY=5,15,25",
    "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=20",
    "FREQ=WEEKLY",
    "FREQ=DAILY;INTERVAL=2",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=3",
    "FREQ=MONTHLY;INTERVAL=6",
    "FREQ=YEARLY",
    "FREQ=YEARLY;INTERVAL=2",
    "FREQ=MONTHLY;BYMONTHDAY=5;COUNT=3",
    "FREQ=MONTHLY;BYMONTHDAY=5;UNTIL=20230905",
]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_stays_one_with_the_same_days(rule):
    plan = recurring(rule)
    (event,) = events(plan)
    expected = occurrences(plan.tasks[0].deadlines[0], "2023/2024", ISSUED)
    begin = event["DTSTART"].dt
    read = rrulestr(event["RRULE"].to_ical().decode(), dtstart=datetime(begin.year, begin.month, begin.day))
    assert [one.date() for one in read] == [one.due for one in expected]
    assert event["RRULE"]["UNTIL"] == [expected[-1].due]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=19,20,21", [(date(2023, 4, 19), 3), (date(2024, 4, 19), 3)]),
        ("FREQ=YEARLY;BYMONTH=4,5,6", [(date(2023, 6, 30), 1), (date(2024, 6, 30), 1)]),
    ],
)
def test_spans_of_days_that_come_back_are_an_event_each(rule, days):
    found = events(recurring(rule))
    assert [(one["DTSTART"].dt, (one["DTEND"].dt - one["DTSTART"].dt).days) for one in found] == days
    assert len({one["UID"] for one in found}) == len(found)
    assert not any("RRULE" in one for one in found)


def test_an_open_end_is_said():
    (event,) = events(recurring("FREQ=YEARLY", period=None))
    assert event["DESCRIPTION"].count("(không nêu ngày kết thúc)") == 1
    (event,) = events(recurring("FREQ=YEARLY"))
    assert "(không nêu" not in event["DESCRIPTION"]


def test_the_window_chooses_what_is_due_in_it():
    assert events(planned(), date(2024, 12, 1)) == []
    assert len(events(planned(), date(2024, 11, 30), date(2024, 11, 30))) == 1
    spans = recurring("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=19,20,21")
    assert [one["DTSTART"].dt.year for one in events(spans, date(2024, 1, 1))] == [2024]
    (event,) = events(recurring("FREQ=YEARLY"), date(2024, 1, 1))
    assert event["DTSTART"].dt == date(2023, 12, 31)  # a rule is whole
    assert events(recurring("FREQ=YEARLY"), date(2025, 1, 1)) == []


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY", "nonsense", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"])
def test_what_has_no_day_is_left_out(rule):
    assert events(recurring(rule)) == []
    assert events(planned(kind=None, end=None)) == []
    assert calendar([], "1.2").startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_long_text_is_shortened_at_a_word():
    (event,) = events(planned(text="Củng cố, kiện toàn " * 20))
    assert event["SUMMARY"].endswith("Củng cố…")
    assert len(event["SUMMARY"]) <= 90
    (event,) = events(planned(text="x" * 200))
    assert event["SUMMARY"] == "x" * 89 + "…"


def test_a_plan_without_a_date_is_stamped_all_the_same():
    (event,) = events(planned(issued_on=None))
    assert event["DTSTAMP"].dt.date() == date(2000, 1, 1)


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)
def test_real_plans_come_back_in_folded_lines(path):
    plan = Plan.model_validate_json(path.read_bytes())
    written = calendar(made(entries(plan)), "1.2")
    assert written == calendar(made(entries(plan)), "1.2")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    found = Calendar.from_ical(written).walk("VEVENT")
    assert len({str(one["UID"]) for one in found}) == len(found)
    metadata = plan.metadata
    dated = [it for it in entries(plan) if occurrences(it.deadline, metadata.period, metadata.issued_on)]
    lines = [line for one in found for line in one["DESCRIPTION"].split("\n") if line.startswith("Thời hạn: ")]
    said = {line.removeprefix("Thời hạn: ").removesuffix(" (không nêu ngày kết thúc)") for line in lines}
    assert said == {one_line(it.deadline.text) for it in dated}
    assert len(found) >= len(dated)


ANY = st.text(st.characters(exclude_categories=()), max_size=40)


@given(ANY, ANY)
def test_any_text_comes_back(text, id):
    assume("\\N" not in text + id)  # which icalendar, reading, takes for the end of a line though it is escaped
    (event,) = events(planned(text=text, id=id))
    assert event["DESCRIPTION"].split("\n")[2] == one_line(text)
    assert event["UID"] == one_line(f"sha256/0123456789abcdef/{id}/1-00000000@kehoach")


def test_occurrences_do_not_need_icalendar():
    code = "import sys, pipeline.store.occurrences; sys.exit('icalendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
