"""Persons in the cells that say who does the work."""

from pipeline.extract.tables.persons import persons_in
from pipeline.schema import Role
from tests.cases import cases
from tests.documents import in_lines


@cases("persons/cells", cell=str, persons=list)
def test_the_persons_of_a_cell(cell, persons):
    found = persons_in(in_lines(cell), Role.RESPONSIBLE)
    said = [(name, *rest) for name, *rest in persons]
    assert [(one.name, one.post or "", one.role) for one in found] == [
        (name, (rest + [""])[0], Role(rest[1]) if len(rest) > 1 else Role.RESPONSIBLE)
        for name, *rest in map(list, said)
    ]


def test_each_line_of_a_cell_names_its_person():
    found = persons_in(in_lines("Nguyễn Văn An", "Trần Thị Bình"), Role.LEAD)
    assert [(one.name, one.role) for one in found] == [("Nguyễn Văn An", Role.LEAD), ("Trần Thị Bình", Role.LEAD)]


def test_a_person_stands_where_the_cell_prints_it():
    cell = in_lines("Sở Tài chính; ông Lê Văn Hùng (Phó Giám đốc)")
    (found,) = persons_in(cell, Role.LEAD)
    assert cell.text[found.start : found.end] == "ông Lê Văn Hùng (Phó Giám đốc)"
