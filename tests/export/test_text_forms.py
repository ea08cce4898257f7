"""What is written can be read again."""

import re
import xml.etree.ElementTree as ET
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.text_forms import file_stem, one_line, printable, xml_bytes

ANY = st.text(st.characters(exclude_categories=()))  # lone surrogates and control characters too


@given(ANY)
def test_any_text_comes_back_out_of_xml_as_it_was_written(text):
    root = ET.Element("p", {"a": printable(text)})
    root.text = printable(text)
    read = ET.fromstring(xml_bytes(root))
    assert (read.text or "") == printable(text)
    assert read.get("a") == printable(text)


@given(ANY)
def test_one_line_has_no_line_ends_and_no_space_too_many(text):
    line = one_line(text)
    assert line == " ".join(line.split())
    assert len(line.splitlines()) <= 1


def test_letters_stay_and_what_cannot_be_written_goes():
    assert printable("Quý\x00 II\x0b\ud800\ufffe đ\t\U0001f600") == "Quý II đ\t\U0001f600"
    assert printable("a\r\nb\rc") == "a\nb\nc"
    assert one_line(" Kế\n hoạch\u00a0\x07 ") == "Kế hoạch"
    assert one_line(None) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hai-phong/2023/55-kh-ubnd", "hai-phong_2023_55-kh-ubnd"),
        ("sha256/0123456789abcdef", "sha256_0123456789abcdef"),
        ("Hải Phòng/2023", "hai-phong_2023"),
        ("../../etc/passwd", "etc_passwd"),
        ("/etc/passwd", "etc_passwd"),
        ("..\\..\\x", "x"),
        ("C:\\x", "c-x"),
        ("CON", "plan-con"),
        ("lpt9", "plan-lpt9"),
        ("a\0b\n", "a-b"),
        ("..", "plan"),
        ("", "plan"),
    ],
)
def test_the_name_of_a_file_is_made_of_letters_that_name_nothing_else(text, name):
    assert file_stem(text) == name


HOSTILE = st.lists(st.sampled_from(["..", ".", "/", "\\", "con", "nul", "\0", "C:", "~", "é" * 200])).map("".join)


@given(ANY | HOSTILE)
def test_the_name_of_a_file_never_leaves_its_folder(text):
    name = file_stem(text)
    assert re.fullmatch(r"[a-z0-9_-]{1,155}", name)
    assert not PureWindowsPath(f"{name}.xml").is_reserved()
