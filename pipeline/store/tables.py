"""The tables of the store. Each column is described once, here: Datasette's metadata and every export repeat it.

A column's `info` may carry "unit" (of a number) and "title" (a short heading in Vietnamese).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

metadata = MetaData()


def _column(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *rest: Any, **more: Any) -> Column[Any]:
    """A column that may be empty; `comment` says what it holds."""
    info = {key: more.pop(key) for key in ("unit", "title") if key in more}
    return Column(name, kind, *rest, info=info, **more)


def _id() -> Column[Any]:
    return _column("id", Integer, primary_key=True, autoincrement=False, comment="row number in this store")


def _plan() -> Column[Any]:
    return _column("plan", Integer, ForeignKey("plans.id"), nullable=False, comment="the plan it is of")


def _provision() -> Column[Any]:
    return _column("provision", Integer, ForeignKey("provisions.id"), nullable=False, comment="the item it is of")


def _position() -> Column[Any]:
    return _column("position", Integer, nullable=False, comment="place in the plan's JSON, from 0")


def _evidence() -> Column[Any]:
    return _column("evidence", Integer, ForeignKey("evidence.id"), nullable=False, comment="where it is printed")


plans = Table(
    "plans",
    metadata,
    _id(),
    _column("plan_id", Text, nullable=False, comment="slug province/year/number, else the file's hash", title="Mã"),
    _column("work", Integer, nullable=False, comment="the same for all versions of one plan: the id of one of them"),
    _column(
        "status",
        Text,
        nullable=False,
        comment="draft (neither it nor its decision has a serial number), signed or corrected",
        title="Bản",
    ),
    _column("stated_status", Text, comment="the status given by hand, which stays when the file is loaded anew"),
    _column(
        "is_current", Boolean, nullable=False, comment="whether this is the version that counts", title="Hiện hành"
    ),
    _column("document_type", Text, comment="e.g. Kế hoạch", title="Loại văn bản"),
    _column("number", Text, comment="as printed, spaces removed: 55/KH-UBND", title="Số, ký hiệu"),
    _column("attached_to", Text, comment="the decision it is issued with", title="Kèm theo"),
    _column("title", Text, comment="what it is about, in one line", title="Trích yếu"),
    _column("issuer", Text, comment="full name of who issues it", title="Cơ quan ban hành"),
    _column(
        "issuer_agency",
        Integer,
        ForeignKey("agencies.id"),
        comment="the issuer in the register of agencies, where its name tells which it is",
    ),
    _column("parent_issuer", Text, comment="the body above the issuer", title="Cơ quan cấp trên"),
    _column("province_code", Text, comment="ISO 3166-2:VN code as of the date; empty for a central document"),
    _column("province", Text, comment="name as of the date", title="Tỉnh, thành phố"),
    _column("current_province_code", Text, comment="ISO 3166-2:VN code of that province since 1 July 2025"),
    _column("current_province", Text, comment="name since 1 July 2025", title="Tỉnh, thành phố hiện nay"),
    _column("place", Text, comment="the place before the date, as printed", title="Nơi ban hành"),
    _column("issued_on", Date, comment="date of issue", title="Ngày ban hành"),
    _column("period", Text, comment="EDTF: 2023, 2023/2030", title="Thời kỳ"),
    _column("period_start", Date, comment="first day of the period", title="Từ ngày"),
    _column("period_end", Date, comment="last day of the period", title="Đến ngày"),
    _column("signer", Text, comment="who signed", title="Người ký"),
    _column("signer_position", Text, comment="e.g. Phó Chủ tịch", title="Chức vụ"),
    _column("signer_capacity", JSON, nullable=False, comment="lines of authority as printed, a list"),
    _column("file_name", Text, nullable=False, comment="the file it was read from", title="Tệp"),
    _column("sha256", Text, nullable=False, unique=True, comment="of that file's bytes"),
    _column("media_type", Text, nullable=False, comment="of that file, by content"),
    _column(
        "page_count", Integer, comment="pages of that file; empty where it has none", unit="pages", title="Số trang"
    ),
    _column("schema_version", Text, nullable=False, comment="version of the contract its JSON keeps"),
    _column("json_sha256", Text, nullable=False, comment="of the JSON that was loaded"),
    _column("title_key", Text, nullable=False, comment="the title without accents, for finding versions"),
    _column("loaded_at", DateTime, nullable=False, comment="when it was loaded, UTC"),
    Index("plans_names", "plan_id", "number", "attached_to", "file_name"),
    Index("plans_number", "number"),
    Index("plans_attached_to", "attached_to"),
    Index("plans_file_name", "file_name"),
    Index("plans_work", "work"),
    Index("plans_title_key", "title_key"),
    Index("plans_province_code", "province_code"),
    Index("plans_issued_on", "issued_on"),
    Index("plans_document_type", "document_type"),
    comment="A plan in one of its versions",
    info={"title": "Kế hoạch"},
)

pages = Table(
    "pages",
    metadata,
    _column("plan", Integer, ForeignKey("plans.id"), primary_key=True, autoincrement=False, comment="the plan"),
    _column("page", Integer, primary_key=True, autoincrement=False, comment="page number from 1"),
    _column("text_origin", Text, nullable=False, comment="text_layer, ocr, restored_layer or plain"),
    _column("reason", Text, nullable=False, comment="why its text was had that way"),
    _column("confidence", Float, comment="mean confidence 0 to 1", unit="ratio"),
    comment="How the text of each page was had",
    info={"title": "Trang"},
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    _plan(),
    _column("page", Integer, comment="page number from 1; empty where the source has no pages", title="Trang"),
    _column("start_offset", Integer, nullable=False, comment="first code point in the plan's text", unit="code points"),
    _column("end_offset", Integer, nullable=False, comment="behind the last code point", unit="code points"),
    _column("quote", Text, nullable=False, comment="the exact text there", title="Nguyên văn"),
    _column("boxes", JSON, nullable=False, comment="[x0, y0, x1, y1] of each line on the page", unit="points"),
    Index("evidence_plan", "plan"),
    comment="Where each value is printed",
    info={"title": "Chứng cứ"},
)

metadata_evidence = Table(
    "metadata_evidence",
    metadata,
    _column("plan", Integer, ForeignKey("plans.id"), primary_key=True, autoincrement=False, comment="the plan"),
    _column("field", Text, primary_key=True, comment="field of the plan's record, e.g. issued_on"),
    _evidence(),
    comment="Where each field of a plan's record is printed",
    info={"title": "Chứng cứ của lý lịch văn bản"},
)

recipients = Table(
    "recipients",
    metadata,
    _column("plan", Integer, ForeignKey("plans.id"), primary_key=True, autoincrement=False, comment="the plan"),
    _column("position", Integer, primary_key=True, autoincrement=False, comment="place in the list, from 0"),
    _column("name", Text, nullable=False, comment="as printed, without its mark", title="Nơi nhận"),
    comment="Whom a plan is addressed and sent to",
    info={"title": "Nơi nhận"},
)

citations = Table(
    "citations",
    metadata,
    _id(),
    _plan(),
    _position(),
    _column("document_type", Text, comment="e.g. Quyết định", title="Loại văn bản"),
    _column("number", Text, comment="e.g. 1520/QĐ-TTg", title="Số, ký hiệu"),
    _column("issued_on", Date, comment="its date", title="Ngày ban hành"),
    _column("issuer", Text, comment="full name of who issued it", title="Cơ quan ban hành"),
    _column("title", Text, comment="what it is about, as cited", title="Trích yếu"),
    _evidence(),
    Index("citations_plan", "plan"),
    comment="Documents a plan rests on or carries out",
    info={"title": "Căn cứ"},
)

sections = Table(
    "sections",
    metadata,
    _id(),
    _plan(),
    _position(),
    _column("ref", Text, nullable=False, comment="its id in the plan"),
    _column("number", Text, comment="printed path, e.g. III.1", title="Số mục"),
    _column("title", Text, nullable=False, comment="the heading in one line", title="Tên mục"),
    _column(
        "kind", Text, nullable=False, comment="purpose, requirement, viewpoint, objective, task, …", title="Loại mục"
    ),
    _column("parent", Text, comment="ref of the section above"),
    _evidence(),
    Index("sections_plan", "plan"),
    comment="The numbered tree of headings",
    info={"title": "Mục"},
)

provisions = Table(
    "provisions",
    metadata,
    _id(),
    _plan(),
    _column("section", Integer, ForeignKey("sections.id"), comment="the deepest section it stands in"),
    _column("kind", Text, nullable=False, comment="task or objective", title="Loại"),
    _position(),
    _column("ref", Text, nullable=False, comment="its id in the plan", title="Mã mục"),
    _column("number", Text, comment="printed path, e.g. III.1.a", title="Số mục"),
    _column("ordinal", Integer, comment="position of an unnumbered item under that number, from 1"),
    _column("headings", JSON, nullable=False, comment="titles from the top down, a list"),
    _column("text", Text, nullable=False, comment="one paragraph", title="Nội dung"),
    _column("result", Text, comment="the product a table's column states", title="Sản phẩm"),
    _column("refers_to", JSON, nullable=False, comment="refs of the tables it points to, a list"),
    _column("confidence", Float, nullable=False, comment="how far it can be trusted, 0 to 1", unit="ratio"),
    _column("lowered_by", JSON, nullable=False, comment="codes of what lowers the confidence, a list"),
    _evidence(),
    Index("provisions_plan", "plan"),
    comment="Leaf items: what is to be done, and the goals",
    info={"title": "Nhiệm vụ và mục tiêu"},
)

agencies = Table(
    "agencies",
    metadata,
    _id(),
    _column("key", Text, nullable=False, unique=True, comment="the same wherever it is the same agency"),
    _column("name", Text, nullable=False, comment="full name with its place", title="Tên cơ quan"),
    _column("name_key", Text, nullable=False, comment="the name in lower case without accents"),
    _column("body", Text, nullable=False, comment="the same for its like everywhere: department.culture"),
    _column("kind", Text, nullable=False, comment="department, committee, police, …", title="Loại cơ quan"),
    _column("level", Text, comment="central, province, district or commune", title="Cấp"),
    _column("sector", Text, comment="culture, education, finance, …", title="Lĩnh vực"),
    _column("collective", Boolean, nullable=False, comment="whether it is a group: các sở, ban, ngành"),
    _column("place", Text, comment="code of the place it is of"),
    _column("place_name", Text, comment="e.g. huyện Tam Đường", title="Địa bàn"),
    _column("province_code", Text, comment="ISO 3166-2:VN code of its province as of the plan's date"),
    _column("current_province_code", Text, comment="ISO 3166-2:VN code of that province since 1 July 2025"),
    _column("successor", Text, comment="key of the agency that took its place"),
    _column("named_on", Date, comment="day of the newest plan that names it: names and places are as of then"),
    Index("agencies_body", "body"),
    Index("agencies_kind", "kind", "sector"),
    comment="The register: agencies known across plans",
    info={"title": "Cơ quan"},
)

roles = Table(
    "roles",
    metadata,
    _id(),
    _plan(),
    _provision(),
    _position(),
    _column("agency", Integer, ForeignKey("agencies.id"), nullable=False, comment="who it is in the register"),
    _column("name", Text, nullable=False, comment="as the plan names it, abbreviations written out", title="Cơ quan"),
    _column("agency_id", Text, nullable=False, comment="slug of the name"),
    _column(
        "role", Text, nullable=False, comment="lead, responsible, cooperating, directed, reports_to", title="Vai trò"
    ),
    _column("stated_in", Text, nullable=False, comment="heading, lead_in, text or table"),
    _evidence(),
    Index("roles_plan", "plan"),
    Index("roles_provision", "provision"),
    Index("roles_agency", "agency", "role"),
    comment="Agencies in their roles",
    info={"title": "Phân công"},
)

deadlines = Table(
    "deadlines",
    metadata,
    _id(),
    _plan(),
    _provision(),
    _position(),
    _column("text", Text, nullable=False, comment="as printed", title="Thời hạn"),
    _column("kind", Text, comment="by, in, during, recurring, ongoing; empty when it is no date", title="Loại"),
    _column("start_on", Date, comment="first day", title="Từ ngày"),
    _column("end_on", Date, comment="last day", title="Đến ngày"),
    _column("edtf", Text, comment="Extended Date/Time Format"),
    _column("recurrence", Text, comment="RFC 5545 RRULE body"),
    _column("open_ended", Boolean, nullable=False, comment="whether it recurs without a stated end"),
    _evidence(),
    Index("deadlines_plan", "plan"),
    Index("deadlines_provision", "provision"),
    comment="Times by, in or during which something is to be done",
    info={"title": "Thời hạn"},
)

occurrences = Table(
    "occurrences",
    metadata,
    _column(
        "deadline",
        Integer,
        ForeignKey("deadlines.id"),
        primary_key=True,
        autoincrement=False,
        comment="the deadline",
    ),
    _column("due_on", Date, primary_key=True, comment="last day", title="Hạn"),
    _column("start_on", Date, comment="first day, where one is stated", title="Từ ngày"),
    _plan(),
    _provision(),
    Index("occurrences_due", "due_on"),
    Index("occurrences_plan", "plan"),
    Index("occurrences_provision", "provision"),
    comment="Every day something falls due, recurring deadlines expanded",
    info={"title": "Lịch"},
)

targets = Table(
    "targets",
    metadata,
    _id(),
    _plan(),
    _provision(),
    _position(),
    _column("text", Text, nullable=False, comment="the figure as printed", title="Chỉ tiêu"),
    _column("value", Float, nullable=False, comment="the figure; the lower end of a range", title="Giá trị"),
    _column("value_max", Float, comment="the upper end of a range", title="Giá trị đến"),
    _column("comparison", Text, nullable=False, comment="=, >=, <= or ~", title="So sánh"),
    _column("unit", Text, comment="% or the counted noun", title="Đơn vị"),
    _column("unit_key", Text, comment="the unit in lower case without accents"),
    _column("of_total", Float, comment="9 in 4/9", title="Trên tổng số"),
    _column("per", Text, comment="year for mỗi năm"),
    _column("direction", Text, nullable=False, comment="reach, increase or decrease"),
    _column("subject", Text, comment="what is counted or measured", title="Đối tượng"),
    _column("statement", Text, nullable=False, comment="the clause the figure stands in", title="Nội dung"),
    _column("baseline", Text, comment="what it is measured against, as printed", title="Mốc so sánh"),
    _column("due", Text, comment="year or ISO date", title="Hạn"),
    _evidence(),
    Index("targets_plan", "plan"),
    Index("targets_provision", "provision"),
    Index("targets_unit_key", "unit_key"),
    comment="Figures to be reached",
    info={"title": "Chỉ tiêu"},
)

source_tables = Table(
    "source_tables",
    metadata,
    _id(),
    _plan(),
    _position(),
    _column("record", JSON, nullable=False, comment="the table as the plan's JSON has it"),
    Index("source_tables_plan", "plan"),
    comment="The tables printed in a plan",
    info={"title": "Bảng biểu"},
)

warnings = Table(
    "warnings",
    metadata,
    _id(),
    _plan(),
    _position(),
    _column("code", Text, nullable=False, comment="stable code, e.g. W402", title="Mã"),
    _column("message", Text, nullable=False, comment="what a reader should check", title="Nội dung"),
    _column("page", Integer, comment="page number from 1", title="Trang"),
    Index("warnings_plan", "plan"),
    comment="What a reader should check",
    info={"title": "Cảnh báo"},
)

counters = Table(
    "counters",
    metadata,
    _column("name", Text, primary_key=True, comment="a table, or search_orphans"),
    _column("value", Integer, nullable=False, comment="the next free id; rows of the index without an item"),
    comment="What the loader counts; no id is given twice",
    info={"title": "Bộ đếm"},
)
