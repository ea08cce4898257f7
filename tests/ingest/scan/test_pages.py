"""Scanned pages through the door of the room: what is trusted and what is read."""

import cv2
import numpy as np
import pikepdf
import pytesseract
import pytest
from PIL import Image

from pipeline.document import Document, Furniture, TextOrigin
from pipeline.errors import KehoachError
from pipeline.ingest import ingest
from pipeline.ingest.scan.tesseract.engine import ReadLine, ReadWord, Tesseract
from pipeline.run import run
from pipeline.schema import RegionKind
from pipeline.settings import Settings
from tests.documents import table_texts
from tests.ingest.scan.scanned import DATA, GARBAGE, PRINTED, paper, read

pytestmark = [
    pytest.mark.ocr,
    pytest.mark.skipif(Tesseract("vie").problem() is not None, reason="Tesseract with vie is not installed"),
]


@pytest.fixture(scope="module")
def plain() -> Document:
    return read(DATA / "scan.png")


def test_a_picture_is_read_with_its_places_and_confidences(plain):
    [page] = plain.pages
    assert page.text_origin is TextOrigin.OCR
    assert PRINTED in plain.text and "KẾ HOẠCH" in plain.text
    assert 0.8 < page.confidence <= 1
    [title] = [line for line in page.lines if line.text == "KẾ HOẠCH"]
    assert title.centred
    # 595 x 384 points; the title stands at 592..742 of 1240 pixels, 175..210 of 800.
    assert title.box.x0 == pytest.approx(592 * 0.48, abs=4) and title.box.x1 == pytest.approx(742 * 0.48, abs=4)
    assert title.box.y0 < 195 * 0.48 < title.box.y1
    assert all(0 <= word.confidence <= 1 for line in page.lines for word in line.words)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_reads_the_same_and_keeps_its_places(angle, scan, plain, tmp_path):
    path = tmp_path / "turned.png"
    scan.rotate(-angle, expand=True).save(path, dpi=(150, 150))  # clockwise
    [page] = read(path).pages
    texts, wanted = ([line.text for line in one.lines] for one in (page, plain.pages[0]))
    assert len(set(texts) & set(wanted)) >= 0.8 * len(wanted)
    [title] = [line for line in page.lines if line.text == "KẾ HOẠCH"]
    x, y = {90: (800 - 195, 667), 180: (1240 - 667, 800 - 195), 270: (195, 1240 - 667)}[angle]
    assert title.box.x0 < x * 0.48 < title.box.x1 and title.box.y0 < y * 0.48 < title.box.y1


@pytest.mark.parametrize("angle", [0, 90])
def test_a_stamp_is_a_region_of_the_page_as_displayed(angle, scan, tmp_path):
    path = tmp_path / "stamped.png"
    scan.rotate(-angle, expand=True).save(path, dpi=(150, 150))  # clockwise
    [page] = read(path).pages
    [(kind, box)] = page.regions
    place = {0: (792, 549, 1002, 760), 90: (800 - 760, 792, 800 - 549, 1002)}[angle]
    assert (page.rotation, kind) == (angle, RegionKind.STAMP)
    assert tuple(box) == pytest.approx([value * 0.48 for value in place], abs=3)


def test_places_on_an_image_of_unknown_size_are_in_its_pixels(scan, tmp_path):
    path = tmp_path / "bare.png"
    scan.save(path)
    plan = run(path, Settings(cache="off"))
    [page] = plan.source.pages
    assert (page.width, page.height, page.unit) == (1240, 800, "px")
    [box] = plan.metadata.evidence["document_type"].boxes  # the title stands at 592..742 of 1240 pixels
    assert box[0] == pytest.approx(592, abs=9) and box[2] == pytest.approx(742, abs=9) and box[1] < 195 < box[3]


def test_places_on_an_image_of_a_stated_size_are_in_points():
    [page] = run(DATA / "scan.png", Settings(cache="off")).source.pages
    assert (page.width, page.height, page.unit) == (pytest.approx(595.2, abs=0.1), pytest.approx(384, abs=0.1), "pt")


def test_a_layer_of_the_wrong_language_is_read_again(scan, plain, tmp_path):
    document = read(paper(tmp_path / "a.pdf", [scan], GARBAGE))
    assert [page.text_origin for page in document.pages] == [TextOrigin.OCR]
    assert "read as another language" in document.pages[0].reason
    assert PRINTED in document.text and "hién" not in document.text


@pytest.mark.skipif(Tesseract("eng").problem() is not None, reason="Tesseract has no data for English")
def test_the_layer_of_a_reader_of_english_changes_nothing(scan, tmp_path):
    picture = tmp_path / "page.jpg"
    scan.save(picture, quality=85, dpi=(150, 150))
    layered = tmp_path / "layered.pdf"
    layered.write_bytes(pytesseract.image_to_pdf_or_hocr(str(picture), lang="eng", extension="pdf"))
    bare = tmp_path / "bare.pdf"
    with pikepdf.open(layered) as document:
        page = document.pages[0]
        shown = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) in ("q", "Q", "cm", "Do")]
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(shown))
        document.save(bare)
    plans = [run(path, Settings(cache="off")) for path in (layered, bare)]
    [[page], [plain]] = [plan.source.pages for plan in plans]
    assert "read as another language" in page.reason and "picture" in plain.reason
    first, second = (
        [(one.number, one.text, one.agencies, one.deadlines, one.targets) for one in (*plan.objectives, *plan.tasks)]
        for plan in plans
    )
    assert first == second and plans[0].metadata == plans[1].metadata and plans[0].text == plans[1].text
    assert PRINTED in plans[0].text and plans[0].metadata.number == "140/KH-UBND"


def test_a_layer_that_covers_little_is_read_again(scan, tmp_path):
    layer = "Noi nhan: Van phong; "  # right words of a stamp, not of the page
    document = read(paper(tmp_path / "a.pdf", [scan], layer))
    assert PRINTED in document.text


def test_a_garbage_layer_stays_where_the_picture_says_less(tmp_path):
    empty = Image.new("RGB", (1240, 800), "white")
    document = read(paper(tmp_path / "a.pdf", [empty], GARBAGE))
    assert document.pages[0].text_origin is TextOrigin.TEXT_LAYER
    assert "its picture says less" in document.pages[0].reason


def test_pages_of_one_file_stay_in_order(scan, tmp_path):
    other = Image.new("RGB", (1240, 800), "white")
    other.paste(scan.crop((0, 310, 1240, 560)), (0, 200))
    document = read(paper(tmp_path / "a.pdf", [scan, Image.new("RGB", (1240, 800), "white"), other]))
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.pages[1].reason == "the page is blank" and not document.notices
    assert "Số: 140" in document.pages[0].lines[0].text and "Quyết định" in document.pages[2].lines[0].text


def test_every_page_of_a_tiff_is_read(scan, tmp_path):
    path = tmp_path / "a.tif"
    scan.save(path, save_all=True, append_images=[scan.crop((0, 0, 1240, 240))], dpi=(150, 150))
    document = read(path)
    assert document.media_type == "image/tiff"
    assert [PRINTED in " ".join(line.text for line in page.lines) for page in document.pages] == [True, False]


def test_a_sheet_photographed_at_an_angle_reads_the_same_and_keeps_its_places(scan, plain, photographed, tmp_path):
    corners = ((300.0, 180.0), (2780.0, 340.0), (2660.0, 1920.0), (100.0, 1720.0))
    large = scan.resize((2480, 1600), Image.Resampling.LANCZOS)
    picture, matrix = photographed(np.asarray(large), corners, 2960, 2020)
    path = tmp_path / "photo.jpg"
    Image.fromarray(picture).save(path, quality=90, dpi=(300, 300))
    [page] = read(path).pages
    texts, wanted = ([line.text for line in one.lines] for one in (page, plain.pages[0]))
    assert len(set(texts) & set(wanted)) >= 0.7 * len(wanted)
    [title] = [line for line in page.lines if line.text == "KẾ HOẠCH"]
    x, y = cv2.perspectiveTransform(np.array([[(1334.0, 384.0)]]), matrix)[0][0] * 0.24
    assert title.box.x0 < x < title.box.x1 and title.box.y0 < y < title.box.y1


def test_accents_read_as_a_line_are_left_out(monkeypatch):
    real = Tesseract.lines

    def lines(self: Tesseract, picture: Image.Image, dpi: int) -> tuple[ReadLine, ...]:
        marks = tuple(ReadWord(sign, (x, 300, x + 8, 308), 0.9) for sign, x in (("^", 150), ("4", 200), ("^", 260)))
        return (ReadLine(marks, 0.0, 308.0, 12.0), *real(self, picture, dpi))

    monkeypatch.setattr(Tesseract, "lines", lines)
    texts = [line.text for line in read(DATA / "scan.png").pages[0].lines]
    assert "KẾ HOẠCH" in texts and not any("^" in text for text in texts)


@pytest.mark.parametrize(("sign", "kept"), [("€)", True), ("§.", True), ("¬", False), ("»", False)])
def test_the_sign_of_an_item_is_no_speck(sign, kept, monkeypatch):
    words = ReadWord(sign, (150, 300, 170, 320), 0.4), ReadWord("Bảo", (180, 300, 230, 320), 0.9)
    monkeypatch.setattr(Tesseract, "lines", lambda *_: (ReadLine(words, 0.0, 320.0, 25.0),))
    texts = [line.text for line in read(DATA / "scan.png").pages[0].lines]
    assert texts == [f"{sign} Bảo" if kept else "Bảo"]


def typed(y: int, *words: tuple[str, int, float]) -> ReadLine:
    """A line of words, each with where it begins and how sure it is."""
    found = (ReadWord(text, (x, y - 20, x + 12 * len(text), y), sure) for text, x, sure in words)
    return ReadLine(tuple(found), 0.0, float(y), 25.0)


@pytest.mark.parametrize(
    ("stray", "kept"),
    [(("eianx", 700, 0.1), False), (("eianx", 700, 0.9), True), (("eianx", 420, 0.1), True)],
    ids=["far and unsure", "far and sure", "near"],
)
def test_what_shines_through_far_behind_a_line_is_none_of_it(stray, kept, monkeypatch):
    line = typed(320, ("Bảo", 150, 0.9), ("đảm", 210, 0.9), ("đúng", 270, 0.9), ("tiến", 330, 0.9), stray)
    monkeypatch.setattr(Tesseract, "lines", lambda reader, *_: (line,) if reader.layout == 3 else ())
    [read_line] = read(DATA / "scan.png").pages[0].lines
    assert ("eianx" in read_line.text) is kept


def test_strokes_that_stand_high_do_not_turn_a_page(monkeypatch):
    line = typed(320, *((text, 90 + 120 * at, 0.9) for at, text in enumerate(("Sở", "Y", "tế", "là", "cơ", "sở"))))
    strokes = ReadLine(
        (ReadWord("GEN", (800, 100, 812, 190), 0.2), ReadWord("69PV", (840, 100, 852, 190), 0.0)), 0, 190, 25
    )
    monkeypatch.setattr(Tesseract, "lines", lambda *_: (strokes, line, line, line))
    assert read(DATA / "scan.png").pages[0].rotation == 0


def test_a_stamp_over_the_edge_of_the_page_and_noise_are_no_text(monkeypatch):
    text = [(text, 150 + 90 * at, 0.9) for at, text in enumerate(("Sở", "Tài", "chính", "bố", "trí", "vốn"))]
    noise = [(text, 150 + 70 * at, 0.1) for at, text in enumerate(("Xst", "cftev", "4y", "Ydck"))]
    found = typed(300, *text), typed(340, *text), typed(380, ("NHÂN", 720, 0.95)), typed(420, *noise)
    monkeypatch.setattr(Tesseract, "lines", lambda reader, *_: found if reader.layout == 3 else ())
    lines = {line.text: line.furniture for line in read(DATA / "scan.png").pages[0].lines}
    assert lines == {
        "Sở Tài chính bố trí vốn": None,
        "NHÂN": Furniture.SCRAWL,
        "Xst cftev 4y Ydck": Furniture.SCRAWL,
    }


def test_two_pages_on_one_picture_are_read_one_after_the_other(scan, tmp_path):
    both = Image.new("RGB", (2600, 1150), "white")
    both.paste(scan, (0, 100))
    both.paste(scan.crop((0, 310, 1240, 560)), (1330, 300))
    path = tmp_path / "a.png"
    both.save(path, dpi=(150, 150))
    texts = [line.text for line in read(path).pages[0].lines]
    first, second = (at for at, text in enumerate(texts) if text.startswith("Thực hiện Quyết định"))
    assert second > texts.index("1. Mục đích") > first


def test_a_table_without_upright_rules_in_a_scan_has_its_rows(tmp_path):
    picture = np.asarray(Image.open(DATA / "table.png").convert("L")).copy()
    for left, right in ((36, 44), (106, 114), (556, 564), (836, 844), (1056, 1064)):
        level = (picture[55:380, left - 6 : left] < 128).any(axis=1)
        picture[55:380, left:right][~level] = 255
    path = tmp_path / "a.png"
    Image.fromarray(picture).save(path, dpi=(150, 150))
    rows = table_texts(read(path).pages[0], 0)
    assert rows[0] == ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian")
    assert [row[0] for row in rows[2:]] == ["2", "3"]
    assert rows[1][1:3] == ("Xây dựng kế hoạch truyền thông về học tập suốt đời", "Sở Thông tin và Truyền thông")
    assert rows[3][1:] == ("Tổ chức hội thi kể chuyện", "", "Năm 2024")


def test_a_table_in_a_scan_has_its_rows():
    document = read(DATA / "table.png")
    rows = table_texts(document.pages[0], 0)
    assert rows[0] == ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian")
    assert rows[2][1:] == ("Nâng cấp thư viện huyện", "Sở Văn hóa", "Tháng 12")
    assert rows[3][2] == ""
    inside = [line.text for line in document.pages[0].lines if line.table == 0]
    assert "Sở Thông tin và" in inside and document.pages[0].lines[-1].table is None


def test_no_page_is_read_twice(scan, tmp_path, monkeypatch):
    path = paper(tmp_path / "a.pdf", [scan])
    settings = Settings(cache=str(tmp_path / "kept"))
    first = ingest(path, settings)
    monkeypatch.setattr(Tesseract, "lines", lambda *_: 1 / 0)
    assert ingest(path, settings) == first
    for kept in (tmp_path / "kept").rglob("*.z"):
        kept.write_bytes(b"damaged")
    with pytest.raises(KehoachError, match="ZeroDivisionError"):
        ingest(path, settings)


def test_a_cache_that_cannot_be_written_is_none(scan, tmp_path):
    (tmp_path / "file").write_text("")
    document = ingest(paper(tmp_path / "a.pdf", [scan]), Settings(cache=str(tmp_path / "file" / "below")))
    assert PRINTED in document.text


def test_a_line_of_signs_is_no_text(monkeypatch):
    text = [(text, 150 + 90 * at, 0.9) for at, text in enumerate(("Sở", "Tài", "chính", "bố", "trí", "vốn"))]
    signs = [(sign, 150 + 60 * at, 0.6) for at, sign in enumerate(("`»", "ˆ¬", "cát", "«", "»+", "z"))]
    blank = [(sign, 150 + 120 * at, 0.9) for at, sign in enumerate(("......", "/", "......"))]
    found = typed(300, *text), typed(340, *signs), typed(380, *blank)
    monkeypatch.setattr(Tesseract, "lines", lambda reader, *_: found if reader.layout == 3 else ())
    lines = {line.text: line.furniture for line in read(DATA / "scan.png").pages[0].lines}
    assert [of for of in lines.values() if of is not None] == [Furniture.SCRAWL] and len(lines) == 3
