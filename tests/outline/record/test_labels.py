"""The record that portals print above a text, a label and its value on a line."""

from pipeline.outline.paragraphs import rows_of
from pipeline.outline.record.labels import take_labelled
from tests.cases import cases
from tests.documents import document

FIELDS = ("number", "document_type", "place", "date", "title")


@cases("head/labels", text=str, record=dict[str, str], left=list[str])
def test_labelled_lines_above_a_text_are_its_record(text, record, left):
    found, rows = take_labelled(rows_of(document(text.strip())))
    stated = {one: getattr(found.head, one) for one in FIELDS} | {"signer": found.signer, "position": found.position}
    stated["issuer"] = next(iter(found.head.issuers), None)
    assert {name: passage.text for name, passage in stated.items() if passage} == record
    assert [row.text for row in rows] == left
