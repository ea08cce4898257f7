"""What is written can be read again."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.text_forms import one_line, printable, xml_bytes

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
