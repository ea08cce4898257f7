"""What became of an agency: mergers of agencies, and of the places they are of."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.register.lexicon import mergers
from pipeline.register.places import unit


@cache
def _into() -> dict[str, str]:
    """What an agency's key says before its place -> that of the agency that took it over."""
    return {old: one["into"] for one in mergers()["merger"] for old in one["from"]}


@lru_cache(maxsize=262144)
def successor(key: str) -> str | None:
    """The key of today's agency where a merger or renaming changed it; None if it still stands or has no one successor.

    A split commune's agencies are followed into its main part. Agencies of a district have no successor: the level
    ended on 1 July 2025 (mergers.toml), and `unit` says which communes a district's places are in.
    """
    body, at, place = key.partition("@")
    if not at or "@" in place or body.startswith(("each.", "other.", "note.", "office_holder")):
        return None
    after = body
    while after in _into():
        after = _into()[after]
    found = unit(place)
    if found is not None and found.level == "district":
        return None
    here = found.successors[0] if found is not None and found.successors else place
    new = f"{after}@{here}"
    return new if new != key else None
