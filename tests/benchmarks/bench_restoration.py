"""How well and how fast Vietnamese is restored, beside pyvi where it is installed. Measures, never asserts.

Kept aside: `corpus/hai-phong-2023.txt` (its own transcription is the truth), the plans of ../shared/documents, and of
its scan pairs all but those named in SEEN, which were looked at while the rules were written. Choices were made on the
four clean founding plans, typeset, degraded and read again.
"""

import re
import time
import unicodedata
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path

import numpy as np
import pypdfium2

import pipeline.restore.decode as decoding
from pipeline.document import Document, Line, Page, TextOrigin
from pipeline.evaluate.error_rates import alignment
from pipeline.ingest import ingest
from pipeline.ingest.scan.tesseract.engine import Tesseract
from pipeline.language.accents import remove_accents
from pipeline.language.syllables import PRINTED_SYLLABLE
from pipeline.language.tones import modern
from pipeline.restore import load, restore
from pipeline.restore.lattice import Trie
from pipeline.restore.model import _with_children

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared" / "documents"
CLEAN = ("can-tho-2023", "can-tho-library-2019", "lai-chau-2023", "vinh-long-2023")
SEEN = {"10209597", "10209603", "10209629"}
CACHE = PROJECT / ".bench-cache"  # pages that Tesseract has read, by their content
DPI = 300
GAP = 4  # syllables: where more are missing or extra, the two texts do not lie side by side


def syllables(text):
    return PRINTED_SYLLABLE.findall(modern(unicodedata.normalize("NFC", text)))


def hits(truth, read):
    """The indices of the truth's syllables that were read right, and the stretches that differ with their indices."""
    left, right = syllables(truth), syllables(read)
    found, stretches = set(), []
    i = j = 0
    for x, y in [*alignment(left, right), (len(left), len(right))]:
        if (x > i or y > j) and max(x - i, y - j) <= GAP:
            stretches.append((range(i, x), " ".join(left[i:x]), " ".join(right[j:y])))
        if x < len(left):
            found.add(x)
        i, j = x + 1, y + 1
    return found, stretches


def aligned(truth, read):
    """The indices of the truth's syllables that the read text has too, right or wrong: not what it left out."""
    found, stretches = hits(truth, read)
    return found.union(*(indices for indices, _, _ in stretches))


def document(text):
    lines = tuple(Line(line, line) for line in unicodedata.normalize("NFC", text).split("\n"))
    return Document("bench", "0" * 64, "text/plain", (Page(1, lines, TextOrigin.PLAIN, "bench"),), has_pages=False)


def restored(text):
    return restore(document(text)).text


def add_accents(text):
    """What pyvi makes of a text; None where it is not installed."""
    try:
        from pyvi import ViUtils
    except ImportError:
        return None
    lines = []
    for line in text.split("\n"):
        try:
            lines.append(ViUtils.add_accents(line) if line.strip() else line)
        except KeyError:  # it fails on lines it has no label for; such a line stays as it is
            lines.append(line)
    return "\n".join(lines)


def tell(name, truths, reads, among):
    """One line: how much of the truths was read right, of the syllables `among` (indices for each truth)."""
    if None in reads:
        print(f"  {name}: left out, not installed")
        return
    total = sum(map(len, among))
    good = sum(len(hits(t, r)[0] & wanted) for t, r, wanted in zip(truths, reads, among, strict=True))
    print(f"  {name}: {good / max(total, 1):.2%} of {total} syllables right, {total - good} wrong")


class Without:
    """The model with a part switched off: "contexts" of the n-grams, or the document's "own words"."""

    def __init__(self, part):
        self.part = part

    def __enter__(self):
        self.few, self.trie = decoding.FEW, load().trie
        if self.part == "own words":
            decoding.FEW = 10**9
        else:
            arrays = dict(load()._arrays)
            arrays["counts1"] = np.zeros_like(arrays["counts1"])
            for n in (2, 3):
                arrays[f"counts{n}"] = arrays[f"counts{n}"][:0]
            for n, part in [(n, part) for n in (2, 3, 4) for part in ("words", "probability", "backoff")]:
                if f"{part}{n}" in arrays:
                    arrays[f"{part}{n}"] = arrays[f"{part}{n}"][:0]
            load().trie = Trie(_with_children(arrays))

    def __exit__(self, *_):
        decoding.FEW, load().trie = self.few, self.trie


def bench_hai_phong():
    raw = (PROJECT / "corpus" / "hai-phong-2023.txt").read_text(encoding="utf-8")
    truth = (PROJECT / "tests" / "gold" / "hai-phong-2023.txt").read_text(encoding="utf-8")
    every = [set(range(len(syllables(truth))))]
    print("\nHải Phòng, the text layer as it came, against our transcription")
    tell("unchanged", [truth], [raw], every)
    tell("pyvi", [truth], [add_accents(remove_accents(raw))], every)
    tell("kehoach", [truth], [restored(raw)], every)
    for part in ("own words", "contexts"):
        with Without(part):
            tell(f"kehoach without {part}", [truth], [restored(raw)], every)


def page_text(job):
    path, number, language = job
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[number].render(scale=DPI / 72, grayscale=True).to_pil()
    return Tesseract(language, layout=3)(picture, DPI)


def scan_text(path, language):
    CACHE.mkdir(exist_ok=True)
    held = CACHE / f"{sha256(path.read_bytes()).hexdigest()[:16]}.{language}.txt"
    if not held.exists():
        with pypdfium2.PdfDocument(path) as pdf:
            jobs = [(path, number, language) for number in range(len(pdf))]
        with ProcessPoolExecutor() as pool:
            held.write_text("\n".join(pool.map(page_text, jobs)), encoding="utf-8")
    return "\n".join(" ".join(line.split()) for line in held.read_text(encoding="utf-8").split("\n"))


def scans():
    """(truth, path) of the scans that were kept aside."""
    folder = SHARED / "scan-pairs"
    return [
        (path.with_suffix(".gt.txt").read_text(encoding="utf-8"), path)
        for path in sorted(folder.glob("*.pdf"))
        if path.stem not in SEEN
    ]


def bench_scans():
    pairs = scans()
    if not pairs:
        print("\nscans: left out, ../shared/documents/scan-pairs is not here")
        return
    truths = [truth for truth, _ in pairs]
    for language in ("eng", "vie"):
        print(f"\nreal 1-bit scans read with `{language}`, {len(pairs)} documents kept aside")
        reads = [scan_text(path, language) for _, path in pairs]
        ours = [restored(read) for read in reads]
        among = [aligned(truth, read) for truth, read in zip(truths, ours, strict=True)]
        tell("as read", truths, reads, among)
        if language == "eng":
            tell("pyvi", truths, [add_accents(remove_accents(read)) for read in reads], among)
        tell("kehoach", truths, ours, among)
        for part in ("own words", "contexts"):
            with Without(part):
                tell(f"kehoach without {part}", truths, [restored(read) for read in reads], among)
        for (truth, path), read, own, wanted in zip(pairs, reads, ours, among, strict=True):
            before, after = (len(wanted - hits(truth, text)[0]) for text in (read, own))
            print(f"    {path.stem}: {before} of {len(wanted)} wrong as read, {after} restored")
        if language == "vie":
            tell_marks(truths, reads, ours)
            tell_figures(reads, ours)


def tell_marks(truths, reads, ours):
    """Of the wrong syllables those that have the right letters: wrong by a tone or a mark alone."""
    for name, texts in (("as read", reads), ("kehoach", ours)):
        found = 0
        for truth, text in zip(truths, texts, strict=True):
            for _, wanted, read in hits(truth, text)[1]:
                found += (
                    wanted != read
                    and remove_accents(wanted.lower()) == remove_accents(read.lower())
                    and wanted.lower() != read.lower()
                )
        print(f"  places wrong by tone or mark alone, {name}: {found}")


def tell_figures(reads, ours):
    """What became of numbers, dates and citations."""
    figures = re.compile(r"\d[\d./:,-]*\d|\d|[A-ZĐ]{2,}-[A-ZĐ]{2,}\w*")
    changed = [
        (one, other)
        for read, own in zip(reads, ours, strict=True)
        for one, other in zip(read.split("\n"), own.split("\n"), strict=True)
        if figures.findall(one) != figures.findall(other)
    ]
    print(f"  lines whose numbers, dates or citations were changed: {len(changed)}")
    for one, other in changed:
        print(f"    {one!r} → {other!r}")


def typed():
    """The text of the born-digital plans: administrative text no choice was made on."""
    return [
        "\n".join(line.text for _, line in ingest(path).lines() if line.furniture is None)
        for path in sorted((SHARED / "plans").glob("*.pdf"))
    ]


def bench_stripped():
    texts = typed()
    if not texts:
        print("\nstripped text: left out, ../shared/documents/plans is not here")
        return
    print(f"\nwithout accents: {len(texts)} born-digital documents kept aside")
    bare = [remove_accents(text) for text in texts]
    every = [set(range(len(syllables(text)))) for text in texts]
    tell("pyvi", texts, [add_accents(one) for one in bare], every)
    started = time.process_time()
    reads = [restored(one) for one in bare]
    taken = time.process_time() - started
    tell("kehoach", texts, reads, every)
    for part in ("own words", "contexts"):
        with Without(part):
            tell(f"kehoach without {part}", texts, [restored(one) for one in bare], every)
    wrong = Counter(one[1:] for text, read in zip(texts, reads, strict=True) for one in hits(text, read)[1])
    print("  most often:", "; ".join(f"{a} → {b} ({n})" for (a, b), n in wrong.most_common(12)))
    print(f"  {sum(len(text.split()) for text in texts) / taken:.0f} syllables a second on one core")


def bench_clean_text_stays():
    plans = [(PROJECT / "corpus" / f"{name}.txt").read_text(encoding="utf-8") for name in CLEAN]
    pairs = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "scan-pairs").glob("*.gt.txt"))]
    for name, texts in (("the four clean plans", plans), ("the typed texts of the scans", pairs), ("plans", typed())):
        changes, words = [], 0
        for text in texts:
            words += len(text.split())
            for one, other in zip(document(text).pages[0].lines, restored(text).split("\n"), strict=True):
                before, after = syllables(one.text), syllables(other)
                changes += [(a, b) for a, b in zip(before, after, strict=False) if a != b]
        rate = 10_000 * len(changes) / max(words, 1)
        print(f"\n{name}: {len(changes)} changes in {words} syllables, {rate:.2f} in 10,000")
        for before, after in changes:
            print(f"    {before} → {after}")


def bench_speed():
    started = time.perf_counter()
    load.cache_clear()
    load()
    print(f"\nthe model loads in {time.perf_counter() - started:.2f} s")
    texts = [(PROJECT / "corpus" / f"{name}.txt").read_text(encoding="utf-8") for name in CLEAN] * 4
    misread = (PROJECT / "corpus" / "hai-phong-2023.txt").read_text(encoding="utf-8")
    restored(misread)  # warms up
    stripped = [remove_accents(text) for text in texts]
    for name, given in (("stripped", stripped), ("misread", [misread] * 4), ("right", texts)):
        words = sum(len(text.split()) for text in given)
        started = time.process_time()
        for text in given:
            restored(text)
        print(f"{name}: {words / (time.process_time() - started):.0f} syllables a second on one core")
