"""Different things of one kind."""

import pytest

from pipeline.compare.contrasts import contrast, same_scope
from pipeline.language.syllables import syllables


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("thư viện cấp huyện", "thư viện cấp xã", True),
        ("thư viện tỉnh", "thư viện công cộng cấp tỉnh", False),
        ("thư viện cấp tỉnh, cấp huyện", "thư viện cấp huyện", False),
        ("xã hội học tập cấp tỉnh", "xã hội học tập", False),
        ("hợp tác xã", "hợp tác xã cấp huyện", False),
        ("lao động nữ", "lao động nam", True),
        ("người Việt Nam", "lao động nữ", False),
        ("trẻ em dưới 5 tuổi", "trẻ em dưới 6 tuổi", True),
        ("trẻ em năm 2025", "trẻ em năm 2030", False),
        ("dân số thành thị", "dân số nông thôn", True),
        ("xã nông thôn mới", "xã đô thị", False),
    ],
)
def test_a_contrast_is_one_both_ways(one: str, other: str, differ: bool) -> None:
    a, b = syllables(one), syllables(other)
    assert contrast(a, b) is contrast(b, a) is differ


def test_more_levels_are_another_scope() -> None:
    assert not same_scope(syllables("trung tâm cấp tỉnh, cấp huyện"), syllables("trung tâm cấp huyện"))
    assert same_scope(syllables("trung tâm văn hóa cấp huyện"), syllables("trung tâm cấp huyện"))
