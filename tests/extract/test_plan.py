"""The whole plan: ids, sections, warnings, and evidence that holds."""

import pytest
from pydantic import BaseModel

from pipeline.extract import extract, nlp, provisions
from pipeline.outline import outline
from pipeline.run import run
from pipeline.schema import Evidence, SectionKind
from pipeline.schema.checking import check
from pipeline.schema.rendering import plan_json
from tests.cases import cases
from tests.corpus import CORPUS
from tests.documents import body, document

GOOD = """UBND TỈNH HÀ GIANG
Số: 5/KH-UBND
Hà Giang, ngày 2 tháng 1 năm 2023
KẾ HOẠCH
Mua sách năm 2023
"""


def plan(text):
    made = document(text) if not text or text.startswith("UBND") else body(text)
    return extract(made, outline(made))


def evidence_of(value):
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from evidence_of(getattr(value, name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from evidence_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from evidence_of(one)


def test_an_item_that_is_too_long_is_kept_and_told_and_the_others_are_read(monkeypatch):
    monkeypatch.setattr(nlp, "LONGEST", 200)
    monkeypatch.setattr(provisions, "LONGEST", 200)
    long = "Sở Y tế mua sách " + "mới " * 60
    made = plan(f"{GOOD}I. NHIỆM VỤ\n1. {long}\n2. Sở Nội vụ bán sách trước ngày 30/11/2023.\n")
    first, second = made.tasks
    assert first.text.startswith("Sở Y tế mua sách") and not first.agencies
    assert second.agencies and second.deadlines
    (said,) = [one for one in made.warnings if one.code == "W409"]
    assert "Sở Y tế mua sách" in said.message


@cases("plans/ids", text=str, ids=list[str])
def test_ids_tell_items_apart(text, ids):
    assert [one.id for one in plan(text).tasks] == ids


def test_a_closing_paragraph_has_an_id_and_no_number():
    text = "I. NHIỆM VỤ\n1. Mua sách mới.\n2. Bán sách cũ.\nTrên đây là Kế hoạch, các đơn vị báo cáo về Sở Y tế./."
    last = plan(text).tasks[-1]
    assert (last.id, last.number, last.ordinal) == ("ket-1", None, 1)


def test_sections_are_the_headings_with_their_kinds_and_parents():
    text = "I. MỤC TIÊU\n1. Mua sách mới.\nII. NHIỆM VỤ\n1. Mua sách cho thư viện\na) Mua sách mới."
    assert [(one.id, one.title, one.kind, one.parent) for one in plan(text).sections] == [
        ("I", "MỤC TIÊU", SectionKind.OBJECTIVE, None),
        ("II", "NHIỆM VỤ", SectionKind.TASK, None),
        ("II.1", "Mua sách cho thư viện", SectionKind.TASK, "II"),
    ]


@cases("plans/warnings", text=str, codes=list[str])
def test_what_a_reader_should_check_is_a_warning(text, codes):
    assert [one.code for one in plan(text).warnings] == codes


def test_a_document_without_text_gives_an_empty_plan():
    empty = plan("")
    assert (empty.tasks, empty.objectives, empty.sections, empty.metadata.number) == ([], [], [], None)


@pytest.mark.slow
@pytest.mark.parametrize("name", CORPUS)
def test_every_quote_of_a_real_plan_is_the_text_at_its_offsets(name, plan_of_corpus):
    found = plan_of_corpus(name)
    wrong = [one for one in evidence_of(found) if found.text[one.start : one.end] != one.quote or not one.quote]
    assert wrong == []


@pytest.mark.parametrize("name", CORPUS)
def test_a_real_plan_keeps_the_contract(name, plan_of_corpus):
    found = plan_of_corpus(name)
    assert check(plan_json(found).encode(), found.text) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CORPUS)
def test_the_same_file_gives_the_same_bytes(name, plan_of_corpus):
    assert plan_json(run(CORPUS[name])) == plan_json(plan_of_corpus(name))
