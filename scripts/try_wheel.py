"""Sees that the kehoach which is installed is whole, and reads corpus/ as outputs/ says.

Run it with a Python into which a wheel was installed, e.g. one of a bare environment; it looks at nothing in pipeline/
but the names of its files.
"""

from __future__ import annotations

import filecmp
import subprocess
import sys
import tempfile
from importlib.metadata import files
from pathlib import Path

import pipeline

PROJECT = Path(__file__).parents[1]
INSTALLED = Path(pipeline.__file__).parent
LEFT_OUT = {".c", ".so", ".pyd", ".pyc", ".pyx"}


def missing() -> list[str]:
    """The files of the package that the installation lacks."""
    there = {str(file.as_posix()) for file in files("kehoach") or ()}
    wanted = [file for file in (PROJECT / "pipeline").rglob("*") if file.is_file() and file.suffix not in LEFT_OUT]
    return [name for file in wanted if (name := file.relative_to(PROJECT).as_posix()) not in there]


def different() -> list[str]:
    """The files of outputs/ that the installation does not make of corpus/ to the same bytes."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "pipeline.cli", "run", str(PROJECT / "corpus"), "--out", out]
        subprocess.run(command, check=True, cwd=out)
        names = {file.name for folder in (PROJECT / "outputs", Path(out)) for file in folder.iterdir()}
        names = {name for name in names if name.endswith((".json", ".txt"))}
        same, _, _ = filecmp.cmpfiles(PROJECT / "outputs", out, names, shallow=False)
        return sorted(names - set(same))


def main() -> None:
    """Say what is wrong and end with 1, or say that all is well."""
    if INSTALLED == PROJECT / "pipeline":
        sys.exit(f"{sys.executable} runs the source itself; run this with a Python into which a wheel was installed")
    for trouble, names in (("not in the wheel", missing()), ("other than in outputs/", different())):
        if names:
            sys.exit(f"{trouble}: {', '.join(names)}")
    print(f"kehoach {pipeline.__version__} of {INSTALLED}: whole, and reads corpus/ to the bytes of outputs/")


if __name__ == "__main__":
    main()
