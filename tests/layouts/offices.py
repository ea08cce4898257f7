"""Ten layouts of plans as they are written in an office. `OFFICES[name]()` is a plan as it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from tests.layouts.layouts import FOOT, HEAD, OPENING
from tests.layouts.layouts import merged_cells as _merged
from tests.layouts.layouts import two_row_header as _two_rows
from tests.layouts.model import Block, Boxed, Cell, Framed, Grid, Listed, Made, Text

TYPED = ("I.", "1.", "a)", "-", "+")
LEVELS = ("I.", "1.", "1.1.", "a)", "-")
WORK = ("Nhiệm vụ", "Nội dung")
BULLETS = ("I.", "1.", "-", "+")

PURPOSE = (
    Listed(0, "MỤC ĐÍCH, YÊU CẦU"),
    Listed(1, "Nâng cao chất lượng phục vụ người dân tại bộ phận một cửa các cấp."),
    Listed(1, "Việc triển khai phải bảo đảm thiết thực, tiết kiệm, phân công rõ người, rõ việc."),
)
ORGANISATION = (
    Listed(0, "TỔ CHỨC THỰC HIỆN"),
    Listed(1, "Sở Nội vụ theo dõi, đôn đốc, tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2025."),
    Listed(1, "Sở Tài chính hướng dẫn các cơ quan, đơn vị lập dự toán kinh phí theo quy định."),
    Listed(1, "Ủy ban nhân dân các xã, phường báo cáo kết quả về Sở Nội vụ trước ngày 20 tháng cuối quý."),
)


def _plan(name: str, blocks: Sequence[Block], numbers: tuple[str, ...], automatic: bool, above: Block = HEAD) -> Made:
    title = (Text("KẾ HOẠCH", "title"), Text("Nâng cao chất lượng dịch vụ công trực tuyến năm 2025", "title"))
    whole = (above, *title, Text(OPENING), *PURPOSE, *blocks, *ORGANISATION, FOOT)
    return Made(name, whole, body=tuple(_leaves(whole)), numbers=numbers, automatic=automatic)


def _leaves(blocks: Sequence[Block]) -> Iterator[str]:
    """What is to be read as tasks and objectives: the deepest items behind the purposes, and the rows of tables."""
    flat = [one for block in blocks for one in (block.blocks if isinstance(block, Framed) else (block,))]
    for block, below in pairwise(flat):
        if isinstance(block, Grid):
            heads = [cell.text if cell else "" for cell in block.header[0]]
            cells = [row[next(at for at, head in enumerate(heads) if head in WORK)] for row in block.rows]
            yield from (cell.text.replace("\n", " ") for cell in cells if cell)
        elif isinstance(block, Listed) and block.level and block not in PURPOSE:
            deeper = isinstance(below, Listed) and below.level > block.level
            yield from () if deeper else (block.text,)


GOALS = (
    Listed(0, "MỤC TIÊU"),
    Listed(1, "Tỷ lệ hồ sơ giải quyết trực tuyến toàn trình đạt từ 80% trở lên."),
    Listed(1, "100% cán bộ, công chức bộ phận một cửa được tập huấn kỹ năng số trong quý II/2025."),
)


HEADS = ("Rà soát, đơn giản hóa thủ tục hành chính", "Hoàn thiện hạ tầng kỹ thuật", "Tuyên truyền, tập huấn")
ORDERS = (
    "Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ rà soát danh mục thủ tục, hoàn thành trước ngày 30/6/2025.",
    "Văn phòng Ủy ban nhân dân tỉnh công khai kết quả rà soát trên Cổng thông tin điện tử, hằng quý.",
    "Sở Khoa học và Công nghệ nâng cấp đường truyền cho 120 điểm tiếp nhận hồ sơ trong quý III/2025.",
    "Công an tỉnh kết nối cơ sở dữ liệu dân cư với hệ thống một cửa, hoàn thành trong tháng 9/2025.",
    "Báo và phát thanh, truyền hình tỉnh mở chuyên mục hướng dẫn nộp hồ sơ qua mạng, mỗi tháng 02 kỳ.",
    "Ủy ban nhân dân các xã, phường thành lập tổ công nghệ số cộng đồng tại 100% thôn, tổ dân phố.",
)


def _tasks(deep: bool = False) -> tuple[Listed, ...]:
    """A list of tasks on two levels; `deep`: on four."""
    work = [Listed(0, "NHIỆM VỤ")]
    for at, head in enumerate(HEADS):
        work.append(Listed(1, head))
        if deep:
            work.append(Listed(2, f"Nhóm việc về {head.lower()}"))
        work += [Listed(3 if deep else 2, text) for text in ORDERS[2 * at : 2 * at + 2]]
        if deep:
            work.append(Listed(4, "Sở Y tế thực hiện trước tại các bệnh viện tuyến tỉnh trong tháng 4/2025."))
    return tuple(work)


TIMES = Grid(
    (tuple(Cell(text, bold=True) for text in ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")),),
    tuple(
        tuple(Cell(text) for text in row)
        for row in (
            ("1", "Số hóa hồ sơ lưu trữ đất đai", "Sở Nông nghiệp và Môi trường", "UBND các xã, phường", "Quý II/2025"),
            ("2", "Tổ chức lớp tập huấn kỹ năng số", "Sở Nội vụ", "Trường Chính trị tỉnh", "Tháng 5/2025"),
            ("3", "Khảo sát mức độ hài lòng của người dân", "Sở Nội vụ", "Sở Tư pháp", "Trước ngày 30/10/2025"),
        )
    ),
    (1, 5, 3, 3, 2.5),
)


def typed() -> Made:
    """Numbers that were typed."""
    return _plan("typed", (*GOALS, *_tasks()), TYPED, automatic=False)


def automatic() -> Made:
    """Numbers that Word counts."""
    return _plan("automatic", (*GOALS, *_tasks()), TYPED, automatic=True)


def bullets() -> Made:
    """Bullets that Word sets, of two kinds, one below the other."""
    return _plan("bullets", (*GOALS, *_tasks()), BULLETS, automatic=True)


def levels() -> Made:
    """Five levels, one of which repeats the number above it."""
    return _plan("levels", _tasks(deep=True), LEVELS, automatic=True)


def table() -> Made:
    """A table of tasks among automatic numbers."""
    work = (Listed(0, "NHIỆM VỤ"), Text("Các nhiệm vụ được phân công như sau:"), TIMES)
    return _plan("table", (*GOALS, *work), TYPED, automatic=True)


def framed() -> Made:
    """A frame with one cell around a list, and one around a table."""
    frame = Framed(_tasks()[1:])
    work = (Listed(0, "NHIỆM VỤ"), frame, Listed(0, "PHÂN CÔNG"), Framed((TIMES,)))
    return _plan("framed", work, TYPED, automatic=False)


def notes() -> Made:
    """Footnotes at items."""
    goals = (
        Listed(0, "MỤC TIÊU"),
        Listed(1, "Có thêm 30 xã, phường đạt mức độ 4 về chính quyền số.", note="Theo bộ chỉ số do Bộ công bố."),
        Listed(1, "Tỷ lệ hồ sơ trực tuyến đạt 80%.", note="Không tính hồ sơ nộp qua bưu chính công ích."),
    )
    return _plan("notes", (*goals, *_tasks()), TYPED, automatic=False)


def boxed() -> Made:
    """A text box among the paragraphs."""
    box = Boxed(("DỰ THẢO LẦN 2",))
    return _plan("boxed", (box, *GOALS, *_tasks()), TYPED, automatic=False)


def cell_lists() -> Made:
    """Lists in the cells of a table, one agency or step a line."""
    rows = (
        (
            "1",
            "Rà soát:\n- Thống kê, phân loại;\n- Đề xuất bãi bỏ.",
            "- Sở Tư pháp;\n- Sở Nội vụ.",
            "Quý I/2025",
        ),
        ("2", "Chuẩn hóa dữ liệu:\n- Làm sạch;\n- Đồng bộ.", "- Công an tỉnh;\n- Sở Y tế.", "Tháng 8/2025"),
    )
    header = (tuple(Cell(text, bold=True) for text in ("TT", "Nội dung", "Đơn vị thực hiện", "Thời gian hoàn thành")),)
    grid = Grid(header, tuple(tuple(Cell(text) for text in row) for row in rows), (1, 6, 4, 3))
    return _plan("cell_lists", (Listed(0, "NHIỆM VỤ"), grid), TYPED, automatic=True)


def annex() -> Made:
    """An annex on wide pages, its header over two rows."""
    return _two_rows(0)


def merged_cells() -> Made:
    """An annex of merged cells, none of which leaves one row alone for the next page: printed, that looks empty."""
    return _merged(2)


OFFICES: dict[str, Callable[[], Made]] = {
    made.__name__: made
    for made in (
        typed,
        automatic,
        bullets,
        levels,
        table,
        framed,
        notes,
        boxed,
        cell_lists,
        annex,
        merged_cells,
    )
}
