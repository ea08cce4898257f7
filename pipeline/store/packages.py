"""Packages that only some exports need: imported when they are used, missed with a coded error."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from pipeline.errors import MissingPackageError


def require(package: str, wanted: str) -> ModuleType:
    """The module `package`, which `wanted` (a format, a kind of frame) needs.

    Raises:
        MissingPackageError: it is not installed.
    """
    try:
        return import_module(package)
    except ImportError as error:
        raise MissingPackageError(file=wanted, package=package.partition(".")[0]) from error
