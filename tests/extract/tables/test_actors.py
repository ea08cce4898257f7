"""Who a cell names, in which role."""

import pytest

from pipeline.extract.tables.actors import actors_in
from pipeline.schema import Role
from tests.documents import in_lines

BOTH = "Cơ quan chủ trì/phối hợp"


def roles(text, header=BOTH):
    actors = actors_in(in_lines(*text.split("\n")), Role.RESPONSIBLE, header, {})
    return [(one.name, str(one.role)) for one in (*actors.persons, *actors.agencies)]


@pytest.mark.parametrize(
    "cell",
    [
        "Sở Y tế; Sở Nội vụ; Công an tỉnh",
        "Sở Y tế, Sở Nội vụ, Công an tỉnh",
        "Sở Y tế / Sở Nội vụ, Công an tỉnh",
        "Sở Y tế\nSở Nội vụ\nCông an tỉnh",
    ],
)
def test_in_a_column_of_both_the_first_leads(cell):
    assert roles(cell) == [("Sở Y tế", "lead"), ("Sở Nội vụ", "cooperating"), ("Công an tỉnh", "cooperating")]


def test_several_lead_before_a_strong_sign():
    assert roles("Sở Y tế, Sở Nội vụ; Công an tỉnh") == [
        ("Sở Y tế", "lead"),
        ("Sở Nội vụ", "lead"),
        ("Công an tỉnh", "cooperating"),
    ]


@pytest.mark.parametrize(
    "cell",
    ["Chủ trì: Sở Nội vụ. Phối hợp: Sở Y tế", "CT: Sở Nội vụ; PH: Sở Y tế", "Sở Nội vụ (chủ trì), Sở Y tế"],
)
@pytest.mark.parametrize("header", [BOTH, "Chủ trì, phối hợp"])
def test_the_words_of_the_cell_go_before_its_order(cell, header):
    assert roles(cell, header) == [("Sở Nội vụ", "lead"), ("Sở Y tế", "cooperating")]


def test_in_a_column_of_who_does_it_all_do():
    assert roles("Sở Y tế; Sở Nội vụ", "Đơn vị thực hiện") == [("Sở Y tế", "responsible"), ("Sở Nội vụ", "responsible")]


def test_persons_are_no_agencies():
    actors = actors_in(in_lines("Văn phòng Sở; đ/c Trần Văn Nam (Chánh Văn phòng)"), Role.LEAD, "Chủ trì", {})
    assert [one.name for one in actors.agencies] == ["Văn phòng Sở"]
    assert [(one.name, one.post) for one in actors.persons] == [("Trần Văn Nam", "Chánh Văn phòng")]


@pytest.mark.parametrize(
    "cell",
    [
        "Theo phân công tại Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND tỉnh",
        "Theo Phụ lục II",
        "Theo chức năng, nhiệm vụ",
    ],
)
def test_a_cell_that_says_where_they_are_named_names_none(cell):
    actors = actors_in(in_lines(cell), Role.LEAD, "Chủ trì", {})
    assert (actors.agencies, [cell[a:b] for a, b in actors.elsewhere]) == ([], [cell])


def test_a_role_behind_a_colon_is_that_of_all_before_it():
    assert roles("- Sở Y tế: chủ trì;\n- Sở Nội vụ, Công an tỉnh: phối hợp", "Đơn vị thực hiện") == [
        ("Sở Y tế", "lead"),
        ("Sở Nội vụ", "cooperating"),
        ("Công an tỉnh", "cooperating"),
    ]


def test_a_role_in_brackets_is_that_of_one():
    assert roles("Sở Y tế, Sở Nội vụ (phối hợp)", "Đơn vị thực hiện") == [
        ("Sở Y tế", "responsible"),
        ("Sở Nội vụ", "cooperating"),
    ]
