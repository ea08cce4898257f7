"""Ids do not depend on what stands before, and no two are alike."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.folding import slug as folded_slug
from pipeline.schema.identities import Identities, slug

WORDS = st.text("abc ", min_size=1, max_size=4)
NUMBERS = st.sampled_from(["I.1", "I.2", "Phụ lục I.1"])
ITEMS = st.lists(st.tuples(NUMBERS, WORDS, st.booleans(), st.integers(0, 3)), max_size=30)
VIETNAMESE = st.text("aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐQWbn 09/-.,")


def ids(items):
    identities = Identities()
    made = [identities.section(number, text, None) for number, text, _, _ in items[::3]]
    made += [identities.table(text, [number], [[text]]) for number, text, _, _ in items[::4]]
    return made + [
        identities.item(number, text, numbered=numbered, holder=holder, title=f"{holder}")[0]
        for number, text, numbered, holder in items
    ]


@given(ITEMS)
def test_no_two_ids_of_a_plan_are_alike_and_none_has_a_blank(items):
    made = ids(items)
    assert len(set(made)) == len(made)
    assert not any(char.isspace() for one in made for char in one)


def test_an_item_keeps_its_id_when_another_comes_before_it():
    def second(first):
        identities = Identities()
        for text in first:
            identities.item("I.1", text, numbered=False, holder=1, title="Mua sách")
        return identities.item("I.1", "Bán sách.", numbered=False, holder=1, title="Mua sách")[0]

    assert second([]) == second(["Mua sách."]) == second(["Mua sách.", "Đọc sách."])


@given(VIETNAMESE)
def test_a_slug_is_that_of_the_rest_of_the_program(text):
    assert slug(text) == folded_slug(text)
