import pytest

from pipeline.training.alignment import aligned


@pytest.mark.parametrize(
    ("printed", "read", "expected"),
    [
        ("xử lý thông tin", "xir 1y thong tin", [("xử", "xir"), ("lý", "1y"), ("thông", "thong"), ("tin", "tin")]),
        ("thành phố Hải", "thanhphé Hai", [("thành phố", "thanhphé"), ("Hải", "Hai")]),
        ("phối hợp", "ph 6i hop", [("phối", "ph 6i"), ("hợp", "hop")]),
        ("ba bốn năm", "ba nam", [("ba", "ba"), ("bốn", ""), ("năm", "nam")]),
        ("", "", []),
    ],
)
def test_words_find_their_readings(printed: str, read: str, expected: list[tuple[str, str]]) -> None:
    assert list(aligned(printed.split(), read.split())) == expected
