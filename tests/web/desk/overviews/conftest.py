"""A desk on the plans of outputs/, and on a store of them; tests only read it."""

import io
import re
import shutil
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from pipeline.settings import Settings
from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader, json_files
from pipeline.web.desk import make_app

OUTPUTS = Path(__file__).resolve().parents[4] / "outputs"


@pytest.fixture(scope="session")
def client(tmp_path_factory):
    """A browser at that desk."""
    folder = tmp_path_factory.mktemp("desk") / "outputs"
    shutil.copytree(OUTPUTS, folder)
    address = str(folder / "plans.db")
    with open_store(address, write=True) as store:
        list(Loader(store).load(list(json_files([folder]))))
    with TestClient(make_app(folder, Settings(database=address, lang="en")), base_url="http://localhost") as made:
        yield made


class Tables(HTMLParser):
    """The tables of a page, each a list of rows of cells of text; the addresses of its links."""

    def __init__(self, page):
        super().__init__()
        self.tables, self.links, self._cell = [], [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._cell = True
        elif tag == "a":
            self.links.append(dict(attributes).get("href"))

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._cell = None
            self.tables[-1][-1][-1] = " ".join(self.tables[-1][-1][-1].split())

    def handle_data(self, data):
        if self._cell:
            self.tables[-1][-1][-1] += data


def tables(page):
    return Tables(page).tables


def links(page):
    return Tables(page).links


def drawn(answer):
    """The texts of a drawing."""
    assert answer.headers["content-type"] == "image/svg+xml"
    assert b"<script" not in answer.content and not re.search(rb'(href|src)="http', answer.content)
    return [one.text for one in ET.fromstring(answer.content).iter("{http://www.w3.org/2000/svg}tspan")]


def sheet(answer):
    """The rows of a workbook."""
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
