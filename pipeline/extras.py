"""What is installed with an extra only (`pip install 'kehoach[scan]'`): missed with a coded error that says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

from pipeline.errors import MissingPackageError

EXTRAS: Final = {
    "scan": ("cv2", "pikepdf", "pytesseract"),
    "store": ("alembic", "sqlalchemy"),
    "postgresql": ("psycopg",),
    "export": ("icalendar", "pandas", "polars", "pyarrow", "xlsxwriter"),
}
"""The packages that each extra of pyproject.toml adds, by the names under which they are imported."""

_EXTRA_OF = {package: extra for extra, packages in EXTRAS.items() for package in packages}


@contextmanager
def extras(wanted: str) -> Iterator[None]:
    """Where an import inside fails for want of an extra, say which one `wanted` (a command, a format, a file) needs.

    Raises:
        MissingPackageError: a package of an extra is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in _EXTRA_OF:
            raise
        raise MissingPackageError(file=wanted, package=package, extra=_EXTRA_OF[package]) from error


@cache
def missing(*packages: str) -> str | None:
    """What to install where one of these packages of extras is not there, in words; None where all are."""
    absent = next((package for package in packages if find_spec(package) is None), None)
    return absent and MissingPackageError(file="", package=absent, extra=_EXTRA_OF[absent]).message()


def require(package: str, wanted: str) -> ModuleType:
    """The module `package` of an extra, which `wanted` (a format, a kind of frame) needs.

    Raises:
        MissingPackageError: it is not installed.
    """
    with extras(wanted):
        return import_module(package)
