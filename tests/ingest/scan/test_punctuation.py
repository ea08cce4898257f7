"""Marks that look alike, told apart by the picture they were read from."""

import numpy as np
import pytest

from pipeline.ingest.scan.punctuation import as_printed
from pipeline.ingest.scan.tesseract.engine import ReadLine, ReadWord

SIZE, BASE = 40, 60  # pixels: height of the type, baseline


def read(text: str, blobs: list[tuple[int, int, int, int]], first: str = "") -> str:
    """What becomes of a word that ends at pixel 100, with `blobs` (x0, y0, x1, y1) of ink at its end."""
    grey = np.full((100, 120), 250, np.uint8)
    grey[40:60, 40:80] = 20  # letters
    for x0, y0, x1, y1 in blobs:
        grey[y0:y1, x0:x1] = 20
    box = (40, 40, 100, 70) if any(map(str.isalpha, text)) else blobs[0]
    words = [ReadWord(text, box, 0.9)]
    if first:
        words.insert(0, ReadWord(first, (0, 40, 30, 60), 0.9))
    line = as_printed(ReadLine(tuple(words), 0.0, BASE, SIZE), grey, 250)
    return line.words[-1].text


POINT, UPPER, TAIL = (94, 55, 99, 60), (94, 42, 99, 47), (94, 55, 99, 65)


@pytest.mark.parametrize(
    ("text", "blobs", "right"),
    [
        ("tàng:", [UPPER, TAIL], "tàng;"),
        ("tập.", [TAIL], "tập,"),
        ("tàng:", [UPPER, POINT], "tàng:"),
        ("tập.", [POINT], "tập."),
        ("tàng;", [UPPER, POINT], "tàng;"),  # a tail may have been lost
        ("tập", [TAIL], "tập"),
        ("tập;", [(95, 44, 97, 46), TAIL], "tập,"),  # a grain of dust over a comma
        ("tập:", [(95, 44, 97, 46), (94, 55, 99, 60)], "tập."),
        ("tập.", [(80, 55, 100, 75)], "tập."),  # a letter with a descender, not a mark
    ],
)
def test_a_tail_makes_a_comma_or_a_semicolon(text, blobs, right):
    assert read(text, blobs) == right


@pytest.mark.parametrize(
    ("text", "long", "right"),
    [("-", 10, "-"), ("—", 10, "-"), ("-", 20, "–"), ("—-", 20, "–"), ("-", 16, "-"), ("–", 38, "—")],
)
def test_a_dash_is_known_by_its_length(text, long, right):
    assert read(text, [(50, 48, 50 + long, 51)], "Tự") == right


@pytest.mark.parametrize(
    ("text", "blob", "right"),
    [
        ("~", (50, 48, 70, 51), "–"),
        ("=", (50, 44, 70, 52), "="),  # two strokes
        ("_", (50, 60, 70, 63), "_"),  # below the line
        ("7", (50, 48, 70, 51), "7"),
    ],
)
def test_a_level_stroke_is_a_dash_whatever_it_was_read_as(text, blob, right):
    assert read(text, [blob], "(2019") == right


@pytest.mark.parametrize("sign", ["~", "~—", "_", "=-"])
def test_a_dash_that_opens_an_item_is_one_whatever_it_was_read_as(sign):
    assert read(sign, [(50, 48, 70, 51)]) == "-"


@pytest.mark.parametrize("blob", [(50, 60, 70, 63), (50, 44, 70, 52), (10, 48, 80, 51)])
def test_a_line_below_two_strokes_or_a_rule_are_no_dash(blob):
    assert read("_", [blob]) == "_"


def test_what_opens_an_item_stays():
    assert read("-", [(50, 48, 70, 51)]) == "-"


def texts(words: list[str], blobs: list[tuple[int, int, int, int]], after: str | None = None) -> list[str]:
    """What becomes of words side by side, each 40 pixels wide, with letters where there are, and `blobs` of ink."""
    grey = np.full((100, 60 * len(words)), 250, np.uint8)
    read = []
    for at, text in enumerate(words):
        left = 60 * at
        if len(text) > 1:
            grey[40:60, left + 4 : left + 34] = 20
        read.append(ReadWord(text, (left, 40, left + 40, 62), 0.9))
    for x0, y0, x1, y1 in blobs:
        grey[y0:y1, x0:x1] = 20
    return [word.text for word in as_printed(ReadLine(tuple(read), 0.0, BASE, SIZE), grey, 250, after).words]


@pytest.mark.parametrize("sign", ["'", "-", ".", ":", "ˆ"])
def test_a_grain_of_dust_between_words_is_no_sign(sign):
    assert texts(["Sở", sign, "Xây"], [(80, 48, 82, 51)]) == ["Sở", "Xây"]


@pytest.mark.parametrize(
    ("sign", "blob"),
    [("—", (62, 48, 98, 51)), ("—", (77, 49, 83, 51)), (".", (80, 55, 85, 60)), ("…", (62, 56, 84, 59))],
)
def test_a_sign_that_was_printed_stays(sign, blob):
    assert texts(["Sở", sign, "Xây"], [blob]) == ["Sở", sign, "Xây"]


def test_a_hyphen_in_light_print_is_no_dust():
    grey = np.full((100, 120), 245, np.uint8)
    grey[40:60, 64:94] = 120
    grey[48:51, 6:16] = 180
    grey[48:50, 9:11] = 130  # little of it is dark
    read = (ReadWord("-", (6, 46, 14, 53), 0.9), ReadWord("Mở", (60, 40, 100, 62), 0.9))
    assert [word.text for word in as_printed(ReadLine(read, 0.0, BASE, SIZE), grey, 245).words] == ["-", "Mở"]


@pytest.mark.parametrize("label", ["2", "12", "IV", "a", "Đ"])
def test_the_full_stop_of_an_item_is_none_however_small(label):
    assert texts([label, ".", "Sở"], [(80, 57, 82, 60)]) == [label, ".", "Sở"]


def test_the_full_stop_of_a_number_that_is_read_apart_stays():
    assert texts([".", "Sở"], [(20, 57, 22, 60)]) == [".", "Sở"]


def test_of_a_line_that_is_dust_alone_nothing_is_left():
    assert texts(["`"], [(20, 48, 22, 50)]) == []


@pytest.mark.parametrize(
    ("words", "blobs", "right"),
    [
        (["đoàn."], [(37, 50, 39, 52)], ["đoàn"]),  # off the baseline no sentence ends
        (["đoàn.", "Viên"], [(37, 68, 39, 70)], ["đoàn", "Viên"]),
        ([".", "Sở"], [(20, 52, 22, 54)], ["Sở"]),
        (["-", "Sở"], [(18, 58, 22, 60)], ["Sở"]),  # flat, but no dash stands there
        (["đoàn.", "viên"], [(37, 56, 39, 58)], ["đoàn", "viên"]),
        (["đoàn.", "viên"], [(36, 55, 40, 60)], ["đoàn.", "viên"]),  # a point of type
        (["đoàn.", "Viên"], [(37, 56, 39, 58)], ["đoàn.", "Viên"]),  # a sentence may end here, its point worn
        (["đoàn."], [(37, 56, 39, 58)], ["đoàn."]),
        (["Lưu:", "VT"], [(37, 50, 39, 52)], ["Lưu:", "VT"]),  # two points that run together, small and pale
        (["Quân:", "sự"], [(37, 50, 39, 52)], ["Quân", "sự"]),
        (["Lưu:", "VT"], [(37, 50, 39, 52)], ["Lưu:", "VT"]),  # one of its points is lost
        (["gồm:", "sự"], [(37, 46, 39, 48), (37, 56, 39, 58)], ["gồm:", "sự"]),  # two points, however worn
        (["Sở", "-chức"], [(61, 50, 63, 52)], ["Sở", "chức"]),
        (["Sở", "-15"], [(61, 50, 63, 52)], ["Sở", "-15"]),
    ],
)
def test_a_grain_of_dust_at_a_word_is_no_sign_of_it(words, blobs, right):
    assert texts(words, blobs) == right


@pytest.mark.parametrize(
    ("words", "blobs", "after", "right"),
    [
        (["hạ", "tầng:"], [(97, 50, 99, 52)], "viễn", ["hạ", "tầng"]),
        (["Lưu:"], [(37, 50, 39, 52)], "VT", ["Lưu:"]),
        (["tỉnh:"], [(37, 50, 39, 52)], "", ["tỉnh"]),  # nothing stands below that it could announce
        (["khắc."], [(37, 56, 39, 58)], "phục", ["khắc"]),
        (["khắc."], [(37, 56, 39, 58)], "", ["khắc."]),
    ],
)
def test_how_the_next_line_begins_says_whether_a_grain_may_be_a_sign(words, blobs, after, right):
    assert texts(words, blobs, after) == right


@pytest.mark.parametrize(
    ("text", "grain", "right"),
    [
        ("Khoa.học", (49, 56, 51, 58), ["Khoa", "học"]),
        ("Khoa.học", (47, 55, 52, 60), ["Khoa.học"]),  # a point of type, as in an address
        ("Đắk-Lắk,", (46, 49, 54, 52), ["Đắk-Lắk,"]),  # a hyphen
        ("dùng-chung,", (49, 49, 51, 51), ["dùng", "chung,"]),
        ("Khoa.học", (20, 30, 22, 32), ["Khoa.học"]),  # the dust lies over a letter
        ("sửa.chữa", (47, 55, 52, 60), ["sửa", "chữa"]),  # no sentence begins so
        ("sửa:-chữa;", (20, 30, 22, 32), ["sửa", "chữa;"]),
        ("kinh-tế", (47, 49, 54, 52), ["kinh-tế"]),
        ("laocai.gov", (47, 55, 52, 60), ["laocai.gov"]),
    ],
)
def test_a_grain_of_dust_between_two_words_is_no_sign_that_joins_them(text, grain, right):
    grey = np.full((100, 120), 250, np.uint8)
    grey[40:60, 4:44] = grey[40:60, 56:96] = 20
    x0, y0, x1, y1 = grain
    grey[y0:y1, x0:x1] = 20
    line = ReadLine((ReadWord(text, (0, 30, 100, 62), 0.9),), 0.0, BASE, SIZE)
    assert [word.text for word in as_printed(line, grey, 250).words] == right
