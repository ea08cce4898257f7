"""How well and how fast scanned pages are read, beside bare Tesseract and OCRmyPDF in the same run. Never asserts.

OCRmyPDF is left out where it is not installed (Debian: ocrmypdf). The real scans of ../shared come with typed text
whose head, layout and appendices can differ: only what lies side by side in both is compared.
"""

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

import pypdfium2

sys.path.insert(0, str(Path(__file__).parent))
from bench_restoration import CLEAN, PROJECT, SHARED, aligned, hits  # noqa: E402
from paper import STRENGTHS, fonts, pdf  # noqa: E402

from pipeline.evaluate.text import score  # noqa: E402
from pipeline.ingest import ingest  # noqa: E402
from pipeline.restore import restore, surprise  # noqa: E402
from pipeline.run import run  # noqa: E402
from pipeline.settings import Settings  # noqa: E402

FRESH = Settings(cache="off")
CORES = 2


def ours(path):
    document = restore(ingest(path, FRESH, surprise), FRESH)
    return "\n".join(line.text for _, line in document.lines() if line.furniture is None)


def tesseract(path):
    """Each page as Tesseract reads it at 300 dpi, two at a time."""
    with pypdfium2.PdfDocument(path) as opened:
        jobs = [(path, number, "vie") for number in range(len(opened))]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for where, number, _ in jobs:
            with pypdfium2.PdfDocument(where) as opened:
                files.append(Path(folder) / f"{number}.bmp")
                opened[number].render(scale=300 / 72, grayscale=True).to_pil().save(files[-1])
        started = time.perf_counter()
        with ThreadPoolExecutor(CORES) as pool:
            texts = list(pool.map(bare, files))
        return "\n".join(texts), time.perf_counter() - started


def bare(file):
    found = subprocess.run(
        ["tesseract", file, "-", "-l", "vie", "--oem", "1", "--psm", "3", "--dpi", "300"],
        capture_output=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
    )
    return found.stdout.decode()


def ocrmypdf(path):
    """What OCRmyPDF reads; None where it is not installed."""
    if shutil.which("ocrmypdf") is None:
        return None, 0.0
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "text"
        started = time.perf_counter()
        subprocess.run(
            ["ocrmypdf", "-q", "-l", "vie", "--force-ocr", "--jobs", str(CORES), "--output-type", "pdf"]
            + ["--sidecar", str(sidecar), str(path), str(Path(folder) / "out.pdf")],
            check=True,
            capture_output=True,
        )
        return sidecar.read_text(encoding="utf-8"), time.perf_counter() - started


def flat(text):
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def bench_real_scans():
    pairs = sorted((SHARED / "scan-pairs").glob("*.pdf"))
    if not pairs:
        print("\nreal scans: left out, ../shared/documents/scan-pairs is not here")
        return
    print("\nreal 1-bit scans: syllables wrong of those that lie beside the typed text, and pages a second")
    took, pages = dict.fromkeys(("kehoach", "Tesseract", "OCRmyPDF"), 0.0), 0
    for path in pairs:
        truth = path.with_suffix(".gt.txt").read_text(encoding="utf-8")
        started = time.perf_counter()
        reads = {"kehoach": ours(path)}
        took["kehoach"] += time.perf_counter() - started
        for name, reader in (("Tesseract", tesseract), ("OCRmyPDF", ocrmypdf)):
            reads[name], seconds = reader(path)
            took[name] += seconds
        with pypdfium2.PdfDocument(path) as opened:
            pages += len(opened)
        told = []
        for name, read in reads.items():
            if read is None:
                continue
            among = aligned(truth, flat(read))
            wrong = len(among - hits(truth, flat(read))[0])
            told.append(f"{name} {wrong} of {len(among)} ({wrong / len(among):.2%})")
        print(f"  {path.stem}: {'; '.join(told)}", flush=True)
    for name, seconds in took.items():
        if seconds:
            print(f"  {name}: {pages / seconds:.2f} pages a second on {CORES} cores")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  memory at most: this process {own:.0f} MB, a child {children:.0f} MB")


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


def extraction(read, clean):
    """What of the items, agencies, deadlines and targets of the clean text was found on paper, as text."""
    shares = []
    for kind in ("items", "agencies", "deadlines", "targets"):
        wanted, found = facts(clean, kind), facts(read, kind)
        both = sum((wanted & found).values())
        total = wanted.total() + found.total()
        shares.append(f"{kind} {2 * both / total:.3f}" if total else f"{kind} –")
    return ", ".join(shares)


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
