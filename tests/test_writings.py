"""A plan as text and Markdown, written as people and programs write it, is read as the same plan."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.run import run
from pipeline.settings import Settings
from tests.layouts import markdown
from tests.layouts.offices import OFFICES
from tests.test_offices import meaning

FRESH = Settings(cache="off")
WIDE = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
MARKED = "[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]"
LEFT = "ỦY BAN NHÂN DÂN<br>TỈNH LÀO CAI<br>Số: 15/KH-UBND"
RIGHT = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc<br>Lào Cai, ngày 15 tháng 01 năm 2025"
NAMED = "TM. ỦY BAN NHÂN DÂN<br>KT. CHỦ TỊCH<br>PHÓ CHỦ TỊCH<br><br><br>Giàng Thị Mai"
SENT = "Nơi nhận:<br>- Như trên;<br>- Các sở, ban, ngành;<br>- Lưu: VT."

Change = Callable[[str], str]


def sub(pattern: str, by: str | Callable[[re.Match[str]], str]) -> Change:
    return lambda text: re.sub(pattern, by, text, flags=re.MULTILINE)


def put(mark: str) -> Change:
    """A mark between two pages, once between items and once within a sentence."""
    return lambda text: text.replace("\n2. Hoàn", f"\n{mark}\n\n2. Hoàn").replace(
        "dữ liệu dân cư", f"dữ liệu\n\n{mark}\n\ndân cư"
    )


def wrapped(before: str = "", after: str = "") -> Change:
    """Lines broken at 72 characters."""

    def change(text: str) -> str:
        lines = [part for line in text.split("\n") for part in textwrap.wrap(line, 72) or [""]]
        return "\n".join(before + line + after for line in lines)

    return change


def with_head(head: str) -> Change:
    return lambda text: head + text[text.index("# KẾ HOẠCH") :]


def with_foot(foot: str) -> Change:
    return lambda text: text[: text.index("Nơi nhận")] + foot


TEXT: dict[str, Change] = {
    "full-width digits": lambda text: text.translate(WIDE),
    "full-width digits and stops": lambda text: sub(r"^(\d)\. ", r"\1．")(text).translate(WIDE),
    "full-width signs": lambda text: text.translate(str.maketrans("%():", "％（）：")),
    "zero-width spaces": sub(r"(?<=\w)(?=\w)", "\u200b"),
    "zero-width joiners and marks of order": lambda text: text.replace(" ", "\u200c \ufeff"),
    "embedding": sub(r"^(.*)$", "\u202a\\1\u202c"),
    "marks of direction": sub(r"([/-])", "\u200e\\1\u200f"),
    "soft hyphens": lambda text: text.replace("triển", "tri\u00adển").replace("2025", "20\u00ad25"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "letters apart": sub(rf"(?<=[a-zđ])({MARKED})(?=\w)", r" \1 "),
    "letters apart behind": sub(rf"({MARKED})(?=\w)", r"\1 "),
    "hard-wrapped": wrapped(),
    "hard-wrapped, format=flowed": wrapped(after=" "),
    "quoted": wrapped("> "),
    "quoted twice": wrapped("> > "),
    "forwarded": lambda text: "Kính gửi anh,\n\n" + wrapped("> ")(text),
    "without blank lines": lambda text: re.sub("\n\n+", "\n", wrapped()(text)),
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "tabs": sub(r"^(\w+[.)]) ", r"\1\t"),
    "Trang 2/5": put("Trang 2/5"),
    "- 2 -": put("- 2 -"),
    "[Trang 2]": put("[Trang 2]"),
}
MARKDOWN: dict[str, Change] = {
    "--- Trang 2 ---": put("--- Trang 2 ---"),
    "comment": put("<!-- Page 2 -->"),
    "picture": put("![](_page_2_Picture_1.jpeg)"),
    "comment on a picture": put("<!-- image -->"),
    "braces": put("{2}" + 48 * "-"),
    "tag": put('<page number="2">'),
    "heading": put("## Page 2"),
    "anchor": put('<span id="page-2-0"></span>'),
    "rule": put("---"),
    "formula": sub(r"(\d+)%", r"$\1\\%$"),
    "formula in brackets": sub(r"(\d+)%", r"\\(\\mathrm{\1}\\%\\)"),
    "escaped sign": lambda text: text.replace("%", "\\%"),
    "<br> for a line": lambda text: text.replace("\n\nb) ", "<br>b) "),
    "<br> at the end": sub(r"(\S)$", r"\1<br/>"),
    "escaped stops": sub(r"^(## )?(\w+)([.)]) ", r"\1\2\\\3 "),
    "bold numbers": sub(r"^(\d\.|[a-z]\)) ", r"**\1** "),
    "bold italic numbers": sub(r"^(\d\.) ", r"***\1*** "),
    "bold titles": sub(r"^(\d\.) (Rà|Hoàn|Tuyên)(.*)$", r"\1 **\2\3**"),
    "bold lines for headings": sub(r"^## (.*)$", r"**\1**"),
    "indented": sub(r"^([a-z]\)) ", r"   \1 "),
    "head as a table": with_head(f"| {LEFT} | {RIGHT} |\n|---|---|\n\n"),
    "head as a table without a header": with_head(f"|  |  |\n|---|---|\n| {LEFT} | {RIGHT} |\n\n"),
    "head in HTML": with_head(f"<table><tr><td>{LEFT}</td><td>{RIGHT}</td></tr></table>\n\n"),
    "head in paragraphs": with_head(
        f"<table><tr><td><p>{LEFT}</p></td><td><p>{RIGHT}</p></td></tr></table>\n\n".replace("<br>", "</p><p>")
    ),
    "foot as a table": with_foot(f"| {SENT} | {NAMED} |\n|---|---|\n"),
    "foot in HTML": with_foot(f"<table><tr><td>{SENT}</td><td>{NAMED}</td></tr></table>\n"),
}
TABLES: dict[str, Change] = {
    "aligned": lambda text: text.replace(" --- ", " :---: "),
    "no bars around": sub(r"^\| (.*) \|$", r"\1"),
    "rules between rows": sub(r"^(\|.*)\n(?=\| \d)", r"\1\n|-----|-----|------|-----|-----|\n"),
    "bold header": sub(r"^\| TT.*$", lambda hit: re.sub(r"(\w[^|]*?) \|", r"**\1** |", hit[0])),
}


def read(layout: str, suffix: str, change: Change, folder: Path) -> Any:
    path = folder / f"plan.{suffix}"
    if suffix == "txt":
        markdown.write_text(OFFICES[layout](), path)
    else:
        markdown.write(OFFICES[layout](), path, repeats=False)
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text or change is str
    path.write_bytes(changed.encode())
    return meaning(run(path, FRESH))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("plain")
    return {layout: read(layout, "txt", str, folder) for layout in ("typed", "table")}


@pytest.mark.parametrize("name", TEXT)
def test_text_as_it_is_written(plain: dict[str, Any], name: str, tmp_path: Path) -> None:
    assert read("typed", "txt", TEXT[name], tmp_path) == plain["typed"]


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_as_it_is_written(plain: dict[str, Any], name: str, tmp_path: Path) -> None:
    assert read("typed", "md", MARKDOWN[name], tmp_path) == plain["typed"]


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_markdown_as_they_are_written(plain: dict[str, Any], name: str, tmp_path: Path) -> None:
    assert read("table", "md", TABLES[name], tmp_path) == plain["table"]
