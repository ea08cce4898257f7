"""The warnings of 1.x, which held a message: as warnings with parameters, restorations of words, or doubts of items."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from pipeline.schema.upgrade.knowledge import Raw


@dataclass
class SortedWarnings:
    """The warnings of a plan, by what becomes of them; `doubts` by the new id of their item.

    `unsure`: for each page the words that were read or restored unsurely, as restored.
    """

    warnings: list[Raw] = field(default_factory=list)
    restorations: list[Raw] = field(default_factory=list)
    doubts: dict[str, list[Raw]] = field(default_factory=lambda: defaultdict(list))
    unsure: dict[int | None, list[str]] = field(default_factory=lambda: defaultdict(list))


@cache
def _known() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("pipeline.schema.upgrade").joinpath("warnings.toml").read_text(encoding="utf-8"))


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """A message with a group for each of its parameters."""
    parts = re.split(r"\{(\w+)\}", _known()[code]["text"])
    groups = (f"(?P<{one}>.*)" if at % 2 else re.escape(one) for at, one in enumerate(parts))
    return re.compile("".join(groups), re.DOTALL)


def parameters(code: str, message: str) -> dict[str, str] | None:
    """The parameters that a message of 1.x was made from; None where it was worded otherwise or the code is unknown."""
    if code not in _known():
        return None
    pattern = _pattern(code)
    found = pattern.fullmatch(message)
    return found.groupdict() if found else None if pattern.groups else {}


def sort_warnings(warnings: Iterable[Raw], item_ids: Mapping[str, str], has_pages: bool) -> SortedWarnings:
    """Sort the warnings of a plan.

    Args:
        warnings: of 1.x: code, message, page.
        item_ids: the new id of each item by its old one.
        has_pages: whether the source has pages; in 1.x a text without any had a page 1 in some warnings.
    """
    out = SortedWarnings()
    new_ids = set(item_ids.values())
    for one in warnings:
        code, page = one["code"], one["page"] if has_pages else None
        known = _known().get(code, {})
        params = parameters(code, one["message"])
        if params is None:  # the words of an earlier version: kept as they are
            params = {"code": code, "message": one["message"]}
            code, known = "W503", {"severity": known.get("severity", "doubtful")}
        for name in ("item", "row"):
            if name in params:
                params[name] = item_ids.get(params[name], params[name])
        item = next((params[name] for name in ("row", "item") if params.get(name) in new_ids), None)
        match known.get("becomes"):
            case "restoration":
                out.restorations.append(_restoration(page, params))
                if "sure" not in known:
                    out.unsure[page].append(params.get("text", params["read"]))
            case "doubt" if item is not None:
                out.doubts[item].append({"code": code, "params": params, "evidence": None})
            case _:
                out.warnings.append(warning(code, known["severity"], params, page, item))
    if out.restorations:
        counts = {"count": str(len(out.restorations)), "doubtful": str(sum(map(len, out.unsure.values())))}
        out.warnings.append(warning("W220", "doubtful", counts))
    return out


def warning(
    code: str, severity: str, params: Mapping[str, str], page: int | None = None, item: str | None = None
) -> Raw:
    """A warning of 2.0."""
    return {"code": code, "severity": severity, "params": params, "page": page, "item": item}


def _restoration(page: int | None, params: Mapping[str, str]) -> Raw:
    return {
        "page": page,
        "line": int(params["line"]),
        "raw": params["read"],
        "restored": params.get("text", params["read"]),
        "probability": None,
        "runner_up": params.get("other"),
    }


@cache
def doubt_names() -> dict[str, str]:
    """The code of a doubt by the name that `lowered_by` of 1.x had for it."""
    return {known["lowered_by"]: code for code, known in _known().items() if "lowered_by" in known}
