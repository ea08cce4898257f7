"""Action plans issued with a decision: pages of text, then a table over many wide pages, its header on the first alone.

Rows are cut by the end of a page, or grow over it; cells are empty, or hold for several rows; sections part them.
"""

from __future__ import annotations

from random import Random

from tests.layouts import words
from tests.layouts.model import Annex, Block, Grid, Made, Sides, Text, Turn
from tests.layouts.rows import Record, Value, counted, header, merged, sections, table, widths

VERBS = ("Xây dựng", "Rà soát, hoàn thiện", "Triển khai", "Tổ chức thực hiện", "Nghiên cứu, đề xuất", "Ban hành")
THINGS = (
    "quy chế khai thác, sử dụng dữ liệu dùng chung của các ngành, lĩnh vực",
    "cơ chế hỗ trợ doanh nghiệp nhỏ và vừa áp dụng nền tảng số trong sản xuất, kinh doanh",
    "đề án nâng cao năng lực cạnh tranh cấp tỉnh giai đoạn 2025 - 2030, tầm nhìn đến năm 2045",
    "chương trình bồi dưỡng kỹ năng số cho đội ngũ cán bộ, công chức, viên chức các cấp",
    "kế hoạch đầu tư hạ tầng viễn thông tại các thôn, bản chưa có sóng di động",
    "bộ tiêu chí đánh giá mức độ hài lòng của người dân, doanh nghiệp đối với dịch vụ công",
    "danh mục dự án kêu gọi đầu tư vào các khu công nghiệp, cụm công nghiệp",
    "phương án ứng phó với thiên tai theo cấp độ rủi ro trên địa bàn các huyện miền núi",
    "hệ thống thông tin báo cáo của tỉnh kết nối với hệ thống thông tin báo cáo của Chính phủ",
)
AIMS = (
    "bảo đảm kết nối, chia sẻ thông suốt với cơ sở dữ liệu quốc gia về dân cư",
    "trong đó ưu tiên bố trí nguồn lực cho các xã đặc biệt khó khăn, vùng đồng bào dân tộc thiểu số",
    "phấn đấu rút ngắn thời gian giải quyết hồ sơ so với quy định",
    "định kỳ tổng hợp, báo cáo khó khăn, vướng mắc để kịp thời tháo gỡ",
    "khắc phục tình trạng đầu tư dàn trải, trùng lặp, lãng phí",
    "kiểm soát chặt chẽ, công khai, minh bạch trong quá trình thực hiện",
)
BODY = (
    "Kế hoạch hành động cụ thể hóa các quan điểm, mục tiêu, nhiệm vụ được giao thành những việc có người làm, có thời "
    "hạn và có sản phẩm; bảo đảm sự lãnh đạo, chỉ đạo thống nhất từ tỉnh đến cơ sở.",
    "Các cơ quan, đơn vị xác định đây là nhiệm vụ chính trị trọng tâm, thường xuyên; người đứng đầu chịu trách nhiệm "
    "toàn diện về kết quả thực hiện thuộc phạm vi quản lý.",
    "Việc triển khai phải đồng bộ, có trọng tâm, trọng điểm, phù hợp với khả năng cân đối nguồn lực của địa phương và "
    "yêu cầu của từng giai đoạn.",
)
HEAD = Sides(
    ("ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI", "Số:         /QĐ-UBND"),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lào Cai, ngày       tháng 3 năm 2025"),
)
FOOT = Sides(
    ("Nơi nhận:", "- Như Điều 3;", "- Thường trực Tỉnh ủy;", "- Lưu: VT, TH."),
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "", "Giàng Thị Mai"),
)
TITLE = "Kế hoạch hành động phát triển chính quyền số, kinh tế số năm 2025"
WITH = "(Kèm theo Quyết định số        /QĐ-UBND ngày      tháng 3 năm 2025 của Ủy ban nhân dân tỉnh Lào Cai)"
COLUMNS = (
    ("number", "text", "lead", "cooperating", "time"),
    ("number", "text", "lead", "cooperating", "time", "result"),
    ("number", "text", "result", "lead", "cooperating", "time"),
    ("number", "text", "responsible", "time", "result"),
    ("number", "text", "responsible", "time"),
)
SIZES = (10, 16)  # rows of a section
TALL = 0.05  # of the rows are so long that they may grow over a page


def plan(seed: int) -> Made:
    """An action plan of 10 to 20 pages."""
    rng = Random(f"action plan {seed}")
    columns = COLUMNS[seed % len(COLUMNS)]
    held = ("responsible" if "responsible" in columns else "cooperating", "time")

    def fill(records: list[Record]) -> None:
        seen: set[str] = set()
        for record in records:
            record["text"] = Value(_work(rng, seen, 0.0 if seed % 2 else TALL))
        if seed % 2:
            for kind in held:
                merged(rng, records, kind)

    empty = 0.0 if seed % 2 else 0.08  # an empty cell over several rows would look like one that goes on
    count = 4 if "result" in columns else 5
    rows, tasks = table(
        rng, columns, sections(rng, columns, [rng.randint(*SIZES) for _ in range(count)], True, fill, empty)
    )
    head = tuple(header(rng, columns)) + ((counted(columns),) if rng.random() < 0.4 else ())
    grid = Grid(
        head, rows, widths(columns), turn=Turn.LANDSCAPE, repeats=seed % 4 == 3, breaks=True, middle=rng.random() < 0.5
    )
    work = "Triển khai đồng bộ các nhóm nhiệm vụ, giải pháp được giao (chi tiết tại Phụ lục)."
    follow = "Sở Khoa học và Công nghệ theo dõi, đôn đốc, tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh."
    money = "Sở Tài chính hướng dẫn các cơ quan, đơn vị lập dự toán kinh phí thực hiện theo quy định."
    blocks: tuple[Block, ...] = (
        HEAD,
        Text("QUYẾT ĐỊNH", "title"),
        Text(f"Ban hành {TITLE}", "title"),
        Text("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "title"),
        Text("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 02 năm 2025;"),
        Text("Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ."),
        Text("QUYẾT ĐỊNH:", "title"),
        Text(f"Điều 1. Ban hành kèm theo Quyết định này {TITLE}."),
        Text("Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký."),
        Text(
            "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Thủ trưởng các sở, ban, ngành chịu trách nhiệm thi hành "
            "Quyết định này./."
        ),
        FOOT,
        Annex(("KẾ HOẠCH HÀNH ĐỘNG", TITLE.removeprefix("Kế hoạch hành động ").capitalize(), WITH)),
        Text("I. MỤC ĐÍCH, YÊU CẦU", "heading"),
        *(Text(f"{at}. {text}", "item") for at, text in enumerate(BODY, start=1)),
        Text("II. NHIỆM VỤ", "heading"),
        Text(f"1. {work}", "item"),
        Text("III. TỔ CHỨC THỰC HIỆN", "heading"),
        Text(f"1. {follow}", "item"),
        Text(f"2. {money}", "item"),
        Annex(("PHỤ LỤC", "DANH MỤC NHIỆM VỤ", WITH)),
        grid,
    )
    return Made(f"action plan {seed}", blocks, tasks, (), (work, follow, money))


def _work(rng: Random, seen: set[str], tall: float) -> str:
    """What is to be done: one to four sentences, now and then so long that a page does not hold it."""
    while True:
        count = rng.choice((1, 1, 1, 2, 2, 3)) if rng.random() > tall else 9
        parts = [
            rng.choice(words.CORES) if rng.random() < 0.4 else f"{rng.choice(VERBS)} {rng.choice(THINGS)}"
            for _ in range(count)
        ]
        text = "; ".join(f"{part}, {rng.choice(AIMS)}" if rng.random() < 0.6 else part for part in parts)
        if text not in seen:
            seen.add(text)
            return text
