import pytest

from pipeline.restore.kinds import Kind
from pipeline.restore.verdict import judge

RIGHT = "Ủy ban nhân dân thành phố ban hành kế hoạch triển khai thực hiện Chỉ thị"
STRIPPED = "Uy ban nhan dan thanh pho ban hanh ke hoach trien khai thuc hien Chi thi"
MISREAD = "Uy ban nhan dan thanh phd ban hanh ké hoach trién khai thwe hién Chi thi s6"
ENGLISH = "The committee shall report to the government before the end of the year"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (RIGHT, Kind.RIGHT),
        (STRIPPED, Kind.STRIPPED),
        (MISREAD, Kind.MISREAD),
        (ENGLISH, Kind.FOREIGN),
        ("", Kind.FOREIGN),
    ],
)
def test_a_line_says_what_it_is(line: str, kind: Kind) -> None:
    assert judge([line]) == [kind]


def test_a_short_line_is_what_its_neighbours_are() -> None:
    assert judge([MISREAD, "KE HOACH", MISREAD])[1] is Kind.MISREAD
    assert judge([RIGHT, "CAM ON", RIGHT])[1] is Kind.RIGHT


def test_a_line_without_letters_is_nothing_to_read() -> None:
    assert judge([RIGHT, "12 / 34", RIGHT])[1] is Kind.FOREIGN


def test_a_stripped_block_in_a_right_text_is_found() -> None:
    lines = [RIGHT] * 8 + [STRIPPED] * 8
    assert judge(lines) == [Kind.RIGHT] * 8 + [Kind.STRIPPED] * 8
