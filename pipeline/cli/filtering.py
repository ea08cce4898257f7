"""The options of all commands that ask the store: one for each of its filters."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

# What the store's filters are called stands here too, so that help does not need the database's packages.
NAMES = (
    *("agency", "role", "agency_kind", "sector", "level", "province", "current_province", "due_from", "due_before"),
    *("issued_from", "issued_before", "kind", "unit", "document_type", "plan", "versions"),
)
_METAVARS = {"role": "ROLE", "level": "LEVEL", "kind": "KIND", "versions": "WHICH"}


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """`command` with an option for each filter; it gets those that were given as `filters`, a dict."""

    @wraps(command)
    def called(**given: Any) -> None:
        asked = {name: given.pop(name) for name in NAMES}
        command(filters={name: value for name, value in asked.items() if value is not None}, **given)

    own = [one for one in inspect.signature(command, eval_str=True).parameters.values() if one.name != "filters"]
    signature = inspect.Signature([*own, *map(_parameter, NAMES)])
    called.__signature__ = signature  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    return called


def _parameter(name: str) -> inspect.Parameter:
    option = typer.Option(
        f"--{name.replace('_', '-')}",
        metavar="DATE" if name.endswith(("_from", "_before")) else _METAVARS.get(name, "TEXT"),
        help=f"cli.filter.{name}",
        show_default=False,
    )
    annotation = Annotated[str | None, option]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
