"""Deadlines as a calendar to subscribe to: valid by RFC 5545, the same events as the export has."""

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from pipeline.export.calendar import entries, events
from pipeline.schema import Plan
from tests.web.desk.overviews.conftest import OUTPUTS, links

PATH = "/deadlines.ics"


def read(client, asked=""):
    answer = client.get(PATH + asked)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def test_it_has_the_events_that_the_export_makes_of_the_whole_plans(client):
    plans = [Plan.model_validate_json(path.read_bytes()) for path in sorted(OUTPUTS.glob("*.json"))]
    expected = {one["UID"]: one.to_ical() for plan in plans for one in events(entries(plan))}
    found = {one["UID"]: one.to_ical() for one in read(client).walk("VEVENT")}
    assert len(found) > 20 and found == expected


def test_lines_and_properties_are_those_of_the_rfc(client):
    content = client.get(PATH).content
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in content.replace(b"\r\n", b"") and max(map(len, lines)) <= 75
    made = Calendar.from_ical(content)
    assert made["VERSION"] == "2.0" and made["PRODID"] and made.errors == []
    assert made["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    found = made.walk("VEVENT")
    assert len({one["UID"] for one in found}) == len(found)
    for one in found:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= one.keys() and one.errors == []
        assert one.get("DTEND") is None or one["DTEND"].dt > one["DTSTART"].dt
        assert type(one["DTSTART"].dt) is date


def test_what_comes_again_is_a_rule_that_begins_with_its_first_day(client):
    rules = [one for one in read(client).walk("VEVENT") if "RRULE" in one]
    assert rules
    for one in rules:
        first = datetime.combine(one["DTSTART"].dt, time())
        rule = rrulestr(one["RRULE"].to_ical().decode(), dtstart=first)
        assert rule[0] == first


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("?province=Vĩnh Long", "vinh-long/"),
        ("?agency=Sở Giáo dục và Đào tạo&province=Cần Thơ", "Giáo dục và Đào tạo"),
        ("?q=khó khăn vướng mắc", "vướng mắc"),
    ],
)
def test_it_is_of_an_agency_a_province_or_words(client, asked, words):
    made = read(client, asked)
    found = [f"{one['UID']} {one['DESCRIPTION']}" for one in made.walk("VEVENT")]
    assert found and all(words in one for one in found)
    assert asked.partition("=")[2].partition("&")[0] in made["NAME"]


def test_who_has_it_gets_no_second_copy(client):
    answer = client.get(PATH)
    tag = answer.headers["etag"]
    again = client.get(PATH, headers={"if-none-match": tag})
    assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
    assert client.get(PATH, headers={"if-none-match": '"other"'}).content == answer.content
    assert client.get(f"{PATH}?province=Cần Thơ", headers={"if-none-match": tag}).status_code == 200


def test_the_page_of_deadlines_leads_to_it(client):
    found = links(client.get("/deadlines?month=2023-11&province=Cần Thơ").text)
    assert "/deadlines.ics?province=C%E1%BA%A7n+Th%C6%A1" in found
    assert "webcal://localhost/deadlines.ics?province=C%E1%BA%A7n+Th%C6%A1" in found


def test_words_over_two_lines_add_no_property(client):
    answer = client.get(PATH, params={"q": "báo cáo\r\nX-EVIL:1"})
    assert answer.status_code == 200 and b"\r\nX-EVIL" not in answer.content
