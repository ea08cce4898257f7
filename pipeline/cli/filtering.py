"""The options of all commands that ask the store: one for each of its filters."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Annotated, Any

import typer

# What the store's filters are called stands here too, so that help does not need the database's packages.
NAMES = (
    *("agency", "role", "agency_kind", "sector", "level", "province", "current_province", "due_from", "due_before"),
    *("issued_from", "issued_before", "kind", "unit", "document_type", "plan", "versions"),
)
_METAVARS = {"role": "ROLE", "level": "LEVEL", "kind": "KIND", "versions": "WHICH"}
_DATES = ["%Y-%m-%d", "%d/%m/%Y"]


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """`command` with an option for each filter; it gets those that were given as `filters`, a dict."""

    @wraps(command)
    def called(**given: Any) -> None:
        asked = {name: given.pop(name) for name in NAMES}
        command(filters={name: _plain(value) for name, value in asked.items() if value is not None}, **given)

    own = [one for one in inspect.signature(command, eval_str=True).parameters.values() if one.name != "filters"]
    signature = inspect.Signature([*own, *map(_parameter, NAMES)])
    called.__signature__ = signature  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    return called


def _parameter(name: str) -> inspect.Parameter:
    is_date = name.endswith(("_from", "_before"))
    option = typer.Option(
        f"--{name.replace('_', '-')}",
        metavar="DATE" if is_date else _METAVARS.get(name, "TEXT"),
        help=f"cli.filter.{name}",
        show_default=False,
        formats=_DATES if is_date else None,
    )
    kind = datetime | None if is_date else str | None
    annotation = Annotated[kind, option]  # type: ignore[valid-type]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _plain(value: str | datetime) -> str | date:
    return value.date() if isinstance(value, datetime) else value
