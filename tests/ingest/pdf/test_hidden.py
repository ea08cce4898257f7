"""Nothing is read that nobody sees, and it is told that it is there; what is in sight is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.ingest.pdf.broken import BODY
from tests.ingest.pdf.hiding import SECRET, SEEN, WAYS, hidden, replaced, replaced_parts, shown, struck, watermarked

Save = Callable[[str, bytes | str], Path]
UNTOLD = {  # beyond the page, or in what is not part of its content
    "off the page",
    "beside the page",
    "cropped",
    "in a hidden annotation",
    "in an annotation not to be viewed",
    "in a note",
}


def read(path: Path) -> tuple[Document, list[str]]:
    document = ingest(path, Settings(cache="off"))
    return document, [line.text for _, line in document.lines()]


@pytest.mark.parametrize("way", WAYS)
def test_what_nobody_sees_is_not_read(save: Save, way: str) -> None:
    document, lines = read(save("a.pdf", hidden(way)))
    assert lines == list(BODY[:9])
    told = [dict(said.params)["text"] for said in document.notices if said.code == "W229"]
    assert told == ([] if way in UNTOLD else [SECRET])


@pytest.mark.parametrize("way", SEEN)
def test_what_is_in_sight_is_read(save: Save, way: str) -> None:
    document, lines = read(save("a.pdf", shown(way)))
    assert lines == [*BODY[:9], SECRET]
    assert not [said for said in document.notices if said.code == "W229"]


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("Phòng Y tế kiểm tra trước ngày 30/6/2026", SECRET),
        ("Phòng Y tế kiểm tra trước ngày 30/6/2026", "Phòng Y tế kiểm tra trước ngày 30/9/2029"),
    ],
)
def test_a_replacement_that_says_something_else_is_not_read(save: Save, printed: str, said: str) -> None:
    document, lines = read(save("a.pdf", replaced(printed, said)))
    assert lines == [*BODY[:9], printed]
    assert [dict(one.params)["text"] for one in document.notices if one.code == "W229"] == [said]


def test_a_replacement_that_gives_the_accents_is_read(save: Save) -> None:
    document, lines = read(save("a.pdf", replaced("Phong Y te kiem tra truoc 30/6", "Phòng Y tế kiểm tra trước 30/6")))
    assert lines[-1] == "Phòng Y tế kiểm tra trước 30/6"
    assert not [one for one in document.notices if one.code == "W229"]


def test_a_replacement_that_is_said_twice_is_read_twice(save: Save) -> None:
    parts = (["Phong", "Y", "te"], "Phòng Y tế"), (["va"], "và"), (["Phong", "Y", "te"], "Phòng Y tế")
    document, lines = read(save("a.pdf", replaced_parts(*parts)))
    assert lines[-1].split() == ["Phòng", "Y", "tế", "và", "Phòng", "Y", "tế"]
    assert not [one for one in document.notices if one.code == "W229"]


def test_a_long_replacement_is_compared_by_its_groups_of_letters(save: Save) -> None:
    printed = "Phong Y te kiem tra an toan thuc pham tai cac co so tren dia ban " * 7
    said = "Phòng Y tế kiểm tra an toàn thực phẩm tại các cơ sở trên địa bàn " * 7
    other = "Phòng Nội vụ tham mưu khen thưởng tập thể, cá nhân có thành tích " * 7
    for text, told in ((said, []), (other, [other.strip()])):
        document, _ = read(save("a.pdf", replaced(printed, text.strip())))
        texts = [dict(one.params)["text"] for one in document.notices if one.code == "W229"]
        assert [text[:100] for text in texts] == [text[:100] for text in told]


@pytest.mark.parametrize(("size", "y"), [(70, 290), (12, 262)])
def test_pale_words_that_text_is_printed_over_are_a_watermark(save: Save, size: float, y: float) -> None:
    document, lines = read(save("a.pdf", watermarked("BẢN SAO LƯU", size, y)))
    assert lines == list(BODY[:9])
    assert [dict(one.params)["text"] for one in document.notices if one.code == "W219"] == ["BẢN SAO LƯU"]


def test_pale_words_that_stand_by_themselves_are_read(save: Save) -> None:
    _, lines = read(save("a.pdf", watermarked("Phòng Y tế kiểm tra", 12, 120)))
    assert lines[-1] == "Phòng Y tế kiểm tra"


def test_words_that_are_struck_out_are_not_read(save: Save) -> None:
    document, lines = read(save("a.pdf", struck("Phòng Tài chính", "Phòng Y tế kiểm tra")))
    assert lines[-1] == "Phòng Y tế kiểm tra"
    assert [dict(one.params)["words"] for one in document.notices if one.code == "W226"] == ["Phòng Tài chính"]


@pytest.mark.parametrize(("rise", "beyond"), [(-0.15, 0), (0.3, 60), (0.9, 0)])
def test_a_rule_below_above_or_beyond_words_strikes_nothing(save: Save, rise: float, beyond: float) -> None:
    _, lines = read(save("a.pdf", struck("Phòng Tài chính", "và Phòng Y tế", rise, beyond)))
    assert "Phòng Tài chính" in " ".join(lines)
