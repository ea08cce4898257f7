"""How far a value can be trusted: the share of values made in the same way that were right on labelled documents."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

What = Literal["agency", "deadline", "target", "item"]


@cache
def _shares() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.extract").joinpath("confidence.toml").read_text(encoding="utf-8"))


def confidence(what: What, how: str, *, scan: bool = False, doubted: bool = False) -> float:
    """Look up how far a value can be trusted.

    Args:
        what: the kind of value.
        how: the way it was found: where an agency is stated; "own", "inherited" or "table" of a deadline; "text" or
            "table" of a target; "item".
        scan: whether its text was read from a picture or restored.
        doubted: whether there is a doubt about it.

    Returns:
        The share of such values that were right, 0 to 1.
    """
    share: float = _shares()[what][how]["scan" if scan else "clean"]
    return round(share * (_shares()["doubted"]["factor"] if doubted else 1.0), 2)
