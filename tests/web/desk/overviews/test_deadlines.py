"""Deadlines as a month's sheet and a year's timeline: on the page, and in the files beside it."""

import csv
import io
from datetime import datetime

import pytest

from tests.web.desk.overviews.conftest import drawn, links, sheet, tables

NOVEMBER = "/deadlines?month=2023-11"


def test_a_month_says_how_much_is_due_on_each_day_and_what(client):
    grid, listed = tables(client.get(NOVEMBER).text)
    assert grid[1][:3] == ["", "", "1"] and "15 1" in grid[3] and "30 1" in grid[5]
    assert [row[0] for row in listed[1:]] == ["15/11/2023", "30/11/2023"]
    day, what, who, plan = listed[2]
    assert "báo cáo kết quả triển khai" in what and "[định kỳ hằng năm (trước ngày 30 tháng 11)" in what
    assert "sở, ban, ngành" in who and plan == "140/KH-UBND, V.10 Cần Thơ"
    assert "/plans/can-tho-2023#V.10" in links(client.get(NOVEMBER).text)


def test_recurring_deadlines_are_said_in_the_language_of_the_page(client):
    assert "every year, on the 30/11" in client.get(NOVEMBER).text
    assert "hằng năm, ngày 30/11" in client.get(f"{NOVEMBER}&lang=vi").text
    client.cookies.clear()


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("&province=Cần Thơ", ["30/11/2023"]),
        ("&q=khó khăn, vướng mắc", ["30/11/2023"]),
        ("&agency=Ủy ban nhân dân cấp huyện&role=reports_to", []),
        ("&agency=Sở Văn hóa, Thể thao và Du lịch Cần Thơ&role=reports_to", ["30/11/2023"]),
    ],
)
def test_it_is_asked_for_an_agency_a_province_and_words(client, asked, days):
    listed = tables(client.get(NOVEMBER + asked).text)[1:]
    assert [row[0] for table in listed for row in table[1:]] == days


def test_without_a_month_the_next_in_which_something_is_due_is_shown(client):
    page = client.get("/deadlines").text
    assert "Nothing is due" not in page and len(tables(page)[1]) > 1


@pytest.mark.parametrize(
    "asked",
    [
        "month=2023-13",
        "month=x",
        "month=0000-01",
        "month=0001-01",
        "month=9999-12",
        "page=0",
        "page=x",
        f"page={10**30}",
    ],
)
def test_what_is_no_month_or_page_is_refused(client, asked):
    answer = client.get(f"/deadlines?{asked}")
    assert answer.status_code == 422 and "E758" in answer.text


@pytest.mark.parametrize("year", ["0", "x", "10000", "99999999999"])
def test_what_is_no_year_is_refused(client, year):
    answer = client.get(f"/timeline?year={year}")
    assert answer.status_code == 422 and "E758" in answer.text


def test_a_province_there_is_none_of_is_said(client):
    page = client.get("/deadlines?province=Atlantis").text
    assert 'role="alert"' in page and "Atlantis" in page and "E722" in page


def test_a_year_counts_its_months_and_lists_them(client):
    months, listed = tables(client.get("/timeline?year=2023").text)
    assert dict(zip(*months, strict=True)) == {f"{month:02}": "–" for month in range(1, 11)} | {"11": "2", "12": "5"}
    assert len(listed) == 8
    assert "/deadlines?month=2023-11" in links(client.get("/timeline?year=2023").text)


def test_a_timeline_is_drawn_with_names_and_shapes(client):
    answer = client.get("/timeline.svg?year=2023")
    said = drawn(answer)
    assert "comes again" in said and "01" in said and "12" in said
    assert sum(one.startswith("596/QĐ-UBND · ") for one in said) == 3
    assert answer.content == client.get("/timeline.svg?year=2023").content
    assert "unsafe-inline" not in answer.headers["content-security-policy"].partition("script-src")[2]
    assert '<img src="/timeline.svg?year=2023"' in client.get("/timeline?year=2023").text


def test_the_same_comes_as_csv_and_as_a_workbook(client):
    answer = client.get(NOVEMBER.replace("?", ".csv?"))
    assert answer.headers["content-disposition"] == 'attachment; filename="deadlines-2023-11.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(one["due"], one["plan_number"], one["ref"]) for one in rows][1] == ("2023-11-30", "140/KH-UBND", "V.10")
    head, *cells = sheet(client.get(NOVEMBER.replace("?", ".xlsx?")))
    assert [row[head.index("due")] for row in cells] == [datetime(2023, 11, 15), datetime(2023, 11, 30)]


def test_pages_have_no_script_and_no_style_of_their_own(client):
    for path in (NOVEMBER, "/timeline?year=2023"):
        page = client.get(path).text
        assert "<script" not in page and "style=" not in page and "<style" not in page
