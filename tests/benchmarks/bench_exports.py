"""Exports of the items of a store: rows a processor second and memory for each format, and whether memory grows.

Measures, never asserts. The store is made anew in each run: plans of 100 items with texts of about 300 characters. Each
format is written in a fresh process. pandas, which holds all rows in memory, writes the same rows beside us.
"""

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import create_engine

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))
from pipeline.store.tables import metadata  # noqa: E402
from pipeline.store.views import VIEWS  # noqa: E402

COUNTS = (25_000, 100_000)
A_PLAN = 100  # items
WORDS = "tổ chức thực hiện tuyên truyền phát triển văn hóa đọc cộng đồng kinh phí báo cáo kết quả trước ngày"

START = """
import re, sys, time
from pathlib import Path
from sqlalchemy import create_engine, text
from pipeline.store.frames import frames, to_pandas, to_polars
from pipeline.export.datapackage import write_datapackage
from pipeline.export.delimited import write_csv
from pipeline.export.jsonlines import write_jsonlines
from pipeline.export.parquet import write_parquet
from pipeline.export.workbook import write_xlsx
path, out = sys.argv[1], Path(sys.argv[2])
connection = create_engine(f"sqlite:///{path}").connect()
frame = frames(connection, ["items"])[0]
"""
END = """
taken = time.process_time() - started
print(taken, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
OURS = {
    "rows alone": "for row in frame.rows(): pass",
    "JSON Lines": "write_jsonlines(frame, out)",
    "CSV": "write_csv(frame, out)",
    "XLSX": "write_xlsx([frame], out)",
    "Parquet": "write_parquet(frame, out)",
    "data package": "write_datapackage([frame], out)",
    "to pandas": "to_pandas(frame)",
    "to polars": "to_polars(frame)",
}
_READ = "pandas.read_sql(text(sys.argv[3]), connection)"
PEERS = {
    "pandas, JSON Lines": f"import pandas; {_READ}.to_json(out, orient='records', lines=True, force_ascii=False)",
    "pandas, CSV": f"import pandas; {_READ}.to_csv(out, index=False)",
    "pandas, XLSX": f"import pandas; {_READ}.to_excel(out.with_suffix('.xlsx'), index=False, engine='xlsxwriter')",
    "pandas, Parquet": f"import pandas; {_READ}.to_parquet(out, index=False)",
}


def store(path, count):
    """A store with `count` items."""
    rng = Random(count)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for table, rows in (("plans", plans(count)), ("evidence", evidence(count)), ("provisions", items(count, rng))):
            connection.execute(metadata.tables[table].insert(), rows)
    engine.dispose()


def plans(count):
    return [
        dict(
            id=at,
            plan_id=f"hai-phong/2023/{at}-kh-ubnd",
            work=at,
            status="signed",
            is_current=True,
            number=f"{at}/KH-UBND",
            title="Phát triển văn hóa đọc trong cộng đồng năm 2023",
            issuer="Ủy ban nhân dân thành phố Hải Phòng",
            province="Hải Phòng",
            current_province="Hải Phòng",
            issued_on=date(2023, 1, 1) + timedelta(days=at % 365),
            signer_capacity=["TM. ỦY BAN NHÂN DÂN"],
            file_name=f"Kế hoạch {at}.pdf",
            sha256=f"{at:064d}",
            media_type="application/pdf",
            schema_version="1.1",
            json_sha256=f"{at:064d}",
            title_key="phat trien van hoa doc",
            loaded_at=datetime(2026, 1, 1),
        )
        for at in range(1, count // A_PLAN + 1)
    ]


def evidence(count):
    return [
        dict(
            id=at + 1,
            plan=at // A_PLAN + 1,
            page=at % A_PLAN // 10 + 1,
            start_offset=at,
            end_offset=at + 300,
            quote="tổ chức thực hiện",
            boxes=[[72.0, 100.5, 520.25, 113.0]],
        )
        for at in range(count)
    ]


def items(count, rng):
    return [
        dict(
            id=at + 1,
            plan=at // A_PLAN + 1,
            kind="task",
            position=at % A_PLAN,
            ref=f"III.{at % A_PLAN + 1}",
            headings=["TỔ CHỨC THỰC HIỆN", "Sở Tài chính"],
            text=" ".join(rng.choices(WORDS.split(), k=60)),
            refers_to=[],
            confidence=0.9,
            lowered_by=["W405"],
            evidence=at + 1,
        )
        for at in range(count)
    ]


def measured(work, *arguments):
    """Processor seconds and peak resident memory in MB of a fresh process that does `work`, its start not counted.

    The peak is read from /proc: what getrusage gives starts at the memory of the process that started it.
    """
    code = f"{START}\nstarted = time.process_time()\n{work}\n{END}"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    seconds, memory = done.stdout.split()
    return float(seconds), int(memory)


def bench_exports(tmp_path):
    sql = str(VIEWS["items"].compile(compile_kwargs={"literal_binds": True}))
    for count in COUNTS:
        path = tmp_path / f"{count}.db"
        store(path, count)
        print(f"\n{count:,} items of {count // A_PLAN:,} plans, store of {path.stat().st_size / 1e6:.0f} MB")
        for name, work in (OURS | PEERS).items():
            out = tmp_path / f"{count}-{name}"
            seconds, memory = measured(work, path, out, sql)
            written = out if out.is_file() else out.with_suffix(".xlsx")
            size = f", {written.stat().st_size / 1e6:.1f} MB written" if written.is_file() else ""
            print(f"  {name}: {count / seconds:,.0f} rows a second, {memory} MB at most{size}")
