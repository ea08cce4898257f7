"""Sees that the kehoach which is installed is whole, and reads corpus/ as outputs/ says.

Run it with a Python into which a wheel was installed, e.g. one of a bare environment; it looks at nothing in pipeline/
but the names of its files. With --nearly figures need agree to nine digits only: another system's C library rounds
logarithms otherwise.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import files
from pathlib import Path
from typing import Any

import pipeline

PROJECT = Path(__file__).parents[1]
INSTALLED = Path(pipeline.__file__).parent
LEFT_OUT = {".c", ".so", ".pyd", ".pyc", ".pyx"}


def missing() -> list[str]:
    """The files of the package that the installation lacks."""
    there = {str(file.as_posix()) for file in files("kehoach") or ()}
    wanted = [file for file in (PROJECT / "pipeline").rglob("*") if file.is_file() and file.suffix not in LEFT_OUT]
    return [name for file in wanted if (name := file.relative_to(PROJECT).as_posix()) not in there]


def different(nearly: bool) -> list[str]:
    """The files of outputs/ that the installation does not make of corpus/."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "pipeline.cli", "run", str(PROJECT / "corpus"), "--out", out]
        subprocess.run(command, check=True, cwd=out)
        wanted, made = (contents(folder, nearly) for folder in (PROJECT / "outputs", Path(out)))
    return sorted(name for name in wanted | made if wanted.get(name) != made.get(name))


def contents(folder: Path, nearly: bool) -> dict[str, Any]:
    """What the files of a folder hold: bytes, or with `nearly` the values of JSON, fractions to nine digits."""
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix in (".json", ".txt")}
    if not nearly:
        return files
    return {
        name: json.loads(data, parse_float=lambda digits: round(float(digits), 9)) if name.endswith(".json") else data
        for name, data in files.items()
    }


def main() -> None:
    """Say what is wrong and end with 1, or say that all is well."""
    if INSTALLED == PROJECT / "pipeline":
        sys.exit(f"{sys.executable} runs the source itself; run this with a Python into which a wheel was installed")
    nearly = sys.argv[1:] == ["--nearly"]
    for trouble, names in (("not in the wheel", missing()), ("other than in outputs/", different(nearly))):
        if names:
            sys.exit(f"{trouble}: {', '.join(names)}")
    print(f"kehoach {pipeline.__version__} of {INSTALLED} is whole, and makes of corpus/ what outputs/ holds")


if __name__ == "__main__":
    main()
