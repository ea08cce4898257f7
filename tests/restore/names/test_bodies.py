"""Names of bodies on pages that were read from pictures."""

import pytest

from pipeline.document import CellSpan, Line
from pipeline.restore.names.bodies import body_names


def mended(*texts: str, cell: bool = False) -> list[str]:
    """Lines, of one cell or of the text, with the syllables that were read otherwise in their place."""
    spans = (CellSpan(0, 1, 0),) if cell else ()
    lines = [Line(text, text, table=0 if cell else None, cells=spans) for text in texts]
    out = list(texts)
    for at, readings in body_names(lines).items():
        for one in sorted(readings, key=lambda one: -one.start):
            out[at] = out[at][: one.start] + one.text + out[at][one.end :]
    return out


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Sở Văn hóa, Thẻ thao và Du lịch; Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch; Sở Y tế"),
        ("UBND các xã, Tình đoàn", "UBND các xã, Tỉnh đoàn"),
        ("SỞ TÀI CHÍNH VÀ SỞ NỘI VU", "SỞ TÀI CHÍNH VÀ SỞ NỘI VỤ"),
        ("Công an tình, Thanh tra tỉnh", "Công an tỉnh, Thanh tra tỉnh"),
        ("Liên đoàn. Lao động tỉnh; Sở Y tế", "Liên đoàn Lao động tỉnh; Sở Y tế"),  # a grain of dust
        ("Bộ Chỉ huy Quân: sự tỉnh", "Bộ Chỉ huy Quân sự tỉnh"),
        ("Tình đoàn, Bảo hiểm xã", "Tỉnh đoàn, Bảo hiểm xã"),
        ("Tình đoàn. Thanh tra tỉnh", "Tỉnh đoàn. Thanh tra tỉnh"),
    ],
)
def test_a_name_of_which_a_mark_was_misread_is_the_one_that_is_known(read, printed):
    assert mended(read) == [printed]


def test_a_name_goes_on_over_the_lines_of_a_cell():
    assert mended("Sở Nông nghiệp và", "Mỗi trường", cell=True) == ["Sở Nông nghiệp và", "Môi trường"]
    assert mended("Sở Nông nghiệp và.", "Môi trường", cell=True) == ["Sở Nông nghiệp và", "Môi trường"]


@pytest.mark.parametrize("text", ["Công ăn, việc làm ổn định", "sở văn hóa, thẻ thao", "Sở Tái Chinh", "Sở Y tế"])
def test_other_words_stay(text):
    assert mended(text) == [text]


def test_a_name_that_was_read_right_is_kept_whatever_else_fits():
    line = Line("Tỉnh đoàn, Bảo hiểm xã", "Tỉnh đoàn, Bảo hiểm xã")
    assert [one.text for one in body_names([line])[0]] == ["Tỉnh", "đoàn"]
