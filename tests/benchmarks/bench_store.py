"""A store of many plans: plans loaded a second, the size of its file, and how long searches take.

Measures, never asserts. KEHOACH_TEST_PLANS says how many (10,000 if not set; 100,000 is the full size); plans are made
by varying those in outputs/. KEHOACH_TEST_STORE names a store to ask instead of making one. Only loading is timed, not
making the JSON. The peer is SQLite itself: the same texts, with no filters, in one plain FTS5 table.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))
from pipeline.settings import Settings  # noqa: E402
from pipeline.store.database import open_store  # noqa: E402
from pipeline.store.loading.load import Loader  # noqa: E402
from pipeline.store.query.searching import search  # noqa: E402
from tests.many_plans import many, provinces  # noqa: E402

PLANS = int(os.environ.get("KEHOACH_TEST_PLANS", "10000"))
STORE = os.environ.get("KEHOACH_TEST_STORE")
STEP = 2000  # plans whose JSON lies on the disk at a time
QUERIES = 200
JOBS = Settings().jobs  # as `kehoach load` reads them
AGENCIES = (
    "Sở Tài chính",
    "Sở VHTTDL",
    "UBND tỉnh",
    "Sở Giáo dục và Đào tạo",
    "Thư viện tỉnh",
    "Bảo tàng tỉnh",
    "Công an tỉnh",
)
WORDS = (
    *("thư viện", "thu vien cap xa", "văn hóa đọc", "bảo tàng", '"chuyển đổi số"', "kinh phí", "báo cáo kết quả"),
    *("học tập suốt đời", "đến năm 2025", "tuyen truyen", "ngân sách nhà nước", "thư viện trường học", "sach", "xã"),
)
ROLES = ("lead", "responsible", "cooperating", "directed", "reports_to")


def a_filter(rng, places):
    """One to three filters a researcher would set."""
    every = {
        "agency": lambda: {"agency": rng.choice(AGENCIES)},
        "role": lambda: {"agency": rng.choice(AGENCIES), "role": rng.choice(ROLES)},
        "sector": lambda: {"sector": rng.choice(("culture", "finance", "education"))},
        "province": lambda: {"province": rng.choice(places)["code"]},
        "today": lambda: {"current_province": rng.choice(places)["current_code"]},
        "due": lambda: {
            "due_from": date(rng.randint(2018, 2034), 1, 1),
            "due_before": date(rng.randint(2035, 2036), 1, 1),
        },
        "month": lambda: {
            "due_from": date(2025, rng.randint(1, 6), 1),
            "due_before": date(2025, rng.randint(7, 12), 1),
        },
        "unit": lambda: {"kind": "target", "unit": "%"},
        "kind": lambda: {"kind": rng.choice(("task", "objective", "deadline"))},
        "issued": lambda: {"issued_from": date(rng.randint(2012, 2030), 1, 1)},
        "type": lambda: {"document_type": rng.choice(("Kế hoạch", "quyet dinh"))},
        "level": lambda: {"level": rng.choice(("province", "district", "commune")), "role": rng.choice(ROLES)},
        "plan": lambda: {"plan": rng.choice(("{}/KH-UBND", "{:06}.PDF")).format(rng.randrange(PLANS))},
    }
    found = {}
    for name in rng.sample(list(every), rng.randint(1, 3)):
        found |= every[name]()
    return found


def at(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def load(path, count):
    """Seconds and processor seconds taken to load `count` plans into a new store, and the bytes of their JSON."""
    taken = processor = 0.0
    size = 0
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, count, STEP):
            files = []
            for number, data in enumerate(many(min(STEP, count - first), first=first)):
                files.append(Path(folder) / f"{number}.json")
                size += files[-1].write_bytes(data)
            started, used = time.perf_counter(), spent()
            with open_store(str(path), write=True) as store:
                done = [one.outcome for one in Loader(store, jobs=JOBS).load(files)]
            taken += time.perf_counter() - started
            processor += spent() - used
            assert set(done) <= {"added", "version"}, done
    return taken, processor, size


def spent():
    """Processor seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def timed(store, asked):
    """Milliseconds of each search, and how many items each found."""
    times, found = [], []
    for words, filters in asked:
        started = time.perf_counter()
        results = search(words, database=store, limit=20, **filters)
        times.append((time.perf_counter() - started) * 1000)
        found.append(len(results))
    return times, found


def report(name, asked, times, found):
    print(
        f"  {name}: median {at(times, 0.5):.0f} ms, 95th percentile {at(times, 0.95):.0f} ms, "
        f"longest {max(times):.0f} ms"
    )
    print(f"    {sum(map(bool, found))} of {len(found)} found something")
    for spent, one in sorted(zip(times, asked, strict=True), key=lambda pair: -pair[0])[:3]:
        print(f"    {spent:.0f} ms: {one}")


def bench_store():
    folder = Path(tempfile.mkdtemp())
    path = Path(STORE) if STORE else folder / "plans.db"
    if not STORE:
        taken, processor, read = load(path, PLANS)
        size = path.stat().st_size
        print(
            f"\n{PLANS} plans loaded: {PLANS / taken:.0f} plans a second, {processor / PLANS * 1000:.1f} ms of "
            f"processor time a plan; JSON {read / PLANS / 1000:.1f} kB a plan; store {size / 1e9:.2f} GB, "
            f"{size / PLANS / 1000:.1f} kB a plan"
        )
    rng, places = Random(7), provinces()
    filtered = [(None, a_filter(rng, places)) for _ in range(QUERIES)]
    textual = [(rng.choice(WORDS), a_filter(rng, places)) for _ in range(QUERIES)]
    plain = [(words, {}) for words in WORDS]
    with open_store(str(path)) as store:
        with store.reading() as connection:
            counts = [
                connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in ("plans", "provisions")
            ]
        print(f"{counts[0]} plans, {counts[1]} items")
        for name, asked in (("filters", filtered), ("words and filters", textual), ("words", plain)):
            report(name, asked, *timed(store, asked))
    peer(path)
    shutil.rmtree(folder)


def peer(path):
    """The same words in a plain FTS5 table of the same texts, ranked by bm25; the first 20."""
    connection = sqlite3.connect(path.parent / "peer.db")
    connection.execute("ATTACH ? AS store", (str(path),))
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO texts SELECT text FROM store.provisions")
    times = []
    for words in WORDS:
        started = time.perf_counter()
        query = f'"{words.strip(chr(34))}"'
        connection.execute("SELECT text FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20", (query,)).fetchall()
        times.append((time.perf_counter() - started) * 1000)
    print(f"  a plain FTS5 table, words: median {at(times, 0.5):.0f} ms, 95th percentile {at(times, 0.95):.0f} ms")
    connection.close()
    (path.parent / "peer.db").unlink()
