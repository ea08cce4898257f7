"""The one pipeline of components."""

from datetime import date

from pipeline.extract.nlp import COMPONENTS, build
from pipeline.extract.passages import LONGEST, Context, PassageReading, read_passage

TEXT = "Sở Tài chính chủ trì, đến năm 2025 phấn đấu đạt 50% thư viện."


def test_the_components_run_in_the_order_of_the_list():
    assert tuple(build().pipe_names) == COMPONENTS


def test_one_reading_gives_agencies_roles_times_and_figures():
    found = read_passage(TEXT, Context(2023))
    assert [
        len(part) for part in (found.mentions, found.clauses.roles, found.times.deadlines, found.figures.targets)
    ] == [
        1,
        1,
        1,
        1,
    ]


def test_what_the_plan_says_of_itself_reaches_the_components():
    text = "Báo cáo trước ngày 30 tháng 11."
    found = [read_passage(text, context).times.deadlines[0].last for context in (Context(2023), Context(2024))]
    assert found == [date(2023, 11, 30), date(2024, 11, 30)]


def test_a_passage_leaves_nothing_behind_for_the_next():
    first = read_passage(TEXT, Context(2023))
    read_passage("Mua sách.", Context())
    assert read_passage(TEXT, Context(2023)) == first


def test_no_passage_is_longer_than_spacy_takes():
    assert build().max_length == LONGEST


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
