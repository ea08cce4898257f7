"""The whole way of a plan over the desk: dropped, read, reviewed by keyboard, found, exported, read anew."""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from pipeline.ingest.scan.tesseract.engine import Tesseract
from tests.layouts import copier, pdf
from tests.layouts.copier import Copier
from tests.layouts.model import Annex, Sides, Text
from tests.processes import wait_for

pytestmark = [
    pytest.mark.slow,  # starts a desk, runs and a browser
    pytest.mark.ocr,
    pytest.mark.skipif(Tesseract("vie").problem() is not None, reason="Tesseract with vie is not installed"),
]

PROJECT = Path(__file__).resolve().parents[3]
NAME = "Kế hoạch chuyển đổi số.pdf"
NUMBER = "26/KH-UBND"
OFFICE = "Ủy ban nhân dân thành phố Hải Phòng"
TITLE = "Chuyển đổi số thư viện công cộng trên địa bàn thành phố Hải Phòng năm 2026"
PLAN = (
    Sides(
        ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG", "Số:          /KH-UBND"),
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
            "Hải Phòng, ngày        tháng 01 năm 2026",
        ),
    ),
    Text("KẾ HOẠCH", "title"),
    Text(TITLE, "title"),
    Text("I. MỤC ĐÍCH, YÊU CẦU", "heading"),
    Text("1. Đưa 60 % đầu sách của thư viện thành phố lên mạng trong năm 2026.", "item"),
    Text("2. Mọi xã, phường có một điểm đọc sách mở cửa ít nhất năm ngày mỗi tuần.", "item"),
    Text("II. NHIỆM VỤ", "heading"),
    Text(
        "1. Sở Văn hóa và Thể thao chủ trì, phối hợp với Sở Khoa học và Công nghệ số hóa kho sách địa chí; hoàn thành "
        "trước ngày 30/6/2026.",
        "item",
    ),
    Text("2. Sở Tài chính thẩm định dự toán, trình Ủy ban nhân dân thành phố trước ngày 31/3/2026.", "item"),
    Text("3. Thư viện thành phố mở lớp hướng dẫn người cao tuổi dùng thư viện số trước ngày 30/9/2026.", "item"),
    Annex(("III. TỔ CHỨC THỰC HIỆN",)),
    Text("1. Ủy ban nhân dân các xã, phường báo cáo kết quả về Sở Văn hóa và Thể thao trước ngày 15/11/2026.", "item"),
    Text(
        "2. Sở Văn hóa và Thể thao theo dõi, đôn đốc việc thực hiện Kế hoạch, tổng hợp báo cáo Ủy ban nhân dân thành "
        "phố trước ngày 15/12/2026.",
        "item",
    ),
    Sides(
        ("Nơi nhận:", "- Các sở, ban, ngành thành phố;", "- UBND các xã, phường;", "- Lưu: VT, VX."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "", "", "Phạm Thị Thử"),
    ),
)  # fmt: skip


def scan(path):
    """A plan of two pages as a scanner gives it, invented: its number by hand, with a seal over the signature."""
    printed = path.with_suffix(".printed")
    pdf.write(SimpleNamespace(blocks=PLAN), printed)
    copier.write(printed, path, Copier(colour=True, skew=0.3, noise=5.0, streaks=1, specks=60, office=OFFICE), seed=3)
    return path


def drop(tab, file):
    """Drops a file on the page, as a hand with a mouse does."""
    tab.evaluate(
        """([name, content]) => {
            const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([bytes], name));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        [file.name, base64.b64encode(file.read_bytes()).decode()],
    )


def tab_to(tab, words):
    """Presses Tab until a value with these words is reached."""
    for _ in range(200):
        tab.keyboard.press("Tab")
        here = tab.evaluate("document.activeElement.matches('.value') ? document.activeElement.innerText : ''")
        if words in here:
            return
    raise AssertionError(f"{words} is not reached by keyboard")


def edit(tab, typed):
    """Types something else in the place of the value that is chosen."""
    tab.keyboard.press("e")
    tab.wait_for_selector("dialog[open] #form")
    tab.keyboard.type(typed)
    tab.keyboard.press("Enter")


def kehoach(*arguments, **settings):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_")}
    clean |= {"KEHOACH_CACHE": os.environ["KEHOACH_CACHE"], **settings}  # pages that were read are not read again
    line = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    subprocess.run(line, env=clean, check=True, capture_output=True)


def column(folder, table, name):
    lines = (folder / "tables" / f"{table}.jsonl").read_text().splitlines()
    return [json.loads(line)[name] for line in lines]


def test_a_plan_goes_the_whole_way(tmp_path, serve, open_tab, request):
    out = tmp_path / "outputs"
    out.mkdir()
    at, tab = serve(out), open_tab()

    tab.goto(at)
    drop(tab, scan(tmp_path / NAME))
    expect(tab.locator("#coming")).to_contain_text("was read")
    expect(tab.locator("#progress")).to_have_text("Read: 1. Not readable: 0. Waiting: 0.")
    expect(tab.locator(".entry")).to_contain_text(TITLE)

    tab.locator(".entry h2 a").focus()
    tab.keyboard.press("Enter")
    page = tab.locator("#page-1 img")
    assert wait_for(lambda: page.evaluate("picture => picture.naturalWidth") > 600)
    tab.keyboard.press("n")  # what was written by hand is asked for first
    expect(tab.locator("#r-number")).to_have_class(re.compile(r"\bon\b"))
    edit(tab, NUMBER)
    expect(tab.locator("dialog")).to_contain_text("Who reviews?")
    tab.keyboard.type("Trần Thị Mai")
    tab.keyboard.press("Enter")
    expect(tab.locator(".history")).to_contain_text("Trần Thị Mai")
    expect(tab.locator(".names h1")).to_have_text(f"Kế hoạch {NUMBER}")
    tab_to(tab, "Sở Khoa học và Công nghệ")
    tab.keyboard.press("Enter")
    edit(tab, "Sở Ngoại vụ")
    expect(tab.locator(".value.agency .history")).to_contain_text("before: Sở Khoa học và Công nghệ")
    tab_to(tab, "30/6/2026")
    tab.keyboard.press("Enter")
    edit(tab, "15/8/2026")
    expect(tab.locator(".history")).to_have_count(3)
    expect(tab.locator(".value.deadline.on")).to_contain_text("15/08/2026")
    if request.config.getoption("--regenerate-docs"):
        tab.screenshot(path=PROJECT / "docs" / "desk.png")
    tab.keyboard.press("r")
    expect(tab.locator("#done")).to_have_attribute("aria-pressed", "true")

    tab.goto(f"{at}/search?agency=Sở+Ngoại+vụ&due_from=2026-08-01&due_before=2026-09-01")
    expect(tab.locator(".entry")).to_contain_text(NUMBER)

    kehoach("export", "-f", "jsonl", "-o", tmp_path / "tables", "--database", out / "plans.db")
    ends = column(tmp_path, "deadlines", "end_on")
    assert "2026-08-15" in ends and "2026-06-30" not in ends
    assert "Sở Ngoại vụ thành phố Hải Phòng" in column(tmp_path, "agencies", "name")

    before = (out / f"{Path(NAME).stem}.json").stat().st_mtime_ns
    kehoach("run", out / "uploads", "--out", out, KEHOACH_TONE_PLACEMENT="traditional")
    assert (out / f"{Path(NAME).stem}.json").stat().st_mtime_ns > before
    tab.goto(f"{at}/plans/{Path(NAME).stem}")
    expect(tab.locator("h1")).to_contain_text(NUMBER)
    expect(tab.locator(".history")).to_have_count(3)
    expect(tab.locator("#done")).to_have_attribute("aria-pressed", "true")
    expect(tab.locator(".value.agency", has_text="Sở Ngoại vụ")).to_contain_text("Trần Thị Mai")
