"""How well and how fast scanned pages are read, beside bare Tesseract and OCRmyPDF in the same run. Never asserts.

OCRmyPDF is left out where it is not installed (Debian: ocrmypdf). The real scans of ../shared come with typed text
whose head, layout and appendices can differ: only what lies side by side in both is compared.
BENCH_SCANS="10209603 10209629" reads only those. Where other work runs, seconds of processor say more than pages a
second.
"""

import contextlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pypdfium2

sys.path.insert(0, str(Path(__file__).parent))
from bench_restoration import CLEAN, PROJECT, SHARED, aligned, hits, syllables  # noqa: E402
from paper import STRENGTHS, fonts, layered, pdf, photographed, sheets, without_layer  # noqa: E402

from pipeline.evaluate.error_rates import score  # noqa: E402
from pipeline.ingest import ingest  # noqa: E402
from pipeline.ingest.scan.tesseract import pool as kept  # noqa: E402
from pipeline.ingest.scan.tesseract.engine import Tesseract  # noqa: E402
from pipeline.restore import load, log_perplexity, restore  # noqa: E402
from pipeline.run import run  # noqa: E402
from pipeline.settings import Settings  # noqa: E402

FRESH = Settings(cache="off")
CORES = 2
FIRST = """
import sys
from pipeline.ingest.pdf import reading as pdf
from pipeline.run import run
from pipeline.settings import Settings
real = pdf.read_page
def told(*asked):
    page = real(*asked)
    print("page", flush=True)
    return page
pdf.read_page = told
run(sys.argv[1], Settings(cache="off"))
"""


class Clock:
    """Seconds on the wall and seconds of processor, with those of processes that have ended."""

    def __init__(self):
        self.begun = time.perf_counter(), self.worked()

    def worked(self):
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(each.ru_utime + each.ru_stime for each in used)

    def taken(self):
        return time.perf_counter() - self.begun[0], self.worked() - self.begun[1]


def kehoach(path):
    started = Clock()
    read = ours(path)
    kept.children.end()  # their time counts once they have ended
    return read, started.taken()


def chosen():
    names = os.environ.get("BENCH_SCANS", "").split()
    return [path for path in sorted((SHARED / "scan-pairs").glob("*.pdf")) if not names or path.stem in names]


def page_count(path):
    with pypdfium2.PdfDocument(path) as opened:
        return len(opened)


def ours(path):
    document = restore(ingest(path, FRESH, log_perplexity), FRESH)
    return "\n".join(line.text for _, line in document.lines() if line.furniture is None)


def tesseract(path, dpi=300):
    """Each page as Tesseract reads it, two at a time; what it takes to draw the pages is left out."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        with pypdfium2.PdfDocument(path) as opened:
            for number in range(len(opened)):
                files.append(Path(folder) / f"{number}.bmp")
                opened[number].render(scale=dpi / 72, grayscale=True).to_pil().save(files[-1])
        started = Clock()
        with ThreadPoolExecutor(CORES) as pool:
            texts = list(pool.map(lambda file: bare(file, dpi), files))
        return "\n".join(texts), started.taken()


def tesseract_200(path):
    return tesseract(path, 200)


def bare(file, dpi):
    found = subprocess.run(
        ["tesseract", file, "-", "-l", "vie", "--oem", "1", "--psm", "3", "--dpi", str(dpi)],
        capture_output=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
    )
    return found.stdout.decode()


def ocrmypdf(path):
    """What OCRmyPDF reads; None where it is not installed."""
    if shutil.which("ocrmypdf") is None:
        return None, (0.0, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "text"
        started = Clock()
        subprocess.run(
            ["ocrmypdf", "-q", "-l", "vie", "--force-ocr", "--jobs", str(CORES), "--output-type", "pdf"]
            + ["--sidecar", str(sidecar), str(path), str(Path(folder) / "out.pdf")],
            check=True,
            capture_output=True,
        )
        return sidecar.read_text(encoding="utf-8"), started.taken()


def flat(text):
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


READERS = {"kehoach": kehoach, "Tesseract 300 dpi": tesseract, "Tesseract 200 dpi": tesseract_200, "OCRmyPDF": ocrmypdf}


def bench_real_scans():
    pairs = chosen()
    if not pairs:
        print("\nreal scans: left out, ../shared/documents/scan-pairs is not here")
        return
    print(f"\nreal 1-bit scans, read by {Tesseract().version()}, the program is {Tesseract(keep=False).version()}:")
    print("syllables wrong of those that lie beside the typed text, and pages a second")
    load()
    took = {name: [0.0, 0.0, 0, 0] for name in READERS}  # on the wall, of processor, wrong, of so many
    for path in pairs:
        truth = path.with_suffix(".gt.txt").read_text(encoding="utf-8")
        told = []
        for name, reader in READERS.items():
            read, seconds = reader(path)
            if read is None:
                continue
            among = aligned(truth, flat(read))
            wrong = len(among - hits(truth, flat(read))[0])
            told.append(f"{name} {wrong} of {len(among)} ({wrong / len(among):.2%})")
            took[name] = [a + b for a, b in zip(took[name], (*seconds, wrong, len(among)), strict=True)]
        print(f"  {path.stem}: {'; '.join(told)}", flush=True)
    pages = sum(page_count(path) for path in pairs)
    for name, (wall, worked, wrong, among) in took.items():
        if wall:
            speed = f"{pages / wall:.2f} pages a second on {CORES} cores, {worked / pages:.2f} s of processor a page"
            print(f"  {name}: {speed}; {wrong / among:.2%} wrong")


def bench_command():
    pairs = chosen()
    if not pairs:
        return
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-c", "from pipeline.cli import main; main()", "run", *map(str, pairs), "-o", out]
        environment = {**os.environ, "KEHOACH_CACHE": "off", "KEHOACH_JOBS": str(CORES)}
        started = time.perf_counter()
        running = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        peaks = peaks_of(running)
        took = time.perf_counter() - started
    pages = sum(page_count(path) for path in pairs)
    print(
        f"\nkehoach run on {len(pairs)} scans: {pages / took:.2f} pages a second on {CORES} cores; memory at most, MB"
    )
    for name, (resident, own) in sorted(peaks.items()):
        print(f"  {name}: resident {resident >> 20} MB, of it its own {own >> 20} MB")


def peaks_of(running):
    """The largest resident and own memory of the workers of a command and of the processes that these keep."""
    peaks = {}
    while running.poll() is None:
        with contextlib.suppress(psutil.Error):
            for worker in psutil.Process(running.pid).children():
                kept = [("a process of Tesseract", child) for child in worker.children()]
                for name, process in [("a worker", worker), *kept]:
                    with contextlib.suppress(psutil.Error):
                        memory = process.memory_full_info()
                        most = peaks.get(name, (0, 0))
                        peaks[name] = max(most[0], memory.rss), max(most[1], memory.uss)
        time.sleep(0.05)
    return peaks


def bench_first_page():
    """From the start of Python until the first page of a long scan has its text, and until the plan is there."""
    pairs = chosen()
    if not pairs:
        return
    longest = max(pairs, key=page_count)
    started = time.perf_counter()
    command = [sys.executable, "-c", FIRST, str(longest)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE) as running:
        running.stdout.readline()
        first = time.perf_counter() - started
        running.stdout.read()
    whole = time.perf_counter() - started
    print(f"\na scan of {page_count(longest)} pages: the first page after {first:.2f} s, the plan after {whole:.2f} s")


def bench_typeset_plans():
    if fonts() is None:
        print("\ntypeset plans: left out, TeX Gyre Termes is not installed (Debian: fonts-texgyre)")
        return
    print("\nthe clean founding plans, typeset, stamped, stained and scanned: characters wrong")
    for name in CLEAN:
        source = PROJECT / "corpus" / f"{name}.txt"
        truth = "\n".join(line.text for _, line in ingest(source).lines())
        for strength in STRENGTHS:
            with tempfile.TemporaryDirectory() as folder:
                paper = Path(folder) / f"{name}.pdf"
                pdf(source, strength, paper)
                read = ours(paper)
                same = extraction(run(paper, FRESH), run(source, FRESH))
            print(f"  {name} {strength}: {score(truth, read).cer:.2%}; extraction {same}", flush=True)


def bench_layers_of_another_language():
    if fonts() is None or Tesseract("eng").problem() is not None:
        print("\nlayers of another language: left out, TeX Gyre Termes or Tesseract's data for English is missing")
        return
    print(
        "\nplans under the text layer of a reader of English: values other than those from the same pictures without it"
    )
    for name in CLEAN:
        source = PROJECT / "corpus" / f"{name}.txt"
        for strength in ("clean", "light"):
            with tempfile.TemporaryDirectory() as folder:
                with_text, bare_pages = Path(folder) / "layer.pdf", Path(folder) / "bare.pdf"
                layered(source, strength, with_text)
                without_layer(with_text, bare_pages)
                plans = [run(path, FRESH) for path in (with_text, bare_pages, source)]
            other = sum(one != two for one, two in zip(*map(values, plans[:2]), strict=True))
            reasons = {page.reason.split(":")[0] for page in plans[0].source.pages}
            print(f"  {name} {strength}: {other}; extraction {extraction(plans[0], plans[2])}; {reasons}", flush=True)


def values(plan):
    """What a plan says, without where."""
    kept = json.loads(plan.model_dump_json(exclude={"source", "plan_id", "warnings"}))
    return [plan.text, kept["metadata"], kept["legal_basis"], kept["sections"], kept["objectives"], kept["tasks"]]


def bench_photographs():
    if fonts() is None:
        print("\nphotographs: left out, TeX Gyre Termes is not installed (Debian: fonts-texgyre)")
        return
    print("\npages photographed on a dark desk, corners moved by up to so much of the picture: syllables right")
    pages = sheets(PROJECT / "corpus" / "can-tho-2023.txt", 300)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.jpg"
        for number in (0, 2, 4):
            pages[number].save(file, quality=95, dpi=(300, 300))
            truth = ours(file)
            for tilt in (0.0, 0.02, 0.05, 0.08):
                photographed(pages[number], tilt, np.random.default_rng(number * 10 + int(100 * tilt))).save(file)
                right = len(hits(truth, ours(file))[0])
                print(f"  page {number + 1}, {tilt:.0%}: {right} of {len(syllables(truth))}", flush=True)


def extraction(read, clean):
    """What of the items, agencies, deadlines and targets of the clean text was found on paper, as text."""
    shares = []
    for kind in ("items", "agencies", "deadlines", "targets"):
        wanted, found = facts(clean, kind), facts(read, kind)
        both = sum((wanted & found).values())
        total = wanted.total() + found.total()
        shares.append(f"{kind} {2 * both / total:.3f}" if total else f"{kind} –")
    said, wanted = (json.loads(plan.metadata.model_dump_json(exclude={"evidence"})) for plan in (read, clean))
    other = [key for key in wanted if said[key] != wanted[key]]
    return ", ".join([*shares, f"metadata but for {', '.join(other)}" if other else "metadata"])


def facts(plan, kind):
    from collections import Counter

    provisions = json.loads(plan.model_dump_json())
    found = Counter()
    for part in ("objectives", "tasks"):
        for one in provisions[part]:
            where = (part, one["number"], one["ordinal"])
            if kind == "items":
                found[where] += 1
            elif kind == "agencies":
                found.update((*where, agency["name"], agency["role"]) for agency in one["agencies"])
            elif kind == "deadlines":
                found.update((*where, each["start"], each["end"], each["edtf"]) for each in one["deadlines"])
            else:
                found.update(
                    (*where, each["value"], re.sub(r"\W+", " ", each["unit"] or "")) for each in one["targets"]
                )
    return found
