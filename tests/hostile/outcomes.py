"""What becomes of hostile files: `python -m tests.hostile.outcomes [FOLDER]` prints a table of it.

Without a folder it is the files made here. Each is read as `kehoach run` does, with its limits.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.batch import read_journal
from tests.hostile.files import FILES, LINE, NAMES, RAW_NAMES
from tests.hostile.pdfs import PDFS

PROJECT = Path(__file__).parents[2]
PAGES = 500  # allowed in the files made here, of which some have one more


class Outcome(NamedTuple):
    """What became of a file: a code and what it says, or the pages that were read and the codes of warnings."""

    name: str
    code: str
    pages: int | None
    seconds: float
    memory: int
    said: str


def make(folder: Path) -> None:
    """Write all hostile files; those with odd names hold the same text each, and a number."""
    for name, made in PDFS.items():
        (folder / f"{name}.pdf").write_bytes(made())
    for name, made in FILES.items():
        (folder / name).write_bytes(made())
    for number, name in enumerate([*map(os.fsencode, NAMES), *RAW_NAMES]):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(f"KẾ HOẠCH\n{LINE}2. Việc {number}.\n")
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "round").symlink_to(".")
    (folder / "one.txt").symlink_to("two.txt")
    (folder / "two.txt").symlink_to("one.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "nowhere.txt").symlink_to("gone.txt")
    (folder / "folder.pdf").mkdir()


def run(folder: Path, out: Path, seconds: int, pages: int) -> str:
    """Read a folder, each file of so many pages and for so many seconds at most; what is said on standard error."""
    code = "from pipeline.cli import main; main()"
    command = [sys.executable, "-c", code, "run", str(folder), "-o", str(out), "-j", "2"]
    limits = {"KEHOACH_DOCUMENT_SECONDS": str(seconds), "KEHOACH_MAX_PAGES": str(pages)}
    knobs = os.environ | limits | {"KEHOACH_CACHE": "off", "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=PROJECT, env=knobs, capture_output=True, errors="replace")
    assert done.returncode in (0, 1), done.stderr
    return done.stderr


def outcomes(folder: Path, out: Path) -> Iterator[Outcome]:
    """What became of each file, by the journal."""
    with read_journal(out) as results:
        for one in results:
            name = str(one.path.relative_to(folder)) if one.path.is_relative_to(folder) else str(one.path)
            if one.error:
                yield Outcome(name, one.error.code, None, one.seconds, one.memory, one.error.message())
            else:
                assert one.output is not None
                plan = json.loads(one.output.read_text(encoding="utf-8"))
                said = " ".join(sorted({warning["code"] for warning in plan["warnings"]}))
                yield Outcome(name, "", len(plan["source"]["pages"]), one.seconds, one.memory, said)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made, "in")
        if given.folder is None:
            folder.mkdir()
            make(folder)
        print("| file | outcome | pages | seconds | said |\n| --- | --- | --- | --- | --- |")
        run(folder, Path(made, "out"), given.seconds, PAGES if given.folder is None else 5000)
        for one in outcomes(folder, Path(made, "out")):
            pages = "" if one.pages is None else one.pages
            said = one.said.replace("|", "\\|")[:100]
            print(f"| {one.name[:60]!r} | {one.code or 'written'} | {pages} | {one.seconds:.1f} | {said} |")


if __name__ == "__main__":
    main()
