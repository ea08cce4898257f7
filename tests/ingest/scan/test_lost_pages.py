"""What a page, a picture or a reader that fails costs: its page alone, or the file in words."""

import io
import shutil
from collections.abc import Callable
from functools import partial

import pikepdf
import pytesseract
import pytest
from PIL import Image

from pipeline.errors import KehoachError
from pipeline.ingest.scan import recognition, scanner
from pipeline.ingest.scan.tesseract import engine, pool
from pipeline.ingest.scan.tesseract.engine import Tesseract, TesseractFailure
from tests.ingest.scan.scanned import DATA, GARBAGE, PRINTED, paper, read

pytestmark = [
    pytest.mark.ocr,
    pytest.mark.skipif(Tesseract("vie").problem() is not None, reason="Tesseract with vie is not installed"),
]
needs_kept = pytest.mark.skipif(pool.version() is None, reason="tesserocr is not installed")


@pytest.mark.parametrize(
    "picture",
    [Image.new("RGB", (1240, 1754), "white"), Image.new("RGB", (1240, 1754), "black"), Image.new("L", (1, 1), 0)],
    ids=["white", "black", "1 x 1"],
)
def test_a_page_without_anything_to_read_is_no_text(picture, tmp_path):
    path = tmp_path / "a.png"
    picture.save(path)
    with pytest.raises(KehoachError) as caught:
        read(path)
    assert caught.value.code == "E106"


@pytest.mark.parametrize(("wide", "high"), [(28346.0, 18300.0), (1.0e9, 0.6e9), (7.2, 4.6)])
def test_a_page_of_any_size_is_read_or_refused_in_words(wide, high, scan, tmp_path):
    path = paper(tmp_path / "a.pdf", [scan], size=(wide, high))
    try:
        document = read(path)
    except KehoachError as error:
        assert error.code in ("E105", "E106", "E116", "E118")
    else:
        assert PRINTED in document.text


def test_a_cut_off_picture_costs_its_page_alone(scan, tmp_path):
    cut = paper(tmp_path / "cut.pdf", [scan], change=lambda data: data[: len(data) // 3])
    with pikepdf.open(cut) as broken, pikepdf.open(paper(tmp_path / "b.pdf", [scan])) as good:
        good.pages.extend(broken.pages)
        good.save(tmp_path / "both.pdf")
    document = read(tmp_path / "both.pdf")
    assert PRINTED in " ".join(line.text for line in document.pages[0].lines)
    assert [(one.code, one.page) for one in document.notices if one.code == "W217"] == [("W217", 2)]


def test_a_file_that_is_no_image_inside_has_its_code(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes((DATA / "scan.png").read_bytes()[:200])
    with pytest.raises(KehoachError) as caught:
        read(path)
    assert caught.value.code == "E118"


def test_pages_that_a_cut_off_tiff_lacks_are_told(scan, tmp_path):
    whole, path = io.BytesIO(), tmp_path / "a.tif"
    scan.convert("1").save(whole, "TIFF", compression="group4", save_all=True, append_images=[scan.convert("1")] * 2)
    path.write_bytes(whole.getvalue()[: int(len(whole.getvalue()) * 0.8)])
    document = read(path)
    assert PRINTED in " ".join(line.text for line in document.pages[1].lines)
    assert [(one.code, one.page) for one in document.notices if one.code == "W216"] == [("W216", 3)]


def fails_on(page: int) -> Callable[..., object]:
    calls: list[int] = []
    real = Tesseract.lines

    def lines(self: Tesseract, picture: Image.Image, dpi: int) -> object:
        calls.append(1)
        if len(calls) == page:
            raise TesseractFailure("Tesseract failed: signal 11")
        return real(self, picture, dpi)

    return lines


def test_a_reader_that_crashes_costs_its_page_alone(scan, tmp_path, monkeypatch):
    monkeypatch.setattr(Tesseract, "lines", fails_on(1))
    document = read(paper(tmp_path / "a.pdf", [scan, scan]), readers=1)
    assert [(said.code, said.page) for said in document.notices] == [("W211", 1)]
    assert not document.pages[0].lines and PRINTED in " ".join(line.text for line in document.pages[1].lines)


def test_what_no_reader_foresaw_costs_its_page_alone(scan, tmp_path, monkeypatch):
    monkeypatch.setattr(recognition, "read_picture", lambda *_: 1 / 0)
    document = read(paper(tmp_path / "a.pdf", [scan], GARBAGE))
    assert [said.code for said in document.notices] == ["W211"]
    assert "thwe hién" in document.text  # the doubted layer is better than nothing


def first_page_is_lost(document, reason):
    [said] = document.notices
    assert (said.code, said.page) == ("W211", 1) and reason in said.text()
    assert not document.pages[0].lines and PRINTED in " ".join(line.text for line in document.pages[1].lines)


@pytest.mark.parametrize(
    ("fault", "reason", "seconds"), [("exec sleep 600", "timeout", 3), ("kill -11 $$", "failed", 600)]
)
def test_a_program_that_crashes_or_hangs_costs_its_page_alone(fault, reason, seconds, scan, tmp_path, monkeypatch):
    real = shutil.which("tesseract")
    fragile = tmp_path / "tesseract"
    once = f'case "$*" in *hocr*) if [ ! -e "{tmp_path}/done" ]; then touch "{tmp_path}/done"; {fault}; fi;; esac'
    fragile.write_text(f'#!/bin/sh\n{once}\nexec {real} "$@"\n')
    fragile.chmod(0o755)
    patience = iter([seconds])  # for the first picture; the others have time enough
    hocr = pytesseract.image_to_pdf_or_hocr
    monkeypatch.setattr(
        pytesseract, "image_to_pdf_or_hocr", lambda *a, timeout, **more: hocr(*a, timeout=next(patience, 600), **more)
    )
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(fragile))
    monkeypatch.setattr(engine, "Tesseract", partial(Tesseract, keep=False))
    first_page_is_lost(read(paper(tmp_path / "a.pdf", [scan, scan]), readers=1), reason)


def test_a_program_that_hangs_is_stopped(scan, tmp_path, monkeypatch):
    sleeper = tmp_path / "tesseract"
    sleeper.write_text("#!/bin/sh\nexec sleep 600\n")
    sleeper.chmod(0o755)
    assert Tesseract(keep=False).version()  # found out once, before anything hangs
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(sleeper))
    monkeypatch.setattr(engine, "Tesseract", partial(Tesseract, keep=False))
    monkeypatch.setattr(scanner, "_problem", lambda _: None)
    with pytest.raises(KehoachError) as caught:
        read(paper(tmp_path / "a.pdf", [scan]), page_seconds=1)
    assert caught.value.code == "E116" and "timeout" in str(caught.value)


@needs_kept
def test_a_process_that_crashes_costs_its_page_alone(faulty, scan, tmp_path):
    faulty("os.kill(os.getpid(), signal.SIGSEGV)")
    first_page_is_lost(read(paper(tmp_path / "a.pdf", [scan, scan]), readers=1), "SIGSEGV")


@needs_kept
def test_a_process_that_hangs_costs_its_page_alone(hanging, scan, tmp_path):
    first_page_is_lost(read(paper(tmp_path / "a.pdf", [scan, scan]), readers=1), "timeout")


def test_without_data_for_vietnamese_the_error_says_so(scan, tmp_path, monkeypatch):
    monkeypatch.setattr(scanner, "_problem", lambda language: f"no trained data for {language!r}")
    with pytest.raises(KehoachError) as caught:
        read(paper(tmp_path / "a.pdf", [scan]))
    assert caught.value.code == "E116" and "vie" in str(caught.value)
    document = read(paper(tmp_path / "b.pdf", [scan], GARBAGE))
    assert "W211" in [said.code for said in document.notices] and "thwe hién" in document.text


def leaves_out(place: int, again: bool) -> Callable[..., object]:
    """A reader whose look at a whole page leaves out its line at a place, and that reads it by itself or does not."""
    real = Tesseract.lines

    def lines(self: Tesseract, picture: Image.Image, dpi: int) -> object:
        read_lines = list(real(self, picture, dpi))
        if self.layout == 3:
            del read_lines[place]
            return tuple(read_lines)
        return tuple(read_lines) if again else ()

    return lines


def test_a_line_that_the_reader_left_out_is_read_by_itself(scan, tmp_path, monkeypatch):
    whole = read(paper(tmp_path / "a.pdf", [scan])).pages[0].lines
    monkeypatch.setattr(Tesseract, "lines", leaves_out(-1, again=True))
    document = read(paper(tmp_path / "b.pdf", [scan]))
    assert [line.text[-3:] for line in document.pages[0].lines] == [line.text[-3:] for line in whole]
    assert not [said for said in document.notices if said.code == "W235"]


def test_a_line_that_cannot_be_made_out_is_told(scan, tmp_path, monkeypatch):
    monkeypatch.setattr(Tesseract, "lines", leaves_out(-1, again=False))
    document = read(paper(tmp_path / "a.pdf", [scan]))
    assert [(said.code, said.page, dict(said.params)) for said in document.notices] == [("W235", 1, {"count": "1"})]
