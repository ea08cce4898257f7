"""Patterns of the words before and between dates."""

from __future__ import annotations

import re
from functools import cache

from pipeline.knowledge.passages import time_words

RANGE = re.compile(r"\s*(?:-|đến|tới|đến hết|đến ngày)\s*(?:hết\s+|cuối\s+)?(?:(?:tháng|quý)\s+)?$")
REACH = 400  # characters before a date that are looked at


@cache
def ending(key: str) -> re.Pattern[str]:
    """A pattern of words right before a date, at the end of the folded text before it.

    Args:
        key: a list of `knowledge.passages.TimeWords`.
    """
    patterns: tuple[str, ...] = getattr(time_words(), key)
    return re.compile(rf"(?<!\w)(?P<word>{'|'.join(patterns)})\s*(?:{time_words().hour})$")
