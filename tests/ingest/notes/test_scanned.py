"""Footnotes of scanned pages are told by a rule, smaller print, and what their raised marks were read as."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.document import Box, Furniture
from pipeline.ingest.notes.footnotes import set_notes_apart
from pipeline.ingest.notes.scanned import with_notes
from pipeline.ingest.scan.page import Scan, ScanLine, ScanWord
from pipeline.ingest.scan.scanner import PendingScan, read_page

BODY = "Các đơn vị rà soát danh mục hồ sơ lưu trữ của mình và lập hồ sơ hiện hành"
RULE = Box(90.0, 300.0, 230.0, 300.0)


def line(text: str, base: float, size: float = 12.6, x0: float = 92.0) -> ScanLine:
    words, at = [], x0
    for word in text.split():
        words.append(ScanWord(word, at, at + 0.45 * size * len(word), base, 0.9))
        at = words[-1].x1 + 4.0
    return ScanLine(tuple(words), size)


def page(body: Sequence[str], notes: Sequence[str], rules: Sequence[Box] = (RULE,), gap: float = 27.0) -> Scan:
    """Lines 18 points apart, the last of the body at 290; below them the notes, 11 points apart."""
    lines = [line(text, 290.0 - 18.0 * (len(body) - 1 - at)) for at, text in enumerate(body)]
    lines += [line(text, 290.0 + gap + 11.0 * at, 10.0) for at, text in enumerate(notes)]
    return Scan(595.0, 842.0, 0, 0.0, tuple(lines), (), (), 0.1, 0.9, rules=tuple(rules))


def words(scan: Scan) -> list[str]:
    """The lines, marks in braces."""
    return [" ".join(f"{{{word.text}}}" if word.raised else word.text for word in one.words) for one in scan.lines]


def body(*marked: str) -> list[str]:
    return [*[BODY] * 6, *marked]


NOTES = ["' Bảo đảm trên 70% số kho được tu bổ", "trong hai năm đầu.", "? Theo đề án “Kho lưu trữ số” đã được duyệt."]


@pytest.mark.parametrize("rules", [(RULE,), ()])
def test_notes_are_numbered_and_their_marks_are_raised_words(rules: Sequence[Box]) -> None:
    scan, top = with_notes(page(body("Tu bổ các kho đã giao!.", "Mua phần mềm và thiết bị”; sao lưu"), NOTES, rules))
    assert top is not None and 290 < top < 317
    assert words(scan)[6:] == [
        "Tu bổ các kho đã giao {1} .",
        "Mua phần mềm và thiết bị {2} ; sao lưu",
        "{1} Bảo đảm trên 70% số kho được tu bổ",
        "trong hai năm đầu.",
        "{2} Theo đề án “Kho lưu trữ số” đã được duyệt.",
    ]


def test_notes_are_numbered_on_from_the_page_before() -> None:
    scan, _ = with_notes(page(body("Tu bổ các kho đã giao?.", "Mua thiết bị*"), ["3 Bảo đảm kho", "“ Theo đề án"]))
    assert words(scan)[6:] == ["Tu bổ các kho đã giao {3} .", "Mua thiết bị {4}", "{3} Bảo đảm kho", "{4} Theo đề án"]


def test_a_note_whose_mark_is_read_to_its_word_is_parted() -> None:
    scan, _ = with_notes(page(body("Tu bổ các kho đã giao1."), ["'Bảo đảm trên 70% số kho", "được tu bổ."]))
    assert words(scan)[6:8] == ["Tu bổ các kho đã giao {1} .", "{1} Bảo đảm trên 70% số kho"]


def test_of_what_may_be_a_mark_that_which_looks_like_it_is_taken() -> None:
    scan, _ = with_notes(page(body("Cần mua gì?", "Tu bổ các kho đã giao!."), ["1 Bảo đảm kho", "được tu bổ."]))
    assert words(scan)[6:8] == ["Cần mua gì?", "Tu bổ các kho đã giao {1} ."]


def test_where_it_is_not_told_which_is_the_mark_each_is_doubted() -> None:
    scan, top = with_notes(page(body("Mua máy!", "Tu bổ kho"), ["1 Bảo đảm kho", "2 Theo đề án số hoá"]))
    assert top is not None
    assert [word.confidence < 0.5 for word in scan.lines[6].words] == [False, True]
    assert words(scan)[6] == "Mua máy!"


def test_what_was_begun_on_the_page_before_goes_on_above_the_first_note() -> None:
    _, top = with_notes(page(body("Mua máy!"), ["hạn và theo định mức đã giao", "2 Theo đề án số hoá"]))
    assert top is not None


@pytest.mark.parametrize(
    ("marked", "notes", "rules", "gap"),
    [
        ("Mua máy.", ["1. Sở Nội vụ", "2. Sở Tài chính"], (RULE,), 27.0),  # items of a list in small print
        ("Mua máy.", ["Nơi nhận:", "- Như trên;", "- Lưu: VT."], (), 27.0),
        ("Mua máy.", ["- Như trên;", "- Lưu: VT."], (RULE,), 27.0),
        ("Mua máy.", ["1 Sở Nội vụ", "2 Sở Tài chính"], (), 27.0),  # nothing above has a mark
        ("Mua máy!", ["1 Sở Nội vụ", "2 Sở Tài chính"], (), 11.0),  # no gap above
        ("Mua máy!", ["2026 Sở Nội vụ", "lập"], (RULE,), 27.0),
        ("Mua máy!", ["1 Sở Nội vụ", "2 Sở Tài chính"], (Box(90.0, 300.0, 480.0, 300.0),), 40.0),  # as wide as the text
    ],
)
def test_other_small_print_at_the_foot_is_no_note(
    marked: str, notes: list[str], rules: Sequence[Box], gap: float
) -> None:
    scan = page(body(marked), notes, rules, gap)
    if rules and gap == 40.0:
        scan = page(body("Mua máy."), notes, rules, gap)
    assert with_notes(scan) == (scan, None)


@pytest.mark.parametrize(
    "text",
    ["gửi “Kho lưu trữ số”", "rộng 30 km2", "đơn vị C04", "theo mẫu A1", "“Có thể sao lưu được không”"],
)
def test_signs_that_belong_to_their_word_are_no_marks(text: str) -> None:
    scan, _ = with_notes(page(body("Tu bổ các kho đã giao!.", text), ["' Bảo đảm kho", "được tu bổ."]))
    assert words(scan)[6:8] == ["Tu bổ các kho đã giao {1} .", text]


def test_notes_of_a_scan_are_set_apart_and_told_with_their_place() -> None:
    scan = page(body("Tu bổ các kho đã giao!.", "Mua phần mềm và thiết bị”; sao lưu"), NOTES)
    read = read_page(PendingScan(scan), 2, (595.0, 842.0), "no text").page
    assert read is not None
    (done,), said = set_notes_apart([read])
    assert [one.text for one in done.lines if one.furniture is None][6:] == [
        "Tu bổ các kho đã giao.",
        "Mua phần mềm và thiết bị; sao lưu",
    ]
    assert [one.furniture for one in done.lines[-3:]] == [Furniture.FOOTNOTE] * 3
    assert [(one.code, dict(one.params)["mark"], dict(one.params)["at"]) for one in said] == [
        ("W227", "1", "Tu bổ các kho đã giao"),
        ("W227", "2", "Mua phần mềm và thiết bị"),
    ]
    assert dict(said[0].params)["text"] == "Bảo đảm trên 70% số kho được tu bổ trong hai năm đầu."


def test_a_note_whose_mark_was_not_found_is_told_without_its_place() -> None:
    read = read_page(PendingScan(page(body("Mua máy."), NOTES)), 1, (595.0, 842.0), "no text").page
    assert read is not None
    _, said = set_notes_apart([read])
    assert [dict(one.params)["at"] for one in said] == ["…", "…"]
