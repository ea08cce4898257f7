"""Successors of agencies after mergers of agencies and of their places."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.knowledge import agencies
from pipeline.register.model import Change
from pipeline.register.places import MERGED, unit

_NONE = ("each.", "other.", "note.", "office_holder")
_PROVINCES = "Resolution 202/2025/QH15 of 12 June 2025 on the arrangement of provinces"
_COMMUNES = (
    "Resolutions of the Standing Committee of the National Assembly of June 2025 on the communes of each province"
)


@cache
def _into() -> dict[str, Change]:
    """What an agency's key says before its place -> the agency that took it over."""
    table = agencies.changes().merger
    return {old: Change(one.on, one.into, one.source) for one in table for old in one.agencies}


@lru_cache(maxsize=262144)
def successor(key: str) -> str | None:
    """The key of today's agency where a merger or renaming changed it; None if it still stands or has no one successor.

    A split commune's agencies are followed into its main part. Agencies of a district have no successor: the level
    ended on 1 July 2025 (mergers.toml), and `unit` says which communes a district's places are in.
    """
    last = changes(key)[-1:]
    return last[0].into if last else None


@lru_cache(maxsize=65536)
def changes(key: str) -> tuple[Change, ...]:
    """The changes of an agency, in order, each with its day and source; empty if none is known."""
    body, at, place = key.partition("@")
    if not at or "@" in place or body.startswith(_NONE):
        return ()
    out = []
    while body in _into():
        one = _into()[body]
        body = one.into or body
        out.append(Change(one.on, f"{body}@{place}", one.source))
    found = unit(place)
    if found is None:
        return tuple(out)
    if found.level == "district":
        return (*out, _ended(body.partition(".")[0]))
    if found.successors and found.successors[0] != place:
        source = _PROVINCES if found.level == "province" else _COMMUNES
        out.append(Change(MERGED, f"{body}@{found.successors[0]}", source))
    return tuple(out)


@cache
def _ended(kind: str) -> Change:
    """The end of a kind of agency of a district."""
    found = [one for one in agencies.changes().ended if one.kind in (kind, "*")]
    first = min(found, key=lambda one: one.kind == "*")
    return Change(first.on, None, first.source)
