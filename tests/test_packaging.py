"""What is installed, and what stands in pyproject.toml, fit the code."""

import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PACKAGE = PROJECT / "pipeline"
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
NO_DATA = {".py", ".pyc", ".pyx", ".c", ".so", ".pyd"}


def test_every_data_file_goes_into_the_wheel():
    patterns = SETTINGS["tool"]["setuptools"]["package-data"]["pipeline"]
    packed = {file for pattern in patterns for file in PACKAGE.glob(pattern)}
    assert {file for file in PACKAGE.rglob("*") if file.is_file() and file.suffix not in NO_DATA} == packed
