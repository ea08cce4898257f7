"""The whole way of a plan over the desk: dropped, read, reviewed by keyboard, found, exported, read anew."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from reportlab.pdfgen.canvas import Canvas

from tests.layouts.pdf import SHORT, _fonts, wrap

pytestmark = pytest.mark.slow  # starts a desk, runs and a browser

PROJECT = Path(__file__).resolve().parents[3]
NAME = "Kế hoạch chuyển đổi số.pdf"
PAGES = (
    """ỦY BAN NHÂN DÂN
    THÀNH PHỐ HẢI PHÒNG
    Số: 77/KH-UBND
    Hải Phòng, ngày 05 tháng 01 năm 2026
    KẾ HOẠCH
    Chuyển đổi số thư viện công cộng trên địa bàn thành phố Hải Phòng năm 2026
    I. MỤC ĐÍCH
    1. Đưa 60 % đầu sách của thư viện thành phố lên mạng trong năm 2026.
    II. NHIỆM VỤ
    1. Sở Văn hóa và Thể thao chủ trì, phối hợp với Sở Khoa học và Công nghệ số hóa kho sách địa chí; hoàn thành trước
    ngày 30/6/2026.
    2. Sở Tài chính thẩm định dự toán, trình Ủy ban nhân dân thành phố trước ngày 31/3/2026.""",
    """III. TỔ CHỨC THỰC HIỆN
    1. Ủy ban nhân dân các xã, phường báo cáo kết quả về Sở Văn hóa và Thể thao trước ngày 15/11/2026.
    2. Thư viện thành phố mở lớp hướng dẫn người cao tuổi dùng thư viện số trong quý III/2026.
    TM. ỦY BAN NHÂN DÂN
    KT. CHỦ TỊCH
    PHÓ CHỦ TỊCH
    Phạm Thị Thử""",
)


def plan(path):
    """A plan of two pages, invented."""
    regular, _ = _fonts()
    canvas = Canvas(str(path), pagesize=(SHORT, 842))
    for page in PAGES:
        canvas.setFont(regular, 13)
        y = 780
        for paragraph in page.replace("\n    ngày", " ngày").split("\n"):
            for line in wrap(paragraph.strip(), SHORT - 130, 13):
                canvas.drawString(75, y, line)
                y -= 20
        canvas.showPage()
    canvas.save()
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


def edit(tab, words, typed):
    tab_to(tab, words)
    for key in ("Enter", "e"):
        tab.keyboard.press(key)
    tab.wait_for_selector("dialog[open] #form")
    tab.keyboard.type(typed)
    tab.keyboard.press("Enter")


def kehoach(*arguments, **settings):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_")}
    line = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    subprocess.run(line, env={**clean, "KEHOACH_CACHE": "off", **settings}, check=True, capture_output=True)


def column(folder, table, name):
    lines = (folder / "tables" / f"{table}.jsonl").read_text().splitlines()
    return [json.loads(line)[name] for line in lines]


def test_a_plan_goes_the_whole_way(tmp_path, serve, open_tab, request):
    out = tmp_path / "outputs"
    out.mkdir()
    at, tab = serve(out), open_tab()

    tab.goto(at)
    drop(tab, plan(tmp_path / NAME))
    expect(tab.locator("#coming")).to_contain_text("was read")
    expect(tab.locator(".entry")).to_contain_text("77/KH-UBND")

    tab.locator(".entry h2 a").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#page-1 img")).to_be_visible()
    edit(tab, "Sở Khoa học và Công nghệ", "Sở Ngoại vụ")
    expect(tab.locator("dialog")).to_contain_text("Who reviews?")
    tab.keyboard.type("Trần Thị Mai")
    tab.keyboard.press("Enter")
    expect(tab.locator(".history")).to_contain_text("before: Sở Khoa học và Công nghệ")
    edit(tab, "30/6/2026", "15/8/2026")
    expect(tab.locator(".history")).to_have_count(2)
    expect(tab.locator(".value.deadline.on")).to_contain_text("15/08/2026")
    if request.config.getoption("--regenerate-docs"):
        tab.screenshot(path=PROJECT / "docs" / "desk.png")
    tab.keyboard.press("r")
    expect(tab.locator("#done")).to_have_attribute("aria-pressed", "true")

    tab.goto(f"{at}/search?agency=Sở+Ngoại+vụ&due_from=2026-08-01&due_before=2026-09-01")
    expect(tab.locator(".entry")).to_contain_text("77/KH-UBND")

    kehoach("export", "-f", "jsonl", "-o", tmp_path / "tables", "--database", out / "plans.db")
    ends = column(tmp_path, "deadlines", "end_on")
    assert "2026-08-15" in ends and "2026-06-30" not in ends
    assert "Sở Ngoại vụ thành phố Hải Phòng" in column(tmp_path, "agencies", "name")

    before = (out / f"{Path(NAME).stem}.json").stat().st_mtime_ns
    kehoach("run", out / "uploads", "--out", out, KEHOACH_TONE_PLACEMENT="traditional")
    assert (out / f"{Path(NAME).stem}.json").stat().st_mtime_ns > before
    tab.goto(f"{at}/plans/{Path(NAME).stem}")
    expect(tab.locator(".history")).to_have_count(2)
    expect(tab.locator("#done")).to_have_attribute("aria-pressed", "true")
    expect(tab.locator(".value.agency", has_text="Sở Ngoại vụ")).to_contain_text("Trần Thị Mai")
