"""Tables of targets: indicators with their units, the state of an earlier year and the figures to be reached."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.layouts import words
from tests.layouts.model import Cell, Figure, Item, Row
from tests.layouts.rows import ROMAN

INDICATORS = {
    "%": (
        "Tỷ lệ hồ sơ được giải quyết trực tuyến toàn trình",
        "Tỷ lệ dân số tham gia bảo hiểm y tế",
        "Tỷ lệ hộ dân nông thôn được dùng nước hợp vệ sinh",
        "Tỷ lệ rác thải sinh hoạt được thu gom, xử lý",
        "Tỷ lệ lao động qua đào tạo có văn bằng, chứng chỉ",
        "Mức độ hài lòng của người dân đối với sự phục vụ của cơ quan hành chính",
        "Tỷ lệ che phủ rừng",
    ),
    "xã": ("Số xã đạt chuẩn nông thôn mới", "Số xã có thư viện hoặc phòng đọc"),
    "trường": ("Số trường đạt chuẩn quốc gia",),
    "ha": ("Diện tích rừng trồng tập trung", "Diện tích lúa chất lượng cao"),
    "người": ("Số lao động được tạo việc làm mới", "Số cán bộ được bồi dưỡng kỹ năng số"),
}
GROUPS = ("Nhóm chỉ tiêu về xã hội", "Nhóm chỉ tiêu về kinh tế", "Nhóm chỉ tiêu về môi trường")
PARENT = "Các chỉ tiêu thành phần"
HEADERS = {
    "number": ("TT", "STT"),
    "name": ("Chỉ tiêu", "Tên chỉ tiêu", "Nội dung chỉ tiêu"),
    "unit": ("Đơn vị tính", "ĐVT", "Đơn vị"),
    "agency": ("Cơ quan theo dõi", "Đơn vị theo dõi, đánh giá"),
}
PAST = ("2024", "Thực hiện năm 2024", "Năm 2024")
GOAL = ("2025", "Kế hoạch năm 2025", "Chỉ tiêu năm 2025")


def figure(rng: Random, unit: str, baseline: str | None, due: str) -> tuple[str, Figure]:
    """What is printed in a cell of goals, and what it means."""
    if unit != "%":
        value = rng.choice((12, 35, 120, 1200, 24500))
        least = rng.random() < 0.4
        printed = ("≥ " if least else "") + f"{value:,}".replace(",", ".")
        return printed, Figure(value, None, ">=" if least else "=", unit, baseline, due)
    low = rng.randint(40, 94)
    printed, value, high, sign = rng.choice(
        (
            (f"≥ {low}", low, None, ">="),
            (f"≥{low}", low, None, ">="),
            (f"{low}-{low + 5}", low, low + 5, "="),
            (f"{low} - {low + 5}", low, low + 5, "="),
            (f"Tối thiểu {low}%", low, None, ">="),
            (f"{low},5", low + 0.5, None, "="),
            ("100", 100, None, "="),
            ("100%", 100, None, "="),
        )
    )
    return printed, Figure(value, high, sign, unit, baseline, due)


def table(
    rng: Random, sizes: Sequence[int], above: str, units: bool, later: bool = False
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[float, ...], tuple[Item, ...]]:
    """Header, rows, widths and objectives in an annex `above`; without `units` all are per cent, as the header says.

    `later`: a second column of goals, for 2030. With `units` the first section has an indicator that only gathers
    others ("1" over "1.1" and "1.2"); an agency holds for some rows.
    """
    behind = "" if units else " (%)"
    goals = ["2025", "2030"] if later else ["2025"]
    heads = [rng.choice(HEADERS["number"]), rng.choice(HEADERS["name"])]
    heads += [rng.choice(HEADERS["unit"])] if units else []
    heads += [rng.choice(PAST) + behind]
    heads += [f"Đến năm {year}{behind}" for year in goals] if later else [rng.choice(GOAL) + behind]
    heads += [rng.choice(HEADERS["agency"])]
    width = len(heads)
    rows: list[Row] = []
    items: list[Item] = []
    kinds = list(INDICATORS) if units else ["%"]
    names = {unit: rng.sample(INDICATORS[unit], len(INDICATORS[unit])) for unit in kinds}

    def add(number: str, path: str, headings: tuple[str, ...], agency: Cell | None, full: tuple[str, ...]) -> None:
        unit = rng.choice([one for one in kinds if names[one]])
        name = names[unit].pop()
        past = rng.choice(("", "45", "38,2") if unit == "%" else ("", "10", "1.150"))
        cells = [figure(rng, unit, past or None, year) for year in goals]
        printed = [number, name, *([unit] if units else []), past, *(text for text, _ in cells)]
        rows.append((*(Cell(text) for text in printed), agency))
        agents = tuple((one, "responsible") for one in full)
        items.append(Item(path, name, headings, agencies=agents, figures=tuple(one for _, one in cells)))

    groups = rng.sample(GROUPS, len(sizes))
    for index, (group, size) in enumerate(zip(groups, sizes, strict=True)):
        headings = (group,) if len(sizes) > 1 else ()
        roman = f"{ROMAN[index]}." if headings else ""
        if headings:
            rows.append((Cell(f"{roman} {group}", columns=width, bold=True), *(None,) * (width - 1)))
        printed, full = words.agencies(rng, 2)
        held = Cell(printed, rows=size)
        parent = units and index == 0 and size > 2
        if parent:
            headings += (PARENT,)
            rows.append((Cell("1"), Cell(PARENT), *(Cell(""),) * (width - 2)))
        for at in range(1, size + 1):
            number = f"1.{at}" if parent else str(at)
            add(number, f"{above}.{roman}{number}", headings, held if at == 1 else None, full)
    shares = (1.0, 4.5, *([1.4] if units else []), 1.8, *(1.8 for _ in goals), 2.8)
    return (tuple(Cell(text, bold=True) for text in heads),), tuple(rows), shares, tuple(items)
