"""hOCR and ALTO hold every word, its place and how sure it is."""

from xml.etree import ElementTree as ET

import pytest

from pipeline.archive import alto, hocr
from pipeline.document import Box, Document, Furniture, Line, Page, TextOrigin, Word
from tests.archive.made import HIGH, LINES, WIDE, restored, row, rows, turned

H = "{http://www.w3.org/1999/xhtml}"
A = "{http://www.loc.gov/standards/alto/ns-v4#}"
PLACE = {"HPOS", "VPOS", "WIDTH", "HEIGHT"}
# Restated from the schema of ALTO 4.4: an element's children in their order, its required and its other attributes.
ALTO = {
    "alto": ("Description Tags Layout", set(), {"SCHEMAVERSION", "schemaLocation"}),
    "Description": ("MeasurementUnit sourceImageInformation Processing", set(), set()),
    "MeasurementUnit": ("", set(), set()),
    "sourceImageInformation": ("fileName fileIdentifier", set(), set()),
    "fileName": ("", set(), set()),
    "fileIdentifier": ("", set(), set()),
    "Processing": ("processingCategory processingSoftware", {"ID"}, set()),
    "processingCategory": ("", set(), set()),
    "processingSoftware": ("softwareName softwareVersion", set(), set()),
    "softwareName": ("", set(), set()),
    "softwareVersion": ("", set(), set()),
    "Tags": ("LayoutTag", set(), set()),
    "LayoutTag": ("", {"ID", "LABEL"}, {"TYPE"}),
    "Layout": ("Page", set(), set()),
    "Page": ("PrintSpace", {"ID", "PHYSICAL_IMG_NR"}, {"WIDTH", "HEIGHT", "LANG", "PC"}),
    "PrintSpace": ("TextBlock", set(), PLACE),
    "TextBlock": ("TextLine", {"ID"}, PLACE | {"ROTATION"}),
    "TextLine": ("String SP", set(), PLACE | {"ID", "TAGREFS"}),
    "String": ("ALTERNATIVE", {"CONTENT"}, PLACE | {"ID", "WC"}),
    "SP": ("", set(), PLACE),
    "ALTERNATIVE": ("", set(), {"PURPOSE"}),
}


def document(*lines, **fields):
    page = Page(1, tuple(lines), TextOrigin.OCR, "test", (), WIDE, HIGH, 0.91)
    return Document('a "b" <c>.pdf', "0" * 64, "application/pdf", (page,), **fields)


def parsed(text):
    return ET.fromstring(text.encode())


@pytest.fixture
def mixed():
    return document(
        restored(), *rows(), row("2", 200, 30, furniture=Furniture.PAGE_NUMBER), turned(row("kế hoạch", 60, 200), 270)
    )


def test_hocr_holds_each_word_with_its_place_in_pixels():
    root = parsed(hocr(document(*rows())))
    words = [one for one in root.iter(f"{H}span") if one.get("class") == "ocrx_word"]
    assert [one.text for one in words] == " ".join(LINES).split()
    assert words[0].get("title") == "bbox 250 333 350 392; x_wconf 90"
    page = next(one for one in root.iter(f"{H}div"))
    assert page.get("title") == r'image "a \"b\" <c>.pdf"; bbox 0 0 1750 2479; ppageno 0; scan_res 300 300'


def test_hocr_keeps_what_the_file_held_and_what_is_next_likely():
    words = [one for one in parsed(hocr(document(restored()))).iter(f"{H}span") if one.get("class") == "ocrx_word"]
    assert [one.get("data-raw") for one in words] == ["phat", "triền", None, None]
    assert [one.get("data-runner-up") for one in words] == ["phạt", None, "vân", None]
    assert [one.get("title").rpartition(" ")[2] for one in words] == ["95", "100", "60", "90"]


def test_hocr_says_which_lines_are_turned_and_which_are_set_aside(mixed):
    lines = [one for one in parsed(hocr(mixed)).iter(f"{H}span") if one.get("class") == "ocr_line"]
    assert lines[-1].get("title").endswith("; textangle 90")
    assert [one.get("data-furniture") for one in lines] == [None] * 4 + ["page_number", None]


def test_alto_keeps_the_schema(mixed):
    root = parsed(alto(mixed))
    for one in root.iter():
        children, required, other = ALTO[one.tag.removeprefix(A)]
        given = {name.rpartition("}")[2] for name in one.attrib}
        assert required <= given <= required | other
        names = [child.tag.removeprefix(A) for child in one]
        if one.tag == f"{A}TextLine":
            assert names[::2] == ["String"] * len(names[::2]) and names[1::2] == ["SP"] * len(names[1::2])
        order = children.split()
        assert names == sorted(names, key=order.index) or one.tag == f"{A}TextLine"
    ids = [one.get("ID") for one in root.iter() if one.get("ID")]
    assert len(ids) == len(set(ids))
    assert {one.get("TAGREFS") for one in root.iter()} - {None} <= set(ids)
    assert all(float(one.get(side)) >= 0 for one in root.iter(f"{A}SP") for side in PLACE)


def test_alto_holds_each_word_its_confidence_and_its_other_readings():
    first, second, third, _ = parsed(alto(document(restored()))).iter(f"{A}String")
    assert (first.get("CONTENT"), first.get("WC"), second.get("WC")) == ("phát", "0.950", "1.000")
    assert [(one.get("PURPOSE"), one.text) for one in first] == [("raw", "phat"), ("runner-up", "phạt")]
    assert [(one.get("PURPOSE"), one.text) for one in third] == [("runner-up", "vân")]
    assert {side: first.get(side) for side in PLACE} == {
        "HPOS": "1000",
        "VPOS": "1333",
        "WIDTH": "400",
        "HEIGHT": "233",
    }


@pytest.mark.parametrize("write", [hocr, alto])
def test_what_xml_cannot_hold_is_shown_as_unknown(write):
    line = Line("a\x02b &<", "a\x02b &<", words=(Word(0, 3, Box(1, 1, 9, 9)), Word(4, 6, Box(10, 1, 19, 9))))
    text = write(document(line))
    parsed(text)
    assert "a\ufffdb" in text and "&amp;&lt;" in text


@pytest.mark.parametrize("write", [hocr, alto])
def test_a_document_without_pages_has_no_places(write):
    with pytest.raises(ValueError, match="no pages"):
        write(document(*rows(), has_pages=False))


@pytest.mark.parametrize("write", [hocr, alto])
def test_pages_without_words_are_pages(write):
    page = Page(1, (), TextOrigin.TEXT_LAYER, "the page cannot be read")
    parsed(write(Document("a.pdf", "0" * 64, "application/pdf", (page,))))
