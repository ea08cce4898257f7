"""Recipients and signature."""

from dataclasses import replace

import pytest

from pipeline.document import Box, Side
from pipeline.outline.paragraphs import rows_of
from pipeline.outline.record.foot import (
    begins_behind_stop,
    begins_foot,
    begins_recipients,
    begins_signatures,
    is_person,
    read_foot,
)
from tests.cases import cases
from tests.documents import document, line


def foot(text):
    return read_foot(rows_of(document(text)))


@cases("foot/feet", text=str, recipients=list[str], capacity=list[str] | None, signer=str | None)
def test_recipients_authority_and_signer_are_read(text, recipients, capacity, signer):
    read = foot(text)
    assert [one.text for one in read.recipients] == recipients
    assert capacity is None or [one.text for one in read.capacity] == capacity
    assert signer is None or (read.signer.text if read.signer else "") == signer


def test_the_columns_that_ingest_tells_apart_are_not_mixed():
    left = [line(text, column=Side.LEFT) for text in ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.")]
    right = [line(text, column=Side.RIGHT) for text in ("BỘ TRƯỞNG", "Nguyễn Thị Kim Tiến")]
    read = foot([*left, *right])
    assert ([one.text for one in read.recipients], read.signer.text) == (
        ["Như Điều 3", "Lưu: VT"],
        "Nguyễn Thị Kim Tiến",
    )


def test_a_post_beside_the_recipients_is_of_who_signs():
    left, right = Box(80, 0, 200, 0), Box(290, 0, 530, 0)
    texts = [
        ("Nơi nhận:", left),
        ("- Như trên;", left),
        ("VỤ TRƯỞNG VỤ ĐÀO TẠO", right),
        ("- Các vụ;", left),
        ("- Lưu: VT.", left),
        ("Trần Văn Nam", right),
    ]
    read = foot([replace(line(text), box=box) for text, box in texts])
    assert [one.text for one in read.recipients] == ["Như trên", "Các vụ", "Lưu: VT"]
    assert ([one.text for one in read.capacity], read.signer.text) == (["VỤ TRƯỞNG VỤ ĐÀO TẠO"], "Trần Văn Nam")


def test_what_a_seal_left_of_a_post_is_none():
    assert [one.text for one in foot("KT. BỘ TRƯỞNG\nZ6 NHIỆM\nTrần Văn Nam").capacity] == ["KT. BỘ TRƯỞNG"]


def test_a_bar_that_stands_alone_says_nothing():
    assert foot("Nơi nhận:\n- Như trên;\n|\nTM. ỦY BAN NHÂN DÂN").recipients


def test_a_foot_without_a_name_has_no_signer():
    assert foot("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH").signer is None


@cases("foot/persons", text=str, person=bool)
def test_a_name_is_two_to_five_syllables_with_capitals(text, person):
    assert is_person(text) is person


@cases("foot/beginnings", text=str, begins=bool)
def test_a_sign_off_begins_with_recipients_authority_or_office(text, begins):
    assert begins_foot(rows_of(document(text))[0]) is begins


@cases("foot/without_headings", text=str, begins=bool)
def test_behind_the_stop_of_a_document_recipients_and_a_name_need_no_heading(text, begins):
    assert begins_behind_stop(rows_of(document(text)), 1) is begins


@cases("foot/recipients", text=str, begins=bool)
def test_a_list_of_recipients_is_known_by_its_heading_or_by_its_items(text, begins):
    assert begins_recipients(rows_of(document(text)), 0) is begins


@pytest.mark.parametrize(("below", "begins"), [("2. Lập danh sách.", False), ("1. Mẫu phiếu", True), ("Đã ký", True)])
def test_a_post_and_a_name_are_no_sign_off_where_the_list_above_goes_on_below(below, begins):
    text = f"1. Sở Y tế mua sách.\nTRƯỞNG PHÒNG NỘI VỤ\nLê Thị Hoa\n{below}"
    assert begins_signatures(rows_of(document(text)), 1) is begins
