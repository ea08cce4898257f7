"""The whole plan: ids, sections, warnings, and evidence that holds."""

import pytest
from pydantic import BaseModel

from pipeline.extract import extract
from pipeline.outline import outline
from pipeline.run import run
from pipeline.schema import Evidence, SectionKind
from pipeline.schema.checking import check
from pipeline.schema.rendering import plan_json
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


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("I. NHIỆM VỤ\n1. Mua sách mới.\n2. Bán sách cũ.", ["I.1", "I.2"], id="numbers"),
        pytest.param(
            "I. NHIỆM VỤ\n1. Mua sách cho thư viện\n- Mua sách mới.\n- Mua sách cũ.", ["I.1-1", "I.1-2"], id="bullets"
        ),
        pytest.param(
            "I. NHIỆM VỤ\n1. Mua sách mới.\n1. Bán sách cũ.\n1. Đọc sách hay.",
            ["I.1", "I.1~2", "I.1~3"],
            id="a printed number repeats",
        ),
        pytest.param(
            "I. NHIỆM VỤ\n1. Mua sách cho thư viện\n- Mua sách mới.\n1. Bán sách cho bạn đọc\n- Bán sách cũ.",
            ["I.1-1", "I.1~2-1"],
            id="bullets under a number that repeats",
        ),
        pytest.param("- Mua sách mới cho thư viện.\n- Bán sách cũ.", ["muc-1", "muc-2"], id="bullets without a number"),
    ],
)
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


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(GOOD + "I. NHIỆM VỤ\n1. Mua sách mới.", [], id="nothing is the matter"),
        pytest.param(GOOD.replace("KẾ HOẠCH\n", "") + "I. NHIỆM VỤ\n1. Mua sách mới.", ["W401"], id="no type"),
        pytest.param(GOOD.replace("5/KH", "/KH") + "I. NHIỆM VỤ\n1. Mua sách mới.", ["W402"], id="no serial"),
        pytest.param(GOOD.replace("ngày 2", "ngày ...") + "I. NHIỆM VỤ\n1. Mua sách mới.", ["W403"], id="no day"),
        pytest.param(GOOD + "I. MỤC ĐÍCH\n1. Mua sách mới.", ["W404"], id="no item"),
        pytest.param(GOOD + "I. NHIỆM VỤ\n1. Mua sách trước ngày 30 tháng 11.", ["W405"], id="a year assumed"),
        pytest.param(GOOD + "I. NHIỆM VỤ\n1. Mua sách năm 2025 và những năm tiếp theo.", ["W406"], id="an open end"),
        pytest.param(GOOD + "Mua sách mới cho thư viện tỉnh.", ["W301", "W404"], id="no element"),
    ],
)
def test_what_a_reader_should_check_is_a_warning(text, codes):
    assert [one.code for one in plan(text).warnings] == codes


def test_a_document_without_text_gives_an_empty_plan():
    empty = plan("")
    assert (empty.tasks, empty.objectives, empty.sections, empty.metadata.number) == ([], [], [], None)


@pytest.mark.parametrize("name", CORPUS)
def test_every_quote_of_a_real_plan_is_the_text_at_its_offsets(name, plan_of_corpus):
    found = plan_of_corpus(name)
    wrong = [one for one in evidence_of(found) if found.text[one.start : one.end] != one.quote or not one.quote]
    assert wrong == []


@pytest.mark.parametrize("name", CORPUS)
def test_a_real_plan_keeps_the_contract(name, plan_of_corpus):
    found = plan_of_corpus(name)
    assert check(plan_json(found).encode(), found.text) == []


@pytest.mark.parametrize("name", CORPUS)
def test_the_same_file_gives_the_same_bytes(name, plan_of_corpus):
    assert plan_json(run(CORPUS[name])) == plan_json(plan_of_corpus(name))
