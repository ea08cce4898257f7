"""The tables of what stands in plans: sections, items and what they state, tables, warnings."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Date, Float, ForeignKey, Index, Integer, Table, Text

from pipeline.store.tables.columns import (
    confidence,
    described,
    metadata,
    of_plan,
    of_provision,
    position,
    printed_at,
    row_id,
)

sections = Table(
    "sections",
    metadata,
    row_id(),
    of_plan(),
    position(),
    described("ref", Text, nullable=False, comment="its id in the plan"),
    described("number", Text, comment="printed path, e.g. III.1", title="Số mục"),
    described("title", Text, nullable=False, comment="the heading in one line", title="Tên mục"),
    described(
        "kind", Text, nullable=False, comment="purpose, requirement, viewpoint, objective, task, …", title="Loại mục"
    ),
    described("parent", Text, comment="ref of the section above"),
    printed_at(),
    Index("sections_plan", "plan"),
    comment="The numbered tree of headings",
    info={"title": "Mục"},
)


provisions = Table(
    "provisions",
    metadata,
    row_id(),
    of_plan(),
    described("section", Integer, ForeignKey("sections.id"), comment="the section it stands in"),
    described("kind", Text, nullable=False, comment="task or objective", title="Loại"),
    position(),
    described("ref", Text, nullable=False, comment="its id in the plan", title="Mã mục"),
    described("number", Text, comment="printed path, e.g. III.1.a", title="Số mục"),
    described("ordinal", Integer, comment="position of an unnumbered item under that number, from 1"),
    described("headings", JSON, nullable=False, comment="titles from the top down, a list"),
    described("text", Text, nullable=False, comment="one paragraph", title="Nội dung"),
    described("result", Text, comment="the product a table's column states", title="Sản phẩm"),
    described("refers_to", JSON, nullable=False, comment="refs of the tables it points to, a list"),
    described("confidence", Float, nullable=False, comment="how far it can be trusted, 0 to 1", unit="ratio"),
    printed_at(),
    Index("provisions_plan", "plan", "kind"),
    comment="Leaf items: what is to be done, and the goals",
    info={"title": "Nhiệm vụ và mục tiêu"},
)


doubts = Table(
    "doubts",
    metadata,
    of_plan(),
    of_provision(key=True),
    position(key=True),
    described("code", Text, nullable=False, comment="stable code; docs/messages.md tells each", title="Mã"),
    described("params", JSON, nullable=False, comment="what fills the placeholders of its message"),
    printed_at(nullable=True),
    Index("doubts_plan", "plan"),
    comment="What is doubtful about items, at the place where it stands",
    info={"title": "Điều còn ngờ"},
)

roles = Table(
    "roles",
    metadata,
    row_id(),
    of_plan(),
    of_provision(),
    position(),
    described("agency", Integer, ForeignKey("agencies.id"), nullable=False, comment="who it is in the register"),
    described("printed", Text, comment="the plan's own words", title="Nguyên văn"),
    described("name", Text, nullable=False, comment="as the plan names it, abbreviations written out", title="Cơ quan"),
    described("key", Text, comment="the register's key when the plan was read; empty for a kind it lacks"),
    described(
        "role", Text, nullable=False, comment="lead, responsible, cooperating, directed, reports_to", title="Vai trò"
    ),
    described("stated_in", Text, nullable=False, comment="heading, lead_in, text or table"),
    confidence(),
    printed_at(),
    Index("roles_plan", "plan"),
    Index("roles_provision", "provision"),
    Index("roles_agency", "agency", "role"),
    comment="Agencies in their roles",
    info={"title": "Phân công"},
)


persons = Table(
    "persons",
    metadata,
    of_plan(),
    of_provision(key=True),
    position(key=True),
    described("name", Text, nullable=False, comment="the name as printed", title="Họ tên"),
    described("post", Text, comment="the post as printed", title="Chức vụ"),
    described("role", Text, nullable=False, comment="as of an agency", title="Vai trò"),
    printed_at(),
    Index("persons_plan", "plan"),
    comment="Persons by name in their roles",
    info={"title": "Cá nhân được phân công"},
)

deadlines = Table(
    "deadlines",
    metadata,
    row_id(),
    of_plan(),
    of_provision(),
    position(),
    described("text", Text, nullable=False, comment="as printed", title="Thời hạn"),
    described("kind", Text, comment="by, in, during, recurring, ongoing; empty when it is no date", title="Loại"),
    described("start_on", Date, comment="first day", title="Từ ngày"),
    described("end_on", Date, comment="last day", title="Đến ngày"),
    described("edtf", Text, comment="Extended Date/Time Format"),
    described("recurrence", Text, comment="RFC 5545 RRULE body"),
    described("relative_count", Integer, comment="10 in “within 10 working days from …”"),
    described("relative_unit", Text, comment="day, working_day or month"),
    described("relative_from", Text, comment="what it is reckoned from, as printed", title="Tính từ"),
    described("act", Text, comment="words of the act it belongs to, where an item states several", title="Việc"),
    described("inherited", Boolean, comment="whether a heading or lead-in above states it"),
    described("open_ended", Boolean, nullable=False, comment="whether it recurs without a stated end"),
    confidence(),
    printed_at(),
    Index("deadlines_plan", "plan"),
    Index("deadlines_provision", "provision"),
    comment="Times by, in or during which something is to be done",
    info={"title": "Thời hạn"},
)


occurrences = Table(
    "occurrences",
    metadata,
    described(
        "deadline",
        Integer,
        ForeignKey("deadlines.id"),
        primary_key=True,
        autoincrement=False,
        comment="the deadline",
    ),
    described("due_on", Date, primary_key=True, comment="last day", title="Hạn"),
    described("start_on", Date, comment="first day, where one is stated", title="Từ ngày"),
    of_plan(),
    of_provision(),
    Index("occurrences_due", "due_on"),
    Index("occurrences_plan", "plan"),
    Index("occurrences_provision", "provision"),
    comment="Every day something falls due, recurring deadlines expanded",
    info={"title": "Lịch"},
)


targets = Table(
    "targets",
    metadata,
    row_id(),
    of_plan(),
    of_provision(),
    position(),
    described("text", Text, nullable=False, comment="the figure as printed", title="Chỉ tiêu"),
    described("value", Float, nullable=False, comment="the figure; the lower end of a range", title="Giá trị"),
    described("value_max", Float, comment="the upper end of a range", title="Giá trị đến"),
    described("comparison", Text, nullable=False, comment="=, >=, <= or ~", title="So sánh"),
    described("unit", Text, comment="% or the counted noun", title="Đơn vị"),
    described("unit_key", Text, comment="the unit in lower case without accents"),
    described("of_total", Float, comment="9 in 4/9", title="Trên tổng số"),
    described("per", Text, comment="year for mỗi năm"),
    described("direction", Text, nullable=False, comment="reach, increase or decrease"),
    described("subject", Text, comment="what is counted or measured", title="Đối tượng"),
    described("predicate", Text, comment="what shall be true of it", title="Yêu cầu đạt"),
    described("statement", Text, nullable=False, comment="the clause the figure stands in", title="Nội dung"),
    described("baseline", Text, comment="what it is measured against, as printed", title="Mốc so sánh"),
    described("due", Text, comment="year or ISO date", title="Hạn"),
    confidence(),
    printed_at(),
    Index("targets_plan", "plan"),
    Index("targets_provision", "provision", "due", "unit_key", "unit", "plan"),  # all that is counted by
    Index("targets_unit_key", "unit_key"),
    comment="Figures to be reached",
    info={"title": "Chỉ tiêu"},
)


source_tables = Table(
    "source_tables",
    metadata,
    row_id(),
    of_plan(),
    position(),
    described("record", JSON, nullable=False, comment="the table as the plan's JSON has it"),
    Index("source_tables_plan", "plan"),
    comment="The tables printed in a plan",
    info={"title": "Bảng biểu"},
)


warnings = Table(
    "warnings",
    metadata,
    row_id(),
    of_plan(),
    position(),
    described("code", Text, nullable=False, comment="stable code, e.g. W402", title="Mã"),
    described("severity", Text, comment="lost, doubtful or note", title="Mức độ"),
    described("params", JSON, nullable=False, comment="what fills the placeholders of its message"),
    described("page", Integer, comment="page number from 1", title="Trang"),
    described("item", Text, comment="ref of the section, table or item it is about", title="Mã mục"),
    Index("warnings_plan", "plan"),
    comment="What a reader should check",
    info={"title": "Cảnh báo"},
)


restorations = Table(
    "restorations",
    metadata,
    of_plan(key=True),
    position(key=True),
    described("page", Integer, comment="page number from 1; empty where the source has no pages", title="Trang"),
    described("line", Integer, nullable=False, comment="line of the plan's text, from 1", title="Dòng"),
    described("raw", Text, nullable=False, comment="what the file held", title="Chữ trong tệp"),
    described("restored", Text, nullable=False, comment="what it is taken for", title="Khôi phục thành"),
    described(
        "probability",
        Float,
        comment="the chance that it is right; null where the plan was upgraded from 1.x",
        unit="ratio",
    ),
    described("runner_up", Text, comment="the next likely reading", title="Hoặc"),
    comment="Words that were read otherwise than they stood",
    info={"title": "Chữ đã khôi phục"},
)

counters = Table(
    "counters",
    metadata,
    described("name", Text, primary_key=True, comment="a table, or search_orphans"),
    described("value", Integer, nullable=False, comment="the next free id; rows of the index without an item"),
    comment="What the loader counts; no id is given twice",
    info={"title": "Bộ đếm"},
)
