"""Signs that dust was read as."""

import pytest

from pipeline.document import Box
from pipeline.ingest.scan.page import PageMark, ScanLine, ScanWord
from pipeline.ingest.scan.recognition import _without_specks


@pytest.mark.parametrize(
    ("text", "confidence", "left"),
    [
        ("Quản lý ‹ chất lượng", 0.9, "Quản lý chất lượng"),
        ("Quản lý ›‹ chất lượng", 0.9, "Quản lý chất lượng"),
        ("Sở Nội vụ ¬ chủ trì", 0.95, "Sở Nội vụ chủ trì"),
        ("Tháng 8 - 12", 0.9, "Tháng 8 - 12"),
        ("Hà Nội – Hải Phòng", 0.5, "Hà Nội – Hải Phòng"),
        ("nghiên cứu & triển khai", 0.9, "nghiên cứu & triển khai"),
        ("đạt ≥ 90 %", 0.9, "đạt ≥ 90 %"),
    ],
)
def test_a_sign_that_nobody_prints_alone_is_a_speck(text, confidence, left):
    words, x = [], 0.0
    for word in text.split():
        words.append(ScanWord(word, x, x + 5 * len(word), 100.0, confidence))
        x += 5 * len(word) + 4
    marks = [PageMark("stamp", Box(500, 500, 600, 600))]
    lines = list(_without_specks([ScanLine(tuple(words), 12.0)], marks))
    assert " ".join(word.text for word in lines[0].words) == left
