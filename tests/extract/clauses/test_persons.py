"""Persons by name in sentences."""

from pipeline.extract.clauses.persons import acting
from tests.cases import cases


@cases("persons/sentences", text=str, persons=list[list[str]])
def test_persons_who_have_a_part_in_an_order(text, persons):
    assert [[one.name, one.post or "", one.role.value] for one in acting(text)] == persons


def test_a_person_stands_where_it_is_printed():
    text = "Mở lớp; giao đồng chí Lê Văn Nam - Giám đốc chủ trì."
    (one,) = acting(text)
    assert text[one.start : one.end].strip() == "đồng chí Lê Văn Nam - Giám đốc"
