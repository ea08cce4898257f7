"""Reads the data files of this room into frozen dataclasses."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter

T = TypeVar("T")


class Entry:
    """What an entry of a data file is made into; a key that it has no field for is an error."""

    __slots__ = ()
    __pydantic_config__ = ConfigDict(extra="forbid")


def load(type_: type[T], *path: str) -> T:
    """A TOML file of this room as a value of a type.

    Args:
        type_: a frozen dataclass derived from `Entry`, or a mapping of names to such.
        path: folder and name of the file.

    Raises:
        pydantic.ValidationError: a key is unknown or missing, or a value is of another type.
    """
    return TypeAdapter(type_).validate_python(tomllib.loads(_text(*path)))


def rows(*path: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file of this room, by its column names; lines that begin with "#" are left out."""
    return csv.DictReader(line for line in _text(*path).splitlines() if not line.startswith("#"))


def _text(*path: str) -> str:
    return files("pipeline.knowledge").joinpath(*path).read_text(encoding="utf-8")
