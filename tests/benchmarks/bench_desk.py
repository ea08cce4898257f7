"""How long pages of the desk take on a store of many plans, with twenty readers at once.

    python -m tests.benchmarks.bench_desk [PLANS] [READERS] [SECONDS] [FOLDER]

Makes PLANS plans (tests/many_plans.py) in FOLDER, unless they are there, loads them, starts `kehoach serve` and lets
each reader ask for a page, read it for one to three seconds, and ask for another; every second question is one that
nobody has asked. Prints for each page the median and the 95th percentile of its answers in milliseconds; and what the
server took of the processor for an answer, which says more where the machine has other work, and its memory.
"""

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from threading import Thread

import httpx
import psutil

from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader, json_files
from tests.many_plans import many, provinces

_FOLDER = 500  # plans
PAGES = (
    "/", "/?q={words}&province={province}", "/plans/{plan}", "/search?q={words}",
    "/search?agency={agency}&province={province}", "/deadlines?month={year}-{month:02}&agency={agency}",
    "/deadlines?month={year}-{month:02}&province={province}", "/timeline?year={year}&province={province}",
    "/timeline.svg?year={year}&province={province}", "/targets", "/targets?province={province}&unit=%25",
    "/targets?q={words}&year={year}", "/partners", "/partners?province={province}", "/provinces",
    "/provinces?province={province}", "/versions", "/api/plans/{plan}", "/api/provisions?q={words}",
    "/api/deadlines?from={year}-11-01&to={year}-11-30", "/api/deadlines.ics?agency={agency}&province={province}",
)  # fmt: skip
AGENCIES = ("Sở Tài chính", "Sở Nội vụ", "Sở Giáo dục và Đào tạo", "Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh")
WORDS = ("thư viện", "học tập suốt đời", "báo cáo kết quả", "chuyển đổi số", "người sử dụng thư viện", "kinh phí")


def make(folder: Path, count: int) -> None:
    """The plans and their store."""
    outputs = folder / "outputs"
    for number, plan in enumerate(many(count)):
        place = outputs / f"{number // _FOLDER:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.json").write_bytes(plan)
    with open_store(str(folder / "plans.db"), write=True) as store:
        for _ in Loader(store).load(list(json_files([outputs]))):
            pass


def read(address: str, until: float, seed: int, count: int, taken: dict[str, list[float]]) -> None:
    """Ask for pages until the time is over."""
    rng, places = random.Random(seed), [row["name"] for row in provinces()]
    with httpx.Client(base_url=address, timeout=60) as client:
        while time.monotonic() < until:
            page = rng.choice(PAGES)
            pool = rng if rng.random() < 0.5 else random.Random(rng.randrange(3))  # three that many ask for
            number = pool.randrange(count)
            asked = page.format(
                province=pool.choice(places), agency=pool.choice(AGENCIES), words=pool.choice(WORDS),
                year=pool.randint(2020, 2030), month=pool.randint(1, 12), plan=f"{number // _FOLDER:03}/{number:06}",
            )  # fmt: skip
            begin = time.monotonic()
            answer = client.get(asked)
            taken[page if answer.status_code == 200 else f"{answer.status_code} {asked}"].append(
                time.monotonic() - begin
            )
            time.sleep(rng.uniform(1, 3))


def main() -> None:
    count, readers, seconds = (int(one) for one in [*sys.argv[1:4], *("500", "20", "60")[len(sys.argv[1:4]) :]])
    folder = Path(sys.argv[4]) if len(sys.argv) > 4 else Path(tempfile.mkdtemp())
    if not (folder / "plans.db").exists():
        make(folder, count)
    line = [sys.executable, "-m", "pipeline.cli", "serve", folder / "outputs", "--database", folder / "plans.db"]
    server = subprocess.Popen([*map(str, line), "--port", "0"], stderr=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+/", server.stderr.readline())[0]
        begin = time.monotonic()
        httpx.get(address, timeout=600)
        print(f"first visit {time.monotonic() - begin:.1f} s; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        process, taken = psutil.Process(server.pid), defaultdict(list)
        before = sum(process.cpu_times()[:2])
        until = time.monotonic() + seconds
        threads = [Thread(target=read, args=(address, until, one, count, taken)) for one in range(readers)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        every = sum(taken.values(), [])
        used = (sum(process.cpu_times()[:2]) - before) / len(every)
        print(f"{len(every)} answers, {1000 * used:.0f} ms of the processor each; {process.memory_info().rss >> 20} MB")
        for page, some in [*sorted(taken.items()), ("all", every)]:
            cut = statistics.quantiles(some, n=20)[-1] if len(some) > 1 else some[0]
            print(f"{len(some):5} {1000 * statistics.median(some):7.0f} {1000 * cut:7.0f}  {page}")
    finally:
        server.terminate()
        server.wait(60)


if __name__ == "__main__":
    main()
