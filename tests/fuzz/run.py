"""Fuzzing a door of the program with atheris, which follows what the code does with each input.

    python -m tests.fuzz.run TARGET [--seconds N] [--runs N] [--found FOLDER] [--corpus FOLDER]

Ends with 0 where nothing was found. What breaks a promise, or takes longer than a text of that length may, is left in
the folder of finds, and `--input FILE` tries it again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

LONGEST = 4096  # bytes of an input
SLOW = 20  # seconds that no input of that length may take, on a busy machine either


def main() -> None:
    """Fuzz one target."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--runs", type=int, default=-1, help="so many inputs at most, the same ones each time")
    parser.add_argument("--found", default="build/fuzz")
    parser.add_argument("--corpus", help="a folder that keeps the inputs which reached something new")
    parser.add_argument("--input", help="a file to be tried once")
    given = parser.parse_args()
    with atheris.instrument_imports(include=["pipeline"]):
        from tests.fuzz.targets import TARGETS, WORDS
    door, seeds = TARGETS[given.target]
    if given.input:
        door(Path(given.input).read_bytes())
        return
    found = Path(given.found)
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        corpus = Path(given.corpus or f"{made}/corpus")
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds()):
            (corpus / f"seed-{number}").write_bytes(seed)
        words = Path(made, "words")
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS))
        options = [
            *(f"-max_total_time={given.seconds}", f"-timeout={SLOW}", f"-max_len={LONGEST}", "-rss_limit_mb=3000"),
            *((f"-runs={given.runs}", "-seed=1") if given.runs > 0 else ()),
            *(f"-artifact_prefix={found}/{given.target}-", "-print_final_stats=1", f"-dict={words}"),
        ]
        atheris.Setup([sys.argv[0], *options, str(corpus)], door)
        atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
