"""How Roman numerals and quarters of one to twelve are read of spoilt pages: in text, in titles, in cells of tables.

Measures, never asserts. BENCH_NUMERALS=300 takes so many instead of 2,000, BENCH_SEEDS="7" another seed than that
which nobody tunes to, BENCH_FONTS names a folder with more faces, BENCH_WRONG=1 says what is wrong. A numeral is
doubtful where the document says to compare it with the page; what is neither right nor doubtful is wrong.
"""

import os
import re
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))
from pipeline.language.numerals import to_roman  # noqa: E402
from pipeline.run import read_restored  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from tests.benchmarks.paper import STRENGTHS, scanned  # noqa: E402
from tests.layouts import copier, pdf  # noqa: E402

FRESH = Settings(cache="off")
KEPT_ASIDE = 90
COUNT, MOST, QUARTERS = 2000, 12, 4
MARKS = ".,;:"
POINTS = (12, 13, 13, 14, 14)
TITLES = (
    "{n}. TỔ CHỨC THỰC HIỆN",
    "{n}. Nhiệm vụ, giải pháp chủ yếu",
    "PHỤ LỤC {n}",
    "Phần {n}. Tình hình thực hiện",
    "Chương {n}. Quy định chung",
)
SENTENCES = (
    "Danh mục nhiệm vụ tại Phụ lục {n} kèm theo Kế hoạch này.",
    "Thực hiện nhiệm vụ nêu tại Mục {n} của Chương trình hành động.",
    "Căn cứ Chương {n} Luật Tổ chức chính quyền địa phương.",
    "Triển khai Nghị quyết Đại hội Đảng bộ tỉnh lần thứ {n}, nhiệm kỳ mới.",
    "Theo Phần {n} của Đề án đã được phê duyệt.",
)
TIMES = (
    "Hoàn thành trong Quý {q}/2025.",
    "Thời gian thực hiện: quý {q} năm 2026.",
    "Báo cáo kết quả trước ngày 20 tháng cuối quý {q}/2025;",
    "Tiến độ: từ quý {q} đến quý {p}/2026.",
    "Trình Ủy ban nhân dân tỉnh Quý {q}, Quý {p} hằng năm.",
)
CELLS = ("Quý {q}/2025", "Quý {q}", "Quý {q} năm 2026", "Quý {q}, {p}", "Quý {q} - Quý {p}/2025")
WORK = ("Rà soát thủ tục", "Tổ chức hội nghị", "Báo cáo kết quả", "Khảo sát nhu cầu", "Ban hành quy chế")


def asked(name, usual):
    """A number from the environment."""
    return int(os.environ.get(name, "").split()[0] if os.environ.get(name) else usual)


def faces():
    """Font files, each with whether it is bold."""
    found = [pdf.font_file(400), pdf.font_file(700)]
    for folder in (os.environ.get("BENCH_FONTS"), "/usr/share/texmf/fonts", "/usr/share/fonts"):
        names = ("LiberationSerif-*.ttf", "texgyretermes-*.otf", "DejaVuSerif*.ttf")
        found += [one for name in names for one in sorted(Path(folder or "/nowhere").rglob(name))]
    return list({one.name: one for one in found}.values())


def drawn(rng, pattern):
    """A line with numerals drawn for it, and which of its words they are."""
    first = int(rng.integers(1, QUARTERS + 1))
    second = to_roman(first % QUARTERS + 1)
    text = pattern.format(n=to_roman(int(rng.integers(1, MOST + 1))), q=to_roman(first), p=second)
    return text, set(wanted(pattern.format(n="#", q="#", p="#").split()))


def wanted(words):
    """Where numerals stand among the words of a line."""
    return [at for at, word in enumerate(words) if "#" in word]


def page(rng, fonts):
    """A page: its picture, dots an inch, and its lines with the places of numerals in each."""
    machine = str(rng.choice([*STRENGTHS, "black", "colour"]))
    dpi = STRENGTHS[machine][0] if machine in STRENGTHS else copier.DPI
    size = round(float(rng.choice(POINTS)) * dpi / 72)
    face = ImageFont.truetype(str(fonts[int(rng.integers(len(fonts)))]), size)
    picture = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 255)
    pen, x, y = ImageDraw.Draw(picture), round(1.1 * dpi), round(0.8 * dpi)
    lines = []
    table, number = rng.random() < 0.4, int(rng.integers(MOST))
    while y < 10.6 * dpi:
        if table:
            number = number % MOST + 1
            row = [to_roman(number), str(rng.choice(WORK)), *drawn(rng, str(rng.choice(CELLS)))]
            _row(pen, face, x, y, row[:3], dpi)
            lines += [(row[0], {0}), (row[1], set()), (row[2], row[3])]
            y += round(1.9 * size)
            continue
        kind = (TITLES, SENTENCES, TIMES, TIMES)[int(rng.integers(4))]
        text, places = drawn(rng, str(rng.choice(kind)))
        pen.text((x, y), text, font=face, fill=0)
        lines.append((text, places))
        y += round(1.5 * size)
    picture = picture.convert("RGB")
    if machine in STRENGTHS:
        return scanned(picture, machine, rng), dpi, lines
    own = copier.Copier(machine == "colour", noise=float(rng.choice([6.0, 9.0, 12.0])))
    return copier.packed(copier.copied(np.asarray(picture), own, rng), own), dpi, lines


def _row(pen, face, x, y, row, dpi):
    """A row of a ruled table."""
    sides = [x + round(at * dpi) for at in (0.0, 0.75, 3.6, 6.4)]
    high = round(1.9 * face.size)
    for text, left, right in zip(row, sides, sides[1:], strict=False):
        pen.rectangle((left, y, right, y + high), outline=0, width=max(1, dpi // 150))
        pen.text((left + 0.08 * dpi, y + 0.3 * face.size), text, font=face, fill=0)


def value(text):
    """What a numeral says: "1/2025" is the quarter I/2025, dust behind it says nothing."""
    return re.sub(r"^1(?=/)", "I", text.replace("⁄", "/").rstrip("_-"))


def told(lines, pages):
    """Each numeral as it was typeset and as it was read, with whether it is doubted, and its line.

    Args:
        lines: those of a page, with the places of numerals in each.
        pages: the document that was read of it.
    """
    typeset = [
        (word.strip(MARKS), at in places, text) for text, places in lines for at, word in enumerate(text.split())
    ]
    read, number = [], 0
    for one in pages.pages:
        for line in one.lines:
            number += 1
            doubted = {one.restored.strip(MARKS) for one in pages.restorations if one.line == number}
            words = [word.strip(MARKS) for word in re.sub(r"([,;])(?=\S)", r"\1 ", line.text).split()]
            read += [(word, word in doubted or any(len(one) > 1 and one in word for one in doubted)) for word in words]
    match = SequenceMatcher(None, [one for one, _, _ in typeset], [one for one, _ in read], autojunk=False)
    for tag, a0, a1, b0, b1 in match.get_opcodes():
        for at in range(a0, a1):
            word, numeral, line = typeset[at]
            if not numeral:
                continue
            if tag == "equal":
                yield word, word, False, line
            else:
                there = read[b0 + at - a0 : b0 + at - a0 + 1] if b1 - b0 == a1 - a0 else read[b0:b1]
                yield word, " ".join(one for one, _ in there), any(doubt for _, doubt in there), line


def bench_numerals(tmp_path):
    count, fonts = asked("BENCH_NUMERALS", COUNT), faces()
    rng = np.random.default_rng(asked("BENCH_SEEDS", KEPT_ASIDE))
    kinds, wrong = Counter(), []
    while kinds.total() < count:
        picture, dpi, lines = page(rng, fonts)
        path = tmp_path / "page.png"
        picture.save(path, dpi=(dpi, dpi))
        for typeset, read, doubted, line in told(lines, read_restored(path, FRESH)):
            kind = "right" if value(typeset) == value(read) else "doubtful" if doubted else "wrong"
            kinds[kind] += 1
            if kind != "right":
                wrong.append(f"{kind}: {read!r}, typeset {typeset!r} in {line!r}")
    total = kinds.total()
    print(f"\n{total} numerals: " + ", ".join(f"{kind} {kinds[kind]} ({kinds[kind] / total:.2%})" for kind in kinds))
    if os.environ.get("BENCH_WRONG"):
        print("\n".join(f"  {times} x {one}" for one, times in Counter(wrong).most_common()))
