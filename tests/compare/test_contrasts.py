"""Different things of one kind."""

from pipeline.compare.contrasts import contrast, same_scope
from pipeline.language.syllables import syllables
from tests.cases import cases


@cases("compare/contrasts", one=str, other=str, differ=bool)
def test_a_contrast_is_one_both_ways(one: str, other: str, differ: bool) -> None:
    a, b = syllables(one), syllables(other)
    assert contrast(a, b) is contrast(b, a) is differ


def test_more_levels_are_another_scope() -> None:
    assert not same_scope(syllables("trung tâm cấp tỉnh, cấp huyện"), syllables("trung tâm cấp huyện"))
    assert same_scope(syllables("trung tâm văn hóa cấp huyện"), syllables("trung tâm cấp huyện"))
