"""The whole plan: ids, sections, warnings, and evidence that holds."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from pydantic import BaseModel

from pipeline.document import Box, RestoredToken
from pipeline.extract import extract, provisions
from pipeline.outline import outline
from pipeline.run import run
from pipeline.schema import DigitalSignature, Evidence, RegionKind, SectionKind
from pipeline.schema.checking import check
from pipeline.schema.rendering import plan_json
from tests.cases import cases
from tests.corpus import CORPUS
from tests.documents import body, document, printed

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
    monkeypatch.setattr(provisions, "LONGEST", 200)
    long = "Sở Y tế mua sách " + "mới " * 60
    made = plan(f"{GOOD}I. NHIỆM VỤ\n1. {long}\n2. Sở Nội vụ bán sách trước ngày 30/11/2023.\n")
    first, second = made.tasks
    assert first.text.startswith("Sở Y tế mua sách") and not first.agencies
    assert second.agencies and second.deadlines
    (said,) = [one for one in made.warnings if one.code == "W409"]
    assert "Sở Y tế mua sách" in said.params["text"]


@cases("plans/ids", text=str, ids=list[str])
def test_ids_tell_items_apart(text, ids):
    assert [one.id for one in plan(text).tasks] == ids


def test_a_closing_paragraph_has_an_id_and_no_number():
    text = "I. NHIỆM VỤ\n1. Mua sách mới.\n2. Bán sách cũ.\nTrên đây là Kế hoạch, các đơn vị báo cáo về Sở Y tế./."
    last = plan(text).tasks[-1]
    assert (last.id, last.number, last.ordinal) == ("ket-be6b29", None, 1)


def test_sections_are_the_headings_with_their_kinds_and_parents():
    text = "I. MỤC TIÊU\n1. Mua sách mới.\nII. NHIỆM VỤ\n1. Mua sách cho thư viện\na) Mua sách mới."
    assert [(one.id, one.title, one.kind, one.parent) for one in plan(text).sections] == [
        ("section-I", "MỤC TIÊU", SectionKind.OBJECTIVE, None),
        ("section-II", "NHIỆM VỤ", SectionKind.TASK, None),
        ("section-II.1", "Mua sách cho thư viện", SectionKind.TASK, "section-II"),
    ]


@cases("plans/warnings", text=str, codes=list[str])
def test_what_a_reader_should_check_is_a_warning(text, codes):
    assert [one.code for one in plan(text).warnings] == codes


def signed(text, *times, intact=True):
    """The plan of a text whose file was signed digitally at these times."""
    made = body(text)
    signatures = tuple(
        DigitalSignature(
            name="SỞ Y TẾ",
            organisation=None,
            signed_at=datetime.fromisoformat(time) if time else None,
            covers_whole_file=True,
            intact=intact,
        )
        for time in times
    )
    return extract(replace(made, signatures=signatures), outline(made))


DATED = """UBND TỈNH HÀ GIANG
Số: 5/KH-UBND
Hà Giang, {}
KẾ HOẠCH
Mua sách
I. NHIỆM VỤ
1. Mua sách mới."""


@pytest.mark.parametrize(
    ("day", "times", "days"),
    [
        ("ngày tháng 02 năm 2025", ["2025-02-12T09:30:00+07:00"], "2025-02-12"),
        ("ngày tháng 02 năm 2025", ["2025-02-12T17:30:00+00:00"], "2025-02-13"),
        (
            "ngày tháng 02 năm 2025",
            ["2025-02-13T08:00:00+07:00", "2025-02-12T09:30:00+07:00"],
            "2025-02-12, 2025-02-13",
        ),
        ("ngày tháng 02 năm 2025", ["2025-02-12T09:30:00+07:00", "2025-03-05T09:30:00+07:00"], "2025-02-12"),
        ("ngày tháng 02 năm 2025", ["2025-03-05T09:30:00+07:00"], None),
        ("ngày tháng 02 năm 2025", [None], None),
        ("ngày 11 tháng 02 năm 2025", ["2025-02-12T09:30:00+07:00"], None),
    ],
    ids=["day", "day in Vietnam", "days", "of the month", "of another month", "no time", "printed"],
)
def test_the_day_of_a_signature_is_a_hint_for_the_date(day, times, days):
    made = signed(DATED.format(day), *times)
    assert made.metadata.issued_on == (date(2025, 2, 11) if "11" in day else None)
    assert [one.params["days"] for one in made.warnings if one.code == "W410"] == ([days] if days else [])


def test_a_date_before_one_of_its_grounds_is_held_against_the_signatures():
    ground = "Căn cứ Luật Thư viện ngày 04/5/2025;\nI. NHIỆM"
    text = DATED.format("ngày 15 tháng 4 năm 2025").replace("I. NHIỆM", ground)
    made = signed(text, "2025-05-15T09:30:00+07:00")
    said = [(one.code, one.params) for one in made.warnings]
    assert said[0] == ("W423", {"date": "2025-04-15", "day": "2025-05-04", "document": "Luật Thư viện"})
    assert said[1] == ("W410", {"days": "2025-05-15"})


def test_a_broken_signature_hints_at_nothing():
    made = signed(DATED.format("ngày tháng 02 năm 2025"), "2025-02-12T09:30:00+07:00", intact=False)
    assert "W410" not in [one.code for one in made.warnings]


def test_a_date_that_may_be_read_wrongly_is_held_against_the_signatures():
    made = body(DATED.format("ngày 11 tháng 02 năm 2025"))
    at = next(number for number, line in enumerate(made.pages[0].lines) if "ngày 11" in line.text)
    line = made.pages[0].lines[at]
    start = line.text.index("11")
    doubtful = replace(line, tokens=(RestoredToken(start, start + 2, start, start + 2, 0.5, "17"),))
    lines = (*made.pages[0].lines[:at], doubtful, *made.pages[0].lines[at + 1 :])
    made = replace(made, pages=(replace(made.pages[0], lines=lines),))

    def codes(day):
        one = DigitalSignature(
            name=None, organisation=None, signed_at=datetime.fromisoformat(f"{day}T09:30:00+07:00"),
            covers_whole_file=True, intact=True,
        )  # fmt: skip
        signed = replace(made, signatures=(one,))
        return [one.code for one in extract(signed, outline(signed)).warnings]

    assert codes("2025-02-17") == ["W213", "W410"] and codes("2025-02-11") == ["W213"]


@pytest.mark.parametrize(("text", "doubted"), [("Mua sách", ["Mua sách"]), ("1. Mua sách mới.", [])])
def test_a_title_that_may_be_read_wrongly_is_doubted(text, doubted):
    made = body(DATED.format("ngày 11 tháng 02 năm 2025"))
    lines = list(made.pages[0].lines)
    at = next(number for number, line in enumerate(lines) if line.text == text)
    start = text.index("Mua")
    end = start + len("Mua")
    lines[at] = replace(lines[at], tokens=(RestoredToken(start, end, start, end, 0.5, "x"),))
    made = replace(made, pages=(replace(made.pages[0], lines=tuple(lines)),))
    said = extract(made, outline(made)).warnings
    assert [one.params["value"] for one in said if one.code == "W213"] == doubted


def test_a_digital_signature_signs_a_plan():
    text = DATED.format("ngày 11 tháng 02 năm 2025")
    assert [signed(text).status.value, signed(text, None).status.value] == ["unknown", "signed"]
    assert signed(text, None, intact=False).status.value == "unknown"


@pytest.mark.parametrize(
    ("number", "day", "has_pages", "status"),
    [
        ("    /KH-UBND", "ngày    tháng 02 năm 2025", False, "unknown"),  # as it is laid before who signs
        ("    /KH-UBND", "ngày    tháng 02 năm 2025", True, "signed"),  # by hand, on paper
        ("    /KH-UBND", "ngày 11 tháng 02 năm 2025", False, "signed"),
        ("5/KH-UBND", "ngày    tháng 02 năm 2025", False, "signed"),
    ],
)
def test_a_typed_name_signs_nothing_that_has_neither_serial_nor_day(number, day, has_pages, status):
    text = DATED.replace("5/KH-UBND", number).format(day) + "\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Thử"
    made = replace(body(text), has_pages=has_pages)
    plan = extract(made, outline(made))
    assert plan.metadata.signer and plan.metadata.signer.name == "Nguyễn Văn Thử"
    assert plan.status.value == status


@pytest.mark.parametrize(("pixels", "unit", "scale"), [(None, "pt", 1), (2.0, "px", 2)])
def test_all_boxes_are_in_the_unit_of_their_page(pixels, unit, scale):
    lines = printed((72, "KẾ HOẠCH"), (72, "Mua sách"), (72, "I. NHIỆM VỤ"), (72, "1. Mua sách mới."))
    made = document(lines, ())
    regions = ((RegionKind.STAMP, Box(10, 20, 30, 40.02)),)
    first = replace(made.pages[0], width=595.35, height=842.0, pixels=pixels, rotation=90, regions=regions)
    made = replace(made, pages=(first, made.pages[1]))
    plan = extract(made, outline(made))
    [page, empty] = plan.source.pages
    assert (page.width, page.height, page.unit, page.rotation) == (595.35 * scale, 842.0 * scale, unit, 90)
    assert [(one.kind, one.box) for one in page.regions] == [
        ("stamp", [10 * scale, 20 * scale, 30 * scale, 40 * scale])
    ]
    assert plan.tasks[0].evidence.boxes == [[72.0 * scale, 42.0 * scale, 152.0 * scale, 54.0 * scale]]
    assert (empty.width, empty.height, empty.unit, empty.regions) == (None, None, None, [])


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
