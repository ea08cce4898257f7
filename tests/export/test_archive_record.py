"""The archival record of Circular 02/2019/TT-BNV: what the plan states, nothing else, in CSV and XML."""

import csv
import io
from dataclasses import astuple, fields, replace
from datetime import date

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.export import archive_record as module
from pipeline.export.archive_record import FIELDS, ArchiveRecord, archive_csv, archive_record, archive_xml
from pipeline.ingest.page_reason import PageReason
from pipeline.schema import Organisation, PlanWarning
from pipeline.spreadsheets import is_formula, restore
from tests.cases import cases
from tests.plans import a_plan

PATTERNS = {"IssuedDate": "([0-9]{2}/[0-9]{2}/[0-9]{4})?", "PageAmount": "[0-9]*"}
TYPES = "".join(
    f'<xs:element name="{name}"><xs:simpleType><xs:restriction base="xs:string">'
    f'<xs:pattern value="{PATTERNS.get(name, ".*")}"/></xs:restriction></xs:simpleType></xs:element>'
    for name in FIELDS
)
XSD = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="Documents"><xs:complexType><xs:sequence>
    <xs:element name="Document" minOccurs="0" maxOccurs="unbounded">
      <xs:complexType><xs:sequence>{TYPES}</xs:sequence></xs:complexType>
    </xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""
SCHEMA = etree.XMLSchema(etree.fromstring(XSD))


def a_record(pages=None, **metadata):
    plan = a_plan()
    source = plan.source if pages is None else plan.source.model_copy(update={"pages": pages, "page_count": len(pages)})
    return archive_record(
        plan.model_copy(update={"metadata": plan.metadata.model_copy(update=metadata), "source": source})
    )


def stated(record):
    return {name: value for name, value in zip(FIELDS, astuple(record), strict=True) if value}


def page(origin, reason):
    return a_plan().source.pages[0].model_copy(update={"text_origin": origin, "reason": reason})


def test_what_the_plan_states_is_in_its_field_and_nothing_is_guessed():
    record = a_record(
        number="55/KH-UBND",
        issued_on=date(2023, 2, 3),
        issuer=Organisation(name="Ủy ban nhân dân thành phố Hải Phòng"),
        title="Triển khai\nChỉ thị số 20",
        attached_to="596/QĐ-UBND",
        pages=[page("text_layer", "the page has a text layer")] * 3,
    )
    assert stated(record) == {
        "TypeName": "Kế hoạch",
        "CodeNumber": "55",
        "CodeNotation": "KH-UBND",
        "IssuedDate": "03/02/2023",
        "OrganName": "Ủy ban nhân dân thành phố Hải Phòng",
        "Subject": "Triển khai Chỉ thị số 20",
        "Language": "Tiếng Việt",
        "PageAmount": "3",
        "Description": "Ban hành kèm theo văn bản số 596/QĐ-UBND",
    }


def test_a_plan_that_states_nothing_has_an_empty_record():
    assert stated(a_record(document_type=None)) == {"Language": "Tiếng Việt"}


def test_the_fields_are_in_the_order_of_the_circular():
    assert [one.name.replace("_", "") for one in fields(ArchiveRecord)] == [name.lower() for name in FIELDS]


@cases("export/numbers", number=str | None, code=str, notation=str)
def test_a_number_is_its_serial_and_its_symbol(number, code, notation):
    record = a_record(number=number)
    assert (record.code_number, record.code_notation) == (code, notation)


PICTURE = page("ocr", "the page is a picture")


@pytest.mark.parametrize(
    ("pages", "level"),
    [
        ([PICTURE, PICTURE], "Số hóa"),
        ([PICTURE, page("ocr", PageReason.BLANK)], "Số hóa"),
        ([page("ocr", PageReason.BLANK)], ""),
        ([PICTURE, page("text_layer", "the page has a text layer")], ""),
        ([page("ocr", "the page has no text but something is drawn on it")], ""),
        ([page("plain", "plain text")], ""),
    ],
)
def test_only_pictures_of_pages_are_certain_to_be_digitised(pages, level):
    assert a_record(pages=pages).confidence_level == level


def test_a_document_in_another_language_has_none_given():
    plan = a_plan()
    foreign = PlanWarning(code="W203", severity="note", params={}, page=None, item=None)
    assert archive_record(plan.model_copy(update={"warnings": [foreign]})).language == ""
    one_page = PlanWarning(code="W203", severity="note", params={}, page=4, item=None)
    assert archive_record(plan.model_copy(update={"warnings": [one_page]})).language == "Tiếng Việt"


ANY = st.text(st.characters(exclude_categories=()), max_size=10)
CELLS = st.one_of(ANY, st.builds("{}{}".format, st.sampled_from("=+-@\t\r"), ANY))
RECORDS = st.lists(
    st.builds(lambda number, title: a_record(number=number, title=title, document_type=title), CELLS, CELLS), max_size=4
)


@given(RECORDS, st.booleans())
def test_csv_comes_back_with_no_formula_in_it(records, bom):
    written = archive_csv(records, bom)
    text = written.decode("utf-8-sig" if bom else "utf-8")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(heading) == FIELDS
    assert [tuple(map(restore, row)) for row in rows] == [astuple(record) for record in records]
    assert not any(is_formula(cell) for row in rows for cell in row if not cell.startswith("'"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", "\u200b=", "'="])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(start):
    (row,) = list(csv.DictReader(io.StringIO(archive_csv([replace(a_record(), keyword=f"{start}1")]).decode())))
    assert row["Keyword"] == f"'{start}1"
    (row,) = list(csv.DictReader(io.StringIO(archive_csv([replace(a_record(), keyword="1-2")]).decode())))
    assert row["Keyword"] == "1-2"


def test_csv_is_as_spreadsheets_want_it():
    record = a_record(title='Về "thư viện", số')
    written = archive_csv([record], bom=True)
    assert written.startswith(b"\xef\xbb\xbfDocCode,FileCode,")
    assert written.count(b"\r\n") == written.count(b"\n") == 2
    assert not archive_csv([record]).startswith(b"\xef\xbb\xbf")
    frame = pandas.read_csv(io.BytesIO(written), dtype=str, keep_default_na=False)
    assert list(frame.columns) == list(FIELDS)
    assert tuple(frame.iloc[0]) == astuple(record)


@given(RECORDS)
def test_xml_is_valid_and_comes_back(records):
    root = etree.fromstring(archive_xml(records))
    SCHEMA.assertValid(root)
    assert [tuple(field.text or "" for field in one) for one in root] == [astuple(record) for record in records]


def test_the_reasons_relied_on_are_those_ingest_gives():
    assert module._BLANK == PageReason.BLANK
    assert module._PICTURE == PageReason.PICTURE
