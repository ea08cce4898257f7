"""What is installed with an extra only (`pip install 'kehoach[scan]'`): missed with a coded error that says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final, NamedTuple

from pipeline.errors import MissingPackageError

EXTRAS: Final = {
    "scan": ("cv2", "pikepdf", "pytesseract"),
    "store": ("alembic", "sqlalchemy"),
    "postgresql": ("psycopg",),
    "ray": ("ray",),
    "s3": ("fsspec", "s3fs"),
    "export": ("icalendar", "pandas", "polars", "pyarrow", "xlsxwriter"),
    "mcp": ("mcp",),
    "web": ("fastapi", "lets_plot", "uvicorn"),
}
"""The packages that each extra of pyproject.toml adds, by the names under which they are imported."""

_EXTRA_OF = {package: extra for extra, packages in EXTRAS.items() for package in packages}


class MissingPackage(NamedTuple):
    """A package that is not there, or does not load, and the extra that brings it."""

    package: str
    extra: str


@contextmanager
def extras(wanted: str) -> Iterator[None]:
    """Where an import inside fails for want of an extra, say which one `wanted` (a command, a format, a file) needs.

    Raises:
        MissingPackageError: a package of an extra is not installed, or does not load.
    """
    try:
        yield
    except ImportError as error:
        package = (error.name or "").partition(".")[0]
        if package not in _EXTRA_OF:
            raise
        raise MissingPackageError(file=wanted, package=package, extra=_EXTRA_OF[package]) from error


@cache
def missing(*packages: str) -> MissingPackage | None:
    """The first of these packages of extras that is not installed or does not load; None where all do."""
    for package in packages:
        try:
            import_module(package)
        except ImportError:
            return MissingPackage(package, _EXTRA_OF[package])
    return None


def require(package: str, wanted: str) -> ModuleType:
    """The module `package` of an extra, which `wanted` (a format, a kind of frame) needs.

    Raises:
        MissingPackageError: it is not installed, or does not load.
    """
    try:
        return import_module(package)
    except ImportError as error:
        name = package.partition(".")[0]
        raise MissingPackageError(file=wanted, package=name, extra=_EXTRA_OF[name]) from error
