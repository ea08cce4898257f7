"""Pages a second and memory, each beside a peer in the same run. Measures, never asserts.

A page of text is 400 syllables. PDFs are the real ones of ../shared/documents/plans where that folder is there.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pdfplumber
import pypdfium2
import spacy

from pipeline.extract import extract
from pipeline.ingest import ingest
from pipeline.outline import outline
from pipeline.settings import Settings

PROJECT = Path(__file__).parents[2]
CLEAN = ("can-tho-2023", "can-tho-library-2019", "lai-chau-2023", "vinh-long-2023")
PLANS = PROJECT.parent / "shared" / "documents" / "plans"
SYLLABLES_A_PAGE = 400
ROUNDS = 5


def best(work):
    """The least processor time of some rounds, in seconds; the first round warms up."""
    work()
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def bench_outline_and_extract():
    documents = [ingest(PROJECT / "corpus" / f"{name}.txt", Settings()) for name in CLEAN]
    pages = sum(len(one.text.split()) for one in documents) / SYLLABLES_A_PAGE
    outlines = [outline(one) for one in documents]
    first = best(lambda: [outline(one) for one in documents])
    second = best(lambda: [extract(one, tree) for one, tree in zip(documents, outlines, strict=True)])
    nlp = spacy.blank("xx")
    peer = best(lambda: [nlp(one.text) for one in documents])
    print(
        f"\noutline and extract: {pages / (first + second):.0f} pages a second on one core"
        f" (outline {first / (first + second):.0%}, extract {second / (first + second):.0%} of the time);"
        f" spaCy's bare tokenizer alone takes {peer / (first + second):.2f} of it"
    )


def without_ruled_tables():
    """The plans of which no page has a ruled table."""
    paths = sorted(PLANS.glob("*.pdf"))
    return [path for path in paths if not any(page.tables for page in ingest(path, Settings()).pages)]


def bench_pdf_to_json():
    if not PLANS.is_dir():
        print("\nPDF to JSON: left out, ../shared/documents/plans is not here")
        return
    paths = without_ruled_tables()
    pages = sum(len(ingest(path, Settings()).pages) for path in paths)

    def ours():
        for path in paths:
            document = ingest(path, Settings())
            extract(document, outline(document)).model_dump_json(indent=2)

    def peer():
        for path in paths:
            with pdfplumber.open(path) as pdf:
                for page in pdf.pages:
                    page.extract_text()

    read = best(lambda: [ingest(path, Settings()) for path in paths])
    whole, other = best(ours), best(peer)
    print(
        f"\nPDF to JSON, {len(paths)} plans without ruled tables, {pages} pages: {pages / whole:.0f} pages a second"
        f" (ingest {read / whole:.0%} of the time); pdfplumber's text alone: {pages / other:.1f} pages a second,"
        f" {other / whole:.1f} times slower"
    )


def bench_memory_of_200_pages(tmp_path):
    text = "\n".join((PROJECT / "corpus" / f"{name}.txt").read_text(encoding="utf-8") for name in CLEAN)
    times = round(200 * SYLLABLES_A_PAGE / len(text.split()))
    long_text = tmp_path / "long.txt"
    long_text.write_text(text * times, encoding="utf-8")
    print(f"\n200 pages of text: {peak_of(long_text)}")
    if PLANS.is_dir():
        long_pdf = tmp_path / "long.pdf"
        joined = pypdfium2.PdfDocument.new()
        while len(joined) < 200:
            for path in sorted(PLANS.glob("*.pdf")):
                joined.import_pages(pypdfium2.PdfDocument(path))
        joined.save(long_pdf)
        print(f"{len(joined)} pages of PDF: {peak_of(long_pdf)}")


def peak_of(path):
    """Peak resident memory and wall time of one fresh process that reads one file."""
    code = "import sys; from pipeline.run import run; run(sys.argv[1]).model_dump_json()"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=PROJECT, check=True)
    taken = time.perf_counter() - started
    return f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB at most, {taken:.1f} s in all"
