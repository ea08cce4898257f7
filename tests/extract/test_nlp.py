"""The steps of reading as components of spaCy."""

from pipeline.extract.nlp import COMPONENTS, build
from pipeline.extract.passages import LONGEST, Context, PassageReading

TEXT = "Sở Tài chính chủ trì, đến năm 2025 phấn đấu đạt 50% thư viện."


def test_the_components_run_in_the_order_of_the_list():
    assert tuple(build().pipe_names) == COMPONENTS


def test_no_passage_is_longer_than_spacy_takes():
    assert build().max_length == LONGEST


def test_a_document_without_a_context_is_read_by_itself():
    doc = build()(TEXT)
    assert [span.text for span in doc.spans["agencies"]] == ["Sở Tài chính"]


def test_what_is_found_stands_in_the_spans_with_its_rule():
    doc = build().make_doc(TEXT)
    doc._.reading = PassageReading(TEXT, Context(2023))
    doc = build()(doc)
    found = {
        group: [(span.text, span.label_, span.id_) for span in doc.spans[group]]
        for group in ("agencies", "clauses", "times", "amounts")
    }
    assert found == {
        "agencies": [("Sở Tài chính", "agency", "agency")],
        "clauses": [("Sở Tài chính chủ trì", "clauses.role.leads", "clauses.role.leads")],
        "times": [("đến năm 2025", "times.time.by-period", "times.time.by-period")],
        "amounts": [("50%", "amounts.amount.share", "amounts.amount.share")],
    }
