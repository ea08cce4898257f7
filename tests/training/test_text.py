import lzma
from pathlib import Path

from pipeline.training.text import NEAR, paragraphs

GOOD = "Ủy ban nhân dân tỉnh ban hành kế hoạch triển khai thực hiện"


def listed(folder: Path, lines: list[str]) -> list[str]:
    file = folder / "text.txt.xz"
    with lzma.open(file, "wt", encoding="utf-8") as out:
        out.write("\n".join(lines))
    return list(paragraphs(file))


def test_right_vietnamese_is_taken(tmp_path: Path) -> None:
    assert listed(tmp_path, [GOOD, "  ".join(GOOD.split())]) == [GOOD, GOOD]


def test_other_languages_and_encodings_are_left_out(tmp_path: Path) -> None:
    bad = ["The committee shall report to the government", "Kh«ng ai ®îc mang khÝ giíi, trõ nh÷ng ngêi", "12/2020"]
    assert listed(tmp_path, bad) == []


def test_a_misspelt_line_takes_its_neighbours_with_it(tmp_path: Path) -> None:
    far = [f"{GOOD} số {number}" for number in range(2 * NEAR + 2)]
    lines = [*far, "Các cơ quan xuât trình giấy tờ theo quy định", *far]
    assert listed(tmp_path, lines) == [*far[: len(far) - NEAR], *far[NEAR:]]
