"""A province's obligations on one page."""

import csv
import io

from tests.web.desk.overviews.conftest import links, tables

PAGE = "/provinces?province=Cần Thơ"


def test_the_provinces_of_the_store_lead_to_their_pages(client):
    found = links(client.get("/provinces").text)
    assert "/provinces?province=C%E1%BA%A7n+Th%C6%A1" in found and "/provinces?province=Lai+Ch%C3%A2u" in found


def test_a_province_has_its_plans_what_is_due_and_who_has_to_do_what(client):
    page = client.get(PAGE).text
    plans, due, agencies, duties = tables(page)
    assert any(row[0].startswith("140/KH-UBND ") for row in plans[1:]) and len(plans) == 3
    assert all(int(cell) >= 0 for row in plans[1:] for cell in row[1:])
    assert len(due) > 1 and due[0][0] == "Due"
    assert any(row[0] == "Sở Văn hóa, Thể thao và Du lịch thành phố Cần Thơ" for row in agencies[1:])
    assert any("responsible" in row for row in duties)
    assert "/plans/can-tho-2023" in links(page)
    assert "/deadlines?province=C%E1%BA%A7n+Th%C6%A1" in links(page)


def test_of_one_agency_there_are_its_own_duties(client):
    *_, duties = tables(client.get(f"{PAGE}&agency=Thư viện thành phố Cần Thơ").text)
    assert duties[1][0] == "Thư viện thành phố Cần Thơ" and len(duties[1]) == 4
    assert all(len(row) == 3 for row in duties[2:])  # one agency: its name spans the rows


def test_the_file_has_the_duties(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/provinces.csv?province=Cần Thơ").content.decode("utf-8-sig"))))
    assert {row["province"] for row in rows} == {"Cần Thơ"}
    assert any("trước ngày 30 tháng 11" in row["deadlines"] for row in rows)
