"""Inputs and the answers to them, as data: a file of this folder is a table, a line of it a case."""

import json
import tomllib
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from unidecode import unidecode

ROOT = Path(__file__).parent
ID_WIDTH = 60  # characters of an input that stand in a test's id

Test = TypeVar("Test", bound=Callable[..., object])


class CaseError(Exception):
    """A file of cases is not what its test asks for; the message names file, case and key."""


def cases(*what: str, **fields: Any) -> Callable[[Test], Test]:
    """Runs a test once for each case of a file, as `pytest.mark.parametrize` does for each row of a list.

    Args:
        *what: the paths of one or more files of one shape below tests/cases, without their ending.
        **fields: the keys of a case with their types; one whose type allows None may be left out. A case may also
            have `id`, its name in reports (else its first field is), and `why`, a note for who reads the file. The
            test takes all fields or some of them.

    Raises:
        CaseError: a case lacks a key, has an unknown one, or one of another type.
    """
    rows = [row for one in what for row in _read(one, fields)]

    def decorate(test: Test) -> Test:
        taken = [name for name in fields if name in signature(test).parameters]
        params = [pytest.param(*(getattr(row, name) for name in taken), id=id_) for id_, row in rows]
        return pytest.mark.parametrize(taken, params)(test)

    return decorate


def _read(what: str, fields: dict[str, Any]) -> list[tuple[str, BaseModel]]:
    """The cases of a file, each with its id."""
    path = ROOT / f"{what}.toml"
    shown = path.relative_to(ROOT.parent.parent)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CaseError(f"{shown}: {error}") from None
    if list(table) != ["case"] or not table["case"]:
        raise CaseError(f"{shown}: expected one list named case, and cases in it")
    config = ConfigDict(extra="forbid", strict=True)
    named: dict[str, Any] = {name: (type_, None if _allows_none(type_) else ...) for name, type_ in fields.items()}
    shape = create_model("Case", __config__=config, id=(str | None, None), why=(str | None, None), **named)
    rows = []
    for number, case in enumerate(table["case"], 1):
        told = " ".join(str(case.get("id", case.get(next(iter(fields)), ""))).split()) or "(empty)"
        try:
            row = shape.model_validate_json(json.dumps(case, default=str))  # as JSON: enums by value, dates as dates
        except ValidationError as error:
            faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            raise CaseError(f"{shown}, case {number} ({told[:ID_WIDTH]}): {faults}") from None
        rows.append((f"{what}: {unidecode(told)[:ID_WIDTH]}", row))
    return rows


def _allows_none(type_: Any) -> bool:
    return type(None) in getattr(type_, "__args__", ())
