"""What is installed, and what stands in pyproject.toml, fit the code."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import pipeline

PROJECT = Path(__file__).parents[1]
PACKAGE = PROJECT / "pipeline"
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = dict(
    re.findall(r"^([\w.-]+)==(\S+)$", (PROJECT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
)
LOCKED = {canonicalize_name(name): version for name, version in LOCK.items()}
NOT_LOCKED = {"bench", "fuzz"}  # peers that only benchmarks are compared with; no version of atheris fits every Python
NO_DATA = {".py", ".pyc", ".pyx", ".c", ".so", ".pyd"}


def test_every_data_file_goes_into_the_wheel():
    patterns = SETTINGS["tool"]["setuptools"]["package-data"]["pipeline"]
    packed = {file for pattern in patterns for file in PACKAGE.glob(pattern)}
    assert {file for file in PACKAGE.rglob("*") if file.is_file() and file.suffix not in NO_DATA} == packed


def needed(name, extras):
    """What an installed package asks for, with `extras` of it, on this system."""
    try:
        lines = requires(name) or ()
    except PackageNotFoundError:  # tesserocr, where no wheel of it fits
        lines = ()
    for requirement in map(Requirement, lines):
        markers = [{"extra": extra} for extra in ("", *extras)]
        if requirement.marker is None or any(map(requirement.marker.evaluate, markers)):
            yield requirement


@pytest.fixture(scope="module")
def requirements():
    """Every requirement of the project, with all extras that are locked, and of what it requires."""
    project = SETTINGS["project"]
    optional = [lines for extra, lines in project["optional-dependencies"].items() if extra not in NOT_LOCKED]
    waiting = [Requirement(line) for lines in (project["dependencies"], *optional) for line in lines]
    found = {}
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if str(one) not in found and name not in ("kehoach", "pip", "setuptools"):
            found[str(one)] = one
            waiting += needed(name, one.extras)
    return found.values()


def test_the_lock_has_an_allowed_version_of_whatever_is_required(requirements):
    locked = {one: LOCKED.get(canonicalize_name(one.name)) for one in requirements}
    unmet = [f"{one}, locked: {of}" for one, of in locked.items() if of is None or of not in one.specifier]
    assert not unmet, "renew requirements.lock"


def test_the_lock_has_nothing_that_is_not_required(requirements):
    assert set(LOCKED) <= {canonicalize_name(one.name) for one in requirements}


def test_the_version_is_the_same_everywhere():
    cited = re.search(r"^version: (.+)$", (PROJECT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)[1]
    released = re.search(r"^## (\d\S+)", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[1]
    assert cited == released == pipeline.__version__
