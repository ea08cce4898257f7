"""Names of files within a container, made safe to use as paths."""

from __future__ import annotations

import unicodedata
from pathlib import Path

LONGEST = 150
"""Bytes of a part of a name: with an ending of ours it stays below the 255 that file systems allow."""


def safe_name(name: str) -> Path:
    """Make a path that stays below any folder of a name from within a container.

    Separators of both kinds divide it; parts that lead upwards, drives, and signs that control a terminal or the
    direction of writing are left out; what is too long loses its middle.
    """
    parts = [_part(part) for part in name.replace("\\", "/").split("/")]
    return Path(*[part for part in parts if part] or ["file"])


def _part(part: str) -> str:
    shown = "".join(char for char in part if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    shown = shown.replace(":", "_").strip(" .") if shown.strip(" .") else ""
    if len(shown.encode()) <= LONGEST:
        return shown
    stem, dot, ending = shown.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = shown, ""
    return (
        stem.encode()[: LONGEST - len(ending.encode()) - 4].decode("utf-8", "ignore")
        + "…"
        + dot * bool(ending)
        + ending
    )
