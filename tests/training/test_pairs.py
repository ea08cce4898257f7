from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.training.degrading import MACHINES, degrade
from pipeline.training.pairs import Pair, make_pairs, pair_lines, read_pairs, write_pairs


def test_lines_are_laid_side_by_side() -> None:
    printed = ["Ủy ban nhân dân", "ban hành kế hoạch", "phát triển văn hóa đọc"]
    read = ["~ .", "Uy ban nhan dan", "", "phat trién van héa doc"]
    assert list(pair_lines(printed, read)) == [Pair(printed[0], read[1]), Pair(printed[2], read[3])]


def test_a_page_that_was_lost_gives_no_pairs() -> None:
    assert list(pair_lines(["Ủy ban nhân dân"], [])) == []


@pytest.mark.parametrize("machine", MACHINES)
def test_a_machine_spoils_a_page_but_not_its_size(machine: str) -> None:
    page = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(page).rectangle((50, 50, 120, 60), fill=0)
    spoilt = degrade(page, 200, machine, np.random.default_rng(1))
    assert spoilt.size == page.size
    assert spoilt.mode == "L"
    assert spoilt.tobytes() != page.tobytes()
    assert spoilt.tobytes() == degrade(page, 200, machine, np.random.default_rng(1)).tobytes()


def test_a_file_of_pairs_is_read_as_it_was_written(tmp_path: Path) -> None:
    pages = [[Pair("xử lý", "xir 1y")], [], [Pair("của", "ciia"), Pair("thực hiện", "thwe hién")]]
    assert write_pairs(pages, "eng", tmp_path / "a.xz") == 5
    assert list(read_pairs(tmp_path / "a.xz")) == [("eng", pair) for page in pages for pair in page]


def fonts() -> list[Path]:
    from pipeline.training.typesetting import has_every_letter

    found = sorted(Path("/usr/share").glob("**/*.[ot]tf"))
    return [font for font in found if "Serif" in font.name or "termes" in font.name and has_every_letter(font)][:1]


class Echo:
    """A reader that fails on every second page."""

    def __call__(self, picture: Image.Image, dpi: int) -> str:
        if picture.tobytes()[0] % 2:
            raise RuntimeError("the reader hangs")
        return ""


@pytest.mark.slow
def test_a_reader_that_fails_costs_that_page() -> None:
    found = fonts()
    if not found:
        pytest.skip("no font with every Vietnamese letter is installed here")
    pages = list(make_pairs(["Ủy ban nhân dân ban hành kế hoạch"], found, Echo(), 3, 1, 1))
    assert pages == [[], [], []]
