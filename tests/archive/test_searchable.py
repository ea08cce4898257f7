"""The text of a searchable copy: found by every reader, in its place; all else as it was."""

import shutil
import subprocess

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from pipeline.archive.searchable import searchable_pdf
from pipeline.archive.text_layer import PageTransform, text_layer
from pipeline.document import Box, Document, Line, Page, TextOrigin, Word
from pipeline.errors import KehoachError
from pipeline.ingest.pdf.pdfium import open_pdf, read_page
from tests.archive.made import GARBAGE, HIGH, LINES, WIDE, helvetica, picture, read, row, rows, scan, turned

TURNS = (0, 90, 180, 270)


@pytest.fixture
def copied(tmp_path):
    """Make a copy beside its source; gives its path."""

    def copy(source, document):
        out = tmp_path / "copy.pdf"
        out.write_bytes(searchable_pdf(source, document).data)
        return out

    return copy


def pdfium_text(path, page=0):
    return pypdfium2.PdfDocument(path)[page].get_textpage().get_text_range()


def plumber_text(path, page=0):
    with pdfplumber.open(path) as pdf:
        return pdf.pages[page].extract_text()


def poppler_text(path, page=0):
    number = str(page + 1)
    command = ["pdftotext", "-f", number, "-l", number, "-enc", "UTF-8", path, "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def look(path, page=0):
    return pypdfium2.PdfDocument(path)[page].render(scale=1).to_numpy()


@pytest.mark.parametrize(
    "text",
    [
        pdfium_text,
        plumber_text,
        pytest.param(
            poppler_text, marks=pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
        ),
    ],
)
def test_each_reader_finds_each_line(text, tmp_path, copied):
    source = scan(tmp_path / "a.pdf", pages=2)
    copy = copied(source, read(source, rows(), rows("trang thứ hai")))
    assert text(copy).split("\n")[0].strip() == LINES[0]
    assert " ".join(text(copy).split()) == " ".join(LINES)
    assert text(copy, 1).strip() == "trang thứ hai"


@pytest.mark.parametrize("rotate", TURNS)
@pytest.mark.parametrize("shift", [(0, 0), (100, -50)])
def test_words_stand_in_their_boxes_on_pages_turned_and_cropped(rotate, shift, tmp_path, copied):
    source = scan(tmp_path / "a.pdf", rotate=rotate, shift=shift)
    lines = rows()
    copy = copied(source, read(source, lines))
    with pdfplumber.open(copy) as pdf:
        page = pdf.pages[0]
        found = page.extract_words()
        left, top = page.cropbox[0], page.cropbox[1]
    words = [(line.text[word.start : word.end], word.box) for line in lines for word in line.words]
    assert [word["text"] for word in found] == [text for text, _ in words]
    for word, (_, box) in zip(found, words, strict=True):
        place = (word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top)
        assert place == pytest.approx(box, abs=2)
    assert (look(copy) == look(source)).all()


def places(path):
    """Each word with its box as PDFium sees it, on the page as displayed."""
    with open_pdf(path) as document:
        glyphs = read_page(document, 0).glyphs
    out, at = {}, 0
    for word in glyphs.text.split():
        at = glyphs.text.index(word, at)
        span = slice(at, at + len(word))
        at += len(word)
        sides = glyphs.x0[span].min(), glyphs.y0[span].min(), glyphs.x1[span].max(), glyphs.y1[span].max()
        out[word] = tuple(float(side) for side in sides)
    return out


@pytest.mark.parametrize("rotate", TURNS)
@pytest.mark.parametrize("way", TURNS)
def test_text_that_runs_up_down_or_on_its_head_stands_so(way, rotate, tmp_path, copied):
    source = scan(tmp_path / "a.pdf", rotate=rotate, shift=(10, 20))
    lines = [turned(line, way) for line in rows("học tập suốt đời", "kế hoạch")] + [turned(row("Hà", 60, 140), way)]
    copy = copied(source, read(source, lines))
    found = places(copy)
    for line in lines:
        for word in line.words:
            text, box = line.text[word.start : word.end], word.box
            x0, y0, x1, y1 = found[text]
            along = (
                (0, 2) if way in (0, 180) else (1, 3)
            )  # PDFium's box runs over the width of a glyph in this way only
            seen = (x0, y0, x1, y1)
            assert [seen[side] for side in along] == pytest.approx([box[side] for side in along], abs=1)
    with open_pdf(copy) as document:
        angles = {round(run.angle) % 360 for run in read_page(document, 0).glyphs.runs}
    assert angles == {way}


@pytest.mark.parametrize("degrees", [-2.0, 0.5, 3.0])
def test_a_crooked_line_is_one_line_to_readers(degrees, tmp_path, copied):
    slope = degrees / 57.3
    source = scan(tmp_path / "a.pdf")

    def crooked(line):
        words = [
            Word(word.start, word.end, Box(box.x0, box.y0 + down, box.x1, box.y1 + down))
            for word in line.words
            for box in [word.box]
            for down in [slope * (box.x0 + box.x1 - WIDE) / 2]
        ]
        return Line(line.text, line.raw, words=tuple(words))

    lines = [crooked(line) for line in rows(*[f"{number} học tập suốt đời cho mọi người dân" for number in range(6)])]
    copy = copied(source, read(source, lines))
    for text in (pdfium_text, plumber_text):
        assert text(copy).split() == [word for line in lines for word in line.text.split()]
    with pdfplumber.open(copy) as pdf:
        found = pdf.pages[0].extract_words(use_text_flow=True)
        top = pdf.pages[0].cropbox[1]
    boxes = [word.box for line in lines for word in line.words]
    fall = abs(slope) * 250
    for word, box in zip(found, boxes, strict=True):
        assert word["x0"] == pytest.approx(box.x0, abs=2)
        assert word["bottom"] - top == pytest.approx(box.y1, abs=2 + max(0.0, fall - 5) / 2)


def test_words_that_touch_are_found_apart(tmp_path, copied):
    source = scan(tmp_path / "a.pdf")
    words = (Word(0, 3, Box(60, 80, 90, 94)), Word(4, 7, Box(89, 80, 120, 94)))
    copy = copied(source, read(source, [Line("học tập", "học tập", words=words)]))
    assert pdfium_text(copy).split() == plumber_text(copy).split() == ["học", "tập"]


def test_a_word_that_restoration_cut_in_two_is_two_words(tmp_path, copied):
    source = scan(tmp_path / "a.pdf")
    line = Line("Về việc", "Vềviệc", (0, 1, -1, 2, 3, 4, 5), words=(Word(0, 7, Box(60, 80, 102, 94)),))
    copy = copied(source, read(source, [line]))
    assert plumber_text(copy) == "Về việc"


def test_the_garbage_a_scanner_left_is_gone_and_its_font_with_it(tmp_path, copied):
    content = f"BT 3 Tr /F1 12 Tf 60 500 Td ({GARBAGE}) Tj 0 -20 Td [({GARBAGE})] TJ ET"
    source = scan(tmp_path / "a.pdf", content=content, fonts=helvetica())
    assert GARBAGE in pdfium_text(source)
    copy = copied(source, read(source, rows()))
    assert GARBAGE not in pdfium_text(copy) + plumber_text(copy)
    with pikepdf.open(copy) as pdf:
        assert list(pdf.pages[0].obj.Resources.Font.keys()) == ["/KehoachText"]


def test_garbage_inside_a_form_is_gone_and_other_pages_keep_theirs(tmp_path, copied):
    source = scan(tmp_path / "a.pdf", pages=2)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        drawn = f"BT /F1 12 Tf 60 500 Td ({GARBAGE}) Tj ET".encode()
        form = pdf.make_stream(
            drawn, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 420, 595], Resources=Dictionary(Font=helvetica())
        )
        for page in pdf.pages:
            page.obj.Resources.XObject["/Fm0"] = form
            page.contents_add(b"q BT 3 Tr ET /Fm0 Do Q", prepend=True)
        pdf.save(source)
    document = read(source, rows(), rows())
    trusted = Page(2, document.pages[1].lines, TextOrigin.TEXT_LAYER, "test", (), WIDE, HIGH)
    document = Document(document.name, document.sha256, document.media_type, (document.pages[0], trusted))
    copy = copied(source, document)
    assert GARBAGE not in pdfium_text(copy)
    assert pdfium_text(copy, 1).strip() == GARBAGE


def test_a_form_that_shows_text_in_a_font_of_its_page_keeps_it(tmp_path, copied):
    content = f"BT 3 Tr /F1 12 Tf 60 500 Td ({GARBAGE}) Tj ET q /Fm0 Do Q"
    source = scan(tmp_path / "a.pdf", content=content, fonts=helvetica())
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        drawn = b"BT 0 Tr /F1 30 Tf 60 500 Td (seen) Tj ET"
        form = pdf.make_stream(drawn, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 420, 595])
        page = pdf.pages[0].obj
        page.Resources.XObject["/Fm0"] = form
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q /Fm0 Do Q")
        pdf.save(source)
    copy = copied(source, read(source, rows()))
    assert "seen" in pdfium_text(copy) and GARBAGE not in pdfium_text(copy)
    assert (look(copy) == look(source)).all()


@pytest.mark.parametrize(
    "shown",
    [
        "BT /F1 20 Tf 60 500 Td (stamped) Tj ET",
        "BT 3 Tr /F1 20 Tf 60 500 Td (x) Tj 0 Tr (leans on x) Tj ET",
        "BT 3 Tr /F1 20 Tf 20 TL 60 500 Td (x) ' 5 1 (y) \" 0 Tr 0 -20 Td (below) Tj ET",
        "q BT 3 Tr /F1 20 Tf (x) Tj ET Q BT /F1 20 Tf 60 500 Td (after) Tj ET",
    ],
)
def test_visible_text_keeps_its_looks(shown, tmp_path, copied):
    source = scan(tmp_path / "a.pdf", fonts=helvetica())
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"q", prepend=True)
        pdf.pages[0].contents_add(b"Q " + shown.encode())
        pdf.save(source)
    copy = copied(source, read(source, rows()))
    assert (look(copy) == look(source)).all()
    assert (look(source) < 60).all(axis=2).any()  # there is something to be seen
    assert LINES[0] in pdfium_text(copy)


def test_pages_with_a_trusted_layer_stay_as_they_are(tmp_path, copied):
    source = scan(tmp_path / "a.pdf", content="BT 3 Tr /F1 12 Tf 60 500 Td (kept) Tj ET", fonts=helvetica())
    copy = copied(source, read(source, rows(), origin=TextOrigin.TEXT_LAYER))
    assert pdfium_text(copy).strip() == "kept"
    with pikepdf.open(copy) as new, pikepdf.open(source) as old:
        assert new.pages[0].Contents.read_bytes() == old.pages[0].Contents.read_bytes()


def test_the_source_is_not_changed_and_the_same_input_gives_the_same_bytes(tmp_path):
    source = scan(tmp_path / "a.pdf")
    before = source.read_bytes()
    document = read(source, rows())
    assert searchable_pdf(source, document) == searchable_pdf(source, document)
    assert source.read_bytes() == before


def test_a_page_in_units_of_its_own_is_in_its_place(tmp_path, copied):
    source = scan(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj["/UserUnit"] = 2
        pdf.save(source)
    found = places(copied(source, read(source, rows("kế hoạch"))))
    assert found["kế"][0] == pytest.approx(60, abs=1)


@pytest.mark.parametrize("lines", [(), (Line("", ""),), (Line("no place", "no place"),)])
def test_a_page_without_words_stays_as_it_is(lines, tmp_path, copied):
    source = scan(tmp_path / "a.pdf", content="BT 3 Tr /F1 12 Tf (kept) Tj ET", fonts=helvetica())
    assert pdfium_text(copied(source, read(source, lines))).strip() == "kept"


def test_letters_beyond_two_bytes_are_shown_as_unknown(tmp_path, copied):
    source = scan(tmp_path / "a.pdf")
    assert pdfium_text(copied(source, read(source, rows("số 𝟏 đây")))).split() == ["số", "\ufffd", "đây"]


@pytest.mark.parametrize("spoiled", [b"", b"%PDF-1.4\nnothing", b"\x00" * 2000])
def test_what_pikepdf_cannot_open_is_e117(spoiled, tmp_path):
    source = tmp_path / "a.pdf"
    source.write_bytes(spoiled)
    with pytest.raises(KehoachError) as raised:
        searchable_pdf(source, read(source, rows()))
    assert raised.value.code == "E117"


def test_another_file_than_was_read_is_e117(tmp_path):
    source = scan(tmp_path / "a.pdf")
    document = read(source, rows())
    scan(source, rotate=90)
    with pytest.raises(KehoachError, match="E117"):
        searchable_pdf(source, document)


def test_other_pages_than_were_read_are_e117(tmp_path):
    source = scan(tmp_path / "a.pdf", pages=2)
    with pytest.raises(KehoachError, match=r"E117.*2 pages, but 1"):
        searchable_pdf(source, read(source, rows()))


@pytest.mark.parametrize(
    ("key", "value"), [("/Resources", 9), ("/Rotate", Name.X), ("/Annots", Name.X), ("/Contents", 9)]
)
def test_a_page_whose_objects_are_of_the_wrong_kind_fails_with_a_code_or_not_at_all(key, value, tmp_path):
    source = scan(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj[key] = value
        pdf.save(source)
    try:
        copy = searchable_pdf(source, read(source, rows()))
    except KehoachError as error:
        assert error.code == "E117"
    else:
        assert LINES[0] in pypdfium2.PdfDocument(copy.data)[0].get_textpage().get_text_range()


def test_a_copy_of_a_file_with_a_damaged_trailer_opens(tmp_path, copied):
    source = scan(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.save(source, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    source.write_bytes(source.read_bytes().replace(b"/Size", b"/Sixe"))
    assert LINES[0] in pdfium_text(copied(source, read(source, rows())))


def test_a_file_that_is_gone_is_e107(tmp_path):
    source = scan(tmp_path / "a.pdf")
    document = read(source, rows())
    source.unlink()
    with pytest.raises(KehoachError, match="E107"):
        searchable_pdf(source, document)


@pytest.mark.parametrize("user", ["", "secret"])
def test_a_copy_is_not_encrypted_and_a_password_is_asked_for(user, tmp_path, copied):
    source = scan(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.save(source, encryption=pikepdf.Encryption(owner="owner", user=user))
    document = read(source, rows())
    if user:
        with pytest.raises(KehoachError, match="E103"):
            searchable_pdf(source, document)
        return
    with pikepdf.open(copied(source, document)) as pdf:
        assert not pdf.is_encrypted


def test_a_document_without_pages_has_no_place_for_words(tmp_path):
    source = scan(tmp_path / "a.pdf")
    page = Page(1, rows(), TextOrigin.PLAIN, "test")
    with pytest.raises(ValueError, match="no pages"):
        searchable_pdf(source, Document("a.docx", "0" * 64, "text/plain", (page,), has_pages=False))


sides = st.floats(-20, 700)


@given(st.lists(st.tuples(sides, sides, st.floats(0, 300), st.floats(0, 60)), max_size=4), st.sampled_from(TURNS))
def test_any_boxes_give_operators_a_pdf_can_hold(boxes, rotate):
    text = " ".join("đọc" for _ in boxes)
    words = tuple(Word(4 * at, 4 * at + 3, Box(x, y, x + w, y + h)) for at, (x, y, w, h) in enumerate(boxes))
    page = Page(1, (Line(text, text, words=words),), TextOrigin.OCR, "test", (), WIDE, HIGH)
    layer, codes = text_layer(page, PageTransform.of(Box(0, 0, WIDE, HIGH), rotate, None), "/F")
    if not boxes:
        assert (layer, codes) == (b"", set())
        return
    pdf = pikepdf.new()
    shown = [one for one in pikepdf.parse_content_stream(pdf.make_stream(layer)) if str(one.operator) == "Tj"]
    assert len(shown) == len(boxes)
    assert b"e-" not in layer and b"nan" not in layer and b"inf" not in layer


def test_a_picture_is_not_needed_to_be_found(tmp_path, copied):
    source = tmp_path / "a.png"
    picture().save(source)
    copy = copied(source, read(source, rows(), media_type="image/png"))
    assert LINES[1] in pdfium_text(copy)
