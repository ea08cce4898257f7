"""Who works with whom, and in which items."""

import re
from html import unescape

from tests.web.desk.overviews.conftest import links, sheet, tables


def test_pairs_stand_under_who_leads_with_the_number_of_their_items(client):
    (listed,) = tables(client.get("/partners").text)
    assert listed[0] == ["Leads or is responsible", "Cooperates", "Items together", "Plans"]
    assert all(row[-1].isdigit() and row[-2].isdigit() for row in listed[1:])


def test_a_number_leads_to_as_many_items(client):
    page = client.get("/partners?province=Vĩnh Long").text
    found = [one for one in links(page) if one and one.endswith("#items")]
    counts = [int(one) for one in re.findall(r'#items">(\d+)</a>', page)]
    assert len(found) == len(counts) > 2
    for link, count in zip(found, counts, strict=True):
        items, _ = tables(client.get(unescape(link)).text)
        assert len(items) - 1 == count and all(row[1] for row in items)


def test_the_workbook_has_all_pairs(client):
    head, *cells = sheet(client.get("/partners.xlsx"))
    assert head[:2] == ("doer", "doer_key") and len(cells) == len(tables(client.get("/partners").text)[0]) - 1


def test_an_agency_nobody_names_works_with_nobody(client):
    assert "No two agencies work together" in client.get("/partners?agency=Sở Không Có Thật").text
