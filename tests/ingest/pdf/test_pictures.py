"""Pages whose pictures cannot be decoded are lost, never blank."""

import io
import struct

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from pipeline.errors import UndecodableError
from pipeline.ingest import ingest
from pipeline.ingest.pdf.pictures import picture_fault
from tests.ingest.pdf.made import Coded, coded, pictures

CODINGS = ("jpeg", "progressive", "jpx", "jbig2", "group4", "flate")


def fault(data: bytes):
    document = pypdfium2.PdfDocument(data)
    try:
        return picture_fault(document, 0)
    finally:
        document.close()


@pytest.mark.parametrize("coding", CODINGS)
def test_a_picture_that_is_whole_has_no_fault(coding):
    assert fault(pictures(coded(coding))) is None


@pytest.mark.parametrize("share", [0.98, 0.6, 0.1])
@pytest.mark.parametrize("coding", CODINGS)
def test_a_picture_that_is_cut_off_has_a_fault(coding, share):
    found = fault(pictures(coded(coding).cut(share)))
    assert found is not None and found.whole == (coding == "jpx")


def test_a_jpeg_that_lacks_no_more_than_its_end_marker_is_whole():
    whole = coded("jpeg")
    assert whole.data.endswith(b"\xff\xd9")
    assert fault(pictures(Coded(whole.data[:-2], whole.entries))) is None


def test_a_thumbnail_in_a_jpeg_is_not_taken_for_its_end():
    data, entries = coded("jpeg")
    thumbnail = b"\xff\xe1" + struct.pack(">H", 8) + b"Exif\xff\xd9"
    assert fault(pictures(Coded(data[:2] + thumbnail + data[2 : len(data) // 2], entries))) is not None


def test_zeros_behind_group_4_are_no_data():
    data, entries = coded("group4")
    assert fault(pictures(Coded(data + bytes(40), entries))) is None


def test_group_4_that_lacks_no_more_than_its_end_is_whole():
    data, entries = coded("group4")
    assert fault(pictures(Coded(data[:-3], entries))) is None


def test_a_jbig2_that_ends_between_its_segments_has_a_fault():
    data, entries = coded("jbig2")
    assert fault(pictures(Coded(data[: 11 + 19], entries))) is not None


def test_an_unknown_filter_is_named():
    found = fault(pictures(Coded(b"anything", {"Filter": Name.FooDecode})))
    assert found is not None and found.whole and "FooDecode" in found.reason


def test_a_picture_of_too_many_pixels_is_named():
    data, entries = coded("flate")
    found = fault(pictures(Coded(data, {**entries, "Width": 70_000, "Height": 70_000})))
    assert found is not None and found.whole and "70000 × 70000 pixels" in found.reason


def test_a_small_picture_is_an_ornament():
    assert fault(pictures(coded("jpx").cut(0.5), share=0.09)) is None


def test_a_document_of_pictures_that_cannot_be_decoded_fails(save):
    path = save("a.pdf", pictures(*[coded("jpx").cut(0.5)] * 2))
    with pytest.raises(UndecodableError, match="JPXDecode of 620 × 877 pixels"):
        ingest(path)


SENTENCE = b"BT /F1 12 Tf 72 700 Td (The plan of the province for the year that follows, as it was resolved) Tj ET"


def with_sentence(data: bytes) -> bytes:
    """The PDF with a sentence of text on its first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources["/Font"] = pikepdf.Dictionary(F1=font)
        page["/Contents"] = pdf.make_stream(SENTENCE + b" " + page.Contents.read_bytes())
        out = io.BytesIO()
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def test_a_page_whose_picture_cannot_be_decoded_is_told_and_not_called_blank(save):
    document = ingest(save("a.pdf", with_sentence(pictures(None, coded("jpx").cut(0.5)))))
    assert [(one.code, one.page) for one in document.notices] == [("W216", 2)]
    assert document.pages[1].reason == "its picture cannot be decoded"


@pytest.mark.slow
def test_a_page_whose_picture_is_decoded_in_part_is_told(save):
    document = ingest(save("a.pdf", with_sentence(pictures(None, coded("jpeg").cut(0.5)))))
    told = [(one.code, one.page) for one in document.notices]
    assert told[0] == ("W217", 2)
    assert set(told[1:]) <= {("W235", 2), ("W238", 2)}  # of the line that is cut, its upper half is read


def test_a_picture_behind_a_text_layer_is_told_too(save):
    document = ingest(save("a.pdf", with_sentence(pictures(coded("jpx").cut(0.5)))))
    assert "W216" in [one.code for one in document.notices]
