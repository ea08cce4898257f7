"""Targets by province and year: counts, a drawing of one unit, a list; and in the files beside them."""

import csv
import io
import subprocess
from contextlib import contextmanager
from threading import Event, Thread

import numpy as np
import pytest
from PIL import Image

from pipeline.web import charts
from pipeline.web.desk import stored
from pipeline.web.desk.overviews.targets import figure
from tests.web.desk.overviews.conftest import drawn, links, sheet, tables

LIBRARIES = "/targets?q=thư+viện&unit=%25"


def test_a_table_counts_them_by_province_and_year(client):
    counts, listed = tables(client.get(LIBRARIES).text)
    assert counts[0] == ["Province", "2025", "2030"]
    assert [row[0] for row in counts[1:]] == ["Cần Thơ", "Vĩnh Long"]
    assert sum(int(one) for row in counts[1:] for one in row[1:]) == len(listed) - 1
    assert "/targets?unit=%25&q=th%C6%B0+vi%E1%BB%87n&province=V%C4%A9nh+Long&year=2030" in links(
        client.get(LIBRARIES).text
    )


def test_the_list_says_what_is_to_be_reached_where(client):
    page = client.get(f"{LIBRARIES}&province=Vĩnh Long&year=2030").text
    rows = tables(page)[1][1:]
    assert {(row[0], row[1]) for row in rows} == {("Vĩnh Long", "2030")}
    assert any(
        row[2] == "30 %" and row[3].startswith("thư viện công cộng cấp xã có ứng dụng công nghệ") for row in rows
    )
    assert any(one and one.startswith("/plans/vinh-long-2023#") for one in links(page))


def test_the_drawing_has_a_row_for_what_is_counted_where_and_a_shape_for_each_year(client):
    answer = client.get(LIBRARIES.replace("?", ".svg?"))
    said = drawn(answer)
    assert {"2025", "2030", "%", "40", "60"} <= set(said)
    assert any(one.startswith("Cần Thơ · thư viện công cộng cấp xã") for one in said)
    assert "10; 10 – 15" in said  # of one place, beside each other
    assert b"<title>" not in answer.content
    assert 'src="/targets.svg?unit=%25&amp;q=th' in client.get(LIBRARIES).text


def test_the_drawing_is_there_in_pixels_too(client):
    answer = client.get(LIBRARIES.replace("?", ".png?"))
    assert answer.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content)).convert("L")
    assert picture.width == 2400 and picture.height > 300
    ink = np.asarray(picture) < 128
    assert ink[:, :1000].any() and ink[:, 1400:].any()  # names of rows, and figures
    assert "/targets.png?unit=%25&q=th%C6%B0+vi%E1%BB%87n" in links(client.get(LIBRARIES).text)


def test_where_no_picture_can_be_made_the_reason_is_said(client, monkeypatch):
    monkeypatch.setattr("pipeline.web.charts._PNG", "raise SystemExit('no fonts')")
    answer = client.get("/timeline.png?year=2023")
    assert answer.status_code == 501 and "E763" in answer.text and "no fonts" in answer.text


def test_pictures_are_made_without_the_store_and_no_more_at_once_than_may_be(client, monkeypatch):
    """Who comes in between is told to come again, and a drawing does not wait for them."""
    charts._PNGS.acquire()
    go, opened = Event(), []
    sleeping = subprocess.run

    def slow(line, **how):
        opened.append(len(held))
        go.wait(60)
        return sleeping(line, **how)

    held, store = [], stored.opened

    @contextmanager
    def holding(desk):
        with store(desk) as found:
            held.append(1)
            try:
                yield found
            finally:
                held.pop()

    monkeypatch.setattr(stored, "opened", holding)
    monkeypatch.setattr(charts.subprocess, "run", slow)
    answers = []
    first = Thread(target=lambda: answers.append(client.get("/timeline.png?year=2023&q=báo")))
    first.start()
    try:
        while not opened:
            first.join(0.01)
        second = client.get("/timeline.png?year=2023&q=cáo")
        assert second.status_code == 503 and int(second.headers["retry-after"]) > 0 and "E764" in second.text
        assert client.get("/timeline.svg?year=2023&q=cáo").status_code == 200
    finally:
        go.set()
        first.join()
        charts._PNGS.release()
    assert opened == [0] and answers[0].status_code == 200


def test_one_province_is_not_named_in_each_row(client):
    assert not any("Vĩnh Long" in one for one in drawn(client.get("/targets.svg?province=Vĩnh Long&unit=%25")))


def test_files_have_all_of_them(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/targets.csv").content.decode("utf-8-sig"))))
    head, *cells = sheet(client.get("/targets.xlsx"))
    assert len(rows) == len(cells) == 71
    assert {row["value"] for row in rows if row["unit"] == "bản sách"} == {"29000.0"}
    assert {row[head.index("value")] for row in cells if row[head.index("unit")] == "bản sách"} == {29000}


@pytest.mark.parametrize("year", ["abcd", "20", "20255", "٢٠٢٥", "0000"])
def test_what_is_no_year_is_refused(client, year):
    assert client.get("/targets", params={"year": year}).status_code == 422


def test_nothing_is_said_to_be_nothing(client):
    assert "No target was found" in client.get("/targets?q=không+có+từ+này+đâu").text
    assert drawn(client.get("/targets.svg?q=không+có+từ+này+đâu")) is not None


@pytest.mark.parametrize(
    ("value", "value_max", "comparison", "of", "said"),
    [
        (1200.5, None, ">=", None, "≥ 1.200,5"),
        (10, 15, "=", None, "10 – 15"),
        (4, None, "=", 9, "4/9"),
        (29000.0, None, "<=", None, "≤ 29.000"),
    ],
)
def test_figures_are_written_as_a_clerk_writes_them(value, value_max, comparison, of, said):
    class Goal:
        pass

    one = Goal()
    one.value, one.value_max, one.comparison, one.of_total = value, value_max, comparison, of
    assert figure(one) == said
