"""What the plans speak of: work, agencies, times, products, headers. Made up, in the manner of a province's plans."""

from __future__ import annotations

import calendar
from datetime import date
from random import Random

from tests.layouts.model import Time

YEAR = 2025

SHORT = (
    "Rà soát thủ tục hành chính",
    "Tổ chức hội thảo",
    "Tổ chức hội nghị triển khai",
    "Phát động phong trào thi đua",
    "Cập nhật cơ sở dữ liệu dân cư",
    "Khảo sát nhu cầu học nghề",
    "Sửa chữa phòng đọc thư viện",
)
CORES = (
    "Xây dựng chuyên mục tuyên truyền về chuyển đổi số trên hệ thống truyền thanh cơ sở",
    "Tổ chức lớp tập huấn kỹ năng số cho cán bộ, công chức, viên chức tại bộ phận một cửa",
    "Rà soát, bổ sung vốn tài liệu cho các điểm đọc sách phục vụ cộng đồng",
    "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực",
    "Nâng cấp đường truyền và thiết bị cho phòng họp trực tuyến các xã, phường",
    "Kiểm tra việc bảo đảm an toàn thực phẩm tại bếp ăn tập thể trong khu công nghiệp",
    "Trồng bổ sung cây xanh dọc các tuyến đường đã đạt chuẩn đô thị văn minh",
    "Hỗ trợ hợp tác xã đưa sản phẩm chủ lực lên sàn thương mại điện tử",
    "Lập danh mục hộ nghèo, hộ cận nghèo cần hỗ trợ xây mới hoặc sửa chữa nhà ở",
    "Tập huấn sơ cứu, cấp cứu ban đầu cho đội ngũ nhân viên y tế thôn bản",
    "Duy tu, sửa chữa hệ thống kênh mương nội đồng bị sạt lở sau mùa mưa",
    "Biên soạn tài liệu hướng dẫn phân loại rác thải sinh hoạt tại nguồn",
    "Thống kê, đánh giá hiện trạng các di tích đã được xếp hạng để có phương án tu bổ",
    "Tổ chức ngày hội tư vấn, giới thiệu việc làm cho lao động trở về từ ngoài nước",
    "Phối hợp diễn tập phương án chữa cháy và cứu nạn, cứu hộ tại chợ trung tâm",
    "Theo dõi, phát hiện sớm dịch bệnh trên đàn gia súc, gia cầm",
)
TAILS = (
    "trên địa bàn tỉnh",
    "bảo đảm thiết thực, tiết kiệm, tránh hình thức",
    "gắn với nâng cao chất lượng phục vụ người dân",
    "phù hợp với điều kiện thực tế",
    "ưu tiên vùng sâu, vùng xa",
    "tạo chuyển biến rõ nét về nhận thức",
)
SECTIONS = (
    "Tuyên truyền, nâng cao nhận thức",
    "Hoàn thiện thể chế, chính sách",
    "Phát triển hạ tầng",
    "Đào tạo, bồi dưỡng nguồn nhân lực",
    "Kiểm tra, giám sát và đánh giá",
)
PRODUCTS = (
    "Kế hoạch",
    "Báo cáo kết quả",
    "Chuyên mục được phát sóng",
    "Cơ sở dữ liệu dùng chung",
    "Lớp tập huấn; tài liệu kèm theo",
    "Văn bản hướng dẫn",
    "Danh mục được phê duyệt",
    "Hội nghị được tổ chức",
)
# as printed -> the full name
AGENCIES = {
    "Sở Nội vụ": "Sở Nội vụ",
    "Sở Tài chính": "Sở Tài chính",
    "Sở Y tế": "Sở Y tế",
    "Sở Xây dựng": "Sở Xây dựng",
    "Sở Tư pháp": "Sở Tư pháp",
    "Sở Công Thương": "Sở Công Thương",
    "Sở Giáo dục và Đào tạo": "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ": "Sở Khoa học và Công nghệ",
    "Sở Nông nghiệp và Môi trường": "Sở Nông nghiệp và Môi trường",
    "Sở Văn hóa, Thể thao và Du lịch": "Sở Văn hóa, Thể thao và Du lịch",
    "Công an tỉnh": "Công an tỉnh",
    "Thanh tra tỉnh": "Thanh tra tỉnh",
    "Bộ Chỉ huy Quân sự tỉnh": "Bộ Chỉ huy Quân sự tỉnh",
    "Bảo hiểm xã hội tỉnh": "Bảo hiểm xã hội tỉnh",
    "Văn phòng UBND tỉnh": "Văn phòng Ủy ban nhân dân tỉnh",
    "UBND các xã, phường": "Ủy ban nhân dân các xã, phường",
    "Đài Phát thanh và Truyền hình tỉnh": "Đài Phát thanh và Truyền hình tỉnh",
    "Hội Nông dân tỉnh": "Hội Nông dân tỉnh",
    "Liên đoàn Lao động tỉnh": "Liên đoàn Lao động tỉnh",
    "Tỉnh đoàn": "Tỉnh đoàn",
}
GROUPS = ("các sở, ban, ngành liên quan", "các cơ quan, đơn vị liên quan")
SEPARATORS = (", ", "; ", "\n", ";\n- ", " và ")
DITTO = ("nt", "Như trên", '-"-')

# Wordings of the headers of columns that mean the same.
HEADERS = {
    "number": ("TT", "STT", "Số TT"),
    "text": ("Nội dung công việc", "Nhiệm vụ", "Nội dung, nhiệm vụ", "Tên nhiệm vụ", "Nội dung thực hiện"),
    "result": ("Sản phẩm", "Kết quả, sản phẩm", "Sản phẩm đầu ra", "Kết quả dự kiến"),
    "lead": ("Đơn vị chủ trì", "Cơ quan chủ trì", "Chủ trì thực hiện", "Cơ quan, đơn vị chủ trì"),
    "responsible": ("Đơn vị thực hiện", "Cơ quan thực hiện", "Phân công thực hiện"),
    "cooperating": ("Đơn vị phối hợp", "Cơ quan phối hợp", "Cơ quan, đơn vị phối hợp"),
    "time": ("Thời gian thực hiện", "Thời gian", "Tiến độ"),  # none of completion: those are read otherwise
    "note": ("Ghi chú",),
}


def sentence(rng: Random, tails: int = 2) -> str:
    """Work to be done: 3 to 40 words."""
    if rng.random() < 0.2:
        return rng.choice(SHORT)
    return ", ".join([rng.choice(CORES), *rng.sample(TAILS, rng.randint(0, tails))])


def agencies(rng: Random, most: int = 3, group: bool = False, but: str = "") -> tuple[str, tuple[str, ...]]:
    """What is printed in a cell of agencies, and their full names; none that is printed in `but`."""
    names = rng.sample([name for name in AGENCIES if name not in but], rng.randint(1, most))
    full = [AGENCIES[name] for name in names]
    if group and rng.random() < 0.3:
        other = rng.choice(GROUPS)
        names.append(other)
        full.append(other)
    separator = rng.choice(SEPARATORS)
    if separator == " và ":
        return " và ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names), tuple(full)
    lead = "- " if separator.endswith("- ") else ""
    return lead + separator.join(names), tuple(full)


def last(month: int, year: int = YEAR) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month(number: int) -> Time:
    end = last(number)
    return Time(f"{number}/{YEAR}", "by", None, end, f"../{end}")


def quarter(number: int, year: bool = True) -> Time:
    roman = ("I", "II", "III", "IV")[number - 1]
    printed = f"Quý {roman}/{YEAR}" if year else f"Quý {roman}"
    return Time(printed, "in", date(YEAR, 3 * number - 2, 1), last(3 * number), f"{YEAR}-{32 + number}")


def span(first: int, second: int) -> Time:
    edtf = f"{YEAR}-{first:02d}/{YEAR}-{second:02d}"
    return Time(f"Tháng {first} – {second}", "during", date(YEAR, first, 1), last(second), edtf)


def before(day: int, of: int, form: str) -> Time:
    end = date(YEAR, of, day)
    return Time(form.format(day=day, month=of, year=YEAR), "by", None, end, f"../{end}")


def between(first: int, second: int) -> Time:
    """A beginning and an end that stand in two columns."""
    edtf = f"{YEAR}-{first:02d}/{YEAR}-{second:02d}"
    return Time(None, "during", date(YEAR, first, 1), last(second), edtf)


UNDATED = "Sau khi có hướng dẫn"
KINDS = 10  # of times


def time(rng: Random, kind: int | None = None) -> Time:
    """A time of a table's time column; `kind` chooses the way it is written."""
    kind = rng.randrange(KINDS) if kind is None else kind
    start = rng.randint(2, 8)
    forms = ("Trước {day}/{month}", "Trước ngày {day}/{month}/{year}", "Trước ngày {day}/{month}")
    return (
        month(rng.randint(3, 12)),
        quarter(rng.randint(2, 4)),
        quarter(rng.randint(2, 4), year=False),
        span(start, start + rng.randint(1, 4)),
        before(rng.choice((15, 20, 30)), rng.randint(3, 12), rng.choice(forms)),
        Time(rng.choice(("Hằng năm", "Hàng năm")), "recurring", recurrence="FREQ=YEARLY"),
        Time("Thường xuyên", "ongoing"),
        Time(rng.choice(("2025–2026", "2025 - 2026")), "during", date(2025, 1, 1), date(2026, 12, 31), "2025/2026"),
        Time("Năm 2025", "in", date(2025, 1, 1), date(2025, 12, 31), "2025"),
        Time(UNDATED, None),
    )[kind]
