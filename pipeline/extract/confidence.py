"""How far a value can be trusted: the share of values made in the same way that were right on labelled documents."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

What = Literal["agency", "deadline", "target", "item"]
ConfidenceShares = Mapping[str, Mapping[str, Mapping[str, float]]]
"""By kind of value, the way it was found, and "clean", "scan" or "doubted": the share that is right."""
WAYS: Final[Mapping[What, tuple[str, ...]]] = {
    "agency": ("heading", "lead_in", "text", "table"),
    "deadline": ("own", "inherited", "table"),
    "target": ("text", "table"),
    "item": ("item",),
}
"""The ways in which values of each kind are found: where an agency is stated; where a deadline or target stands."""


@cache
def _shares() -> ConfidenceShares:
    return tomllib.loads(files("pipeline.extract").joinpath("confidence.toml").read_text(encoding="utf-8"))


def confidence(what: What, how: str, *, scan: bool = False, doubted: bool = False) -> float:
    """Look up how far a value can be trusted.

    Args:
        what: the kind of value.
        how: the way it was found, one of its `WAYS`.
        scan: whether its text was read from a picture or restored.
        doubted: whether there is a doubt about it.

    Returns:
        The share of such values that were right, 0 to 1.
    """
    return _shares()[what][how]["doubted" if doubted else "scan" if scan else "clean"]
