import pytest

from pipeline.language.syllables import are_one_word, bare_inventory, inventory, syllables


@pytest.mark.parametrize(
    "syllable",
    [
        "nghiêng",
        "quyết",
        "giúp",
        "thuở",
        "khuỷu",
        "gì",
        "giếng",
        "ý",
        "yêu",
        "đắc",
        "oanh",
        "quý",
        "xoáy",
        "hòa",
        "thúy",
    ],
)
def test_what_can_be_written_is_a_syllable(syllable: str) -> None:
    assert syllable in inventory()


@pytest.mark.parametrize("word", ["xuât", "ngiêng", "cê", "đuợc", "bức-", "zin", "kức", "tòàn"])
def test_what_cannot_be_written_is_none(word: str) -> None:
    assert word not in inventory()


def test_the_bare_inventory_has_no_accents() -> None:
    assert {"nghieng", "dang", "uy"} <= bare_inventory()
    assert "đang" not in bare_inventory()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a) Sở Y tế", ("sở", "y", "tế")),
        ("1.2. Thư viện", ("thư", "viện")),
        ("– 80% số xã", ("80", "%", "số", "xã")),
        ("Thuỷ lợi", ("thủy", "lợi")),
        ("2025 là năm đầu", ("2025", "là", "năm", "đầu")),
    ],
)
def test_the_syllables_of_a_text_are_folded_and_without_its_marker(text: str, found: tuple[str, ...]) -> None:
    assert syllables(text) == found


def test_spellings_of_one_word() -> None:
    assert are_one_word("hoà", "hòa")
    assert not are_one_word("hoa", "hòa")
