"""The founding plans, read once for all tests."""

from functools import cache
from pathlib import Path

from pipeline.run import run
from pipeline.schema import Plan
from pipeline.settings import Settings

PROJECT = Path(__file__).parents[1]
CORPUS = {file.stem: file for file in sorted((PROJECT / "corpus").iterdir())}


@cache
def read(path: Path) -> Plan:
    """The plan in a file; read once, with the limits of a plain installation."""
    return run(path, Settings())
