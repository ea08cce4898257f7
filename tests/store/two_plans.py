"""A store of two plans: one with all that troubles a format, one with nothing where that may be, an old version.

Written row by row, so that what the exports are to say does not depend on the loader.
"""

from datetime import date, datetime

from sqlalchemy import Connection, insert

from pipeline.store.tables import metadata

FORMULA = '=cmd|"/C calc"!A0'
LONG = "Nhiệm vụ rất dài. " * 2000  # 36,000 characters: more than a cell of Excel holds
QUOTED = 'Sở Tài chính nêu: "đủ kinh phí",\nkhông chậm'
FILE = "Kế hoạch số 5 #1.pdf"
OLD_DAY = date(1885, 7, 5)


def _plan(id, **more):
    row = dict(
        id=id,
        plan_id=f"hai-phong/ubnd/2023/{id}-kh-ubnd",
        work=id,
        status="draft",
        is_current=True,
        signer_capacity=[],
        file_name=f"{id}.txt",
        sha256=f"{id:064d}",
        media_type="text/plain",
        schema_version="2.0",
        json_sha256="b" * 64,
        title_key="",
        loaded_at=datetime(2026, 1, 2, 3, 4, 5),
    )
    return row | more


def _evidence(id, plan, **more):
    return dict(id=id, plan=plan, start_offset=0, end_offset=9, quote="Nơi\nnhận\t…", boxes=[]) | more


def _provision(id, plan, position, evidence, **more):
    row = dict(
        id=id,
        plan=plan,
        kind="task",
        position=position,
        ref=f"I.{position}",
        headings=[],
        text="Việc",
        refers_to=[],
        confidence=1.0,
        evidence=evidence,
    )
    return row | more


ROWS = {
    "agencies": [
        dict(
            id=1,
            key="so-tai-chinh/VN-HP",
            name="Sở Tài chính thành phố Hải Phòng",
            name_key="x",
            body="department.finance",
            kind="department",
            level="province",
            sector="finance",
            collective=False,
            place="VN-HP",
            place_name="thành phố Hải Phòng",
            province_code="VN-HP",
            current_province_code="VN-HP",
            successor="so-tai-chinh/VN-HP-2",
        ),
        dict(id=2, key="cac-so", name="các sở, ngành", name_key="x", body="group", kind="group", collective=True),
        dict(
            id=3,
            key="ubnd/VN-HP",
            name="Ủy ban nhân dân thành phố Hải Phòng",
            name_key="x",
            body="committee",
            kind="committee",
            collective=False,
        ),
        dict(id=4, key="khong-ai", name="không ai dùng", name_key="x", body="other", kind="other", collective=False),
    ],
    "plans": [
        _plan(
            1,
            status="signed",
            document_type="Kế hoạch",
            number="55/KH-UBND",
            attached_to="596/QĐ-UBND",
            title=FORMULA,
            issuer="Ủy ban nhân dân thành phố Hải Phòng",
            issuer_agency=3,
            parent_issuer="Chính phủ",
            province_code="VN-HP",
            province="Hải Phòng",
            current_province_code="VN-HP",
            current_province="Hải Phòng",
            place="Hải Phòng",
            issued_on=OLD_DAY,
            period="2023/2030",
            period_start=date(2023, 1, 1),
            period_end=date(2030, 12, 31),
            signer="Lê Khắc Nam",
            signer_position="Phó Chủ tịch",
            signer_capacity=["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"],
            read_status="signed",
            status_reason="the name of Lê Khắc Nam stands under it",
            chosen=True,
            items=2,
            cut_off=False,
            serial_by_hand=False,
            issued="1885-07-05",
            contained_in="thư.eml",
            made_by_version="0.2.0",
            made_by_model="3d199b8204bb",
            made_by_settings="4e08e4551d90",
            number_key="vn-hp/1885/55/kh-ubnd",
            file_name=FILE,
            media_type="application/pdf",
            page_count=3,
        ),
        _plan(2),
        _plan(3, work=2, is_current=False),
    ],
    "pages": [
        dict(
            plan=1,
            page=1,
            text_origin="ocr",
            reason="no text layer",
            confidence=0.93,
            width=595.5,
            height=842.0,
            unit="pt",
            rotation=90,
            regions=[{"kind": "stamp", "box": [1, 2.5, 3, 4]}],
        ),
        dict(plan=1, page=2, text_origin="text_layer", reason="", confidence=None),
        dict(plan=2, page=1, text_origin="plain", reason="text file", confidence=None),
    ],
    "evidence": [
        _evidence(1, 1, page=2, boxes=[[1.5, 2, 3, 4], [5, 6, 7, 8.25]], rule="department"),
        _evidence(2, 1, page=None),
        _evidence(3, 1, page=3, quote="chỉ mục 12 dùng"),
        _evidence(4, 2),
        _evidence(5, 3),
    ],
    "metadata_evidence": [dict(plan=1, field="issued_on", evidence=1)],
    "recipients": [
        dict(plan=1, position=0, name="@SUM(1+1) Như trên", agency_key="x"),
        dict(plan=1, position=1, name="- Lưu: VT."),
    ],
    "signatures": [
        dict(
            plan=1,
            position=0,
            name="Lê Khắc Nam",
            organisation="=UBND",
            signed_at="2023-02-23T10:00:00+07:00",
            covers_whole_file=True,
            intact=None,
        )
    ],
    "citations": [
        dict(
            id=1,
            plan=1,
            position=0,
            document_type="Quyết định",
            number="1520/QĐ-TTg",
            issued_on=date(2020, 10, 6),
            issuer="Thủ tướng Chính phủ",
            title="về đọc sách",
            evidence=2,
        ),
        dict(id=2, plan=2, position=0, evidence=4),
    ],
    "sections": [
        dict(id=1, plan=1, position=0, ref="I", number="I", title="NHIỆM VỤ", kind="task", parent=None, evidence=1)
    ],
    "provisions": [
        _provision(
            11,
            1,
            0,
            1,
            section=1,
            number="I.1.a",
            ordinal=2,
            headings=["NHIỆM VỤ", "Sở Tài chính"],
            text=QUOTED,
            result="Báo cáo",
            refers_to=["table-1"],
            confidence=0.75,
        ),
        _provision(12, 1, 1, 3, section=1, text=LONG),
        _provision(21, 2, 0, 4, kind="objective"),
        _provision(31, 3, 0, 5),
    ],
    "roles": [
        dict(
            id=1,
            plan=1,
            provision=11,
            position=0,
            agency=1,
            printed="Sở TC",
            name="Sở Tài chính",
            key="so-tai-chinh/VN-HP",
            role="lead",
            stated_in="text",
            confidence=0.97,
            evidence=1,
        ),
        dict(
            id=2,
            plan=1,
            provision=12,
            position=0,
            agency=2,
            name="các sở, ngành",
            role="cooperating",
            stated_in="table",
            evidence=3,
        ),
    ],
    "doubts": [
        dict(plan=1, provision=11, position=0, code="W405", params={"item": "I.1.a"}, evidence=1),
        dict(plan=1, provision=11, position=1, code="W411", params={}, evidence=None),
    ],
    "persons": [
        dict(plan=1, provision=11, position=0, name="Lê Khắc Nam", post="Phó Chủ tịch", role="lead", evidence=1)
    ],
    "deadlines": [
        dict(
            id=1,
            plan=1,
            provision=11,
            position=0,
            text="hằng năm, trước 30/11",
            kind="recurring",
            start_on=date(2023, 1, 1),
            end_on=date(2024, 11, 30),
            edtf="2023-01-01/2024-11-30",
            recurrence="FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30",
            open_ended=True,
            relative_count=10,
            relative_unit="working_day",
            relative_from="ngày ban hành",
            act="báo cáo",
            inherited=True,
            confidence=0.9,
            evidence=1,
        ),
        dict(id=2, plan=2, provision=21, position=0, text="sớm", open_ended=False, evidence=4),
    ],
    "occurrences": [
        dict(deadline=1, due_on=date(2023, 11, 30), start_on=date(2023, 1, 1), plan=1, provision=11),
        dict(deadline=1, due_on=date(2024, 11, 30), start_on=None, plan=1, provision=11),
    ],
    "targets": [
        dict(
            id=1,
            plan=1,
            provision=11,
            position=0,
            text="-10 đến 15,5%",
            value=-10.0,
            value_max=15.5,
            comparison=">=",
            unit="%",
            unit_key="%",
            of_total=100.0,
            per="year",
            direction="increase",
            subject="bản sách",
            predicate="được số hóa",
            confidence=0.8,
            statement="+10% bản sách",
            baseline="năm 2022",
            due="2025",
            evidence=1,
        ),
        dict(
            id=2,
            plan=2,
            provision=21,
            position=0,
            text="1e-7",
            value=1e-7,
            comparison="=",
            direction="reach",
            statement="",
            evidence=4,
        ),
    ],
    "source_tables": [
        dict(
            id=1,
            plan=1,
            position=0,
            record={"id": "table-1", "title": None, "header": ["Việc", "Hạn"], "rows": [["=1+1", "2023"]]},
        )
    ],
    "warnings": [
        dict(id=1, plan=1, position=0, code="W402", severity="lost", params={"item": "x"}, page=1, item="I.1"),
        dict(id=2, plan=2, position=0, code="W404", params={"message": "no task"}),
    ],
    "restorations": [
        dict(plan=1, position=0, page=1, line=3, raw="kê", restored="kế", probability=0.7, runner_up="kề"),
        dict(plan=1, position=1, page=None, line=9, raw="hoach", restored="hoạch", probability=0.99),
    ],
    "counters": [dict(name="plans", value=4)],
}


def fill(connection: Connection) -> None:
    """Make the tables and put the plans in."""
    metadata.create_all(connection)
    for table in metadata.sorted_tables:
        for row in ROWS.get(table.name, ()):
            connection.execute(insert(table).values(row))


def full_rows(name):
    """The rows of a table as they were written, with None where nothing was."""
    return [tuple(row.get(column.name) for column in metadata.tables[name].c) for row in ROWS[name]]
