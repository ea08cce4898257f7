"""Cells as text, the same in every format: ISO 8601 dates, JSON with real letters."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any


def utc(value: datetime) -> datetime:
    """Give a time its zone; the store keeps times in UTC without saying so."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def iso(value: date) -> str:
    """Write a date as 2023-11-30, a time as 2023-11-30T07:15:00Z."""
    if isinstance(value, datetime):
        return utc(value).isoformat().replace("+00:00", "Z")
    return value.isoformat()


def _default(value: Any) -> str:
    if isinstance(value, date):
        return iso(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_default, separators=(",", ":")).encode
# What str.splitlines takes for the end of a line though JSON allows it inside a text.
_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def as_json(value: Any) -> str:
    """Write JSON on one line.

    Raises:
        ValueError: a number that JSON does not have (NaN, infinity).
    """
    text = _encode(value)
    for end, escaped in _ENDS.items():
        if end in text:
            text = text.replace(end, escaped)
    return text
