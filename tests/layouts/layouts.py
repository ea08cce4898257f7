"""Ten layouts of plans with tables. `LAYOUTS[name](seed)` is a plan as it is printed and what it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tests.layouts import goals
from tests.layouts.model import Annex, Block, Grid, Item, Made, Rules, Sides, Text, Turn
from tests.layouts.rows import Record, counted, header, merged, same_as_above, sections, table, widths

ISSUED = "15 tháng 01 năm 2025"
HEAD = Sides(
    ("ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI", "Số: 15/KH-UBND"),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", f"Lào Cai, ngày {ISSUED}"),
)
FOOT = Sides(
    ("Nơi nhận:", "- Như trên;", "- Các sở, ban, ngành;", "- Lưu: VT."),
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Giàng Thị Mai"),
)
OPENING = (
    "Thực hiện chương trình công tác được giao, Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai các nhiệm vụ trọng "
    "tâm với những nội dung chủ yếu như sau:"
)
PURPOSE = (
    "Xác định rõ nội dung công việc, trách nhiệm của từng cơ quan, bảo đảm việc triển khai thực hiện thống nhất, đồng "
    "bộ, đúng tiến độ và có hiệu quả."
)
ISSUED_WITH = f"(Ban hành kèm theo Kế hoạch số 15/KH-UBND ngày {ISSUED} của Ủy ban nhân dân tỉnh Lào Cai)"


def _plan(name: str, parts: Sequence[Block], tasks: Sequence[Item], objectives: Sequence[Item] = ()) -> Made:
    """The plan around its tables: in the body when the first part is a grid, else behind it as annexes."""
    inline = isinstance(parts[0], Grid)
    annex = " và ".join(part.lines[0] for part in parts if isinstance(part, Annex)).replace("PHỤ LỤC", "Phụ lục")
    work = f"Triển khai đồng bộ các nhóm nhiệm vụ, giải pháp trong lĩnh vực được phân công (chi tiết tại {annex})."
    follow = "Sở Nội vụ theo dõi, đôn đốc, tổng hợp kết quả thực hiện Kế hoạch này."
    money = "Sở Tài chính hướng dẫn các cơ quan, đơn vị sử dụng kinh phí đúng quy định."
    blocks: list[Block] = [
        HEAD,
        Text("KẾ HOẠCH", "title"),
        Text("Triển khai các nhiệm vụ trọng tâm năm 2025", "title"),
        Text(OPENING),
        Text("I. MỤC ĐÍCH, YÊU CẦU", "heading"),
        Text(PURPOSE),
        Text("II. NHIỆM VỤ", "heading"),
        *([Text("Các nhiệm vụ cụ thể như sau:"), *parts] if inline else [Text(f"1. {work}", "item")]),
        Text("III. TỔ CHỨC THỰC HIỆN", "heading"),
        Text(f"1. {follow}", "item"),
        Text(f"2. {money}", "item"),
        FOOT,
        *([] if inline else parts),
    ]
    return Made(name, tuple(blocks), tuple(tasks), tuple(objectives), (work, follow, money))


def plain(seed: int) -> Made:
    """Every kind of time, several agencies in a cell, empty cells; the table stands in the body."""
    rng = Random(f"plain {seed}")
    columns = ("number", "text", "lead", "cooperating", "time")
    rows, tasks = table(rng, columns, sections(rng, columns, [12], titles=False, empty=0.1), "II")
    return _plan("plain", [Grid(tuple(header(rng, columns)), rows, widths(columns))], tasks)


def two_row_header(seed: int) -> Made:
    """ "Thời gian" over "Bắt đầu | Hoàn thành", "Đơn vị thực hiện" over "Chủ trì | Phối hợp"."""
    rng = Random(f"two_row_header {seed}")
    columns = ("number", "text", "lead", "cooperating", "start", "finish", "result")
    rows, tasks = table(rng, columns, sections(rng, columns, [8], titles=False, empty=0.1))
    over = {
        rng.choice(("Đơn vị thực hiện", "Phân công thực hiện")): ("lead", "cooperating"),
        rng.choice(("Thời gian", "Thời gian thực hiện")): ("start", "finish"),
    }
    below = {"lead": "Chủ trì", "cooperating": "Phối hợp", "start": "Bắt đầu", "finish": "Hoàn thành"}
    head = tuple(header(rng, columns, over, **below))
    return _plan(
        "two_row_header",
        [Annex(("PHỤ LỤC", "DANH MỤC NHIỆM VỤ", ISSUED_WITH)), Grid(head, rows, widths(columns), turn=Turn.LANDSCAPE)],
        tasks,
    )


def any_order(seed: int) -> Made:
    """No number column, columns in any order, header words inside others, a column that nobody asked for."""
    rng = Random(f"any_order {seed}")
    columns = ["text", "lead", "cooperating", "time", "result", "note"]
    rng.shuffle(columns)
    own = {"lead": "Phòng, đơn vị chủ trì", "note": "Viettel hỗ trợ", "time": "Thời gian, tiến độ"}
    rows, tasks = table(rng, columns, sections(rng, columns, [7], titles=False, empty=0.1), "II")
    return _plan("any_order", [Grid(tuple(header(rng, columns, **own)), rows, widths(columns))], tasks)


def borderless(seed: int) -> Made:
    """No rules at all."""
    rng = Random(f"borderless {seed}")
    columns = ("number", "text", "responsible", "time")
    rows, tasks = table(rng, columns, sections(rng, columns, [9], titles=False), "II")
    return _plan("borderless", [Grid(tuple(header(rng, columns)), rows, widths(columns), Rules.NONE)], tasks)


def landscape(seed: int) -> Made:
    """A wide page, section rows, a row of column numbers, the header again on every page, a column of products."""
    rng = Random(f"landscape {seed}")
    columns = ("number", "text", "result", "lead", "cooperating", "time")
    rows, tasks = table(rng, columns, sections(rng, columns, [8, 6, 7], titles=True, empty=0.1))
    head = (*header(rng, columns), counted(columns))
    turn = Turn.LANDSCAPE if seed % 2 else Turn.ROTATED
    grid = Grid(head, rows, widths(columns), turn=turn, repeats=True)
    return _plan("landscape", [Annex(("PHỤ LỤC", "DANH MỤC NHIỆM VỤ NĂM 2025", ISSUED_WITH)), grid], tasks)


def over_pages(seed: int) -> Made:
    """Rows that go on over the page; the header is printed again on every page or only once."""
    rng = Random(f"over_pages {seed}")
    columns = ("number", "text", "lead", "cooperating", "time")
    rows, tasks = table(rng, columns, sections(rng, columns, [26], titles=False, empty=0.05))
    head = tuple(header(rng, columns)) + ((counted(columns),) if rng.random() < 0.5 else ())
    grid = Grid(head, rows, widths(columns), repeats=bool(seed % 2), breaks=True)
    return _plan("over_pages", [Annex(("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ", ISSUED_WITH)), grid], tasks)


def merged_cells(seed: int) -> Made:
    """An agency and a time that hold for several rows, also where those go on over the page."""
    rng = Random(f"merged_cells {seed}")
    columns = ("number", "text", "responsible", "time")

    def fill(records: list[Record]) -> None:
        merged(rng, records, "responsible")
        merged(rng, records, "time")

    rows, tasks = table(rng, columns, sections(rng, columns, [7, 10], titles=True, fill=fill), "Phụ lục I")
    grid = Grid(tuple(header(rng, columns)), rows, widths(columns), breaks=True, middle=True)
    return _plan("merged_cells", [Annex(("PHỤ LỤC I", "PHÂN CÔNG NHIỆM VỤ", ISSUED_WITH)), grid], tasks)


def ditto(seed: int) -> Made:
    """ "nt", "như trên" and their kin; level rules only."""
    rng = Random(f"ditto {seed}")
    columns = ("number", "text", "lead", "cooperating", "result", "time")

    def fill(records: list[Record]) -> None:
        for kind in ("lead", "cooperating", "result", "time"):
            same_as_above(rng, records, kind)

    rows, tasks = table(rng, columns, sections(rng, columns, [9], titles=False, fill=fill, empty=0.1))
    grid = Grid(tuple(header(rng, columns)), rows, widths(columns), Rules.HORIZONTAL, Turn.LANDSCAPE)
    return _plan("ditto", [Annex(("PHỤ LỤC", "DANH MỤC NHIỆM VỤ", ISSUED_WITH)), grid], tasks)


def targets(seed: int) -> Made:
    """Targets with a column of units, in an annex with a number; an agency that holds for several rows."""
    rng = Random(f"targets {seed}")
    head, rows, shares, items = goals.table(rng, [4, 5], "Phụ lục II", units=True)
    grid = Grid(head, rows, shares, middle=True)
    return _plan("targets", [Annex(("PHỤ LỤC II", "CÁC CHỈ TIÊU CHỦ YẾU NĂM 2025", ISSUED_WITH)), grid], (), items)


def two_annexes(seed: int) -> Made:
    """Tasks in one annex, on wide pages; targets in the next, their unit in the header, for two years."""
    rng = Random(f"two_annexes {seed}")
    columns = ("number", "text", "responsible", "time", "result")
    rows, tasks = table(rng, columns, sections(rng, columns, [4, 5], titles=True), "Phụ lục I")
    first = Grid(tuple(header(rng, columns)), rows, widths(columns), turn=Turn.LANDSCAPE)
    head, goal_rows, shares, items = goals.table(rng, [5], "Phụ lục II", units=False, later=True)
    second = Grid((*head, counted(head[0])) if seed % 2 else head, goal_rows, shares)
    parts = [
        Annex(("PHỤ LỤC I", "DANH MỤC NHIỆM VỤ", ISSUED_WITH)),
        first,
        Annex(("PHỤ LỤC II", "CÁC CHỈ TIÊU CHỦ YẾU", ISSUED_WITH)),
        second,
    ]
    return _plan("two_annexes", parts, tasks, items)


LAYOUTS: dict[str, Callable[[int], Made]] = {
    made.__name__: made
    for made in (
        plain,
        two_row_header,
        any_order,
        borderless,
        landscape,
        over_pages,
        merged_cells,
        ditto,
        targets,
        two_annexes,
    )
}
