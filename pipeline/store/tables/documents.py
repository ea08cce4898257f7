"""The tables of plans as documents: their records, pages and sources, and the register of agencies."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, ForeignKey, Index, Integer, Table, Text

from pipeline.store.tables.columns import described, metadata, of_plan, position, printed_at, row_id

plans = Table(
    "plans",
    metadata,
    row_id(),
    described(
        "plan_id", Text, nullable=False, comment="slug province/issuer/year/number, else the file's hash", title="Mã"
    ),
    described("work", Integer, nullable=False, comment="the same for all versions of one plan: the id of one of them"),
    described(
        "status",
        Text,
        nullable=False,
        comment="draft, unknown, signed or corrected: as given by hand, else corrected by its title, else as read",
        title="Bản",
    ),
    described("stated_status", Text, comment="the status given by hand, which stays when the file is loaded anew"),
    described("read_status", Text, comment="signed, draft or unknown, as its JSON says"),
    described("status_reason", Text, comment="what says so"),
    described(
        "is_current", Boolean, nullable=False, comment="whether this is the version that counts", title="Hiện hành"
    ),
    described("chosen", Boolean, comment="whether somebody said that this version counts (kehoach use)"),
    described("items", Integer, comment="how many objectives and tasks it has", title="Số mục"),
    described("cut_off", Boolean, comment="whether a warning says that pages, or its end, are missing"),
    described("document_type", Text, comment="e.g. Kế hoạch", title="Loại văn bản"),
    described("number", Text, comment="as printed, spaces removed: 55/KH-UBND", title="Số, ký hiệu"),
    described("serial_by_hand", Boolean, comment="whether the serial is blank or by hand, so that it may be wrong"),
    described("attached_to", Text, comment="the decision it is issued with", title="Kèm theo"),
    described("title", Text, comment="what it is about, in one line", title="Trích yếu"),
    described("issuer", Text, comment="full name of who issues it", title="Cơ quan ban hành"),
    described(
        "issuer_agency",
        Integer,
        ForeignKey("agencies.id"),
        comment="the issuer in the register of agencies, where its name tells which it is",
    ),
    described("parent_issuer", Text, comment="the body above the issuer", title="Cơ quan cấp trên"),
    described("province_code", Text, comment="ISO 3166-2:VN code as of the date; empty for a central document"),
    described("province", Text, comment="name as of the date", title="Tỉnh, thành phố"),
    described("current_province_code", Text, comment="ISO 3166-2:VN code of that province since 1 July 2025"),
    described("current_province", Text, comment="name since 1 July 2025", title="Tỉnh, thành phố hiện nay"),
    described("place", Text, comment="the place before the date, as printed", title="Nơi ban hành"),
    described("issued", Text, comment="EDTF: 2025-02-17; 2025-02 where the day is blank or by hand"),
    described("issued_on", Date, comment="date of issue", title="Ngày ban hành"),
    described("period", Text, comment="EDTF: 2023, 2023/2030", title="Thời kỳ"),
    described("period_start", Date, comment="first day of the period", title="Từ ngày"),
    described("period_end", Date, comment="last day of the period", title="Đến ngày"),
    described("signer", Text, comment="who signed", title="Người ký"),
    described("signer_position", Text, comment="e.g. Phó Chủ tịch", title="Chức vụ"),
    described("signer_capacity", JSON, nullable=False, comment="lines of authority as printed, a list"),
    described("file_name", Text, nullable=False, comment="the file it was read from", title="Tệp"),
    described("contained_in", Text, comment="name of the mail or archive it came in"),
    described("sha256", Text, nullable=False, unique=True, comment="of that file's bytes"),
    described("media_type", Text, nullable=False, comment="of that file, by content"),
    described(
        "page_count", Integer, comment="pages of that file; empty where it has none", unit="pages", title="Số trang"
    ),
    described("schema_version", Text, nullable=False, comment="version of the contract its JSON keeps"),
    described("made_by_version", Text, comment="version of kehoach that read it"),
    described("made_by_model", Text, comment="of the restoration model, first digits of its hash"),
    described("made_by_settings", Text, comment="of the settings that change what is read, first digits of their hash"),
    described("json_sha256", Text, nullable=False, comment="of the JSON that was loaded"),
    described("number_key", Text, comment="province, year and number (or the decision's), for finding versions"),
    described("title_key", Text, nullable=False, comment="the title without accents, for finding versions"),
    described("loaded_at", DateTime, nullable=False, comment="when it was loaded, UTC"),
    Index("plans_names", "plan_id", "number", "attached_to", "file_name"),
    Index("plans_number", "number"),
    Index("plans_attached_to", "attached_to"),
    Index("plans_file_name", "file_name"),
    Index("plans_work", "work", "issued_on"),
    Index("plans_province", "province", "is_current"),
    Index("plans_title_key", "title_key"),
    Index("plans_number_key", "number_key"),
    Index("plans_province_code", "province_code"),
    Index("plans_issued_on", "issued_on"),
    Index("plans_document_type", "document_type"),
    comment="A plan in one of its versions",
    info={"title": "Kế hoạch"},
)


pages = Table(
    "pages",
    metadata,
    of_plan(key=True),
    described("page", Integer, primary_key=True, autoincrement=False, comment="page number from 1"),
    described("text_origin", Text, nullable=False, comment="text_layer, ocr, restored_layer or plain"),
    described("reason", Text, nullable=False, comment="why its text was had that way"),
    described("confidence", Float, comment="mean confidence 0 to 1", unit="ratio"),
    described("width", Float, comment="of the page, in `unit`"),
    described("height", Float, comment="of the page, in `unit`"),
    described("unit", Text, comment="of width, height and the boxes of evidence: pt or px"),
    described("rotation", Integer, comment="degrees the text is turned clockwise"),
    described("regions", JSON, comment="stamps, signatures and the like: a list of kinds and boxes"),
    comment="How the text of each page was had",
    info={"title": "Trang"},
)


evidence = Table(
    "evidence",
    metadata,
    row_id(),
    of_plan(),
    described("page", Integer, comment="page number from 1; empty where the source has no pages", title="Trang"),
    described(
        "start_offset", Integer, nullable=False, comment="first code point in the plan's text", unit="code points"
    ),
    described("end_offset", Integer, nullable=False, comment="behind the last code point", unit="code points"),
    described("quote", Text, nullable=False, comment="the exact text there", title="Nguyên văn"),
    described("boxes", JSON, nullable=False, comment="[x0, y0, x1, y1] of each line on the page", unit="points"),
    described("rule", Text, comment="id of the rule, or role of the column, that made the value"),
    Index("evidence_plan", "plan"),
    comment="Where each value is printed",
    info={"title": "Chứng cứ"},
)


metadata_evidence = Table(
    "metadata_evidence",
    metadata,
    of_plan(key=True),
    described("field", Text, primary_key=True, comment="field of the plan's record, e.g. issued_on"),
    printed_at(),
    comment="Where each field of a plan's record is printed",
    info={"title": "Chứng cứ của lý lịch văn bản"},
)


recipients = Table(
    "recipients",
    metadata,
    of_plan(key=True),
    position(key=True),
    described("name", Text, nullable=False, comment="as printed, without its mark", title="Nơi nhận"),
    described("agency_key", Text, comment="key in the register, where it is an agency that is known"),
    comment="Whom a plan is addressed and sent to",
    info={"title": "Nơi nhận"},
)


signatures = Table(
    "signatures",
    metadata,
    of_plan(key=True),
    position(key=True),
    described("name", Text, comment="the subject's common name in the certificate", title="Người ký số"),
    described("organisation", Text, comment="the subject's organisation in the certificate", title="Cơ quan, tổ chức"),
    described("signed_at", Text, comment="time of signing as the signature states it, ISO 8601", title="Thời gian ký"),
    described("covers_whole_file", Boolean, nullable=False, comment="whether all of the file is signed"),
    described("intact", Boolean, comment="whether what was signed is unchanged; empty where that was not checked"),
    comment="Digital signatures inside a plan's file",
    info={"title": "Chữ ký số"},
)

citations = Table(
    "citations",
    metadata,
    row_id(),
    of_plan(),
    position(),
    described("document_type", Text, comment="e.g. Quyết định", title="Loại văn bản"),
    described("number", Text, comment="e.g. 1520/QĐ-TTg", title="Số, ký hiệu"),
    described("issued_on", Date, comment="its date", title="Ngày ban hành"),
    described("issuer", Text, comment="full name of who issued it", title="Cơ quan ban hành"),
    described("title", Text, comment="what it is about, as cited", title="Trích yếu"),
    printed_at(),
    Index("citations_plan", "plan"),
    comment="Documents a plan rests on or carries out",
    info={"title": "Căn cứ"},
)


agencies = Table(
    "agencies",
    metadata,
    row_id(),
    described("key", Text, nullable=False, unique=True, comment="the same wherever it is the same agency"),
    described("name", Text, nullable=False, comment="full name with its place", title="Tên cơ quan"),
    described("name_key", Text, nullable=False, comment="the name in lower case without accents"),
    described("body", Text, nullable=False, comment="the same for its like everywhere: department.culture"),
    described("kind", Text, nullable=False, comment="department, committee, police, …", title="Loại cơ quan"),
    described("level", Text, comment="central, province, district or commune", title="Cấp"),
    described("sector", Text, comment="culture, education, finance, …", title="Lĩnh vực"),
    described("collective", Boolean, nullable=False, comment="whether it is a group: các sở, ban, ngành"),
    described("place", Text, comment="code of the place it is of"),
    described("place_name", Text, comment="e.g. huyện Tam Đường", title="Địa bàn"),
    described("province_code", Text, comment="ISO 3166-2:VN code of its province as of the plan's date"),
    described("current_province_code", Text, comment="ISO 3166-2:VN code of that province since 1 July 2025"),
    described("successor", Text, comment="key of the agency that took its place"),
    described("named_on", Date, comment="day of the newest plan that names it: names and places are as of then"),
    Index("agencies_body", "body"),
    Index("agencies_kind", "kind", "sector"),
    comment="The register: agencies known across plans",
    info={"title": "Cơ quan"},
)
