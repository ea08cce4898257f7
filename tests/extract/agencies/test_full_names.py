"""Full names of letterheads."""

import pytest

from pipeline.extract.agencies.full_names import defined, full, names_body, short_names, spelled, written_out
from tests.cases import cases


@cases("agencies/letterheads", printed=str, name=str)
def test_a_letterhead_becomes_a_name(printed, name):
    assert full(printed) == name


@cases("abbreviations/own", text=str, terms=dict[str, str])
def test_abbreviations_that_a_document_makes(text, terms):
    assert defined(text) == terms


def test_an_agency_has_them_written_out():
    terms = {"ATANTT": "an toàn, an ninh thông tin"}
    assert written_out("Trung tâm ATANTT", terms) == "Trung tâm an toàn, an ninh thông tin"
    assert written_out("Trung tâm ATANTTX", terms) == "Trung tâm ATANTTX"


@cases("abbreviations/units", text=str, names=dict[str, str])
def test_units_written_short_are_those_the_document_writes_in_full(text, names):
    assert spelled(text) == names


def test_the_first_name_in_full_counts():
    assert spelled("Phòng Tổng cục, Phòng Tài chính, Phòng TC") == {"Phòng TC": "Phòng Tổng cục"}


def test_many_short_units_in_a_long_text_are_looked_up_in_one_pass():
    short = "".join(f"Phòng A{a}{b} họp. " for a in "BCDGHKLM" for b in "BCDGHKLM")
    assert spelled(short + "Sở Y tế họp. " * 50_000 + "Phòng An bình Dân") == {"Phòng ABD": "Phòng An bình Dân"}


def test_a_unit_written_short_is_written_out():
    assert written_out("Phòng QLVH và Phòng X", {"Phòng QLVH": "Phòng Quản lý văn hóa"}) == (
        "Phòng Quản lý văn hóa và Phòng X"
    )


@pytest.mark.parametrize(
    ("full", "body"),
    [("Hội đồng Giáo sư Nhà nước", True), ("an toàn, an ninh thông tin", False), ("Sở Y tế, Sở Nội vụ", False)],
)
def test_a_term_that_is_the_name_of_one_body_is_told_from_others(full, body):
    assert names_body(full) is body


@cases("abbreviations/in_words", text=str, names=dict[str, str])
def test_short_names_that_a_document_defines_in_words(text, names):
    assert short_names(text) == names


def test_a_short_name_is_written_out_where_it_is_all_of_the_name():
    terms = {"ban chỉ đạo": "Ban Chỉ đạo về sách"}
    assert written_out("Ban chỉ đạo", terms) == "Ban Chỉ đạo về sách"
    assert written_out("Ban Chỉ đạo 389", terms) == "Ban Chỉ đạo 389"
